"""Which language a text is in.

``detect`` judges a text alone. ``foreign`` asks whether a line or sentence of an article is in another language than
the article, and stays silent on names, titles and quotations; it lives in ``newslint.text.foreign_words``.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from newslint.text import wordtable
from newslint.text.foreign_words import Evidence, foreign
from newslint.text.scripts import has_other_letters, main_script, script_counts
from newslint.text.vocabulary import (
    BY_SCRIPT,
    LANGUAGES,
    ROWS,
    SAMPLE,
    UNKNOWN_WEIGHT,
    WORD,
    canonical,
    composed,
    sample,
)

__all__ = ["LANGUAGES", "SAMPLE", "Evidence", "Guess", "canonical", "detect", "foreign"]

_CLIP = 4.0  # nats: what one word may add, so that no single word decides
_GLANCE = 1024  # code points that are looked at first
_SETTLED = 0.995  # confidence with which they settle it
# Below this confidence the lines are looked at one by one, if so many of them have so many words. Then so much of the
# text must be in one language, and lines are left out that are this surely in another.
_MIXED = 0.97
_LINES, _LINE_WORDS = 3, 5
_MOST, _SURE = 2 / 3, 0.95
_LINE_END = re.compile(r"[\r\n]+")
_MANY = 100  # words beside which unknown ones are not worth the cost of their trigrams
_KEPT = 1 << 16  # words whose votes are kept
_NAME_WEIGHT = 0.25  # of a capitalised word inside the text

# Measured on news lines and documents: how much the words of a text depend on each other, and how well the best
# language explains the text (1: every word is at its likeliest) when it is the right one, or one of none.
_TEMPER = 0.6
_FIT_MIDDLE, _FIT_SLOPE, _FIT_PRIOR = 0.76, 30.0, 2.0
# The product of both is far too modest; these make it the share that was right, if one text in thirty is in none of
# the languages. Below _TOLD, names, gibberish and other languages are too many to name one.
_CALIBRATION = (2.0, 0.8)
_TOLD = 0.88
# Weight of a language before the first word is seen; it only matters for texts of two or three words.
_PRIOR = {"en": 4.0, "fr": 2.0, "de": 2.0, "es": 2.0, "it": 1.5, "pt": 1.5, "nl": 1.5}


class Guess(NamedTuple):
    """The language of a text.

    Attributes:
        language: its code, one of ``LANGUAGES``; None when nothing tells.
        confidence: the probability, from 0 to 1, that this language (or, with None, the best one) is right.
    """

    language: str | None
    confidence: float


_NONE = Guess(None, 0.0)


def detect(text: str, candidates: Sequence[str] | None = None) -> Guess:
    """Tell the language of a text, from a few words up to a document.

    The script decides first. Inside a script every word votes by its frequency in each language, an unknown word by
    its trigrams: naive Bayes with clipped votes. A thousand code points from four places of the text settle most
    documents; where they do not, ``SAMPLE`` are looked at, and never more. Where those are still unsettled, lines in
    another language than most may be the reason: then the others decide.

    Args:
        text: any text.
        candidates: language codes to choose from; default: all ``LANGUAGES``.

    Returns:
        The most probable language and its probability; ``language`` is None when there is nothing to go by: no
        words, names only, gibberish, or no candidate that is probable enough.
    """
    guess = _judge(sample(text, _GLANCE), candidates)
    if len(text) > _GLANCE and guess.confidence < _SETTLED:
        guess = _judge(sample(text), candidates)
    if guess.confidence < _MIXED:
        guess = max(guess, _mostly(sample(text), candidates), key=lambda guess: guess.confidence)
    return guess


def _mostly(text: str, candidates: Sequence[str] | None) -> Guess:
    """The language that most lines are in, told without those that are surely in another one."""
    lines = [line for line in _LINE_END.split(text) if line.count(" ") >= _LINE_WORDS - 1]
    if len(lines) < _LINES:
        return _NONE
    told = [(line, _judge(line, candidates)) for line in lines]
    sizes: Counter[str] = Counter()
    for line, guess in told:
        if guess.language is not None:
            sizes[guess.language] += len(line)
    if not sizes:
        return _NONE
    language, size = max(sizes.items(), key=lambda item: (item[1], item[0]))
    if size < _MOST * sum(map(len, lines)):
        return _NONE
    rest = (line for line, guess in told if guess.language in (None, language) or guess.confidence < _SURE)
    guess = _judge(" ".join(rest), candidates)
    return guess if guess.language == language else _NONE


def _judge(text: str, candidates: Sequence[str] | None) -> Guess:
    text = composed(text)
    if text.isupper():
        text = text.lower()
    counts = script_counts(text) if has_other_letters(text) else {"Latin": 1}
    script = main_script(counts)
    if script is None:
        return _NONE
    languages = BY_SCRIPT[script]
    if candidates is not None:
        wanted = {canonical(code) for code in candidates}
        languages = tuple(language for language in languages if language in wanted)
    if not languages:
        return _NONE
    if len(BY_SCRIPT[script]) == 1:
        letters = counts[script]
        return Guess(languages[0], letters / (letters + 0.5))
    return _most_probable(WORD.findall(text), languages)


def _most_probable(words: list[str], languages: tuple[str, ...]) -> Guess:
    gains, limit = _gains(words, languages)
    if not limit:
        return _NONE
    top = max(gains)
    priors = (_PRIOR.get(name, 1.0) for name in languages)
    weights = [prior * math.exp(_TEMPER * (gain - top)) for prior, gain in zip(priors, gains, strict=True)]
    best = max(range(len(languages)), key=weights.__getitem__)
    fit = (gains[best] + _FIT_PRIOR * _CLIP) / (limit + _FIT_PRIOR * _CLIP)
    plausible = 1 / (1 + math.exp(_FIT_SLOPE * (_FIT_MIDDLE - fit)))
    share = min(plausible * weights[best] / sum(weights), 1 - 1e-9)
    odds = math.log(share / (1 - share)) if share > 0 else -math.inf
    confidence = 1 / (1 + math.exp(-(_CALIBRATION[0] + _CALIBRATION[1] * max(odds, -100.0))))
    return Guess(languages[best] if confidence >= _TOLD else None, confidence)


def _gains(words: list[str], languages: tuple[str, ...]) -> tuple[Sequence[float], float]:
    """What the words give each language, and what they would give one that explains every word best.

    A word gives the language it is likeliest in its full weight, and one it is ``_CLIP`` nats less likely in nothing.
    A capitalised word inside the text is mostly a name: it counts little, and only if the table has it; an unknown
    word counts where words are few. The limit is 0 when the text has no known word but capitalised ones.
    """
    votes = _votes(languages)
    plain: list[bytes] = []
    names: list[bytes] = []
    unknown: list[tuple[str, int]] = []
    first = words[0] if words else ""
    for word, times in Counter(words).items():
        lower = word.lower()
        vote = votes[lower]
        name = word[0].isupper() and word != first
        if vote:
            (names if name else plain).extend([vote] * times)
        elif vote is None and not name:
            unknown.append((lower, times))
    limit = _CLIP * (len(plain) + _NAME_WEIGHT * len(names))
    sums = zip(_sums(plain, languages), _sums(names, languages), strict=True)
    gains = [wordtable.STEP * (said + _NAME_WEIGHT * named) for said, named in sums]
    if len(words) < _MANY:
        for word, times in unknown:
            own = votes.by_spelling(word)
            if any(own):
                weight = times * UNKNOWN_WEIGHT
                limit += weight * _CLIP
                gains = [gain + weight * more for gain, more in zip(gains, own, strict=True)]
    return gains, limit if plain else 0.0


def _sums(votes: Sequence[bytes], languages: tuple[str, ...]) -> Sequence[int]:
    """What votes give each language together, in steps."""
    return list(map(sum, zip(*votes, strict=True))) if votes else [0] * len(languages)


class _Votes(dict[str, "bytes | None"]):
    """What lower-case words give each of some languages, looked up as they are met.

    A vote is a byte a language: steps of the word table, at most ``_CLIP`` nats. It is empty for a word that only other
    languages know, and None for a word that no language knows.
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__()
        self._languages = languages
        table = wordtable.load()
        self._find = table.words.find
        self._names = table.languages

    def __missing__(self, word: str) -> bytes | None:
        if len(self) >= _KEPT:
            self.clear()
        found = {self._names[number]: value for number, value in self._find(word)}
        gains = [round(gain) for gain in self._gains(found, _CLIP / wordtable.STEP)]
        vote = self[word] = (bytes(gains) if any(gains) else b"") if found else None
        return vote

    def by_spelling(self, word: str) -> Sequence[float]:
        """What an unknown word gives each language by its trigrams, in nats."""
        return self._gains(ROWS[word].values, _CLIP)

    def _gains(self, values: Mapping[str, float], clip: float) -> Sequence[float]:
        own = [values.get(language, 0.0) for language in self._languages]
        lack = clip - max(own)
        return [max(value + lack, 0.0) if value else 0.0 for value in own]


@lru_cache(maxsize=16)
def _votes(languages: tuple[str, ...]) -> _Votes:
    return _Votes(languages)
