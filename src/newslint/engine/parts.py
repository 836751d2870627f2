"""Record files, cut into parts that are tasks like any file's."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newslint.config import Settings
from newslint.document import Document
from newslint.engine.plan import Plan, Task
from newslint.engine.scratch import Scratch
from newslint.model import Problem
from newslint.plugins import Registry, resolve
from newslint.readers import ReadError, ending
from newslint.readers.fields import Fields, NoTextError
from newslint.readers.records import Change, Layout, Part, RecordReader
from newslint.remote import fetch, is_remote

if TYPE_CHECKING:
    from newslint.engine.mend import Mended


class Parts:
    """Cuts the record files among the tasks of a run, and holds what they were unpacked to.

    Disk: the size of what is unpacked, in the system's folder for temporary files, until the object goes.

    Args:
        registry: the loaded plugins.
        note: called with what the user may want to know: which fields were guessed.
    """

    def __init__(self, registry: Registry, note: Callable[[str], None]) -> None:
        self._registry = registry
        self._note = note
        self._folder: Scratch | None = None
        self._unpacked = 0
        self._stats: dict[str, tuple[int, int] | None] = {}
        self._damaged: set[str] = set()

    def expand(self, plan: Plan, tasks: Iterable[Task], named: Iterable[str], problems: list[Problem]) -> list[Task]:
        """The tasks, each record file's replaced by those of its parts.

        Args:
            plan: what the tasks are checked with.
            tasks: one for each file.
            named: the files that the user named, absolute; one found in a folder that holds no texts is left out.
            problems: where to note which files cannot be read.

        Raises:
            PluginError: a reader does not load.
        """
        readers, own = self._registry.readers, frozenset(named)
        expanded: list[Task] = []
        for task in tasks:
            ref = readers.get(ending(task.path, readers))
            if ref is None or not ref.records:
                expanded.append(task)
                continue
            reader: RecordReader = resolve(ref.target, f"reader {ref.name}")
            try:
                # What came from standard input is marked by having data; it need not go to every worker.
                whole = task if task.data is None else task._replace(data=b"")
                for part in self._parts(task, reader, plan.settings[task.profile]):
                    expanded.append(whole._replace(part=part))  # noqa: PERF401 - what came before stands
            except NoTextError as error:
                if task.path in own or task.data is not None:
                    problems.append(Problem(str(error), task.shown))
                else:
                    self._note(f"{task.shown} is left out: it {error}")
            except ReadError as error:
                problems.append(Problem(str(error), task.shown))
            except OSError as error:
                problems.append(Problem(f"cannot be read: {error.strerror or error}", task.shown))
        return expanded

    def rewrite(self, mended: "Iterable[Mended]", target: BinaryIO) -> None:
        """Write a record file again with what changed in it. Takes the memory of one part at a time.

        Args:
            mended: its parts that changed, in order; at least one.
            target: where to write it.

        Raises:
            ReadError: it is damaged, it changed since it was read, or its format cannot be written so.
            OSError: there is no room.
        """
        from newslint.readers.packed import packer, packing

        parts = iter(mended)
        first = next(parts)
        task, part = first.task, first.task.part
        parts = chain((first,), parts)
        assert part is not None
        if task.path in self._damaged:
            raise ReadError("it is damaged, and what could not be read would be lost")
        self._check_same(task)
        with packer(target, packing(task.path)) as stream:
            if not part.layout.unpacked:
                _splice(part.file, parts, stream)
            else:
                reader = resolve(self._registry.readers[ending(task.path, self._registry.readers)].target)
                with self._plain(task, []) as (file, _):
                    reader.rewrite(file, stream, part.layout, _changes(parts))
        self._check_same(task)

    def _check_same(self, task: Task) -> None:
        """Make sure that a file is what it was when it was cut into parts.

        Raises:
            ReadError: it is not.
        """
        if task.data is None and _stat(task.path) != self._stats[task.path]:
            raise ReadError("it changed while newslint was at work: run it again")

    def _parts(self, task: Task, reader: RecordReader, settings: Settings) -> Iterator[Part]:
        """The parts of one file.

        Raises:
            ReadError: the file is damaged; the parts before stand.
            OSError: it cannot be read, or not unpacked for want of room.
        """
        from newslint.readers.jsonl import split

        damage: list[ReadError] = []
        self._stats[task.path] = _stat(task.path)
        with self._plain(task, damage) as (file, path):
            layout = reader.layout(file, fields_of(task, settings))
            if layout.guessed:
                self._note(f"{task.shown}: guessed: {', '.join(layout.guessed)}; name them in `[[records]]` to be sure")
            file.seek(0)
            if not layout.unpacked:
                yield from split(file, path, layout, settings.max_file_size)
            else:
                path = self._unpack(reader, file, layout, damage)
                with open(path, "rb") as rows:
                    yield from split(rows, path, layout, settings.max_file_size)
        if damage:
            self._damaged.add(task.path)
            raise damage[0]

    @contextmanager
    def _plain(self, task: Task, damage: list[ReadError]) -> Iterator[tuple[BinaryIO, str]]:
        """A file as its format has it, and where that lies: its own place, unless it is compressed or has none."""
        from newslint.readers.packed import packing, unpack

        how, place = packing(task.path), task.path
        if task.data is None and is_remote(task.path):
            place = self._new()
            fetch(task.path, place)
        if task.data is None and not how:
            with open(place, "rb") as file:
                yield file, place
            return
        path = self._new()
        with open(path, "wb") as target, open(place, "rb") if task.data is None else BytesIO(task.data) as source:
            try:
                target.writelines(unpack(source, how) if how else iter(lambda: source.read(1 << 20), b""))
            except ReadError as error:
                damage.append(error)
        if place != task.path:
            os.unlink(place)
        if damage and not os.path.getsize(path):
            raise damage[0]
        with open(path, "rb") as file:
            yield file, path

    def _unpack(self, reader: RecordReader, file: BinaryIO, layout: Layout, damage: list[ReadError]) -> str:
        from newslint.readers.jsonl import row

        path = self._new()
        with open(path, "wb") as target:
            try:
                target.writelines(row(*each) for each in reader.unpack(file, layout))
            except ReadError as error:
                damage.append(error)
        return path

    def _new(self) -> str:
        """The path of a new temporary file."""
        if self._folder is None:
            self._folder = Scratch()
        self._unpacked += 1
        return os.path.join(self._folder.path, f"{self._unpacked}")


def _stat(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _splice(path: str, mended: "Iterable[Mended]", target: BinaryIO) -> None:
    """Write a file of JSON lines with some parts in the place of theirs."""
    with open(path, "rb") as source:
        for each in mended:
            part = each.task.part
            assert part is not None
            _copy(source, target, part.start - source.tell())
            source.seek(part.end)
            target.write(each.after)
        _copy(source, target, None)


def _copy(source: BinaryIO, target: BinaryIO, size: int | None) -> None:
    """Copy so many bytes; None: to the end."""
    while (size is None or size > 0) and (data := source.read(1 << 20 if size is None else min(size, 1 << 20))):
        target.write(data)
        size = None if size is None else size - len(data)


def _changes(mended: "Iterable[Mended]") -> Iterator[Change]:
    texts = ((text.record, text.new) for each in mended for text in each.texts if text.record)
    for index, own in groupby(texts, key=lambda text: text[0].index):
        yield Change(index, {record.field or "": new for record, new in own})


def fields_of(task: Task, settings: Settings) -> Fields:
    """What the user says about the fields of a file: of several entries that are about it, the later come first."""
    fields = Fields()
    for globs, own in settings.records:
        if not globs.patterns or globs.match(Path(task.path)):
            fields = own.over(fields)
    return fields


def all_documents(task: Task, reader: RecordReader, data: bytes, settings: Settings) -> list[Document]:
    """The documents of a record file that is at hand as a whole, as in an editor.

    Raises:
        ReadError: it is no file of its format, or has no such fields.
    """
    from newslint.readers.jsonl import documents, row, split

    layout = reader.layout(BytesIO(data), fields_of(task, settings))
    if layout.unpacked:
        data = b"".join(row(*each) for each in reader.unpack(BytesIO(data), layout))
    parts = split(BytesIO(data), task.path, layout, settings.max_file_size)
    return [
        document
        for part in parts
        for document in documents(task.shown, data[part.start : part.end], part, settings.language)
    ]
