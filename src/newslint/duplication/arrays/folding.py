"""Texts to folded bytes: words in lower case without accents, all else blank, line feeds and ends of texts kept.

Most of a text is ASCII and Latin-1 letters; of those UTF-8 bytes, one ``bytes.translate`` makes what is wanted. Other
characters (dashes, quotes, "œ", "ő", combining accents, signs) are found by their first byte and overwritten in place
with what they fold to, as far as that is ASCII. Lines with anything more (Greek, Cyrillic, Han …) are folded one by
one, character by character.

What a character folds to is learned from ``tokens.words``, so that there is one definition only.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from newslint.duplication.tokens import words

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Replacements = npt.NDArray[np.uint32]

#: A byte that UTF-8 never holds ends each text while folding, and ``END`` does afterwards.
MARK, END = 0xFF, 0
LINE_FEED, BLANK = 10, 32
#: The first byte of U+00C0 to U+00FF is deleted, as the second alone says which letter it is.
LATIN = 0xC3
#: The letters among those that fold to two letters or more. (In a string they are searched for by ``memchr``.)
SPELLED_OUT = tuple(
    (letter, word) for letter in map(chr, range(0xC0, 0x100)) for word in words(letter) if len(word) > 1
)
#: In ``_learned``: not met before; not to be overwritten in place.
UNKNOWN, ELSEWHERE = 0, 0xFFFFFFFF
BLANKS = 0x20202020
#: Where a folded character depends on its neighbours. (A text's own zero characters become blanks.)
DEPENDS = "\0"


def fold(texts: Sequence[str]) -> bytearray:
    """The folded UTF-8 bytes of all texts: each ends with a zero byte, lines end with a line feed, words are apart.

    Memory: about four times the texts' UTF-8 bytes while it runs.
    """
    joined = bytearray([MARK]).join([*map(_encode, texts), b""])
    if b"\r" in joined:
        joined = joined.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = np.frombuffer(joined, np.uint8)
    places = _places(data)
    replacements = _replacements(_points(data, places))
    elsewhere = places.compress(replacements == ELSEWHERE)
    if not elsewhere.size:
        _overwrite(data, places, replacements)
        return joined.translate(_table(), bytes([LATIN]))
    original = bytes(joined)
    _overwrite(data, places, np.where(replacements == ELSEWHERE, np.uint32(BLANKS), replacements))
    return _replace_lines(joined.translate(_table(), bytes([LATIN])), original, elsewhere)


def _encode(text: str) -> bytes:
    if not text.isascii():
        for letter, word in SPELLED_OUT:
            if letter in text:
                text = text.replace(letter, word)
    # Half a surrogate pair is no letter, and neither is the question mark.
    return text.encode("utf-8", "replace")


def _places(data: Bytes) -> Places:
    """Where all characters but ASCII and U+00C0 to U+00FF begin."""
    # With their last bits flipped, the first bytes looked for (C2, C4 to F4) follow each other; C3 and FF do not.
    first = data ^ 1
    first -= 0xC3
    return np.flatnonzero(first < 0x33)


def _points(data: Bytes, places: Places) -> npt.NDArray[np.int32]:
    """The code points of the characters of two to four bytes that begin there."""
    lead = data.take(places)
    points = lead.astype(np.int32)
    for size in (2, 3, 4):
        own = np.flatnonzero((lead >= 0x100 - (0x100 >> size)) & (lead < 0x100 - (0x80 >> size)))
        at = places.take(own)
        point = points.take(own) & (0x7F >> size)
        for step in range(1, size):
            point <<= 6
            point |= data.take(at + step) & 0x3F
        points[own] = point
    return points


def _replacements(points: npt.NDArray[np.int32]) -> Replacements:
    """For each character the bytes to put in its place, the first in the lowest bits, or ``ELSEWHERE``."""
    learned = _learned()
    found = learned.take(points)
    unknown = found == UNKNOWN
    if unknown.any():
        for point in np.unique(points.compress(unknown)).tolist():
            learned[point] = _learn(point)
        found = learned.take(points)
    return found


def _overwrite(data: Bytes, places: Places, replacements: Replacements) -> None:
    lead = data.take(places)
    for step, least in enumerate((0xC2, 0xC2, 0xE0, 0xF0)):
        if least > 0xC2:
            longer = np.flatnonzero(lead >= least)
            lead, places, replacements = lead.take(longer), places.take(longer), replacements.take(longer)
        data[places + step] = (replacements >> np.uint32(8 * step)) & 0xFF


def _replace_lines(folded: bytearray, original: bytes, elsewhere: Places) -> bytearray:
    """Fold the lines of ``original`` that hold these places on their own, and put them in the place of the folded."""
    data = np.frombuffer(original, np.uint8)
    old = np.flatnonzero((data == LINE_FEED) | (data == MARK))
    new = np.flatnonzero(np.frombuffer(folded, np.uint8) < BLANK)
    lines = np.unique(np.searchsorted(old, elsewhere))
    view = memoryview(folded)
    parts: list[bytes | memoryview] = []
    last = 0
    ends = zip(old[lines].tolist(), new[lines].tolist(), strict=True)
    starts = zip(old[lines - 1].tolist(), new[lines - 1].tolist(), strict=True)
    for line, (start, new_start), (end, new_end) in zip(lines.tolist(), starts, ends, strict=True):
        if not line:
            start = new_start = -1
        parts += (view[last : new_start + 1], _fold_line(original[start + 1 : end].decode()).encode())
        last = new_end
    parts.append(view[last:])
    return bytearray().join(parts)


def _fold_line(line: str) -> str:
    folded = line.translate(_characters())
    return " ".join(words(line)) if DEPENDS in folded else folded


def _fold_character(character: str) -> str:
    """What a character is within a word (nothing, for an accent or a joiner), with blanks where it parts words.

    It is ``DEPENDS`` for marks that are kept, which are not if no letter stands before, and for letters that fold to
    nothing, which stand for themselves in a word of their own.
    """
    inside = words(f"x{character}x")
    if len(inside) > 1:
        return " ".join(["", *inside[1:-1], ""])
    folded = inside[0][1:-1]
    return folded if bool(folded) == bool(words(character)) else DEPENDS


def _learn(point: int) -> int:
    folded = _fold_character(chr(point))
    size = len(chr(point).encode())
    if folded == DEPENDS or not folded.isascii() or len(folded) > size:
        return ELSEWHERE
    return int.from_bytes(folded.encode().ljust(size, bytes([LATIN])), "little")


class _Characters(dict[int, str]):
    """Code point to what it folds to, filled as characters are met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_character(chr(point))
        return folded


@cache
def _characters() -> _Characters:
    return _Characters()


@cache
def _learned() -> Replacements:
    # 4.4 MB, of which only the pages that are written to take memory.
    return np.zeros(0x110000, np.uint32)


@cache
def _table() -> bytes:
    """A folded byte for each byte, given that the first bytes of U+00C0 to U+00FF are deleted."""
    table = bytearray([BLANK]) * 256
    table[LINE_FEED] = LINE_FEED
    table[MARK] = END
    for point in (*range(0x80), *range(0xC0, 0x100)):
        folded = words(chr(point))
        if folded and len(folded[0]) == 1:
            table[point if point < 0x80 else point - 0x40] = ord(folded[0])
    return bytes(table)
