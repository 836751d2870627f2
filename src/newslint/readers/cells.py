"""Separated values as text: lines to records by the ``csv`` module, and the place of each cell in its record."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, TextIO

from newslint.readers import ReadError

#: Characters of a record above which a quote in it counts as one that is never closed.
MOST = 16 << 20
#: A cell in quotes.
QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')


class Dialect(NamedTuple):
    """How a file of separated values is written.

    Attributes:
        encoding: its Python name; of UTF-16 and UTF-32 the one that says which way the bytes go.
        mark: the bytes of the byte order mark that it starts with.
        delimiter: what stands between two cells.
        quoted: whether cells may stand in quotes; a quote in them is doubled.
    """

    encoding: str
    mark: bytes = b""
    delimiter: str = ","
    quoted: bool = True


class Found(NamedTuple):
    """A record as it stands in the file.

    Attributes:
        line: its first physical line, from 1.
        cells: what it holds, or in words why it cannot be read; none of a blank line, and of the lines that belong to
            the broken record before.
        raw: its text, with line ends.
    """

    line: int
    cells: Sequence[str] | str
    raw: str


class _Lines(Iterator[str]):
    """Lines, some of which can be given back; they end at CR LF, LF or CR, as ``newline=""`` leaves them."""

    def __init__(self, stream: TextIO) -> None:
        self.number = 0
        self.taken: list[str] = []
        self._stream = stream
        self._back: deque[str] = deque()
        self._size = 0

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._stream.readline(MOST + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        self._size += len(line)
        if len(line) > MOST:
            raise ReadError(f"has a line of more than {MOST >> 20} million characters, line {self.number}")
        if self._size > MOST:
            raise csv.Error("unexpected end of data")
        return line

    def begin(self) -> None:
        """Begin a record."""
        self.taken = []
        self._size = 0

    def give_back(self) -> int:
        """Give all lines of the record back save the first; gives their number of characters."""
        self._back.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        size, self._size = self._size, len(self.taken[0])
        del self.taken[1:]
        return size


def records(stream: TextIO, dialect: Dialect) -> Iterator[Found]:
    """The records of a file, the header first, and its blank lines.

    A quote that is not closed, or that stands in a quoted cell and is not doubled, makes one broken record. It goes as
    far as the next line that a record with as many cells as the header begins on.

    Args:
        stream: the file's text after its mark, with line ends as they are.
        dialect: how it is written.

    Raises:
        ReadError: it cannot be cut into records.
    """
    # A setting of the whole process; the bound that holds is that of a record.
    csv.field_size_limit(MOST + 1)
    lines = _Lines(stream)
    reader = _reader(lines, dialect)
    width = done = spent = 0
    lost = False
    while True:
        lines.begin()
        line = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = _why(error)
        else:
            blank = not cells or (width > 1 and len(cells) == 1 and not cells[0].strip())
            width = width or len(cells)
            if blank or not lost or len(cells) == width:
                raw = "".join(lines.taken)
                done += len(raw)
                lost = lost and blank
                yield Found(line, () if blank else _damage(raw, dialect) or cells, raw)
                continue
            reason = ""
        spent += lines.give_back()
        if spent > 4 * MOST + done:
            raise ReadError(f"has too many quotes that do not close: it was not read from line {line} on")
        reader = _reader(lines, dialect)
        yield Found(line, () if lost else reason, lines.taken[0])
        lost = True


def _reader(lines: _Lines, dialect: Dialect) -> Iterator[list[str]]:
    if dialect.quoted:
        return csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    return csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE, strict=True)


def _why(error: csv.Error) -> str:
    message = str(error)
    if message.startswith("unexpected end"):
        return "opens a quote that is never closed"
    if "expected after" in message:
        return "has a quote in a quoted cell that is not doubled, or one that is never closed"
    return f"is not CSV: {message}"


def _damage(raw: str, dialect: Dialect) -> str:
    """In words, which byte of a record is none of the encoding; empty where all are."""
    if raw.isascii():
        return ""
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError as error:
        before = len(raw[: error.start].encode(dialect.encoding, "surrogateescape"))
        return f"is not {dialect.encoding.upper()} at byte {before + 1}"
    return ""


def edited(found: Found, dialect: Dialect, texts: dict[int, str]) -> str:
    """The text of a record with some cells written anew, as they were: in quotes or not.

    Args:
        found: the record, a sound one.
        dialect: how it is written.
        texts: what the cells are to hold, by their number from 0.

    Raises:
        ReadError: its cells are not where they should be, or the dialect has no way to write a text.
    """
    raw = found.raw
    spans = list(_spans(raw, dialect))
    if [_value(raw[start:end], dialect) for start, end in spans] != list(found.cells):
        raise ReadError(f"the cells of line {found.line} cannot be told apart: mend it by hand")
    pieces, done = [], 0
    for number, text in sorted(texts.items()):
        start, end = spans[number]
        pieces += [raw[done:start], _written(text, raw[start:end], dialect)]
        done = end
    return "".join((*pieces, raw[done:]))


def _spans(raw: str, dialect: Dialect) -> Iterator[tuple[int, int]]:
    plain = _plain(dialect.delimiter)
    place = 0
    while True:
        cell = (QUOTED.match(raw, place) if dialect.quoted else None) or plain.match(raw, place)
        assert cell is not None
        yield cell.span()
        place = cell.end()
        if not raw.startswith(dialect.delimiter, place):
            return
        place += 1


@cache
def _plain(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf"[^{re.escape(delimiter)}\r\n]*")


def _value(cell: str, dialect: Dialect) -> str:
    return cell[1:-1].replace('""', '"') if dialect.quoted and cell.startswith('"') else cell


def _written(text: str, before: str, dialect: Dialect) -> str:
    special = any(mark in text for mark in (dialect.delimiter, "\r", "\n"))
    if dialect.quoted and (before.startswith('"') or special or text.startswith('"')):
        return '"' + text.replace('"', '""') + '"'
    if special:
        raise ReadError("a fix writes what its cells cannot hold without quotes: mend it by hand")
    return text
