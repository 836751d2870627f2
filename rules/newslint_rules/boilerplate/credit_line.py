"""BOI003: picture and agency credits left in the text."""

from collections.abc import Iterable
from typing import ClassVar

from newslint.document import OBJECT, Document
from newslint.model import Applicability, Edit, Fix, Hit, Severity, Span
from newslint.text.edges import edges
from newslint.text.phrases import fold
from newslint_rules.boilerplate.credits import WRAPPING, is_credit, is_roll, is_source, may_be_notice, may_end, tail
from newslint_rules.boilerplate.own_phrases import PhraseRule
from newslint_rules.boilerplate.quoting import quoted
from newslint_rules.boilerplate.removal import without_lines

#: "Source: ..." says where the text came from among so many blocks at its start or end; further inside it may be the
#: source of a table.
FIRST_BLOCKS, LAST_BLOCKS = 8, 12
#: Fewer letters before a credit are dirt and no caption.
MOST_STRAY = 2
#: What joins a credit to the caption before it; it goes with the credit.
JOINTS = " \t\u00a0\u202f-–—|/"


class CreditLine(PhraseRule):
    """Credits of photographers, agencies and editors that were copied along with the text.

    ## What it does
    Looks for lines that only say whose work something is (“Photo: …”, “Photo Jeanne Morvan / La Gazette”, “© …”,
    “NAME/AGENCY”, “All rights reserved”, “(Reporting by …; Editing by …)”, “With AFP”), and for such a credit at the
    end of a caption or an article, where the finding covers the credit alone.

    ## Why is this bad
    A credit without its picture credits nothing, and the names in it look like persons and places of the story.

    ## Example
    ```text
    Les vendanges ont commencé lundi en Champagne. – PHOTO/JEANNE MORVAN/POOL/AFP
    ```

    ## Limits
    Credits are recognised in any language by their shape and by the names of agencies. A sentence that quotes an
    agency (“… a-t-elle dit à l'AFP.”) or tells about a photograph is left alone. Behind a caption a credit may be
    wanted, so there it is information only, unless it says who reported and edited the text, or is an agency's own line
    in capitals (“PHOTO/…/AFP”).
    """

    code: ClassVar[str] = "BOI003"
    name: ClassVar[str] = "credit-line"
    what: ClassVar[str] = "Credit left in the text"

    def find(self, document: Document) -> Iterable[Hit]:
        """Yield each line that is a credit, and each credit that ends a longer line."""
        end = len(document.blocks) - LAST_BLOCKS
        first, last = edges(document)
        for index, block in enumerate(document.blocks):
            # In mark-down spaces stand for the markup of links and emphasis, which keeps the offsets.
            text = block.text.replace(OBJECT, " ").rstrip()
            if not text:
                continue
            ends = may_end(text)
            if (ends or may_be_notice(text, first[index], last[index])) and is_credit(block.text.replace(OBJECT, "")):
                span = block.span
                body = text.strip(WRAPPING)
                unsure = FIRST_BLOCKS <= index < end and is_source(body, fold(body))
                severity = Severity.INFO if unsure else None
                fix = without_lines(document, block.first, block.last)
            elif ends and (found := tail(text)) is not None:
                span = Span(block.start + found[0], block.start + found[1])
                severity = None if _is_sure(text, found[0]) else Severity.INFO
                joint = len(text[: found[0]]) - len(text[: found[0]].rstrip(JOINTS))
                fix = Fix(Applicability.UNSAFE, (Edit(Span(span.start - joint, span.end), ""),))
            else:
                continue
            yield Hit(
                span,
                f"Credit left in the text: {quoted(document.text[span.start : span.end])}",
                "drop the credit, or keep it with its picture",
                severity=severity,
                fix=fix,
            )


def _is_sure(text: str, start: int) -> bool:
    """Whether a credit that ends a line is out of place for sure.

    It is where nothing stands before it, where it is the notice of a team, and where it is the line of a picture's file
    as agencies send it, in capitals with strokes ("PHOTO/JEANNE MORVAN/POOL/AFP"): nobody prints that on purpose.
    """
    credit = text[start:].strip(WRAPPING)
    sent = "/" in credit and credit.isupper()
    return sent or sum(map(str.isalnum, text[:start])) <= MOST_STRAY or is_roll(credit)
