"""The findings as the page's script reads them: short arrays, with documents, rules and sentences by number."""

from collections.abc import Sequence
from typing import Any

from newslint.model import Finding, LocatedFix, Location, Record
from newslint.render.objects import finding_object
from newslint.render.terminal import visible

#: Related places of a finding that the page shows.
RELATED = 20

Key = tuple[str, Record | None]


class Entries:
    """The findings of the page, and the places whose text it has to hold.

    Attributes:
        findings: the findings, in order.
        wanted: the places by document, which is a path and a record.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        self.wanted: dict[Key, list[Location]] = {}
        for finding in findings:
            self._want(finding.location)
            for related in finding.related[:RELATED]:
                self._want(related.location)
            for edit in finding.fix.edits if finding.fix else ():
                self._want(edit.location)

    def _want(self, location: Location) -> None:
        self.wanted.setdefault((location.path, location.record), []).append(location)

    def index(self) -> dict[str, Any]:
        """Findings, rules and sentences as JSON-ready values."""
        rules: dict[tuple[str, str], int] = {}
        sentences: dict[str, int] = {"": 0}
        documents = {key: number for number, key in enumerate(self.wanted)}

        def place(location: Location) -> list[int]:
            return [documents[location.path, location.record], *location.start, *location.end]

        def sentence(text: str) -> int:
            return sentences.setdefault(visible(text), len(sentences))

        def fix(located: LocatedFix | None) -> list[Any] | int:
            if located is None:
                return 0
            return [located.applicability.value, [[place(edit.location), edit.replacement] for edit in located.edits]]

        findings = [
            [
                rules.setdefault((finding.code, finding.name), len(rules)),
                int(finding.severity),
                place(finding.location),
                visible(finding.message),
                sentence(finding.help),
                [[place(related.location), sentence(related.message)] for related in finding.related[:RELATED]],
                max(0, len(finding.related) - RELATED),
                fix(finding.fix),
                finding_object(finding)["data"],
            ]
            for finding in self.findings
        ]
        return {"findings": findings, "rules": list(rules), "sentences": list(sentences)}
