"""Documents that list several versions of one sentence: drafts, readings, translations side by side."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from newslint.duplication import Copy, Reading, Unit, clusters

#: Versions stand next to each other, at most so many blocks apart, and so many blocks hang together: an article that
#: was joined twice in a row repeats whole paragraphs, and two paragraphs that are alike are an oversight.
FARTHEST, LEAST_VERSIONS = 12, 4


def without_versions(copies: Sequence[Copy], reading: Reading) -> Sequence[Copy]:
    """The copies, less those that are no whole paragraphs word for word, in a document that lists versions.

    It does where one or two paragraphs at a time, near each other, hold such copies.
    """
    words: dict[int, int] = {}
    for unit in reading.units:
        words[unit.block] = words.get(unit.block, 0) + unit.size
    starts = [unit.first for unit in reading.units]
    whole, links = [], []
    for copy in copies:
        units = reading.units[copy.first : copy.last]
        original = reading.units[bisect_right(starts, copy.start) - 1].block
        first, last = units[0].block, units[-1].block
        if copy.exact and _is_whole(units, words):
            whole.append(copy)
        elif last - first <= 1 and last - original <= FARTHEST:
            links += [(original, first), (original, last)]
    return whole if any(len(group) >= LEAST_VERSIONS for group in clusters(links)) else copies


def _is_whole(units: Sequence[Unit], words: Mapping[int, int]) -> bool:
    """Whether units are all words of their blocks."""
    return sum(unit.size for unit in units) == sum(words[block] for block in {unit.block for unit in units})
