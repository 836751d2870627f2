"""Control characters that are letters and signs: one-byte text of Windows, Mac OS or DOS read as Latin-1.

Latin-1 gives the bytes 0x80 to 0x9F to control characters that nobody uses; the others have quotes, dashes and letters
there. Which of them it was, the whole document tells: the page whose characters look least odd in their places.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newslint_rules.encoding.oddity import oddity

CONTROL = re.compile("[\x80-\x9f]")
#: After a sentence and right before another, U+0085 is what Unicode says: the end of a line.
NEXT_LINE = re.compile('[.!?…»”"]\x85(?=[^\\W\\d_]|[«“"])')
WINDOWS = "cp1252"
#: The commonest first: it wins where all look alike. The others' letters above 0x9F are wrong as well, so that nothing
#: is mended where they fit best.
CODECS = (WINDOWS, "mac_roman", "cp850")
#: Apostrophe and dashes of Windows-1252, which are í, ñ and ó of Mac Roman: inside a word they prove nothing.
AMBIGUOUS = frozenset("’–—")
#: What stands before and after an apostrophe in French, Italian, Catalan and English.
ELISION = re.compile(r"[ldjmtscnuv]’[aeiouyhàâèéêëîïôù]|[a-z]’(?:s|t|d|m|re|ve|ll)\b", re.IGNORECASE)


class Single(NamedTuple):
    """A control character, and the text it stands for; None where that cannot be told."""

    at: int
    text: str | None


def singles(lines: Sequence[tuple[int, str]]) -> list[Single]:
    """Say what the control characters of some lines stand for.

    Args:
        lines: the offset and the text of each line that has some, what else was decoded wrongly in it mended or
            blanked.

    Returns:
        One for each control character that stands for something, in order; those that stand for nothing in
        Windows-1252 are left out unless another page explains the whole document better.
    """
    places = [
        (offset, line, found.start())
        for offset, line in lines
        for found in CONTROL.finditer(line)
        if not NEXT_LINE.match(line, max(found.start() - 1, 0))
    ]
    if not places:
        return []
    costs = {codec: sum(_cost(codec, line, at) for _, line, at in places) for codec in CODECS}
    best = min(CODECS, key=costs.__getitem__)
    if best != WINDOWS and len(places) > 1:
        return [Single(offset + at, None) for offset, _, at in places]
    table = _table(WINDOWS)
    proven = any(
        line[at] in table and not (line[at - 1 : at].isalpha() and line[at + 1 : at + 2].isalpha())
        for _, line, at in places
    )
    found = []
    for offset, line, at in places:
        text = table.get(line[at])
        if text is not None:
            inside = line[at - 1 : at].isalpha() and line[at + 1 : at + 2].isalpha()
            doubtful = inside and text in AMBIGUOUS and not proven
            if doubtful and ELISION.search(line[max(at - 1, 0) : at] + text + line[at + 1 : at + 4]):
                doubtful = False
            found.append(Single(offset + at, None if doubtful else text))
    return found


def _cost(codec: str, line: str, at: int) -> int:
    """How odd the character of ``codec`` looks in its place."""
    table = _table(codec)
    before, char, after = (
        "".join(table.get(char, char) for char in line[max(start, 0) : end])
        for start, end in ((at - 2, at), (at, at + 1), (at + 1, at + 3))
    )
    return oddity(before, char, after)


@cache
def _table(codec: str) -> dict[str, str]:
    """The characters that ``codec`` has for the bytes of control characters."""
    decoded = {chr(byte): bytes([byte]).decode(codec, "ignore") for byte in range(0x80, 0xA0)}
    return {control: char for control, char in decoded.items() if char}
