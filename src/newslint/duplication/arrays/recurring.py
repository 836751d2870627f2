"""Lines that recur over many documents, counted by sorting, one part of the range of hashes after the other.

About 20 bytes a line while it runs, and 60 bytes a line of the part at hand.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from newslint.rule import Columns

#: Lines that are sorted at a time, about.
PART = 1 << 21

Hashes = npt.NDArray[np.uint64]
Owners = npt.NDArray[np.uint32]
Known = npt.NDArray[np.bool_]


def recurring(lines: Columns, least: int) -> dict[int, tuple[int, int]]:
    """What ``newslint.duplication.recurring.recurring`` gives: hash to (different documents, first document)."""
    hashes = np.frombuffer(lines["hash"], np.uint64)
    offsets = np.frombuffer(lines.offsets, np.uint64).astype(np.int64)
    owners = np.repeat(np.arange(len(lines), dtype=np.uint32), np.diff(offsets))
    return counted(hashes, owners, _articles(hashes, owners, len(lines)), least)


def counted(hashes: Hashes, owners: Owners, articles: Hashes, least: int) -> dict[int, tuple[int, int]]:
    """Hash to (different documents, first document).

    Args:
        hashes: one line a row: its hash.
        owners: its document.
        articles: what tells each document.
        least: the smallest number of documents.
    """
    found: dict[int, tuple[int, int]] = {}
    for values, holders, starts in _parts(hashes, owners):
        times = np.diff(starts, append=values.size)
        many = np.repeat(times >= least, times)
        values, holders = values[many], holders[many]
        if not values.size:
            continue
        starts = _starts(values)
        own = articles[holders]
        order = np.lexsort((own, values))
        sorted_values, own = values[order], own[order]
        different = np.append(True, (sorted_values[1:] != sorted_values[:-1]) | (own[1:] != own[:-1]))
        counts = np.add.reduceat(different.astype(np.int64), starts)
        kept = counts >= least
        first = holders[starts]
        rows = zip(counts[kept].tolist(), first[kept].tolist(), strict=True)
        found.update(zip(values[starts][kept].tolist(), rows, strict=True))
    return found


def _parts(hashes: Hashes, owners: Owners) -> Iterator[tuple[Hashes, Owners, npt.NDArray[np.int64]]]:
    """Yield the lines by ascending hash and document, each line of a document once, and where each hash starts."""
    bits = (hashes.size // PART).bit_length()
    parts = (hashes >> np.uint64(64 - bits)).astype(np.uint32) if bits else np.zeros(hashes.size, np.uint32)
    for part in range(1 << bits):
        rows: npt.NDArray[Any] = np.flatnonzero(parts == part)
        if not rows.size:
            continue
        values, holders = hashes[rows], owners[rows]
        order = np.lexsort((holders, values))
        values, holders = values[order], holders[order]
        once = np.append(True, (values[1:] != values[:-1]) | (holders[1:] != holders[:-1]))
        values, holders = values[once], holders[once]
        yield values, holders, _starts(values)


def _starts(values: Hashes) -> npt.NDArray[np.int64]:
    """Where each value of a sorted column starts."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])).astype(np.int64)


def _articles(hashes: Hashes, owners: Owners, documents: int) -> Hashes:
    """What tells each document: the smallest hash that it alone has, else the smallest of its hashes, else 0."""
    _, smallest, single, alone = first_hashes(hashes, owners, documents)
    return np.where(single, alone, smallest)


def first_hashes(hashes: Hashes, owners: Owners, documents: int) -> tuple[Known, Hashes, Known, Hashes]:
    """For each document: whether it has a line, its smallest hash, whether it has one alone, the smallest of these."""
    smallest, alone = np.zeros(documents, np.uint64), np.zeros(documents, np.uint64)
    met, met_alone = np.zeros(documents, np.bool_), np.zeros(documents, np.bool_)
    for values, holders, starts in _parts(hashes, owners):
        single = starts[np.diff(starts, append=values.size) == 1]
        for kept, seen, rows in ((smallest, met, slice(None)), (alone, met_alone, single)):
            _keep_first(kept, seen, values[rows], holders[rows])
    return met, smallest, met_alone, alone


def _keep_first(kept: Hashes, seen: npt.NDArray[np.bool_], values: Hashes, holders: Owners) -> None:
    """Keep the first value of each document that has none yet; values ascend."""
    new = ~seen[holders]
    values, holders = values[new], holders[new]
    # Written backwards, the first of a document's values is written last.
    kept[holders[::-1]] = values[::-1]
    seen[holders] = True
