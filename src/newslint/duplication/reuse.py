"""Passages of one document that stand in earlier ones: from candidate units to passages with all their places."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newslint.duplication.passages import LEAST_EVIDENCE, LEAST_RUN, LEAST_UNIT, Likeness, likeness
from newslint.duplication.units import Reading, Recent, Unit
from newslint.model import Span


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
        links: the links of its units.
    """

    span: Span
    words: int
    verbatim: bool
    twins: tuple[tuple[int, Span], ...]
    links: tuple[Link, ...]


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


def passages(later: Reading, found: Iterable[Link], readings: Recent[Reading]) -> Iterator[Passage]:
    """Join the links of neighbouring units into passages, in the order of the text.

    Args:
        later: the document whose passages they are.
        found: its links to all earlier documents.
        readings: gives the readings of the earlier documents.
    """
    by_unit: dict[int, dict[int, Link]] = {}
    for link in found:
        by_unit.setdefault(link.unit, {})[link.document] = link
    stretch: list[int] = []
    for unit in sorted(by_unit):
        if stretch and not _continues(by_unit[stretch[-1]], by_unit[unit], later, readings):
            yield _passage(later, [by_unit[number] for number in stretch], readings)
            stretch = []
        stretch.append(unit)
    if stretch:
        yield _passage(later, [by_unit[number] for number in stretch], readings)


def _continues(
    last: Mapping[int, Link], following: Mapping[int, Link], later: Reading, readings: Recent[Reading]
) -> bool:
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


def _passage(later: Reading, stretch: list[dict[int, Link]], readings: Recent[Reading]) -> Passage:
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
        tuple(link for links in linked.values() for link in links),
    )


def _place(reading: Reading, first: Unit, last: Unit, own: list[Link], run_start: int) -> Span:
    """The whole units, or of one unit that corresponds in part only the equal run."""
    if len(own) > 1 or own[0].likeness.reworded:
        return Span(first.start, last.end)
    start = first.first + run_start
    return reading.span(start, start + own[0].likeness.run.length)
