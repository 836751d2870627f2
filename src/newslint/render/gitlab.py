"""GitLab's code quality report: what merge requests show as gained and lost.

One JSON array, an entry a line (GitLab, "Code Quality report format"). GitLab tells entries apart by fingerprint alone
and compares them with those of the target branch, so that equal fingerprints are numbered and what is baselined or
suppressed is left out.
"""

import hashlib
from collections.abc import Iterator
from typing import TextIO

from newslint.model import Finding, Problem, Severity
from newslint.render.objects import Object, dump, needs_ascii
from newslint.render.places import from_root, message, numbered, region, sound
from newslint.render.terminal import visible
from newslint.report import RenderOptions, Report

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write the array, the problems first."""
    del options
    ascii_only = needs_ascii(stream)
    separator = "[\n "
    for entry in _entries(report):
        stream.write(separator + dump(entry, ascii_only))
        separator = ",\n "
    stream.write("[]\n" if separator.startswith("[") else "\n]\n")


def _entries(report: Report) -> Iterator[Object]:
    yield from map(_failure, report.problems)
    for finding, number in numbered(report.new()):
        yield _entry(finding, number)


def _entry(finding: Finding, number: int) -> Object:
    line, _, end_line, _ = region(finding.location)
    return {
        # GitLab shows the description alone, so the rule stands there too.
        "description": f"{visible(finding.code)} {visible(finding.name)}: {message(finding)}",
        "check_name": finding.name,
        "fingerprint": finding.fingerprint if number == 1 else f"{finding.fingerprint}-{number}",
        "severity": SEVERITIES[finding.severity],
        "location": {"path": sound(from_root(finding.location.path)), "lines": {"begin": line, "end": end_line}},
    }


def _failure(problem: Problem) -> Object:
    """What kept newslint from doing its work; GitLab cannot read entries without a path and a line."""
    key = "\0".join((problem.path or "", problem.rule or "", problem.message)).encode("utf-8", "replace")
    return {
        "description": f"newslint could not do its work: {visible(problem.message)}",
        "check_name": problem.rule or "newslint",
        "fingerprint": hashlib.blake2b(key, digest_size=8).hexdigest(),
        "severity": "blocker",
        "location": {"path": sound(from_root(problem.path or ".")), "lines": {"begin": 1, "end": 1}},
    }
