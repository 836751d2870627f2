"""Reads an index: one state of it, whatever a writer does meanwhile."""

import os
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path

from newslint.index.arrays import ArrayFile, check
from newslint.index.errors import DamagedError
from newslint.index.manifest import File, Manifest, SegmentFile, load
from newslint.index.postings import Postings
from newslint.index.segment import Segment, column_name, gone_numbers
from newslint.index.source import Source
from newslint.rule import Columns

#: A reader that finds a file gone looks at the manifest again: a writer was faster. So often.
TRIES = 20


class Archive:
    """The documents of an index by number: the oldest segment's first.

    Memory: what is looked at of the files, which the system may take back.

    Args:
        folder: the index.

    Raises:
        IndexFolderError: it is no index, one of another version, or damaged.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self.manifest, self.segments = _open(self.folder)
        self._bases = [0, *accumulate(segment.documents for segment in self.segments)]

    def __len__(self) -> int:
        return self.manifest.documents

    def __iter__(self) -> Iterator[int]:
        """The numbers of all documents."""
        for segment, base in self._placed():
            yield from (base + number for number in range(segment.documents) if not segment.is_gone(number))

    @property
    def numbers(self) -> int:
        """How many numbers documents have, those that are gone included."""
        return self._bases[-1]

    @property
    def root(self) -> str:
        """The folder that the documents' paths start from, as seen from where the index' folder was named."""
        return os.path.normpath(os.path.join(self.folder, self.manifest.root))

    def expect_random(self) -> None:
        """Tell the system that little of the index will be read, here and there."""
        for segment in self.segments:
            segment.file.expect_random()

    def find(self, feature: str, column: str, key: int, most: int, skip: Container[int] = frozenset()) -> list[int]:
        """Which documents have a key: all where these are up to ``most``, else the first and the last of them.

        A few of many millions may not have it, since of a key not all bits are kept.

        Args:
            feature: whose key.
            column: which of its columns of keys.
            key: the key.
            most: up to so many documents are all of interest.
            skip: documents that are looked over.
        """
        owner = column_name(feature, column)
        found = []
        for segment, base in self._placed():
            postings = segment.postings(owner)
            if len(rows := postings.find(key)):
                found.append((segment, base, postings, rows))
        documents = []
        for document in chain.from_iterable(_living(*each, 1, skip) for each in found):
            documents.append(document)
            if len(documents) > most:
                last = next(chain.from_iterable(_living(*each, -1, skip) for each in reversed(found)))
                return [documents[0], last]
        return documents

    def size_of(self, feature: str, document: int) -> int:
        """How many rows a document has of a feature."""
        segment, own = self._own(document)
        return segment.size_of(feature, own)

    def keys_of(self, feature: str, document: int) -> set[tuple[str, int]]:
        """The columns of keys of a feature and the keys of a document in them, each once."""
        segment, own = self._own(document)
        keys = self.manifest.features[feature].keys
        return {(column, key) for column in keys for key in segment.column(feature, column, own)}

    def columns(self, feature: str, documents: Iterable[int]) -> Columns:
        """The columns of some documents, in that order."""
        columns = Columns.empty(self.manifest.features[feature].columns)
        for document in documents:
            segment, own = self._own(document)
            segment.extend(columns, feature, own)
        return columns

    def source(self, document: int, *, text: bool = False) -> tuple[Source, int]:
        """Where a document comes from, and its place there.

        Args:
            document: its number.
            text: whether to fetch the source's bytes, where the index keeps them.
        """
        segment, own = self._own(document)
        number, place = segment.source_of(own)
        return segment.source(number, text=text), place

    def path(self, document: int) -> str:
        """Where the file of a document lies; relative to the index' root."""
        segment, own = self._own(document)
        return segment.path(segment.source_of(own)[0])

    def sources_at(self, path: str) -> list[Source]:
        """What the index holds of a file, in order."""
        return [segment.source(number) for segment in self.segments for number in segment.sources_at(path)]

    def documents_at(self, path: str) -> list[int]:
        """The documents of a file."""
        return [
            base + document
            for segment, base in self._placed()
            for number in segment.sources_at(path)
            for document in segment.documents_of(number)
        ]

    def paths(self) -> Iterator[str]:
        """The paths of all files, each once, in the order of the documents."""
        last = None
        for segment in self.segments:
            for number in range(segment.sources):
                if not segment.is_gone(segment.documents_of(number).start) and (path := segment.path(number)) != last:
                    last = path
                    yield path

    def _placed(self) -> Iterator[tuple[Segment, int]]:
        """Each segment with the number of its first document."""
        return zip(self.segments, self._bases, strict=False)

    def _own(self, document: int) -> tuple[Segment, int]:
        number = bisect_right(self._bases, document) - 1
        return self.segments[number], document - self._bases[number]


def _living(
    segment: Segment, base: int, postings: Postings, rows: Sequence[int], step: int, skip: Container[int]
) -> Iterator[int]:
    """The documents of some rows, from the first on or from the last, less those that are gone or looked over."""
    for row in rows[::step]:
        document = postings.document(row)
        if not segment.is_gone(document) and base + document not in skip:
            yield base + document


def verify(folder: str | os.PathLike[str]) -> Iterator[tuple[File, str]]:
    """Read every file of an index, and yield it with what is wrong with it, or with nothing.

    Raises:
        IndexFolderError: it is no index, one of another version, or its manifest is damaged.
    """
    place = Path(folder)
    for file in load(place).files():
        try:
            found = check(place / file.name)
        except OSError as error:
            yield file, error.strerror or "cannot be read"
            continue
        if found.size != file.size:
            yield file, f"has {found.size} bytes, not {file.size}"
        else:
            yield file, "" if found.check == file.check else "its content has changed"


def open_segment(folder: Path, segment: SegmentFile) -> Segment:
    """A segment of an index.

    Raises:
        FileNotFoundError: one of its files is gone.
        DamagedError: one of its files is not what was written.
    """
    gone = (folder / segment.gone.name).read_bytes() if segment.gone else b""
    if segment.gone and len(gone) != segment.gone.size:
        raise DamagedError(f"{folder / segment.gone.name}: is damaged: build the index anew")
    return Segment(ArrayFile(folder / segment.file.name), gone_numbers(gone))


def _open(folder: Path) -> tuple[Manifest, list[Segment]]:
    for _ in range(TRIES):
        manifest = load(folder)
        try:
            return manifest, [open_segment(folder, segment) for segment in manifest.segments]
        except FileNotFoundError as error:
            missing = error.filename
            if load(folder).generation == manifest.generation:
                break
    raise DamagedError(f"{missing}: a file of the index is missing: build it anew")
