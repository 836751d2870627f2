"""Changes an index: adds segments, marks documents as gone, and merges small segments.

A log-structured merge tree (O'Neil, Cheng, Gawlick & O'Neil, 1996) of immutable segments, merged by tiers of size as
Lucene does: a segment that is ``TIER`` times as large is in the next tier, and ``TIER`` of one tier become one of the
next. So a document is written again once a tier, and what is added to a large archive never touches what is there.
"""

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

from newslint.index.archive import Archive, open_segment
from newslint.index.arrays import CHECK, Written
from newslint.index.errors import IndexFolderError
from newslint.index.lock import NAME as LOCK
from newslint.index.lock import locked
from newslint.index.manifest import MANIFEST, File, Kept, Manifest, SegmentFile, is_index, load, save
from newslint.index.segment import empty_columns
from newslint.index.source import Source
from newslint.rule import Columns, Feature

#: Bytes of columns and texts that are gathered before a segment is written; four times as many while that happens.
GATHERED = 96 << 20
TIER = 8
#: What the names of its files end with.
SEGMENT, GONE = ".segment", ".gone"
#: What an interrupted write of the manifest leaves.
TEMPORARY = ".newslint-"


class Writer:
    """Changes an index; made by ``create`` and ``change``.

    What was added is there for others once a segment is full, and at the latest after ``finish``.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._files = 0
        self._collect()
        self._archive = Archive(folder)
        #: The documents that go, by the file of their segment.
        self._gone: dict[str, set[int]] = {}
        self._last: str | None = None
        self._start_gathering()
        #: How many documents were added.
        self.added = 0
        #: How many are gone.
        self.removed = 0

    @classmethod
    @contextmanager
    def create(
        cls, folder: Path, root: str, features: Iterable[Feature | type[Feature]], *, keep_text: bool = False
    ) -> "Iterator[Writer]":
        """Make a new index.

        Args:
            folder: where; it may be there but must be empty.
            root: the folder that paths start from, relative to the index' folder, with forward slashes, or absolute.
            features: what is kept; features without keys are left out.
            keep_text: whether texts are kept, too.

        Raises:
            IndexFolderError: there is an index already, or something else.
            LockedError: somebody else is making it.
            OSError: it cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            if is_index(folder):
                raise IndexFolderError(f"{folder}: is an index already: `newslint index add` adds to it")
            if not all(map(_is_ours, os.listdir(folder))):
                raise IndexFolderError(f"{folder}: holds something else: name a new folder")
            kept = {feature.name: Kept.of(feature) for feature in features if feature.keys}
            if not kept:
                raise IndexFolderError("none of the rules in use compares documents by keys: there is nothing to keep")
            manifest = Manifest(root, kept, keep_text)
            save(folder, manifest)
            yield cls(folder, manifest)

    @classmethod
    @contextmanager
    def change(cls, folder: Path) -> "Iterator[Writer]":
        """Change an index that is there.

        Raises:
            IndexFolderError: it is no index, one of another version, or damaged.
            LockedError: somebody else is changing it.
            OSError: it cannot be written.
        """
        load(folder)
        with locked(folder):
            yield cls(folder, load(folder))

    def known(self, path: str) -> list[Source]:
        """What the index holds of a file, as it was when the writer began."""
        return self._archive.sources_at(path)

    def paths(self) -> Iterator[str]:
        """The paths of all files, as they were when the writer began."""
        return self._archive.paths()

    def add(self, sources: Sequence[Source], columns: Mapping[str, Columns]) -> None:
        """Add documents. The sources of one file follow each other; what the index held of that file goes.

        Args:
            sources: where the documents come from, in order.
            columns: their columns by feature, of all sources together.

        Raises:
            OSError: it cannot be written.
        """
        for path, _ in groupby(sources, key=lambda source: source.path):
            if path != self._last:
                self._forget(path)
                self._last = path
        self._sources += [
            source if self.manifest.keep_text or source.elsewhere else source._replace(text=None)
            for source in sources
            if source.documents
        ]
        self.added += sum(source.documents for source in sources)
        for name, own in self._columns.items():
            own.extend(columns[name])
            self._gathered += sum(len(columns[name][column]) * values.itemsize for column, values in own.data.items())
        self._gathered += sum(len(source.text or b"") for source in sources)
        if self._gathered > GATHERED:
            self.flush()

    def remove(self, path: str) -> int:
        """Drop the documents of a file; gives how many there were."""
        return self._forget(path)

    def flush(self) -> None:
        """Write what was gathered.

        Raises:
            OSError: it cannot be written.
        """
        if not self._sources and not self._gone:
            return
        segments = [
            self._with_gone(segment, self._gone.get(segment.file.name, ())) for segment in self.manifest.segments
        ]
        if self._sources:
            from newslint.index.write import write_segment

            columns, features = self._columns, self.manifest.features
            path = self._new(SEGMENT)
            segments.append(write_segment(path, self._sources, columns, features, text=self.manifest.keep_text))
        self._publish(segments)
        self._gone = {}
        self._start_gathering()

    def finish(self, *, whole: bool = False) -> None:
        """Write what was gathered, and merge segments.

        Args:
            whole: make one segment of all, and drop what is gone; otherwise small ones are merged where they are many.

        Raises:
            OSError: it cannot be written.
        """
        self.flush()
        while own := self._due(whole=whole):
            self._merge(own)
        self._collect()

    def _start_gathering(self) -> None:
        self._sources: list[Source] = []
        self._columns = empty_columns(self.manifest)
        self._gathered = 0

    def _forget(self, path: str) -> int:
        count = 0
        for segment, (file, *_) in zip(self._archive.segments, self._archive.manifest.segments, strict=True):
            for source in segment.sources_at(path):
                own = self._gone.setdefault(file.name, set())
                count -= len(own)
                own.update(segment.documents_of(source))
                count += len(own)
        self.removed += count
        return count

    def _with_gone(self, segment: SegmentFile, more: Iterable[int]) -> SegmentFile:
        """The segment with more of its documents gone."""
        new = set(more)
        if not new:
            return segment
        known = open_segment(self.folder, segment).gone
        numbers = array("I", sorted(new.union(known)))
        path = self._new(GONE)
        written = _write(path, numbers.tobytes())
        return segment._replace(gone=File(path.name, *written), gone_documents=len(numbers))

    def _due(self, *, whole: bool) -> list[int]:
        """Which segments are to become one."""
        segments = self.manifest.segments
        if whole:
            return list(range(len(segments))) if len(segments) > 1 or any(each.gone for each in segments) else []
        tiers: dict[int, list[int]] = {}
        for number, segment in enumerate(segments):
            tiers.setdefault(_tier(segment.living), []).append(number)
        return next((own for _, own in sorted(tiers.items()) if len(own) >= TIER), [])

    def _merge(self, own: Sequence[int]) -> None:
        from newslint.index.write import merge_segments

        segments = dict(enumerate(self.manifest.segments))
        opened = [open_segment(self.folder, segments.pop(number)) for number in own]
        segments[own[0]] = merge_segments(self._new(SEGMENT), opened, self.manifest.features)
        self._publish([segments[number] for number in sorted(segments)])
        del opened
        self._collect()

    def _new(self, ending: str) -> Path:
        """The path of a new file."""
        self._files += 1
        return self.folder / f"{self.manifest.generation + 1:08}-{self._files}{ending}"

    def _publish(self, segments: Sequence[SegmentFile]) -> None:
        kept = tuple(segment for segment in segments if segment.living)
        manifest = self.manifest._replace(generation=self.manifest.generation + 1, segments=kept)
        save(self.folder, manifest)
        self.manifest = manifest

    def _collect(self) -> None:
        """Remove files that no manifest names: what an interrupted writer left, and what was merged.

        Readers that have them open keep them; one that is about to open them looks at the manifest again.
        """
        self._files = 0
        named = {file.name for file in self.manifest.files()}
        for name in os.listdir(self.folder):
            if name not in named and name not in (MANIFEST, LOCK) and _is_ours(name):
                # Windows does not remove what somebody has open.
                with suppress(PermissionError):
                    (self.folder / name).unlink(missing_ok=True)


def _is_ours(name: str) -> bool:
    return name.endswith((SEGMENT, GONE)) or name.startswith(TEMPORARY) or name in (LOCK, MANIFEST)


def _tier(documents: int) -> int:
    tier = 0
    while documents >= TIER:
        documents //= TIER
        tier += 1
    return tier


def _write(path: Path, data: bytes) -> Written:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return Written(len(data), blake2b(data, digest_size=CHECK).hexdigest())
