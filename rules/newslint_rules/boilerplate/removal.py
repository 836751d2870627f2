"""The fix that most rules on boilerplate offer: whole lines go, and the blank line that would then be doubled."""

from newslint.document import Document
from newslint.model import Applicability, Edit, Fix, Span


def without_lines(document: Document, first: int, last: int) -> Fix:
    """An unsafe fix that removes the lines with the indices ``first`` to ``last``, line ends included."""
    lines, source = document.lines, document.source

    def blank(index: int) -> bool:
        # Outside of the document there is nothing to keep apart.
        return not 0 <= index < len(lines) or not source[lines[index].start : lines[index].end].strip()

    start = lines[first].start
    if first and blank(first - 1) and blank(last + 1):
        start = lines[first - 1].start
    after = last + 2 if first == 0 and last + 1 < len(lines) and blank(last + 1) else last + 1
    end = lines[after].start if after < len(lines) else len(source)
    return Fix(Applicability.UNSAFE, (Edit(Span(start, end), ""),))
