"""Which documents of an index share keys, for any number of documents: from the postings, which are sorted already.

One stretch of keys after the other is read from the disk, and the pairs of documents that share one are put aside in
files, by the later document; then one such file after the other is sorted and counted. (A join by partitions, as in
DeWitt et al., "Implementation techniques for main memory database systems", 1984.) Pairs are those that
``newslint.duplication.postings`` makes of the same columns.
"""

import os
from collections.abc import Iterator

import numpy as np

from newslint.duplication.arrays.postings import HALF, LOW, Shares, pairs_of
from newslint.engine.scratch import Scratch
from newslint.index.archive import Archive
from newslint.index.postings import owner_bits
from newslint.index.segment import column_name
from newslint.index.tables import Numbers, Rows, merged

#: Files that pairs are put aside in, and pairs that are gathered before they are written.
FILES, GATHERED = 256, 1 << 22


def document_pairs(
    archive: Archive, feature: str, column: str, least: int, part: float = 0
) -> Iterator[tuple[int, int]]:
    """Yield pairs of documents that share keys: earlier number, later number, in the order of the later one.

    Disk: 8 bytes a pair and key they share, in the system's folder for temporary files. Memory: 24 bytes a document,
    and what ``tables.PART`` and a ``FILES``-th of the pairs take.

    Args:
        archive: the index.
        feature: whose keys.
        column: which.
        least: the least number of keys that a pair shares.
        part: the same, as a part of the keys of the document that has fewer.
    """
    scratch = Scratch()
    sizes = np.zeros(archive.numbers, np.int64)
    files = _Files(scratch.path, archive.numbers)
    for rows, bits in _rows(archive, column_name(feature, column)):
        owners = rows & np.uint64((1 << bits) - 1)
        sizes += np.bincount(owners.view(np.int64), minlength=len(sizes))
        for pairs in pairs_of(rows >> np.uint64(bits), owners):
            files.add(pairs)
    for pairs in files.sorted():
        first = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1]))
        counts = np.diff(first, append=len(pairs)).astype(np.uint32)
        pairs = pairs.take(first)
        later, earlier = (pairs >> HALF).view(np.int64), (pairs & LOW).view(np.int64)
        fewer = np.minimum(sizes.take(earlier), sizes.take(later))
        yield from Shares(earlier, later, counts, fewer).pairs(least, part)


def _rows(archive: Archive, owner: str) -> Iterator[tuple[Rows, int]]:
    """The postings of all segments as one, sorted, in parts, less the documents that are gone."""
    numbers: list[Numbers] = []
    base = 0
    for segment in archive.segments:
        own = np.arange(base, base + segment.documents)
        own[np.array(segment.gone, np.int64)] = -1
        numbers.append(own)
        base += segment.documents
    bits = max([owner_bits(base), *(segment.postings(owner).bits for segment in archive.segments)])
    for rows in merged(archive.segments, owner, numbers, bits):
        yield rows, bits


class _Files:
    """Pairs by their later document, in files."""

    def __init__(self, folder: str, documents: int) -> None:
        self._paths = [os.path.join(folder, f"{number}") for number in range(FILES)]
        width = np.uint64(max(1, -(-documents // FILES)))
        self._bounds = np.arange(1, FILES, dtype=np.uint64) * width << HALF
        self._gathered: list[Rows] = []
        self._size = 0

    def add(self, pairs: Rows) -> None:
        """Put pairs aside."""
        self._gathered.append(pairs)
        self._size += len(pairs)
        if self._size > GATHERED:
            self._write()

    def sorted(self) -> Iterator[Rows]:
        """All pairs in order, some at a time; what was yielded is gone."""
        self._write()
        for path in self._paths:
            if os.path.exists(path):
                pairs = np.fromfile(path, np.uint64)
                os.remove(path)
                pairs.sort()
                yield pairs

    def _write(self) -> None:
        if not self._gathered:
            return
        pairs = np.concatenate(self._gathered)
        pairs.sort()
        places = np.searchsorted(pairs, self._bounds).tolist()
        for path, start, stop in zip(self._paths, [0, *places], [*places, len(pairs)], strict=True):
            if stop > start:
                with open(path, "ab") as file:
                    file.write(pairs[start:stop].data)
        self._gathered, self._size = [], 0
