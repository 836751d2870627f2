"""What plugins hand over, looked at before anything is made of it: they come from anywhere, and reports rely on it.

A finding is sent between processes, sorted, kept in caches and written in a dozen formats. So all its parts are made of
the plain types that they are said to be of, and whatever is not is the fault of its rule alone.
"""

import codecs
from itertools import pairwise
from operator import index
from typing import Any

from newslint.document import Document
from newslint.model import Applicability, Edit, Fix, Hit, Place, Record, Severity, Span

#: Findings of one rule in one document. A rule that goes on is out of its mind, or the document is no article; without
#: an end it would take all memory.
MOST = 100_000


class TooManyError(Exception):
    """A rule finds more than ``MOST`` in one document."""

    def __init__(self) -> None:
        super().__init__(f"more than {MOST} findings in one document")


def accepted(hit: Any, document: Document) -> Hit:
    """The hit in plain types, its span inside its document.

    Args:
        hit: what a rule gave.
        document: the document it is about.

    Raises:
        TypeError: a part is of another type than it should be.
        ValueError: a span lies outside its document, or the edits of a fix overlap.
    """
    if not isinstance(hit, Hit):
        raise TypeError(f"it gave {_shown(hit)}, not a Hit")
    span = _span(hit.span, "a hit's span", document)
    if hit.severity is not None and not isinstance(hit.severity, Severity):
        raise TypeError(f"a hit's severity is {_shown(hit.severity)}: use newslint.model.Severity")
    return Hit(
        span,
        _text(hit.message, "a hit's message"),
        _text(hit.help, "a hit's help"),
        hit.severity,
        tuple(_place(place) for place in hit.related) if hit.related else (),
        None if hit.fix is None else _fix(hit.fix, document),
        hit.data,
        None if hit.key is None else _text(hit.key, "a hit's key"),
        None if hit.document is None else _whole(hit.document, "a hit's document"),
    )


def accept_document(document: Any) -> None:
    """Make sure that what a reader gave is a document of plain types.

    Raises:
        TypeError: it is not.
        LookupError: its encoding is unknown.
    """
    if not isinstance(document, Document):
        raise TypeError(f"it gave {_shown(document)}, not a Document")
    for name in ("source", "text", "format", "encoding"):
        if type(getattr(document, name)) is not str:
            raise TypeError(f"a document's {name} is {_shown(getattr(document, name))}, not a text")
    record = document.record
    if not (record is None or (isinstance(record, Record) and type(record.line) is type(record.index) is int)):
        raise TypeError(f"a document's record is {_shown(record)}, not a Record")
    words = (document.stated_language, *((record.id, record.field) if record else ()))
    if not all(word is None or type(word) is str for word in words):
        raise TypeError(f"a document's language or its record's id or field is no text: {_shown(words)}")
    codecs.lookup(document.encoding)


def _span(value: Any, what: str, document: Document | None = None) -> Span:
    try:
        start, end = value
    except (TypeError, ValueError):
        raise TypeError(f"{what} is {_shown(value)}, not a Span") from None
    span = Span(_whole(start, what), _whole(end, what))
    if document is not None and not 0 <= span.start <= span.end <= len(document.source):
        raise ValueError(f"{what} is {span.start}-{span.end}, the document 0-{len(document.source)}")
    return span


def _whole(value: Any, what: str) -> int:
    if type(value) is int:
        return value
    try:
        return int(index(value))
    except TypeError:
        raise TypeError(f"{what} has {_shown(value)}, not a whole number") from None


def _text(value: Any, what: str) -> str:
    if type(value) is str:
        return value
    if not isinstance(value, str):
        raise TypeError(f"{what} is {_shown(value)}, not a text")
    return "".join(list(value))


def _place(value: Any) -> Place:
    if not isinstance(value, Place):
        raise TypeError(f"a related place is {_shown(value)}, not a Place")
    beside = None if value.document is None else _whole(value.document, "a related place's document")
    return Place(_text(value.message, "a related place's message"), _span(value.span, "a related place"), beside)


def _fix(value: Any, document: Document) -> Fix:
    if not isinstance(value, Fix):
        raise TypeError(f"a hit's fix is {_shown(value)}, not a Fix")
    edits = tuple(_edit(edit, document) for edit in value.edits)
    if not edits:
        raise ValueError("a fix has no edits")
    for before, after in pairwise(sorted(edit.span for edit in edits)):
        if after.start < before.end or after.start == before.start:
            raise ValueError(f"the edits of a fix overlap at {after.start}")
    return Fix(Applicability(value.applicability), edits)


def _edit(value: Any, document: Document) -> Edit:
    if not isinstance(value, Edit):
        raise TypeError(f"an edit is {_shown(value)}, not an Edit")
    return Edit(_span(value.span, "an edit", document), _text(value.replacement, "an edit's replacement"))


def _shown(value: Any) -> str:
    """What something is, for an error; its own words for itself may raise."""
    try:
        text = repr(value)
    except Exception:
        text = f"a {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:59]}…"
