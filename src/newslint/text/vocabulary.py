"""The languages newslint can tell apart, and what the word table says of a word in each of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from newslint.text import wordtable
from newslint.text.scripts import LANGUAGE_OF_SCRIPT, STRANGE

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
_KEPT = 20_000  # words whose row is kept (about 10 MB); then the cache starts anew


class Row(NamedTuple):
    """What the table says of a lower-case word.

    Attributes:
        known: whether the word itself is in the table; otherwise its trigrams speak.
        values: nats above the floor, for each language that is above it.
    """

    known: bool
    values: dict[str, float]


class _Rows(dict[str, Row]):
    def __missing__(self, word: str) -> Row:
        table = wordtable.load()
        names = table.languages
        values = {names[i]: value * wordtable.STEP for i, value in table.words.find(word)}
        known = bool(values)
        if not known:
            for gram in wordtable.trigrams(word[:_LONGEST]):
                for i, value in table.trigrams.find(gram):
                    values[names[i]] = values.get(names[i], 0.0) + value * wordtable.STEP * _GRAM_WEIGHT
        if len(self) >= _KEPT:
            self.clear()
        self[word] = row = Row(known, values)
        return row


_LONGEST = 30  # letters of an unknown word that are looked at
ROWS = _Rows()
"""The row of every lower-case word met so far; looks up those it does not hold."""


@lru_cache(maxsize=256)
def canonical(tag: str) -> str | None:
    """The code of ``LANGUAGES`` for a language tag ("fr-FR", "no", "pt_BR"); None for a language not among them."""
    code = tag.replace("_", "-").split("-", 1)[0].lower()
    code = _ALIASES.get(code, code)
    return code if code in SCRIPT_OF else None


def sample(text: str) -> str:
    """The text, or four pieces spread over it when it is longer than ``SAMPLE``."""
    if len(text) <= SAMPLE:
        return text
    size = SAMPLE // _PIECES
    step = (len(text) - size) // (_PIECES - 1)
    return " ".join(text[i * step : i * step + size] for i in range(_PIECES))


def composed(text: str) -> str:
    """The text with accents composed (NFC): words are looked up as the table spells them."""
    return text if text.isascii() or not STRANGE.search(text) else normalize("NFC", text)
