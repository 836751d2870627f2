"""Texts in memory, for the array kernel: their words are read once and kept."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from newslint.duplication.arrays.batches import batches
from newslint.duplication.arrays.columns import append
from newslint.duplication.arrays.pairs import compare
from newslint.duplication.arrays.passages import anchored_runs, lines
from newslint.duplication.arrays.postings import PART, Shares, document_pairs, shared
from newslint.duplication.arrays.shingles import Prints, fingerprints, sums
from newslint.duplication.arrays.words import Numbers, Words, read
from newslint.duplication.passages import Run, SharedRun
from newslint.duplication.similarity import Figures

Pair = tuple[int, int]


class ArrayTexts:
    """The words and fingerprints of texts, and what they have in common; see ``texts.PlainTexts``.

    About 16 bytes a word.

    Args:
        texts: the texts; they are numbered from 0.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        # Of columns that grow in place: what is put together in the end is there twice, and cleared pages cost time.
        hashes, numbers, feeds = array("Q"), array("b"), array("q")
        prints, positions = array("Q"), array("q")
        sizes: list[Numbers] = []
        for batch in batches(texts):
            words = read(batch)
            own = fingerprints(words)
            append(feeds, words.feeds + len(hashes))
            append(hashes, words.hashes)
            append(numbers, words.numbers)
            append(prints, own.hashes)
            append(positions, own.positions)
            sizes.append(np.diff([words.offsets, words.feed_offsets, own.offsets]))
        offsets, feed_offsets, print_offsets = map(sums, np.concatenate(sizes, axis=1) if sizes else ([], [], []))
        self._words = Words(
            np.frombuffer(hashes, np.uint64),
            offsets,
            np.frombuffer(numbers, np.bool_),
            np.frombuffer(feeds, np.int64),
            feed_offsets,
        )
        self._prints = Prints(np.frombuffer(prints, np.uint64), np.frombuffer(positions, np.int64), print_offsets)
        self._shares: list[Shares] | None = None

    def candidates(self, least: int, part: float = 0) -> Iterator[Pair]:
        """Pairs of texts that share fingerprints; see ``postings.document_pairs``."""
        prints = self._prints
        if len(prints.hashes) > PART:
            return document_pairs(prints.hashes, prints.offsets, least, part)
        if self._shares is None:
            self._shares = list(shared(prints.hashes, prints.offsets))
        return chain.from_iterable(shares.pairs(least, part) for shares in self._shares)

    def compare(self, pairs: Sequence[Pair], size: int) -> list[Figures]:
        """The figures of pairs of texts."""
        members, own = _members(pairs)
        return compare(self._words.take(members), range(len(members)), own, size)

    def shared_runs(self, pairs: Sequence[Pair], least: int, most: int) -> Iterator[SharedRun]:
        """What pairs of texts have in common."""
        one, other = np.array(pairs, np.int64).reshape(-1, 2).T
        runs = anchored_runs(self._words, self._prints, one, other, least, most)
        ours = lines(self._words, one.take(runs.pairs), runs.one, runs.lengths)
        theirs = lines(self._words, other.take(runs.pairs), runs.other, runs.lengths)
        rows = zip(*(column.tolist() for column in (*runs, *ours, *theirs)), strict=True)
        for pair, start, twin, length, first, last, first_twin, last_twin in rows:
            yield SharedRun(pair, Run(start, twin, length), (first, last), (first_twin, last_twin))


def _members(pairs: Iterable[Pair]) -> tuple[list[int], list[Pair]]:
    """The numbers that occur in pairs, each once, and the pairs by places in them."""
    places: dict[int, int] = {}
    own = [(places.setdefault(one, len(places)), places.setdefault(other, len(places))) for one, other in pairs]
    return list(places), own
