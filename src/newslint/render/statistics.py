"""Tables by rule and by folder: how many findings, in how many documents, and how many of them have a safe fix."""

from collections.abc import Callable
from typing import TextIO

from newslint.render.tally import Row, tally
from newslint.render.terminal import BOLD, DIM, SEVERITY_COLORS, Paint, closing, count, failure, line_writer, visible
from newslint.report import RenderOptions, Report

#: Folders that are shown, those with the most findings first.
FOLDERS = 20

_HEADINGS = ("findings", "documents", "safe fixes")


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write the tables, the most frequent rule or folder first, then the problems and the summary."""
    paint = Paint(options.color)
    write = line_writer(stream)
    rules, folders = tally(report.new())

    def rule(key: str, row: Row) -> str:
        code, _, name = key.partition(" ")
        return f"{paint(visible(code), BOLD, SEVERITY_COLORS[max(row.severities)])} {visible(name)}"

    if rules:
        _table(rules, "rule", rule, write, paint)
        write("")
        shown = dict(list(folders.items())[:FOLDERS])
        _table(shown, "folder", lambda key, _: visible(key), write, paint)
        if len(folders) > len(shown):
            write(paint(f"… and {count(len(folders) - len(shown), 'more folder')}", DIM))
        write("")
    for problem in report.problems:
        write(failure(problem, paint))
    if not options.quiet:
        for line in closing(report.summary(), paint):
            write(line)


def _table(
    rows: dict[str, Row], heading: str, label: Callable[[str, Row], str], write: Callable[[str], None], paint: Paint
) -> None:
    write(paint("  ".join((*_HEADINGS, heading)), DIM))
    for key, row in rows.items():
        figures = zip((row.findings, row.documents, row.safe), _HEADINGS, strict=True)
        cells = "  ".join(f"{figure or '':>{len(heading)}}" for figure, heading in figures)
        write(f"{cells}  {label(key, row)} ({_severities(row)})")


def _severities(row: Row) -> str:
    """The severity, or where there are several, each with its number: ``2 warning, 5 info``."""
    if len(row.severities) == 1:
        return next(iter(row.severities)).label
    return ", ".join(f"{number} {severity.label}" for severity, number in sorted(row.severities.items(), reverse=True))
