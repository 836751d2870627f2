"""What the rules on boilerplate share: phrases of a user's own that open a line."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from newslint.document import Block, Document
from newslint.model import Hit
from newslint.rule import DocumentRule, Option
from newslint_rules.boilerplate.quoting import quoted
from newslint_rules.boilerplate.removal import without_lines


class PhraseRule(DocumentRule):
    """A rule that knows phrases, to which a user may add.

    Attributes:
        what: what a line that opens with such a phrase is, as the message says it.
    """

    what: ClassVar[str]

    extend_phrases = Option((), "phrases of your own: a line that opens with one is reported, case aside")

    @abstractmethod
    def find(self, document: Document) -> Iterable[Hit]:
        """Yield what the rule finds by itself."""

    def check(self, document: Document) -> Iterator[Hit]:
        """Yield what the rule finds by itself, then the lines that open with one of the user's phrases."""
        if not self.extend_phrases:
            yield from self.find(document)
            return
        found = list(self.find(document))
        yield from found
        for block in self._opened(document):
            if not any(hit.span.start < block.end and block.start < hit.span.end for hit in found):
                yield Hit(
                    block.span,
                    f"{self.what}: {quoted(block.text)}",
                    "drop the line",
                    fix=without_lines(document, block.first, block.last),
                )

    def _opened(self, document: Document) -> Iterator[Block]:
        phrases = [" ".join(phrase.casefold().split()) for phrase in self.extend_phrases]
        for block in document.blocks:
            text = " ".join(block.text.casefold().split())
            if any(text.startswith(own) and not text[len(own) : len(own) + 1].isalnum() for own in phrases if own):
                yield block
