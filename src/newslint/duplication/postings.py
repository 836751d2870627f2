"""Which documents share fingerprints with earlier ones: an inverted index over columns.

A hash that many units share says little about any two of them and would cost the square of their number. Up to
``CROWD`` units are all compared with each other; in a larger crowd each unit is compared with the first and with the
one before it, which still connects the copies of a text that stands everywhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from newslint.duplication.kernel import worth_arrays
from newslint.rule import Columns

CROWD = 16
#: Fingerprints are told apart by their upper 44 bits; so a hash and a document fit into 64 bits and can be sorted as
#: one number. A million articles have some hundred hashes that are wrongly equal: candidates only, verified later.
DROPPED_BITS = 20
#: Rows of columns stand for so many characters each, which says whether they are worth arrays.
ROW = 16


def document_pairs(prints: Columns, least: int, part: float = 0) -> Iterator[tuple[int, int]]:
    """Yield pairs of documents that share fingerprints: earlier number, later number, in the order of the later one.

    Args:
        prints: the columns of the feature ``fingerprints``.
        least: the least number of fingerprints that a pair shares.
        part: the same, as a part of the fingerprints of the document that has fewer.
    """
    if worth_arrays(ROW * len(prints["hash"])):
        from newslint.duplication.arrays.postings import document_pairs

        yield from document_pairs(prints["hash"], prints.offsets, least, part)
        return
    hashes: list[int] = []
    owners: list[int] = []
    sizes = []
    column = prints["hash"]
    for number in range(len(prints)):
        rows = prints.rows(number)
        own = dict.fromkeys(value >> DROPPED_BITS for value in column[rows.start : rows.stop])
        hashes += own
        owners += [number] * len(own)
        sizes.append(len(own))
    for earlier, later, common in shared(hashes, owners, least):
        if common >= part * min(sizes[earlier], sizes[later]):
            yield earlier, later


def shared(hashes: Sequence[int], units: Sequence[int], least: int) -> Iterator[tuple[int, int, int]]:
    """Yield (earlier unit, later unit, number of shared hashes) where they share ``least`` hashes or more.

    Time is linear in the rows; memory is about 100 bytes a distinct hash while it runs.

    Args:
        hashes: one hash a row; a unit has each of its hashes once.
        units: the unit of each row, ascending.
        least: the smallest number of shared hashes, at least 1.
    """
    times = Counter(hashes)
    seen: dict[int, list[int]] = {}
    votes: Counter[int] = Counter()
    current = -1
    for value, unit in zip(hashes, units, strict=True):
        if times[value] == 1:
            continue
        if unit != current:
            yield from _counted(votes, current, least)
            votes.clear()
            current = unit
        earlier = seen.get(value)
        if earlier is None:
            seen[value] = [unit]
            continue
        votes.update(earlier)
        if times[value] <= CROWD or len(earlier) == 1:
            earlier.append(unit)
        else:
            earlier[1] = unit
    yield from _counted(votes, current, least)


def _counted(votes: "Counter[int]", unit: int, least: int) -> Iterator[tuple[int, int, int]]:
    for earlier in sorted(votes):
        if votes[earlier] >= least:
            yield earlier, unit, votes[earlier]
