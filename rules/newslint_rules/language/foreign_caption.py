"""LAN001: a caption or a line in another language than the article."""

from collections.abc import Iterable
from typing import ClassVar

from newslint.document import Document
from newslint.model import Applicability, Edit, Fix, Hit, Severity
from newslint.rule import DocumentRule
from newslint_rules.language.foreign import found, stretches


class ForeignCaption(DocumentRule):
    """A caption or a line in another language than the article.

    ## What it does
    Compares each line with the language of the article, word by word, and reports a line that stands alone in another
    one. Names, capitalised words, quotations and titles of works say nothing about a line's language and do not count,
    unless what frames a quotation is in its language, too.

    ## Why is this bad
    Such a line is most often a picture's caption that came along with the picture when the article was translated. It
    interrupts the reader, and a model trained on the text learns to change languages in mid-article.

    ## Example
    In a French article:

    ```text
    Le musée rouvre samedi après deux ans de travaux.
    Visitantes en la sala principal del museo, el jueves.
    ```

    ## Limits
    Lines of fewer than five words and lines that are all names stay silent. Longer passages are the subject of
    `foreign-passage`, words inside a sentence that of `untranslated-words`.
    """

    code: ClassVar[str] = "LAN001"
    name: ClassVar[str] = "foreign-caption"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield a hit for each foreign line that stands alone."""
        for stretch in stretches(document):
            if stretch.caption:
                first, last = (document.line_at(offset).number - 1 for offset in stretch.span)
                fix = Fix(Applicability.UNSAFE, (Edit(document.whole_lines(first, last), ""),))
                advice = "translate the line, or drop it with the picture it belonged to"
                yield found(document, stretch, "Line", advice, fix)
