"""The plan of a corpus: which article is an original and which is a copy of which, all from the seed.

Articles come in units of a thousand. A unit can be made without any other, in any process: an article depends on the
seed and its own number, and a copy's original, in this unit or another, is made again from its number. Every original
is copied once, so that the figures of a pair are all there is between the two.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from corpus import edits, passages
from corpus.article import Draft, draft, draws
from corpus.language import Language

UNIT = 1000
TARGETS = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5)
WAYS = ("words", "blocks")
#: Copies of each kind in a unit (of pairs: for each target and way), the least characters of originals and hosts.
COPIES = {"pair": 2, "excerpt": 4, "republished": 4, "passage": 10, "repeat": 6}
LEAST = {"pair": 3000, "excerpt": 2500, "republished": 1500, "passage": 6000, "repeat": 3000}
LONGEST_PASSAGE, LONGEST_REPEAT = 10, 5
#: Publishers of a language; each puts its own line first and its own line last.
PUBLISHERS = 12

Truth = dict[str, Any]


class Article(NamedTuple):
    """An article of the corpus: number from 0, path relative to the corpus, text."""

    number: int
    path: str
    text: str


class Copy(NamedTuple):
    """What a planted article is: its kind, and for a pair the target similarity and the way of editing."""

    kind: str
    target: float = 0.0
    way: str = ""


@dataclass(frozen=True)
class Plan:
    """A corpus of ``count`` articles.

    Attributes:
        count: articles in all. What a last unit lacks to be whole carries no copies.
        seed: the same seed gives the same corpus.
        planted: how many times the usual number of copies; at most 8.
        recurring: share of the other articles that carry their publisher's lines.
    """

    count: int
    seed: int = 1
    planted: float = 1.0
    recurring: float = 0.3
    copies: tuple[Copy, ...] = field(init=False)

    def __post_init__(self) -> None:
        made: list[Copy] = []
        for kind, usual in COPIES.items():
            amount = round(usual * self.planted * self.unit / UNIT)
            if kind == "pair":
                made += [Copy(kind, target, way) for target in TARGETS for way in WAYS] * amount
            else:
                made += [Copy(kind)] * amount
        if 2 * len(made) > self.unit:
            raise ValueError(f"{len(made)} copies and their originals do not fit into {self.unit} articles")
        object.__setattr__(self, "copies", tuple(made))

    @property
    def unit(self) -> int:
        """Articles in a whole unit."""
        return max(1, min(UNIT, self.count))

    @property
    def units(self) -> int:
        """How many units there are, the last one perhaps not whole."""
        return -(-self.count // self.unit)

    def make(self, unit: int) -> tuple[list[Article], list[Truth]]:
        """The articles of a unit and what was planted in them."""
        first = unit * self.unit
        size = min(self.unit, self.count - first)
        whole = size == self.unit
        places = _places(self.seed, unit, self.unit)
        roles = {places[number]: number for number in range(2 * len(self.copies))} if whole else {}
        articles, truths = [], []
        for place in range(size):
            number = first + place
            role = roles.get(place)
            if role is None:
                text, found = self._plain(number)
            elif role >= len(self.copies):
                text, found = self._original(number, self.copies[role - len(self.copies)].kind).text(), []
            else:
                text, found = self._copy(number, unit, role)
            articles.append(Article(number, path(number), text))
            truths += found
        return articles, truths

    def __iter__(self) -> Iterator[Article]:
        """Yield all articles in order; one unit is in memory at a time."""
        for unit in range(self.units):
            yield from self.make(unit)[0]

    def truths(self) -> Iterator[Truth]:
        """Yield what is planted; makes the whole corpus."""
        for unit in range(self.units):
            yield from self.make(unit)[1]

    def _plain(self, number: int) -> tuple[str, list[Truth]]:
        rng = self._rng(number)
        plain = draft(rng)
        if rng.random() >= self.recurring:
            return plain.text(), []
        tongue = plain.language
        publisher = rng.randrange(PUBLISHERS)
        head, foot = publisher % len(tongue.first_lines), publisher // 3
        numbers = draws(rng)
        first, last = tongue.first_lines[head].fill(numbers), tongue.last_lines[foot].fill(numbers)
        paragraphs = [[first], *plain.paragraphs, [last]]
        dressed = plain._replace(paragraphs=paragraphs, titled=False)
        text = dressed.text()
        places = dressed.sentences()
        lines = [dressed.lines(place, place, text) for place in (places[0], places[-1])]
        return text, [
            {"kind": "recurring", "document": number, "path": path(number), "lines": line, "pattern": pattern}
            for line, pattern in zip(lines, _patterns(tongue, head, foot), strict=True)
        ]

    def _original(self, number: int, kind: str) -> Draft:
        return draft(self._rng(number), LEAST[kind])

    def _copy(self, number: int, unit: int, role: int) -> tuple[str, list[Truth]]:
        kind, target, way = self.copies[role]
        rng = self._rng(number)
        if kind == "repeat":
            own = passages.repeat(draft(rng, LEAST[kind]), 1 + role % LONGEST_REPEAT, rng)
            text = own.host.text()
            lines = [own.host.lines(*own.original, text), own.host.lines(*own.copy, text)]
            return text, [
                {"kind": kind, "document": number, "path": path(number), "lines": lines, "sentences": own.sentences,
                 "words": own.words}
            ]  # fmt: skip
        twin = self._source(unit, role)
        source = self._original(twin, kind)
        truth: Truth = {"kind": kind, "documents": [twin, number], "paths": [path(twin), path(number)]}
        if kind == "passage":
            shared = passages.share(source, draft(rng, LEAST[kind]), 1 + role % LONGEST_PASSAGE, rng)
            text, original = shared.host.text(), source.text()
            truth["lines"] = [source.lines(*shared.original, original), shared.host.lines(*shared.copy, text)]
            return text, [truth | {"sentences": shared.sentences, "words": shared.words}]
        if kind == "pair":
            truth |= {"way": way, "target": target}
            text, figures = edits.edited(source, way, target, rng)
        else:
            text, figures = (edits.excerpt if kind == "excerpt" else edits.republished)(source, rng)
        return text, [truth | figures._asdict()]

    def _source(self, unit: int, role: int) -> int:
        """The number of the article that a copy is made from: in the same unit, or in another one, for each role."""
        units = self.count // self.unit
        other = (unit + (role % 2) * (1 + role * 7919)) % units
        return other * self.unit + _places(self.seed, other, self.unit)[len(self.copies) + role]

    def _rng(self, number: int) -> random.Random:
        return random.Random(self.seed << 40 | number)


def path(number: int) -> str:
    """Where an article lies: folders of a thousand."""
    return f"{number // UNIT:04}/{number:07}.txt"


def _patterns(tongue: Language, head: int, foot: int) -> tuple[str, str]:
    return f"{tongue.code}-first-{head}", f"{tongue.code}-last-{foot}"


@cache
def _places(seed: int, unit: int, size: int) -> list[int]:
    """The places of a unit in a random order, the first of them for copies, the next for their originals."""
    places = list(range(size))
    random.Random(seed << 40 | 1 << 39 | unit).shuffle(places)
    return places
