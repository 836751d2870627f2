"""Which language a text is in, and whether a line is in another language than its article."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from newslint.text import wordtable
from newslint.text.scripts import (
    ARABIC,
    CYRILLIC,
    LANGUAGE_OF_SCRIPT,
    STRANGE,
    UNSPACED,
    main_script,
    script_counts,
    script_of_language,
)

_LATIN = (
    *("fr", "en", "es", "de", "it", "pt", "nl", "ca", "ro", "pl", "cs", "sk", "sl", "hr", "sv", "da", "nb", "fi", "is"),
    *("hu", "tr", "id", "ms", "lt", "lv", "vi", "fil"),
)
LANGUAGES: tuple[str, ...] = tuple(
    dict.fromkeys((*_LATIN, *sorted(CYRILLIC), *sorted(ARABIC), *LANGUAGE_OF_SCRIPT.values()))
)
"""The languages that can be told, as ISO 639-1 codes (``fil`` has none)."""

# Other codes for languages of the table, and languages that it cannot tell from one of them.
_ALIASES = {"no": "nb", "nn": "nb", "tl": "fil", "sh": "hr", "bs": "hr", "in": "id", "iw": "he", "yi": "he", "be": "uk"}

SAMPLE = 4096
"""At most so many characters of a text are looked at."""
_PIECES = 4

_WORD = re.compile(r"[^\W\d_]+")
_QUOTE = re.compile(
    r"«[^»]{1,600}»|»[^«»]{1,600}«|“[^”]{1,600}”|„[^“”]{1,600}[“”]|\"[^\"]{1,600}\"|‘[^’]{3,300}’|,,[^'\"]{1,300}(?:''|\")"
)
_MARKS = re.compile("[«»\"“„‘]|,,")

_CLIP = 4.0  # what one word may add, in nats
_UNKNOWN = 0.6  # weight of a word that only its trigrams judge
_GRAM = 0.6  # trigrams of a word overlap: they are not three independent letters each
_NAME = 0.25  # weight of a capitalised word in detection
_CACHE = 100_000  # words kept; then the cache starts anew



class Guess(NamedTuple):
    """The language of a text.

    Attributes:
        language: its code, one of ``LANGUAGES``; None when nothing tells.
        confidence: the probability, from 0 to 1, that the language is right.
    """

    language: str | None
    confidence: float


class Evidence(NamedTuple):
    """Why a text is in another language than its host.

    Attributes:
        language: the code of the language it is in.
        confidence: the probability, from 0 to 1, that it is not in the host's language.
        score: natural logarithm of how much likelier the words are in this language than in the host's, each clipped.
        foreign_words: different words that speak for the language.
        host_words: different words that speak for the host.
    """

    language: str
    confidence: float
    score: float
    foreign_words: int
    host_words: int


class _Row(NamedTuple):
    """What the table says of a lower-case word: nats above the floor, for each language that is above it."""

    known: bool
    values: dict[str, float]


class _Rows(dict[str, _Row]):
    def __missing__(self, word: str) -> _Row:
        table = wordtable.load()
        names = table.languages
        values = {names[i]: value * wordtable.STEP for i, value in table.words.find(word)}
        row = _Row(True, values)
        if not values:
            for gram in wordtable.trigrams(word):
                for i, value in table.trigrams.find(gram):
                    values[names[i]] = values.get(names[i], 0.0) + value * wordtable.STEP * _GRAM
            row = _Row(False, values)
        if len(self) > _CACHE:
            self.clear()
        self[word] = row
        return row


_TABLED = ("Latin", "Cyrillic", "Arabic")
_NOBODY = Guess(None, 0.0)
_PRIOR = {"en": 4.0, "fr": 2.0, "de": 2.0, "es": 2.0, "it": 1.5, "pt": 1.5, "nl": 1.5}
_TEMPER = 0.6  # votes of a text's words are not independent: measured on news
_FIT_PRIOR, _FIT_MIDDLE, _FIT_SLOPE = 2.0, 0.76, 30.0

_rows = _Rows()


@lru_cache(maxsize=256)
def canonical(code: str) -> str | None:
    """The code of ``LANGUAGES`` for a language tag ("fr-FR", "no", "pt_BR"); None for a language not among them."""
    base = code.replace("_", "-").split("-", 1)[0].lower()
    base = _ALIASES.get(base, base)
    return base if base in LANGUAGES else None


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    size = SAMPLE // _PIECES
    step = (len(text) - size) // (_PIECES - 1)
    return " ".join(text[i * step : i * step + size] for i in range(_PIECES))


def _languages(script: str) -> tuple[str, ...]:
    if script == "Latin":
        return _LATIN
    if script == "Cyrillic":
        return tuple(sorted(CYRILLIC))
    if script == "Arabic":
        return tuple(sorted(ARABIC))
    return (LANGUAGE_OF_SCRIPT[script],)


def _scored(words: list[str], candidates: Sequence[str]) -> tuple[list[float], float, int]:
    """Gain of each candidate, the gain that a perfect candidate would have, and how many words were known.

    A word gives the candidates that explain it best its full weight, and one that is ``_CLIP`` nats worse nothing.
    Capitalised words inside the text are mostly names: they count a little, and only if the table has them.
    """
    gains = dict.fromkeys(candidates, 0.0)
    most = 0.0
    known = 0
    for place, word in enumerate(words):
        row = _rows[word.lower()]
        capital = word[0].isupper() and place > 0
        if capital and not row.known:
            continue
        weight = _NAME if capital else 1.0 if row.known else _UNKNOWN
        values = [(name, value) for name, value in row.values.items() if name in gains]
        if not values:
            continue
        known += row.known and not capital
        most += weight * _CLIP
        lack = _CLIP - max(value for _, value in values)
        for name, value in values:
            if value + lack > 0:
                gains[name] += weight * (value + lack)
    return [gains[name] for name in candidates], most, known


def detect(text: str, candidates: Sequence[str] | None = None) -> Guess:
    """Tell the language of a text, from a few words up to a document.

    At most ``SAMPLE`` characters, taken from four places, are looked at, so the cost has a bound (about 2 ms).
    The script decides first; inside a script every word votes by its frequency in each language, an unknown word by
    its trigrams (naive Bayes with clipped votes, so that no single word decides).

    Args:
        text: any text.
        candidates: codes to choose from; default: all ``LANGUAGES``.

    Returns:
        The most probable language and its calibrated probability; ``Guess(None, confidence)`` when there is nothing
        to go by (no words, names only, gibberish) or no candidate reaches one half.
    """
    text = _composed(_sample(text))
    script = main_script({"Latin": 1} if text.isascii() else script_counts(text))
    if script is None:
        return _NOBODY
    names = _languages(script)
    if candidates is not None:
        wanted = {canonical(code) for code in candidates}
        names = tuple(name for name in names if name in wanted)
    if not names:
        return _NOBODY
    if script not in _TABLED:
        letters = script_counts(text)[script]
        return Guess(names[0], letters / (letters + 1))
    words = _words(text)
    gains, most, known = _scored(words, names)
    if not known:
        return _NOBODY
    best = max(range(len(names)), key=gains.__getitem__)
    fit = (gains[best] + _FIT_PRIOR * _CLIP) / (most + _FIT_PRIOR * _CLIP)
    weights = [_PRIOR.get(name, 1.0) * math.exp(_TEMPER * (gain - gains[best])) for name, gain in zip(names, gains, strict=True)]
    best = max(range(len(names)), key=weights.__getitem__)
    confidence = weights[best] / sum(weights) / (1 + math.exp(_FIT_SLOPE * (_FIT_MIDDLE - fit)))
    return Guess(names[best], confidence) if confidence >= 0.5 else Guess(None, confidence)


def _words(text: str) -> list[str]:
    if text.isupper():
        text = text.lower()
    return _WORD.findall(text)


def _composed(text: str) -> str:
    return text if text.isascii() or not STRANGE.search(text) else normalize("NFC", text)
