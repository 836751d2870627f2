"""ENC001 mojibake."""

from collections.abc import Iterable
from typing import ClassVar

from newslint.document import Document
from newslint.model import Applicability, Edit, Fix, Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint_rules.encoding.damage import CUT, LATIN, damage
from newslint_rules.encoding.showing import around, figures, more, related, shown


class Mojibake(DocumentRule):
    """Text that was decoded wrongly.

    ## What it does
    Finds characters that become sense when they are turned back into bytes and read as UTF-8 (“Ã©” is “é”, “â€™” is
    “’”), however often that went wrong, and says which encoding they were taken for; control characters that are quotes
    and dashes of Windows-1252; and what decoding lost (“�”). A document has one finding for all that can be mended, at
    the first place, and one for all that is lost; the other lines are related.

    ## Why is this bad
    The words cannot be read, found or counted. It seldom hits one word alone: a whole document was read in the wrong
    encoding, and often all others of the same source.

    ## Example
    ```text
    Le maire a Ã©tÃ© rÃ©Ã©lu dÃ¨s le premier tour.
    ```

    ## Limits
    A pair of characters that clean text of some language has (“ANANÔ” in capitals) is believed only beside others. What
    is lost is reported and not mended, and so is the rest of its word.
    """

    code: ClassVar[str] = "ENC001"
    name: ClassVar[str] = "mojibake"
    severity: ClassVar[Severity] = Severity.ERROR

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield at most two hits: what can be mended, and what is lost."""
        found = document.layer(damage)
        mended = [place for place in found if place.text is not None]
        if mended:
            # What is inferred from other places is mended along with them, but proves nothing.
            proven = [place for place in mended if place.proven] or mended
            first = proven[0]
            yield Hit(
                first.span,
                f"Text decoded wrongly ({_how(first.page)}): {_reading(document, first.span)}{more(len(mended))}",
                "decode the source as what it is, or take the fix",
                related=related(document, [place.span for place in proven], lambda span: _reading(document, span)),
                fix=Fix(Applicability.SAFE, tuple(Edit(place.span, place.text or "") for place in mended)),
                data={
                    **figures(document, [place.span for place in mended]),
                    "read_as": list(dict.fromkeys(place.page for place in mended)),
                },
            )
        lost = [place.span for place in found if place.text is None]
        if lost:
            source = document.source
            word = shown(source[slice(*around(source, lost[0]))])
            yield Hit(
                lost[0],
                f"Characters lost in decoding: {word}{more(len(lost))}",
                "get the text from its source again: what stood there is lost",
                related=related(document, lost, lambda span: f"lost in {shown(source[slice(*around(source, span))])}"),
                data=figures(document, lost),
            )


def _how(page: str) -> str:
    return {LATIN: "Windows-1252 read as Latin-1", CUT: "characters cut to one byte"}.get(page, f"UTF-8 read as {page}")


def _reading(document: Document, span: Span) -> str:
    """The word around a mended place, before and after."""
    source = document.source
    start, end = around(source, span)
    pieces = []
    at = start
    for other in document.layer(damage):
        if start <= other.start and other.end <= end and other.text is not None:
            pieces += [source[at : other.start], other.text]
            at = other.end
    return f"{shown(source[start:end])} is {shown(''.join(pieces) + source[at:end])}"
