"""The table by rule: how often each one fired, in how many documents, and how much of it has a safe fix."""

from collections import Counter, defaultdict
from typing import TextIO

from newslint.model import Applicability, Finding
from newslint.render.terminal import BOLD, DIM, SEVERITY_COLORS, Paint, closing, failure, line_writer, visible
from newslint.report import RenderOptions, Report

_HEADINGS = ("findings", "documents", "safe fixes")


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write the table, the most frequent rule first, then the problems and the summary."""
    paint = Paint(options.color)
    write = line_writer(stream)
    rules: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.new():
        rules[finding.code, finding.name].append(finding)
    if rules:
        write(paint("  ".join(_HEADINGS) + "  rule", DIM))
    for (code, name), findings in sorted(rules.items(), key=lambda item: (-len(item[1]), item[0])):
        documents = {(finding.location.path, finding.location.record) for finding in findings}
        fixes = [finding.fix for finding in findings if finding.fix]
        safe = [fix for fix in fixes if fix.applicability is Applicability.SAFE]
        figures = zip((len(findings), len(documents), len(safe)), _HEADINGS, strict=True)
        cells = "  ".join(f"{figure or '':>{len(heading)}}" for figure, heading in figures)
        color = SEVERITY_COLORS[max(finding.severity for finding in findings)]
        rule = f"{paint(visible(code), BOLD, color)} {visible(name)}"
        write(f"{cells}  {rule} ({_severities(findings)})")
    if rules:
        write("")
    for problem in report.problems:
        write(failure(problem, paint))
    if not options.quiet:
        for line in closing(report.summary(), paint):
            write(line)


def _severities(findings: list[Finding]) -> str:
    """The severity, or where a rule has several, each with its number: ``2 warning, 5 info``."""
    counts = Counter(finding.severity for finding in findings)
    if len(counts) == 1:
        return findings[0].severity.label
    return ", ".join(f"{number} {severity.label}" for severity, number in sorted(counts.items(), reverse=True))
