"""One batch of files: read, check, and sketch into columns. This is what a worker does; it needs no other batch."""

import os
import stat
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint import remote
from newslint.document import Document
from newslint.engine.accept import MOST, TooManyError, accept_document, accepted
from newslint.engine.guard import Guard
from newslint.engine.locate import locate
from newslint.engine.plan import Profile, Task, Workshop
from newslint.engine.unused import UnusedSuppression, unused_comments
from newslint.model import Finding, Problem
from newslint.plugins import describe
from newslint.readers import ReadError
from newslint.rule import Columns, DocumentRule, Feature

if TYPE_CHECKING:
    from newslint.readers.records import Part


class DocumentKey(NamedTuple):
    """How to find a document again: the number of its task, its place in that file, the hash of the file's bytes."""

    task: int
    place: int
    digest: bytes


class Examined(NamedTuple):
    """What came of a batch: findings of the document rules, what went wrong, and columns for the corpus rules.

    ``tasks`` names its files or parts of files: number, documents, findings, problems.

    Memory: the documents of a batch while it runs; afterwards what the features state per document, and a key of about
    150 bytes each.
    """

    findings: list[Finding]
    problems: list[Problem]
    keys: list[DocumentKey]
    columns: dict[str, Columns]
    documents: list[Document]
    tasks: tuple[tuple[int, int, int, int], ...] = ()

    def by_task(self) -> "Iterator[Examined]":
        """What came of each file or part of a file."""
        place = finding = problem = 0
        for _, documents, findings, problems in self.tasks:
            own = slice(place, place + documents)
            columns = {name: column.slice(own.start, own.stop) for name, column in self.columns.items()}
            yield Examined(
                self.findings[finding : finding + findings],
                self.problems[problem : problem + problems],
                self.keys[own],
                columns,
                self.documents[own],
            )
            place, finding, problem = own.stop, finding + findings, problem + problems


def examine(workshop: Workshop, tasks: Sequence[tuple[int, Task]], *, keep: bool = False) -> Examined:
    """Examine the files of a batch.

    Args:
        workshop: the plan, ready to run.
        tasks: the files with their numbers, in order.
        keep: hand back the documents as well, for a caller in the same process.
    """
    findings: list[Finding] = []
    problems: list[list[Problem]] = []
    keys: list[DocumentKey] = []
    documents: list[Document] = []
    counts: list[tuple[int, int, int]] = []
    for number, task in tasks:
        profile = workshop.profiles[task.profile]
        found, own = len(findings), list[Problem]()
        problems.append(own)
        try:
            digest, opened = open_documents(workshop, task)
        except ReadError as error:
            own.append(Problem(str(error), task.shown))
            opened = []
        for place, document in enumerate(opened):
            keys.append(DocumentKey(number, place, digest))
            if not task.context:
                findings += check(profile, task, document, own)
            documents.append(document)
        counts.append((number, len(opened), len(findings) - found))
    owners = [own for own, (_, size, _) in zip(problems, counts, strict=True) for _ in range(size)]
    columns = {feature.name: _sketch(feature, documents, owners) for feature in workshop.features}
    sizes = tuple((*count, len(own)) for count, own in zip(counts, problems, strict=True))
    return Examined(findings, [*chain(*problems)], keys, columns, documents if keep else [], sizes)


def check(
    profile: Profile, task: Task, document: Document, problems: list[Problem], stop: Callable[[], bool] = lambda: False
) -> Iterator[Finding]:
    """What the document rules find in one document; problems are added to the list.

    ``stop`` is asked before each rule: the rest is left out where it says so.
    """
    ignored = profile.ignored(task.path)
    used = set()
    guard = Guard(profile.settings.rule_timeout, len(document.source))
    for rule in profile.document_rules:
        if stop():
            return
        if rule.name not in ignored:
            for finding in _check(rule, document, profile, problems, guard):
                if finding.suppression:
                    used.add(finding.suppression.source)
                yield finding
    if document.ignores and UnusedSuppression.name in profile.names - ignored:
        yield from unused_comments(document, profile, used)


def open_documents(workshop: Workshop, task: Task) -> tuple[bytes, list[Document]]:
    """The hash of a file's bytes, and the documents it holds.

    Raises:
        ReadError: the file cannot be read, or not as what it should be.
    """
    data = read_bytes(workshop, task)
    return digest(data), documents_of(workshop, task, data)


def digest(data: bytes) -> bytes:
    """The hash by which a file is known again: 16 bytes."""
    return blake2b(data, digest_size=16).digest()


def read_bytes(workshop: Workshop, task: Task) -> bytes:
    """The bytes of a file, or of a part of one.

    Raises:
        ReadError: it cannot be read.
    """
    if task.part is not None:
        # What came from elsewhere has its bytes with it, or none where it is not to be sent about.
        return task.data or _part_bytes(task.part)
    if task.data is not None:
        return task.data
    limit = workshop.profiles[task.profile].settings.max_file_size
    return remote.read(task.path, limit) if remote.is_remote(task.path) else _bytes(task.path, limit)


def documents_of(workshop: Workshop, task: Task, data: bytes) -> list[Document]:
    """The documents that the bytes of a file hold.

    Raises:
        ReadError: they are not what they should be.
    """
    profile = workshop.profiles[task.profile]
    try:
        with Guard(profile.settings.rule_timeout, len(data)):
            documents = _read(workshop, task, data)
        for document in documents:
            accept_document(document)
    except (ReadError, KeyboardInterrupt):
        raise
    except MemoryError:
        raise ReadError("takes more memory than there is: split it, or try -j 1") from None
    except BaseException as error:
        raise ReadError(f"cannot be read: its reader raised {describe(error)}") from error
    identity = task.path
    if not remote.is_remote(task.path):
        identity = os.path.relpath(task.path, profile.settings.root).replace(os.sep, "/")
    for document in documents:
        document.path = task.shown
        document.identity = identity
        document.house = profile.house
    return documents


def _read(workshop: Workshop, task: Task, data: bytes) -> list[Document]:
    settings = workshop.profiles[task.profile].settings
    if task.part is not None:
        from newslint.readers.jsonl import documents

        return list(documents(task.shown, data, task.part, settings.language))
    reader = workshop.reader(task.path)
    if callable(reader):
        return list(reader(task.shown, data, settings.language))
    from newslint.engine.parts import all_documents

    return all_documents(task, reader, data, settings)


def _part_bytes(part: "Part") -> bytes:
    if part.large:
        return b""
    try:
        with open(part.file, "rb") as file:
            file.seek(part.start)
            return file.read(part.end - part.start)
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from None


def too_large(limit: int, size: int | None = None) -> str:
    """What is said of an article that has more bytes than the limit."""
    most = f"{limit / 2**20:.0f} MiB"
    own = f"more than {most}" if size is None else f"{size / 2**20:.0f} MiB, the limit is {most}"
    return f"is too large for an article: {own}; split it, exclude it, or raise `max-file-size`"


def _bytes(path: str, limit: int) -> bytes:
    try:
        # A pipe that nobody writes to would block for ever.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ReadError("is not a regular file: leave it out")
            if status.st_size > limit:
                raise ReadError(too_large(limit, status.st_size))
            data = file.read(status.st_size + 1)
            if data is not None and len(data) > status.st_size:
                # It grows while it is read, or says nothing of its size, as those in /proc.
                data += file.read(limit + 1 - len(data)) or b""
            if data is None:
                raise ReadError("cannot be read: nothing comes out of it; leave it out")
            if len(data) > limit:
                raise ReadError(too_large(limit))
            return data
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from None


def _check(
    rule: DocumentRule, document: Document, profile: Profile, problems: list[Problem], guard: Guard
) -> Sequence[Finding]:
    """The findings of one rule in one document; a rule that raises costs its own findings there, and is reported."""
    found: list[Finding] = []
    before = vars(document).copy()
    try:
        with guard:
            for count, hit in enumerate(rule.check(document)):
                sound = accepted(hit, document)
                if not document.vouched(sound.span):
                    found.append(locate(sound, rule, document, profile))
                if count >= MOST:
                    raise TooManyError
        if any(vars(document).get(name) is not value for name, value in before.items()):
            raise TypeError("it changed the document")
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        _restore(document, before)
        reason = f"rule {rule.name} raised {describe(error)}; its findings in this file are missing"
        problems.append(Problem(reason, document.path, rule.name))
        return []
    return found


def _restore(document: Document, before: Mapping[str, Any]) -> None:
    """Make a document again what it was; what a rule had made of it meanwhile is forgotten."""
    vars(document).clear()
    vars(document).update(before, _layers={})


def _sketch(feature: Feature, documents: Sequence[Document], problems: Sequence[list[Problem]]) -> Columns:
    """The columns of a batch; where that fails document by document, and a document that fails has no rows.

    Each document has a list for its problems.
    """
    try:
        return _checked(feature, feature.columns(documents), len(documents))
    except KeyboardInterrupt:
        raise
    except BaseException:
        columns = Columns.empty(feature.typecodes)
        for document, own in zip(documents, problems, strict=True):
            try:
                columns.extend(_checked(feature, feature.columns([document]), 1))
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                columns.offsets.append(columns.offsets[-1])
                own.append(Problem(f"feature {feature.name} raised {describe(error)}", document.path))
        return columns


def _checked(feature: Feature, columns: Columns, documents: int) -> Columns:
    kinds = {name: column.typecode if isinstance(column, array) else "" for name, column in columns.data.items()}
    rows = {len(column) for column in columns.data.values()}
    if len(columns) != documents or kinds != dict(feature.typecodes) or rows != {columns.offsets[-1]}:
        raise ValueError("its columns are not those it declares")
    return columns
