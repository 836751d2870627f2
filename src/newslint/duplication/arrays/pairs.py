"""How alike pairs of texts are, for many pairs at once: the figures of ``similarity.compare``."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from newslint.duplication.arrays.shingles import runs, shingle
from newslint.duplication.arrays.words import Hashes, Words
from newslint.duplication.shingles import SHINGLE
from newslint.duplication.similarity import Figures


def compare(
    words: Words, numbers: Sequence[int], pairs: Iterable[tuple[int, int]], length: int = SHINGLE
) -> list[Figures]:
    """The figures of each pair of texts. Memory: 40 bytes a word while it runs.

    Args:
        words: the words of the texts.
        numbers: the number of each text.
        pairs: which to compare, by these numbers.
        length: the words of a run.
    """
    hashes, offsets = shingle(words, length)
    sets: dict[int, tuple[int, Hashes]] = {}
    spans = zip(numbers, pairwise(words.offsets.tolist()), pairwise(offsets.tolist()), strict=True)
    for number, (first, last), (start, end) in spans:
        size = last - first
        values = hashes[start:end] if size >= length else runs(words.hashes[first:last], size)[: min(size, 1)]
        sets[number] = size, _distinct(values)
    figures = []
    for one, other in pairs:
        (words_of_one, first_set), (words_of_other, second_set) = sets[one], sets[other]
        both = np.concatenate((first_set, second_set))
        both.sort()
        common = int(np.count_nonzero(both[1:] == both[:-1]))
        figures.append(Figures(common, len(first_set), len(second_set), min(words_of_one, words_of_other)))
    return figures


def _distinct(values: Hashes) -> Hashes:
    values = np.sort(values)
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return values.compress(first)
