"""Planted passages: runs of sentences that also stand in another article, or twice in the same one."""

import random
from collections.abc import Sequence
from typing import NamedTuple

from corpus.article import Draft, Place
from newslint.duplication import words

#: A planted sentence has at least so many words when it stands alone.
LEAST_WORDS = 14
TRIES = 200


class Planted(NamedTuple):
    """An article with a passage, and where the passage stands there and where it was taken from."""

    host: Draft
    original: tuple[Place, Place]
    copy: tuple[Place, Place]
    sentences: int
    words: int


def share(source: Draft, host: Draft, count: int, rng: random.Random) -> Planted:
    """Put ``count`` sentences of ``source``, word for word, into ``host``."""
    places = source.sentences()
    for _ in range(TRIES):
        start = rng.randrange(len(places) - count + 1)
        run = places[start : start + count]
        before, after = _neighbours(source, places, start, count)
        planted, copy = _insert(host, source, run, rng)
        own = planted.sentences()
        at = own.index(copy[0])
        if _long_enough(source, run) and _apart((before, after), _neighbours(planted, own, at, count)):
            return Planted(planted, (run[0], run[-1]), copy, count, _words(source, run))
    raise ValueError("no place for a passage: the articles are too short")


def repeat(source: Draft, count: int, rng: random.Random) -> Planted:
    """Put ``count`` sentences of an article into it once more, three or more sentences later."""
    places = source.sentences()
    for _ in range(TRIES):
        start = rng.randrange(len(places) - count - 3)
        run = places[start : start + count]
        later = places[start + count + 3 - 1]
        planted, copy = _insert(source, source, run, rng, later.paragraph + 1)
        own = planted.sentences()
        at = own.index(copy[0])
        if _long_enough(source, run) and _apart(
            _neighbours(planted, own, start, count), _neighbours(planted, own, at, count)
        ):
            return Planted(planted, (run[0], run[-1]), copy, count, _words(source, run))
    raise ValueError("no place for a passage: the article is too short")


def _neighbours(draft: Draft, places: Sequence[Place], start: int, count: int) -> tuple[str, str]:
    """The sentences before and after a run; empty at the ends of an article."""
    before = draft.at(places[start - 1]) if start else (draft.paragraphs[0][0] if draft.titled else "")
    after = draft.at(places[start + count]) if start + count < len(places) else ""
    return before, after


def _insert(
    host: Draft, source: Draft, run: Sequence[Place], rng: random.Random, first: int | None = None
) -> tuple[Draft, tuple[Place, Place]]:
    """Insert a run as paragraphs of its own, as they were or as one, or into a paragraph."""
    paragraphs = [list(paragraph) for paragraph in host.paragraphs]
    least = (1 if host.titled else 0) if first is None else first
    number = rng.randrange(least, len(paragraphs) + 1)
    way = rng.choice(("paragraph", "paragraphs", "inside"))
    if way == "inside" and number < len(paragraphs):
        place = rng.randrange(len(paragraphs[number]) + 1)
        paragraphs[number][place:place] = map(source.at, run)
        copy = Place(number, place), Place(number, place + len(run) - 1)
    else:
        groups: list[list[str]] = []
        last = None
        for own in run:
            if last is None or (way == "paragraphs" and own.paragraph != last):
                groups.append([])
            groups[-1].append(source.at(own))
            last = own.paragraph
        paragraphs[number:number] = groups
        copy = Place(number, 0), Place(number + len(groups) - 1, len(groups[-1]) - 1)
    return host._replace(paragraphs=paragraphs), copy


def _long_enough(source: Draft, run: Sequence[Place]) -> bool:
    return all(len(words(source.at(place))) >= LEAST_WORDS for place in (run[0], run[-1]))


def _words(source: Draft, run: Sequence[Place]) -> int:
    return sum(len(words(source.at(place))) for place in run)


def _apart(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether the words around the two passages differ, so that both end where they were planted to end."""
    ends = [[words(sentence)[position] if sentence else "" for sentence in pair] for pair, position in
            (((one[0], other[0]), -1), ((one[1], other[1]), 0))]  # fmt: skip
    return all(first != second for first, second in ends)
