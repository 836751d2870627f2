"""LAN002: a sentence or a paragraph in another language than the article."""

from collections.abc import Iterable
from typing import ClassVar

from newslint.document import Document
from newslint.model import Hit, Severity
from newslint.rule import DocumentRule
from newslint_rules.language.foreign import found, stretches


class ForeignPassage(DocumentRule):
    """A sentence or a paragraph in another language than the article.

    ## What it does
    Compares each sentence with the language of the article, word by word, and reports sentences in another one inside a
    paragraph, long foreign paragraphs, and runs of foreign paragraphs as one passage. Names, quotations and titles of
    works do not count.

    ## Why is this bad
    A sentence that the translator, human or machine, left as it was. Most readers of the article cannot read it.

    ## Example
    In a Spanish article:

    ```text
    El puerto reabrió el lunes. The harbour authority expects normal traffic by Friday. Los pescadores lo dudan.
    ```

    ## Limits
    Quotations are silent: people may be quoted in their language. So are block quotations in mark-down. A short line
    that stands alone is the subject of `foreign-caption`.
    """

    code: ClassVar[str] = "LAN002"
    name: ClassVar[str] = "foreign-passage"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield a hit for each foreign passage."""
        for stretch in stretches(document):
            if not stretch.caption:
                yield found(document, stretch, "Passage", "translate the passage, or mark it as a quotation")
