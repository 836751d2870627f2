"""Figures of a report by rule and by folder, counted in one pass: a report may have millions of findings."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from newslint.model import Applicability, Finding, Record, Severity


class Row:
    """Figures of the findings of a rule or a folder.

    Attributes:
        documents: documents that have any. Reports are in the order of documents, so only the last one is remembered.
        safe: findings that have a safe fix.
        severities: findings by severity.
    """

    __slots__ = ("_last", "documents", "safe", "severities")

    def __init__(self) -> None:
        self.documents = 0
        self.safe = 0
        self.severities: Counter[Severity] = Counter()
        self._last: tuple[str, Record | None] | None = None

    @property
    def findings(self) -> int:
        """All findings."""
        return self.severities.total()

    def add(self, finding: Finding) -> None:
        """Count a finding."""
        self.severities[finding.severity] += 1
        self.safe += finding.fix is not None and finding.fix.applicability is Applicability.SAFE
        document = finding.location.path, finding.location.record
        if document != self._last:
            self._last = document
            self.documents += 1


class Tally(NamedTuple):
    """Rows by rule (``TRA002 orphan-punctuation``) and by folder, those with the most findings first."""

    rules: dict[str, Row]
    folders: dict[str, Row]


def tally(findings: Iterable[Finding]) -> Tally:
    """Count findings, which come in the order of reports."""
    rules: defaultdict[str, Row] = defaultdict(Row)
    folders: defaultdict[str, Row] = defaultdict(Row)
    for finding in findings:
        rules[f"{finding.code} {finding.name}"].add(finding)
        folders[_folder(finding.location.path)].add(finding)
    return Tally(_sorted(rules), _sorted(folders))


def _folder(path: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return folder or slash or "."


def _sorted(rows: dict[str, Row]) -> dict[str, Row]:
    return dict(sorted(rows.items(), key=lambda item: (-item[1].findings, item[0])))
