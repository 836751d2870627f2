"""What is known of the articles of a workspace: the columns of each, and how to open it again."""

import os
import threading
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newslint.document import Document
from newslint.engine.examine import Examined, open_documents
from newslint.engine.open import Recent
from newslint.engine.plan import Task, Workshop
from newslint.readers import ReadError
from newslint.rule import Columns

#: Characters of documents kept open between two looks at the same article. With its layers a document takes up to 50
#: bytes a character.
KEPT_OPEN = 1 << 20

#: What tells a file again without reading it: its path, modification time (ns) and size.
Stamp = tuple[str, int, int]


def stamp_of(path: str | os.PathLike[str]) -> Stamp | None:
    """The stamp of a file; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return os.fspath(path), status.st_mtime_ns, status.st_size


class Entry(NamedTuple):
    """A document: what opens it, the hash of its file, and its columns by feature.

    Memory: what the features state (about the size of the text) and 2 KB.
    """

    workshop: Workshop
    task: Task
    place: int
    digest: bytes
    columns: Mapping[str, Columns]


def entries_of(workshop: Workshop, task: Task, examined: Examined) -> list[Entry]:
    """The entries of a file's documents."""
    return [
        Entry(
            workshop, task, key.place, key.digest,
            {name: own.slice(number, number + 1) for name, own in examined.columns.items()},
        )
        for number, key in enumerate(examined.keys)
    ]  # fmt: skip


class Index:
    """Documents by the path of their file. It may be filled and read by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: dict[str, list[Entry]] = {}
        self._ordered: list[Entry] | None = None

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def put(self, path: str, entries: Sequence[Entry], *, replace: bool = True) -> None:
        """Keep the documents of a file; without ``replace`` what is there already stays."""
        with self._lock:
            if replace or path not in self._files:
                self._files[path] = list(entries)
                self._ordered = None

    def drop(self, path: str) -> None:
        """Forget a file."""
        with self._lock:
            if self._files.pop(path, None) is not None:
                self._ordered = None

    def others(self, path: str) -> list[Entry]:
        """The documents of all other files, in the order of a run."""
        with self._lock:
            if self._ordered is None:
                every = (entry for entries in self._files.values() for entry in entries)
                self._ordered = sorted(every, key=lambda entry: (entry.task.shown, entry.task.path, entry.place))
            return [entry for entry in self._ordered if entry.task.path != path]


class Shelf:
    """Opens documents, and keeps those open that were used last. For one thread."""

    def __init__(self) -> None:
        self._recent: Recent[tuple[str, Stamp | None, bytes, int]] = Recent(KEPT_OPEN)
        #: The paths of files that are no longer what the index says.
        self.changed: set[str] = set()

    def open(self, entry: Entry) -> Document:
        """The document of an entry; an empty one, in which no candidate can be verified, where the file changed."""
        stamp = None if entry.task.data is not None else stamp_of(entry.task.path)
        key = entry.task.path, stamp, entry.digest, entry.place
        document = self._recent.get(key)
        if document is not None:
            return document
        try:
            digest, documents = open_documents(entry.workshop, entry.task)
        except ReadError:
            digest, documents = b"", []
        if digest != entry.digest:
            self.changed.add(entry.task.path)
            return closed(entry)
        document = documents[entry.place]
        self._recent.keep(key, document)
        return document


def closed(entry: Entry) -> Document:
    """An empty document in place of one that is not opened."""
    return Document(entry.task.shown, "")
