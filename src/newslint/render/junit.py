"""The report as JUnit XML, which Jenkins, GitLab and GitHub's test reporters show.

As pytest, ESLint and ruff have it: a document is a test suite, a finding a failed test case. A finding of level info
passes, with its text as output: by default it does not fail the run either. What kept newslint from doing its work is
an error of a suite of its own. Attributes follow the schema of Jenkins' xUnit plugin (junit-10.xsd).
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from os.path import splitext
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from newslint.model import Finding, Location, Problem, Record, Severity
from newslint.render.places import from_root, message, region
from newslint.render.terminal import count, place, record_place, visible
from newslint.report import RenderOptions, Report

# Characters that XML 1.0 has no way to write and that ``visible`` lets through.
_NO_XML = re.compile("[\ufffe\uffff]")


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write a test suite a document, each finding as it comes."""
    del options
    xml = _Writer(stream)
    summary = report.summary()
    failures = summary.findings - summary.by_severity.get(Severity.INFO, 0)
    tests = summary.findings + summary.failures or 1
    xml.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    totals = {"tests": tests, "failures": failures, "errors": summary.failures}
    xml.open("testsuites", {"name": "newslint", **totals, "time": 0}, 0)
    if report.problems:
        number = len(report.problems)
        xml.open("testsuite", {"name": "newslint", "tests": number, "failures": 0, "errors": number, "time": 0}, 1)
        for order, problem in enumerate(report.problems, 1):
            _problem(xml, problem, order)
        xml.close("testsuite", 1)
    elif not summary.findings:
        # A report without a single test counts as a broken one.
        xml.open("testsuite", {"name": "newslint", "tests": 1, "failures": 0, "errors": 0, "time": 0}, 1)
        name = f"no findings in {count(report.documents, 'document')}"
        xml.empty("testcase", {"classname": "newslint", "name": name, "time": 0}, 2)
        xml.close("testsuite", 1)
    # A suite's opening tag has its figures, so each document's findings are counted one step ahead of writing them.
    for (_, findings), (tests, failures) in zip(_documents(report), _figures(report), strict=True):
        _suite(xml, findings, tests, failures)
    xml.close("testsuites", 0)


def _documents(report: Report) -> Iterator[tuple[tuple[str, Record | None], Iterator[Finding]]]:
    return groupby(report.new(), key=lambda finding: (finding.location.path, finding.location.record))


def _figures(report: Report) -> Iterator[tuple[int, int]]:
    """Findings and failures of each document."""
    for _, findings in _documents(report):
        fails = [finding.severity > Severity.INFO for finding in findings]
        yield len(fails), sum(fails)


def _suite(xml: "_Writer", findings: Iterator[Finding], tests: int, failures: int) -> None:
    names: Counter[str] = Counter()
    path = ""
    for finding in findings:
        if not names:
            path = visible(from_root(finding.location.path))
            title = path + _record(finding.location)
            figures = {"tests": tests, "failures": failures, "errors": 0}
            xml.open("testsuite", {"name": title, **figures, "time": 0, "file": path}, 1)
        name = f"{finding.code} {finding.name}: {visible(finding.message)}"
        names[name] += 1
        if names[name] > 1:  # GitLab keeps one case of a name
            name = f"{name} ({names[name]})"
        line = region(finding.location).line
        xml.open("testcase", {"classname": splitext(path)[0], "name": name, "file": path, "line": line, "time": 0}, 2)
        words = message(finding)
        text = f"{place(finding.location)}: {finding.severity.label}: {words}"
        if finding.help:
            text += f"\n{visible(finding.help)}"
        if finding.severity > Severity.INFO:
            xml.text("failure", {"type": finding.severity.label, "message": words}, text, 3)
        else:
            xml.text("system-out", {}, text, 3)
        xml.close("testcase", 2)
    xml.close("testsuite", 1)


def _record(location: Location) -> str:
    record = record_place(location)
    return f" ({record.rpartition(' ')[0]})" if record else ""


def _problem(xml: "_Writer", problem: Problem, order: int) -> None:
    path = None if problem.path is None else visible(from_root(problem.path))
    name = f"failure {order}: {path or visible(problem.rule or 'newslint')}"
    xml.open("testcase", {"classname": "newslint", "name": name, "time": 0, **({"file": path} if path else {})}, 2)
    text = visible(problem.message + (f" (rule {problem.rule})" if problem.rule is not None else ""))
    xml.text("error", {"type": "failure", "message": text}, text, 3)
    xml.close("testcase", 2)


class _Writer:
    """Writes elements, each on a line, with every character that the stream cannot carry spelled out.

    Texts and attributes have been made visible: of what XML 1.0 does not allow, only two characters can be left.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-")
        self._ascii = encoding not in ("utf-8", "utf8")

    def write(self, text: str) -> None:
        """Write what is XML already."""
        self._stream.write(text.encode("ascii", "xmlcharrefreplace").decode("ascii") if self._ascii else text)

    def open(self, name: str, attributes: dict[str, str | int], depth: int) -> None:
        """Write a start tag."""
        self.write(f"{' ' * depth}<{self._tag(name, attributes)}>\n")

    def close(self, name: str, depth: int) -> None:
        """Write an end tag."""
        self.write(f"{' ' * depth}</{name}>\n")

    def empty(self, name: str, attributes: dict[str, str | int], depth: int) -> None:
        """Write an element without content."""
        self.write(f"{' ' * depth}<{self._tag(name, attributes)} />\n")

    def text(self, name: str, attributes: dict[str, str | int], text: str, depth: int) -> None:
        """Write an element that holds text."""
        self.write(f"{' ' * depth}<{self._tag(name, attributes)}>{escape(_allowed(text))}</{name}>\n")

    @staticmethod
    def _tag(name: str, attributes: dict[str, str | int]) -> str:
        listed = (f"{key}={quoteattr(_allowed(str(value)))}" for key, value in attributes.items())
        return " ".join((name, *listed))


def _allowed(text: str) -> str:
    return _NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
