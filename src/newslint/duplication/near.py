"""Near-duplicate documents: candidates by shared fingerprints, exact similarity, connected clusters."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import tee
from typing import NamedTuple

from newslint.duplication.clusters import clusters
from newslint.duplication.postings import document_pairs
from newslint.duplication.similarity import Figures, Measure, Similarity, compare
from newslint.rule import Columns, Documents

#: A pair is worth an exact look where, of the fingerprints of the document that has fewer, it shares this part of the
#: containment looked for: edits cost a text more fingerprints than shingles.
SLACK = 0.25
#: Pairs compared at a time.
CHUNK = 64

Pair = tuple[int, int]
#: Gives the figures of the pairs of each chunk, in order.
Compare = Callable[[Iterable[Sequence[Pair]]], Iterable[Sequence[Figures]]]


class Twins(NamedTuple):
    """A document, the earliest document of its cluster, how alike the two are, and the whole cluster."""

    document: int
    leader: int
    similarity: Similarity
    cluster: Sequence[int]


def candidates(prints: Columns, measure: Measure) -> Iterator[Pair]:
    """Yield pairs of documents, the earlier first, that may be near-duplicates.

    Args:
        prints: the columns of the feature ``fingerprints``.
        measure: when they are.
    """
    return document_pairs(prints, *enough(measure))


def enough(measure: Measure) -> tuple[int, float]:
    """The fingerprints that two documents share at the least: how many, and which part of the shorter one's."""
    return 1, SLACK * measure.least


def near_duplicates(pairs: Iterable[Pair], compare: Compare, measure: Measure) -> Iterator[Twins]:
    """Verify pairs of documents and yield, for each but the first document of every cluster, its twins.

    Time is linear in the pairs; memory is about 50 bytes a pair and 300 bytes a document of a cluster.

    Args:
        pairs: documents that may be near-duplicates, as ``candidates`` yields them.
        compare: compares documents; see ``documents_compared``.
        measure: when two documents are near-duplicates.
    """
    links: list[array[int]] = [array("Q"), array("Q"), array("I"), array("I"), array("I")]
    for pair, figures in _compared(pairs, compare):
        if measure.holds(figures):
            for column, value in zip(links, (*pair, *figures[:3]), strict=True):
                column.append(value)
    found = clusters(zip(links[0], links[1], strict=True))
    leaders = {member: group[0] for group in found for member in group[1:]}
    known: dict[int, Similarity] = {}
    for earlier, later, common, one, other in zip(*links, strict=True):
        if leaders[later] == earlier:
            known[later] = Figures(common, one, other, 0).similarity
    rest = ((leader, member) for member, leader in sorted(leaders.items()) if member not in known)
    known |= {member: figures.similarity for (_, member), figures in list(_compared(rest, compare))}
    for group in found:
        for document in group[1:]:
            yield Twins(document, group[0], known[document], group)


def _compared(pairs: Iterable[Pair], compare: Compare) -> Iterator[tuple[Pair, Figures]]:
    ours, theirs = tee(chunks(pairs))
    for chunk, figures in zip(ours, compare(theirs), strict=True):
        yield from zip(chunk, figures, strict=True)


def chunks(pairs: Iterable[Pair], size: int = CHUNK) -> Iterator[list[Pair]]:
    """Yield the pairs in lists of up to so many, those that hang together next to each other.

    Args:
        pairs: earlier and later number, in the order of the later one.
        size: the most pairs of a list.
    """
    earlier, later, groups = array("Q"), array("Q"), array("Q")
    group: dict[int, int] = {}
    for one, other in pairs:
        groups.append(group.setdefault(other, group.setdefault(one, one)))
        earlier.append(one)
        later.append(other)
    # Sorting is stable: within a group the order stays.
    order = sorted(range(len(groups)), key=groups.__getitem__)
    for start in range(0, len(order), size):
        yield [(earlier[number], later[number]) for number in order[start : start + size]]


def documents_compared(documents: Documents, size: int) -> Compare:
    """Compares documents of a run by their runs of ``size`` words, over the run's workers where it has any."""
    return lambda chunks: documents.map(partial(compare_documents, size=size), chunks, members)


def compare_documents(documents: Documents, pairs: Sequence[Pair], size: int) -> list[Figures]:
    """The figures of pairs of documents."""
    return compare({number: documents[number].text for number in members(pairs)}, pairs, size)


def members(pairs: Iterable[Pair]) -> list[int]:
    """The numbers that occur in pairs, each once."""
    return sorted({number for pair in pairs for number in pair})
