"""The figures that the page draws, counted in one pass each."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from newslint.model import Finding, Severity

#: Folders and files that are drawn, those with the most findings.
FOLDERS, FILES = 12, 12


class Bar(NamedTuple):
    """A row of a chart: its findings by severity, the gravest first, as label, number, and share of the longest bar.

    The shares are in thousandths and come with where each part begins.
    """

    name: str
    code: str
    number: int
    parts: Sequence[tuple[str, int, int, int]]


class Charts(NamedTuple):
    """Bars by rule, by folder and by file, the longest first; and how many folders and files there are in all."""

    rules: Sequence[Bar]
    folders: Sequence[Bar]
    files: Sequence[Bar]
    all_folders: int
    all_files: int

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Charts":
        """Count. Findings come in the order of reports, so that those of a file follow each other."""
        rules: dict[tuple[str, str], Counter[Severity]] = {}
        folders: dict[tuple[str, str], Counter[Severity]] = {}
        all_files = 0

        def files() -> Iterator[tuple[tuple[str, str], Counter[Severity]]]:
            nonlocal all_files
            for path, group in groupby(findings, key=lambda finding: finding.location.path):
                all_files += 1
                own: Counter[Severity] = Counter()
                for finding in group:
                    own[finding.severity] += 1
                    rules.setdefault((finding.name, finding.code), Counter())[finding.severity] += 1
                folders.setdefault((path.rpartition("/")[0] or ".", ""), Counter()).update(own)
                yield (path, ""), own

        longest = heapq.nsmallest(FILES, files(), key=_order)
        return cls(
            _bars(sorted(rules.items(), key=_order)),
            _bars(heapq.nsmallest(FOLDERS, folders.items(), key=_order)),
            _bars(longest),
            len(folders),
            all_files,
        )


_Row = tuple[tuple[str, str], Counter[Severity]]


def _order(row: _Row) -> tuple[int, tuple[str, str]]:
    return -row[1].total(), row[0]


def _bars(rows: Sequence[_Row]) -> list[Bar]:
    longest = max((counts.total() for _, counts in rows), default=1)
    bars = []
    for (name, code), counts in rows:
        parts, before = [], 0
        for severity, number in sorted(counts.items(), reverse=True):
            start, end = (1000 * mark // longest for mark in (before, before + number))
            parts.append((severity.label, number, start, max(1, end - start)))
            before += number
        bars.append(Bar(name, code, counts.total(), parts))
    return bars
