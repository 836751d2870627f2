"""The names that a document may hold: runs of words with capitals, from the text alone.

No list of names is asked. A run of capitals ("le ministre Jean Dupont Morel") is taken apart into pairs of neighbours
("Jean Dupont", "Dupont Morel"), so that a word too many at either end does no harm.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from newslint.document import Block, Document
from newslint.model import Span
from newslint.text.lexicon import load

#: Within a name, spaces may be no-break ones; a line end inside a paragraph is one space or two.
JOINT = "[ \u00a0]{1,2}"
SPACES = re.compile(JOINT)
HYPHENS = "-‐‑"


class Names(NamedTuple):
    """What looks like a name in a document, and how often it stands there.

    Attributes:
        alone: words, hyphenated ones included, that stand alone with a capital inside a sentence.
        pairs: two neighbouring words with capitals, one space between them.
        joined: all words of ``pairs``.
    """

    alone: dict[str, int]
    pairs: dict[str, int]
    joined: frozenset[str]


@cache
def _runs() -> re.Pattern[str]:
    capitals = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
    word = rf"[{capitals}]\w+(?:[{HYPHENS}]\w+)*"
    return re.compile(rf"{word}(?:{JOINT}{word})*")


@cache
def openers(language: str) -> frozenset[str]:
    """Words that begin sentences and belong to no name; empty where the language is not known."""
    table = load(Path(__file__).parent / "lexicon", language).get("name-variant", {})
    return frozenset(table.get("openers", "").split())


# The same document is asked for by the rule and by its feature, one after the other.
@lru_cache(maxsize=2)
def names(document: Document) -> Names:
    """Gather the names of ``document``. Takes time linear in its length; empty where its language is not known."""
    words_to_drop = openers(document.language or "")
    alone: dict[str, int] = {}
    pairs: dict[str, int] = {}
    if not words_to_drop:
        return Names(alone, pairs, frozenset())
    for block in document.blocks:
        text = block.text
        if text.isupper():
            continue
        for run in _runs().finditer(text):
            start = run.start()
            before = text[start - 1] if start else "\n"
            if before.isalnum() or before in HYPHENS:
                continue
            inside = start > 1 and (
                (before in " \u00a0" and (text[start - 2].isalnum() or text[start - 2] in ",;") and not _is_capital(text, start - 2))
                or (before in "'’" and text[start - 2].isalpha())
            )
            words = SPACES.split(run.group())
            if not inside and words[0].lower() in words_to_drop:
                del words[0]
                inside = True
            if len(words) == 1:
                if inside:
                    alone[words[0]] = alone.get(words[0], 0) + 1
                continue
            for first, second in zip(words, words[1:], strict=False):
                if not first.isupper() and not second.isupper():
                    pair = f"{first} {second}"
                    pairs[pair] = pairs.get(pair, 0) + 1
    return Names(alone, pairs, frozenset(word for pair in pairs for word in pair.split(" ")))


def _is_capital(text: str, offset: int) -> bool:
    return text[offset].isupper()


def places(blocks: "list[Block] | tuple[Block, ...]", name: str) -> list[Span]:
    """Where ``name`` stands as it is spelled, as whole words, in order."""
    first = name.split(" ")[0]
    pattern = re.compile(rf"(?<![\w{HYPHENS}])" + JOINT.join(map(re.escape, name.split(" "))) + rf"(?![{HYPHENS}]?\w)")
    return [
        Span(block.start + found.start(), block.start + found.end())
        for block in blocks
        if first in block.text
        for found in pattern.finditer(block.text)
    ]
