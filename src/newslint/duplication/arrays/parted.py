"""The array kernel over rows that lie in parts by hash, on many machines: what each part does, and what joins them.

Documents are cut into as many stretches as there are parts: what the parts say of a stretch of documents, or of the
pairs whose later document lies in it, comes together in one place.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newslint.duplication.arrays import postings, recurring
from newslint.duplication.arrays.postings import HALF, LOW, Counts, Shares
from newslint.duplication.arrays.words import Hashes
from newslint.rule import Rows

Pairs = tuple[npt.NDArray[Any], npt.NDArray[Any]]


class FirstHashes(NamedTuple):
    """What a part knows of the documents of a stretch that have a line in it.

    Attributes:
        size: how many documents the stretch has.
        documents: their numbers in the stretch.
        smallest: the smallest hash of their lines.
        alone: the smallest that no other document has, and the largest number there is where they have none.
    """

    size: int
    documents: npt.NDArray[np.int64]
    smallest: Hashes
    alone: Hashes


#: In place of a hash where there is none.
NONE = np.uint64(0xFFFFFFFFFFFFFFFF)


def stretches(documents: int, count: int) -> npt.NDArray[np.int64]:
    """The ``count + 1`` bounds of stretches of about equal size."""
    return np.arange(count + 1, dtype=np.int64) * documents // count


def cut_pairs(rows: Mapping[str, Rows], count: int) -> list[tuple[Hashes, Counts]]:
    """The counted pairs of documents of a part, cut by the later document."""
    (own,) = rows.values()
    pairs, counts = postings.counted(own.data["hash"], own.owners, own.documents)
    bounds = stretches(own.documents, count)[1:-1].astype(np.uint64) << HALF
    cuts = np.searchsorted(pairs, bounds).tolist()
    return list(zip(np.split(pairs, cuts), np.split(counts, cuts), strict=True))


def sizes(rows: Mapping[str, Rows]) -> Counts:
    """How many different fingerprints each document has in a part."""
    (own,) = rows.values()
    return postings.sizes_of(own.data["hash"], own.owners, own.documents)


def join_pairs(pieces: Sequence[tuple[Hashes, Counts]], fewer: Counts | None, least: int, part: float) -> Pairs:
    """The pairs of a stretch that share enough: earlier and later documents; ``fewer`` has each document's size."""
    pairs, counts = postings.added(pieces)
    later, earlier = (pairs >> HALF).view(np.int64), (pairs & LOW).view(np.int64)
    smaller = np.zeros(1, np.int64) if fewer is None else np.minimum(fewer.take(earlier), fewer.take(later))
    enough = Shares(earlier, later, counts, smaller).enough(least, part)
    return earlier.compress(enough), later.compress(enough)


def cut_articles(rows: Mapping[str, Rows], count: int) -> list[FirstHashes]:
    """What a part knows of what tells each document, cut by document."""
    (own,) = rows.values()
    met, smallest, single, alone = recurring.first_hashes(own.data["hash"], own.owners, own.documents)
    alone[~single] = NONE
    known = np.flatnonzero(met)
    bounds = stretches(own.documents, count)
    cuts = np.searchsorted(known, bounds)
    return [
        FirstHashes(int(end - start), known[first:last] - start, smallest[known[first:last]], alone[known[first:last]])
        for start, end, first, last in zip(bounds[:-1], bounds[1:], cuts[:-1], cuts[1:], strict=True)
    ]


def join_articles(pieces: Sequence[FirstHashes]) -> Hashes:
    """What tells each document of a stretch."""
    smallest, alone = np.full(pieces[0].size, NONE), np.full(pieces[0].size, NONE)
    met = np.zeros(pieces[0].size, np.bool_)
    for piece in pieces:
        met[piece.documents] = True
        for kept, values in ((smallest, piece.smallest), (alone, piece.alone)):
            kept[piece.documents] = np.minimum(kept[piece.documents], values)
    return np.where(alone < NONE, alone, np.where(met, smallest, np.uint64(0)))


def recurring_rows(
    rows: Mapping[str, Rows], articles: Hashes, least: int
) -> tuple[dict[int, tuple[int, int]], npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """The lines of a part that recur: hash to (different documents, first document); their documents; their indices."""
    (own,) = rows.values()
    hashes = own.data["hash"]
    found = recurring.counted(hashes, own.owners, articles, least)
    held = np.isin(hashes, np.fromiter(found, np.uint64, len(found)))
    return found, own.owners.compress(held), own.data["line"].compress(held)
