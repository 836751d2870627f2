"""The languages newslint can tell apart, and what the word table says of a word in each of them."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from newslint.text import wordtable
from newslint.text.scripts import LANGUAGE_OF_SCRIPT, has_other_letters

BY_SCRIPT: dict[str, tuple[str, ...]] = {
    "Latin": (
        *("fr", "en", "es", "de", "it", "pt", "nl", "ca", "ro", "pl", "cs", "sk", "sl", "hr", "sv", "da", "nb", "is"),
        *("fi", "hu", "tr", "id", "ms", "lt", "lv", "vi", "fil"),
    ),
    "Cyrillic": ("ru", "uk", "bg", "mk", "sr"),
    "Arabic": ("ar", "fa", "ur"),
    **{script: (language,) for script, language in LANGUAGE_OF_SCRIPT.items()},
}
"""The languages of each script. Where there are several, the word table tells them apart."""

SCRIPT_OF = {language: script for script, languages in BY_SCRIPT.items() for language in languages}

LANGUAGES: tuple[str, ...] = tuple(SCRIPT_OF)
"""The languages that can be told, as ISO 639-1 codes (``fil`` has none)."""

# Other codes for these languages, and languages that news text is not told apart from one of them.
_ALIASES = {"no": "nb", "nn": "nb", "tl": "fil", "sh": "hr", "bs": "hr", "in": "id", "iw": "he"}

SAMPLE = 4096
"""At most so many code points of a text are looked at, which bounds the cost of any text."""
_PIECES = 4

WORD = re.compile(r"[^\W\d_]+")
"""A word: a run of letters. "l'été" is two words, as in the table."""

UNKNOWN_WEIGHT = 0.6
"""The weight of a word that the table lacks, so that only its trigrams speak."""
_GRAM_WEIGHT = 0.6  # the trigrams of a word overlap: three of them are not three independent witnesses
_LONGEST = 30  # letters of an unknown word that are looked at
_KEPT = 20_000  # words kept (about 10 MB); then a cache starts anew


class Row(NamedTuple):
    """What the table says of a lower-case word.

    Attributes:
        known: whether the word itself is in the table; otherwise its trigrams speak.
        values: nats above the floor, for each language that is above it.
    """

    known: bool
    values: dict[str, float]


def values_of(word: str) -> dict[str, float]:
    """Nats above the floor of a lower-case word in each language that knows it, looked up in the table."""
    table = wordtable.load()
    names = table.languages
    return {names[i]: value * wordtable.STEP for i, value in table.words.find(word)}


class _Known(dict[str, dict[str, float]]):
    def __missing__(self, word: str) -> dict[str, float]:
        if len(self) >= _KEPT:
            self.clear()
        self[word] = values = values_of(word)
        return values


KNOWN = _Known()
"""``values_of`` lower-case words, kept as words are met; empty for a word no language knows."""


class _Rows(dict[str, Row]):
    def __missing__(self, word: str) -> Row:
        values = KNOWN[word]
        row = Row(True, values) if values else Row(False, spelling(word))
        if len(self) >= _KEPT:
            self.clear()
        self[word] = row
        return row


def spelling(word: str) -> dict[str, float]:
    """What the trigrams of a word say, in nats above the floor; ten times as costly as looking up the word."""
    table = wordtable.load()
    totals = [0] * len(table.languages)
    for gram in wordtable.trigrams(word[:_LONGEST]):
        for i, value in table.trigrams.find(gram):
            totals[i] += value
    step = wordtable.STEP * _GRAM_WEIGHT
    return {name: total * step for name, total in zip(table.languages, totals, strict=True) if total}


ROWS = _Rows()
"""The row of a lower-case word: ``KNOWN``, or its trigrams where that is empty."""


@lru_cache(maxsize=256)
def canonical(tag: str) -> str | None:
    """The code of ``LANGUAGES`` for a language tag ("fr-FR", "no", "pt_BR"); None for a language not among them."""
    code = tag.replace("_", "-").split("-", 1)[0].lower()
    code = _ALIASES.get(code, code)
    return code if code in SCRIPT_OF else None


def sample(text: str, most: int = SAMPLE) -> str:
    """The text, or four pieces spread over it when it has more than ``most`` code points."""
    if len(text) <= most:
        return text
    size = most // _PIECES
    step = (len(text) - size) // (_PIECES - 1)
    return " ".join(text[i * step : i * step + size] for i in range(_PIECES))


def composed(text: str) -> str:
    """The text with accents composed (NFC): words are looked up as the table spells them."""
    return normalize("NFC", text) if has_other_letters(text) else text
