"""Lines that recur over many documents, counted by sorting. About 60 bytes a line while it runs."""

import numpy as np

from newslint.rule import Columns


def recurring(lines: Columns, least: int) -> dict[int, tuple[int, int]]:
    """What ``newslint.duplication.recurring.recurring`` gives: hash to (different documents, first document)."""
    hashes = np.frombuffer(lines["hash"], np.uint64)
    offsets = np.frombuffer(lines.offsets, np.uint64).astype(np.int64)
    owners = np.repeat(np.arange(len(lines), dtype=np.uint32), np.diff(offsets))
    if not hashes.size:
        return {}
    # By hash, then document; each line of a document once.
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    del order
    once = np.append(True, (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1]))
    hashes, owners = hashes[once], owners[once]
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1]))
    times = np.diff(np.append(starts, hashes.size))
    articles = _articles(hashes, owners, np.repeat(times, times) == 1, len(lines))
    many = np.repeat(times >= least, times)
    hashes, owners = hashes[many], owners[many]
    if not hashes.size:
        return {}
    own = articles[owners]
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1]))
    first = owners[starts]
    values = hashes[starts]
    order = np.lexsort((own, hashes))
    hashes, own = hashes[order], own[order]
    different = np.append(True, (hashes[1:] != hashes[:-1]) | (own[1:] != own[:-1]))
    counts = np.add.reduceat(different.astype(np.int64), starts)
    kept = counts >= least
    return dict(zip(values[kept].tolist(), zip(counts[kept].tolist(), first[kept].tolist(), strict=True), strict=True))


def _articles(hashes: np.ndarray, owners: np.ndarray, alone: np.ndarray, documents: int) -> np.ndarray:
    """What tells each document: the smallest hash that it alone has, else the smallest of its hashes, else 0."""
    smallest = np.zeros(documents, np.uint64)
    # Rows come by ascending hash, so that writing them backwards leaves the smallest in place.
    smallest[owners[::-1]] = hashes[::-1]
    smallest[owners[alone][::-1]] = hashes[alone][::-1]
    return smallest
