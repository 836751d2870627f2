"""BOI003: picture and agency credits left in the text."""

from collections.abc import Iterable
from typing import ClassVar

from newslint.document import OBJECT, Document
from newslint.model import Applicability, Edit, Fix, Hit, Span
from newslint.rule import DocumentRule
from newslint_rules.boilerplate.credits import is_credit, may_be_notice, may_end, tail
from newslint_rules.boilerplate.quoting import quoted
from newslint_rules.boilerplate.removal import without_lines

#: What joins a credit to the caption before it; it goes with the credit.
JOINTS = " \t\u00a0\u202f-–—|/"


class CreditLine(DocumentRule):
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
    agency (“… a-t-elle dit à l'AFP.”) or tells about a photograph is left alone.
    """

    code: ClassVar[str] = "BOI003"
    name: ClassVar[str] = "credit-line"

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield each line that is a credit, and each credit that ends a longer line."""
        for block in document.blocks:
            # In mark-down spaces stand for the markup of links and emphasis, which keeps the offsets.
            text = block.text.replace(OBJECT, " ").rstrip()
            if not text:
                continue
            ends = may_end(text)
            if (ends or may_be_notice(text)) and is_credit(block.text.replace(OBJECT, "")):
                span = block.span
                fix = without_lines(document, block.first, block.last)
            elif ends and (found := tail(text)) is not None:
                span = Span(block.start + found[0], block.start + found[1])
                joint = len(text[: found[0]]) - len(text[: found[0]].rstrip(JOINTS))
                fix = Fix(Applicability.UNSAFE, (Edit(Span(span.start - joint, span.end), ""),))
            else:
                continue
            yield Hit(
                span,
                f"Credit left in the text: {quoted(document.text[span.start : span.end])}",
                "drop the credit, or keep it with its picture",
                fix=fix,
            )
