"""The libraries that are compared, one file each, every one fed what its documentation names as its fastest path.

A side offers ``signatures()`` and ``pairs()``: functions by name, or nothing where the library is not installed.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

#: Values in a signature, words in a shingle, and the similarity from which two texts are a pair: the same for all.
PERMUTATIONS, SHINGLE, THRESHOLD = 128, 5, 0.7

Sketcher = Callable[[Sequence[str]], object]


class Found(NamedTuple):
    """What a side found among texts.

    Attributes:
        pairs: numbers of texts that are alike, the smaller first; None where a library only flags texts.
        flagged: the texts that it would drop, each like an earlier one.
    """

    pairs: set[tuple[int, int]] | None
    flagged: set[int]


Finder = Callable[[Sequence[str], float], Found]


def found(pairs: set[tuple[int, int]]) -> Found:
    """The result of a side that gives pairs."""
    return Found(pairs, {later for _, later in pairs})
