"""The manifest: what an index consists of. It is replaced as a whole: every reader sees one state of the index."""

import json
import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from newslint import __version__
from newslint.files import replace
from newslint.index.errors import DamagedError, IndexFolderError, VersionError
from newslint.rule import Feature

MANIFEST = "newslint-index.json"
#: Raised when an index of before could not be read as it is meant.
FORMAT = 1


class File(NamedTuple):
    """A file of the index: its name in the folder, its bytes, and their hash."""

    name: str
    size: int
    check: str


class SegmentFile(NamedTuple):
    """A segment: its file, how many documents it holds, the file that lists those which are gone, and their number."""

    file: File
    documents: int
    gone: File | None = None
    gone_documents: int = 0

    @property
    def living(self) -> int:
        """How many of its documents are there still."""
        return self.documents - self.gone_documents


class Kept(NamedTuple):
    """What an index keeps of a feature: its version, the types of its columns, and which of them are keys."""

    version: int
    columns: Mapping[str, str]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, feature: Feature | type[Feature]) -> "Kept":
        """What would be kept of a feature as it is now."""
        return cls(feature.version, dict(feature.typecodes), feature.keys)


class Manifest(NamedTuple):
    """What an index consists of.

    Attributes:
        root: the folder that the documents' paths start from; relative to the index' own folder where it can be.
        features: what is kept of each feature, by name.
        keep_text: whether the index holds the texts, too.
        generation: raised by every change.
        segments: the segments, the oldest documents first.
    """

    root: str
    features: Mapping[str, Kept]
    keep_text: bool = False
    generation: int = 0
    segments: tuple[SegmentFile, ...] = ()

    @property
    def documents(self) -> int:
        """How many documents the index holds."""
        return sum(segment.living for segment in self.segments)

    def files(self) -> list[File]:
        """All files of the index besides the manifest."""
        return [file for segment in self.segments for file in (segment.file, segment.gone) if file]

    def require(self, folder: Path, features: Iterable[Feature | type[Feature]]) -> None:
        """Make sure that the index holds these features, as they are now.

        Raises:
            VersionError: it does not.
        """
        for feature in features:
            kept = self.features.get(feature.name)
            if kept is None:
                raise VersionError(
                    f"{folder}: the index was built without {feature.name!r}: build it anew with the rules in use"
                )
            if kept != Kept.of(feature):
                raise VersionError(
                    f"{folder}: the index holds {feature.name!r} of version {kept.version}, and this newslint makes "
                    f"version {feature.version}: build the index anew"
                )


def is_index(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder is an index."""
    return os.path.isfile(os.path.join(folder, MANIFEST))


def load(folder: Path) -> Manifest:
    """The manifest of an index.

    Raises:
        IndexFolderError: the folder is no index.
        VersionError: it is one of another format.
        DamagedError: the manifest is damaged.
    """
    path = folder / MANIFEST
    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
        version = data["newslint-index"]
    except FileNotFoundError:
        raise IndexFolderError(f"{folder}: is no index: `newslint index build` makes one") from None
    except (ValueError, KeyError, TypeError):
        raise _damaged(path) from None
    if version != FORMAT:
        raise VersionError(
            f"{folder}: the index has format {version}, written by newslint {data.get('written_by', '?')}; this is "
            f"newslint {__version__}, which reads format {FORMAT}: build the index anew"
        )
    try:
        if data.pop("check") != _check(data):
            raise _damaged(path)
        return Manifest(
            data["root"],
            {name: Kept(version, columns, tuple(keys)) for name, (version, columns, keys) in data["features"].items()},
            data["keep_text"],
            data["generation"],
            tuple(
                SegmentFile(File(*file), documents, File(*gone) if gone else None, gone_documents)
                for file, documents, gone, gone_documents in data["segments"]
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _damaged(path) from None


def save(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the one before, at once.

    Raises:
        OSError: it cannot be written; the one before is still there.
    """
    data = {"newslint-index": FORMAT, "written_by": __version__, **manifest._asdict()}
    data["check"] = _check(data)
    replace(folder / MANIFEST, json.dumps(data, indent=1).encode() + b"\n")
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """See that what was renamed in a folder is on the disk, where the system can be told so."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _check(data: Mapping[str, Any]) -> str:
    plain = json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
    return blake2b(plain, digest_size=16).hexdigest()


def _damaged(path: Path) -> DamagedError:
    return DamagedError(f"{path}: is damaged: build the index anew")
