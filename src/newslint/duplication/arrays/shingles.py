"""Shingles of a batch, and the fingerprints among them."""

from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from newslint.duplication.arrays.words import Hashes, Numbers, Words
from newslint.duplication.shingles import K3, SHINGLE, WINDOW
from newslint.duplication.tokens import K1, K2

N = TypeVar("N", bound=np.generic)

#: Words of one text that are made into fingerprints at a time, which bounds the memory that a huge text takes.
LONG = 1 << 18


class Shingles(NamedTuple):
    """The shingles of a batch, 8 bytes each.

    Attributes:
        hashes: those of ``shingles.shingles``, text by text.
        offsets: (texts + 1); text ``i`` has the shingles ``offsets[i]:offsets[i + 1]``.
    """

    hashes: Hashes
    offsets: Numbers


class Prints(NamedTuple):
    """The fingerprints of a batch, 16 bytes each.

    Attributes:
        hashes: those of ``shingles.fingerprints``, text by text.
        positions: the number of each one's first word, from 0 in each text.
        offsets: (texts + 1); text ``i`` has the fingerprints ``offsets[i]:offsets[i + 1]``.
    """

    hashes: Hashes
    positions: Numbers
    offsets: Numbers


def shingle(words: Words, size: int = SHINGLE) -> Shingles:
    """The hash of each run of ``size`` words of each text; none where a text is shorter."""
    hashes = runs(words.hashes, size)
    counts = np.maximum(np.diff(words.offsets) - (size - 1), 0)
    # Runs over the end of a text begin with one of its last words.
    own = np.ones(len(hashes), np.bool_)
    own[_tails(words.offsets, size - 1, len(hashes))] = False
    return Shingles(hashes.compress(own), sums(counts))


def winnow(shingles: Shingles, window: int = WINDOW) -> Numbers:
    """The numbers (in ``shingles.hashes``) of the shingles that stand for all, as ``shingles.winnow`` takes them."""
    hashes, offsets = shingles
    if not len(hashes):
        return np.empty(0, np.int64)
    smallest = _sliding(np.minimum, np.concatenate((hashes, np.zeros(window - 1, np.uint64))), window)
    # Windows over the end of a text are none. Where a text has but one window, it is the whole text.
    smallest[_tails(offsets, window - 1, len(hashes))] = 0
    largest = _sliding(np.maximum, np.concatenate((np.zeros(window - 1, np.uint64), smallest)), window)
    counts = np.diff(offsets)
    short = (counts > 0) & (counts < window)
    if short.any():
        filled = counts > 0
        least = np.minimum.reduceat(hashes, offsets[:-1].compress(filled))
        least[~short.compress(filled)] = 0
        np.maximum(largest, np.repeat(least, counts.compress(filled)), out=largest)
    # A hash is never below the smallest of a window it is in: equal to the largest of these, it is one of them.
    return np.flatnonzero(hashes == largest)


def fingerprints(words: Words, shingles: Shingles | None = None) -> Prints:
    """The fingerprints of each text; ``shingles`` are those of the words, where they are there already."""
    if shingles is None:
        if len(words) == 1 and len(words.hashes) > LONG:
            return _fingerprints_of_long(words)
        shingles = shingle(words)
    kept = winnow(shingles)
    offsets = np.searchsorted(kept, shingles.offsets)
    positions = kept - np.repeat(shingles.offsets[:-1], np.diff(offsets))
    return Prints(shingles.hashes.take(kept), positions, offsets)


def _fingerprints_of_long(words: Words) -> Prints:
    """The fingerprints of one long text, part by part; each window of shingles lies in one part only."""
    hashes: list[Hashes] = []
    positions: list[Numbers] = []
    last = -1
    overlap = SHINGLE - 1 + WINDOW - 1
    for start in range(0, max(1, len(words.hashes) - overlap), LONG):
        values = runs(words.hashes[start : start + LONG + overlap], SHINGLE)
        kept = winnow(Shingles(values, np.array([0, len(values)])))
        # The windows on both sides of a cut may have kept the same one.
        kept = kept[np.searchsorted(kept, last - start, side="right") :]
        hashes.append(values.take(kept))
        positions.append(kept + start)
        last = int(positions[-1][-1]) if kept.size else last
    joined = np.concatenate(positions)
    return Prints(np.concatenate(hashes), joined, np.array([0, len(joined)]))


def runs(words: Hashes, size: int) -> Hashes:
    """The hash of each run of ``size`` words, whichever texts they are of."""
    values, length = words, 1
    # By the binary digits of ``size``: a run is two runs of half its length, one of them moved up, and perhaps a word.
    for digit in bin(size)[3:]:
        values = _appended(values, values, length)
        length *= 2
        if digit == "1":
            values = _appended(values, words[length:], 1)
            length += 1
    return mix(values.copy() if values is words else values)


def _appended(first: Hashes, second: Hashes, length: int) -> Hashes:
    """The unmixed hashes of runs, each made longer by one of ``length`` words that begins where it ends."""
    longer = first[: max(0, len(first) - length)] * np.uint64(pow(K3, length, 1 << 64))
    longer += second[len(second) - len(longer) :]
    return longer


def mix(values: Hashes) -> Hashes:
    """``shingles.mix`` of each value, in place."""
    values ^= values >> np.uint64(33)
    values *= np.uint64(K2)
    values ^= values >> np.uint64(29)
    values *= np.uint64(K1)
    return values


def _tails(offsets: Numbers, size: int, limit: int) -> Numbers:
    """The numbers below ``limit`` of the last ``size`` items, or all if fewer, of each text."""
    counts = np.minimum(np.diff(offsets), size)
    steps = np.arange(1, size + 1)
    tails = (offsets[1:, None] - steps)[steps <= counts[:, None]]
    return tails.compress(tails < limit)


def sums(counts: Numbers) -> Numbers:
    """Offsets of texts that have so many items."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))


def _sliding(pick: np.ufunc, values: npt.NDArray[N], width: int) -> npt.NDArray[N]:
    """``pick`` (minimum or maximum) over each ``width`` consecutive values, in log2(width) passes."""
    reach = 1
    while reach < width:
        step = min(reach, width - reach)
        values = pick(values[:-step], values[step:])
        reach += step
    return values
