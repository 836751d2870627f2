"""Passages that two texts share: word-exact runs, and sentences that say the same in nearly the same words."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple, TypeVar

Word = TypeVar("Word", bound=Hashable)

PHRASE = 3
#: Units of fewer words are headings, titles with names, short quotations: they prove nothing.
LEAST_UNIT = 12
#: A run of so many words in common is a copied passage wherever it stands.
LEAST_RUN = 14
#: A reworded unit shares with its twin at least: three-word phrases, that share of the phrases of the unit that has
#: fewer, that share of its long words, and a run of so many words. Chosen on French, English, German and Icelandic
#: translations of one text, and on rewritten wire copy.
LEAST_PHRASES, PHRASE_SHARE, LONG_WORD_SHARE, REWORDED_RUN = 6, 0.3, 0.5, 5
#: Where next to nothing but one run is shared, that run is this long: a shorter one is a stock phrase or a title with a
#: name. So many phrases outside the run make it more than one.
LONE_RUN, PHRASES_OUTSIDE = 9, 2
#: Words of more letters carry the content; shorter ones are mostly articles and prepositions.
LONG_WORD = 3
#: One reworded sentence may be chance; all pairs of units of two documents together share so many phrases.
LEAST_EVIDENCE = 14


class Run(NamedTuple):
    """Equal words: ``length`` words from number ``one`` in the first sequence and ``other`` in the second."""

    one: int
    other: int
    length: int


class SharedRun(NamedTuple):
    """A run of words that a pair of texts shares, with its first and last line, from 0, in both.

    Attributes:
        pair: the number of the pair.
        run: where it stands in each text.
        lines_of_one, lines_of_other: its lines.
    """

    pair: int
    run: Run
    lines_of_one: tuple[int, int]
    lines_of_other: tuple[int, int]


class Likeness(NamedTuple):
    """How two units are alike.

    Attributes:
        phrases: how many distinct three-word phrases they share.
        share: their share of the phrases of the unit that has fewer.
        run: the longest run of equal words.
        words: how many words of the second unit stand in equal runs of three or more.
    """

    phrases: int
    share: float
    run: Run
    words: int

    @property
    def reworded(self) -> bool:
        """Whether the whole units correspond, not just a run of words in them."""
        return self.share >= PHRASE_SHARE


def common_runs(one: Sequence[Word], other: Sequence[Word], least: int) -> list[Run]:
    """All maximal runs of at least ``least`` equal words, in the order of ``other``, then of ``one``.

    Seeds of ``least`` words are joined on their diagonal (the difference of the two positions), so that time is linear
    in the input and in the number of seed pairs.

    Args:
        one: words, or their hashes.
        other: the same of the second text.
        least: the fewest words of a run.

    Raises:
        ValueError: ``least`` is less than 1.
    """
    if least < 1:
        raise ValueError(f"a run has at least one word, not {least}")
    places: dict[tuple[Word, ...], list[int]] = {}
    for position, seed in enumerate(_seeds(one, least)):
        places.setdefault(seed, []).append(position)
    growing: dict[int, tuple[int, int]] = {}
    runs = []
    for position, seed in enumerate(_seeds(other, least)):
        for match in places.get(seed, ()):
            start, end = growing.get(position - match, (position, position - 1))
            if end != position - 1:
                runs.append(Run(start - position + match, start, end - start + least))
                start = position
            growing[position - match] = start, position
    runs += (Run(start - diagonal, start, end - start + least) for diagonal, (start, end) in growing.items())
    return sorted(runs, key=lambda run: (run.other, run.one))


def anchored_runs(
    one: Sequence[Word], other: Sequence[Word], anchors: Iterable[tuple[int, int]], least: int
) -> list[Run]:
    """The maximal runs of at least ``least`` equal words that hold an anchor; ordered as in ``common_runs``.

    Args:
        one: words, or their hashes.
        other: the same of the second text.
        anchors: places in both, from which on some words are equal.
        least: the fewest words of a run.
    """
    runs = []
    # Up to where each diagonal has been read.
    known: dict[int, int] = {}
    for first, second in sorted(anchors):
        if known.get(second - first, -1) >= second:
            continue
        before = _equal(zip(reversed(one[:first]), reversed(other[:second]), strict=False))
        length = before + _equal(zip(one[first:], other[second:], strict=False))
        known[second - first] = second - before + length
        if length >= least:
            runs.append(Run(first - before, second - before, length))
    return sorted(runs, key=lambda run: (run.other, run.one))


def _equal(pairs: Iterable[tuple[Word, Word]]) -> int:
    """How many pairs of equal words come before the first of unequal ones."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def likeness(one: Sequence[str], other: Sequence[str]) -> Likeness | None:
    """How alike two units are; None where one is not taken from the other or both from a third.

    The measure is the containment of three-word phrases (a w-shingle measure as in Broder, 1997, with w = 3), with a
    floor under the number of phrases, the share of content words and the longest run, which keeps stock phrases and
    titles with names out.
    """
    if min(len(one), len(other)) < LEAST_UNIT:
        return None
    phrases, twins = set(_seeds(one, PHRASE)), set(_seeds(other, PHRASE))
    shared = len(phrases & twins)
    if shared < LEAST_PHRASES:
        return None
    runs = common_runs(one, other, PHRASE)
    run = max(runs, key=lambda run: (run.length, -run.one, -run.other))
    covered = {word for run in runs for word in range(run.other, run.other + run.length)}
    alike = Likeness(shared, shared / min(len(phrases), len(twins)), run, len(covered))
    if run.length >= LEAST_RUN:
        return alike
    if not alike.reworded or run.length < REWORDED_RUN:
        return None
    if run.length < LONE_RUN and shared - (run.length - PHRASE + 1) < PHRASES_OUTSIDE:
        return None
    long, twin = ({word for word in words if len(word) > LONG_WORD} for words in (one, other))
    if len(long & twin) < LONG_WORD_SHARE * max(1, min(len(long), len(twin))):
        return None
    return alike


def _seeds(words: Sequence[Word], size: int) -> Iterator[tuple[Word, ...]]:
    return zip(*(words[start:] for start in range(size)), strict=False)
