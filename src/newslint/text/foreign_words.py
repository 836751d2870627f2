"""Words of another language: is this line in the language of its article?

Each word is weighed: how much likelier is it in another language than in the host's? Names, titles and quotations are
no sign of a foreign line, so capitalised words inside the line, quotations and addresses do not count. Most lines are
in the host's language and leave after one cheap sum that no candidate could overcome.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from newslint.text.scripts import STRANGE, UNSPACED, main_script, script_counts
from newslint.text.vocabulary import (
    BY_SCRIPT,
    KNOWN,
    ROWS,
    SCRIPT_OF,
    UNKNOWN_WEIGHT,
    WORD,
    Row,
    canonical,
    composed,
    sample,
)


class Evidence(NamedTuple):
    """Why a text is in another language than its host.

    Attributes:
        language: the code of the language it is in.
        confidence: the probability, from 0 to 1, that it is in another language than the host's.
        score: nats by which the words are likelier in this language than in the host's, each word clipped.
        foreign_words: different words that speak for the language; a weak one counts half.
        host_words: different words that speak for the host.
    """

    language: str
    confidence: float
    score: float
    foreign_words: float
    host_words: int


_CLIP = 4.0  # nats: what one word may add or take
_SPEAKS = 0.8  # nats from which on a word counts as one that speaks for a language
_HALF = 0.5  # weight of a capitalised first word, which may be a name, and of a German noun
_TIMES = 2.0  # a foreign word that is repeated counts so often at most

_SCRIPT_WORDS = 4  # words that a line in a script of its own language must have
_ENOUGH = 3.0  # nats that a line in another language must reach
_FUNCTION = 8.5  # nats above the floor of a function word: it is one and a half words in a thousand
_FEWEST = 5  # words, names included: shorter lines are titles and names too often
_BALANCE = 1.5  # foreign words there must be for each one of the host's
_PLENTY = 6.0  # nats with which one word and the first are enough
# News quotes some languages often and others hardly ever: those must bring more.
_COMMON = frozenset(("en", "fr", "es", "de", "it", "pt", "nl"))
_RARE_PENALTY = 1.5
# Languages that share so many words that a line of one easily looks like one of the other.
_CLOSE = tuple(
    frozenset(family.split())
    for family in (
        *("pt es ca", "es ca it", "fr ca", "pt it", "da nb sv", "hr sl sk", "cs sk", "id ms", "de nl"),
        *("ru uk", "ru bg", "bg mk sr", "ar fa ur"),
    )
)

# How often alarms were right on news lines, by their nats: nearly always, so both are on the careful side.
_CONFIDENCE_BASE, _CONFIDENCE_SLOPE = 1.5, 0.25
_KEPT = 50_000  # words whose bound is kept for a host

_UNITS = frozenset(
    (
        *("km", "cm", "mm", "kg", "mg", "ml", "cl", "dl", "hl", "kw", "kwh", "mw", "gw", "min", "sec", "hz", "mhz"),
        *("ghz", "kb", "mb", "gb", "tb", "mph", "kmh", "ha", "hpa", "am", "pm"),
    )
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.\S{1,200}|[\w-]{1,64}\.(?:com|org|net|html?)\b"
)
_QUOTATION = re.compile(
    '«[^»]{1,600}»|»[^«»]{1,600}«|“[^”]{1,600}”|„[^“”]{1,600}[“”]|"[^"]{1,600}"|‘[^’]{3,300}’|「[^」]{1,300}」'
    "|『[^』]{1,300}』|《[^》]{1,300}》|,,[^'\"]{1,300}(?:''|\")"
)
_BETWEEN = re.compile("[,;|·•]")
_MARKED = re.compile('[«»"“„‘「『《@]|,,|www|://|\\.(?:com|org|net|htm)')


def foreign(text: str, host: str, candidates: Sequence[str] | None = None) -> Evidence | None:
    """Evidence that a line or sentence is in another language than its article.

    Silent (None) on text of the host's language and whenever it cannot tell: names, lists, titles, quotations, fewer
    than five words. Closely related languages need more evidence. Most lines of the host's language cost one sum over
    their words; at most ``vocabulary.SAMPLE`` code points are looked at.

    Args:
        text: a line, sentence or paragraph.
        host: the language of the article, as a code or tag; an unknown one gives None.
        candidates: codes of the languages to look for; default: all.
    """
    home = canonical(host)
    if home is None:
        return None
    text = sample(text)
    if _MARKED.search(text):
        text = _QUOTATION.sub(" ", _ADDRESS.sub(" ", text))
    wanted = None if candidates is None else frozenset(code for tag in candidates if (code := canonical(tag)))
    if SCRIPT_OF[home] == "Latin" and (text.isascii() or not STRANGE.search(text)):
        evidence = _gate(home, "Latin", wanted).judge(WORD.findall(text), closed=_closed(text))
    else:
        evidence = _over_scripts(text, home, wanted)
    return None if evidence is None or _is_list(text) else evidence


def _closed(text: str) -> bool:
    """Whether the text ends like a sentence."""
    return text.rstrip(" \t\r\n»”\"')").endswith((".", "!", "?", "…"))


def _is_list(text: str) -> bool:
    """Whether a line lists terms of three words at most: dishes, works, loan words. They prove no foreign line."""
    terms = [len(WORD.findall(term)) for term in _BETWEEN.split(text)]
    return len(terms) >= 3 and max(terms) <= 3


def _over_scripts(text: str, home: str, wanted: frozenset[str] | None) -> Evidence | None:
    """The same for a text that may hold several scripts: its main script decides which words are weighed."""
    text = composed(text)
    counts = script_counts(text)
    script = main_script(counts)
    if script is None:
        return None
    if home == "sr" and script == "Latin":
        home = "hr"  # Serbian is written in both scripts
    own = SCRIPT_OF[home]
    words = []
    host_words = set()
    for word in WORD.findall(text):
        of = main_script(script_counts(word))
        if of == script:
            words.append(word)
        elif of == own:
            host_words.add(word)
    if len(BY_SCRIPT[script]) > 1:
        return _gate(home, script, wanted).judge(words, len(host_words), closed=_closed(text))
    language = BY_SCRIPT[script][0]
    if script == own or (script == "Han" and own in ("Kana", "Hangul")) or not (wanted is None or language in wanted):
        return None
    size = counts[script] // 2 if script in UNSPACED else len({word for word in words if not word[0].isupper()})
    if size < _SCRIPT_WORDS or size < 2 * len(host_words):
        return None
    return Evidence(language, _confidence(_CLIP * size), _CLIP * size, size, len(host_words))


_Weighed = tuple[str, float, Row, tuple[str, ...]]


class _Gate:
    """The words of one host weighed against those of its rivals, the candidates in one script."""

    def __init__(self, host: str, rivals: tuple[str, ...]) -> None:
        self._host = host
        self._rivals = rivals
        self._bounds = _Bounds(host, rivals)

    def judge(self, words: list[str], host_words: int = 0, *, closed: bool) -> Evidence | None:
        """Evidence that the words are in a rival's language.

        ``host_words`` others are certainly the host's; ``closed`` is whether the text ends like a sentence.
        """
        if len(words) < _FEWEST or sum(map(self._bounds.__getitem__, words)) + _HALF * _CLIP <= _ENOUGH:
            return None
        scores = dict.fromkeys(self._rivals, 0.0)
        weighed = [(word, weight, ROWS[word], rivals) for word, weight, rivals in self._weights(words)]
        for _, weight, row, rivals in weighed:
            for rival in rivals:
                gain = _gain(row, rival, self._host)
                scores[rival] += gain * (min(weight, _TIMES) if gain > 0 else weight)
        language = max(self._rivals, key=lambda rival: scores[rival] - _penalty(rival))
        return self._verdict(language, scores[language], weighed, host_words, closed)

    def _weights(self, words: list[str]) -> Iterator[tuple[str, float, tuple[str, ...]]]:
        """Each different lower-case word with its weight and the rivals it concerns."""
        nouns = ("de",) if "de" in self._rivals else ()
        for word, times in Counter(words).items():
            if not word[0].isupper():
                if word not in _UNITS:
                    yield word, float(times), self._rivals
            elif word == words[0]:
                yield word.lower(), _HALF, self._rivals
            elif nouns and len(word) > 3 and not word.isupper():
                # German capitalises its nouns: one that is German speaks for German, and against nobody.
                row = ROWS[word.lower()]
                if row.known and _gain(row, "de", self._host) > _SPEAKS:
                    yield word.lower(), _HALF, nouns

    def _verdict(
        self, language: str, score: float, weighed: list[_Weighed], host_words: int, closed: bool
    ) -> Evidence | None:
        gain = score - _penalty(language)
        if gain <= _ENOUGH:
            return None
        speaking = 0.0
        skeleton = host_words  # function words count twice against: they are what a host sentence hangs on
        content = fluent = False
        # English sets capitals in titles, others in names alone (German in nouns); a name does not end in a full stop.
        loose = closed and language != "en"
        for word, weight, row, rivals in weighed:
            if language not in rivals:
                continue
            vote = _gain(row, language, self._host)
            here = row.values.get(language, 0.0)
            if vote < -_SPEAKS:
                host_words += 1
                skeleton += 2 if row.values.get(self._host, 0.0) >= _FUNCTION else 1
                continue
            if row.known and vote > _SPEAKS:
                speaking += min(weight, 1.0)
            if here >= _FUNCTION:
                fluent = True
            elif row.known and here and len(word) > 2 and (weight >= 1 or loose or language == "de"):
                content = True
        # A title or name has only function words beside its capitals, a list of loan words has no function word.
        if not (content or (speaking >= 3 and loose)) or not (fluent or speaking >= 5):
            return None
        few = speaking >= 1.5 and not skeleton and gain > _PLENTY and language in _COMMON
        if not few and (speaking < 2 or speaking < _BALANCE * skeleton):
            return None
        pair = {language, self._host}
        if any(pair <= family for family in _CLOSE) and (gain <= 2 * _ENOUGH or speaking < max(3, 3 * host_words)):
            return None
        return Evidence(language, _confidence(gain), score, speaking, host_words)


class _Bounds(dict[str, float]):
    """The most that a word, as written, can add to any rival's score."""

    def __init__(self, host: str, rivals: tuple[str, ...]) -> None:
        super().__init__()
        self._host = host
        self._rivals = rivals

    def __missing__(self, word: str) -> float:
        values = KNOWN[word.lower()]
        host = values.get(self._host, 0.0)
        if word[0].isupper():
            # Only a German noun counts, and the first word, which the caller allows for.
            bound = max(0.0, _HALF * _clipped(values.get("de", 0.0) - host)) if "de" in self._rivals else 0.0
        elif values:
            # The gain grows with the rival's value, so the likeliest rival sets the bound.
            bound = _clipped(max((value for name, value in values.items() if name != self._host), default=0.0) - host)
        else:
            bound = _CLIP  # spelling out its trigrams would cost more than the few lines that this lets pass
        if len(self) >= _KEPT:
            self.clear()
        self[word] = bound
        return bound


@lru_cache(maxsize=64)
def _gate(host: str, script: str, wanted: frozenset[str] | None) -> _Gate:
    rivals = BY_SCRIPT[script] if len(BY_SCRIPT[script]) > 1 else ()
    return _Gate(host, tuple(name for name in rivals if name != host and (wanted is None or name in wanted)))


def _gain(row: Row, language: str, host: str) -> float:
    """Nats by which the word is likelier in a language than in the host's, clipped."""
    gain = row.values.get(language, 0.0) - row.values.get(host, 0.0)
    return _clipped(gain if row.known else UNKNOWN_WEIGHT * gain)


def _clipped(gain: float) -> float:
    return -_CLIP if gain < -_CLIP else min(gain, _CLIP)


def _penalty(language: str) -> float:
    return 0.0 if language in _COMMON else _RARE_PENALTY


def _confidence(gain: float) -> float:
    """Probability that an alarm with this many nats is right (logistic, fitted on news lines)."""
    return 1 / (1 + math.exp(-(_CONFIDENCE_BASE + _CONFIDENCE_SLOPE * min(gain, 40.0))))
