"""A run, from planned files to sorted findings."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.config import Settings
from newslint.engine.local import PART, Crew
from newslint.engine.open import OpenDocuments, SourceLines, Tickets
from newslint.engine.plan import Plan, Profile, Task, Workshop
from newslint.engine.settle import settle
from newslint.engine.store import Findings
from newslint.engine.unused import unused_entries
from newslint.model import Finding, Location, Problem, Status
from newslint.plugins import Registry
from newslint.rule import Columns, CorpusRule

if TYPE_CHECKING:
    from newslint.cache import Cache
    from newslint.document import Document
    from newslint.engine.cached import CachedCrew
    from newslint.engine.examine import DocumentKey
    from newslint.index.beside import Archives

#: Fewer files are examined in the time that opening the cache takes; more would fill it.
LEAST_CACHED, MOST_CACHED = 64, 200_000

#: Documents that are kept open when those of an index come before them.
RENUMBERED = 64

#: Makes the crew of a run: of the plan, ready to run, and whether the columns have to come to this process.
Hire = Callable[[Workshop, bool], Crew]
#: Gives the findings of a run, in their order, with the status that each has.
Judge = Callable[[Iterable[Finding]], Iterable[Finding]]


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
    findings = _Reported(plan, tasks)
    problems: list[Problem] = []
    tickets = Tickets(tasks)
    columns = {feature.name: Columns.empty(feature.typecodes) for feature in workshop.features}
    with _crew(workshop, jobs, tasks) if hire is None else hire(workshop, cache is not None or bool(archives)) as crew:
        documents = crew.documents(tickets, problems)
        keys: list[DocumentKey] = []
        recent: deque[tuple[int, Document]] = deque(maxlen=RENUMBERED if archives else 0)
        known = _cached(crew, cache, workshop, tasks)
        for examined in known.examine(done) if known else crew.examine(list(enumerate(tasks)), done):
            findings.add(examined.findings)
            problems += examined.problems
            for name, own in examined.columns.items():
                columns[name].extend(own)
            for number, document in enumerate(examined.documents, len(tickets)):
                documents.keep(number, document)
                recent.append((number, document))
            tickets.extend(examined.keys)
            keys += examined.keys
        if archives:
            named = [number for number, key in enumerate(keys) if not tasks[key.task].context]
            beside = archives.beside(workshop.features, columns, named, len(tasks), problems)
            tickets = Tickets([*tasks, *beside.tasks])
            tickets.extend([*beside.keys, *keys])
            documents = crew.documents(tickets, problems)
            for number, document in recent:
                documents.keep(len(beside.keys) + number, document)
            for name, own in beside.columns.items():
                own.extend(columns[name])
            columns = beside.columns
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


class _Reported:
    """Takes findings in, less those that their file's settings do not report, and counts those that they fail on."""

    def __init__(self, plan: Plan, tasks: Sequence[Task]) -> None:
        self.findings = Findings()
        self.failing = 0
        #: The sources of the suppressions that findings name.
        self.used: set[str] = set()
        self._root = plan.root
        self._same = plan.settings[0] if len(plan.settings) == 1 else None
        self._settings = {} if self._same else {task.shown: plan.settings[task.profile] for task in tasks}

    def add(self, findings: Iterable[Finding]) -> None:
        """Take findings in."""
        self.findings.add(filter(self._reports, findings))

    def judged(self, judge: Judge) -> "_Judged":
        """The same once somebody has said which findings are known."""
        found = _Again(lambda: judge(self.findings))
        return _Judged(found, sum(map(self._fails, found)))

    def _reports(self, finding: Finding) -> bool:
        if finding.suppression:
            self.used.add(finding.suppression.source)
        if finding.severity < self._of(finding).min_severity:
            return False
        self.failing += self._fails(finding)
        return True

    def _fails(self, finding: Finding) -> bool:
        least = self._of(finding).fail_on
        return finding.status is Status.NEW and least is not None and finding.severity >= least

    def _of(self, finding: Finding) -> Settings:
        return self._same or self._settings.get(finding.location.path) or self._root


class _Judged(NamedTuple):
    """What was taken in, judged."""

    findings: Iterable[Finding]
    failing: int


class _Again:
    """Findings that are made anew each time they are asked for, since they may be millions."""

    def __init__(self, make: Callable[[], Iterable[Finding]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._make())


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
