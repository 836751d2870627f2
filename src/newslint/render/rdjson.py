"""The report as reviewdog's diagnostic format (rdjson): comments and suggestions on pull and merge requests.

Its columns count bytes of UTF-8 (reviewdog, ``proto/rdf/reviewdog.proto``), so they come from the lines' text; where
that is not at hand, or in a record file, a place is told by its lines alone. Keys that reviewdog does not know make it
refuse a report: ``related_locations`` needs version 0.18 and is written only where there are any.
"""

from collections.abc import Iterator, Sequence
from typing import TextIO

from newslint.model import Finding, Location, Position, Problem, Severity
from newslint.render.objects import Object, dump, needs_ascii
from newslint.render.places import message, region, sound
from newslint.render.terminal import visible
from newslint.report import Lines, RenderOptions, Report, no_lines

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
SOURCE = {"name": "newslint"}


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write one object, a diagnostic a line."""
    ascii_only = needs_ascii(stream)
    stream.write(f'{{\n "source": {dump(SOURCE, ascii_only)},\n "diagnostics": ')
    separator = "[\n  "
    for diagnostic in diagnostics(report, options.lines):
        stream.write(separator + dump(diagnostic, ascii_only))
        separator = ",\n  "
    stream.write("[]\n}\n" if separator.startswith("[") else "\n ]\n}\n")


def diagnostics(report: Report, lines: Lines) -> Iterator[Object]:
    """The report's problems and new findings as diagnostics."""
    yield from map(_failure, report.problems)
    for finding in report.new():
        yield _diagnostic(finding, lines)


def _diagnostic(finding: Finding, lines: Lines) -> Object:
    text = message(finding) + (f"\n{visible(finding.help)}" if finding.help else "")
    diagnostic: Object = {
        "message": text,
        "location": _location(finding.location, lines),
        "severity": SEVERITIES[finding.severity],
        "source": SOURCE,
        "code": {"value": f"{finding.code} {finding.name}"},
    }
    if finding.related:
        diagnostic["related_locations"] = [
            {"message": visible(related.message), "location": _related(related.location, finding, lines)}
            for related in finding.related
        ]
    if finding.fix is not None:
        ranges = [(_exact(edit.location, lines), edit.replacement) for edit in finding.fix.edits]
        if all(place is not None for place, _ in ranges):
            diagnostic["suggestions"] = [{"range": place, "text": sound(text)} for place, text in ranges]
    return diagnostic


def _failure(problem: Problem) -> Object:
    rule = f" (rule {problem.rule})" if problem.rule is not None else ""
    return {
        "message": f"newslint could not do its work: {visible(problem.message + rule)}",
        "location": {"path": sound(problem.path or "")},
        "severity": "ERROR",
        "source": SOURCE,
    }


def _location(location: Location, lines: Lines) -> Object:
    exact = _exact(location, lines)
    if exact is None:
        first, _, last, _ = region(location)
        exact = {"start": {"line": first}, "end": {"line": last}}
    return {"path": sound(location.path), "range": exact}


def _related(location: Location, finding: Finding, lines: Lines) -> Object:
    """A related place, with columns where it lies in the same document: another one would be read again for them."""
    return _location(location, lines if location.path == finding.location.path else no_lines)


def _exact(location: Location, lines: Lines) -> Object | None:
    """The range with its columns; None where they cannot be told."""
    if location.record is not None:
        return None
    text = lines(location)
    start, end = _position(location.start, text), _position(location.end, text)
    return None if start is None or end is None else {"start": start, "end": end}


def _position(position: Position, lines: Sequence[str] | None) -> Object | None:
    line, column = position
    if column == 1:
        return {"line": line, "column": 1}
    if lines is None or not 1 <= line <= len(lines):
        return None
    before = lines[line - 1][: column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
