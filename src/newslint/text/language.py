"""Which language a text is in.

``detect`` judges a text alone. ``foreign`` asks whether a line or sentence of an article is in another language than
the article, and stays silent on names, titles and quotations; it lives in ``newslint.text.foreign_words``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from newslint.text.foreign_words import Evidence, foreign
from newslint.text.scripts import main_script, script_counts
from newslint.text.vocabulary import BY_SCRIPT, LANGUAGES, ROWS, SAMPLE, UNKNOWN_WEIGHT, WORD, canonical, composed, sample

__all__ = ["LANGUAGES", "SAMPLE", "Evidence", "Guess", "canonical", "detect", "foreign"]

_CLIP = 4.0  # nats: what one word may add, so that no single word decides
_NAME_WEIGHT = 0.25  # of a capitalised word inside the text

# Measured on news lines and documents: how much the words of a text depend on each other, and how well the best
# language explains the text (1: every word is at its likeliest) when it is the right one, or one of none.
_TEMPER = 0.6
_FIT_MIDDLE, _FIT_SLOPE, _FIT_PRIOR = 0.76, 30.0, 2.0
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
    its trigrams: naive Bayes with clipped votes. At most ``SAMPLE`` code points, from four places, are looked at.

    Args:
        text: any text.
        candidates: language codes to choose from; default: all ``LANGUAGES``.

    Returns:
        The most probable language and its probability; ``language`` is None when there is nothing to go by (no
        words, names only, gibberish) or when no candidate is as likely as not.
    """
    text = composed(sample(text))
    if text.isupper():
        text = text.lower()
    counts = {"Latin": 1} if text.isascii() else script_counts(text)
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
    top = max(gains.values())
    weights = {name: _PRIOR.get(name, 1.0) * math.exp(_TEMPER * (gain - top)) for name, gain in gains.items()}
    best = max(languages, key=weights.__getitem__)
    fit = (gains[best] + _FIT_PRIOR * _CLIP) / (limit + _FIT_PRIOR * _CLIP)
    plausible = 1 / (1 + math.exp(_FIT_SLOPE * (_FIT_MIDDLE - fit)))
    confidence = plausible * weights[best] / sum(weights.values())
    return Guess(best if confidence >= 0.5 else None, confidence)


def _gains(words: list[str], languages: tuple[str, ...]) -> tuple[dict[str, float], float]:
    """What the words give each language, and what they would give one that explains every word best.

    A word gives the language it is likeliest in its full weight, and one it is ``_CLIP`` nats less likely in nothing.
    A capitalised word inside the text is mostly a name: it counts little, and only if the table has it. The limit
    is 0 when the text has no known word but capitalised ones.
    """
    gains = dict.fromkeys(languages, 0.0)
    limit = 0.0
    known = False
    first = words[0] if words else ""
    for word, times in Counter(words).items():
        row = ROWS[word.lower()]
        name = word[0].isupper() and word != first
        if name and not row.known:
            continue
        values = [(language, value) for language, value in row.values.items() if language in gains]
        if not values:
            continue
        known = known or (row.known and not name)
        weight = times * (_NAME_WEIGHT if name else 1.0 if row.known else UNKNOWN_WEIGHT)
        limit += weight * _CLIP
        lack = _CLIP - max(value for _, value in values)
        for language, value in values:
            if value + lack > 0:
                gains[language] += weight * (value + lack)
    return gains, limit if known else 0.0
