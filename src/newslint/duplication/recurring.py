"""Lines that recur over many documents of a corpus: its boilerplate, learned without a word list.

A line is known again by its hash (see ``newslint.duplication.lines``). Copies of one article would make each of its
lines look like boilerplate, so what is counted is different articles: a document is told by the smallest hash among the
lines that nobody else has, and where it has none, as a copy has none, by the smallest of all, which its copies share.
"""

from array import array
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from newslint.duplication.kernel import worth_arrays
from newslint.rule import Columns

#: Characters that a line stands for, about.
LINE = 80


class Recurrence(NamedTuple):
    """How many different documents hold a line, and the number of the first."""

    documents: int
    first: int


def recurring(lines: Columns, least: int) -> Mapping[int, Recurrence]:
    """The hashes of the lines that ``least`` different documents or more hold.

    Args:
        lines: the columns of the feature ``lines``.
        least: the smallest number of documents, at least 2.
    """
    if worth_arrays(LINE * len(lines["hash"])):
        from newslint.duplication.arrays.recurring import recurring as by_arrays

        return {value: Recurrence(*counted) for value, counted in by_arrays(lines, least).items()}
    hashes = lines["hash"]
    held = [sorted(set(hashes[lines.offsets[n] : lines.offsets[n + 1]])) for n in range(len(lines))]
    times = Counter(value for own in held for value in own)
    articles = [next((value for value in own if times[value] == 1), own[0] if own else 0) for own in held]
    different: dict[int, set[int]] = {value: set() for value, count in times.items() if count >= least}
    first: dict[int, int] = {}
    for number, own in enumerate(held):
        for value in own:
            if value in different:
                different[value].add(articles[number])
                first.setdefault(value, number)
    return {value: Recurrence(len(found), first[value]) for value, found in different.items() if len(found) >= least}


def places(lines: Columns, found: Mapping[int, Recurrence]) -> list[tuple[int, "array[int]"]]:
    """The documents that hold such lines, each with the indices of those lines in ``Document.lines``."""
    wanted = found.keys()
    hashes, numbers = lines["hash"], lines["line"]
    result = []
    for document in range(len(lines)):
        rows = lines.rows(document)
        own = array("I", (numbers[row] for row in rows if hashes[row] in wanted))
        if own:
            result.append((document, own))
    return result
