"""What the paragraphs of a document have in common: whether they end with stops and start with capitals."""

from functools import cached_property
from itertools import pairwise

from newslint.document import Document
from newslint.text.blocks import finished

#: From so many words on a line tells how the file ends its lines, and a block is a paragraph that tells its style.
SHORT_WORDS, PROSE_WORDS = 5, 8
#: A file ends its prose with stops where it has so many such paragraphs and at most one other in so many.
STYLE_PARAGRAPHS, STYLE_EXCEPTIONS = 2, 20
#: Of its lines, not only of its prose, at most two and one in so many lack a stop where the style is firm.
FIRM_EXCEPTIONS = 10

#: Blank lines are the file's way to tell paragraphs apart where one block in so many has one below it.
SPACED_SHARE = 4


class Style:
    """How the blocks of a document start and end."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self._finished = finished(document)

    @cached_property
    def has_stops(self) -> bool:
        """Whether the paragraphs end with stops."""
        prose = self._prose
        return _holds(len(prose), sum(not self._finished[number] for number in prose))

    @cached_property
    def firm(self) -> bool:
        """Whether hardly a line lacks a stop: no crossheads, no captions, no lists of links."""
        pairs = zip(self.blocks[1:], self._finished[1:], strict=True)
        lines = [ends for block, ends in pairs if block.text.count(" ") + 1 >= SHORT_WORDS]
        return lines.count(False) <= 2 + len(lines) // FIRM_EXCEPTIONS

    @cached_property
    def starts_high(self) -> bool:
        """Whether the paragraphs start with capitals."""
        prose = self._prose
        return _holds(len(prose), sum(self.blocks[number].text[:1].islower() for number in prose))

    def goes_on(self, number: int) -> bool:
        """Whether the next block may read on: a line broken by hand, not a cut."""
        if number + 1 == len(self.blocks):
            return False
        block, following = self.blocks[number], self.blocks[number + 1]
        return (
            following.text[:1].islower() or self._broken_by_hand or (following.first == block.last + 1 and self._spaced)
        )

    def is_listed(self, number: int) -> bool:
        """Whether the block before or after ends with a comma too, as the lines of a list or of a poem do."""
        beside = (*self.blocks[max(number - 1, 0) : number], *self.blocks[number + 1 : number + 2])
        return any(block.text.endswith((",", ";")) for block in beside)

    @cached_property
    def _spaced(self) -> bool:
        """Whether blank lines stand between the paragraphs, so that a line right below is more of the same one."""
        blank = sum(following.first > block.last + 1 for block, following in pairwise(self.blocks))
        return blank * SPACED_SHARE >= len(self.blocks)

    @cached_property
    def _prose(self) -> list[int]:
        return [
            number
            for number, block in enumerate(self.blocks)
            if block.kind == "paragraph" and block.text.count(" ") >= PROSE_WORDS
        ]

    @cached_property
    def _broken_by_hand(self) -> bool:
        """Whether lines stop in mid-sentence and the next ones read on in lower case: wraps at no margin."""
        goes_on = sum(
            following.text[:1].islower() and not ends
            for ends, following in zip(self._finished, self.blocks[1:], strict=False)
        )
        return goes_on > len(self.blocks) // STYLE_EXCEPTIONS


def _holds(paragraphs: int, exceptions: int) -> bool:
    """Whether a habit is one: enough paragraphs keep it, and one or a few at most do not."""
    return paragraphs - exceptions >= STYLE_PARAGRAPHS and exceptions <= 1 + paragraphs // STYLE_EXCEPTIONS
