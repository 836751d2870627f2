"""Which invisible characters have no business where they stand.

Written from the Unicode Standard (chapter 23, special areas and format characters) and UTS 51 (emoji): joiners make one
picture of several, or shape the letters of many scripts; marks of direction belong to text with Hebrew or Arabic in it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

#: Characters that show nothing: controls but tab and line ends, format characters, fillers, separators, selectors.
INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff"
)
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
#: Ranges of code points: the letters that joiners shape (Arabic and its kin, the scripts of India, Tibet, Myanmar,
#: Cambodia, Mongolia).
SHAPED = ((0x600, 0x109F), (0x1780, 0x18AF), (0xA8E0, 0xA8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
#: Scripts without spaces between words, where a space of no width says where a line may end.
UNSPACED = ((0xE00, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF))
#: What a selector may choose the picture of, and what joiners join (UTS 51, emoji-data).
PICTURE = (
    *((0x23, 0x23), (0x2A, 0x2A), (0x30, 0x39), (0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049)),
    *((0x2100, 0x214F), (0x2190, 0x2BFF), (0x3030, 0x303D), (0x3297, 0x3299), (0x1F000, 0x1FBFF)),
)
#: What the other variation selectors choose a form of: Han, Mongolian, Myanmar, signs of mathematics.
VARIED = (
    *((0x1000, 0x109F), (0x1800, 0x18AF), (0x2200, 0x22FF), (0x2A00, 0x2AFF), (0x2E80, 0x9FFF), (0xF900, 0xFAFF)),
    (0x20000, 0x3FFFF),
)
SELECTOR, OTHER_SELECTORS = "\ufe0e\ufe0f", re.compile("[\ufe00-\ufe0d\U000e0100-\U000e01ef]")
MODIFIERS = "\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
JOINERS, MARKS, NO_WIDTH = "\u200c\u200d", "\u061c\u200e\u200f", "\u200b\u2060"
EMBEDDINGS, OVERRIDES = "\u202a\u202b\u202c\u2066\u2067\u2068\u2069", "\u202d\u202e"
#: All that changes the direction of text.
BIDI = frozenset(MARKS + EMBEDDINGS + OVERRIDES)
#: A flag of a part of a country: a black flag, letters, an end.
FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")

#: Controls have no names in Unicode; these are those of ISO 6429.
CONTROLS = (
    *("NULL", "START OF HEADING", "START OF TEXT", "END OF TEXT", "END OF TRANSMISSION", "ENQUIRY", "ACKNOWLEDGE"),
    *("BELL", "BACKSPACE", "TABULATION", "LINE FEED", "LINE TABULATION", "FORM FEED", "CARRIAGE RETURN", "SHIFT OUT"),
    *("SHIFT IN", "DATA LINK ESCAPE", "DEVICE CONTROL ONE", "DEVICE CONTROL TWO", "DEVICE CONTROL THREE"),
    *("DEVICE CONTROL FOUR", "NEGATIVE ACKNOWLEDGE", "SYNCHRONOUS IDLE", "END OF TRANSMISSION BLOCK", "CANCEL"),
    *("END OF MEDIUM", "SUBSTITUTE", "ESCAPE", "FILE SEPARATOR", "GROUP SEPARATOR", "RECORD SEPARATOR"),
    "UNIT SEPARATOR",
)


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{INVISIBLE}]")


def strays(text: str, characters: Iterable[str]) -> Iterator[int]:
    """Yield the offsets of the invisible characters of a text that stand where they have no use.

    Args:
        text: a text.
        characters: its different characters.
    """
    if _invisible().search("".join(characters)) is None:
        return
    found = [match.start() for match in _invisible().finditer(text)]
    other_direction = RIGHT_TO_LEFT.search(text) is not None
    flags = {offset for flag in FLAG.finditer(text) for offset in range(*flag.span())}
    for at in found:
        if at not in flags and not _useful(text, at, other_direction=other_direction):
            yield at


def among(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    """Whether ``char`` is a character of one of the ranges; no character is of none."""
    return char != "" and any(first <= ord(char) <= last for first, last in ranges)


def _useful(text: str, at: int, *, other_direction: bool) -> bool:
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char in JOINERS:
        if char == "\u200d" and among(after, PICTURE) and among(_base(text, at, MODIFIERS), PICTURE):
            return True
        # Several in a row shape one letter.
        return among(_base(text, at, JOINERS), SHAPED) or among(after, SHAPED)
    if char in NO_WIDTH:
        return among(_base(text, at, NO_WIDTH), UNSPACED) or among(after, UNSPACED)
    if char in MARKS or char in EMBEDDINGS:
        return other_direction
    if char in SELECTOR:
        return among(before, PICTURE)
    return bool(OTHER_SELECTORS.match(char)) and among(before, VARIED)


def _base(text: str, at: int, skipped: str) -> str:
    """The character before ``at``, up to three of those to skip left out."""
    for _ in range(4):
        at -= 1
        if at < 0 or text[at] not in skipped:
            break
    return text[at] if at >= 0 else ""


def name(char: str) -> str:
    """Code point and name of a character, for example ``U+200B ZERO WIDTH SPACE``."""
    from unicodedata import name as unicode_name

    code = ord(char)
    own = CONTROLS[code] if code < 0x20 else {0x7F: "DELETE", 0x85: "NEXT LINE"}.get(code, "control character")
    return f"U+{code:04X} {unicode_name(char, own)}"
