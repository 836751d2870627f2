"""Checks one text as an editor has it: the document rules first, then those that compare it with its workspace."""

import codecs
import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from newslint.engine.examine import DocumentKey, check, digest, documents_of, examine
from newslint.engine.locate import order
from newslint.engine.open import Tickets
from newslint.model import Finding, Problem, Status
from newslint.readers import ReadError
from newslint.server.compare import Compared, StaleError, compare
from newslint.server.index import Shelf, entries_of
from newslint.server.project import Desk, Project


class Text(NamedTuple):
    """A text in the editor.

    Attributes:
        uri: what the editor calls it.
        path: where it lies, absolute; of a text that was never saved, where it would, with the ending of its format.
        saved: whether it is a file at all.
        version: the editor's count of its states.
        source: the text.
    """

    uri: str
    path: str
    saved: bool
    version: int
    source: str


class Checked(NamedTuple):
    """What came of a text.

    Attributes:
        text: the text.
        findings: the new ones, in order.
        problems: what went wrong.
        sources: the text of each other document that a finding points to, by shown path.
        done: whether all rules have looked.
    """

    text: Text
    findings: list[Finding]
    problems: list[Problem]
    sources: dict[str, str]
    done: bool


def encoded(source: str) -> bytes:
    """The bytes of a text for a reader. The mark keeps it from guessing an encoding, and is no part of the text."""
    return codecs.BOM_UTF8 + source.encode("utf-8", "replace")


def tickets_of(desk: Desk) -> Tickets:
    """What opens the document again."""
    tickets = Tickets([desk.task])
    tickets.extend([DocumentKey(0, 0, digest(desk.task.data or b""))])
    return tickets


class Examiner:
    """Checks texts of a workspace. For one thread."""

    def __init__(self) -> None:
        self.shelf = Shelf()

    def check(self, project: Project, text: Text, stop: Callable[[], bool]) -> Iterator[Checked]:
        """Check a text; yields what the document rules found, and then all findings.

        Args:
            project: the folder that it belongs to, opened.
            text: the text.
            stop: whether nobody waits for the answer any more: nothing more is yielded then.

        Raises:
            ConfigError: its configuration file cannot be used.
            PluginError: a rule does not load.
            BaselineError: the baseline cannot be read.
        """
        data = encoded(text.source)
        desk = project.desk(text.path, data)
        problems: list[Problem] = []
        if desk.excluded:
            yield Checked(text, [], problems, {}, done=True)
            return
        if len(data) > desk.settings.max_file_size:
            problems.append(Problem("is too large for an article: raise `max-file-size`", desk.task.shown))
            yield Checked(text, [], problems, {}, done=True)
            return
        profile = desk.workshop.profiles[0]
        try:
            documents = documents_of(desk.workshop, desk.task, data)
        except ReadError as error:
            problems.append(Problem(str(error), desk.task.shown))
            yield Checked(text, [], problems, {}, done=True)
            return
        findings = [each for document in documents for each in check(profile, desk.task, document, problems, stop)]
        if stop():
            return
        compares = project.indexed and text.saved and len(documents) == 1 and documents[0].record is None
        yield Checked(text, self._new(project, desk, findings), problems, {}, done=not compares)
        if not compares:
            return
        try:
            found, sources = self._compare(project, desk, text, problems, stop)
        except StaleError:
            return
        if not stop():
            yield Checked(text, self._new(project, desk, findings + found), problems, sources, done=True)

    def learn(self, project: Project, path: str) -> None:
        """Put a file into the index as it lies on the disk; out of it where it is gone.

        Raises:
            ConfigError: its configuration file cannot be used.
            PluginError: a rule does not load.
        """
        desk = project.desk(path, b"")
        if desk.excluded or not os.path.isfile(path) or not project.holds(path):
            project.index.drop(path)
            return
        task = desk.task._replace(data=None, context=True)
        examined = examine(desk.workshop, [(0, task)])
        project.index.put(path, entries_of(desk.workshop, task, examined))

    def _compare(
        self, project: Project, desk: Desk, text: Text, problems: list[Problem], stop: Callable[[], bool]
    ) -> tuple[list[Finding], dict[str, str]]:
        rules = desk.workshop.corpus_rules
        if not rules:
            return [], {}
        task = desk.task._replace(context=True)
        examined = examine(desk.workshop, [(0, task)], keep=True)
        if not examined.documents:
            return [], {}
        if project.holds(text.path):
            project.index.put(text.path, entries_of(desk.workshop, task, examined))
        entries = project.index.others(text.path)
        documents = Compared(entries, examined.documents[0], self.shelf, stop)
        profile = desk.workshop.profiles[0]
        found = list(compare(rules, examined.columns, entries, documents, profile, task, problems))
        for path in self.shelf.changed:
            self.learn(project, path)
        self.shelf.changed.clear()
        named = {place.location.path for finding in found for place in finding.related}
        own = examined.documents[0]
        opened = (document for document in documents.opened.values() if document is not own)
        return found, {document.path: document.source for document in opened if document.path in named}

    @staticmethod
    def _new(project: Project, desk: Desk, findings: list[Finding]) -> list[Finding]:
        """The findings that people have to look at, in order."""
        ordered: Iterator[Finding] = iter(sorted(findings, key=order))
        baseline = project.baseline()
        if baseline:
            ordered = baseline.judge(ordered, project.in_baseline)
        least = desk.settings.min_severity
        return [each for each in ordered if each.status is Status.NEW and each.severity >= least]
