"""The format for pipes and editors, one finding a line: ``path:line:column: severity code name: message [*]``.

``[*]`` says that a safe fix is available. In a record file the line is the record's; record and field follow the
message.
"""

from typing import TextIO

from newslint.model import Applicability
from newslint.render.terminal import (
    BOLD,
    SEVERITY_COLORS,
    Paint,
    closing,
    failure,
    line_writer,
    place,
    record_place,
    visible,
)
from newslint.report import RenderOptions, Report


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write a report with one finding a line, then the problems, then the summary in one line."""
    paint = Paint(options.color)
    write = line_writer(stream)
    for finding in report.new():
        record = record_place(finding.location)
        fixable = finding.fix is not None and finding.fix.applicability is Applicability.SAFE
        write(
            f"{paint(place(finding.location), BOLD)}: "
            f"{paint(finding.severity.label, BOLD, SEVERITY_COLORS[finding.severity])} "
            f"{visible(finding.code)} {visible(finding.name)}: {visible(finding.message)}"
            f"{f' ({record})' if record else ''}{' [*]' if fixable else ''}"
        )
    for problem in report.problems:
        write(failure(problem, paint))
    if not options.quiet:
        write(" ".join(closing(report.summary(), paint)))
