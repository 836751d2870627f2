"""reviewdog's diagnostic format for streams: the diagnostics of the rdjson report, one a line."""

from typing import TextIO

from newslint.render.objects import dump, needs_ascii
from newslint.render.rdjson import diagnostics
from newslint.report import RenderOptions, Report


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write a diagnostic a line."""
    ascii_only = needs_ascii(stream)
    for diagnostic in diagnostics(report, options.lines):
        stream.write(dump(diagnostic, ascii_only) + "\n")
