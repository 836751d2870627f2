"""What is found over all documents where their rows lie in parts by hash: see ``newslint.rule.Parts``."""

from array import array
from collections.abc import Callable, Iterator, Mapping

from newslint.duplication.recurring import Recurrence
from newslint.rule import Parts


def document_pairs(parts: Parts, least: int, part: float = 0) -> Iterator[tuple[int, int]]:
    """Yield the pairs of documents that ``newslint.duplication.postings.document_pairs`` yields.

    Memory here: 4 bytes a document where ``part`` is more than 0.

    Args:
        parts: the rows of the feature ``fingerprints``.
        least: the least number of fingerprints that a pair shares.
        part: the same, as a part of the fingerprints of the document that has fewer.
    """
    from newslint.duplication.arrays import parted

    sizes = sum(parts.map(parted.sizes)) if part else None
    for earlier, later in parts.exchange(parted.cut_pairs, parted.join_pairs, sizes, least, part):
        yield from zip(earlier.tolist(), later.tolist(), strict=True)


def recurring(
    parts: Parts, least: Callable[[int], int]
) -> tuple[list[tuple[int, "array[int]"]], Mapping[int, Recurrence]]:
    """What ``places`` and ``recurring`` of ``newslint.duplication.recurring`` give.

    Memory here: 8 bytes a document, and 16 bytes a line that recurs wherever it stands.

    Args:
        parts: the rows of the feature ``lines``.
        least: the smallest number of documents that hold a line, from the number of all.
    """
    import numpy as np

    from newslint.duplication.arrays import parted

    articles = np.concatenate(list(parts.exchange(parted.cut_articles, parted.join_articles)))
    found: dict[int, Recurrence] = {}
    owners, lines = [np.empty(0, np.uint32)], [np.empty(0, np.uint32)]
    for counted, own, indices in parts.map(parted.recurring_rows, articles, least(parts.documents)):
        found.update((value, Recurrence(*counts)) for value, counts in counted.items())
        owners.append(own)
        lines.append(indices)
    documents, numbers = np.concatenate(owners), np.concatenate(lines)
    order = np.lexsort((numbers, documents))
    documents, numbers = documents[order], numbers[order]
    which, starts = np.unique(documents, return_index=True)
    pieces = np.split(numbers, starts[1:])
    places = [(number, array("I", piece.tobytes())) for number, piece in zip(which.tolist(), pieces, strict=False)]
    return places, found
