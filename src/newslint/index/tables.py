"""Makes postings, with arrays."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from newslint.index.arrays import ArrayWriter
from newslint.index.postings import WORD, table_bits
from newslint.index.segment import Segment, rows_name, table_name

Rows = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

#: Rows that are sorted at a time; about 30 bytes each while they are.
PART = 1 << 22


def as_rows(values: Any) -> Rows:
    """A buffer of 64-bit numbers as an array."""
    return np.frombuffer(values, np.uint64) if len(values) else np.empty(0, np.uint64)


def pack(keys: Any, owners: Numbers, bits: int) -> Rows:
    """Rows of keys and their documents, in any order."""
    shift = np.uint64(bits)
    rows: Rows = as_rows(keys) >> shift << shift
    rows |= owners.view(np.uint64)
    return rows


def owners_of(offsets: Any) -> Numbers:
    """The document of each row of a column."""
    bounds: Numbers = np.frombuffer(offsets, np.int64)
    return np.repeat(np.arange(len(bounds) - 1, dtype=np.int64), bounds[1:] - bounds[:-1])


def distinct(rows: Rows) -> Rows:
    """The rows, sorted in place, each once."""
    rows.sort()
    first = np.ones(len(rows), np.bool_)
    np.not_equal(rows[1:], rows[:-1], out=first[1:])
    return rows.compress(first)


def write(writer: ArrayWriter, owner: str, parts: Iterable[Rows], most: int) -> None:
    """Write postings.

    Args:
        writer: the file.
        owner: what they are the postings of.
        parts: the rows, sorted, in parts one after the other.
        most: how many rows there are, at the most.
    """
    bits = table_bits(most)
    table = np.zeros((1 << bits) + 1, np.uint64)

    def counted() -> Iterator[Rows]:
        for part in parts:
            if len(part):
                firsts = (part >> np.uint64(WORD - bits)).view(np.int64) if bits else np.zeros(len(part), np.int64)
                start = int(firsts[0])
                counts = np.bincount(firsts - start).astype(np.uint64)
                table[start + 1 : start + 1 + len(counts)] += counts
            yield part

    writer.add(rows_name(owner), "Q", (part.data for part in counted()))
    writer.add(table_name(owner), "Q", [np.cumsum(table, dtype=np.uint64).data])


def merged(segments: Sequence[Segment], owner: str, numbers: Sequence[Numbers], bits: int) -> Iterator[Rows]:
    """The rows of the postings of several segments as one, sorted, in parts.

    Memory: what ``PART`` states, and in a part with a key that most documents have another 30 bytes for each.

    Args:
        segments: the segments.
        owner: what the postings are of.
        numbers: for each the new numbers of its documents; negative: the document is gone.
        bits: how many bits the new numbers take, at least as many as the old ones.
    """
    postings = [segment.postings(owner) for segment in segments]
    rows = [as_rows(own.rows) for own in postings]
    parts = 1 << (sum(map(len, rows)) // PART).bit_length()
    step = (1 << WORD) // parts
    places = [0] * len(rows)
    for number in range(1, parts + 1):
        collected = []
        for table, (own, of) in enumerate(zip(rows, postings, strict=True)):
            stop = len(own) if number == parts else int(np.searchsorted(own, np.uint64(number * step)))
            block = own[places[table] : stop]
            places[table] = stop
            owners = numbers[table].take((block & np.uint64((1 << of.bits) - 1)).view(np.int64))
            living = owners >= 0
            collected.append(pack(block.compress(living), owners.compress(living), bits))
        part = np.concatenate(collected)
        collected.clear()
        for segment in segments:
            segment.file.forget()
        yield distinct(part)
