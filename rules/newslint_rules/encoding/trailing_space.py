"""ENC003 trailing-space."""

from collections.abc import Iterable, Set
from typing import ClassVar

from newslint.document import Document
from newslint.model import Applicability, Edit, Fix, Hit, Place, Severity, Span
from newslint.rule import DocumentRule
from newslint.text.patterns import Pattern

#: No-break and other spaces that no typist means at a line's end. Control characters are no spaces.
ODD = "\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\N{NARROW NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\u205f" + "".join(
    map(chr, range(0x2000, 0x200B))
)
SPACES = " \t\v\f" + ODD
SPACE_SET = frozenset(SPACES)
# One character and no run: a run in mid-line would be tried from each of its characters.
LAST = Pattern(rf"[{SPACES}](?=[\r\n]|\Z)")
#: A report lists at most this many other places; ``data`` has all lines.
RELATED = 50


class TrailingSpace(DocumentRule):
    """White space at the end of lines.

    ## What it does
    Finds spaces, tabs and no-break spaces that stand at the end of a line or make up an empty one. A document has one
    finding, at the first place; the other places are related.

    ## Why is this bad
    Nobody sees it, but it is what a web page or an editing system left behind. It makes two equal lines differ, and a
    no-break space at a line's end survives most clean-ups.

    ## Example
    ```text
    The ferry leaves at noon.␠␠
    ```

    ## Limits
    In mark-down two spaces at a line's end are a line break, and tabs may belong to code: only no-break and other odd
    spaces are reported there, and nothing is mended.
    """

    code: ClassVar[str] = "ENC003"
    name: ClassVar[str] = "trailing-space"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield one hit for all lines of ``document`` that end with white space."""
        source = document.source
        if not _may_trail(source, document.characters if document.text is source else frozenset(source)):
            return
        spans = [_run(document, found.end()) for found in LAST.finditer(source)]
        markdown = document.format == "markdown"
        if markdown:
            spans = [span for span in spans if not set(source[span.start : span.end]).isdisjoint(ODD)]
        if not spans:
            return
        lines = [document.line_at(span.start).number for span in spans]
        count = "1 line" if len(spans) == 1 else f"{len(spans)} lines"
        yield Hit(
            spans[0],
            f"White space at the end of {count}",
            "drop the white space",
            related=tuple(Place("white space at the end of the line", span) for span in spans[1 : RELATED + 1]),
            fix=None if markdown else Fix(Applicability.SAFE, tuple(Edit(span, "") for span in spans)),
            data={"size": len(spans), "lines": lines},
        )


def _may_trail(source: str, characters: Set[str]) -> bool:
    """Whether white space ends a line, told by looking for each of the spaces that are there before each line end."""
    spaces = SPACE_SET & characters
    ends = [end for end in "\r\n" if end in characters]
    return source[-1:] in spaces or any(space + end in source for space in spaces for end in ends)


def _run(document: Document, end: int) -> Span:
    """The white space that ends with a line at ``end``."""
    start = document.line_at(end - 1).start
    return Span(start + len(document.source[start:end].rstrip(SPACES)), end)
