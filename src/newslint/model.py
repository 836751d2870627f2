"""What newslint speaks in: spans, places, findings. Plain immutable data that imports nothing of ours.

Rules speak in *hits*: spans of code-point offsets inside one document. The engine turns each hit into a
*finding*, which has a path, lines and columns, and can be sorted, rendered and compared without its document.
"""

import enum
from collections.abc import Mapping
from typing import Any, NamedTuple


class Severity(enum.IntEnum):
    """How sure and how grave a finding is. An error or a warning is right almost always."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The name that people read and type, for example ``warning``."""
        return self.name.lower()

    @classmethod
    def parse(cls, label: str) -> "Severity":
        """Return the severity called ``label``.

        Raises:
            ValueError: no severity has that name.
        """
        try:
            return cls[label.upper()]
        except KeyError:
            raise ValueError(f"unknown severity {label!r}: use info, warning or error") from None


class Applicability(enum.StrEnum):
    """Whether a fix may be written without a look: a safe one never changes what the text says."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Status(enum.StrEnum):
    """Where a finding stands: new, known to the baseline, or suppressed by the configuration."""

    NEW = "new"
    BASELINED = "baselined"
    SUPPRESSED = "suppressed"


class Span(NamedTuple):
    """A run of characters: code-point offsets into a document's text, ``end`` exclusive."""

    start: int
    end: int


class Edit(NamedTuple):
    """Replace the characters of ``span`` with ``replacement``."""

    span: Span
    replacement: str


class Fix(NamedTuple):
    """Edits that mend a hit; they belong together and never overlap."""

    applicability: Applicability
    edits: tuple[Edit, ...]


class Place(NamedTuple):
    """Another place that a hit points to. ``document`` is the document's number in the run; None: the same one."""

    message: str
    span: Span
    document: int | None = None


class Hit(NamedTuple):
    """What a rule found: where, what, why and what to do, in offsets of one document.

    Attributes:
        span: the faulty text.
        message: what is wrong, in one line, naming what was found.
        help: what to do about it, in one line.
        severity: set where a hit differs from its rule's severity.
        related: other places, the most telling first.
        data: JSON-ready figures for programs (similarity, language, group size ...).
        key: the text that identifies the hit across versions of a document; default: the marked text.
        document: the document's number in the run; only corpus rules set it.
    """

    span: Span
    message: str
    help: str = ""
    severity: Severity | None = None
    related: tuple[Place, ...] = ()
    fix: Fix | None = None
    data: Mapping[str, Any] = {}
    key: str | None = None
    document: int | None = None


class Position(NamedTuple):
    """A line and a column, both from 1; columns count Unicode code points."""

    line: int
    column: int


class Record(NamedTuple):
    """Which record of a record file a document is: physical line, index from 0, identifier and field."""

    line: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which a record has no use for
    id: str | None = None
    field: str | None = None


class Location(NamedTuple):
    """A place that people and programs can open. ``end`` is exclusive."""

    path: str
    start: Position
    end: Position
    record: Record | None = None


class RelatedPlace(NamedTuple):
    """A related place, located."""

    message: str
    location: Location


class LocatedEdit(NamedTuple):
    """An edit, located."""

    location: Location
    replacement: str


class LocatedFix(NamedTuple):
    """A fix, located."""

    applicability: Applicability
    edits: tuple[LocatedEdit, ...]


class Suppression(NamedTuple):
    """Why a finding is suppressed, and where that is said: ``newslint.toml:12``, or ``line 12`` of the document."""

    reason: str
    source: str


class Finding(NamedTuple):
    """One entry of a report. ``suppression`` is set where ``status`` says so."""

    location: Location
    code: str
    name: str
    severity: Severity
    message: str
    help: str
    related: tuple[RelatedPlace, ...]
    fix: LocatedFix | None
    fingerprint: str
    status: Status
    data: Mapping[str, Any]
    suppression: Suppression | None = None


class Problem(NamedTuple):
    """Something that kept newslint from doing its work: an entry of the report's ``errors``."""

    message: str
    path: str | None = None
    rule: str | None = None
