"""Phrase lists: folding that keeps offsets, cues at the start of a text, one pattern for a search inside it.

A cue phrase is looked up by its first word, so that a line which starts with another word costs one dictionary lookup.
Only where a phrase may stand anywhere is the list compiled to a pattern, shaped as a trie so that the engine tries
each position once and not once per phrase.
"""

import re
import unicodedata
from collections.abc import Iterable, Set
from typing import TypeAlias

Trie: TypeAlias = dict[str, "Trie"]

FIRST_WORD = re.compile(r"\w+")
#: What typists and programs write for an apostrophe.
APOSTROPHES = "’‘ʼ´`′"


class _Folding(dict[int, str]):
    """Code point to its folded character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in APOSTROPHES:
            folded = "'"
        elif char.isspace():
            folded = " "
        else:
            parts = unicodedata.normalize("NFD", char)
            # Accents combine; the parts of a Korean syllable do not, and stay together.
            base = parts[0] if all(map(unicodedata.combining, parts[1:])) else char
            # Where lower case needs two characters the first stands for both: offsets count more than that letter.
            folded = base.lower()[0]
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return ``text`` without case and accents, with plain apostrophes and spaces; each character stays one character.

    Letters written with separate combining marks (NFD) keep them.
    """
    return text.translate(_FOLDING)


def first_word(text: str) -> str | None:
    """The folded word that opens a text, folded or not; None where a sign opens it."""
    word = FIRST_WORD.match(text)
    return None if word is None else fold(word.group())


class Phrases:
    """Phrases that open a text.

    Args:
        phrases: in any case, with or without accents; a phrase starts with a letter or a digit.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        # Folding them at once is several times as fast as one by one.
        joined = fold("\0".join(phrases))
        for phrase in sorted(set(joined.split("\0") if joined else ()), key=len, reverse=True):
            word = FIRST_WORD.match(phrase)
            if word is None:
                raise ValueError(f"a phrase starts with a letter or a digit: {phrase!r}")
            self._by_word.setdefault(word.group(), []).append(phrase)

    @property
    def first_words(self) -> Set[str]:
        """The folded first words of all phrases."""
        return self._by_word.keys()

    def end(self, folded: str, start: int = 0, *, glued: bool = False) -> int | None:
        """Where the longest phrase that starts at ``start`` of a folded text ends; None if there is none.

        Args:
            folded: what ``fold`` made of the text.
            start: where the phrase has to start.
            glued: whether the phrase's last word may go on without a space (``Read alsoBudget``).
        """
        word = FIRST_WORD.match(folded, start)
        if word is None:
            return None
        for phrase in self._by_word.get(word.group(), ()):
            end = start + len(phrase)
            if folded.startswith(phrase, start) and (glued or not folded[end : end + 1].isalnum()):
                return end
        return None


def pattern(phrases: Iterable[str], after: str = "") -> re.Pattern[str]:
    r"""Compile phrases to one pattern over folded text, for whole words; the phrase is the group ``phrase``.

    Args:
        phrases: in any case, with or without accents.
        after: a pattern of what has to follow the phrase.
    """
    root: Trie = {}
    for phrase in phrases:
        node = root
        for char in fold(phrase):
            node = node.setdefault(char, {})
        node[""] = {}
    return re.compile(rf"\b(?P<phrase>{_expression(root)})\b{after}")


def _expression(node: Trie) -> str:
    parts = [re.escape(char) + _expression(node[char]) for char in sorted(node) if char]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 and "" not in node else f"(?:{'|'.join(parts)})"
    return joined + "?" if "" in node else joined
