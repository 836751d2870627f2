"""Findings as an editor shows them."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from lsprotocol import types

from newslint.model import Applicability, Finding, LocatedFix, Severity
from newslint.render.terminal import visible
from newslint.server.positions import Ruler, Units

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


class Shown(NamedTuple):
    """A finding, what the editor shows of it, and the edits of its fix, none where it has none."""

    finding: Finding
    diagnostic: types.Diagnostic
    edits: tuple[types.TextEdit, ...]


class Page(NamedTuple):
    """A text on the screen and those that its findings point to.

    Attributes:
        uri: what the editor calls it.
        shown: the path that its findings have.
        source: the text.
        others: the texts of other documents by the path that findings have.
        uri_of: gives what the editor calls another document.
        length: measures a text in the editor's units.
        links: whether the editor shows related places by itself.
    """

    uri: str
    shown: str
    source: str
    others: Mapping[str, str]
    uri_of: Callable[[str], str]
    length: Units
    links: bool


def on(page: Page, findings: list[Finding]) -> list[Shown]:
    """What the editor shows of findings."""
    rulers = {page.shown: Ruler(page.source, page.length)}

    def ruler(path: str) -> Ruler:
        if path not in rulers:
            rulers[path] = Ruler(page.others.get(path, ""), page.length)
        return rulers[path]

    return [_shown(page, finding, ruler) for finding in findings]


def _shown(page: Page, finding: Finding, ruler: Callable[[str], Ruler]) -> Shown:
    own = ruler(page.shown)
    place = own.range(finding.location)
    if own.covers(finding.location):
        # A text that is underlined from end to end cannot be read: what is about all of it is shown at its head.
        place = own.line(finding.location.start.line)
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(
                page.uri if each.location.path == page.shown else page.uri_of(each.location.path),
                ruler(each.location.path).range(each.location),
            ),
            visible(each.message),
        )
        for each in finding.related
    ]
    message = visible(finding.message)
    if related and not page.links:
        first = finding.related[0]
        message += f" ({visible(first.message)}: {visible(first.location.path)}:{first.location.start.line})"
    data: dict[str, Any] = {"code": finding.code, "fingerprint": finding.fingerprint, **finding.data}
    fixable = finding.fix is not None and finding.location.record is None
    edits = tuple(
        types.TextEdit(own.range(edit.location), edit.replacement)
        for edit in (finding.fix.edits if finding.fix else ())
    )
    diagnostic = types.Diagnostic(
        place, message,
        severity=SEVERITIES[finding.severity],
        code=finding.name,
        source="newslint",
        tags=[types.DiagnosticTag.Unnecessary] if finding.fix and _takes_away(finding, finding.fix) else None,
        related_information=related or None,
        data=data,
    )  # fmt: skip
    return Shown(finding, diagnostic, edits if fixable else ())


def _takes_away(finding: Finding, fix: LocatedFix) -> bool:
    """Whether the fix drops the marked text: it is too much, as code is that nobody calls."""
    place = finding.location
    return fix.applicability is Applicability.UNSAFE and any(
        not edit.replacement and edit.location.start <= place.start and place.end <= edit.location.end
        for edit in fix.edits
    )
