"""The columns that corpus rules about duplication share."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from newslint.document import Document
from newslint.duplication.kernel import use_arrays
from newslint.duplication.lines import line_hashes
from newslint.duplication.near import SLACK
from newslint.duplication.reuse import LEAST_SHARED, MANY
from newslint.duplication.shingles import fingerprints
from newslint.rule import Columns, Feature

#: The least similarity from which documents can be asked to count as near-duplicates.
MILDEST = 0.2


class Fingerprints(Feature):
    """Hashes of five-word runs, about two in five of them.

    Any two documents with twelve words in a row in common share at least two, those with eight at least one. 8 bytes a
    row: about 3.2 bytes a word, half a byte a byte of text.
    """

    name: ClassVar[str] = "fingerprints"
    typecodes: ClassVar[Mapping[str, str]] = {"hash": "Q"}
    keys: ClassVar[tuple[str, ...]] = ("hash",)
    partition: ClassVar[str] = "hash"

    @classmethod
    def alike(cls, common: int, fewer: int, documents: int) -> bool:
        """Whether they may have a passage in common, or be near-duplicates by the mildest options there are."""
        return common >= LEAST_SHARED + (documents > MANY) or common >= SLACK * MILDEST * fewer

    def rows(self, document: Document) -> Mapping[str, Iterable[int]]:
        """The fingerprints of one document, by position."""
        return {"hash": fingerprints(document.text)[0]}

    def columns(self, documents: Iterable[Document]) -> Columns:
        """The fingerprints of a batch; about 50 bytes a word beyond them while it runs."""
        documents = list(documents)
        texts = [document.text for document in documents]
        if not use_arrays(texts):
            return super().columns(documents)
        from newslint.duplication.arrays import batches, fingerprint_columns, read

        return fingerprint_columns(map(read, batches(texts)))


class Lines(Feature):
    """The hash of each line that has a word, and the line's index in ``Document.lines``.

    Numbers are masked (see ``newslint.duplication.lines``). 12 bytes a line.
    """

    name: ClassVar[str] = "lines"
    typecodes: ClassVar[Mapping[str, str]] = {"hash": "Q", "line": "I"}
    partition: ClassVar[str] = "hash"

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
        from newslint.duplication.arrays import batches, line_columns, read

        return line_columns(map(read, batches(texts)))
