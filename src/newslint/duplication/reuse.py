"""Passages of one document that stand in earlier ones: from pairs of documents to passages with all their places."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby, tee
from typing import NamedTuple

from newslint.duplication.clusters import clusters
from newslint.duplication.near import Pair, chunks, members
from newslint.duplication.passages import (
    LEAST_EVIDENCE,
    LEAST_PHRASES,
    LEAST_RUN,
    LEAST_UNIT,
    PHRASE,
    Likeness,
    likeness,
)
from newslint.duplication.postings import document_pairs
from newslint.duplication.similarity import Measure, compare
from newslint.duplication.units import Reading, Unit, read
from newslint.model import Span
from newslint.rule import Columns, Documents

#: Two documents are looked at sentence by sentence where they share two fingerprints, which any twelve words in a row
#: give them. Chance pairs grow with the square of the number of documents: where there are more than ``MANY``, they
#: share three, which any sixteen words in a row give them.
LEAST_SHARED, MANY = 2, 4096
#: Of two documents with fewer phrases in common no units can be alike: ``LEAST_EVIDENCE`` says how many those share,
#: some of which may be the same phrase, and a run of ``LEAST_RUN`` words has so many.
LEAST_COMMON = LEAST_RUN - PHRASE + 1
#: Pairs of documents read at a time.
CHUNK = 64
#: What so many documents end with, word for word, is the site's where two of them share nothing else.
LEAST_FRAMED = 3
#: A phrase that stands in more units of a document counts for so many of them only, the first.
FEW_UNITS = 16
#: A document's unit as one number: the document's number above, the unit's number in these bits.
UNIT_BITS = 32

#: Readings by document number.
Readings = Mapping[int, Reading]
Phrase = tuple[str, ...]


class Link(NamedTuple):
    """Two units that are alike: number ``unit`` of a document and number ``twin`` of an earlier document."""

    unit: int
    document: int
    twin: int
    likeness: Likeness


class Passage(NamedTuple):
    """Neighbouring units of a document that have neighbouring twins.

    Attributes:
        span: where it stands.
        words: how many words it has.
        verbatim: whether its words are those of its first twin.
        twins: document number and span of each other place, the earliest document first.
        share: the part of the shorter document's words that the two documents share most of.
        size: in how many places it stands, counting those that are only like places like it.
    """

    span: Span
    words: int
    verbatim: bool
    twins: tuple[tuple[int, Span], ...]
    share: float
    size: int


class Reused(NamedTuple):
    """What a document took from earlier ones, with the paths of these, by number."""

    document: int
    passages: list[Passage]
    paths: Mapping[int, str]


def reuse_candidates(prints: Columns) -> Iterator[Pair]:
    """Yield pairs of documents, the earlier first, that may have a passage in common.

    Args:
        prints: the columns of the feature ``fingerprints``.
    """
    return document_pairs(prints, least_shared(len(prints)))


def least_shared(documents: int) -> int:
    """How many fingerprints two documents share at the least that may have a passage in common, of so many."""
    return LEAST_SHARED + (documents > MANY)


def reused(pairs: Iterable[Pair], documents: Documents) -> Iterator[Reused]:
    """Yield the passages of each document that stand in earlier ones; documents that are nearly the same apart.

    Time is linear in the pairs; memory is about 400 bytes a pair of sentences that are alike.

    Args:
        pairs: documents that may have a passage in common, as ``reuse_candidates`` yields them.
        documents: gives their text.
    """
    found: dict[int, list[Link]] = {}
    twins: list[Pair] = []
    ours, theirs = tee(chunks(pairs, CHUNK))
    for chunk, results in zip(ours, documents.map(link_documents, theirs, members), strict=True):
        for (earlier, later), linked in zip(chunk, results, strict=True):
            if linked is None:
                twins.append((earlier, later))
            elif linked:
                found.setdefault(later, []).extend(linked)
    family = {member: group[0] for group in clusters(twins) for member in group}
    kept = []
    for later in sorted(found):
        own = family.get(later, -1)
        linked = [link for link in found.pop(later) if family.get(link.document) != own]
        if linked:
            kept.append((later, sorted(linked, key=lambda link: (link.document, link.unit))))
    sizes = _sizes(kept)
    items = (
        Taken(later, linked, {link.unit: sizes[_number(later, link.unit)] for link in linked}) for later, linked in kept
    )
    yield from documents.map(settle, items, _needs)


class Taken(NamedTuple):
    """A document, its links to earlier ones, and how many units hang together with each of its units."""

    document: int
    links: list[Link]
    sizes: Mapping[int, int]


def settle(documents: Documents, taken: Taken) -> Reused:
    """The passages of a document, from its links."""
    texts = {number: read(documents[number]) for number in _needs(taken)}
    found = list(passages(texts[taken.document], taken, texts))
    return Reused(taken.document, found, {number: documents[number].path for number in _needs(taken)})


def _needs(taken: Taken) -> list[int]:
    return sorted({taken.document, *(link.document for link in taken.links)})


def _number(document: int, unit: int) -> int:
    return document << UNIT_BITS | unit


def _sizes(found: Iterable[tuple[int, list[Link]]]) -> Mapping[int, int]:
    """How many units hang together with each linked unit, by the unit's number."""
    groups = clusters(
        (_number(link.document, link.twin), _number(later, link.unit)) for later, linked in found for link in linked
    )
    return {unit: len(group) for group in groups for unit in group}


def link_documents(documents: Documents, pairs: Sequence[Pair]) -> list[list[Link] | None]:
    """The links of pairs of documents; None where the two are near-duplicates."""
    measure = Measure()
    texts = {number: documents[number].text for number in members(pairs)}
    result: list[list[Link] | None] = []
    for (earlier, later), alike, common in zip(
        pairs, compare(texts, pairs), compare(texts, pairs, PHRASE), strict=True
    ):
        if measure.holds(alike):
            result.append(None)
        elif common.common < LEAST_COMMON:
            # Most documents with a turn of phrase in common are told apart here, before their sentences are looked for.
            result.append([])
        else:
            one, other = read(documents[earlier]), read(documents[later])
            result.append(links(earlier, one, other, alike_units(one, other)))
    return result


def alike_units(one: Reading, other: Reading) -> list[tuple[int, int]]:
    """Pairs of units of two documents that share as many phrases as units must that are alike, in order.

    Units too short to be compared, and units that repeat an earlier one, are left out.
    """
    both = _phrases(one.tokens.words) & _phrases(other.tokens.words)
    index, twins = _places(one, both), _places(other, both)
    common: Counter[tuple[int, int]] = Counter()
    for phrase in index.keys() & twins.keys():
        common.update((unit, twin) for unit in index[phrase][:FEW_UNITS] for twin in twins[phrase][:FEW_UNITS])
    return sorted(pair for pair, count in common.items() if count >= LEAST_PHRASES)


def _phrases(words: Sequence[str]) -> set[Phrase]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _places(reading: Reading, phrases: Set[Phrase]) -> dict[Phrase, list[int]]:
    """The units in which each of the phrases stands, each once."""
    words = reading.tokens.words
    index: dict[Phrase, list[int]] = {}
    known = set()
    at = [place for place, phrase in enumerate(zip(words, words[1:], words[2:], strict=False)) if phrase in phrases]
    first = 0
    for number, unit in enumerate(reading.units):
        last = bisect_right(at, unit.last - PHRASE, first)
        start, first = bisect_left(at, unit.first, first), bisect_left(at, unit.last, last)
        if unit.size < LEAST_UNIT or last - start < LEAST_PHRASES:
            continue
        own = tuple(reading.words(unit))
        if own not in known:
            known.add(own)
            for phrase in {(words[place], words[place + 1], words[place + 2]) for place in at[start:last]}:
                index.setdefault(phrase, []).append(number)
    return index


def links(document: int, earlier: Reading, later: Reading, candidates: Iterable[tuple[int, int]]) -> list[Link]:
    """The verified links from one document to an earlier one, at most one a unit; none where they may be chance.

    Args:
        document: the number of the earlier document.
        earlier: its reading.
        later: the reading of the later document.
        candidates: pairs of unit numbers: of the earlier document, of the later one.
    """
    best: dict[int, Link] = {}
    for twin, unit in candidates:
        alike = likeness(earlier.words(earlier.units[twin]), later.words(later.units[unit]))
        if alike is None:
            continue
        known = best.get(unit)
        if known is None or (alike.phrases, -twin) > (known.likeness.phrases, -known.twin):
            best[unit] = Link(unit, document, twin, alike)
    # What was taken up twice proves no more than once.
    evidence: dict[int, int] = {}
    for link in best.values():
        evidence[link.twin] = max(evidence.get(link.twin, 0), link.likeness.phrases)
    longest = max((link.likeness.run.length for link in best.values()), default=0)
    if sum(evidence.values()) < LEAST_EVIDENCE and longest < LEAST_RUN:
        return []
    return [best[unit] for unit in sorted(best)]


def passages(later: Reading, taken: Taken, readings: Readings) -> Iterator[Passage]:
    """Join the links of neighbouring units into passages, in the order of the text.

    Args:
        later: the document whose passages they are.
        taken: its links.
        readings: the readings of the earlier documents.
    """
    words: Counter[int] = Counter()
    by_unit: dict[int, dict[int, Link]] = {}
    for document, group in groupby(taken.links, key=lambda link: link.document):
        links = list(group)
        if _is_frame(links, taken.sizes, later, readings[document]):
            continue
        for link in links:
            by_unit.setdefault(link.unit, {})[document] = link
            words[document] += link.likeness.words
    shares = {
        document: min(1, count / min(len(later.tokens.words), len(readings[document].tokens.words)))
        for document, count in words.items()
    }
    stretches: list[list[int]] = []
    for unit in sorted(by_unit):
        if not stretches or not _continues(by_unit[stretches[-1][-1]], by_unit[unit], later, readings):
            stretches.append([])
        stretches[-1].append(unit)
    for stretch in stretches:
        passage = _passage(later, [by_unit[number] for number in stretch], readings)
        share = max(shares[document] for document, _ in passage.twins)
        size = max(len(passage.twins) + 1, *(taken.sizes[number] for number in stretch))
        yield passage._replace(share=share, size=size)


def _is_frame(own: Sequence[Link], sizes: Mapping[int, int], later: Reading, earlier: Reading) -> bool:
    """Whether the links to a document are what a site puts below its articles: the last words of several of them."""
    return (
        all(link.likeness.share == 1 and sizes[link.unit] >= LEAST_FRAMED for link in own)
        and max(link.unit for link in own) == len(later.units) - 1
        and max(link.twin for link in own) == len(earlier.units) - 1
        and len(own) == 1 + max(link.unit for link in own) - min(link.unit for link in own)
    )


def _continues(last: Mapping[int, Link], following: Mapping[int, Link], later: Reading, readings: Readings) -> bool:
    """Whether two units follow each other both here and in the document that had them first."""
    leader = min(last)
    if leader != min(following):
        return False
    one, other = last[leader], following[leader]
    return (
        one.likeness.reworded
        and other.likeness.reworded
        and _next(later.units, one.unit, other.unit)
        and _next(readings[leader].units, one.twin, other.twin)
    )


def _next(units: list[Unit], one: int, other: int) -> bool:
    """Whether only units too short to be compared lie between two units; one unit may be the twin of two."""
    return one <= other and all(unit.size < LEAST_UNIT for unit in units[one + 1 : other])


def _passage(later: Reading, stretch: list[dict[int, Link]], readings: Readings) -> Passage:
    linked: dict[int, list[Link]] = {}
    for unit in stretch:
        for document, link in unit.items():
            linked.setdefault(document, []).append(link)
    twins = []
    for document in sorted(linked):
        reading = readings[document]
        own = linked[document]
        first, last = min(link.twin for link in own), max(link.twin for link in own)
        if last - first > 2 * len(stretch):
            # The twins lie scattered: the first stands for all.
            own, last = own[:1], own[0].twin
            first = last
        twins.append(
            (document, _place(reading, reading.units[first], reading.units[last], own, own[0].likeness.run.one))
        )
    lead = linked[min(linked)]
    first_unit, last_unit = later.units[lead[0].unit], later.units[lead[-1].unit]
    whole = len(lead) > 1 or lead[0].likeness.reworded
    earlier = readings[min(linked)]
    return Passage(
        _place(later, first_unit, last_unit, lead, lead[0].likeness.run.other),
        last_unit.last - first_unit.first if whole else lead[0].likeness.run.length,
        not whole
        or all(later.words(later.units[link.unit]) == earlier.words(earlier.units[link.twin]) for link in lead),
        tuple(twins),
        0.0,
        0,
    )


def _place(reading: Reading, first: Unit, last: Unit, own: list[Link], run_start: int) -> Span:
    """The whole units, or of one unit that corresponds in part only the equal run."""
    if len(own) > 1 or own[0].likeness.reworded:
        return Span(first.start, last.end)
    start = first.first + run_start
    return reading.span(start, start + own[0].likeness.run.length)
