"""A summary in GitHub's mark-down, for a pull request's comment or a step's summary: figures, tables, worst findings.

GitHub takes 65 536 characters in a comment and 1 MiB in a step's summary: the report keeps to the smaller one and says
what it leaves out. What comes from files is escaped: no text of an article mentions people, links, or makes a table.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TextIO
from urllib.parse import quote

from newslint.model import Finding, Problem, Severity
from newslint.render.places import from_root, gravest, message, numbered, region
from newslint.render.tally import Row, tally
from newslint.render.terminal import Paint, closing, count, line_writer, visible
from newslint.report import RenderOptions, Report

#: Characters of the report: GitHub's 65 536 less room for the words of whoever posts it.
LENGTH = 60_000
#: Findings that are listed.
FINDINGS = 50
#: Rules, folders and failures that are listed, as rows and as characters.
RULES, FOLDERS, FAILURES = (50, 15_000), (20, 8_000), (20, 8_000)
#: Characters of a message or a path that are shown.
TEXT = 300

# What means something in mark-down, and what makes the addresses that GitHub links by itself.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# People, teams, issues and mail addresses: GitHub finds them after all escapes are gone, but not in code.
_REFERENCE = re.compile(r"[@#]|\bGH-\d", re.IGNORECASE)


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write the summary."""
    del options
    write = line_writer(stream)
    room = LENGTH
    for line in _figures(report):
        write(line)
        room -= len(line) + 1
    for line in _findings(report, room):
        write(line)


def _figures(report: Report) -> Iterator[str]:
    yield from ("## newslint", "", " ".join(closing(report.summary(), Paint(color=False))))
    if report.problems:
        yield from _failures(report)
    rules, folders = tally(report.new())
    if rules:
        yield from _table("rule", rules, RULES)
        yield from _table("folder", folders, FOLDERS)


def _findings(report: Report, room: int) -> Iterator[str]:
    total = sum(1 for _ in report.new())
    if not total:
        return
    yield from ("", "### Gravest findings" if total > FINDINGS else "### Findings", "")
    yield from ("| severity | place | rule | finding |", "| --- | --- | --- | --- |")
    worst = gravest(numbered(report.new()), FINDINGS)
    shown = _within((FINDINGS, room), (_row(finding) for finding, _ in worst))
    yield from shown
    if total > len(shown):
        left = count(total - len(shown), "more finding")
        yield from ("", f"Left out: {left}. The formats full and json have them all.")


def _failures(report: Report) -> Iterator[str]:
    yield from ("", "### Failures", "")
    shown = _within(FAILURES, (f"- {_failure(problem)}" for problem in report.problems))
    yield from shown
    if len(report.problems) > len(shown):
        yield f"- … and {count(len(report.problems) - len(shown), 'more failure')}"


def _failure(problem: Problem) -> str:
    path = f"{_code(problem.path)}: " if problem.path is not None else ""
    rule = f" (rule {_code(problem.rule)})" if problem.rule is not None else ""
    return f"{path}{_text(problem.message)}{rule}"


def _table(heading: str, rows: Mapping[str, Row], limits: tuple[int, int]) -> Iterator[str]:
    yield from ("", f"### Findings by {heading}", "")
    yield f"| {heading} | errors | warnings | notes | documents | safe fixes |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    shown = _within(limits, (_figures_of(key, row) for key, row in rows.items()))
    yield from shown
    if len(rows) > len(shown):
        yield from ("", f"… and {count(len(rows) - len(shown), f'more {heading}')}")


def _figures_of(key: str, row: Row) -> str:
    numbers = [row.severities[severity] for severity in sorted(Severity, reverse=True)]
    cells = " | ".join(str(number or "") for number in (*numbers, row.documents, row.safe))
    return f"| {_code(key)} | {cells} |"


def _within(limits: tuple[int, int], lines: Iterable[str]) -> list[str]:
    """The first lines, as many as the limits of lines and characters allow."""
    most, room = limits
    kept = []
    for line in islice(lines, most):
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept


def _row(finding: Finding) -> str:
    location = finding.location
    line = region(location).line
    path = from_root(location.path)
    label = _code(f"{path}:{line}")
    address = _address(path, line)
    place = f"[{label}]({address})" if address else label
    rule = _code(f"{finding.code} {finding.name}")
    return f"| {finding.severity.label} | {place} | {rule} | {_text(message(finding))} |"


def _address(path: str, line: int) -> str:
    """Where the line can be seen: on the service that runs the job, else relative to the summary."""
    if path.startswith("/") or path == "-":
        return ""
    name = quote(path, errors="replace")
    environment = os.environ
    if "GITHUB_REPOSITORY" in environment and "GITHUB_SHA" in environment:
        server = environment.get("GITHUB_SERVER_URL", "https://github.com")
        plain = "?plain=1" if path.lower().endswith((".md", ".markdown")) else ""  # rendered pages have no lines
        return f"{server}/{environment['GITHUB_REPOSITORY']}/blob/{environment['GITHUB_SHA']}/{name}{plain}#L{line}"
    if "CI_PROJECT_URL" in environment and "CI_COMMIT_SHA" in environment:
        return f"{environment['CI_PROJECT_URL']}/-/blob/{environment['CI_COMMIT_SHA']}/{name}#L{line}"
    return f"{name}#L{line}"


def _text(text: str) -> str:
    """Text in which nothing is markup; words that GitHub would take for people or issues become code."""
    words = _clipped(visible(text)).split(" ")
    return " ".join(_code(word) if _REFERENCE.search(word) else _MARKUP.sub(r"\\\g<0>", word) for word in words)


def _code(text: str) -> str:
    """Text as code, fenced by more backticks than it holds; also within a table."""
    text = _clipped(visible(text))
    if "|" in text:  # no fence keeps a table from ending its cell here
        return f"<code>{_PUNCTUATION.sub(lambda mark: f'&#{ord(mark[0])};', text)}</code>"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def _clipped(text: str) -> str:
    return text if len(text) <= TEXT else text[: TEXT - 1] + "…"
