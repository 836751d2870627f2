"""Opens documents of an index again: where their file lies, or from the text that the index keeps."""

import os
from pathlib import Path

from newslint.config import Resolver, Settings
from newslint.discover import show
from newslint.engine.examine import digest
from newslint.engine.open import OpenDocuments, Ticket, Tickets
from newslint.engine.plan import Plan, Task, Workshop
from newslint.engine.scratch import Scratch
from newslint.index.archive import Archive
from newslint.index.files import Files
from newslint.index.parts import unpacked
from newslint.index.source import Source
from newslint.model import Problem
from newslint.plugins import Registry, load_plugins

#: What to do about a file that is not what was indexed.
GONE = "is gone, and the index keeps no text: `newslint index remove INDEX --missing` drops it"
CHANGED = "has changed since it was indexed: `newslint index add` takes it up"


class Reopener:
    """Says how to open documents of an index.

    Disk: texts of records that the index keeps, for as long as the object lives.

    Args:
        archive: the index.
        profile: the number of the profile that its files are read with.

    Attributes:
        files: where the files lie.
    """

    def __init__(self, archive: Archive, profile: int) -> None:
        self._archive = archive
        self._profile = profile
        self.files = Files(os.path.abspath(archive.root))
        self._folder: Scratch | None = None
        self._last: tuple[str, int] = "", -1
        self._task: Task | None = None

    def ticket(self, document: int) -> Ticket:
        """What opens a document."""
        source, place = self._archive.source(document, text=True)
        key = source.path, document - place
        if self._task is None or key != self._last:
            self._last, self._task = key, self._task_of(source)
        return Ticket(self._task, place, source.digest)

    def why_not(self, document: int) -> str:
        """Why a document cannot be opened any more, in words; empty where it can."""
        source, _ = self._archive.source(document, text=True)
        if source.text is not None:
            return ""
        full = self.files.full(source.path)
        try:
            status = os.stat(full)
            if (status.st_size, status.st_mtime_ns) == (source.size, source.time):
                return ""
            with open(full, "rb") as file:
                start, end = (source.part["start"], source.part["end"]) if source.part else (0, status.st_size)
                file.seek(start)
                return "" if digest(file.read(end - start)) == source.digest else CHANGED
        except OSError:
            return GONE

    def _task_of(self, source: Source) -> Task:
        full = self.files.full(source.path)
        shown = show(os.path.join(self._archive.root, source.path))
        task = Task(full, shown, self._profile, context=True)
        if source.part is None:
            return task._replace(data=source.text)
        if source.text is None:
            return task._replace(part=unpacked(source.part, full))
        if self._folder is None:
            self._folder = Scratch()
        kept = os.path.join(self._folder.path, source.digest.hex())
        if not os.path.exists(kept):
            with open(kept, "wb") as file:
                file.write(source.text)
        return task._replace(part=unpacked(source.part, kept, 0))


def plan_of(registry: Registry, settings: Settings) -> Plan:
    """A plan to read files with these settings, and with no rule."""
    readers = {ending: ref.target for ending, ref in registry.readers.items()}
    return Plan(settings, (settings,), ((),), readers, settings.local_rules)


def open_documents(archive: Archive, problems: list[Problem], settings: Settings | None = None) -> OpenDocuments:
    """The documents of an index by number, for users of the library; some are kept open.

    Args:
        archive: the index.
        problems: where to note which files are gone or have changed: their documents are empty.
        settings: what the files are read with; None: the configuration where they lie.

    Raises:
        ConfigError: the configuration cannot be used.
    """
    # No rule is run, so none that a configuration names is loaded.
    settings = settings or Resolver(Path(archive.root).absolute(), local_rules=False).root
    registry = load_plugins()
    return OpenDocuments(Workshop(plan_of(registry, settings), registry), ArchiveTickets(archive), problems)


class ArchiveTickets(Tickets):
    """The tickets of all documents of an index, made when they are asked for."""

    def __init__(self, archive: Archive, profile: int = 0) -> None:
        super().__init__(())
        self._size = archive.numbers
        self._reopener = Reopener(archive, profile)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> Ticket:
        return self._reopener.ticket(number)
