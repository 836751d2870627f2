"""TYP002 mixed-quotes."""

from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple

from newslint.document import Document
from newslint.model import Hit, Place, Severity, Span
from newslint.rule import DocumentRule
from newslint_rules.typography.quotations import ANY_QUOTE, CURLY, GUILLEMETS, LOW, STRAIGHT, scan

EXAMPLE = {GUILLEMETS: "« »", CURLY: "“ ”", LOW: "„ “", STRAIGHT: '" "'}
#: A report lists at most this many other places; ``data`` says how many there are.
RELATED = 50
#: As much of a quotation is marked, in characters: enough to see it, on one line as a rule.
SHOWN = 60


class _Quotation(NamedTuple):
    span: Span
    system: str


class MixedQuotes(DocumentRule):
    """Two kinds of quotation marks in one document.

    ## What it does
    Counts the quotations in « », “ ”, „ “ and " ", and reports those that are not in the document's most frequent
    kind. A document has one finding, at the first of them; the others are related.

    ## Why is this bad
    A house has one style. Two of them in an article tell of parts that were pasted from elsewhere, and programs that
    look for quotations miss half of them.

    ## Example
    ```text
    “We are ready”, the mayor said. The harbour master called it « a matter of days ».
    ```

    ## Limits
    A quotation inside another one takes other marks, as it should. Single quotation marks, apostrophes and inches do
    not count.
    """

    code: ClassVar[str] = "TYP002"
    name: ClassVar[str] = "mixed-quotes"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield one hit for all quotations of ``document`` in a minority kind."""
        if sum(any(glyph in document.text for glyph in glyphs) for glyphs in ("«", "“”„", '"')) < 2 and not (
            "„" in document.text and "“" in document.text
        ):
            return
        quotations = list(_quotations(document))
        counts: dict[str, int] = {}
        for quotation in quotations:
            counts[quotation.system] = counts.get(quotation.system, 0) + 1
        if len(counts) < 2:
            return
        # Of equals the first one met is the document's kind: a dictionary keeps the order.
        major = max(counts, key=lambda system: counts[system])
        minor = [quotation for quotation in quotations if quotation.system != major]
        first, *others = minor
        kinds = " and ".join(EXAMPLE[system] for system in counts if system != major)
        yield Hit(
            first.span,
            f"{_count(len(minor))} in {kinds}, {counts[major]} in {EXAMPLE[major]}",
            f"use {EXAMPLE[major]} throughout the article",
            related=tuple(Place(f"in {EXAMPLE[other.system]}", other.span) for other in others[:RELATED]),
            data={"majority": major, "counts": counts, "size": len(minor)},
        )


def _count(number: int) -> str:
    return "1 quotation" if number == 1 else f"{number} quotations"


def _quotations(document: Document) -> Iterator[_Quotation]:
    """The quotations that stand inside no other one, in order."""
    for block in document.blocks:
        if not ANY_QUOTE.search(block.text):
            continue
        marks = scan(block.text, ANY_QUOTE)
        # A mark alone may be one end of a quotation that holds those in other marks.
        alone = {mark.system for mark in marks.alone}
        for pair in sorted(marks.pairs):
            if pair.depth == 0 and alone <= {pair.system} and pair.system not in marks.doubtful:
                start = block.start + pair.start
                yield _Quotation(Span(start, min(block.start + pair.end, start + SHOWN)), pair.system)
