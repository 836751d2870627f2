"""How alike two texts are, exactly: Jaccard and containment of their sets of word runs."""

from collections.abc import Sequence
from typing import NamedTuple

from newslint.duplication.shingles import SHINGLE

#: Two documents are near-duplicates from this Jaccard similarity on, or this containment of the shorter one.
JACCARD, CONTAINMENT = 0.7, 0.85
#: Documents of fewer words are not compared as a whole.
LEAST_WORDS = 30


class Similarity(NamedTuple):
    """Figures from 0 to 1: shared runs over all runs, and over the runs of the text that has fewer."""

    jaccard: float
    containment: float


def word_runs(words: Sequence[str], size: int = SHINGLE) -> frozenset[tuple[str, ...]]:
    """The set of all runs of ``size`` folded words; a shorter text is one run."""
    if len(words) < size:
        return frozenset([tuple(words)] if words else [])
    return frozenset(zip(*(words[start:] for start in range(size)), strict=False))


def similarity(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> Similarity:
    """Jaccard similarity (Jaccard, 1901) and containment (Broder, 1997) of two sets of word runs."""
    common = len(one & other)
    if not common:
        return Similarity(0.0, 0.0)
    return Similarity(common / (len(one) + len(other) - common), common / min(len(one), len(other)))


def is_near_duplicate(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts, as folded words, are near-duplicates by the default thresholds."""
    if min(len(one), len(other)) < LEAST_WORDS:
        return False
    alike = similarity(word_runs(one), word_runs(other))
    return alike.jaccard >= JACCARD or alike.containment >= CONTAINMENT
