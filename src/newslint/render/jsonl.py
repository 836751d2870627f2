"""The report for streams: a JSON object a line, each with its ``type``: findings, then errors, last the summary.

A finding or an error is the same object as in the JSON report; the summary also names the tool and the schema version.
"""

from typing import TextIO

from newslint.render.objects import dump, finding_object, needs_ascii, problem_object, summary_object, tool_object
from newslint.report import SCHEMA_VERSION, RenderOptions, Report


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write the report line by line."""
    del options  # nothing in it concerns programs
    ascii_only = needs_ascii(stream)
    for finding in report.findings:
        stream.write(dump({"type": "finding", **finding_object(finding)}, ascii_only) + "\n")
    for problem in report.problems:
        stream.write(dump({"type": "error", **problem_object(problem)}, ascii_only) + "\n")
    end = {"type": "summary", "schema_version": SCHEMA_VERSION, "tool": tool_object(report), **summary_object(report)}
    stream.write(dump(end, ascii_only) + "\n")
