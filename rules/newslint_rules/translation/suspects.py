"""Words that a translation may have left as they were: the host language hardly uses them, and another one does.

They are looked for in the set of a document's words, so that a word which nothing speaks against is judged once.
"""

from collections import defaultdict
from collections.abc import Mapping, Set
from enum import Enum, auto
from typing import NamedTuple

from newslint.text.foreign_words import bounds
from newslint.text.strangers import Weight, weights
from newslint.text.vocabulary import WORD

# The gap between two languages is a difference of logarithms: 5.8 nats are 330 times as frequent. Loan words of news
# ("Bundestag", "banlieue", "startup") mostly lie below 5, untranslated words above 7. The thresholds are tuned on one
# half of a collection of news texts in seven languages and hold on the other.
STRONG_GAP = 5.8
#: Nats above the floor (three words in ten million) in its own language, and at most so many in the host's.
STRONG_ABROAD, STRONG_HOME = 2.5, 0.4
STRONG_LETTERS = 4
#: A function word stands in names and quotations of every host, so that its home value tells little.
FUNCTION_GAP, FUNCTION_ABROAD, FUNCTION_LETTERS = 7.6, 9.3, 3
#: German nouns have a capital, as names do: they must be surer, or look like nouns, or follow a determiner or a number.
NOUN_LETTERS = 4
SURE_NOUN_GAP, DETERMINED_NOUN_GAP, PLAIN_NOUN_GAP = 8.0, 6.2, 5.8
LONG_NOUN = 10
NOUN_ENDINGS = ("ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "nis", "nisse", "tum")
#: Of several words in a row each may be weaker.
WEAK_GAP, WEAK_ABROAD = 4.5, 5.0

# What a suspect speaks against the host at least, in nats above the floor; of a German noun half is counted.
_SUSPECT, _SUSPECT_NOUN = 2.3, 1.15
_KEPT = 200_000  # words known to be harmless in a host; then the set starts anew


class Strength(Enum):
    """How a suspect word may stand."""

    STRONG = auto()  # alone
    DETERMINED = auto()  # alone after a determiner or a number
    WEAK = auto()  # among others


class Suspect(NamedTuple):
    """A suspect word: how frequent it is at home and abroad, and how it may stand."""

    weight: Weight
    strength: Strength


# By host, for as long as the process lives.
_HARMLESS: defaultdict[str, set[str]] = defaultdict(set)


def suspects(words: Set[str], host: str) -> Mapping[str, Suspect]:
    """The suspect words among the different words of a text, as they are written; figures part words.

    Args:
        words: runs of letters and digits.
        host: the language of the text, one of ``strangers.LANGUAGES``.
    """
    harmless = _HARMLESS[host]
    new = words - harmless
    limit = bounds(host)
    parts = {
        word
        for word in WORD.findall(" ".join(new))
        if limit[word] > _SUSPECT_NOUN and (limit[word] > _SUSPECT or word[0].isupper())
    }
    found = {word: suspect for word in parts if (suspect := judge(word, host)) is not None}
    if len(harmless) >= _KEPT:
        harmless.clear()
    harmless |= new if not found else {word for word in new if found.keys().isdisjoint(WORD.findall(word))}
    return found


def judge(word: str, host: str) -> Suspect | None:
    """The word as a suspect in a host; None for one that is none."""
    if word.islower():
        weight = weights(host)[word]
        if _is_strong(word, weight):
            return Suspect(weight, Strength.STRONG)
        weak = weight.gap >= WEAK_GAP and weight.abroad >= WEAK_ABROAD
        return Suspect(weight, Strength.WEAK) if weak else None
    if host == "de" or len(word) < NOUN_LETTERS or not word[1:].islower():
        return None
    weight = weights(host, "de")[word.lower()]
    strength = _noun_strength(word, weight)
    return None if strength is None else Suspect(weight, strength)


def _is_strong(word: str, weight: Weight) -> bool:
    if _is_function(word, weight):
        return True
    rare = weight.home <= STRONG_HOME and weight.abroad >= STRONG_ABROAD
    return rare and weight.gap >= STRONG_GAP and len(word) >= STRONG_LETTERS


def _is_function(word: str, weight: Weight) -> bool:
    return weight.gap >= FUNCTION_GAP and weight.abroad >= FUNCTION_ABROAD and len(word) >= FUNCTION_LETTERS


def _noun_strength(word: str, weight: Weight) -> Strength | None:
    if _is_function(word, weight):  # it opens a sentence
        return Strength.STRONG
    if weight.home > STRONG_HOME or weight.abroad < STRONG_ABROAD or weight.gap < PLAIN_NOUN_GAP:
        return None
    if weight.gap >= SURE_NOUN_GAP or len(word) >= LONG_NOUN or word.endswith(NOUN_ENDINGS):
        return Strength.STRONG
    return Strength.DETERMINED if weight.gap >= DETERMINED_NOUN_GAP else None
