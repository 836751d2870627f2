"""A run, from planned files to sorted findings."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.engine.local import PART, Crew
from newslint.engine.open import OpenDocuments, SourceLines, Tickets
from newslint.engine.plan import Plan, Profile, Task, Workshop
from newslint.engine.reported import Judge, Reported
from newslint.engine.settle import settle
from newslint.engine.unused import unused_entries
from newslint.model import Finding, Location, Problem
from newslint.plugins import Registry
from newslint.rule import Columns, CorpusRule

if TYPE_CHECKING:
    from newslint.cache import Cache
    from newslint.document import Document
    from newslint.engine.cached import CachedCrew
    from newslint.engine.examine import Examined
    from newslint.index.beside import Archives

#: Fewer files are examined in the time that opening the cache takes; more would fill it.
LEAST_CACHED, MOST_CACHED = 64, 200_000

#: Documents that are kept open when those of an index come before them.
RENUMBERED = 64

#: Makes the crew of a run: of the plan, ready to run, and whether the columns have to come to this process.
Hire = Callable[[Workshop, bool], Crew]


class Outcome(NamedTuple):
    """What a run found.

    Attributes:
        findings: those at or above the least severity that their file's settings report; by place, then code.
        failing: how many of them are at or above the severity that their file's settings fail on.
        problems: what went wrong, sorted.
        documents: how many documents were checked.
        lines: gives the physical lines of the document that a place lies in, for renderers.
        tickets: what opens each document again.
    """

    findings: Iterable[Finding]
    failing: int
    problems: list[Problem]
    documents: int
    lines: Callable[[Location], Sequence[str] | None]
    tickets: Tickets


def run(
    plan: Plan,
    tasks: Sequence[Task],
    registry: Registry,
    jobs: int | None = None,
    done: Callable[[int], None] = lambda _: None,
    stage: Callable[[str], None] = lambda _: None,
    folders: Sequence[Path] = (),
    judge: Judge | None = None,
    cache: "Cache | None" = None,
    archives: "Archives | None" = None,
    hire: "Hire | None" = None,
) -> Outcome:
    """Check all files. The outcome is the same for any number of jobs.

    Args:
        plan: what to check with what.
        tasks: the files.
        registry: the loaded plugins.
        jobs: worker processes; None: by the number of files.
        done: called with the number of files just finished.
        stage: called with the name of what is done once all files are read.
        folders: the folders that are looked at as a whole, absolute.
        judge: says which findings are known already.
        cache: what earlier runs found; None: examine all.
        archives: indexes whose documents are compared with, too.
        hire: gives the crew that does the work; None: this process, or worker processes on this machine.

    Raises:
        PluginError: a rule or a reader does not load.
        ConfigError: an option does not fit.
        WorkerError: a worker process died.
    """
    workshop = Workshop(plan, registry)
    findings = Reported(plan, tasks)
    problems: list[Problem] = []
    with _crew(workshop, jobs, tasks) if hire is None else hire(workshop, cache is not None or bool(archives)) as crew:
        read = _Read(workshop, tasks, crew, problems, renumbered=RENUMBERED if archives else 0)
        known = _cached(crew, cache, workshop, tasks)
        for examined in known.examine(done) if known else crew.examine(list(enumerate(tasks)), done):
            findings.add(examined.findings)
            problems += examined.problems
            read.take(examined)
        if archives:
            read.put_before(archives)
        documents, tickets, columns = read.documents, read.tickets, read.columns
        rules = workshop.corpus_rules
        compared = known.compared() if known else None
        if compared is not None:
            findings.add(compared)
            rules = []
        kept: list[Finding] = []
        for number, rule in enumerate(rules):
            stage(f"comparing: {rule.name}")
            found = _compare(rule, columns, crew, documents, tickets, workshop, problems)
            findings.add(_copied(found, kept) if known else found)
            needed = {feature.name for later in rules[number + 1 :] for feature in later.features}
            columns = {name: own for name, own in columns.items() if name in needed}
        if known and rules and not problems:
            known.keep_compared(kept)
    corpus = {rule.name for rule in workshop.corpus_rules}
    findings.add(unused_entries(plan, tasks, findings.used, folders, corpus))
    problems.sort(key=lambda problem: (problem.path or "", problem.rule or "", problem.message))
    lines = SourceLines(documents, tickets)
    judged = findings.judged(judge) if judge else findings
    return Outcome(judged.findings, judged.failing, problems, tickets.count(), lines, tickets)


class _Read:
    """What reading leaves for the rules that compare: columns, and what opens the documents again.

    Args:
        workshop: the plan, ready to run.
        tasks: the files.
        crew: reads them.
        problems: where to note what cannot be opened again.
        renumbered: how many documents stay open when those of an index come before them.
    """

    def __init__(
        self, workshop: Workshop, tasks: Sequence[Task], crew: Crew, problems: list[Problem], renumbered: int
    ) -> None:
        self.tickets = Tickets(tasks)
        self.columns = {feature.name: Columns.empty(feature.typecodes) for feature in workshop.features}
        self.documents = crew.documents(self.tickets, problems)
        self._workshop = workshop
        self._tasks = tasks
        self._crew = crew
        self._problems = problems
        self._recent: deque[tuple[int, Document]] = deque(maxlen=renumbered)

    def take(self, examined: "Examined") -> None:
        """Take in what came of a batch of files."""
        for name, own in examined.columns.items():
            self.columns[name].extend(own)
        for number, document in enumerate(examined.documents, len(self.tickets)):
            self.documents.keep(number, document)
            self._recent.append((number, document))
        self.tickets.extend(examined.keys)

    def put_before(self, archives: "Archives") -> None:
        """Put the documents of indexes that may be like those read before them, as a context."""
        keys = self.tickets.keys
        named = [number for number, key in enumerate(keys) if not self._tasks[key.task].context]
        beside = archives.beside(self._workshop.features, self.columns, named, len(self._tasks), self._problems)
        self.tickets = Tickets([*self._tasks, *beside.tasks])
        self.tickets.extend([*beside.keys, *keys])
        self.documents = self._crew.documents(self.tickets, self._problems)
        for number, document in self._recent:
            self.documents.keep(len(beside.keys) + number, document)
        for name, own in beside.columns.items():
            own.extend(self.columns[name])
        self.columns = beside.columns


def _crew(workshop: Workshop, jobs: int | None, tasks: Sequence[Task]) -> Crew:
    return Crew(workshop, jobs, sum(PART if task.part else 1 for task in tasks))


def _cached(crew: Crew, cache: "Cache | None", workshop: Workshop, tasks: Sequence[Task]) -> "CachedCrew | None":
    if cache is None:
        return None
    from newslint.engine.cached import CachedCrew

    return CachedCrew(crew, cache, workshop, tasks)


def _copied(findings: Iterable[Finding], copy: list[Finding]) -> Iterator[Finding]:
    for finding in findings:
        copy.append(finding)
        yield finding


def _compare(
    rule: CorpusRule,
    columns: dict[str, Columns],
    crew: Crew,
    documents: OpenDocuments,
    tickets: Tickets,
    workshop: Workshop,
    problems: list[Problem],
) -> Iterator[Finding]:
    """The findings of one corpus rule."""

    def profile_of(number: int) -> Profile | None:
        task = tickets[number].task
        profile = workshop.profiles[task.profile]
        silent = task.context or rule.name not in profile.names or rule.name in profile.ignored(task.path)
        return None if silent else profile

    return settle(rule, lambda: crew.match(rule, columns), documents, profile_of, problems)
