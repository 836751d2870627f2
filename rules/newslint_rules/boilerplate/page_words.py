"""What the buttons, forms and notices around an article say, as one vocabulary per language.

*Labels* are whole elements ("Share", "Log in", "12 comments"): a line of labels and small words is no prose. A *head*
opens a request ("sign up for ..."), and a *tail* within a few words proves it ("... newsletter"), so that a handful of
each covers every wording between them.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from newslint.document import WORD
from newslint.text.lexicon import load
from newslint.text.patterns import Pattern
from newslint.text.phrases import fold

#: The pages of every language hold English buttons.
EVERYWHERE = "en"
#: What joins words is no part of them.
JOINTS = "-‐‑/&+.'`’"
#: In scripts without spaces each character is a word.
FIRST_IDEOGRAPH, IDEOGRAPH = "\u3040", Pattern("([\u3040-\u30ff\u3400-\u9fff])")
#: "ShareTweet": the markup between two links is lost.
GLUED = Pattern(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
FIGURES = "0123456789"
#: Words of which it is kept what they say; then they are gathered anew.
KEPT = 50_000


class Label(NamedTuple):
    """A page element that may fill a line: what it is for, and whether it is one even alone."""

    kind: str
    sure: bool


class Vocabulary(NamedTuple):
    """The page words of one language or several: folded, with a space between words.

    Attributes:
        neutral: small words that may stand between labels.
        articles: neutral words that make a heading of the one label behind them ("Die Folgen").
        reports: verbs of speech: a line with one quotes a request, or tells of it.
        labels: phrase to label.
        heads, tails: phrase to its classes.
        starts: the words that may start a request: the first ones of heads, and neutral ones before a head.
        openers, proofs: the rarest word of each head and of each tail.
        known: all words. These four hold words folded and as they are written, for a look at unfolded lines.
    """

    neutral: frozenset[str]
    articles: frozenset[str]
    reports: frozenset[str]
    labels: Mapping[str, Label]
    heads: Mapping[str, tuple[str, ...]]
    tails: Mapping[str, tuple[str, ...]]
    starts: frozenset[str]
    openers: frozenset[str]
    proofs: frozenset[str]
    known: frozenset[str]


@cache
def vocabulary(language: str | None) -> Vocabulary:
    """The page words for texts in ``language``: its own and those of English; English ones alone where it has none."""
    everywhere = _words_of(EVERYWHERE)
    own = _words_of(language) if language not in (None, EVERYWHERE) else None
    if own is None or not own.known:
        return everywhere
    # What is a sure label in English may be a word of the language's prose: its own say comes last.
    return Vocabulary(
        everywhere.neutral | own.neutral,
        everywhere.articles | own.articles,
        everywhere.reports | own.reports,
        {**everywhere.labels, **own.labels},
        _merged(everywhere.heads, own.heads),
        _merged(everywhere.tails, own.tails),
        everywhere.starts | own.starts,
        everywhere.openers | own.openers,
        everywhere.proofs | own.proofs,
        everywhere.known | own.known,
    )


#: What a single word says of a line before the line is read: that it may prove a request, that it stands on pages or is
#: a figure, that it may be two labels. (Plain numbers: they are looked up for every word.)
PROOF, KNOWN, GLUE, UNKNOWN = range(4)


class _Looks(dict[str, int]):
    """What words say as they are written, told as they are met."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._proofs = frozenset(WORD.findall(" ".join(vocabulary.proofs)))
        self._known = frozenset(WORD.findall(" ".join(vocabulary.known)))

    def __missing__(self, word: str) -> int:
        bare = word.lower().strip(FIGURES)
        if word.lower() in self._proofs:
            look = PROOF
        elif not bare or bare in self._known or word.lower() in self._known:
            look = KNOWN
        else:
            look = GLUE if GLUED.search(word) or max(word) >= FIRST_IDEOGRAPH else UNKNOWN
        if len(self) >= KEPT:
            self.clear()
        self[word] = look
        return look


@cache
def looks(language: str | None) -> Mapping[str, int]:
    """What a word (letters and digits, as it is written) says of a line in that language."""
    return _Looks(vocabulary(language))


@cache
def networks() -> frozenset[str]:
    """Services to share pages on: each is a label, and several are a share bar."""
    return frozenset(_phrases(_table("mul")["networks"]))


@cache
def asks() -> Mapping[tuple[str, str], str]:
    """The class of a head, and that of a tail that proves it, to the kind of their request."""
    return {
        (head, tail): kind
        for kind, pairs in _table("mul")["asks"].items()
        for head, tail in (pair.split() for pair in pairs.split(","))
    }


@cache
def _words_of(language: str | None) -> Vocabulary:
    """The words of one language alone; the names of the networks go with those of English."""
    table = _table(language)
    labels: dict[str, Label] = {}
    if language == EVERYWHERE:
        labels |= dict.fromkeys(networks(), Label("share", False))
    for part, sure in (("beside", False), ("alone", True)):
        for kind, text in table.get(part, {}).items():
            labels |= dict.fromkeys(_phrases(text), Label(kind, sure))
    neutral, articles, reports = (
        frozenset(_phrases(table.get(name, ""))) for name in ("neutral", "articles", "reports")
    )
    heads, tails = _classes(table.get("heads", {})), _classes(table.get("tails", {}))
    starts = neutral.union(head.split(None, 1)[0] for head in heads)
    openers, proofs = ({_rarest(phrase, neutral) for phrase in phrases} for phrases in (heads, tails))
    known = neutral.union(" ".join((*labels, *heads, *tails)).split())
    # The first look at a line comes before folding, which costs more than the look itself.
    texts = (text for value in table.values() for text in (value.values() if isinstance(value, Mapping) else (value,)))
    accented = {word for word in _spaced(" ".join(texts).lower()).replace(",", " ").split() if not word.isascii()}
    written: dict[str, list[str]] = {}
    for word, plain in zip(accented, fold(" ".join(accented)).split(), strict=True):
        written.setdefault(plain, []).append(word)
    forms = (
        words.union(form for word in words & written.keys() for form in written[word])
        for words in (starts, openers, proofs, known)
    )
    return Vocabulary(neutral, articles, reports, labels, heads, tails, *map(frozenset, forms))


def _rarest(phrase: str, neutral: frozenset[str]) -> str:
    """The word by which to look for a phrase: the longest of those that are not neutral, if there is one."""
    return max(phrase.split(), key=lambda word: (word not in neutral, len(word)))


def _table(language: str | None) -> Mapping[str, Any]:
    found: Mapping[str, Any] = load(Path(__file__).parent / "lexicon", language or "").get("call-to-action", {})
    return found


def _merged(first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {**first, **second, **{phrase: first[phrase] + second[phrase] for phrase in first.keys() & second.keys()}}


def _classes(lists: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Phrase to the names of the lists that hold it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, text in lists.items():
        for phrase in _phrases(text):
            found[phrase] = (*found.get(phrase, ()), name)
    return found


def _phrases(text: str) -> Iterable[str]:
    """The phrases of a comma-separated list, folded, with single spaces.

    A literal string loads several times as fast as an array of as many phrases.
    """
    folded = text.lower() if text.isascii() else fold(text)
    spaced = " ".join(_spaced(folded).replace(",", " , ").split())
    return filter(None, map(str.strip, spaced.split(",")))


def _spaced(text: str) -> str:
    """A text with spaces for all that joins words, and around each ideograph."""
    for joint in JOINTS:
        text = text.replace(joint, " ")
    return IDEOGRAPH.sub(r" \1 ", text) if not text.isascii() and max(text) >= FIRST_IDEOGRAPH else text
