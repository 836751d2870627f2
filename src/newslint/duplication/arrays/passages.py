"""Word-exact runs that pairs of texts share, for many pairs at once: those of ``passages.anchored_runs``."""

from typing import NamedTuple

import numpy as np

from newslint.duplication.arrays.shingles import Prints
from newslint.duplication.arrays.words import Flags, Hashes, Numbers, Words
from newslint.duplication.shingles import SHINGLE, WINDOW
from newslint.duplication.tokens import K1

#: The size of the tables in which hashes are looked up: of a million, three in four that are not there are told.
TABLE_BITS = 21
#: Where the number of a pair begins in a number that holds a pair and a diagonal, and the middle of all diagonals.
DIAGONAL_BITS, MIDDLE = 40, 1 << 39


class Runs(NamedTuple):
    """Runs of equal words, by pair, then by place in the second text, then in the first: one row each.

    Attributes:
        pairs: the number of the pair.
        one, other: the number of its first word in each text.
        lengths: how many words it has.
    """

    pairs: Numbers
    one: Numbers
    other: Numbers
    lengths: Numbers


def anchored_runs(words: Words, prints: Prints, one: Numbers, other: Numbers, least: int, most: int) -> Runs:
    """The maximal runs of at least ``least`` equal words of pairs of texts, in which they share a fingerprint.

    Memory: 100 bytes a fingerprint of the texts of these pairs while it runs.

    Args:
        words: the words of all texts.
        prints: their fingerprints.
        one: the number of the first text of each pair.
        other: the number of the second one.
        least: the fewest words of a run.
        most: of a fingerprint that stands in more places of the first text, so many count, the first.
    """
    pairs, ours, theirs = _anchors(prints, one, other, most)
    # Along each diagonal; the rows of a pair come by their place in its second text.
    keys = (pairs << DIAGONAL_BITS) + (theirs - ours + MIDDLE)
    order = np.argsort(keys, kind="stable")
    keys, theirs = keys.take(order), theirs.take(order)
    # Within a run they follow each other in every window.
    new = np.ones(len(keys), np.bool_)
    new[1:] = (keys[1:] != keys[:-1]) | (theirs[1:] > theirs[:-1] + WINDOW)
    starts = np.flatnonzero(new)
    lengths = theirs.take(np.append(starts[1:], len(keys)) - 1) - theirs.take(starts) + SHINGLE
    order = order.take(starts)
    runs = _extended(words, one, other, Runs(pairs.take(order), ours.take(order), theirs.take(starts), lengths))
    order = np.lexsort((runs.one, runs.other, runs.pairs))
    order = order.compress(runs.lengths.take(order) >= least)
    runs = Runs(*(column.take(order) for column in runs))
    # A run is there twice where ``most`` left a gap in it.
    again = np.zeros(len(order), np.bool_)
    again[1:] = np.logical_and.reduce([column[1:] == column[:-1] for column in runs])
    return Runs(*(column.compress(~again) for column in runs))


def lines(words: Words, texts: Numbers, firsts: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """The first and the last line, from 0, of runs of so many words of these texts."""
    starts = words.offsets.take(texts) + firsts
    before = words.feed_offsets.take(texts)
    return (
        np.searchsorted(words.feeds, starts, side="right") - before,
        np.searchsorted(words.feeds, starts + (lengths - 1), side="right") - before,
    )


def _anchors(prints: Prints, one: Numbers, other: Numbers, most: int) -> tuple[Numbers, Numbers, Numbers]:
    """Pair, place in its first text and place in its second text of each two equal fingerprints."""
    counts = np.diff(prints.offsets)
    # A text's number in the lower bits: one table serves all pairs.
    bits = np.uint64(max(1, (len(counts) - 1).bit_length()))
    rows, pairs = _rows(prints.offsets, counts, other)
    wanted = _tagged(prints.hashes.take(rows), one.take(pairs), bits)
    texts = np.unique(one)
    asked, owners = _rows(prints.offsets, counts, texts)
    keys = _tagged(prints.hashes.take(asked), texts.take(owners), bits)
    # Most are not wanted, or wanted where they are not: without them there is little to sort and to search.
    likely = np.flatnonzero(_among(wanted, keys))
    rows, pairs, wanted = rows.take(likely), pairs.take(likely), wanted.take(likely)
    likely = np.flatnonzero(_among(keys, wanted))
    asked, keys = asked.take(likely), keys.take(likely)
    order = np.argsort(keys, kind="stable")
    keys, asked = keys.take(order), asked.take(order)
    groups = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    sizes = np.diff(groups, append=len(keys))
    found = np.searchsorted(keys.take(groups), wanted)
    there = np.flatnonzero(keys.take(groups).take(found, mode="clip") == wanted) if len(keys) else found[:0]
    rows, pairs, found = rows.take(there), pairs.take(there), found.take(there)
    times = np.minimum(sizes.take(found), most)
    twins = asked.take(_spread(groups.take(found), times))
    rows, pairs = np.repeat(rows, times), np.repeat(pairs, times)
    same = np.flatnonzero(prints.hashes.take(twins) == prints.hashes.take(rows))
    return pairs.take(same), prints.positions.take(twins.take(same)), prints.positions.take(rows.take(same))


def _extended(words: Words, one: Numbers, other: Numbers, runs: Runs) -> Runs:
    """The runs, each as long as it can be."""
    first, second = one.take(runs.pairs), other.take(runs.pairs)
    ours, theirs = words.offsets.take(first) + runs.one, words.offsets.take(second) + runs.other
    before = _equal(words, ours - 1, theirs - 1, np.minimum(runs.one, runs.other), -1)
    left = np.minimum(words.offsets.take(first + 1) - ours, words.offsets.take(second + 1) - theirs) - runs.lengths
    after = _equal(words, ours + runs.lengths, theirs + runs.lengths, left, 1)
    return Runs(runs.pairs, runs.one - before, runs.other - before, runs.lengths + before + after)


def _equal(words: Words, ours: Numbers, theirs: Numbers, most: Numbers, step: int) -> Numbers:
    """How many words are equal, from each two on in that direction, of so many that there are at most."""
    counts = np.zeros(len(ours), np.int64)
    active = np.flatnonzero(most > 0)
    done = 0
    while active.size:
        moved = step * done
        same = words.hashes.take(ours.take(active) + moved) == words.hashes.take(theirs.take(active) + moved)
        active = active.compress(same)
        done += 1
        counts[active] = done
        active = active.compress(most.take(active) > done)
    return counts


def _rows(offsets: Numbers, counts: Numbers, texts: Numbers) -> tuple[Numbers, Numbers]:
    """The rows of these texts, one text after the other, and for each row the place of its text among these."""
    own = counts.take(texts)
    return _spread(offsets.take(texts), own), np.repeat(np.arange(len(texts)), own)


def _spread(starts: Numbers, counts: Numbers) -> Numbers:
    """So many numbers from each start on, one after the other."""
    numbers: Numbers = np.arange(counts.sum()) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
    return numbers


def _tagged(hashes: Hashes, texts: Numbers, bits: np.uint64) -> Hashes:
    """The upper bits of each hash, with the number of its text in the lower ones."""
    return (hashes >> bits << bits) | texts.view(np.uint64)


def _among(values: Hashes, others: Hashes) -> Flags:
    """Which of the values stand among others, and a few more: a table is looked up ten times faster than searched."""
    table = np.zeros(1 << TABLE_BITS, np.bool_)
    table[_slots(others)] = True
    return table.take(_slots(values))


def _slots(values: Hashes) -> Numbers:
    return ((values * np.uint64(K1)) >> np.uint64(64 - TABLE_BITS)).view(np.int64)
