"""The words of a block with what stands around and between them: where repetitions are judged."""

import re

from newslint_rules.translation.cycles import Cycle
from newslint_rules.translation.quotations import Quotations

WORD = re.compile(r"\w+")
STOPS = frozenset(".!?…")
#: What may touch a repetition: anything else (a hyphen, the dot of an address) makes it a part of something longer.
FREE_BEFORE = re.compile(r"(?:^|[\s(\[«“„‘\"—–])\Z")
FREE_AFTER = re.compile(r"[.,;:!?…)\]»”“\"]*(?:\s|\Z)")
CLOSERS = ')]»”“"'
#: How many characters around a repetition are looked at.
NEAR = 12
#: What stands between two words, the weightier the later.
JOINED, SPACE, COMMA, SENTENCE, OTHER = range(5)
JOINTS = frozenset(("", "'", "’", "-", "/"))


class Passage:
    """The words of a text, folded and as they stand, with their offsets.

    Args:
        text: a block's text.
    """

    def __init__(self, text: str) -> None:
        found = list(WORD.finditer(text))
        self.text = text
        self._quotations = Quotations(text)
        self.raw = [word.group() for word in found]
        self.words = list(map(str.lower, self.raw))
        self.starts = [word.start() for word in found]
        self.ends = [word.end() for word in found]

    def joints(self, cycle: Cycle) -> set[int]:
        """What stands between the copies: spaces, commas, the ends of sentences, something else."""
        return {self._gap(word) for word in range(cycle.first + cycle.period, cycle.last, cycle.period)}

    def heaviest(self, cycle: Cycle) -> int:
        """The weightiest mark between and within the whole copies, which tells where a phrase really starts."""
        last = cycle.first + cycle.copies * cycle.period
        return max(map(self._gap, range(cycle.first + 1, last)))

    def is_alike(self, cycle: Cycle) -> bool:
        """Whether the first two copies have the same kinds of marks between their words."""
        second = cycle.first + cycle.period
        return all(self._gap(word) == self._gap(word + cycle.period) for word in range(cycle.first + 1, second))

    def aligned(self, cycle: Cycle) -> Cycle:
        """The same repetition, cut where a space or a mark parts the copies, not an apostrophe or a hyphen.

        "d'année en l'année en l'année" starts with "année", its copies are "en l'année".
        """
        for first in range(cycle.first, min(cycle.first + cycle.period, cycle.last - 2 * cycle.period + 1)):
            if self._gap(first + cycle.period) in (SPACE, COMMA, SENTENCE):
                return cycle._replace(first=first)
        return cycle

    def is_free(self, cycle: Cycle) -> bool:
        """Whether nothing is joined to the whole copies: no hyphen, apostrophe or dot of an address."""
        before, after = self.around(cycle)
        return FREE_BEFORE.search(before) is not None and FREE_AFTER.match(after) is not None

    def around(self, cycle: Cycle) -> tuple[str, str]:
        """The characters right before and right after the whole copies."""
        start, end = self.starts[cycle.first], self.ends[cycle.first + cycle.copies * cycle.period - 1]
        return self.text[max(start - NEAR, 0) : start], self.text[end : end + NEAR]

    def clause(self, word: int, most: int) -> list[str]:
        """The words of the same sentence that stand before a word, at most so many of them."""
        first = word
        while first and word - first < most and self._gap(first) not in (SENTENCE, OTHER):
            first -= 1
        return self.raw[first:word]

    def is_quoted(self, cycle: Cycle) -> bool:
        """Whether a repetition stands in a quotation."""
        return self._quotations.is_open(self.starts[cycle.first])

    def _gap(self, word: int) -> int:
        """What stands between the word of that number and the one before it."""
        gap = self.text[self.ends[word - 1] : self.starts[word]]
        mark = gap.strip()
        if mark in JOINTS:
            return JOINED if mark else SPACE
        if mark.lstrip(CLOSERS) == ",":
            return COMMA
        return SENTENCE if mark[0] in STOPS and (gap[-1].isspace() or len(gap) > 1) else OTHER
