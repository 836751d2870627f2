"""The exact figures of a pair, by the project's own plain definition of words and shingles."""

from typing import NamedTuple

from newslint.duplication import shingles, word_hashes


class Figures(NamedTuple):
    """Jaccard similarity of the sets of five-word shingles, containment of the smaller set, words of each text."""

    jaccard: float
    containment: float
    words: tuple[int, int]


def figures(one: str, other: str) -> Figures:
    """Compare two texts exactly."""
    hashes = word_hashes(one), word_hashes(other)
    first, second = (set(shingles(own)) for own in hashes)
    common = len(first & second)
    together, least = len(first) + len(second) - common, min(len(first), len(second))
    sizes = len(hashes[0]), len(hashes[1])
    return Figures(common / together if together else 0.0, common / least if least else 0.0, sizes)
