"""Where words stand twice or more in a row: the squares and higher powers of a sequence of words, in linear time."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import eq
from typing import NamedTuple

from newslint.duplication.recurrences import LONGEST_LOOP

#: The longest phrase, in words, whose repetition is looked for: a long sentence.
LONGEST = LONGEST_LOOP


class Cycle(NamedTuple):
    """A phrase of ``period`` words that is said over and over, from the word ``first`` up to ``last`` (exclusive).

    The last copy may be cut: ``a b a b a`` has the period 2 and two whole copies.
    """

    period: int
    first: int
    last: int

    @property
    def copies(self) -> int:
        """How many whole copies there are."""
        return (self.last - self.first) // self.period

    @property
    def repeated(self) -> int:
        """How many words repeat the word that stands one period earlier."""
        return self.last - self.first - self.period


def may_cycle(words: Sequence[str]) -> bool:
    """Whether ``words`` may hold a cycle: no for nearly all prose, at little cost.

    A doubled word stands beside itself; a doubled pair stands two words after itself; of every longer phrase three
    words stand twice.
    """
    following = words[1:]
    if any(map(eq, words, following)):
        return True
    if len(set(zip(words, following, strict=False))) == len(following):
        return False
    pairs = list(zip(words, following, strict=False))
    return any(map(eq, pairs, pairs[2:])) or len(set(zip(pairs, words[2:], strict=False))) < len(words) - 2


def cycles(words: Sequence[str], longest: int = LONGEST) -> Iterator[Cycle]:
    """Yield the cycles of a sequence of words, each as long as it can be: doubled words first, then phrases.

    Args:
        words: folded words.
        longest: the longest period, in words.
    """
    yield from _doubles(words)
    yield from _phrases(words, longest)


def _doubles(words: Sequence[str]) -> Iterator[Cycle]:
    at = 1
    while at < len(words):
        last = _end(words, 1, at)
        if last > at:
            yield Cycle(1, at - 1, last)
        at = last + 1


def _phrases(words: Sequence[str], longest: int) -> Iterator[Cycle]:
    """Two words in a row that were last seen one period earlier belong to a cycle, which is followed both ways.

    What was followed once for a period is not followed again, so that the steps grow with the words alone.
    """
    followed: dict[int, int] = {}
    seen: dict[tuple[str, str], int] = {}
    for at, pair in enumerate(pairwise(words)):
        period = at - seen.get(pair, at - 1)
        seen[pair] = at
        if period == 1 or period > longest or followed.get(period, 0) > at:
            continue
        lowest = max(followed.get(period, 0), period)
        start = at
        while start > lowest and words[start - 1] == words[start - 1 - period]:
            start -= 1
        last = followed[period] = _end(words, period, at + 2)
        if last - start >= period:
            yield Cycle(period, start - period, last)


def _end(words: Sequence[str], period: int, at: int) -> int:
    """The first word from ``at`` on that does not repeat the one a period earlier."""
    while at < len(words) and words[at] == words[at - period]:
        at += 1
    return at
