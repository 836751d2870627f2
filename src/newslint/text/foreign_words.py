"""Words of another language: is this line in the language of its article?

Each word is weighed: how much likelier is it in another language than in the host's? Names, titles and quotations are
no sign of a foreign line, so capitalised words inside the line, quotations and addresses do not count. Most lines are
in the host's language and leave after one cheap sum that no candidate could overcome.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from newslint.text import wordtable
from newslint.text.quotations import unquoted
from newslint.text.scripts import UNSPACED, has_other_letters, main_script, script_counts
from newslint.text.vocabulary import (
    BY_SCRIPT,
    KNOWN,
    ROWS,
    SAMPLE,
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


FEWEST = 5
"""Words, names included, that a line must have: shorter ones are titles and names too often."""

SILENT = 0.999999  # sums in another order differ in the last digits
"""Nats of a text's words with which nothing in it can be foreign."""

_CLIP = 4.0  # nats: what one word may add or take
_SPEAKS = 0.8  # nats from which on a word counts as one that speaks for a language
_HALF = 0.5  # weight of a capitalised word that opens a sentence, which may be a name, and of a German noun
_TIMES = 2.0  # a foreign word that is repeated counts so often at most

_SCRIPT_WORDS = 4  # words that a line in a script of its own language must have
_ENOUGH = 3.0  # nats that a line in another language must reach
_CAPITAL = 0.6  # what an English function word with a capital says at least: two of them may make a headline
_FUNCTION = 8.5  # nats above the floor of a function word: it is one and a half words in a thousand
_BALANCE = 1.5  # foreign words there must be for each one of the host's
_PLENTY = 6.0  # nats with which one word and the first are enough
_HEADLINE = 8  # words of a line in capitals throughout: fewer are the title of a work too often
_HEADLINE_WORDS, _HEADLINE_FUNCTION = 4, 2  # words of it that speak for English, and function words among them
# Names have no other function words.
_NAME_LINKS = frozenset(("the", "of", "and", "for", "in", "at", "on", "to", "a", "an", "by"))
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

# Units, and the words of photo agencies' names and credits, which are the same in captions of every language.
_NEUTRAL = frozenset(
    (
        *("km", "cm", "mm", "kg", "mg", "ml", "cl", "dl", "hl", "kw", "kwh", "mw", "gw", "min", "sec", "hz", "mhz"),
        *("ghz", "kb", "mb", "gb", "tb", "mph", "kmh", "ha", "hpa", "am", "pm"),
        *("via", "picture", "alliance", "images", "stock", "press", "pool", "handout", "dpa", "getty", "imago", "zuma"),
    )
)
_BETWEEN = re.compile("[,;|·•]")
_OPENERS = re.compile(r"[.!?:|/] {1,3}([^\W\d_]{2,40})")
_SMALL = re.compile(r"(?:^|[^\w'’.])[a-zß-öø-ÿ]")


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
    text = sample(text)
    return foreign_part(text, unquoted(text), host, candidates)


def foreign_part(text: str, own: str, host: str, candidates: Sequence[str] | None = None) -> Evidence | None:
    """The same for a part of a text, a sentence for example, that may stand inside a quotation.

    Args:
        text: the part.
        own: the same part of what ``unquoted`` made of the whole text.
        host: the language of the article.
        candidates: codes of the languages to look for; default: all.
    """
    home = canonical(host)
    if home is None:
        return None
    if len(own) > SAMPLE:
        text, own = sample(text), sample(own)
    wanted = None if candidates is None else frozenset(code for tag in candidates if (code := canonical(tag)))
    if SCRIPT_OF[home] == "Latin" and not has_other_letters(own):
        gate = _gate(home, "Latin", wanted)
        evidence = gate.judge(WORD.findall(own), own)
        if evidence is None and own != text:
            evidence = _with_quotation(gate, text, own)
    else:
        evidence = _over_scripts(own, home, wanted)
    return None if evidence is None or _is_list(own) else evidence


def bounds(host: str) -> Mapping[str, float]:
    """Nats (at most 4, the clip) by which a word, as it is written, can speak against a host in Latin letters.

    It is looked up once for a word and host, so that other judges of words can leave most of them at once; a word that
    no language knows has the whole clip, a capitalised one half of what German gives it.
    """
    return _gate(host, "Latin", None).bounds


def most(words: Iterable[Sequence[str]], host: str) -> Sequence[float]:
    """Nats that each of several texts in Latin letters and without quotations can say at most against a host.

    ``foreign`` and ``foreign_part`` are silent on a text of ``SILENT`` nats or fewer.

    Args:
        words: the words of each text, runs of letters and digits as they are written.
        host: the language of the article, one of those in Latin letters.
    """
    glance = _glances(host).__getitem__
    return [sum(map(glance, own)) for own in words]


def speaks(words: Iterable[str], host: str) -> bool:
    """Whether two different words of a text in Latin letters are surely another language's than the host's.

    Without them nothing is foreign, however many words nobody knows.
    """
    return _gate(host, "Latin", None).speaks(words)


def _with_quotation(gate: "_Gate", text: str, own: str) -> Evidence | None:
    """Evidence of a line that quotes somebody in its own language ("…", dijo el alcalde).

    What frames the quotation is in the language of the quotation, and nothing in it is the host's.
    """
    if has_other_letters(text):
        return None
    evidence = gate.judge(WORD.findall(text), text)
    if evidence is None or evidence.language != gate.leaning(WORD.findall(own)):
        return None
    return evidence


def _closed(text: str) -> bool:
    """Whether the text ends like a sentence."""
    return text.rstrip(" \t\r\n»”\"')").endswith((".", "!", "?", "…"))


def _is_list(text: str) -> bool:
    """Whether a line lists terms of three words at most: dishes, works, loan words. They prove no foreign line."""
    terms = [words for term in _BETWEEN.split(text) if (words := len(WORD.findall(term)))]
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
        of = _script_of(word)
        if of == script:
            words.append(word)
        elif of == own:
            host_words.add(word)
    if len(BY_SCRIPT[script]) > 1:
        return _gate(home, script, wanted).judge(words, text, len(host_words))
    language = BY_SCRIPT[script][0]
    if script == own or (script == "Han" and own in ("Kana", "Hangul")) or not (wanted is None or language in wanted):
        return None
    size = counts[script] // 2 if script in UNSPACED else len({word for word in words if not word[0].isupper()})
    if size < _SCRIPT_WORDS or size < 2 * len(host_words):
        return None
    return Evidence(language, _confidence(_CLIP * size), _CLIP * size, size, len(host_words))


@lru_cache(maxsize=_KEPT)
def _script_of(word: str) -> str | None:
    return main_script(script_counts(word))


_Weighed = tuple[str, float, Row, tuple[str, ...]]


class _Gate:
    """The words of one host weighed against those of its rivals, the candidates in one script."""

    def __init__(self, host: str, rivals: tuple[str, ...]) -> None:
        self._host = host
        self._rivals = rivals
        self.bounds = _Bounds(host, rivals)
        self._voices = _Voices(host, rivals)

    def judge(self, words: list[str], text: str, host_words: int = 0) -> Evidence | None:
        """Evidence that the words, those of ``text`` that are not quoted, are in a rival's language.

        ``host_words`` others are certainly the host's.
        """
        if len(words) < FEWEST:
            return None
        evidence = None
        if sum(map(self.bounds.__getitem__, words)) + _HALF * _CLIP > _ENOUGH and self.speaks(words):
            evidence = self._weigh(words, text, host_words)
        if evidence is None and len(words) >= _HEADLINE and not _SMALL.search(text):
            return self._headline(words)
        return evidence

    def speaks(self, words: Iterable[str]) -> bool:
        """Whether two different words, as they are written, speak for rivals; a verdict takes two of one rival's."""
        voices = self._voices
        return len({word for word in words if voices[word]}) > 1

    def _weigh(self, words: list[str], text: str, host_words: int) -> Evidence | None:
        """The same, word by word."""
        openers = {words[0], *_OPENERS.findall(text)}
        weighed = [(word, weight, ROWS[word], rivals) for word, weight, rivals in self._weights(words, openers)]
        scores = self._scores(weighed)
        language = max(self._rivals, key=lambda rival: scores[rival] - _penalty(rival))
        return self._verdict(language, scores[language], weighed, host_words, _closed(text))

    def _scores(self, weighed: list[_Weighed]) -> dict[str, float]:
        """Nats by which the words are likelier in each rival than in the host, each word clipped."""
        scores = dict.fromkeys(self._rivals, 0.0)
        lacking = 0.0  # what the words take from a rival that has none of them
        for _, weight, row, rivals in weighed:
            host = row.values.get(self._host, 0.0)
            share = 1.0 if row.known else UNKNOWN_WEIGHT
            loss = weight * max(-_CLIP, -share * host) if rivals is self._rivals else 0.0
            lacking += loss
            for name, value in row.values.items():
                if name in scores and (rivals is self._rivals or name in rivals):
                    gain = _clipped(share * (value - host))
                    scores[name] += gain * (min(weight, _TIMES) if gain > 0 else weight) - loss
        return {name: score + lacking for name, score in scores.items()}

    def leaning(self, words: list[str]) -> str | None:
        """The rival whose words these few are, if none is the host's and one at least is clearly the rival's."""
        if not words or sum(map(self.bounds.__getitem__, words)) + _HALF * _CLIP <= _ENOUGH:
            return None
        rows = [ROWS[word.lower()] for word in words if len(word) > 1 and (word[0].islower() or word == words[0])]
        known = [row for row in rows if row.known]
        scores = {rival: sum(_gain(row, rival, self._host) for row in known) for rival in self._rivals}
        language = max(self._rivals, key=lambda rival: scores[rival] - _penalty(rival))
        if scores[language] - _penalty(language) <= _ENOUGH:
            return None
        return None if any(_gain(row, language, self._host) < -_SPEAKS for row in rows) else language

    def _headline(self, words: list[str]) -> Evidence | None:
        """Evidence of an English headline, in which every word has a capital, function words included."""
        if "en" not in self._rivals:
            return None
        lower = {word.lower() for word in words if not word.isupper() and len(word) > 1}
        rows = [(word, row) for word in lower if (row := ROWS[word]).known]
        votes = [_gain(row, "en", self._host) for _, row in rows]
        speaking = [known for known, vote in zip(rows, votes, strict=True) if vote > _SPEAKS]
        host_words = sum(vote < -_SPEAKS for vote in votes)
        function = {word for word, row in speaking if row.values["en"] >= _FUNCTION}
        score = _HALF * sum(sorted(votes))  # in one order, so that sums are the same in every run
        if len(speaking) < max(_HEADLINE_WORDS, 2 * host_words) or score <= _ENOUGH:
            return None
        if len(function) < _HEADLINE_FUNCTION or function <= _NAME_LINKS:
            return None
        return Evidence("en", _confidence(score), score, _HALF * len(speaking), host_words)

    def _weights(self, words: list[str], openers: set[str]) -> Iterator[tuple[str, float, tuple[str, ...]]]:
        """Each different lower-case word with its weight and the rivals it concerns."""
        nouns = ("de",) if "de" in self._rivals else ()
        for word, times in Counter(words).items():
            if not word[0].isupper():
                if word not in _NEUTRAL:
                    yield word, float(times), self._rivals
            elif word in openers:
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
        table = wordtable.load()
        self._entries = table.words.entries
        self._host = table.languages.index(host) if host in table.languages else -1
        self._german = table.languages.index("de") if "de" in rivals else None

    def __missing__(self, word: str) -> float:
        bound = 0.0
        if word[0].isupper():
            # Only a German noun counts, and the first word, which the caller allows for.
            if self._german is not None:
                values = {entry >> 8 & 0xFF: entry & 0xFF for entry in self._entries(word.lower())}
                gain = (values.get(self._german, 0) - values.get(self._host, 0)) * wordtable.STEP
                bound = _HALF * min(max(gain, 0.0), _CLIP)
        elif word not in _NEUTRAL:
            host = best = 0
            found = self._entries(word)
            for entry in found:
                value = entry & 0xFF
                if entry >> 8 & 0xFF == self._host:
                    host = value
                elif value > best:
                    # The gain grows with the rival's value, so the likeliest rival sets the bound.
                    best = value
            # Spelling out the trigrams of an unknown word would cost more than the few lines that this lets pass.
            bound = _clipped((best - host) * wordtable.STEP) if found else _CLIP
        if len(self) >= _KEPT:
            self.clear()
        self[word] = bound
        return bound


class _Voices(dict[str, bool]):
    """Whether a word, whatever its case, speaks for one of the rivals."""

    def __init__(self, host: str, rivals: tuple[str, ...]) -> None:
        super().__init__()
        table = wordtable.load()
        self._find = table.words.find
        self._host = table.languages.index(host) if host in table.languages else -1
        self._rivals = frozenset(table.languages.index(rival) for rival in rivals if rival in table.languages)

    def __missing__(self, word: str) -> bool:
        found = dict(self._find(word.lower()))
        least = found.get(self._host, 0) * wordtable.STEP + _SPEAKS - 1e-6
        voice = any(value * wordtable.STEP > least for of, value in found.items() if of in self._rivals)
        if len(self) >= _KEPT:
            self.clear()
        self[word] = voice
        return voice


class _Glances(dict[str, float]):
    """The most that a word, as written, can say for a line in Latin letters to be foreign.

    It is the word's bound; digits part words, and English headlines have their function words with capitals.
    """

    def __init__(self, host: str) -> None:
        super().__init__()
        self._host = host
        self._bounds = bounds(host)

    def __missing__(self, word: str) -> float:
        parts = WORD.findall(word)
        if parts == [word]:
            glance = self._bounds[word]
            if glance < _CAPITAL and self._host != "en" and word[0].isupper() and self._may_head(word.lower()):
                glance = _CAPITAL
        else:
            glance = sum(map(self.__getitem__, parts))
        if len(self) >= _KEPT:
            self.clear()
        self[word] = glance
        return glance

    def _may_head(self, word: str) -> bool:
        """Whether a word is an English function word, and hardly one of the host's."""
        here = KNOWN[word].get("en", 0.0)
        return here >= _FUNCTION and here - KNOWN[word].get(self._host, 0.0) > _SPEAKS


@lru_cache(maxsize=64)
def _glances(host: str) -> _Glances:
    return _Glances(host)


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
