"""A table of word and trigram frequencies in many languages, read in place.

``data/languages.bin`` is laid out so that loading is one read and nothing is unpacked; a look-up is one hash and one
bisection. All numbers are little-endian 32-bit:

- the magic, then three counts: bytes of the language names, word entries, trigram entries;
- the language codes, separated and padded by spaces;
- twice (words, trigrams): 65,537 bucket starts, then the entries. A key's bucket is the upper half of its CRC-32; an
  entry holds the lower half of the CRC-32 (16 bits), the language's index (8) and the value (8).

A value counts steps of ``STEP`` of the natural logarithm of frequency / floor, the floor being what a language without
an entry is taken to have; so an absent entry is 0. The lists of ``WELL_KNOWN`` languages reach further down: there the
values up to ``len(RARE)`` say how far below the floor a word is, and a word without an entry is not in use at all.
Two keys share a CRC-32 about once in 10,000 unknown words.
"""

from __future__ import annotations

import mmap
import os
import sys
import zlib
from array import array
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Numbers = memoryview[int] | array[int]

MAGIC = b"NLT1"
STEP = 0.05
WELL_KNOWN = ("fr", "en", "es", "de", "it", "pt", "nl")
"""The languages whose rare words have entries, too."""
RARE = (-2.9, -1.7, -0.6)
"""Nats below the floor that the values 1, 2 and 3 stand for in a language of ``WELL_KNOWN``."""
UNUSED = -3.4
"""Nats below the floor of a word that a language of ``WELL_KNOWN`` has no entry for, at most."""
_BUCKETS = 1 << 16
_PATH = os.path.join(os.path.dirname(__file__), "data", "languages.bin")  # pathlib would cost its import


def trigrams(word: str) -> list[str]:
    """The three-letter pieces of a word between two boundary marks: ``^ab ab$`` for "ab"."""
    padded = f"^{word}$"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


class Section:
    """One hashed section (words or trigrams) of the table."""

    __slots__ = ("_entries", "_starts")

    def __init__(self, starts: Numbers, entries: Numbers) -> None:
        self._starts = starts
        self._entries = entries

    def entries(self, key: str) -> list[int]:
        """The entries of the key as they are stored, one for each language that has it; empty for an unknown key."""
        digest = zlib.crc32(key.encode("utf-8", "surrogatepass"))
        bucket = digest >> 16
        first = (digest & 0xFFFF) << 16
        # Copying the bucket at once is cheaper than looking at its entries one by one.
        entries = self._entries[self._starts[bucket] : self._starts[bucket + 1]].tolist()
        at = bisect_left(entries, first)
        return entries[at : bisect_left(entries, first + 0x1_0000, at)]

    def find(self, key: str) -> list[tuple[int, int]]:
        """(language index, value) for every language in which the key is clearly above the floor."""
        return [(entry >> 8 & 0xFF, value) for entry in self.entries(key) if (value := entry & 0xFF) > len(RARE)]


class WordTable:
    """The languages of the table, and its two sections.

    Args:
        data: the content of a table file; it is read in place and must stay as it is.

    Raises:
        ValueError: the data is not a table of this version.
    """

    __slots__ = ("languages", "trigrams", "words")

    def __init__(self, data: bytes | mmap.mmap) -> None:
        view = memoryview(data)
        if view[:4] != MAGIC or len(view) % 4 or len(view) < 16:
            raise ValueError("not a language table, or one of another version")
        names, words, grams = _numbers(view[4:16])
        self.languages: tuple[str, ...] = tuple(bytes(view[16 : 16 + names]).decode("ascii").split())
        numbers = _numbers(view[16 + names :])
        first = _BUCKETS + 1
        second = first + words
        third = second + first
        if len(numbers) != third + grams:
            raise ValueError("the language table is incomplete")
        self.words = Section(numbers[:first], numbers[first:second])
        self.trigrams = Section(numbers[second:third], numbers[third:])


def _numbers(data: memoryview) -> Numbers:
    if sys.byteorder == "little":
        return data.cast("I")
    numbers = array("I", data.tobytes())
    numbers.byteswap()
    return numbers


@cache
def load() -> WordTable:
    """The bundled table, opened once per process; its pages are read when first touched and shared by workers."""
    with open(_PATH, "rb") as file:
        return WordTable(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
