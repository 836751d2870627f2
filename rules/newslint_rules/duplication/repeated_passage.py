"""repeated-passage (DUP002)."""

from collections.abc import Iterator
from typing import ClassVar

from newslint.document import Document
from newslint.duplication import Copy, Reading, read, recurrences, repeats
from newslint.model import Applicability, Edit, Fix, Hit, Place, Severity, Span
from newslint.rule import DocumentRule
from newslint_rules.duplication.versions import without_versions

#: What a whole sentence or a quotation ends with: a passage that ends otherwise may be cut off.
CLOSING = ".!?…:;»”\"’')]›"


class RepeatedPassage(DocumentRule):
    """A passage that repeats an earlier passage of the same document.

    ## What it does
    Finds sentences, paragraphs and runs of them that stood before in the same document, word for word or edited in a
    few words. Case, accents, quotes and punctuation do not count. A repeated run is reported as one block, with the
    place where it stood first.

    ## Why is this bad
    Nobody writes a paragraph twice: an export or an extraction joined the same part of a page two times, and a reader
    stumbles.

    ## Example
    ```text
    The bridge was closed on Friday after an inspector found a crack in the northern pier.
    Traffic is led over the old town until further notice.
    The bridge was closed on Friday after an inspector found a crack in the northern pier.
    ```

    ## Limits
    At least one sentence of eight words must be repeated: headings, short quotations and refrains may come back. A lead
    that says in other words what its headline said is normal, and so are sentences that only share their pattern, with
    other figures or names.
    """

    code: ClassVar[str] = "DUP002"
    name: ClassVar[str] = "repeated-passage"
    severity: ClassVar[Severity] = Severity.ERROR

    def check(self, document: Document) -> Iterator[Hit]:
        """Yield one hit a repeated block."""
        if not recurrences(document).copies:
            return
        reading = read(document)
        blocks = document.blocks
        headings = frozenset(
            number for number, unit in enumerate(reading.units) if blocks[unit.block].kind == "heading"
        )
        unfinished = frozenset(
            number
            for number, unit in enumerate(reading.units)
            if unit.end == blocks[unit.block].end and document.text[unit.end - 1] not in CLOSING
        )
        for copy in without_versions(repeats(reading, headings, unfinished), reading):
            yield self._hit(document, reading, copy)

    @staticmethod
    def _hit(document: Document, reading: Reading, copy: Copy) -> Hit:
        first, last = reading.units[copy.first], reading.units[copy.last - 1]
        span = Span(first.start, last.end)
        original = reading.span(copy.start, copy.end)
        place, source = document.location(span), document.location(original)
        lines = place.end.line - place.start.line + 1
        what = "Passage" if lines == 1 else f"Passage of {lines} lines"
        how = "repeats" if copy.exact else "nearly repeats"
        where = f"line {source.start.line}"
        if source.end.line > source.start.line:
            where = f"lines {source.start.line} to {source.end.line}"
        return Hit(
            span,
            f"{what} {how} {where}",
            "drop the copy",
            related=(Place("first stands here", original),),
            fix=Fix(Applicability.UNSAFE, (Edit(_removed(document, span), ""),)),
            data={"kind": "exact" if copy.exact else "edited", "words": last.last - first.first, "lines": lines},
        )


def _removed(document: Document, span: Span) -> Span:
    """What goes with a passage: its lines' ends and one blank line, or the space before it."""
    text = document.text
    lines = document.lines
    first, last = document.line_at(span.start), document.line_at(span.end)
    if not text[first.start : span.start].strip() and not text[span.end : last.end].strip():
        after = last.number
        blank_before = first.number == 1 or not lines[first.number - 2].text.strip()
        if blank_before and after < len(lines) and not lines[after].text.strip():
            after += 1
        if after < len(lines):
            return Span(first.start, lines[after].start)
        before = first.number - 1
        while before and not lines[before - 1].text.strip():
            before -= 1
        end_of_kept = lines[before - 1].end if before else 0
        return Span(end_of_kept, last.end)
    start = span.start
    while start > first.start and text[start - 1] in " \t\xa0\u202f":
        start -= 1
    return Span(start, span.end)
