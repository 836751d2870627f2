"""Annotations of GitHub Actions: workflow commands that show findings beside the lines of a pull request.

GitHub shows ten annotations of each level per step and drops the rest without a word: the first ten of each level are
written, and one notice says how many more there are.
"""

import re
from collections import Counter
from typing import TextIO

from newslint.model import Finding, Location, Severity, Status
from newslint.render.places import counted, from_root, message, region
from newslint.render.terminal import count, line_writer, no_old_command, visible
from newslint.report import RenderOptions, Report

#: Annotations of a level that GitHub shows of one step.
SHOWN = 10

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

# What the runner would take for the end of a line, of a property or of all properties.
_IN_DATA = re.compile("[%\r\n]")
_IN_PROPERTY = re.compile("[%\r\n:,]")


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write the annotations: failures, errors, warnings, notices, and what is left out."""
    del options
    write = line_writer(stream, safe=no_old_command)
    failures = report.problems[:SHOWN]
    kept: dict[Severity, list[Finding]] = {severity: [] for severity in sorted(LEVELS, reverse=True)}
    totals: Counter[Severity] = Counter()
    for finding in report.findings:
        if finding.status is not Status.NEW:
            continue
        totals[finding.severity] += 1
        if len(kept[finding.severity]) < SHOWN:
            kept[finding.severity].append(finding)
    del kept[Severity.ERROR][SHOWN - len(failures) :]
    missing = {severity: totals[severity] - len(kept[severity]) for severity in kept}
    unsaid = len(report.problems) - len(failures)
    if (unsaid or any(missing.values())) and len(kept[Severity.INFO]) == SHOWN:
        kept[Severity.INFO].pop()  # the notice that sums up takes its place
        missing[Severity.INFO] += 1
    for problem in failures:
        rule = f" (rule {problem.rule})" if problem.rule is not None else ""
        place = [] if problem.path is None else [("file", visible(from_root(problem.path)))]
        write(_command("error", [*place, ("title", "newslint could not do its work")], visible(problem.message + rule)))
    for severity, findings in kept.items():
        for finding in findings:
            text = message(finding) + (f"\n{visible(finding.help)}" if finding.help else "")
            title = visible(f"{finding.code} {finding.name}")
            write(_command(LEVELS[severity], [*_place(finding.location), ("title", title)], text))
    if unsaid or any(missing.values()):
        parts = [count(unsaid, "failure")] if unsaid else []
        parts += [counted(missing)] if any(missing.values()) else []
        text = (
            f"Not shown: {', '.join(parts)}. GitHub shows {SHOWN} annotations of a level per step. For all of them, "
            "add --output-format full, or --output-format sarif:FILE and upload the file to code scanning."
        )
        write(_command("notice", [("title", "newslint found more")], text))


def _place(location: Location) -> list[tuple[str, str]]:
    """The properties of a place. GitHub takes columns only where the first line is the last one."""
    line, column, end_line, end_column = region(location)
    place = [("file", visible(from_root(location.path))), ("line", str(line)), ("endLine", str(end_line))]
    if line == end_line and column is not None:
        place.append(("col", str(column)))
        if end_column is not None:
            place.append(("endColumn", str(end_column)))
    return place


def _command(name: str, properties: list[tuple[str, str]], data: str) -> str:
    listed = ",".join(f"{key}={_IN_PROPERTY.sub(_escaped, value)}" for key, value in properties)
    return f"::{name} {listed}::{_IN_DATA.sub(_escaped, data)}"


def _escaped(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"
