"""What is shown of a document around a place: rows of text with the marked part, each fitting a terminal's line.

News text has a paragraph on a line, hundreds of characters long. A mark that fits a row is shown in the words around
it; a longer one is wrapped, or its beginning and its end are shown. Nothing here walks a whole line, which may be huge.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

from newslint.model import Location
from newslint.render.terminal import escape, escapes

TAB = "    "
ELLIPSIS = "…"

#: Rows that a mark may fill; of a longer one the first rows and the last are shown.
ROWS = 3

#: Columns of text that are shown at the edge of a long mark rather than an ellipsis.
CONTEXT = 2

#: A word that is cut at a row's edge is left out where that costs at most this many characters.
WORD = 16


class Row(NamedTuple):
    """A row of an excerpt.

    Attributes:
        number: the line's number, from 1; None on the rows that continue a line.
        before: text before the mark, ready to be shown.
        marked: the marked text.
        after: text after the mark.
        barred: the whole row belongs to a long mark, which a bar at its left shows; otherwise carets go below it.
        first: the offset in its line, from 0, of what is shown first; of rows that are not barred.
    """

    number: int | None
    before: str
    marked: str
    after: str
    barred: bool = False
    first: int = 0

    @property
    def text(self) -> str:
        """The whole row."""
        return self.before + self.marked + self.after

    @property
    def carets(self) -> tuple[int, int]:
        """First column (from 0) and number of the columns to be underlined, at least one."""
        first = cell_len(self.before)
        return first, max(1, cell_len(self.before + self.marked) - first)


def excerpt(lines: Sequence[str], location: Location, room: int) -> list[Row]:
    """Lay out the text of a place.

    Args:
        lines: the document's physical lines, without line ends.
        location: the place; what of it lies outside the lines is left out.
        room: columns for a row, a bar and its space included.
    """
    (first, start), (last, end) = location.start, location.end
    if not 1 <= first <= len(lines):
        return []
    if last > first and end == 1:  # it ends with the line end before
        last, end = last - 1, len(lines[min(last - 1, len(lines)) - 1]) + 1
    if last > len(lines):
        last, end = len(lines), len(lines[-1]) + 1
    if first == last:
        return _line_rows(lines[first - 1], first, start - 1, max(start, end) - 1, room)
    return list(_block_rows(lines, first, start - 1, last, end - 1, room - 2))


def opening(lines: Sequence[str], location: Location, room: int) -> Row | None:
    """One row of a place: the whole mark in its words, or its beginning where it is longer."""
    rows = excerpt(lines, location, room)
    if not rows:
        return None
    row = rows[0]
    return row if len(rows) == 1 else row._replace(after=row.after or ELLIPSIS)


def changed(line: str, row: Row, start: int, end: int, replacement: str, room: int) -> Row | None:
    """The row as it would be with an edit made, so that it stands below the other one letter by letter.

    Args:
        line: the row's line.
        row: a row of it that is not barred.
        start: where what is replaced begins, an offset of the line from 0.
        end: where it ends.
        replacement: by what.
        room: columns for a row.

    Returns:
        The row, the replacement its mark; None where it does not fit.
    """
    if not row.first <= start <= end <= len(line) or "\n" in replacement or "\r" in replacement:
        return None
    before = "".join(_pieces(line[row.first : start]))
    if row.first > 0:
        before = ELLIPSIS + before.lstrip(" ")
    marked = "".join(_pieces(replacement))
    free = room - cell_len(before) - cell_len(marked)
    rest = _pieces(line[end : end + room])
    more = end + len(rest) < len(line)
    if sum(map(_cells, rest)) + more > free:
        rest = _fitting_start(rest, free - 1)
        more = True
    if free < more:
        return None
    return row._replace(before=before, marked=marked, after="".join(rest).rstrip(" ") + ELLIPSIS * more)


def wrap(text: str, room: int, first: int | None = None) -> list[str]:
    """Break text at its spaces into rows of at most ``room`` columns; the first one may have another room."""
    pieces = _pieces(text)
    rows = []
    start, width = 0, room if first is None else first
    if width < room and width < cell_len(text.partition(" ")[0]) <= room:
        rows, width = [""], room
    while start < len(pieces):
        stop = _break(pieces, start, width)
        rows.append("".join(pieces[start:stop]).strip(" "))
        start, width = stop, room
    return rows or [""]


def _line_rows(line: str, number: int, start: int, end: int, room: int) -> list[Row]:
    """The rows of a mark inside one line; ``start`` and ``end`` are offsets from 0."""
    start = min(start, len(line))
    end = min(end, len(line))
    if end - start <= room:
        marked = _shown_mark(line[start:end])
        hidden = (start > 0) + (end < len(line))
        if cell_len(marked) + hidden <= room:
            return [_window(line, number, start, end, marked, room)]
    return list(_wrapped_rows(line, number, start, end, room - 2))


def _window(line: str, number: int, start: int, end: int, marked: str, room: int) -> Row:
    """The mark with as many whole words around it as fit; where little follows, more before it, and vice versa."""
    free = max(0, room - max(1, cell_len(marked)))
    left, right = _pieces(line[max(0, start - free) : start]), _pieces(line[end : end + free])
    left_cells, right_cells = sum(map(_cells, left)), sum(map(_cells, right))
    more_left, more_right = start > len(left), end + len(right) < len(line)
    if left_cells + right_cells > free or more_left or more_right:
        left_share = min(left_cells + more_left, max(free // 2, free - right_cells - more_right))
        if left_cells + more_left > left_share:
            left = _fitting_end(left, left_share - 1)
            more_left = True
        used = sum(map(_cells, left)) + more_left
        if right_cells + more_right > free - used:
            right = _fitting_start(right, free - used - 1)
            more_right = True
    before, after = "".join(left), "".join(right)
    if more_left:
        before = ELLIPSIS + before.lstrip(" ")
    if more_right:
        after = after.rstrip(" ") + ELLIPSIS
    return Row(number, before, marked, after, first=start - len(left))


def _wrapped_rows(line: str, number: int, start: int, end: int, room: int) -> Iterator[Row]:
    """A long mark inside one line, wrapped over a few rows: all of it, or its beginning and its end."""
    budget = ROWS * room
    room -= CONTEXT
    head = _pieces(line[start : min(end, start + budget)])
    stops = [0]
    while len(stops) <= ROWS and stops[-1] < len(head):
        stops.append(_break(head, stops[-1], room))
    rows = ["".join(head[a:b]).strip(" ") for a, b in pairwise(stops)]
    if end - start > len(head) or stops[-1] < len(head):
        shown = stops[ROWS - 1]
        tail = _fitting_end(_pieces(line[max(start + shown, end - budget) : end]), room - 1)
        rows[ROWS - 1 :] = [ELLIPSIS + "".join(tail).lstrip(" ")]
    for index, text in enumerate(rows):
        before = _short(line[max(0, start - room) : start]) if index == 0 else ""
        after = _short(line[end : end + room]) if index == len(rows) - 1 else ""
        yield Row(number if index == 0 else None, before, text, after, barred=True)


def _block_rows(lines: Sequence[str], first: int, start: int, last: int, end: int, room: int) -> Iterator[Row]:
    """A mark over several lines: a row for each line that is not blank, the middle of many left out."""
    numbers = [number for number in range(first, last + 1) if lines[number - 1].strip()] or [first]
    left_out = len(numbers) - ROWS
    for index, number in enumerate(numbers):
        if left_out > 1 and ROWS - 1 <= index < len(numbers) - 1:
            if index == ROWS - 1:
                yield Row(None, f"⋮ {left_out} more lines", "", "", barred=True)
            continue
        line = lines[number - 1]
        begin = start if number == first else 0
        stop = end if number == last else len(line)
        pieces = _pieces(line[begin : min(stop, begin + room)])
        before = _short(line[max(0, begin - room) : begin])
        after = _short(line[begin + len(pieces) : begin + len(pieces) + room])
        if cell_len(before + after) + sum(map(_cells, pieces)) > room:
            pieces = _fitting_start(pieces, room - cell_len(before) - len(ELLIPSIS))
            after = ELLIPSIS
        yield Row(number, before, "".join(pieces).rstrip(" "), after, barred=True)


def _short(context: str) -> str:
    """What stands beside a long mark: itself where it is as short as a bullet or a full stop, else an ellipsis."""
    if not context.strip():
        return ""
    shown = "".join(_pieces(context))
    return shown if cell_len(shown) <= CONTEXT else ELLIPSIS


def _pieces(text: str) -> list[str]:
    """The characters of ``text`` as they are shown."""
    pieces = list(text)
    for offset, spelling in escapes(text).items():
        pieces[offset] = TAB if text[offset] == "\t" else spelling
    return pieces


def _shown_mark(text: str) -> str:
    """The marked text as it is shown; where it takes no room or is all white, each character can be seen."""
    if text and not any(map(cell_len, text.strip())):
        return "".join("·" if piece == " " else "→   " if piece == "\t" else escape(piece) for piece in text)
    return "".join(_pieces(text))


def _cells(piece: str) -> int:
    """Columns of a piece. An emoji variation selector counts as one, which it may add to the character before it."""
    return 1 if piece == "\ufe0f" else cell_len(piece)


def _fitting_start(pieces: list[str], room: int) -> list[str]:
    """As many pieces from the start as fit, without a word cut in two at the end."""
    stop = width = 0
    while stop < len(pieces) and width + _cells(pieces[stop]) <= room:
        width += _cells(pieces[stop])
        stop += 1
    if stop == len(pieces) or pieces[stop] == " " or _cells(pieces[stop]) > 1:  # wide scripts break anywhere
        return pieces[:stop]
    for back in range(stop - 1, max(-1, stop - 1 - WORD), -1):
        if pieces[back] == " ":
            return pieces[: back + 1]
    return pieces[:stop] if stop > WORD else []


def _fitting_end(pieces: list[str], room: int) -> list[str]:
    """As many pieces from the end as fit, without a word cut in two at the start."""
    kept = _fitting_start(pieces[::-1], room)[::-1]
    while kept and _cells(kept[0]) == 0:  # combining characters whose letter did not fit
        del kept[0]
    return kept


def _break(pieces: list[str], start: int, room: int) -> int:
    """Where the row that starts at ``start`` ends: after the last space that lets it fit, or in an endless word."""
    stop, width, space = start, 0, start
    while stop < len(pieces):
        piece = pieces[stop]
        width += _cells(piece)
        if width > room and stop > start and piece != " ":  # a space may hang over: it is not shown
            break
        stop += 1
        if piece == " ":
            space = stop
    return space if stop < len(pieces) and space > start and _cells(pieces[stop]) == 1 else stop
