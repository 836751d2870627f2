"""A segment: documents, their columns by feature and the postings of their keys, in one file that never changes."""

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from newslint.index.arrays import ArrayFile
from newslint.index.manifest import Manifest
from newslint.index.postings import Postings
from newslint.index.source import Source
from newslint.rule import Columns

DIGEST = 16
#: The name of the postings that find a source by its path.
PATHS = "path"


def path_key(path: str) -> int:
    """The key under which a path is found."""
    return int.from_bytes(blake2b(encoded(path), digest_size=8).digest(), "little")


def encoded(path: str) -> bytes:
    """A path as it is kept."""
    return path.encode("utf-8", "surrogateescape")


def rows_name(owner: str) -> str:
    """The name of the array of the rows of postings."""
    return f"{owner} postings"


def table_name(owner: str) -> str:
    """The name of the array that tells where their rows begin."""
    return f"{owner} table"


def column_name(feature: str, column: str) -> str:
    """The name of the array of a column, and of what belongs to it."""
    return f"{feature}.{column}"


def offsets_name(feature: str) -> str:
    """The name of the array that tells which rows of a feature's columns are a document's."""
    return f"{feature} offsets"


class Segment:
    """Reads a segment.

    Args:
        file: its file.
        gone: the numbers of the documents that are gone, ascending.

    Attributes:
        documents: how many documents it holds, those that are gone included.
        sources: how many sources these come from.
    """

    def __init__(self, file: ArrayFile, gone: Sequence[int] = ()) -> None:
        self.file = file
        self.gone = gone
        self.sources: int = file.about["sources"]
        self.documents: int = file.about["documents"]
        self._first = file["first"]
        self._bits: dict[str, int] = file.about["bits"]

    def postings(self, owner: str) -> Postings:
        """The postings of a column of keys (see ``column_name``), or of ``PATHS``."""
        return Postings(self.file, rows_name(owner), table_name(owner), self._bits[owner])

    def is_gone(self, document: int) -> bool:
        """Whether a document is there no more."""
        place = bisect_left(self.gone, document)
        return place < len(self.gone) and self.gone[place] == document

    def source_of(self, document: int) -> tuple[int, int]:
        """The source of a document, and the place of the document in it."""
        number = bisect_right(self._first, document) - 1
        return number, document - self._first[number]

    def documents_of(self, source: int) -> range:
        """The documents of a source."""
        return range(self._first[source], self._first[source + 1])

    def path(self, source: int) -> str:
        """The path of a source."""
        return self._item("path", source).decode("utf-8", "surrogateescape")

    def source(self, number: int, *, text: bool = False) -> Source:
        """A source by its number.

        Args:
            number: which.
            text: whether to fetch its bytes, too, where they are kept.
        """
        part = self._item("part", number)
        kept = self._item("text", number) if text and "text" in self.file else b""
        if kept:
            from zlib import decompress

            kept = decompress(kept)
        return Source(
            self.path(number),
            bytes(self.file["digest"][number * DIGEST : (number + 1) * DIGEST]),
            len(self.documents_of(number)),
            self.file["size"][number],
            self.file["time"][number],
            json.loads(part) if part else None,
            kept or None,
        )

    def sources_at(self, path: str) -> list[int]:
        """The sources with a path, less those that are gone, in order."""
        postings = self.postings(PATHS)
        found = (postings.document(row) for row in postings.find(path_key(path)))
        return [number for number in found if self.path(number) == path and not self._source_gone(number)]

    def _source_gone(self, number: int) -> bool:
        return self.is_gone(self.documents_of(number).start)

    def size_of(self, feature: str, document: int) -> int:
        """How many rows a document has of a feature."""
        offsets = self.file[offsets_name(feature)]
        size: int = offsets[document + 1] - offsets[document]
        return size

    def column(self, feature: str, column: str, document: int) -> "memoryview[Any]":
        """The rows of one document in a column."""
        offsets = self.file[offsets_name(feature)]
        return self.file[column_name(feature, column)][offsets[document] : offsets[document + 1]]

    def extend(self, columns: Columns, feature: str, document: int) -> None:
        """Append the rows of a document to the columns of a feature."""
        for name, target in columns.data.items():
            target.frombytes(self.column(feature, name, document).cast("B"))
        columns.offsets.append(columns.offsets[-1] + self.size_of(feature, document))

    def _item(self, name: str, number: int) -> bytes:
        ends = self.file[f"{name} ends"]
        return bytes(self.file[name][ends[number] : ends[number + 1]])


def empty_columns(manifest: Manifest) -> dict[str, Columns]:
    """Columns of no documents of all features of an index."""
    return {name: Columns.empty(kept.columns) for name, kept in manifest.features.items()}


def gone_numbers(data: bytes) -> "array[int]":
    """The numbers in a file of documents that are gone."""
    return array("I", data)
