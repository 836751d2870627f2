"""From the places that reports state back to offsets, by each format's own rules: a span must survive the way there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from newslint.document import LINE_END, Document
from newslint.model import Span

Object = Mapping[str, Any]


class Place(NamedTuple):
    """A place as a format states it.

    Attributes:
        start, end: line and column, from 1, in the format's units; a column that is None stands for the line's end.
        unit: ``points``, ``utf-16`` or ``bytes``.
    """

    start: tuple[int, int]
    end: tuple[int, int | None]
    unit: str = "points"


def span_of(place: Place, source: str) -> Span:
    """The offsets that a place means.

    Raises:
        AssertionError: it lies outside the text, or inside a character.
    """
    lines = list(lines_of(source))
    (first, column), (last, end) = place.start, place.end
    begin = _offset(lines, first, column, place.unit)
    return Span(begin, lines[last - 1].stop if end is None else _offset(lines, last, end, place.unit))


class Row(NamedTuple):
    """A line of a text: where it starts, where its line end starts and where that ends."""

    start: int
    stop: int
    end: int
    text: str


def lines_of(source: str) -> Iterator[Row]:
    r"""The lines of a text, which end at \n, \r\n or \r."""
    start = 0
    for end in LINE_END.finditer(source):
        yield Row(start, end.start(), end.end(), source[start : end.end()])
        start = end.end()
    yield Row(start, len(source), len(source), source[start:])


def _offset(lines: Sequence[Row], line: int, column: int, unit: str) -> int:
    assert 1 <= line <= len(lines), f"line {line} of {len(lines)}"
    row = lines[line - 1]
    codec = {"points": "utf-32-le", "utf-16": "utf-16-le", "bytes": "utf-8"}[unit]
    width = {"points": 4, "utf-16": 2, "bytes": 1}[unit]
    before = row.text.encode(codec, "surrogatepass")[: (column - 1) * width]
    assert column >= 1, f"column {column}"
    assert len(before) == (column - 1) * width, f"column {column} of {row.text!r} in {unit}"
    return row.start + len(before.decode(codec, "surrogatepass"))


def means(place: Place, span: Span, source: str) -> bool:
    """Whether a place means a span.

    A place without an end column reaches to the end of its line, and stands for one that takes the line end with it.
    """
    found = span_of(place, source)
    if found == span:
        return True
    ends = {row.stop: row.end for row in lines_of(source)}
    return place.end[1] is None and found.start == span.start and ends.get(found.end) == span.end


def flat(span: Span, source: str) -> Span:
    """The span as it is for a format without places inside a line end, or behind the last one of a text."""

    def before(at: int) -> int:
        if source[at - 1 : at + 1] == "\r\n" or (at == len(source) and source.endswith(("\r", "\n"))):
            return at - (2 if source[:at].endswith("\r\n") else 1)
        return at

    return Span(before(span.start), before(span.end))


# What each format states: the places of a finding, of its related places and of its edits.


def of_json(location: Object) -> Place:
    """A location of the formats json and jsonl."""
    start, end = location["start"], location["end"]
    return Place((start["line"], start["column"]), (end["line"], end["column"]))


def of_sarif(region: Object, unit: str) -> Place:
    """A region of SARIF; the run's ``columnKind`` says the unit."""
    units = {"unicodeCodePoints": "points", "utf16CodeUnits": "utf-16"}
    end = region.get("endLine", region["startLine"])
    return Place((region["startLine"], region.get("startColumn", 1)), (end, region.get("endColumn")), units[unit])


def of_rdjson(place: Object) -> Place:
    """A range of rdjson and rdjsonl, whose columns count bytes of UTF-8."""
    start, end = place["start"], place["end"]
    return Place((start["line"], start["column"]), (end["line"], end["column"]), "bytes")


def of_editor(range_: Any, unit: str) -> Place:
    """A range of the Language Server Protocol: from 0, in the units that were agreed on."""
    start, end = range_.start, range_.end
    return Place((start.line + 1, start.character + 1), (end.line + 1, end.character + 1), unit)


def is_inside_line_end(document: Document, span: Span) -> bool:
    r"""Whether a span begins or ends between \r and \n, which an editor cannot say."""
    return any(document.source[offset - 1 : offset + 1] == "\r\n" for offset in span)
