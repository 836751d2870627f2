"""A report of tab-separated values, for spreadsheets and ``cut``: one line a finding, a head line above them."""

import re
from typing import TextIO

from newslint.report import RenderOptions, Report

COLUMNS = ("path", "line", "column", "severity", "code", "name", "message")
#: What would end a line or a field, or act on a terminal: control characters, line separators, turns of direction.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write the findings that are new."""
    del options
    _write(stream, *COLUMNS)
    for finding in report.new():
        path, start = finding.location.path, finding.location.start
        _write(
            stream, path, start.line, start.column,
            finding.severity.label, finding.code, finding.name, finding.message,
        )  # fmt: skip


def _write(stream: TextIO, *fields: object) -> None:
    stream.write("\t".join(UNSAFE.sub(" ", str(field)) for field in fields) + "\n")
