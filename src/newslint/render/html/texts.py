"""The parts of documents that the page shows: every marked place with some text around it, each part once."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from newslint.model import Location, Position
from newslint.render.html.entries import Key
from newslint.render.places import sound
from newslint.render.terminal import record_place, visible
from newslint.report import Lines

#: Characters shown before and after a marked place.
AROUND = 360
#: Characters of one marked place; of a longer one the beginning is shown.
PLACE = 20_000
#: Characters of all texts together. Documents after them are listed without their text.
TOTAL = 24_000_000
#: Characters of a block: parsing one takes a browser about a millisecond.
BLOCK = 256_000

_WORD = re.compile(r"\S{0,24}")


class Texts:
    """The texts of the documents that findings point to. Only one document is held at a time."""

    def __init__(self, wanted: Mapping[Key, Sequence[Location]], lines: Lines) -> None:
        self._wanted = wanted
        self._lines = lines
        self._documents: list[list[Any]] = []
        self._left_out = 0

    def blocks(self) -> Iterator[dict[str, list[list[Any]]]]:
        """Yield blocks: the number of a document to its parts, each with line, column and text."""
        block: dict[str, list[list[Any]]] = {}
        written, room = 0, TOTAL
        blocks = 0
        for number, ((path, record), places) in enumerate(self._wanted.items()):
            lines = self._lines(places[0]) if room > 0 else None
            self._left_out += room <= 0
            where = None if record is None else [record.line, visible(record.id or str(record.index + 1))]
            label = record_place(Location(path, Position(1, 1), Position(1, 1), record)).rpartition(" ")[0]
            if lines is not None:
                found = list(parts(lines, places))
                block[str(number)] = found
                written += sum(len(text) for _, _, text in found)
            self._documents.append(
                [sound(path), where and [*where, label], -1 if lines is None else blocks, len(lines or ())]
            )
            if written >= BLOCK:
                room -= written
                yield block
                block, written = {}, 0
                blocks += 1
        yield block

    def index(self) -> dict[str, Any]:
        """The documents, each with path, record, block and number of lines, once all blocks are taken."""
        return {"documents": self._documents, "textless": self._left_out, "longest": PLACE}


def parts(lines: Sequence[str], places: Iterable[Location]) -> Iterator[list[Any]]:
    """The parts of a document around the places, in order; parts that meet are one.

    Args:
        lines: the document's physical lines, without line ends.
        places: places of that document.

    Yields:
        Line and column of the part's beginning, both from 1, and its text with line feeds at line ends.
    """
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    text = "\n".join(lines)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_around(text, starts, place) for place in places):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    for start, end in merged:
        line = bisect_right(starts, start) - 1
        yield [line + 1, start - starts[line] + 1, text[start:end]]


def _around(text: str, starts: Sequence[int], place: Location) -> tuple[int, int]:
    first, last = (
        min(starts[min(line, len(starts)) - 1] + column - 1, len(text)) for line, column in (place.start, place.end)
    )
    last = min(max(first, last), first + PLACE)
    start, end = max(0, first - AROUND), min(len(text), last + AROUND)
    if start and (cut := _WORD.match(text, start, first)):  # not in the middle of a word
        start = cut.end()
    if end < len(text) and (space := max(text.rfind(" ", last, end), text.rfind("\n", last, end))) > 0:
        end = space
    return start, end
