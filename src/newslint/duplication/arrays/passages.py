"""Word-exact runs that two texts share, by sorting: the same as ``passages.common_runs``."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newslint.duplication.arrays.shingles import shingle
from newslint.duplication.arrays.words import Hashes, Numbers, Words
from newslint.duplication.passages import Run

#: The size of the table in which repeated values are looked up: of some thousands, all but one in a hundred are told.
TABLE_BITS = 19


def shared_runs(
    words: Words, numbers: Sequence[int], pairs: Iterable[tuple[int, int]], least: int, most: int
) -> Iterator[list[tuple[Run, tuple[int, int], tuple[int, int]]]]:
    """Yield for each pair of texts its runs, each with its first and last line, from 0, in both texts.

    Memory: 40 bytes a word while it runs.

    Args:
        words: the words of the texts.
        numbers: the number of each text.
        pairs: which to compare, by these numbers.
        least: the fewest words of a run.
        most: see ``passages.common_runs``.
    """
    shingles, offsets = shingle(words, least)
    feeds = np.split(words.feeds - np.repeat(words.offsets[:-1], np.diff(words.feed_offsets)), words.feed_offsets[1:-1])
    # Most seeds stand in one place only: without them little is left to compare.
    repeated = np.flatnonzero(_repeated(shingles))
    cuts = np.searchsorted(repeated, offsets)
    hashes = np.split(shingles.take(repeated), cuts[1:-1])
    places = np.split(repeated - np.repeat(offsets[:-1], np.diff(cuts)), cuts[1:-1])
    kept = [Seeds(*seeds) for seeds in zip(hashes, places, strict=True)]
    texts = {number: place for place, number in enumerate(numbers)}
    for one, other in pairs:
        first, second = texts[one], texts[other]
        yield [
            (run, _lines(feeds[first], run.one, run.length), _lines(feeds[second], run.other, run.length))
            for run in common_runs(kept[first], kept[second], least, most)
        ]


class Seeds(NamedTuple):
    """Some of the runs of words of a text, 16 bytes each: their hashes, and the number of each one's first word."""

    hashes: Hashes
    places: Numbers


def common_runs(one: Seeds, other: Seeds, least: int, most: int) -> list[Run]:
    """The maximal runs of at least ``least`` equal words, from all runs of just so many that two texts share."""
    if not (len(one.hashes) and len(other.hashes)):
        return []
    order = np.argsort(one.hashes, kind="stable")
    ordered = one.hashes.take(order)
    first = np.searchsorted(ordered, other.hashes)
    found = np.flatnonzero(ordered.take(first, mode="clip") == other.hashes)
    if not found.size:
        return []
    first = first.take(found)
    counts = np.minimum(np.searchsorted(ordered, other.hashes.take(found), side="right") - first, most)
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    own = one.places.take(order.take(np.repeat(first, counts) + steps))
    found = other.places.take(np.repeat(found, counts))
    # Along each diagonal, by place.
    diagonals = found - own
    order = np.lexsort((found, diagonals))
    own, found, diagonals = own.take(order), found.take(order), diagonals.take(order)
    new = np.ones(len(own), np.bool_)
    new[1:] = (diagonals[1:] != diagonals[:-1]) | (found[1:] != found[:-1] + 1)
    starts = np.flatnonzero(new)
    lengths = np.diff(starts, append=len(own)) + (least - 1)
    joined = zip(own.take(starts).tolist(), found.take(starts).tolist(), lengths.tolist(), strict=True)
    return sorted((Run(*run) for run in joined), key=lambda run: (run.other, run.one))


def _repeated(values: Hashes) -> npt.NDArray[np.bool_]:
    """Which of the values stand there more than once, and a few others."""
    ordered = np.sort(values)
    again = ordered[1:].compress(ordered[1:] == ordered[:-1])
    # A table by their upper bits is looked up ten times faster than the values are searched for.
    table = np.zeros(1 << TABLE_BITS, np.bool_)
    shift = np.uint64(64 - TABLE_BITS)
    table[again >> shift] = True
    return table.take((values >> shift).view(np.int64))


def _lines(feeds: Numbers, first: int, length: int) -> tuple[int, int]:
    start, end = np.searchsorted(feeds, (first, first + length - 1), side="right").tolist()
    return start, end
