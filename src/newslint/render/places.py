"""What the formats for CI services share: where a finding stands in the file as it lies on the disk, and its words.

A service shows a finding beside a line of a file of the repository. In a record file that is the record's line, and
the message says which record it is.
"""

import heapq
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newslint.model import Finding, Location, Severity, Status
from newslint.render.terminal import NOUNS, count, record_place, visible

_SURROGATE = re.compile("[\ud800-\udfff]")

#: Where services put the repository: their documentation says that paths count from there.
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


class Region(NamedTuple):
    """Lines and columns of a file, from 1; ``end_column`` is exclusive. A column that is None is not known.

    It never ends at the beginning of a line: services would mark that line too.
    """

    line: int
    column: int | None
    end_line: int
    end_column: int | None


def region(location: Location) -> Region:
    """Where a place lies in its file. In a record file that is the line of the record, without columns."""
    if location.record is not None:
        return Region(location.record.line, None, location.record.line, None)
    (line, column), (end_line, end_column) = location.start, location.end
    if end_line > line and end_column == 1:
        return Region(line, column, end_line - 1, None)
    return Region(line, column, end_line, end_column)


def from_root(path: str) -> str:
    """The path from the root of the repository where a CI service says which folder that is, else as it is.

    newslint's paths count from the folder it was started in, which may lie below the root.
    """
    for name in _ROOTS:
        root = os.environ.get(name)
        if root:
            full = os.path.abspath(path)
            top = os.path.join(os.path.abspath(root), "")
            return full[len(top) :].replace(os.sep, "/") if full.startswith(top) else path
    return path


def message(finding: Finding) -> str:
    """What is wrong, on one line, and in which record."""
    record = record_place(finding.location)
    return visible(finding.message) + (f" ({record})" if record else "")


def sound(text: str) -> str:
    """The text as it is, save lone surrogates, which no encoding carries and strict readers of JSON refuse."""
    return _SURROGATE.sub("\ufffd", text)


def numbered(findings: Iterable[Finding]) -> Iterator[tuple[Finding, int]]:
    """Each finding with the number of findings of its fingerprint so far, itself included.

    A fingerprint tells documents apart, and the findings of a document follow each other: one document's are counted.
    """
    counts: Counter[str] = Counter()
    document: object = None
    for finding in findings:
        own = finding.location.path, finding.location.record
        if own != document:
            document = own
            counts.clear()
        counts[finding.fingerprint] += 1
        yield finding, counts[finding.fingerprint]


def gravest(findings: Iterable[tuple[Finding, int]], limit: int) -> list[tuple[Finding, int]]:
    """At most ``limit`` findings: new ones first, then the gravest, then in order. No more are held in memory."""
    return heapq.nsmallest(limit, findings, key=_gravity)


def _gravity(numbered: tuple[Finding, int]) -> tuple[bool, int]:
    finding = numbered[0]
    return finding.status is not Status.NEW, -finding.severity


def counted(counts: Mapping[Severity, int]) -> str:
    """``2 errors, 1 note``: how many findings of each severity, the gravest first."""
    return ", ".join(
        count(number, NOUNS[severity]) for severity, number in sorted(counts.items(), reverse=True) if number
    )
