"""The columns that corpus rules about duplication share."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from newslint.document import Document
from newslint.duplication.kernel import use_arrays
from newslint.duplication.lines import line_hashes
from newslint.duplication.passages import LEAST_UNIT, PHRASE
from newslint.duplication.shingles import fingerprints, shingles
from newslint.duplication.tokens import word_hashes
from newslint.duplication.units import read
from newslint.rule import Columns, Feature


class Fingerprints(Feature):
    """Hashes of five-word runs, about two in nine of them, with the position (in words) of each.

    Any two documents with twelve words in a row in common share at least one. 12 bytes a row: about 2.7 bytes a word,
    less than half a byte a byte of text.
    """

    name: ClassVar[str] = "fingerprints"
    typecodes: ClassVar[Mapping[str, str]] = {"hash": "Q", "position": "I"}

    def rows(self, document: Document) -> Mapping[str, Iterable[int]]:
        """The fingerprints of one document, by position."""
        hashes, positions = fingerprints(document.text)
        return {"hash": hashes, "position": positions}

    def columns(self, documents: Iterable[Document]) -> Columns:
        """The fingerprints of a batch; about 50 bytes a word beyond them while it runs."""
        documents = list(documents)
        texts = [document.text for document in documents]
        if not use_arrays(texts):
            return super().columns(documents)
        from newslint.duplication.arrays.columns import fingerprint_columns

        return fingerprint_columns(texts)


class Lines(Feature):
    """The hash of each line that has a word, and the line's index in ``Document.lines``.

    Numbers are masked (see ``newslint.duplication.lines``). 12 bytes a line.
    """

    name: ClassVar[str] = "lines"
    typecodes: ClassVar[Mapping[str, str]] = {"hash": "Q", "line": "I"}

    def rows(self, document: Document) -> Mapping[str, Iterable[int]]:
        """The lines of one document, in order."""
        hashes, numbers = line_hashes(document.text)
        return {"hash": hashes, "line": numbers}

    def columns(self, documents: Iterable[Document]) -> Columns:
        """The lines of a batch; about 40 bytes a word beyond them while it runs."""
        documents = list(documents)
        texts = [document.text for document in documents]
        if not use_arrays(texts):
            return super().columns(documents)
        from newslint.duplication.arrays.columns import line_columns

        return line_columns(texts)


class Phrases(Feature):
    """Hashes of three-word runs inside each unit of twelve words or more (see ``newslint.duplication.units``).

    Each stands once a unit, and a unit that repeats an earlier one of its document has none. 12 bytes a row, at most
    one row a word: up to about 2 bytes a byte of text.
    """

    name: ClassVar[str] = "phrases"
    typecodes: ClassVar[Mapping[str, str]] = {"hash": "Q", "unit": "I"}

    def rows(self, document: Document) -> Mapping[str, Iterable[int]]:
        """The phrases of one document, unit by unit."""
        hashes: list[int] = []
        numbers: list[int] = []
        words = word_hashes(document.text)
        known: set[tuple[int, ...]] = set()
        for number, unit in enumerate(read(document).units):
            own = tuple(words[unit.first : unit.last])
            if len(own) < LEAST_UNIT or own in known:
                continue
            known.add(own)
            phrases = dict.fromkeys(shingles(own, PHRASE))
            hashes += phrases
            numbers += [number] * len(phrases)
        return {"hash": hashes, "unit": numbers}
