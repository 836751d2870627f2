"""The report for programs: one JSON document, a finding a line, in the shape of ``report.schema.json``."""

from collections.abc import Iterable
from typing import TextIO

from newslint.render.objects import (
    Object,
    dump,
    finding_object,
    needs_ascii,
    problem_object,
    summary_object,
    tool_object,
)
from newslint.report import SCHEMA_VERSION, RenderOptions, Report


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write the report finding by finding."""
    del options  # nothing in it concerns programs
    ascii_only = needs_ascii(stream)
    stream.write(f'{{\n "schema_version": {SCHEMA_VERSION},\n')
    stream.write(f' "tool": {dump(tool_object(report), ascii_only)},\n')
    stream.write(f' "summary": {dump(summary_object(report), ascii_only)},\n')
    stream.write(' "findings": ')
    _array(map(finding_object, report.findings), stream, ascii_only)
    stream.write(',\n "errors": ')
    _array(map(problem_object, report.problems), stream, ascii_only)
    stream.write("\n}\n")


def _array(objects: Iterable[Object], stream: TextIO, ascii_only: bool) -> None:
    """Write an array with one element a line."""
    separator = "[\n  "
    for value in objects:
        stream.write(separator + dump(value, ascii_only))
        separator = ",\n  "
    stream.write("[]" if separator.startswith("[") else "\n ]")
