"""The names that a document may hold: runs of words with capitals, from the text alone.

No list of names is asked. A run of capitals ("le ministre Jean Dupont Morel") is taken apart into pairs of neighbours
("Jean Dupont", "Dupont Morel"), so that a word too many at either end does no harm.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from newslint.document import Document
from newslint.model import Span
from newslint.text.lexicon import load

#: Within a name, spaces may be no-break ones; a line end inside a paragraph is one space or two.
JOINT = "[ \u00a0]{1,2}"
SPACES = re.compile(JOINT)
SMALL = r"(?<![\w‐‑-])[a-zß-öø-ÿœ][\w‐‑-]*"
HYPHENS = "‐‑-"  # in this order it may stand at the end of a set


class Names(NamedTuple):
    """What looks like a name in a document, and how often it stands there.

    Attributes:
        alone: words, hyphenated ones included, that stand alone with a capital inside a sentence.
        pairs: two neighbouring words with capitals, one space between them.
        joined: words that end a pair, as surnames do, and those that begin pairs more often than they stand alone.
    """

    alone: dict[str, int]
    pairs: dict[str, int]
    joined: frozenset[str]


@cache
def _word() -> str:
    capitals = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
    return rf"[{capitals}]\w+(?:[{HYPHENS}]\w+)*"


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(rf"{_word()}(?:{JOINT}{_word()})*")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(_word())


@cache
def openers(language: str) -> frozenset[str]:
    """Words that begin sentences and belong to no name; empty where the language is not known."""
    table = load(Path(__file__).parent / "lexicon", language).get("name-variant", {})
    return frozenset(table.get("openers", "").split())


def names(document: Document) -> Names:
    """The names of a document, gathered once for the rule and for its feature.

    Takes time linear in the document's length; empty where its language is not known.
    """
    return document.layer(_names)


def _names(document: Document) -> Names:
    words_to_drop = openers(document.language or "")
    alone: dict[str, int] = {}
    pairs: dict[str, int] = {}
    if not words_to_drop:
        return Names(alone, pairs, frozenset())
    runs = _runs()
    for block in document.blocks:
        if block.text.isupper():
            continue
        # So that two characters stand before every name.
        text = f"\n\n{block.text}"
        for run in runs.finditer(text):
            start = run.start()
            before, earlier = text[start - 1], text[start - 2]
            if before in " \u00a0":
                inside = earlier.islower() or earlier.isdigit() or earlier in ",;"
            elif before in "'’":
                inside = earlier.isalpha()
            elif before.isalnum() or before in HYPHENS:
                continue
            else:
                inside = False
            name = run.group()
            if " " in name or "\u00a0" in name:
                words = SPACES.split(name)
                if not inside and words[0].lower() in words_to_drop and not words[0].isupper():
                    del words[0]
                    inside = True
            elif inside:
                words = [name]
            else:
                # Any word starts a sentence with a capital.
                continue
            if len(words) == 1:
                word = words[0]
                # Capitals after a number or a comma are dates and places of bylines rather than acronyms.
                if inside and word.lower() not in words_to_drop and (earlier.isalpha() or not word.isupper()):
                    alone[word] = alone.get(word, 0) + 1
                continue
            for first, second in pairwise(words):
                if not first.isupper() and not second.isupper():
                    pair = f"{first} {second}"
                    pairs[pair] = pairs.get(pair, 0) + 1
    return Names(alone, pairs, frozenset(_joined(alone, pairs)))


def _joined(alone: dict[str, int], pairs: dict[str, int]) -> Iterator[str]:
    first: dict[str, int] = {}
    for pair, count in pairs.items():
        word, last = pair.split(" ")
        first[word] = first.get(word, 0) + count
        yield last
    for word, count in first.items():
        if count >= alone.get(word, 0):
            yield word


def places(document: Document, wanted: Collection[str]) -> dict[str, list[Span]]:
    """Where each of the ``wanted`` words and pairs stands as it is spelled, in order. Takes time linear in the text."""
    found: dict[str, list[Span]] = {}
    if not wanted:
        return found
    for block in document.blocks:
        for run in _runs().finditer(block.text):
            start = run.start()
            if start and (block.text[start - 1].isalnum() or block.text[start - 1] in HYPHENS):
                continue
            last = None
            for word in _words().finditer(block.text, start, run.end()):
                end = block.start + word.end()
                if word.group() in wanted:
                    found.setdefault(word.group(), []).append(Span(block.start + word.start(), end))
                if last and (pair := f"{last.group()} {word.group()}") in wanted:
                    found.setdefault(pair, []).append(Span(block.start + last.start(), end))
                last = word
    return found


def small_words(document: Document) -> frozenset[str]:
    """All words of the document that begin with a small letter."""
    return document.layer(_small_words)


def _small_words(document: Document) -> frozenset[str]:
    return frozenset(re.findall(SMALL, document.text))
