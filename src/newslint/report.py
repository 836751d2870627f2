"""What a renderer gets: a finished report, its summary, and how it is to be shown. Plain data.

A report format is a function ``render(report, stream, options)``; the built-in ones lie in ``newslint.render``, and a
plugin's take the same arguments.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO

from newslint.model import Applicability, Finding, Location, Problem, Severity, Status

if TYPE_CHECKING:
    from newslint.rule import Rule

#: Version of the JSON report's shape; raised when a program that reads it could break.
SCHEMA_VERSION = 1

#: The physical lines of the document (in a record file: of the field) that a place lies in, as the file has them but
#: without their line ends; None where the text cannot be read again. Called for each place shown: the supplier caches.
Lines = Callable[[Location], Sequence[str] | None]


#: Gives the rules of a run, for formats that carry their documentation.
Rules = Callable[[], "Sequence[type[Rule]]"]


def no_lines(location: Location) -> Sequence[str] | None:
    """Know no text: places are shown without their lines."""
    del location
    return None


def no_rules() -> "Sequence[type[Rule]]":
    """Know no rules: all that is told of them is what their findings say."""
    return ()


class RenderOptions(NamedTuple):
    """How a report is to be shown. Formats for programs ignore what does not concern them.

    Attributes:
        color: whether terminal colours may be used.
        width: columns of the terminal; None: the stream's own width where it is a terminal, else 80.
        lines: gives the text that a place lies in.
        quiet: leaves out the closing summary.
    """

    color: bool = False
    width: int | None = None
    lines: Lines = no_lines
    quiet: bool = False


class Summary(NamedTuple):
    """A report in figures. All counts but ``suppressed`` and ``baselined`` are of new findings.

    Attributes:
        by_rule: findings by rule name, in the order of the names.
        by_severity: findings by severity, the gravest first; severities without findings are left out.
        safe: findings that have a safe fix.
        unsafe: findings that have an unsafe fix.
        failures: problems that kept newslint from doing its work.
    """

    documents: int
    findings: int
    suppressed: int
    baselined: int
    by_rule: Mapping[str, int]
    by_severity: Mapping[Severity, int]
    safe: int
    unsafe: int
    failures: int


class Report(NamedTuple):
    """A finished run.

    Attributes:
        findings: all findings, in order, those that are baselined or suppressed among them; they may be millions.
        problems: what kept newslint from doing its work.
        documents: how many documents were read.
        plugins: name and version of each plugin.
        version: newslint's version.
        rules: gives the rules that the run selected, whether they found anything or not.
    """

    findings: Iterable[Finding]
    problems: Sequence[Problem]
    documents: int
    plugins: Sequence[tuple[str, str]]
    version: str
    rules: Rules = no_rules

    def new(self) -> Iterator[Finding]:
        """The findings that people have to look at: neither baselined nor suppressed."""
        return (finding for finding in self.findings if finding.status is Status.NEW)

    def summary(self) -> Summary:
        """Count."""
        statuses: Counter[Status] = Counter()
        rules: Counter[str] = Counter()
        severities: Counter[Severity] = Counter()
        fixes: Counter[Applicability] = Counter()
        for finding in self.findings:
            statuses[finding.status] += 1
            if finding.status is Status.NEW:
                rules[finding.name] += 1
                severities[finding.severity] += 1
                if finding.fix:
                    fixes[finding.fix.applicability] += 1
        return Summary(
            documents=self.documents,
            findings=statuses[Status.NEW],
            suppressed=statuses[Status.SUPPRESSED],
            baselined=statuses[Status.BASELINED],
            by_rule=dict(sorted(rules.items())),
            by_severity=dict(sorted(severities.items(), reverse=True)),
            safe=fixes[Applicability.SAFE],
            unsafe=fixes[Applicability.UNSAFE],
            failures=len(self.problems),
        )


class Renderer(Protocol):
    """A report format. It writes to ``stream`` as it goes, and neither opens nor closes anything."""

    def __call__(self, report: Report, stream: TextIO, options: RenderOptions) -> None:
        """Write the report."""
