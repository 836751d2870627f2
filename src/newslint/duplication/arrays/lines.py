"""Hashes of whole lines, for a batch."""

from typing import NamedTuple

import numpy as np

from newslint.duplication.arrays.shingles import mix
from newslint.duplication.arrays.words import Hashes, Numbers, Words
from newslint.duplication.lines import NUMBER
from newslint.duplication.shingles import K3


class Lines(NamedTuple):
    """The lines of a batch that have a word, 16 bytes each.

    Attributes:
        hashes: those of ``lines.line_hashes``, text by text.
        numbers: the line's index, from 0 in each text.
        offsets: (texts + 1); text ``i`` has the lines ``offsets[i]:offsets[i + 1]``.
    """

    hashes: Hashes
    numbers: Numbers
    offsets: Numbers


def lines(words: Words) -> Lines:
    """The hash of each line that has a word. Memory: about 40 bytes a word while it runs."""
    hashes, offsets, numeric, feeds, feed_offsets = words
    texts = np.arange(len(words))
    # Every line of the batch begins where a text begins or after a line end.
    starts = np.insert(feeds, feed_offsets[:-1], offsets[:-1])
    first = feed_offsets[:-1] + texts
    numbers = np.arange(len(starts)) - np.repeat(first, np.diff(feed_offsets) + 1)
    filled = np.diff(starts, append=len(hashes)) > 0
    starts, numbers = starts.compress(filled), numbers.compress(filled)
    rows = np.searchsorted(starts, offsets)
    if not starts.size:
        return Lines(np.empty(0, np.uint64), numbers, rows)
    # Of a run of numbers in a line the first stays, and stands for any.
    later = np.zeros(len(hashes), np.bool_)
    later[1:] = numeric[1:] & numeric[:-1]
    later[starts] = False
    if numeric.any():
        hashes = np.where(numeric, np.uint64(NUMBER), hashes)
    if later.any():
        hashes = hashes.compress(~later)
        starts = starts - np.cumsum(later).take(starts)
    counts = np.diff(starts, append=len(hashes))
    powers = np.full(int(counts.max()), np.uint64(K3))
    powers[0] = 1
    np.multiply.accumulate(powers, out=powers)
    places = np.arange(len(hashes))
    places -= np.repeat(starts, counts)
    values = powers.take(places)
    values *= hashes
    return Lines(mix(np.add.reduceat(values, starts)), numbers, rows)
