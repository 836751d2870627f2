"""The findings that a run reports: less those below the severity that is asked for, and counted where they fail it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from newslint.config import Settings
from newslint.engine.plan import Plan, Task
from newslint.engine.store import Findings
from newslint.model import Finding, Status

#: Gives the findings of a run, in their order, with the status that each has.
Judge = Callable[[Iterable[Finding]], Iterable[Finding]]


class Reported:
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

    def judged(self, judge: Judge) -> "Judged":
        """The same once somebody has said which findings are known."""
        found = _Again(lambda: judge(self.findings))
        return Judged(found, sum(map(self._fails, found)))

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


class Judged(NamedTuple):
    """What was taken in, judged."""

    findings: Iterable[Finding]
    failing: int


class _Again:
    """Findings that are made anew each time they are asked for, since they may be millions."""

    def __init__(self, make: Callable[[], Iterable[Finding]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._make())
