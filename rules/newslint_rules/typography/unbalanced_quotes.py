"""TYP001 unbalanced-quotes."""

from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple

from newslint.document import Document
from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint_rules.typography.quotations import ANY_MARK, CURLY, LOW, QUOTES, STRAIGHT, Alone, pairs_only, scan

#: A quotation or bracket may close this many blocks after it opened.
REACH = 40
#: Low quotes may close with either curly one: „so“, „so”.
FAMILY = {LOW: CURLY}
#: What announces a quotation that may run on into the next paragraphs.
ANNOUNCED = (":", ",", "–", "—")


class _Open(NamedTuple):
    span: Span
    block: int
    mark: Alone


class UnbalancedQuotes(DocumentRule):
    """A quotation mark or bracket that opens or closes alone.

    ## What it does
    Pairs the quotation marks (« », “ ”, „ “, " ") and brackets of each paragraph, and reports a mark without a partner.

    ## Why is this bad
    A closing mark alone is the trace of a sentence that lost its beginning; an opening one leaves the reader, and any
    program that extracts quotations, in doubt about who says what.

    ## Example
    ```text
    “We are ready”, the mayor said. Two days. come closer.”
    ```

    ## Limits
    A quotation may run over several paragraphs, each of which may open it anew. Single quotation marks are left alone,
    since an apostrophe looks the same; so are inches, smileys, the brackets of enumerations, and mixed pairs („so").
    """

    code: ClassVar[str] = "TYP001"
    name: ClassVar[str] = "unbalanced-quotes"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield a hit for each mark of ``document`` that has no partner."""
        carried: dict[str, _Open] = {}
        for index, block in enumerate(document.blocks):
            glyphs = "".join(ANY_MARK.findall(block.text))
            if not glyphs or (not carried and pairs_only(glyphs, block.text)):
                continue
            marks = scan(block.text)
            for pair in marks.pairs:
                if pair.first:
                    # Its author meant a quotation to go on here, or closed it in his own way.
                    carried.pop(FAMILY.get(pair.system, pair.system), None)
            paired = {FAMILY.get(pair.system, pair.system) for pair in marks.pairs}
            for mark in _partnerless(marks.alone, marks.doubtful):
                span = Span(block.start + mark.offset, block.start + mark.offset + 1)
                family = FAMILY.get(mark.system, mark.system)
                before = carried.get(family)
                if before and index - before.block > REACH:
                    before = None
                if mark.opens:
                    if before and not mark.first:
                        yield _opens(document, before)
                    carried[family] = _Open(span, index, mark)
                elif not before:
                    yield _closes(document, span, mark, family in paired)
                elif not mark.first or not block.text[mark.offset + 1 :].strip(" .,;:!?…"):
                    del carried[family]
            for system in marks.doubtful:
                carried.pop(FAMILY.get(system, system), None)
        for left in carried.values():
            yield _opens(document, left)


def _partnerless(alone: Iterable[Alone], doubtful: set[str]) -> Iterator[Alone]:
    """Leave out marks of doubtful systems, and pairs that a typist mixed of two systems."""
    marks = [mark for mark in alone if mark.system not in doubtful]
    quotes = [mark for mark in marks if mark.system in QUOTES]
    mixed = any(mark.opens for mark in quotes) and any(not mark.opens for mark in quotes)
    mixed = mixed and len({mark.system for mark in quotes}) > 1
    return (mark for mark in marks if not (mixed and mark.system in QUOTES))


def _opens(document: Document, opened: _Open) -> Hit:
    mark = opened.mark
    # Straight marks may be anything, and some mean a quotation to run on to the end of a paragraph.
    announced = document.text[max(0, opened.span.start - 8) : opened.span.start].rstrip().endswith(ANNOUNCED)
    sure = mark.system != STRAIGHT and not mark.first and not (announced and mark.system in QUOTES)
    return _hit(document, opened.span, "opens and never closes", "close it, or drop it", sure)


def _closes(document: Document, span: Span, mark: Alone, paired: bool) -> Hit:
    # The quotation may have opened in a part of the text that is missing, unless this paragraph has its own ones.
    sure = mark.system != STRAIGHT and (paired or mark.system not in QUOTES)
    return _hit(document, span, "closes nothing", "find the text that it closed, or drop it", sure)


def _hit(document: Document, span: Span, what: str, advice: str, sure: bool) -> Hit:
    glyph = document.text[span.start : span.end]
    kind = "Bracket" if glyph in "()[]{}" else "Quotation mark"
    return Hit(span, f"{kind} {glyph} {what}", advice, severity=None if sure else Severity.INFO)
