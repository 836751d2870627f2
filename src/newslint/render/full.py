"""The format for people at a terminal: each finding with its text, the mark below, related places and what to do.

The colour codes are written directly and only ``rich.cells`` is used, for widths: laying out through a rich console
costs 20 ms more to import and many times as long for each line.
"""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

from rich.cells import cell_len

from newslint.model import Finding, LocatedFix, Location, RelatedPlace
from newslint.render.excerpt import ELLIPSIS, Row, changed, excerpt, opening, wrap
from newslint.render.terminal import (
    BOLD,
    DIM,
    GREEN,
    SEVERITY_COLORS,
    Paint,
    closing,
    count,
    failure,
    line_writer,
    place,
    record_place,
    visible,
)
from newslint.report import RenderOptions, Report

#: Columns for line numbers; longer numbers widen the gutter of their finding alone.
GUTTER = 3

#: Rows wider than this are hard to read, so a wider terminal is not filled.
WIDEST = 120

#: Related places that are shown; the JSON report has them all.
RELATED = 3

#: Characters of a replacement that a fix's description quotes.
QUOTED = 30


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write a report for people."""
    paint = Paint(options.color)
    width = max(30, options.width or _terminal_width(stream))
    write = line_writer(stream)
    for finding in report.new():
        for line in _Finding(finding, options, paint, width).lines():
            write(line)
        write("")
    for problem in report.problems:
        write(failure(problem, paint))
    if options.quiet:
        return
    if report.problems:
        write("")
    for line in closing(report.summary(), paint):
        write(line)


class _Text(NamedTuple):
    """A place with the text it lies in."""

    location: Location
    lines: Sequence[str]

    @property
    def is_whole_document(self) -> bool:
        """Whether it covers a document of several lines, of which no line would tell anything."""
        (first, column), (last, _) = self.location.start, self.location.end
        known = 0 < last <= len(self.lines) and not any(line.strip() for line in self.lines[last:])
        return known and first == column == 1 and last - first >= 2


class _Finding:
    """Lays out one finding."""

    def __init__(self, finding: Finding, options: RenderOptions, paint: Paint, width: int) -> None:
        self.finding = finding
        self.paint = paint
        self.width = width
        self.color = SEVERITY_COLORS[finding.severity]
        self.text = _Text(finding.location, options.lines(finding.location) or ())
        self.related = [
            (related, _Text(related.location, options.lines(related.location) or ()))
            for related in finding.related[:RELATED]
        ]
        numbers = [text.location.end.line for text in (self.text, *(text for _, text in self.related))]
        self.gutter = max(GUTTER, len(str(max(numbers))))
        self.room = width - self.gutter - 3

    def lines(self) -> Iterator[str]:
        """The lines, the first the finding's header."""
        yield from self.header()
        yield self.place_line("-->", self.text, "")
        rows = [] if self.text.is_whole_document else excerpt(self.text.lines, self.finding.location, self.room)
        mended = None
        if rows:
            yield self.bar().rstrip()
            for row in rows:
                yield from self.row(row, self.color)
            if not rows[0].barred:
                first, width = rows[0].carets
                yield self.bar() + " " * first + self.paint("^" * width, BOLD, self.color)
                mended = self.mended(rows[0])
        if mended:
            yield self.mended_line(mended)
        told = ""
        for related, text in self.related:
            yield from self.related_lines(related, text, related.message if related.message != told else "")
            told = related.message
        if len(self.finding.related) > RELATED:
            more = count(len(self.finding.related) - RELATED, "more place")
            yield self.paint(f"{' ' * self.gutter}::: {ELLIPSIS} {more}", DIM)
        yield from self.notes(seen=mended is not None)

    def header(self) -> Iterator[str]:
        """Severity, rule and message; a message that does not fit goes on below, indented."""
        finding = self.finding
        severity = finding.severity.label
        rule = f"[{visible(finding.code)} {visible(finding.name)}]"
        first, *rest = wrap(finding.message, self.width - 2, self.width - len(severity + rule) - 2)
        paint = self.paint
        yield f"{paint(severity, BOLD, self.color)}{paint(rule, self.color)}: {paint(first, BOLD)}".rstrip()
        for line in rest:
            yield f"  {paint(line, BOLD)}"

    def place_line(self, arrow: str, text: _Text, message: str) -> str:
        """Where a place is."""
        notes = [message] if message else []
        if record := record_place(text.location):
            notes.append(record)
        first, last = text.location.start.line, text.location.end.line
        if text.is_whole_document:
            notes.append(f"the whole text, {last - first + 1} lines")
        elif last > first and (last - first > 1 or text.location.end.column > 1):
            notes.append(f"lines {first}–{last if text.location.end.column > 1 else last - 1}")
        where = place(text.location)
        note = f"({', '.join(notes)})" if notes else ""
        indent = " " * (self.gutter + 4)
        gap = " " if cell_len(indent + where + note) < self.width else "\n" + indent
        return f"{' ' * self.gutter}{self.paint(arrow, DIM)} {where}{gap if note else ''}{self.paint(note, DIM)}"

    def bar(self, number: int | None = None) -> str:
        """The gutter."""
        shown = "" if number is None else str(number)
        return self.paint(f"{shown:>{self.gutter}} │", DIM) + " "

    def row(self, row: Row, *codes: str) -> Iterator[str]:
        """A row of text behind its gutter."""
        paint = self.paint
        if row.barred:
            bar = paint("┃", BOLD, self.color) + " "
            yield f"{self.bar(row.number)}{bar}{paint(row.before, DIM)}{row.marked}{paint(row.after, DIM)}"
        else:
            yield f"{self.bar(row.number)}{row.before}{paint(row.marked, *codes)}{row.after}"

    def mended(self, row: Row) -> Row | None:
        """The row with the fix made, where that is one edit that the row shows."""
        fix = self.finding.fix
        if fix is None or len(fix.edits) != 1:
            return None
        (line, start), (last, end) = fix.edits[0].location.start, fix.edits[0].location.end
        if not line == last == row.number:
            return None
        mended = changed(self.text.lines[line - 1], row, start - 1, end - 1, fix.edits[0].replacement, self.room)
        return mended if mended and mended.text.strip(f" {ELLIPSIS}") else None

    def mended_line(self, row: Row) -> str:
        """What the fix makes of a row, below it."""
        sign = self.paint(f"{'':>{self.gutter}} +", BOLD, GREEN)
        return f"{sign} {row.before}{self.paint(row.marked, GREEN)}{row.after}".rstrip()

    def related_lines(self, related: RelatedPlace, text: _Text, message: str) -> Iterator[str]:
        """A related place: where, and its text in one dimmed row with the mark.

        In the same document the line's number says where, if there is room for the message after the mark or before it.
        """
        row = None if text.is_whole_document else opening(text.lines, related.location, self.room)
        if row is not None and not row.barred and row.text.strip() and self.is_beside(related.location):
            first, width = row.carets
            label = visible(message)
            after, before = first + width + 1 + cell_len(label) <= self.room, cell_len(label) < first
            if after or before or not label:
                left = " " * first if after else " " * (first - 1 - cell_len(label)) + label + " "
                yield self.bar(row.number) + self.paint(row.text, DIM)
                yield self.bar() + self.paint(f"{left}{'-' * width} {label if after else ''}".rstrip(), DIM)
                return
        yield self.place_line(":::", text, visible(message))
        if row is None or not row.text.strip():
            return
        if row.barred:
            yield f"{self.bar(row.number)}{self.paint(f'┃ {row.text}', DIM)}"
            return
        yield self.bar(row.number) + self.paint(row.text, DIM)
        first, width = row.carets
        yield self.bar() + self.paint(" " * first + "-" * width, DIM)

    def is_beside(self, location: Location) -> bool:
        """Whether a place lies in the finding's own document, of which rows are shown already."""
        own = self.finding.location
        return (location.path, location.record) == (own.path, own.record) and not self.text.is_whole_document

    def notes(self, *, seen: bool) -> Iterator[str]:
        """What to do, and what the fix does unless that is seen above."""
        fix = self.finding.fix
        if fix is None:
            if self.finding.help:
                yield from self.note("help", self.finding.help)
            return
        kind = f"{fix.applicability} fix"
        does = "" if seen else f": {_describe(fix, self.text)}"
        if self.finding.help:
            yield from self.note("help", f"{self.finding.help} ({kind}{does})")
        else:
            yield from self.note(kind, _describe(fix, self.text))

    def note(self, label: str, text: str) -> Iterator[str]:
        """What to do."""
        indent = self.gutter + len(label) + 5
        first, *rest = wrap(text, self.width - indent)
        yield f"{' ' * self.gutter} {self.paint('=', DIM)} {self.paint(label, BOLD)}: {first}"
        for line in rest:
            yield " " * indent + line


def _describe(fix: LocatedFix, text: _Text) -> str:
    """What a fix does, in a few words."""
    if len(fix.edits) > 1:
        deletes = not any(edit.replacement for edit in fix.edits)
        what = f"{'delete' if deletes else 'edit'} in {len(fix.edits)} places"
    else:
        [edit] = fix.edits
        (first, _), (last, column) = edit.location.start, edit.location.end
        if edit.replacement:
            shown = visible(edit.replacement)
            shown = shown if len(shown) <= QUOTED else shown[: QUOTED - 1] + ELLIPSIS
            what = f"{'insert' if edit.location.start == edit.location.end else 'replace with'} `{shown}`"
        elif first == last:
            what = "delete"
        else:
            if edit.location.start.column > len("".join(text.lines[first - 1 : first])):  # the line end alone
                first += 1
            if column == 1:
                last -= 1
            number = sum(bool(line.strip()) for line in text.lines[first - 1 : last]) or last - first + 1
            what = "delete the line" if number == 1 else f"delete {number} lines"
    return what


def _terminal_width(stream: TextIO) -> int:
    try:
        return min(WIDEST, os.get_terminal_size(stream.fileno()).columns) or 80
    except (OSError, ValueError, AttributeError):  # not a terminal, closed, or not a file at all
        return 80
