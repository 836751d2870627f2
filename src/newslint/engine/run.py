"""A run, from planned files to sorted findings."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from newslint.document import Document
from newslint.engine.examine import DocumentKey, describe, open_documents
from newslint.engine.local import run_batches
from newslint.engine.locate import locate, order
from newslint.engine.plan import Plan, Task, Workshop
from newslint.model import Finding, Location, Problem
from newslint.plugins import FOREIGN, Registry
from newslint.readers import ReadError
from newslint.rule import Columns, CorpusRule

#: Characters of documents kept open for corpus rules; what is older is read again when it is asked for. With its layers
#: a document takes up to 50 bytes a character.
KEPT_OPEN = 2 << 20


class Outcome(NamedTuple):
    """What a run found.

    Attributes:
        findings: sorted by place, then code.
        problems: what went wrong, sorted.
        documents: how many documents were read.
        lines: gives the physical lines of the document that a place lies in, for renderers.
    """

    findings: list[Finding]
    problems: list[Problem]
    documents: int
    lines: Callable[[Location], Sequence[str] | None]


def run(
    plan: Plan,
    tasks: Sequence[Task],
    registry: Registry,
    jobs: int | None = None,
    done: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """Check all files. The outcome is the same for any number of jobs.

    Raises:
        PluginError: a rule or a reader does not load.
        ConfigError: an option does not fit.
    """
    workshop = Workshop(plan, registry)
    findings: list[Finding] = []
    problems: list[Problem] = []
    keys: list[DocumentKey] = []
    columns = {feature.name: Columns.empty(feature.typecodes) for feature in workshop.features}
    opened = OpenDocuments(workshop, tasks, keys, problems)
    for examined in run_batches(workshop, tasks, jobs, done):
        findings += examined.findings
        problems += examined.problems
        for name, own in examined.columns.items():
            columns[name].extend(own)
        for number, document in enumerate(examined.documents, len(keys)):
            opened.keep(number, document)
        keys += examined.keys
    for rule in workshop.corpus_rules:
        findings += _compare(rule, columns, opened, workshop, problems)
    findings.sort(key=order)
    problems.sort(key=lambda problem: (problem.path or "", problem.rule or "", problem.message))
    return Outcome(findings, problems, len(keys), opened.lines)


def _compare(
    rule: CorpusRule,
    columns: dict[str, Columns],
    documents: "OpenDocuments",
    workshop: Workshop,
    problems: list[Problem],
) -> Iterator[Finding]:
    """The findings of one corpus rule; one that raises loses what it had not yet found, and is reported."""
    needed = {feature.name: columns[feature.name] for feature in rule.features}
    try:
        for hit in rule.settle(rule.match(needed), documents):
            if hit.document is None:
                raise ValueError("a corpus rule's hit must name its document")
            task = documents.task(hit.document)
            profile = workshop.profiles[task.profile]
            if rule.name in profile.names and rule.name not in profile.ignored(task.path):
                yield locate(hit, rule, documents[hit.document], profile, documents.__getitem__)
    except FOREIGN as error:
        reason = f"rule {rule.name} raised {describe(error)}; its findings over several files are missing"
        problems.append(Problem(reason, None, rule.name))


def source_lines(document: Document) -> list[str]:
    """The physical lines as they stand in the file."""
    return [document.source[line.start : line.end] for line in document.lines]


class OpenDocuments:
    """The documents of a run by number, reopened when asked for and checked to be what they were.

    Memory: at most ``KEPT_OPEN`` characters of documents, or one document.
    """

    def __init__(
        self, workshop: Workshop, tasks: Sequence[Task], keys: list[DocumentKey], problems: list[Problem]
    ) -> None:
        self._workshop = workshop
        self._tasks = tasks
        self._keys = keys
        self._problems = problems
        self._open: OrderedDict[int, Document] = OrderedDict()
        self._size = 0
        self._changed: set[int] = set()

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, number: int) -> Document:
        document = self._open.get(number)
        if document is None:
            document = self._reopen(number)
            self.keep(number, document)
        else:
            self._open.move_to_end(number)
        return document

    def task(self, number: int) -> Task:
        """The file that holds a document."""
        return self._tasks[self._keys[number].task]

    def lines(self, location: Location) -> Sequence[str] | None:
        """The physical lines of the document that a place lies in, as in its file; None where it is not to be had."""
        number = self._numbers.get((location.path, location.record.index if location.record else 0))
        if number is None:
            return None
        return self[number].layer(source_lines)

    @cached_property
    def _numbers(self) -> dict[tuple[str, int], int]:
        return {(self._tasks[key.task].shown, key.place): number for number, key in enumerate(self._keys)}

    def keep(self, number: int, document: Document) -> None:
        """Keep a document open for as long as there is room."""
        self._open[number] = document
        self._size += len(document.source)
        while self._size > KEPT_OPEN and len(self._open) > 1:
            self._size -= len(self._open.popitem(last=False)[1].source)

    def _reopen(self, number: int) -> Document:
        key = self._keys[number]
        task = self._tasks[key.task]
        try:
            digest, documents = open_documents(self._workshop, task)
        except ReadError as error:
            return self._lost(key, task, str(error))
        if digest != key.digest:
            return self._lost(key, task, "changed while newslint was reading: run it again")
        return documents[key.place]

    def _lost(self, key: DocumentKey, task: Task, reason: str) -> Document:
        """An empty document in place of one that is gone, in which no candidate can be verified."""
        if key.task not in self._changed:
            self._changed.add(key.task)
            self._problems.append(Problem(reason, task.shown))
        return Document(task.shown, "")
