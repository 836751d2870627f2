"""What decoding did to a document: runs that were decoded wrongly, control characters that are text, characters lost.

Two rules look at it: one reports it, the other leaves the invisible characters in it alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from newslint.document import Document, Line
from newslint.model import Span
from newslint_rules.encoding.signal import HALF, suspicious

#: Pages that "Ã" and its like come from.
WESTERN = frozenset(("Windows-1252", "Windows-1254", "ISO-8859-15"))
#: The page of single control characters.
LATIN = "Latin-1"
#: The "page" of typographic signs of which the lower byte alone is left.
CUT = "cut"
HALVES = {"\x13": "–", "\x14": "—", "\x18": "‘", "\x19": "’", "\x1c": "“", "\x1d": "”"}
#: What stands beside a mended run when it was not all: leads, and signs that no text sets beside a letter.
LEFT_OVER = frozenset("ÂÃÄÅâãï¢£¤¥¦§¨¬¯±´¶¸¼½¾ƒ†‡ˆ‰‹Ž˜ž") | set(map(chr, range(0x80, 0xA0)))
SPACE = re.compile(r"[ \t]")


class Damage(NamedTuple):
    """A damaged place.

    Attributes:
        start, end: offsets in the document.
        text: what it stands for; None where that is lost.
        page: the code page that the text was taken for; empty where characters are lost.
        proven: whether the place itself shows it; otherwise it is inferred from others.
    """

    start: int
    end: int
    text: str | None
    page: str
    proven: bool

    @property
    def span(self) -> Span:
        """The place's span."""
        return Span(self.start, self.end)


def damage(document: Document) -> list[Damage]:
    """All damaged places of a document, in order, none overlapping."""
    text = document.text
    lines = {line.number: line for line in map(document.line_at, suspicious(text, document.characters))}
    return list(_examine(text, [lines[number] for number in sorted(lines)])) if lines else []


def _examine(text: str, lines: list[Line]) -> Iterator[Damage]:
    """Yield the damaged places of the suspicious lines of a document."""
    from newslint_rules.encoding.losses import losses, questions
    from newslint_rules.encoding.redecode import repairs
    from newslint_rules.encoding.singles import singles

    by_line: dict[int, list[Damage]] = {line.start: [] for line in lines}
    starts = list(by_line)
    known = False
    for run in repairs([(line.start, line.text) for line in lines]):
        known = known or run.page in WESTERN
        # A byte order mark belongs to files, not into texts.
        place = Damage(run.start, run.end, run.text.replace("\ufeff", ""), run.page, run.sure)
        by_line[starts[bisect_right(starts, run.start) - 1]].append(place)
    for question in questions(text):
        place = Damage(*question[:3], "", question.proven)
        by_line[starts[bisect_right(starts, question.start) - 1]].append(place)
    for line in lines:
        by_line[line.start] += (
            Damage(line.start + half.start(), line.start + half.end(), HALVES[half.group()], CUT, proven=True)
            for half in HALF.finditer(line.text)
        )
        for loss in losses(line.text, known=known):
            page = "" if loss.text is None else "Windows-1252"
            by_line[line.start].append(
                Damage(line.start + loss.start, line.start + loss.end, loss.text, page, loss.proven)
            )
        by_line[line.start] = _apart(by_line[line.start])
    for single in singles([(line.start, _blanked(line, by_line[line.start])) for line in lines]):
        page = "" if single.text is None else LATIN
        by_line[starts[bisect_right(starts, single.at) - 1]].append(
            Damage(single.at, single.at + 1, single.text, page, proven=True)
        )
    for line in lines:
        yield from _whole_words(line, sorted(by_line[line.start]))


def _apart(places: list[Damage]) -> list[Damage]:
    """The places without overlaps: what meets a loss is part of it, of two repairs the first stays."""
    kept: list[Damage] = []
    for place in sorted(places, key=lambda one: (one.start, -one.end)):
        if place.text is not None and "\ufffd" in place.text:
            place = place._replace(text=None, page="")
        if not kept or kept[-1].end <= place.start:
            kept.append(place)
        elif place.text is None or kept[-1].text is None:
            kept[-1] = Damage(kept[-1].start, max(kept[-1].end, place.end), None, "", proven=True)
    return kept


def _blanked(line: Line, places: list[Damage]) -> str:
    """The line's text with the places mended, and blanked where that is impossible, at the same offsets."""
    pieces = []
    end = line.start
    for place in places:
        size = place.end - place.start
        pieces += [line.text[end - line.start : place.start - line.start], (place.text or " ")[:size].ljust(size)]
        end = place.end
    return "".join(pieces) + line.text[end - line.start :]


def _whole_words(line: Line, places: list[Damage]) -> Iterator[Damage]:
    """Yield a line's places. Where something of a word is lost, all of it is: mending the rest would hide that."""
    word: list[Damage] = []
    for place in places:
        if word and SPACE.search(line.text, word[-1].end - line.start - 1, place.start - line.start):
            yield from _whole_word(line, word)
            word = []
        word.append(place)
    if word:
        yield from _whole_word(line, word)


def _whole_word(line: Line, places: list[Damage]) -> list[Damage]:
    """The places of a word, or one for all of them."""
    inner = {offset for place in places for offset in (place.start, place.end - 1)}
    for place in places:
        if place.text is not None and place.page not in (LATIN, CUT):
            neighbours = {offset for offset in (place.start - 1, place.end) if offset >= line.start} - inner
            if any(line.text[offset - line.start : offset - line.start + 1] in LEFT_OVER for offset in neighbours):
                break
        elif place.text is None:
            break
    else:
        return places
    return [Damage(places[0].start, places[-1].end, None, "", proven=True)]
