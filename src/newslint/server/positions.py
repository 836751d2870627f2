"""Places in a text as an editor counts them: from 0, columns in the units that the two sides agreed on."""

from collections.abc import Callable

from lsprotocol.types import Position, PositionEncodingKind, Range

from newslint import model
from newslint.document import LINE_END

#: Gives the length of a text in an editor's units.
Units = Callable[[str], int]


def units(encoding: PositionEncodingKind | str) -> Units:
    """What counts a text in the units of a position encoding."""
    return {"utf-8": _bytes, "utf-32": len}.get(str(getattr(encoding, "value", encoding)), _utf16)


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Ruler:
    """Turns the places of a text into those that an editor counts.

    Args:
        source: the text.
        length: measures a text in the editor's units.
    """

    def __init__(self, source: str, length: Units) -> None:
        self._length = length
        #: Each line, and its length with its line end.
        self._lines: list[tuple[str, int]] = []
        start = 0
        for end in LINE_END.finditer(source):
            self._lines.append((source[start : end.start()], end.end() - start))
            start = end.end()
        self._lines.append((source[start:], len(source) - start))

    def position(self, place: model.Position) -> Position:
        """The place for the editor. After a line end the next line begins, which a column cannot say there."""
        line, column = place.line - 1, place.column - 1
        if line >= len(self._lines):
            return self.end
        text, whole = self._lines[line]
        if column > len(text) and column >= whole:
            return Position(line + 1, 0)
        return Position(line, self._length(text[:column]))

    def range(self, location: model.Location) -> Range:
        """The range for the editor; of a record, the line that it stands in."""
        if location.record:
            return self.line(location.record.line)
        return Range(self.position(location.start), self.position(location.end))

    def line(self, number: int) -> Range:
        """The line of that number, from 1."""
        line = min(number, len(self._lines)) - 1
        return Range(Position(line, 0), Position(line, self._length(self._lines[line][0])))

    def covers(self, location: model.Location) -> bool:
        """Whether a place is the whole text, white space around it aside, and more than one line."""
        words = [number for number, (text, _) in enumerate(self._lines, 1) if text.strip()]
        return (
            not location.record
            and location.end.line > location.start.line
            and (location.start.line, location.end.line) == (words[0], words[-1])
        )

    @property
    def end(self) -> Position:
        """Where the text ends."""
        return Position(len(self._lines) - 1, self._length(self._lines[-1][0]))
