"""How alike two texts are, exactly: Jaccard and containment of their sets of word runs."""

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from newslint.duplication.kernel import use_arrays
from newslint.duplication.shingles import SHINGLE
from newslint.duplication.tokens import word_hashes

Word = TypeVar("Word", bound=Hashable)

#: Two documents are near-duplicates from this Jaccard similarity on, or this containment of the shorter one.
JACCARD, CONTAINMENT = 0.7, 0.85
#: Documents of fewer words are not compared as a whole.
LEAST_WORDS = 30


class Similarity(NamedTuple):
    """Figures from 0 to 1: shared runs over all runs, and over the runs of the text that has fewer."""

    jaccard: float
    containment: float


class Figures(NamedTuple):
    """What two texts have: runs in common, runs each (counted once), and the words of the shorter one."""

    common: int
    one: int
    other: int
    words: int

    @property
    def similarity(self) -> Similarity:
        """Jaccard similarity (Jaccard, 1901) and containment (Broder, 1997)."""
        if not self.common:
            return Similarity(0.0, 0.0)
        return Similarity(self.common / (self.one + self.other - self.common), self.common / min(self.one, self.other))


class Measure(NamedTuple):
    """When two texts are near-duplicates.

    Attributes:
        threshold: the Jaccard similarity of their runs of words from which they are.
        containment: the same for the part of the shorter text's runs that stand in the longer one.
        minimum_words: shorter texts never are.
        shingle_size: the words of a run.
    """

    threshold: float = JACCARD
    containment: float = CONTAINMENT
    minimum_words: int = LEAST_WORDS
    shingle_size: int = SHINGLE

    def holds(self, figures: Figures) -> bool:
        """Whether two texts with these figures are near-duplicates."""
        jaccard, containment = figures.similarity
        return figures.words >= self.minimum_words and (jaccard >= self.threshold or containment >= self.containment)

    @property
    def least(self) -> float:
        """The least containment of near-duplicates: of texts with Jaccard similarity j it is 2j / (1 + j) or more."""
        return min(self.containment, 2 * self.threshold / (1 + self.threshold))


def compare(texts: Mapping[int, str], pairs: Sequence[tuple[int, int]], size: int = SHINGLE) -> list[Figures]:
    """The figures of pairs of texts, by their numbers; runs of ``size`` words are compared as hashes of the words."""
    if use_arrays(texts.values()):
        from newslint.duplication.arrays.pairs import compare
        from newslint.duplication.arrays.words import read

        return compare(read(list(texts.values())), list(texts), pairs, size)
    hashes = {number: word_hashes(text) for number, text in texts.items()}
    runs = {number: word_runs(words, size) for number, words in hashes.items()}
    return [
        Figures(
            len(runs[one] & runs[other]), len(runs[one]), len(runs[other]), min(len(hashes[one]), len(hashes[other]))
        )
        for one, other in pairs
    ]


def word_runs(words: Sequence[Word], size: int = SHINGLE) -> frozenset[tuple[Word, ...]]:
    """The set of all runs of ``size`` words (folded, or their hashes); a shorter text is one run."""
    if len(words) < size:
        return frozenset([tuple(words)] if words else [])
    return frozenset(zip(*(words[start:] for start in range(size)), strict=False))


def similarity(one: frozenset[tuple[Word, ...]], other: frozenset[tuple[Word, ...]]) -> Similarity:
    """How alike two sets of word runs are."""
    return Figures(len(one & other), len(one), len(other), 0).similarity
