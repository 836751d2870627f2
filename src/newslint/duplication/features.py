"""The columns that corpus rules about duplication share."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from newslint.document import Document
from newslint.duplication.shingles import shingles, winnow
from newslint.duplication.tokens import word_hashes
from newslint.duplication.units import units
from newslint.rule import Feature

#: Two texts with this many hashed runs in a row in common are sure to share a fingerprint.
WINDOW = 8
#: Words in a phrase.
PHRASE = 3


class Fingerprints(Feature):
    """Hashes of five-word runs, about two in nine of them, with the position (in words) of each.

    Any two documents with twelve words in a row in common share at least one. 12 bytes a row: about 2.7 bytes a word,
    less than half a byte a byte of text.
    """

    name: ClassVar[str] = "fingerprints"
    typecodes: ClassVar[Mapping[str, str]] = {"hash": "Q", "position": "I"}

    def rows(self, document: Document) -> Mapping[str, Iterable[int]]:
        """The fingerprints of one document, by position."""
        hashes = shingles(word_hashes(document.text))
        positions = winnow(hashes, WINDOW)
        return {"hash": [hashes[position] for position in positions], "position": positions}


class Phrases(Feature):
    """Hashes of three-word runs inside each unit (see ``newslint.duplication.units``), once per unit.

    12 bytes a row, at most one row a word: up to about 2 bytes a byte of text.
    """

    name: ClassVar[str] = "phrases"
    typecodes: ClassVar[Mapping[str, str]] = {"hash": "Q", "unit": "I"}

    def rows(self, document: Document) -> Mapping[str, Iterable[int]]:
        """The phrases of one document, unit by unit."""
        hashes: list[int] = []
        numbers: list[int] = []
        for number, unit in enumerate(units(document)):
            phrases = dict.fromkeys(shingles(word_hashes(document.text[unit.start : unit.end]), PHRASE))
            hashes += phrases
            numbers += [number] * len(phrases)
        return {"hash": hashes, "unit": numbers}
