"""A report as plain JSON objects, in the shape of ``report.schema.json``: what the JSON formats write."""

import json
import math
import numbers
import re
from collections.abc import Mapping, Set
from typing import Any, TextIO

from newslint.model import Finding, LocatedFix, Location, Position, Problem
from newslint.render.terminal import escape
from newslint.report import Report

Object = dict[str, Any]

# Valid in JSON, but lone surrogates cannot be written, U+0085 and U+2028 end lines for some readers, and the others
# would act on a terminal that shows the report, or not be seen there; the last would be commands to a CI service. Read
# again, the escapes mean the same characters.
_UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]|#(?=#\\[|#vso\\[|#teamcity\\[)"
)


def dump(value: Object, ascii_only: bool) -> str:
    """Return ``value`` as JSON on one line."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    return _UNSAFE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    number = ord(match[0])
    if number <= 0xFFFF:
        return escape(match[0])
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"


def needs_ascii(stream: TextIO) -> bool:
    """Whether the stream's encoding cannot carry all characters."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return not encoding.lower().startswith("utf")


def tool_object(report: Report) -> Object:
    """The tool that made the report."""
    return {
        "version": report.version,
        "plugins": [{"name": name, "version": version} for name, version in report.plugins],
    }


def summary_object(report: Report) -> Object:
    """The report in figures."""
    summary = report.summary()
    return {
        "documents": summary.documents,
        "findings": summary.findings,
        "suppressed": summary.suppressed,
        "baselined": summary.baselined,
        "by_rule": dict(summary.by_rule),
    }


def finding_object(finding: Finding) -> Object:
    """A finding."""
    value: Object = {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.label,
        "message": finding.message,
        "help": finding.help,
        "location": _location(finding.location),
        "related": [
            {"message": related.message, "location": _location(related.location)} for related in finding.related
        ],
        "fix": None if finding.fix is None else _fix(finding.fix),
        "fingerprint": finding.fingerprint,
        "status": finding.status.value,
        "data": _plain(finding.data),
    }
    if finding.suppression is not None:
        value["suppression"] = finding.suppression._asdict()
    return value


def problem_object(problem: Problem) -> Object:
    """A problem; path and rule only where they are known."""
    value: Object = {"message": problem.message}
    if problem.path is not None:
        value["path"] = problem.path
    if problem.rule is not None:
        value["rule"] = problem.rule
    return value


def _location(location: Location) -> Object:
    value: Object = {"path": location.path, "start": _position(location.start), "end": _position(location.end)}
    if location.record is not None:
        value["record"] = location.record._asdict()
    return value


def _position(position: Position) -> Object:
    return {"line": position.line, "column": position.column}


def _fix(fix: LocatedFix) -> Object:
    return {
        "applicability": fix.applicability.value,
        "edits": [{"location": _location(edit.location), "replacement": edit.replacement} for edit in fix.edits],
    }


def _plain(value: object) -> Any:
    """What a rule left in ``data``, as JSON: keys sorted, any library's figures as numbers, the rest as text."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, Set):
        return [_plain(item) for item in sorted(value, key=str)]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value) if math.isfinite(value) else None
    return str(value)
