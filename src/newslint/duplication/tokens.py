"""The one token definition of the family: what counts as a word, how it is folded, and its stable hash.

A word is a maximal run of letters, digits and combining marks, so that every apostrophe, dash and quote separates.
Scripts that put no spaces between words (Han, kana, Thai, Lao, Khmer, Burmese) give one token a character, which makes
character n-grams of what are word n-grams elsewhere. Folding drops case and accents (NFKD, then every mark that has a
combining class), soft hyphens and joiners, and spells ligatures out. Numbers are words: "9,2" gives "9" and "2".
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Set
from functools import cache
from typing import NamedTuple

MASK = (1 << 64) - 1
K1 = 0x9E3779B97F4A7C15
K2 = 0xC2B2AE3D27D4EB4F
KL = 0x165667B19E3779F9
#: Only so many bytes of a folded word enter its hash, so that a batch kernel has a bounded number of steps.
HASHED_BYTES = 64

#: In a text without any characters of these ranges a word is what ``PLAIN`` matches. (Asked for the set of a text's
#: characters: a pattern of such a class takes milliseconds to compile.)
SPECIAL = (
    (0xAD, 0xAD), (0x0300, 0x036F), (0x0483, 0x1DFF), (0x200B, 0x200F), (0x2060, 0x2064), (0x20D0, 0x20FF),
    (0x2CEF, 0x2CF1), (0x2D7F, 0x2D7F), (0x2DE0, 0x2DFF), (0x2E80, sys.maxunicode),
)  # fmt: skip
PLAIN = re.compile(r"[^\W_]+")
#: In a text's shape (see ``_Shape``): a word, or one character of a script without spaces.
SHAPED = re.compile("a[am]*|cm*")

JOINERS = "\xad\u200c\u200d\u2060\ufeff"
#: Scripts without spaces: Thai, Lao, Burmese, Khmer, kana, Han.
UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
#: Letters that NFKD leaves whole, and how they are spelled out.
SPELLED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ð": "d", "þ": "th"}
)
#: A cache of words is emptied beyond this size, which bounds its memory (about 40 MB) on any corpus.
CACHED_WORDS = 1 << 18


class Tokens(NamedTuple):
    """The words of a text: folded, with the code-point offsets (end exclusive) of each in the text."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def words(text: str) -> list[str]:
    """The folded words of ``text``, in order."""
    characters = set(text)
    return plain_words(text, characters) if is_plain(characters) else _shaped_words(text)


def plain_words(text: str, characters: Iterable[str]) -> list[str]:
    """The same for a text that ``is_plain``, with all its characters: folding each of them once is all it takes."""
    if not text.isascii():
        letters = _letters()
        for character in characters:
            if (letter := letters[character]) != character:
                text = text.replace(character, letter)
    return PLAIN.findall(text.lower())


def tokenize(text: str) -> Tokens:
    """The folded words of ``text`` with their offsets."""
    characters = set(text)
    if is_plain(characters):
        spans = [match.span() for match in PLAIN.finditer(text)]
        own = plain_words(text, characters)
    else:
        spans = [match.span() for match in SHAPED.finditer(text.translate(_shape()))]
        folded = _folded()
        own = [folded[text[start:end]] for start, end in spans]
    return Tokens(own, [start for start, _ in spans], [end for _, end in spans])


def word_hashes(text: str) -> list[int]:
    """The 64-bit hash of each word of ``text``, in order: the same in every process and on every machine."""
    return list(map(_hashed().__getitem__, _source_words(text)))


def fold(word: str) -> str:
    """``word`` without case, accents, joiners; ligatures spelled out."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    letters = [
        c for c in decomposed if not unicodedata.combining(c) and (c.isalnum() or unicodedata.category(c)[0] == "M")
    ]
    return "".join(letters).translate(SPELLED) or word


def word_hash(word: str) -> int:
    """The 64-bit hash of a folded word.

    Its UTF-8 bytes are mixed in blocks of eight, little-endian, by multiplication and shift, the way of MurmurHash and
    xxHash; the operations are those that array arithmetic on unsigned 64-bit numbers offers.
    """
    data = word.encode("utf-8", "surrogatepass")
    value = (int.from_bytes(data[:8], "little") + len(data) * KL) * K1 & MASK
    value ^= value >> 32
    for start in range(8, min(len(data), HASHED_BYTES), 8):
        value = (value * K2 + int.from_bytes(data[start : start + 8], "little")) * K1 & MASK
        value ^= value >> 32
    return value


def is_plain(characters: Set[str]) -> bool:
    """Whether a word of a text with these characters is what ``PLAIN`` matches."""
    plain, special = _plain_and_special()
    for character in characters - plain - special:
        point = ord(character)
        (special if any(first <= point <= last for first, last in SPECIAL) else plain).add(character)
    return special.isdisjoint(characters)


def _source_words(text: str) -> list[str]:
    """The words as they stand in ``text``."""
    if is_plain(set(text)):
        return PLAIN.findall(text)
    return [text[match.start() : match.end()] for match in SHAPED.finditer(text.translate(_shape()))]


def _shaped_words(text: str) -> list[str]:
    return list(map(_folded().__getitem__, _source_words(text)))


class _Letters(dict[str, str]):
    """Character of a plain text to what its letter folds to, filled as characters are met; ASCII stays as it is."""

    def __missing__(self, character: str) -> str:
        self[character] = letter = character if character.isascii() or not character.isalnum() else fold(character)
        return letter


class _Shape(dict[int, str]):
    """Code point to part: ``a`` letter or digit, ``c`` character of an unspaced script, ``m`` mark, or a space."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if character in JOINERS or unicodedata.category(character)[0] == "M":
            part = "m"
        elif not character.isalnum():
            part = " "
        else:
            part = "c" if any(first <= point <= last for first, last in UNSPACED) else "a"
        self[point] = part
        return part


class _Folded(dict[str, str]):
    """Source word to folded word, filled as words are met."""

    def __missing__(self, word: str) -> str:
        if len(self) >= CACHED_WORDS:
            self.clear()
        folded = self[word] = fold(word)
        return folded


class _Hashed(dict[str, int]):
    """Source word to the hash of the folded word, filled as words are met."""

    def __missing__(self, word: str) -> int:
        if len(self) >= CACHED_WORDS:
            self.clear()
        value = self[word] = word_hash(fold(word))
        return value


@cache
def _plain_and_special() -> tuple[set[str], set[str]]:
    """The characters that were met: those of no range of ``SPECIAL``, and the others."""
    return set(), set()


@cache
def _letters() -> _Letters:
    return _Letters()


@cache
def _shape() -> _Shape:
    return _Shape()


@cache
def _folded() -> _Folded:
    return _Folded()


@cache
def _hashed() -> _Hashed:
    return _Hashed()
