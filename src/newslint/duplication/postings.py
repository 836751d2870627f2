"""Which units (documents, sentences) share hashes with earlier ones: an inverted index over columns.

A hash that many units share says little about any two of them and would cost the square of their number. Up to
``CROWD`` units are all compared with each other; in a larger crowd each unit is compared with the first and with the
one before it, which still connects the copies of a text that stands everywhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

CROWD = 16


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
