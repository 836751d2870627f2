"""Writes segments: of documents that are new, and of segments that become one."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from newslint.index import tables
from newslint.index.arrays import ArrayWriter, Buffer, writing
from newslint.index.manifest import File, Kept, SegmentFile
from newslint.index.postings import owner_bits
from newslint.index.segment import DIGEST, PATHS, Segment, column_name, encoded, offsets_name, path_key
from newslint.index.source import Source
from newslint.index.tables import Numbers
from newslint.rule import Columns

#: Items that are copied at a time.
BLOCK = 1 << 18
#: Blocks after which their memory is given back.
FORGET = 16


def write_segment(
    path: Path, sources: Sequence[Source], columns: Mapping[str, Columns], features: Mapping[str, Kept], *, text: bool
) -> SegmentFile:
    """Write a segment of new documents. Memory: 30 bytes a row of keys while it runs.

    Args:
        path: the file, which is not there yet.
        sources: where the documents come from, in order.
        columns: their columns by feature.
        features: what is kept.
        text: whether the sources' texts are kept.

    Raises:
        OSError: it cannot be written.
    """
    documents = sum(source.documents for source in sources)
    bits = {}
    with writing(path) as writer:
        _write_sources(writer, sources, text=text)
        bits[PATHS] = owner_bits(len(sources))
        keys = np.array([path_key(source.path) for source in sources], np.uint64)
        rows = tables.distinct(tables.pack(keys, np.arange(len(sources)), bits[PATHS]))
        tables.write(writer, PATHS, [rows], len(rows))
        for name, kept in features.items():
            own = columns[name]
            writer.add(offsets_name(name), "Q", [own.offsets])
            for column, typecode in kept.columns.items():
                writer.add(column_name(name, column), typecode, [own[column]])
            owners = tables.owners_of(own.offsets)
            for key in kept.keys:
                owner = column_name(name, key)
                bits[owner] = owner_bits(documents)
                rows = tables.distinct(tables.pack(own[key], owners, bits[owner]))
                tables.write(writer, owner, [rows], len(rows))
        written = writer.finish({"sources": len(sources), "documents": documents, "bits": bits})
    return SegmentFile(File(path.name, *written), documents)


def _write_sources(writer: ArrayWriter, sources: Sequence[Source], *, text: bool) -> None:
    from zlib import compress

    _write_items(writer, "path", [encoded(source.path) for source in sources])
    writer.add("digest", "B", (source.digest for source in sources))
    writer.add("size", "Q", [np.array([source.size for source in sources], np.uint64)])
    writer.add("time", "Q", [np.array([source.time for source in sources], np.uint64)])
    writer.add("first", "Q", [np.array([0, *accumulate(source.documents for source in sources)], np.uint64)])
    _write_items(writer, "part", [json.dumps(source.part).encode() if source.part else b"" for source in sources])
    if text or any(source.text for source in sources):
        _write_items(writer, "text", [compress(source.text or b"") for source in sources])


def _write_items(writer: ArrayWriter, name: str, items: Sequence[bytes]) -> None:
    writer.add(name, "B", items)
    writer.add(f"{name} ends", "Q", [np.array([0, *accumulate(map(len, items))], np.uint64)])


def merge_segments(path: Path, segments: Sequence[Segment], features: Mapping[str, Kept]) -> SegmentFile:
    """Write one segment in place of several, without the documents that are gone; the order stays.

    Columns are copied, postings merged one range of keys after the other: memory does not depend on the segments' size,
    but for 24 bytes a document.

    Args:
        path: the file, which is not there yet.
        segments: what becomes one.
        features: what is kept.

    Raises:
        OSError: it cannot be written.
    """
    living = [_living(segment) for segment in segments]
    documents = sum(int(np.count_nonzero(own)) for own in living)
    numbers = _renumbered(living)
    source_numbers = _renumbered(kept := [_living_sources(*pair) for pair in zip(segments, living, strict=True)])
    sources = sum(int(np.count_nonzero(own)) for own in kept)
    bits = {}
    with writing(path) as writer:
        _merge_sources(writer, segments, kept)
        bits[PATHS] = _bits(segments, PATHS, sources)
        _merge_postings(writer, segments, PATHS, source_numbers, bits[PATHS])
        for name, feature in features.items():
            offsets = [np.frombuffer(segment.file[offsets_name(name)], np.int64) for segment in segments]
            writer.add(offsets_name(name), "Q", _offsets(offsets, living))
            for column, typecode in feature.columns.items():
                full = column_name(name, column)
                parts = (
                    part
                    for segment, own, rows in zip(segments, living, offsets, strict=True)
                    for part in _forgetting(segment, _runs(segment.file[full], rows, own))
                )
                writer.add(full, typecode, parts)
            for key in feature.keys:
                full = column_name(name, key)
                bits[full] = _bits(segments, full, documents)
                _merge_postings(writer, segments, full, numbers, bits[full])
        written = writer.finish({"sources": sources, "documents": documents, "bits": bits})
    return SegmentFile(File(path.name, *written), documents)


def _living(segment: Segment) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    own = np.ones(segment.documents, np.bool_)
    own[np.array(segment.gone, np.int64)] = False
    return own


def _living_sources(segment: Segment, living: Any) -> Any:
    first = np.frombuffer(segment.file["first"], np.int64)
    return living[first[:-1]] if len(first) > 1 else np.zeros(0, np.bool_)


def _renumbered(living: Sequence[Any]) -> list[Numbers]:
    """The new number of each item; negative where it is gone."""
    result = []
    base = 0
    for own in living:
        numbers = np.cumsum(own) - 1 + base
        base += int(np.count_nonzero(own))
        result.append(np.where(own, numbers, -1))
    return result


def _bits(segments: Sequence[Segment], owner: str, count: int) -> int:
    # Bits of a key that a segment has dropped are nowhere.
    return max(owner_bits(count), *(segment.postings(owner).bits for segment in segments))


def _merge_postings(
    writer: ArrayWriter, segments: Sequence[Segment], owner: str, numbers: Sequence[Numbers], bits: int
) -> None:
    most = sum(len(segment.postings(owner).rows) for segment in segments)
    tables.write(writer, owner, tables.merged(segments, owner, numbers, bits), most)


def _merge_sources(writer: ArrayWriter, segments: Sequence[Segment], kept: Sequence[Any]) -> None:
    files = [segment.file for segment in segments]

    def items(name: str, step: int = 1) -> Iterator[Buffer]:
        for file, own in zip(files, kept, strict=True):
            yield from _runs(file[name], np.arange(len(own) + 1) * step, own)

    def lengths(name: str) -> Iterator[Buffer]:
        yield from _offsets([np.frombuffer(file[name], np.int64) for file in files], kept)

    def texts(name: str) -> Iterator[Buffer]:
        for file, own in zip(files, kept, strict=True):
            yield from _runs(file[name], np.frombuffer(file[f"{name} ends"], np.int64), own)

    writer.add("path", "B", texts("path"))
    writer.add("path ends", "Q", lengths("path ends"))
    writer.add("digest", "B", items("digest", DIGEST))
    writer.add("size", "Q", items("size"))
    writer.add("time", "Q", items("time"))
    writer.add("first", "Q", lengths("first"))
    writer.add("part", "B", texts("part"))
    writer.add("part ends", "Q", lengths("part ends"))
    if any("text" in file for file in files):
        files_with = [("text" in file) for file in files]
        writer.add("text", "B", (part for part in _texts(files, kept, files_with)))
        ends = [
            np.frombuffer(file["text ends"], np.int64) if has else np.zeros(len(own) + 1, np.int64)
            for file, own, has in zip(files, kept, files_with, strict=True)
        ]
        writer.add("text ends", "Q", _offsets(ends, kept))


def _texts(files: Sequence[Any], kept: Sequence[Any], files_with: Sequence[bool]) -> Iterator[Buffer]:
    for file, own, has in zip(files, kept, files_with, strict=True):
        if has:
            yield from _runs(file["text"], np.frombuffer(file["text ends"], np.int64), own)


def _runs(values: Any, offsets: Numbers, living: Any) -> Iterator[Buffer]:
    """The rows of the items that are not gone, in stretches of neighbours."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], living, [False])).astype(np.int8))).tolist()
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        start, stop = int(offsets[first]), int(offsets[last])
        for place in range(start, stop, BLOCK):
            yield values[place : min(stop, place + BLOCK)]


def _forgetting(segment: Segment, parts: Iterable[Buffer]) -> Iterator[Buffer]:
    """The parts; the memory of those that were written is given back from time to time."""
    for number, part in enumerate(parts, 1):
        yield part
        if number % FORGET == 0:
            segment.file.forget()


def _offsets(offsets: Iterable[Numbers], living: Sequence[Any]) -> Iterator[Buffer]:
    """Where the rows of the items that are not gone begin, and at last where the last ends."""
    total = 0
    yield np.zeros(1, np.int64).data
    for own, kept in zip(offsets, living, strict=True):
        ends = np.cumsum(np.diff(own).compress(kept)) + total
        if len(ends):
            total = int(ends[-1])
            yield ends.astype(np.int64).data
