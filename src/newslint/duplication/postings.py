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
#: What a shared fingerprint weighs: one that a crowd shares (a standing line, a turn of phrase) proves less.
FEW_WEIGHT, CROWD_WEIGHT = 2, 1
#: Rows of columns stand for so many characters each, which says whether they are worth arrays.
ROW = 16


def document_pairs(prints: Columns, least: int, part: float = 0) -> Iterator[tuple[int, int]]:
    """Yield pairs of documents that share fingerprints: earlier number, later number, in the order of the later one.

    Args:
        prints: the columns of the feature ``fingerprints``.
        least: what the fingerprints that a pair shares weigh together, at least: ``FEW_WEIGHT`` each, but
            ``CROWD_WEIGHT`` where more than ``CROWD`` documents share one.
        part: the number of fingerprints that a pair shares, at least, as a part of the number that the document has
            which has fewer; here all weigh ``CROWD_WEIGHT``, so that others count for more.
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
    part *= CROWD_WEIGHT
    for earlier, later, weight in shared(hashes, owners, least, FEW_WEIGHT, CROWD_WEIGHT):
        if weight >= part * min(sizes[earlier], sizes[later]):
            yield earlier, later


def shared(
    hashes: Sequence[int], units: Sequence[int], least: int, few: int = 1, crowd: int = 1
) -> Iterator[tuple[int, int, int]]:
    """Yield (earlier unit, later unit, weight of shared hashes) where that weight is ``least`` or more.

    Time is linear in the rows; memory is about 100 bytes a distinct hash while it runs.

    Args:
        hashes: one hash a row; a unit has each of its hashes once.
        units: the unit of each row, ascending.
        least: the smallest weight, at least 1.
        few: what a hash weighs.
        crowd: what a hash weighs that more than ``CROWD`` units have.
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
        crowded = times[value] > CROWD
        for other in earlier:
            votes[other] += crowd if crowded else few
        if not crowded or len(earlier) == 1:
            earlier.append(unit)
        else:
            earlier[1] = unit
    yield from _counted(votes, current, least)


def _counted(votes: "Counter[int]", unit: int, least: int) -> Iterator[tuple[int, int, int]]:
    for earlier in sorted(votes):
        if votes[earlier] >= least:
            yield earlier, unit, votes[earlier]
