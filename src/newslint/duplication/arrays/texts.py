"""Texts in memory, for the array kernel: their words are read once and kept."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from newslint.duplication.arrays.batches import batches
from newslint.duplication.arrays.pairs import compare
from newslint.duplication.arrays.passages import anchored_runs, lines
from newslint.duplication.arrays.postings import PART, Shares, document_pairs, shared
from newslint.duplication.arrays.shingles import Prints, fingerprints, sums
from newslint.duplication.arrays.words import Numbers, Words, read
from newslint.duplication.passages import Run, SharedRun
from newslint.duplication.similarity import Figures

Pair = tuple[int, int]
#: Rows that a column has room for at first.
FIRST_ROWS = 1 << 20


class ArrayTexts:
    """The words and fingerprints of texts, and what they have in common; see ``texts.PlainTexts``.

    About 16 bytes a word.

    Args:
        texts: the texts; they are numbered from 0.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        hashes, numbers, feeds = _Column(np.uint64), _Column(np.bool_), _Column(np.int64)
        prints, positions = _Column(np.uint64), _Column(np.int64)
        sizes: list[Numbers] = []
        for batch in batches(texts):
            words = read(batch)
            own = fingerprints(words)
            feeds.add(words.feeds + len(hashes))
            hashes.add(words.hashes)
            numbers.add(words.numbers)
            prints.add(own.hashes)
            positions.add(own.positions)
            sizes.append(np.diff([words.offsets, words.feed_offsets, own.offsets]))
        offsets, feed_offsets, print_offsets = map(sums, np.concatenate(sizes, axis=1) if sizes else ([], [], []))
        self._words = Words(hashes.rows(), offsets, numbers.rows(), feeds.rows(), feed_offsets)
        self._prints = Prints(prints.rows(), positions.rows(), print_offsets)
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


class _Column:
    """An array that grows, by doubling: numpy's large arrays have large pages, which cost the system a tenth."""

    def __init__(self, kind: type[np.generic]) -> None:
        self._rows: npt.NDArray[Any] = np.empty(FIRST_ROWS, kind)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, values: npt.NDArray[Any]) -> None:
        size = self._size + len(values)
        if size > len(self._rows):
            rows = np.empty(max(size, 2 * len(self._rows)), self._rows.dtype)
            rows[: self._size] = self._rows[: self._size]
            self._rows = rows
        self._rows[self._size : size] = values
        self._size = size

    def rows(self) -> npt.NDArray[Any]:
        return self._rows[: self._size]


def _members(pairs: Iterable[Pair]) -> tuple[list[int], list[Pair]]:
    """The numbers that occur in pairs, each once, and the pairs by places in them."""
    places: dict[int, int] = {}
    own = [(places.setdefault(one, len(places)), places.setdefault(other, len(places))) for one, other in pairs]
    return list(places), own
