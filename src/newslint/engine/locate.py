"""From hits to findings: offsets become lines and columns, and a fingerprint tells the finding again later."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from newslint.document import Document
from newslint.engine.plan import Profile
from newslint.model import Finding, Hit, LocatedEdit, LocatedFix, Record, RelatedPlace, Status
from newslint.rule import Rule

#: How deep the data of a hit may be nested: writers of JSON end at some hundreds.
DEPTH = 32
#: The longest whole number there: of a longer one, readers that know doubles only would make infinity.
BITS = 1024


def locate(
    hit: Hit, rule: Rule, document: Document, profile: Profile, other: Callable[[int], Document] | None = None
) -> Finding:
    """Make a finding of a hit.

    Args:
        hit: what the rule found.
        rule: the rule.
        document: the document it was found in.
        profile: the profile that the document is checked with.
        other: gives the documents that related places name by number; document rules need none.

    Raises:
        ValueError: a span lies outside its document.
    """
    related = []
    twin = ""
    for place in hit.related:
        beside = document if place.document is None or other is None else other(place.document)
        twin = twin or (beside.identity + _record(beside.record) if beside is not document else "")
        related.append(RelatedPlace(place.message, beside.location(place.span)))
    fix = None
    if hit.fix is not None:
        edits = (LocatedEdit(document.location(edit.span), edit.replacement) for edit in hit.fix.edits)
        fix = LocatedFix(hit.fix.applicability, tuple(edits))
    known = fingerprint(hit, rule, document, twin)
    suppression = profile.suppression(rule, document, hit.span, known)
    return Finding(
        document.location(hit.span),
        rule.code,
        rule.name,
        profile.severity(rule, hit.severity),
        hit.message,
        hit.help,
        tuple(related),
        fix,
        known,
        Status.SUPPRESSED if suppression else Status.NEW,
        plain(hit.data),
        suppression,
    )


def plain(data: Any, depth: int = DEPTH) -> Any:
    """A copy of a hit's data made of JSON's types only, so that it can be sent, sorted and written.

    Raises:
        TypeError: it holds something that JSON does not know.
        ValueError: it is nested deeper than ``DEPTH``, or a number is longer than ``BITS``.
    """
    if data is None or isinstance(data, bool):
        return data
    if isinstance(data, str):
        return data if type(data) is str else "".join(list(data))
    if not depth:
        raise ValueError(f"a hit's data is nested deeper than {DEPTH}")
    if isinstance(data, Mapping):
        return {"".join(list(str(key))): plain(value, depth - 1) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [plain(value, depth - 1) for value in data]
    if isinstance(data, int):
        if data.bit_length() > BITS:
            raise ValueError(f"a hit's data holds a number of {data.bit_length()} bits")
        return int(data)
    if isinstance(data, float):
        return float(data)
    if hasattr(data, "item"):  # numbers of numpy
        return plain(data.item(), depth - 1)
    raise TypeError(f"a hit's data cannot hold a {type(data).__name__}")


def fingerprint(hit: Hit, rule: Rule, document: Document, twin: str) -> str:
    """What tells a finding again when lines move: rule, document and matched text, and for a pair the twin."""
    key = document.source[hit.span.start : hit.span.end] if hit.key is None else hit.key
    parts = (rule.name, document.identity, _record(document.record), " ".join(key.split()), twin)
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _record(record: Record | None) -> str:
    """What tells a text of a record again: the record's own name, where it has one, and the field."""
    return "" if record is None else f"{record.id or record.index}\0{record.field or ''}"


def order(finding: Finding) -> tuple[object, ...]:
    """The key that findings are sorted by in every report."""
    location = finding.location
    index, field = (location.record.index, location.record.field or "") if location.record else (-1, "")
    return location.path, index, field, location.start, location.end, finding.code, finding.message
