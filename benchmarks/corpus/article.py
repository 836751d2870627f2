"""One article: drafted from random numbers that depend on the seed and its number alone, and laid out as text."""

import random
import re
from array import array
from collections.abc import Iterator
from math import log
from typing import NamedTuple

from corpus.language import PATTERNS, Language, Numbers, language

#: Share of each language, out of eight articles.
LANGUAGES = ("fr", "fr", "fr", "fr", "en", "en", "es", "es")
#: Characters: the mean, the spread of their logarithm, the least and the most.
MEAN, SPREAD, LEAST, MOST = 4000, 0.65, 150, 40000
#: Of a thousand articles so many are wrapped at 78 columns, have a headline, or straight apostrophes.
WRAPPED, TITLED, STRAIGHT = 80, 850, 400
WRAP = re.compile(r"(?=[^\n]{79})([^\n]{50,77}) ")


class Place(NamedTuple):
    """A sentence's place in a draft: number of the paragraph, and of the sentence in it."""

    paragraph: int
    sentence: int


class Draft(NamedTuple):
    """An article as paragraphs of sentences; a headline is the first paragraph."""

    language: Language
    paragraphs: list[list[str]]
    titled: bool
    wrapped: bool

    def sentences(self) -> list[Place]:
        """The places of all sentences but the headline."""
        return [
            Place(number, place)
            for number, paragraph in enumerate(self.paragraphs)
            if number or not self.titled
            for place in range(len(paragraph))
        ]

    def at(self, place: Place) -> str:
        """The sentence at a place."""
        return self.paragraphs[place.paragraph][place.sentence]

    def text(self) -> str:
        """The article: blank lines between paragraphs, a line end at the end."""
        text = "\n\n".join(map(" ".join, self.paragraphs)) + "\n"
        # A wrapped line's end takes the place of a space, so that offsets stay.
        return WRAP.sub("\\1\n", text) if self.wrapped else text

    def lines(self, first: Place, last: Place, text: str) -> list[int]:
        """The lines, counted from 1, on which the passage from ``first`` to ``last`` (inclusive) begins and ends."""
        return [_line(text, self._start(first)), _line(text, self._start(last) + len(self.at(last)) - 1)]

    def _start(self, place: Place) -> int:
        before = sum(len(sentence) + 1 for number in range(place.paragraph) for sentence in self.paragraphs[number])
        own = sum(len(sentence) + 1 for sentence in self.paragraphs[place.paragraph][: place.sentence])
        return before + place.paragraph + own


def draft(rng: random.Random, least: int = LEAST) -> Draft:
    """Draft an article of at least so many characters."""
    tongue = language(LANGUAGES[rng.getrandbits(3)])
    size = min(MOST, max(least, int(rng.lognormvariate(log(MEAN) - SPREAD**2 / 2, SPREAD))))
    numbers = draws(rng)
    paragraphs = []
    titled = next(numbers) % 1000 < TITLED and size > 2 * LEAST
    if titled:
        paragraphs.append([tongue.headlines[next(numbers) % len(tongue.headlines)].fill(numbers)])
    straight = next(numbers) % 1000 < STRAIGHT
    wrapped = next(numbers) % 1000 < WRAPPED
    while size > 0:
        paragraph = sentences(tongue, numbers, 1 + next(numbers) % 5, size)
        if straight:
            paragraph = [sentence.replace("’", "'") for sentence in paragraph]
        size -= sum(map(len, paragraph)) + len(paragraph) + 1
        paragraphs.append(paragraph)
    return Draft(tongue, paragraphs, titled, wrapped)


def sentences(tongue: Language, numbers: Numbers, count: int, size: int = MOST) -> list[str]:
    """So many new sentences, or as many as reach ``size`` characters."""
    made = []
    while count and size > 0:
        sentence = tongue.sentences[next(numbers) % PATTERNS].fill(numbers)
        made.append(sentence)
        size -= len(sentence)
        count -= 1
    return made


def draws(rng: random.Random) -> Iterator[int]:
    """Yield random 16-bit numbers without end."""
    while True:
        yield from array("H", rng.randbytes(1024))


def _line(text: str, offset: int) -> int:
    return 1 + text.count("\n", 0, offset)
