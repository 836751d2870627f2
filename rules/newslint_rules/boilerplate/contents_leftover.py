"""BOI006: entries of a table of contents left in the text."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from newslint.document import OBJECT, Block, Document
from newslint.model import Hit, Place, Severity, Span
from newslint.rule import DocumentRule
from newslint.text.blocks import HEADING_LENGTH
from newslint.text.patterns import Pattern
from newslint.text.phrases import fold
from newslint_rules.boilerplate.quoting import quoted
from newslint_rules.boilerplate.removal import without_lines

MARKER = Pattern(r"\s*(?:[-*•‣▪–—·◦►]|\(?(?:\d{1,3}|[IVX]{1,5}|[A-Za-z])[.)])\s+")
CLOSING = " \t\u00a0\u202f.:…!?-–—"
#: A heading of one short word ("Suite") is no proof.
SHORTEST = 8


class ContentsLeftover(DocumentRule):
    """Entries of a table of contents that repeat headings of the text below.

    ## What it does
    Compares each numbered or bulleted line with the lines below it: where one of them stands alone as a heading with
    the same words, the entry came from a table of contents. Entries in a row are one finding.

    ## Why is this bad
    The links of the contents are gone, and what remains are headings that head nothing, usually in the middle of
    the lead.

    ## Example
    ```text
      1. Une récolte plus courte

    Les vendanges ont commencé lundi.

    Une récolte plus courte

    Les vignerons s'attendent à une baisse.
    ```

    ## Limits
    In mark-down a list of links to the headings is normal and left alone. Where the headings bear numbers of their
    own, the article was written as a list, and its summary is information only.
    """

    code: ClassVar[str] = "BOI006"
    name: ClassVar[str] = "contents-leftover"

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield each run of entries whose words stand again below as headings."""
        blocks = document.blocks
        if not any(block.kind == "item" for block in blocks):
            return
        headings = _headings(blocks)
        index = 0
        while index < len(blocks):
            last = index
            targets = []
            while last < len(blocks) and (target := _target(blocks, last, headings)) is not None:
                targets.append(target)
                last += 1
            if targets:
                yield _hit(document, blocks[index], blocks[last - 1], [blocks[target] for target in targets])
            index = max(last, index + 1)


def _key(text: str) -> str:
    """What an entry and its heading have in common: the words without marker, case, accents and final punctuation."""
    bare = text.strip()
    if (marker := MARKER.match(bare)) is not None:
        bare = bare[marker.end() :]
    return " ".join(fold(bare).split()).strip(CLOSING)


def _headings(blocks: Sequence[Block]) -> dict[str, int]:
    """The last place of each line that is short enough for a heading and has a text below it."""
    found = {}
    for index, block in enumerate(blocks[:-1]):
        if len(block.text) <= HEADING_LENGTH and blocks[index + 1].kind == "paragraph":
            found[_key(block.text)] = index
    return found


def _target(blocks: Sequence[Block], index: int, headings: dict[str, int]) -> int | None:
    """The heading that the block at ``index`` announces; None where it is no entry of a table of contents."""
    block = blocks[index]
    if block.kind != "item" or len(block.text) > HEADING_LENGTH + 8:
        return None
    # In mark-down an entry that is a link still works.
    if OBJECT in block.text:
        return None
    key = _key(block.text)
    target = headings.get(key)
    return target if target is not None and target > index and len(key) >= SHORTEST else None


def _hit(document: Document, first: Block, last: Block, targets: list[Block]) -> Hit:
    entry = quoted(MARKER.sub("", first.text.strip(), count=1))
    more = f" and {len(targets) - 1} more" if len(targets) > 1 else ""
    # Headings that bear numbers of their own belong to a list that was written as one, summary included.
    kept = all(target.kind == "item" for target in targets)
    return Hit(
        Span(first.start, last.end),
        f"Contents entry that repeats a heading below: {entry}{more}",
        "drop the contents: their links are gone",
        severity=Severity.INFO if kept else None,
        related=tuple(Place("the heading stands here", target.span) for target in targets),
        fix=without_lines(document, first.first, last.last),
    )
