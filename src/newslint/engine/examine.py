"""One batch of files: read, check, and sketch into columns. This is what a worker does; it needs no other batch."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from newslint.document import Document
from newslint.engine.locate import locate
from newslint.engine.plan import Profile, Task, Workshop
from newslint.engine.unused import UnusedSuppression, unused_comments
from newslint.model import Finding, Problem
from newslint.plugins import FOREIGN
from newslint.readers import ReadError
from newslint.rule import Columns, DocumentRule, Feature


class DocumentKey(NamedTuple):
    """How to find a document again: the number of its task, its place in that file, the hash of the file's bytes."""

    task: int
    place: int
    digest: bytes


class Examined(NamedTuple):
    """What came of a batch: findings of the document rules, what went wrong, and columns for the corpus rules.

    ``tasks`` names its files, by number and shown path.

    Memory: the documents of a batch while it runs; afterwards what the features state per document, and a key of about
    150 bytes each.
    """

    findings: list[Finding]
    problems: list[Problem]
    keys: list[DocumentKey]
    columns: dict[str, Columns]
    documents: list[Document]
    tasks: tuple[tuple[int, str], ...] = ()

    def by_task(self) -> "Iterator[Examined]":
        """What came of each file."""
        findings: dict[str, list[Finding]] = {}
        for finding in self.findings:
            findings.setdefault(finding.location.path, []).append(finding)
        problems: dict[str | None, list[Problem]] = {}
        for problem in self.problems:
            problems.setdefault(problem.path, []).append(problem)
        documents = Counter(key.task for key in self.keys)
        place = 0
        for number, shown in self.tasks:
            last = place + documents[number]
            keys = self.keys[place:last]
            columns = {name: own.slice(place, last) for name, own in self.columns.items()}
            yield Examined(findings.get(shown, []), problems.get(shown, []), keys, columns, self.documents[place:last])
            place = last


def examine(workshop: Workshop, tasks: Sequence[tuple[int, Task]], *, keep: bool = False) -> Examined:
    """Examine the files of a batch.

    Args:
        workshop: the plan, ready to run.
        tasks: the files with their numbers, in order.
        keep: hand back the documents as well, for a caller in the same process.
    """
    findings: list[Finding] = []
    problems: list[Problem] = []
    keys: list[DocumentKey] = []
    documents: list[Document] = []
    for number, task in tasks:
        profile = workshop.profiles[task.profile]
        try:
            digest, opened = open_documents(workshop, task)
        except ReadError as error:
            problems.append(Problem(str(error), task.shown))
            continue
        for place, document in enumerate(opened):
            keys.append(DocumentKey(number, place, digest))
            if not task.context:
                findings += check(profile, task, document, problems)
            documents.append(document)
    columns = {feature.name: _sketch(feature, documents, problems) for feature in workshop.features}
    own = tuple((number, task.shown) for number, task in tasks)
    return Examined(findings, problems, keys, columns, documents if keep else [], own)


def check(
    profile: Profile, task: Task, document: Document, problems: list[Problem], stop: Callable[[], bool] = lambda: False
) -> Iterator[Finding]:
    """What the document rules find in one document; problems are added to the list.

    ``stop`` is asked before each rule: the rest is left out where it says so.
    """
    ignored = profile.ignored(task.path)
    used = set()
    for rule in profile.document_rules:
        if stop():
            return
        if rule.name not in ignored:
            for finding in _check(rule, document, profile, problems):
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
    """The bytes of a file.

    Raises:
        ReadError: it cannot be read.
    """
    return _bytes(task.path, workshop.profiles[task.profile].settings.max_file_size) if task.data is None else task.data


def documents_of(workshop: Workshop, task: Task, data: bytes) -> list[Document]:
    """The documents that the bytes of a file hold.

    Raises:
        ReadError: they are not what they should be.
    """
    profile = workshop.profiles[task.profile]
    reader = workshop.reader(os.path.splitext(task.path)[1].lower())
    try:
        documents = list(reader(task.shown, data, profile.settings.language))
    except ReadError:
        raise
    except FOREIGN as error:
        raise ReadError(f"cannot be read: its reader raised {describe(error)}") from error
    identity = os.path.relpath(task.path, profile.settings.root).replace(os.sep, "/")
    for document in documents:
        document.identity = identity
        document.house = profile.house
    return documents


def _bytes(path: str, limit: int) -> bytes:
    try:
        # A pipe that nobody writes to would block for ever.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ReadError("is not a regular file: leave it out")
            if status.st_size > limit:
                size, most = (f"{number / 2**20:.0f} MiB" for number in (status.st_size, limit))
                raise ReadError(
                    f"is too large for an article: {size}, the limit is {most}; "
                    "split it, exclude it, or raise `max-file-size`"
                )
            return file.read()
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from None


def _check(rule: DocumentRule, document: Document, profile: Profile, problems: list[Problem]) -> Iterator[Finding]:
    """The findings of one rule in one document; a rule that raises costs its own findings there, and is reported."""
    try:
        yield from [
            locate(hit, rule, document, profile) for hit in rule.check(document) if not document.vouched(hit.span)
        ]
    except FOREIGN as error:
        reason = f"rule {rule.name} raised {describe(error)}; its findings in this file are missing"
        problems.append(Problem(reason, document.path, rule.name))


def _sketch(feature: Feature, documents: Sequence[Document], problems: list[Problem]) -> Columns:
    """The columns of a batch; where that fails document by document, and a document that fails has no rows."""
    try:
        return _checked(feature, feature.columns(documents), len(documents))
    except FOREIGN:
        columns = Columns.empty(feature.typecodes)
        for document in documents:
            try:
                columns.extend(_checked(feature, feature.columns([document]), 1))
            except FOREIGN as error:
                columns.offsets.append(columns.offsets[-1])
                problems.append(Problem(f"feature {feature.name} raised {describe(error)}", document.path))
        return columns


def _checked(feature: Feature, columns: Columns, documents: int) -> Columns:
    rows = {len(column) for column in columns.data.values()}
    if len(columns) != documents or set(columns.data) != set(feature.typecodes) or rows != {columns.offsets[-1]}:
        raise ValueError("its columns are not those it declares")
    return columns


def describe(error: BaseException) -> str:
    """An exception in one line: its type, its message and the innermost place in the code."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno})" if trace else ""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}{': ' + text[:200] if text else ''}{where}"
