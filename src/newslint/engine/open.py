"""The documents of a run by number, reopened when a corpus rule asks for them."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from newslint.document import Document
from newslint.engine.examine import DocumentKey, open_documents
from newslint.engine.plan import Task, Workshop
from newslint.model import Location, Problem, Record
from newslint.readers import ReadError
from newslint.rule import Documents

Item = TypeVar("Item")
Result = TypeVar("Result")
Key = TypeVar("Key", bound=Hashable)

#: Characters of documents kept open for corpus rules; what is older is read again when it is asked for. With its layers
#: a document takes up to 50 bytes a character.
KEPT_OPEN = 2 << 20


class Ticket(NamedTuple):
    """All that is needed to open a document: its file, its place in it, and the hash of the file's bytes."""

    task: Task
    place: int
    digest: bytes


class Recent(Generic[Key]):
    """Documents that are kept open: those used last.

    Args:
        most: characters of all of them; one document is kept whatever its size.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: OrderedDict[Key, Document] = OrderedDict()
        self._size = 0

    def get(self, key: Key) -> Document | None:
        """The document, where it is open still."""
        document = self._open.get(key)
        if document is not None:
            self._open.move_to_end(key)
        return document

    def keep(self, key: Key, document: Document) -> None:
        """Keep a document open for as long as there is room."""
        self._open[key] = document
        self._size += len(document.source)
        while self._size > self._most and len(self._open) > 1:
            self._size -= len(self._open.popitem(last=False)[1].source)


class OpenDocuments(Documents):
    """Documents by number, reopened when asked for and checked to be what they were.

    Memory: at most ``KEPT_OPEN`` characters of documents, or one document.

    Args:
        workshop: the plan, ready to run.
        tickets: what opens a document, by its number.
        problems: where to note that a file is gone or has changed.
    """

    def __init__(self, workshop: Workshop, tickets: "Tickets | Mapping[int, Ticket]", problems: list[Problem]) -> None:
        self._workshop = workshop
        self._tickets = tickets
        self._problems = problems
        self._recent: Recent[int] = Recent(KEPT_OPEN)
        self._lost: set[str] = set()
        self._beside: tuple[int, list[Document]] = -1, []

    def __len__(self) -> int:
        return len(self._tickets)

    def __getitem__(self, number: int, /) -> Document:
        document = self._recent.get(number)
        if document is None:
            document = self._reopen(self._tickets[number])
            self.keep(number, document)
        return document

    def keep(self, number: int, document: Document) -> None:
        """Keep a document open for as long as there is room."""
        self._recent.keep(number, document)

    def beside(self, number: int) -> Sequence[Document]:
        """All documents of the file or part whose first has that number; those asked for last stay open."""
        if self._beside[0] != number:
            ticket = self._tickets[number]
            try:
                digest, documents = open_documents(self._workshop, ticket.task)
            except ReadError:
                return ()
            self._beside = number, documents if digest == ticket.digest else []
        return self._beside[1]

    def _reopen(self, ticket: Ticket) -> Document:
        try:
            digest, documents = open_documents(self._workshop, ticket.task)
        except ReadError as error:
            return self._gone(ticket, str(error))
        if digest != ticket.digest:
            return self._gone(ticket, "changed while newslint was reading: run it again")
        return documents[ticket.place]

    def _gone(self, ticket: Ticket, reason: str) -> Document:
        """An empty document in place of one that is gone, in which no candidate can be verified."""
        shown = ticket.task.shown
        if shown not in self._lost:
            self._lost.add(shown)
            self._problems.append(Problem(reason, shown))
        return Document(shown, "")


class Tickets:
    """The tickets of all documents of a run, by number; it grows as files are examined. About 150 bytes each."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = tasks
        #: The keys of all documents, by number.
        self.keys: list[DocumentKey] = []

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, number: int) -> Ticket:
        key = self.keys[number]
        return Ticket(self._tasks[key.task], key.place, key.digest)

    def extend(self, keys: Iterable[DocumentKey]) -> None:
        """Add the documents of a batch."""
        self.keys.extend(keys)

    def count(self) -> int:
        """How many documents there are that are more than context."""
        return sum(not self._tasks[key.task].context for key in self.keys)

    def files(self) -> Iterator[Ticket]:
        """The ticket of the first document of each file, or part of one, that is more than context."""
        return (
            self[number] for number, key in enumerate(self.keys) if key.place == 0 and not self._tasks[key.task].context
        )

    def by_path(self) -> dict[str, list[int]]:
        """The number of the first document of each file, or of each of its parts, by the path that reports show."""
        numbers: dict[str, list[int]] = {}
        for number, key in enumerate(self.keys):
            if key.place == 0:
                numbers.setdefault(self._tasks[key.task].shown, []).append(number)
        return numbers

    def part_of(self, numbers: Sequence[int], record: Record) -> int:
        """Of the parts of a record file, each given by its first document, the one that holds a record."""
        return numbers[bisect_right(numbers, record.index, key=self._first_record) - 1]

    def _first_record(self, number: int) -> int:
        part = self._tasks[self.keys[number].task].part
        return part.index if part else 0


class SourceLines:
    """Gives renderers the physical lines of the document that a place lies in, as they stand in the file."""

    def __init__(self, documents: OpenDocuments, tickets: Tickets) -> None:
        self._documents = documents
        self._tickets = tickets
        self._numbers: dict[str, list[int]] | None = None

    def __call__(self, location: Location) -> list[str] | None:
        """The lines; None where the document is not one of the run."""
        if self._numbers is None:
            self._numbers = self._tickets.by_path()
        numbers = self._numbers.get(location.path)
        if numbers is None:
            return None
        if location.record is None:
            return self._documents[numbers[0]].layer(_source_lines)
        part = self._documents.beside(self._tickets.part_of(numbers, location.record))
        # A record that cannot be read has no lines to show.
        own = (document for document in part if document.record == location.record and not document.broken)
        found = (document.layer(_source_lines) for document in own)
        return next(found, None)


def _source_lines(document: Document) -> list[str]:
    return [document.source[line.start : line.end] for line in document.lines]
