"""The report as SARIF 2.1.0 (OASIS), which code scanning on GitHub and editors read.

What GitHub takes is bounded ("SARIF support for code scanning" and "SARIF results exceed one or more limits" in its
documentation): a file that is larger is refused as a whole. So the gravest results come first, and what does not fit
is left out and said in a notification. The JSON report has everything.
"""

import inspect
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO
from urllib.parse import quote

from newslint.model import Applicability, Finding, LocatedFix, Location, Position, Problem, Severity, Status
from newslint.render.objects import Object, dump, needs_ascii
from newslint.render.places import counted, from_root, gravest, message, numbered, region, sound
from newslint.render.rule_page import rule_markdown
from newslint.render.terminal import count, record_place, visible
from newslint.report import Lines, RenderOptions, Report, no_lines
from newslint.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

#: Results of a run that GitHub accepts.
RESULTS = 25_000
#: Bytes of the gzip-compressed file that GitHub accepts: 10 MB, less what is still to be written after the results.
COMPRESSED = 9_500_000
#: Locations of a result that GitHub keeps: its own place and 99 related ones.
RELATED = 99
#: Characters of a rule's descriptions that GitHub keeps.
DESCRIPTION = 1024
#: Characters of a place that are quoted; a longer one is seen in its file.
SNIPPET = 500
#: Notifications of what went wrong; a thousand more of the same would tell nobody anything.
NOTIFICATIONS = 1000
#: Related places that the message links to: code scanning shows no others.
LINKS = 3

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
#: GitHub's words for what a rule's findings are worth: how grave, and how often they are right.
WORTH = {
    Severity.ERROR: ("error", "high"),
    Severity.WARNING: ("warning", "high"),
    Severity.INFO: ("recommendation", "medium"),
}
FIXES = {
    Applicability.SAFE: "Safe fix: what the text says stays the same.",
    Applicability.UNSAFE: "Unsafe fix: look at it before you take it.",
}

_ROOT = {"text": "The root of the repository, or the folder that newslint was started in."}
_ABSOLUTE = re.compile("/|[A-Za-z]:/")


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write a log with one run, a result a line, the gravest first."""
    totals: Counter[tuple[Status, Severity]] = Counter()
    kept = gravest(numbered(_tallied(report.findings, totals)), RESULTS)
    rules = _rules(report, (finding for finding, _ in kept))
    numbers = {descriptor["id"]: number for number, descriptor in enumerate(rules)}
    out = _Measured(stream)
    ascii_only = needs_ascii(stream)
    out.write(f'{{\n "$schema": "{SCHEMA}",\n "version": "2.1.0",\n "runs": [\n  {{\n')
    out.write(f'   "tool": {dump(_tool(report, rules), ascii_only)},\n')
    out.write('   "columnKind": "unicodeCodePoints",\n   "newlineSequences": ["\\r\\n", "\\n", "\\r"],\n')
    out.write(f'   "originalUriBaseIds": {dump({"%SRCROOT%": {"description": _ROOT}}, ascii_only)},\n')
    out.write('   "results": ')
    baseline = any(status is Status.BASELINED for status, _ in totals)
    separator = "[\n    "
    for finding, number in kept:
        if out.compressed >= COMPRESSED:
            break
        result = _result(finding, number, numbers[finding.code], options.lines, baseline)
        out.write(separator + dump(result, ascii_only))
        separator = ",\n    "
        totals[finding.status, finding.severity] -= 1
    out.write("[]" if separator.startswith("[") else "\n   ]")
    out.write(f',\n   "invocations": [{dump(_invocation(report, totals, rules), ascii_only)}]\n  }}\n ]\n}}\n')


class _Measured:
    """Writes, and knows how many bytes of the compressed text are finished; up to 64 KB more may be under way."""

    def __init__(self, stream: TextIO) -> None:
        self.compressed = 0
        self._stream = stream
        self._compressor = zlib.compressobj()

    def write(self, text: str) -> None:
        """Write."""
        self._stream.write(text)
        self.compressed += len(self._compressor.compress(text.encode("utf-8", "replace")))


def _tallied(findings: Iterable[Finding], totals: Counter[tuple[Status, Severity]]) -> Iterator[Finding]:
    for finding in findings:
        totals[finding.status, finding.severity] += 1
        yield finding


# The tool and its rules


def _described(id: str, text: str) -> Object:
    """A descriptor with all that GitHub requires of one."""
    told = {"text": text}
    return {"id": id, "shortDescription": told, "fullDescription": told, "help": told}


_NOTIFICATIONS = [
    _described("failure", "Something kept newslint from doing its work."),
    _described("left-out", "Results were left out, so that GitHub takes the file."),
]


def _tool(report: Report, rules: Sequence[Object]) -> Object:
    return {
        "driver": {
            "name": "newslint",
            "fullName": "newslint, a linter for news text",
            "version": report.version,
            "language": "en",
            "notifications": _NOTIFICATIONS,
            "rules": rules,
        },
        "extensions": [{"name": name, "version": version} for name, version in report.plugins],
    }


def _rules(report: Report, findings: Iterable[Finding]) -> list[Object]:
    """The descriptors of the run's rules, and of those that are only known by their findings; by code."""
    descriptors = {rule.code: _descriptor(rule) for rule in report.rules()}
    for finding in findings:
        if finding.code not in descriptors:
            descriptors[finding.code] = {**_described(finding.code, f"{finding.name}."), "name": finding.name}
    return [descriptors[code] for code in sorted(descriptors)]


def _descriptor(rule: type[Rule]) -> Object:
    page = inspect.cleandoc(rule.__doc__ or rule.name)
    first, _, rest = page.partition("\n\n")
    does = re.search(r"^## What it does\n(.*?)(?=\n\n|\Z)", rest, re.DOTALL | re.MULTILINE)
    severity, precision = WORTH[rule.severity]
    family = rule.__module__.split(".")[1:-1]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _clipped(first)},
        "fullDescription": {"text": _clipped(does[1] if does else first)},
        "help": {"text": page, "markdown": rule_markdown(rule)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["news-text", *family[:1]], "precision": precision, "problem.severity": severity},
    }


def _clipped(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= DESCRIPTION else text[: DESCRIPTION - 1] + "…"


# Results


def _result(finding: Finding, number: int, rule: int, lines: Lines, baseline: bool) -> Object:
    related = finding.related[:RELATED]
    result: Object = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_location(finding.location, lines)],
        "partialFingerprints": {"newslint/v1": f"{finding.fingerprint}:{number}"},
    }
    if related:
        result["relatedLocations"] = [
            {"id": place, "message": {"text": _unlinked(visible(each.message))}, **_location(each.location)}
            for place, each in enumerate(related, 1)
        ]
    if finding.fix is not None and finding.location.record is None:
        result["fixes"] = [_fix(finding.fix)]
    if baseline and finding.status is not Status.SUPPRESSED:
        result["baselineState"] = "unchanged" if finding.status is Status.BASELINED else "new"
    if finding.status is not Status.NEW:
        result["suppressions"] = [_suppression(finding)]
    return result


def _message(finding: Finding) -> str:
    """What is wrong, what to do, and links to the first related places."""
    sentences = [_sentence(_unlinked(message(finding)))]
    if finding.help:
        sentences.append(_sentence(_unlinked(visible(finding.help))))
    links = []
    for place, related in enumerate(finding.related[:LINKS], 1):
        label = visible(related.message) or visible(related.location.path)
        links.append(f"[{_escaped(label)}]({place})")
    if links:
        others = len(finding.related) - len(links)
        more = f" and {count(others, 'more place')}" if others else ""
        sentences.append(f"See {', '.join(links)}{more}.")
    return " ".join(sentences)


def _unlinked(text: str) -> str:
    """The text with its brackets escaped where a reader of SARIF would take them for a link (section 3.11.6)."""
    return _escaped(text) if "](" in text else text


def _escaped(text: str) -> str:
    return re.sub(r"([][\\])", r"\\\1", text)


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _suppression(finding: Finding) -> Object:
    if finding.status is Status.BASELINED:
        return {"kind": "external", "justification": "It is in the baseline."}
    if finding.suppression is None:
        return {"kind": "external"}
    reason, source = finding.suppression
    kind = "inSource" if source.startswith("line ") else "external"  # a comment in the document, or the configuration
    return {"kind": kind, "justification": sound(reason), "properties": {"source": sound(source)}}


def _fix(fix: LocatedFix) -> Object:
    """A fix: its edits belong together and lie in one document."""
    replacements = [
        {"deletedRegion": _exact(edit.location), "insertedContent": {"text": sound(edit.replacement)}}
        for edit in fix.edits
    ]
    artifact = _artifact(fix.edits[0].location.path)
    return {
        "description": {"text": FIXES[fix.applicability]},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        "properties": {"applicability": fix.applicability.value},
    }


def _exact(location: Location) -> Object:
    (line, column), (end_line, end_column) = location.start, location.end
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


# Places


def _location(location: Location, lines: Lines = no_lines) -> Object:
    """A place; with its text where ``lines`` gives it. Related places go without: their files would be read again."""
    line, column, end_line, end_column = region(location)
    area: Object = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    area = {name: value for name, value in area.items() if value is not None}
    record = location.record
    if record is None:
        snippet = _snippet(lines(location), location.start, Position(end_line, end_column or 0))
        if snippet:
            area["snippet"] = {"text": snippet}
    place: Object = {"physicalLocation": {"artifactLocation": _artifact(location.path), "region": area}}
    if record is not None:
        name = sound(record.id) if record.id is not None else str(record.index + 1)
        place["logicalLocations"] = [{"name": name, "kind": "record", "decoratedName": record_place(location)}]
        inside = {"start": location.start._asdict(), "end": location.end._asdict()}
        field = None if record.field is None else sound(record.field)
        place["properties"] = {"record": {"index": record.index, "id": name, "field": field, **inside}}
    return place


def _snippet(lines: Sequence[str] | None, start: Position, end: Position) -> str:
    """The text of a region, where it is known and short; an end column of 0 means the line's end."""
    if lines is None or not 1 <= start.line <= end.line <= len(lines) or end.line - start.line > SNIPPET:
        return ""
    last = lines[end.line - 1][: end.column - 1 if end.column else None]
    if start.line == end.line:
        text = last[start.column - 1 :]
    else:
        text = "\n".join((lines[start.line - 1][start.column - 1 :], *lines[start.line : end.line - 1], last))
    return sound(text) if len(text) <= SNIPPET else ""


def _artifact(path: str) -> Object:
    """Where a file is: from the repository's root, or in full where it lies elsewhere."""
    path = from_root(path)
    if _ABSOLUTE.match(path):
        return {"uri": f"file://{'' if path.startswith('/') else '/'}{quote(path, errors='replace')}"}
    return {"uri": quote(path, errors="replace"), "uriBaseId": "%SRCROOT%"}


# What happened


def _invocation(report: Report, missing: Mapping[tuple[Status, Severity], int], rules: Sequence[Object]) -> Object:
    codes = {descriptor["name"]: descriptor["id"] for descriptor in rules}
    value: Object = {
        "executionSuccessful": not report.problems,
        "toolExecutionNotifications": [_notification(each, codes) for each in report.problems[:NOTIFICATIONS]],
    }
    told = [_left_out(missing)] if any(missing.values()) else []
    if len(report.problems) > NOTIFICATIONS:
        told.append(f"{count(len(report.problems) - NOTIFICATIONS, 'more failure')} left out.")
    if told:
        value["toolConfigurationNotifications"] = [
            {"descriptor": {"id": "left-out"}, "level": "warning", "message": {"text": text}} for text in told
        ]
    return value


def _left_out(missing: Mapping[tuple[Status, Severity], int]) -> str:
    new = {severity: number for (status, severity), number in missing.items() if status is Status.NEW}
    known = sum(number for (status, _), number in missing.items() if status is not Status.NEW)
    parts = [part for part in (counted(new), f"{known} baselined or suppressed" if known else "") if part]
    return (
        f"Left out, the gravest being kept, since GitHub takes {RESULTS:,} results and 10 MB compressed at most: "
        f"{', '.join(parts)}. The formats json and jsonl have everything."
    )


def _notification(problem: Problem, codes: Mapping[str, str]) -> Object:
    rule = problem.rule
    text = visible(problem.message) + (f" (rule {visible(rule)})" if rule is not None else "")
    value: Object = {"descriptor": {"id": "failure"}, "level": "error", "message": {"text": _sentence(text)}}
    if problem.path is not None:
        value["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(problem.path)}}]
    if rule is not None and rule in codes:
        value["associatedRule"] = {"id": codes[rule]}
    return value
