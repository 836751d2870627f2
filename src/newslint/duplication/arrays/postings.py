"""Which documents share fingerprints, by sorting: the same pairs as ``postings.document_pairs``.

Rows are sorted by hash, one part of the range of hashes after the other, so that only one part is there twice. The
pairs of a part are sorted, counted and put aside, in a file once they are many; in the end the counts of all parts are
added up for one stretch of later documents after the other.
"""

from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newslint.duplication.arrays.words import Hashes, Numbers
from newslint.duplication.postings import CROWD, DROPPED_BITS

Counts = npt.NDArray[np.uint32]

#: Rows of a part; about 60 bytes each while it is sorted.
PART = 1 << 22
#: Rows looked at together when a part is gathered.
BLOCK = 1 << 21
#: Counted pairs (12 bytes each) that are kept in memory, and how many are added up together.
KEPT, TOGETHER = 1 << 23, 1 << 22
#: A pair as one number: the later document in the upper half.
HALF, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


class Shares(NamedTuple):
    """Pairs of documents, in the order of the later ones, and what they share: one row each.

    Attributes:
        earlier, later: the numbers of the documents.
        counts: how many fingerprints they share.
        sizes: how many the document has that has fewer.
    """

    earlier: Numbers
    later: Numbers
    counts: Counts
    sizes: Numbers

    def pairs(self, least: int, part: float) -> Iterator[tuple[int, int]]:
        """The pairs that share enough."""
        enough = self.enough(least, part)
        return zip(self.earlier.compress(enough).tolist(), self.later.compress(enough).tolist(), strict=True)

    def enough(self, least: int, part: float) -> npt.NDArray[np.bool_]:
        """Which of them share enough."""
        found: npt.NDArray[np.bool_] = self.counts >= np.maximum(least, part * self.sizes)
        return found


def document_pairs(hashes: Any, offsets: Any, least: int, part: float) -> Iterator[tuple[int, int]]:
    """Yield (earlier, later) where two documents share enough fingerprints; see ``postings.document_pairs``.

    Args:
        hashes: a buffer of one 64-bit hash a row.
        offsets: a buffer of (documents + 1) row numbers.
        least: the least number of fingerprints that they share.
        part: the same, as a part of the fingerprints of the document that has fewer.
    """
    for shares in shared(hashes, offsets):
        yield from shares.pairs(least, part)


def shared(hashes: Any, offsets: Any) -> Iterator[Shares]:
    """Yield the pairs of documents that share a fingerprint, some millions at a time.

    Memory: about 0.6 GB beyond the columns at most, for any number of documents, and 20 bytes a document.

    Args:
        hashes: a buffer of one 64-bit hash a row.
        offsets: a buffer of (documents + 1) row numbers.
    """
    rows, cuts = np.frombuffer(hashes, np.uint64), np.frombuffer(offsets, np.int64)
    documents = len(cuts) - 1
    if not len(rows):
        return
    bits = max((len(rows) // PART).bit_length(), (documents - 1).bit_length() - DROPPED_BITS, 0)
    sizes = np.zeros(documents, np.int64)
    with TemporaryFile() as pairs_file, TemporaryFile() as counts_file:
        runs = _Runs(documents, (pairs_file, counts_file))
        for number in range(1 << bits):
            keys = _part(rows, cuts, bits, number)
            keys.sort()
            keys = keys.compress(_first(keys))
            owners = keys & np.uint64((1 << DROPPED_BITS + bits) - 1)
            keys >>= np.uint64(DROPPED_BITS + bits)
            sizes += np.bincount(owners.view(np.int64), minlength=documents)
            for pairs in pairs_of(keys, owners):
                runs.add(pairs)
        for pairs, counts in runs.added():
            later, earlier = (pairs >> HALF).view(np.int64), (pairs & LOW).view(np.int64)
            yield Shares(earlier, later, counts, np.minimum(sizes.take(earlier), sizes.take(later)))


def _part(rows: Hashes, cuts: Numbers, bits: int, number: int) -> Hashes:
    """The rows whose hashes begin with those bits, as hash (without these bits) and document in one number."""
    keys = []
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        owners = _owners(cuts, start, start + len(block))
        if bits:
            own = np.flatnonzero(block >> np.uint64(64 - bits) == number)
            block, owners = block.take(own), owners.take(own)
        keys.append((block >> np.uint64(DROPPED_BITS) << np.uint64(DROPPED_BITS + bits)) | owners.view(np.uint64))
    return np.concatenate(keys)


def _owners(cuts: Numbers, start: int, stop: int) -> Numbers:
    """The documents that the rows ``start`` to ``stop`` (exclusive) belong to."""
    first = int(np.searchsorted(cuts, start, side="right")) - 1
    last = int(np.searchsorted(cuts, stop))
    bounds = np.clip(cuts[first : last + 1], start, stop)
    return np.repeat(np.arange(first, last), bounds[1:] - bounds[:-1])


def counted(hashes: Hashes, owners: Counts, documents: int) -> tuple[Hashes, Counts]:
    """The pairs of documents that share a fingerprint, as ``later << 32 | earlier`` in order, and how many they share.

    Memory: 12 bytes a pair and as much again, and 60 bytes a row of a part.

    Args:
        hashes: one hash a row.
        owners: the document of each row, ascending.
        documents: how many documents there are.
    """
    runs = [(np.empty(0, np.uint64), np.empty(0, np.uint32))]
    with TemporaryFile() as pairs_file, TemporaryFile() as counts_file:
        kept = _Runs(documents, (pairs_file, counts_file))
        for keys, own in _keyed(hashes, owners, documents):
            for pairs in pairs_of(keys, own):
                kept.add(pairs)
        runs += kept.added()
    pairs, counts = map(np.concatenate, zip(*runs, strict=True))
    return pairs, counts


def sizes_of(hashes: Hashes, owners: Counts, documents: int) -> Counts:
    """How many different fingerprints each document has among the rows; see ``counted``."""
    sizes = np.zeros(documents, np.uint32)
    for _, own in _keyed(hashes, owners, documents):
        sizes += np.bincount(own.view(np.int64), minlength=documents).astype(np.uint32)
    return sizes


def added(runs: Sequence[tuple[Hashes, Counts]]) -> tuple[Hashes, Counts]:
    """The pairs of several ``counted``, in order, each once, with the sums of their counts."""
    pairs, counts = map(np.concatenate, zip(*runs, strict=True))
    return _summed(pairs, counts) if pairs.size else (pairs, counts)


def _keyed(hashes: Hashes, owners: Counts, documents: int) -> Iterator[tuple[Hashes, Hashes]]:
    """Hashes and documents in order, each pair of them once, one part of the range of hashes after the other."""
    if not hashes.size:
        return
    bits = max((hashes.size // PART).bit_length(), (documents - 1).bit_length() - DROPPED_BITS, 0)
    for number in range(1 << bits):
        own = np.flatnonzero(hashes >> np.uint64(64 - bits) == number) if bits else slice(None)
        keys = hashes[own] >> np.uint64(DROPPED_BITS) << np.uint64(DROPPED_BITS + bits) | owners[own]
        keys.sort()
        keys = keys.compress(_first(keys))
        yield keys >> np.uint64(DROPPED_BITS + bits), keys & np.uint64((1 << DROPPED_BITS + bits) - 1)


def _first(values: Hashes) -> npt.NDArray[np.bool_]:
    """Which of the sorted values differ from the one before."""
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def pairs_of(keys: Hashes, owners: Hashes) -> Iterator[Hashes]:
    """The pairs of each group of equal keys; owners ascend in each group."""
    first = np.flatnonzero(_first(keys))
    counts = np.diff(first, append=len(keys))
    owners = owners.compress(np.repeat(counts > 1, counts))
    counts = counts.compress(counts > 1)
    starts = np.cumsum(counts) - counts
    crowd = np.repeat(counts > CROWD, counts)
    starts = np.repeat(starts, counts)
    places = np.arange(len(owners)) - starts
    few = np.flatnonzero(~crowd & (places >= 1))
    for step in range(1, CROWD):
        if not few.size:
            break
        yield owners.take(few) << HALF | owners.take(few - step)
        few = few.compress(places.take(few) > step)
    many = np.flatnonzero(crowd & (places >= 1))
    if many.size:
        yield owners.take(many) << HALF | owners.take(starts.take(many))
        many = many.compress(places.take(many) >= 2)
        yield owners.take(many) << HALF | owners.take(many - 1)


def _summed(pairs: Hashes, counts: Counts) -> tuple[Hashes, Counts]:
    """The pairs in order, each once, with the sums of their counts."""
    order = np.argsort(pairs)
    pairs = pairs.take(order)
    first = np.flatnonzero(_first(pairs))
    return pairs.take(first), np.add.reduceat(counts.take(order), first, dtype=np.uint32)


class _Runs:
    """Sorted runs of counted pairs, in memory or in a file, and their sums."""

    def __init__(self, documents: int, files: tuple[IO[bytes], IO[bytes]]) -> None:
        self._runs: list[tuple[Hashes, Counts]] = []
        self._size = 0
        self._by_later = np.zeros(documents, np.int64)
        self._files = files
        self._lengths: list[int] = []

    def add(self, pairs: Hashes) -> None:
        """Put pairs aside."""
        pairs.sort()
        first = np.flatnonzero(_first(pairs))
        counts = np.diff(first, append=len(pairs)).astype(np.uint32)
        pairs = pairs.take(first)
        later = (pairs >> HALF).view(np.int64)
        self._by_later += np.bincount(later, minlength=len(self._by_later))
        self._runs.append((pairs, counts))
        self._size += len(pairs)
        if self._size > KEPT:
            self._write()

    def added(self) -> Iterator[tuple[Hashes, Counts]]:
        """All pairs in order, each once, with their counts, some millions at a time."""
        if self._lengths:
            self._write()
        ends = np.cumsum(self._by_later)
        start = 0
        while start < len(ends):
            before = int(ends[start - 1]) if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, before + TOGETHER, side="right")))
            low, high = np.uint64(start) << HALF, np.uint64(stop) << HALF
            # Mapped anew each time: the pages of a map that stays would add up to the whole file.
            runs = self._mapped(*self._files) if self._lengths else self._runs
            parts = [(pairs, counts, *np.searchsorted(pairs, (low, high)).tolist()) for pairs, counts in runs]
            pairs = np.concatenate([pairs[first:last] for pairs, _, first, last in parts] or [np.empty(0, np.uint64)])
            counts = np.concatenate(
                [counts[first:last] for _, counts, first, last in parts] or [np.empty(0, np.uint32)]
            )
            del parts, runs
            if pairs.size:
                yield _summed(pairs, counts)
            start = stop

    def _write(self) -> None:
        # As one run: looking into hundreds of mapped runs would map hundreds of megabytes.
        if self._runs:
            pairs, counts = _summed(*map(np.concatenate, zip(*self._runs, strict=True)))
            self._runs = []
            self._files[0].write(pairs.data)
            self._files[1].write(counts.data)
            self._lengths.append(len(pairs))
        self._size = 0

    def _mapped(self, pairs: IO[bytes], counts: IO[bytes]) -> list[tuple[Hashes, Counts]]:
        pairs.flush()
        counts.flush()
        ends = np.cumsum(self._lengths)[:-1]
        mapped = (np.memmap(file, dtype, "r") for file, dtype in ((pairs, np.uint64), (counts, np.uint32)))
        return list(zip(*(np.split(values, ends) for values in mapped), strict=True))
