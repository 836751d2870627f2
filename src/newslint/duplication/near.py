"""Near-duplicate documents: candidates by shared fingerprints, exact similarity, connected clusters."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from newslint.duplication.clusters import clusters
from newslint.duplication.postings import shared
from newslint.duplication.similarity import CONTAINMENT, JACCARD, LEAST_WORDS, Similarity, similarity, word_runs
from newslint.duplication.units import Recent

#: A pair is worth an exact look where, of the fingerprints of the document that has fewer, it shares this part of the
#: containment looked for: edits cost a text more fingerprints than shingles.
SLACK = 0.25


class Twins(NamedTuple):
    """A document, the earliest document of its cluster, how alike the two are, and the whole cluster."""

    document: int
    leader: int
    similarity: Similarity
    cluster: Sequence[int]


def candidates(fingerprints: Iterable[Sequence[int]], least: float = CONTAINMENT) -> Iterator[tuple[int, int]]:
    """Yield pairs of documents, the earlier first, whose containment may reach ``least``.

    Args:
        fingerprints: the hashes of the feature ``fingerprints``, document by document.
        least: the containment, or twice the Jaccard similarity over one plus it, that is looked for.
    """
    hashes: list[int] = []
    owners: list[int] = []
    sizes = []
    for number, prints in enumerate(fingerprints):
        own = dict.fromkeys(prints)
        hashes += own
        owners += [number] * len(own)
        sizes.append(len(own))
    for earlier, later, common in shared(hashes, owners, 1):
        if common >= SLACK * least * min(sizes[earlier], sizes[later]):
            yield earlier, later


def near_duplicates(
    pairs: Iterable[tuple[int, int]],
    words: Callable[[int], Sequence[str]],
    *,
    threshold: float = JACCARD,
    containment: float = CONTAINMENT,
    minimum_words: int = LEAST_WORDS,
) -> Iterator[Twins]:
    """Verify pairs of documents and yield, for each but the first document of every cluster, its twins.

    Args:
        pairs: documents that may be near-duplicates.
        words: gives the folded words of a document, by its number.
        threshold: the Jaccard similarity of five-word runs from which two documents are near-duplicates.
        containment: the same for the part of the shorter document's runs that stand in the longer one.
        minimum_words: shorter documents are never near-duplicates.
    """
    runs: Recent[tuple[int, frozenset[tuple[str, ...]]]] = Recent(lambda number: _runs(words(number)))

    def compare(one: int, other: int) -> Similarity | None:
        (count, own), (others, twin) = runs[one], runs[other]
        return similarity(own, twin) if min(count, others) >= minimum_words else None

    links = []
    for earlier, later in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        alike = compare(earlier, later)
        if alike is not None and (alike.jaccard >= threshold or alike.containment >= containment):
            links.append((earlier, later))
    for cluster in clusters(links):
        for document in cluster[1:]:
            alike = compare(cluster[0], document)
            assert alike is not None, "members of a cluster were compared before"
            yield Twins(document, cluster[0], alike, cluster)


def _runs(words: Sequence[str]) -> tuple[int, frozenset[tuple[str, ...]]]:
    return len(words), word_runs(words)
