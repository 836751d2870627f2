"""Texts to folded bytes: words in lower case without accents, all else blank, line feeds and ends of texts kept.

Most of a text is ASCII and Latin-1 letters; of those UTF-8 bytes, one ``bytes.translate`` makes what is wanted. Other
characters (dashes, quotes, "œ", "ő", combining accents, signs) are found by their first byte and overwritten in place
with what they fold to, as far as that is ASCII. A text with anything more (Greek, Cyrillic, Han …) is folded on its
own.

What a character folds to is learned from ``tokens.words``, so that there is one definition only.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from newslint.document import LINE_END
from newslint.duplication.tokens import tokenize, words

Bytes = npt.NDArray[np.uint8]

#: A byte that UTF-8 never holds ends each text while folding, and ``END`` does afterwards.
MARK, END = b"\xff", 0
LINE_FEED, BLANK = 10, 32
#: First byte of U+00C0 to U+00FF: deleted, as the second byte alone says which letter it is.
LATIN = 0xC3
#: The letters among those that fold to two letters or more. (In a string they are searched for by ``memchr``.)
SPELLED_OUT = tuple(
    (letter, word) for letter in map(chr, range(0xC0, 0x100)) for word in words(letter) if len(word) > 1
)
#: In ``_learned``: not met before; not to be overwritten in place.
UNKNOWN, ELSEWHERE = 0, 0xFFFFFFFF


def fold(texts: Sequence[str]) -> bytes:
    """The folded UTF-8 bytes of all texts: each ends with a zero byte, lines end with a line feed, words are apart.

    Memory: about four times the texts' UTF-8 bytes while it runs.
    """
    joined = bytearray(MARK).join([*map(_encode, texts), b""])
    if b"\r" in joined:
        joined = joined.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    others = _overwrite(joined)
    folded = joined.translate(_table(), bytes([LATIN]))
    if not others.size:
        return bytes(folded)
    ends = np.flatnonzero(np.frombuffer(joined, np.uint8) == MARK[0])
    parts = folded.split(bytes([END]))
    for number in np.unique(np.searchsorted(ends, others)).tolist():
        parts[number] = bytearray(_fold_alone(texts[number]))
    return bytes([END]).join(parts)


def _encode(text: str) -> bytes:
    if text.isascii():
        return text.encode()
    for letter, word in SPELLED_OUT:
        if letter in text:
            text = text.replace(letter, word)
    # A surrogate without its other half is no letter, and neither is the question mark.
    return text.encode("utf-8", "replace")


def _overwrite(joined: bytearray) -> npt.NDArray[np.intp]:
    """Overwrite in place all characters but ASCII and U+00C0 to U+00FF; return where that is not enough."""
    data = np.frombuffer(joined, np.uint8)
    # With their last bits flipped, the first bytes looked for (C2, C4 to F4) follow each other; C3 and FF do not.
    first = data ^ 1
    first -= 0xC3
    leads = np.flatnonzero(first < 0x33)
    elsewhere = []
    for size, least, most in ((2, 0xC2, 0xDF), (3, 0xE0, 0xEF), (4, 0xF0, 0xF4)):
        byte = data.take(leads)
        at = leads.compress((byte >= least) & (byte <= most))
        if not at.size:
            continue
        points = (data.take(at) & (0x7F >> size)).astype(np.int32)
        for step in range(1, size):
            points <<= 6
            points |= data.take(at + step) & 0x3F
        replacements = _replacements(points)
        alone = replacements == ELSEWHERE
        if alone.any():
            elsewhere.append(at.compress(alone))
            at, replacements = at.compress(~alone), replacements.compress(~alone)
        for step in range(size):
            data[at + step] = replacements & 0xFF
            replacements >>= 8
    return np.concatenate(elsewhere) if elsewhere else np.empty(0, np.intp)


def _replacements(points: npt.NDArray[np.int32]) -> npt.NDArray[np.uint32]:
    """For each code point the bytes to put in its place, the first in the lowest bits, or ``ELSEWHERE``."""
    learned = _learned()
    found = learned.take(points)
    unknown = found == UNKNOWN
    if unknown.any():
        for point in np.unique(points.compress(unknown)).tolist():
            learned[point] = _learn(point)
        found = learned.take(points)
    return found


def _learn(point: int) -> int:
    folded = _fold_character(chr(point))
    size = len(chr(point).encode())
    if folded is None or not folded.isascii() or len(folded) > size:
        return ELSEWHERE
    return int.from_bytes(folded.encode().ljust(size, bytes([LATIN])), "little")


def _fold_character(character: str) -> str | None:
    """What a character is within a word (nothing, for an accent or a joiner), blanks, or None where that depends.

    It depends on the neighbours for scripts without spaces, for marks that are kept, and for what folds to nothing.
    """
    inside = words(f"x{character}x")
    if inside == ["x", "x"]:
        return " " * len(character.encode("utf-8", "replace"))
    folded = inside[0][1:-1]
    if len(inside) > 1 or bool(folded) != bool(words(character)):
        return None
    return folded


def _fold_alone(text: str) -> bytes:
    """The folded bytes of one text, without its end."""
    folded = LINE_END.sub("\n", text).translate(_characters())
    if DEPENDS in folded:
        folded = _respell(text)
    return folded.encode()


def _respell(text: str) -> str:
    """The folded words of one text between blanks and line feeds: the plain way, right for everything."""
    parts: list[str] = []
    tokens = tokenize(text)
    last = 0
    for word, start, end in zip(*tokens, strict=True):
        parts += ("\n" * len(LINE_END.findall(text, last, start)), word)
        last = end
    parts.append("\n" * len(LINE_END.findall(text, last)))
    return " ".join(parts)


#: Where ``_Characters`` cannot tell. A text's own zero characters become blanks.
DEPENDS = "\0"


class _Characters(dict[int, str]):
    """Code point to what it folds to, filled as characters are met."""

    def __missing__(self, point: int) -> str:
        folded = _fold_character(chr(point))
        self[point] = DEPENDS if folded is None else folded
        return self[point]


@cache
def _characters() -> _Characters:
    return _Characters({LINE_FEED: "\n"})


@cache
def _learned() -> npt.NDArray[np.uint32]:
    # 4.4 MB of which only the pages that are written to take memory.
    return np.zeros(0x110000, np.uint32)


@cache
def _table() -> bytes:
    """A folded byte for each byte, given that the first bytes of U+00C0 to U+00FF are deleted."""
    table = bytearray([BLANK]) * 256
    table[LINE_FEED] = LINE_FEED
    table[MARK[0]] = END
    for point in (*range(0x80), *range(0xC0, 0x100)):
        byte = point if point < 0x80 else point - 0x40
        folded = words(chr(point))
        if folded and len(folded[0]) == 1:
            table[byte] = ord(folded[0])
    return bytes(table)
