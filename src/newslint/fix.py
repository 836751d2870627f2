"""Fixes applied to a text: which of them go together, and the text that comes of it."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from newslint.document import Document
from newslint.model import Edit, LocatedFix, Position, Span

Edits = Sequence[Edit]


def edits_of(fix: LocatedFix, document: Document) -> Edits:
    """The edits of a fix as offsets into its document.

    Raises:
        ValueError: a place lies outside of the document.
    """
    return [
        Edit(Span(offset_of(edit.location.start, document), offset_of(edit.location.end, document)), edit.replacement)
        for edit in fix.edits
    ]


def compatible(fixes: Iterable[Edits]) -> list[Edits]:
    """The fixes that can be applied together, those that begin earlier first; a fix goes whole or not at all.

    Edits may touch each other. They may not overlap, not those of one fix either, nor begin at the same place.
    """
    chosen: list[Edits] = []
    taken: list[Span] = []
    for edits in sorted(fixes, key=lambda edits: sorted(edit.span for edit in edits)):
        own: list[Span] = []
        for span in sorted(edit.span for edit in edits):
            if not (_is_free(span, taken) and _is_free(span, own)):
                break
            own.append(span)
        else:
            chosen.append(edits)
            for span in own:
                insort(taken, span)
    return chosen


def apply(source: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made.

    Args:
        source: the text.
        edits: in any order; they do not overlap.
    """
    parts = []
    end = 0
    for span, replacement in sorted(edits):
        parts += [source[end : span.start], replacement]
        end = span.end
    return "".join((*parts, source[end:]))


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    place = bisect_left(taken, span)
    before, after = taken[max(0, place - 1) : place], taken[place : place + 1]
    return all(other.start < span.start and other.end <= span.start for other in before) and all(
        span.start < other.start and span.end <= other.start for other in after
    )


def offset_of(position: Position, document: Document) -> int:
    """The offset of a place in its document.

    Raises:
        ValueError: it lies outside of the document.
    """
    if not 1 <= position.line <= len(document.lines):
        raise ValueError(f"line {position.line} is outside of {document.path}")
    return document.lines[position.line - 1].start + position.column - 1
