"""How odd a stretch of text is: what no typist sets next to each other, in any language.

Text that was decoded wrongly has capitals after small letters, signs inside words, letters of two scripts in one word;
the same text decoded rightly has none of that. Counting both sides needs no word list. The classes below are written
from what European and other typography does; where languages differ (closing “ in German, « in Danish), a sign counts
as what any of them makes of it.
"""

import re
from functools import lru_cache

#: Signs that stand inside words and number groups: apostrophes, hyphens, dashes, points, slashes, dots, and the Greek
#: tonos, which makes a letter a number.
JOINING = frozenset("'’-\u2010\u2011–—/.,:;&@_·+=*#\\~|\u200c\u200d\u2060\u0384\u0385")
#: Signs that may follow a letter at the end of a word, not stand between two letters of one.
CLOSING = frozenset('”»›“‘«"!?)]}…™®©°²³¹ªº%•†′″´‡')
#: Everything that opens or separates and never follows a letter without a space is told by exclusion.
OPENING = frozenset("([{<„‚‹")
#: Signs of drawing and reckoning that Mac Roman and the pages of DOS have in place of letters.
DRAWN = re.compile("[\u2200-\u22ff\u2500-\u259f◊⌐⌠⌡¬]")

CONTROL, SPACE, UPPER, LOWER, LETTER, MARK, DIGIT, JOIN, CLOSE, OTHER, DRAW = "csULlmdjeox"
LETTERS = frozenset((UPPER, LOWER, LETTER))
#: The capitals that Latin-1 and its kin have for the leads of UTF-8; before a small letter of the C1 range (œ š ž Ÿ)
#: or a raised one (ª º) they make a pair of no language. Ä is left out: Estonian and Finnish have ä, š and ž.
LEADS = frozenset("ÂÃÅÎÏÐÑØÙ")
AFTER_NO_LEAD = frozenset("ŒœŠšŽžŸƒªºˆ˜µ")
#: No trade mark and no unit ends in Ã or Â; in "Å³" one does.
AFTER_NO_WORD = frozenset("©®™°²³¹")
#: Greek letters that science sets beside Latin ones.
SCIENTIFIC = frozenset("αβγδεζηθκλμνπρστφχψωΔΣΩ")


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    code = ord(char)
    if code < 0x20 or 0x7F <= code < 0xA0:
        return SPACE if char in "\t\n\r" else CONTROL
    if char.isspace():
        return SPACE
    if char in CLOSING:
        return CLOSE
    if char in JOINING:
        return JOIN
    if char.isalpha() and char != "µ":
        return UPPER if char.isupper() or char.istitle() else LOWER if char.islower() and char not in "ˆ˜ƒ" else LETTER
    if char.isdigit():
        return DIGIT
    if 0x300 <= code < 0x370 or 0x5B0 <= code < 0x5C8 or 0x64B <= code < 0x653:
        return MARK
    if DRAWN.match(char):
        return DRAW
    return CLOSE if code >= 0x2190 else OTHER  # pictures follow a word


@lru_cache(maxsize=4096)
def script(char: str) -> str:
    """The script of a letter: ``latin``, ``greek``, ``cyrillic``, or a name of its own for each other block."""
    code = ord(char)
    if code < 0x370 or 0x1E00 <= code < 0x1F00 or 0xFB00 <= code < 0xFB07:
        return "latin"
    if 0x370 <= code < 0x400 or 0x1F00 <= code < 0x2000:
        return "greek"
    if 0x400 <= code < 0x530:
        return "cyrillic"
    if 0x590 <= code < 0x600:
        return "hebrew"
    if 0x600 <= code < 0x780 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFEFF:
        return "arabic"
    if 0x2000 <= code < 0x2C00 or 0x3000 <= code < 0x3040 or 0xFE00 <= code < 0x20000:
        return "sign"
    if 0x3040 <= code < 0xA000:
        return "han"
    return f"block {code >> 7}"


@lru_cache(maxsize=8192)
def oddity(before: str, text: str, after: str) -> int:
    """Count what is odd about ``text`` in its place.

    Args:
        before: up to two characters before it.
        text: the text in question.
        after: up to two characters after it.
    """
    whole = before + text + after
    kinds = [_kind(char) for char in whole]
    for at in range(1, len(whole)):
        # An accent that does for an apostrophe ("O´Brien"), if not after a lead.
        if whole[at] in "´`" and kinds[at - 1] in LETTERS and whole[at - 1] not in LEADS:
            kinds[at] = JOIN
    first, last = len(before), len(before) + len(text)
    count = 0
    for at in range(max(first - 1, 0), min(last, len(whole) - 1)):
        count += _pair(whole, kinds, at)
    for at in range(first, last):
        count += 2 * (kinds[at] == CONTROL)
    return count + _enclosed(kinds, first, last) + _lone(whole, kinds, first, last)


def _pair(whole: str, kinds: list[str], at: int) -> int:
    """What is odd about the characters ``at`` and ``at + 1``."""
    a, b = kinds[at], kinds[at + 1]
    left, right = whole[at], whole[at + 1]
    if a not in LETTERS:
        if a == DRAW and b in (OTHER, CLOSE, DRAW):
            # A sign of drawing with another sign and then a letter: "√©t".
            return int(at + 2 < len(whole) and kinds[at + 2] in LETTERS)
        # Or with a letter that no formula has: "├ëtat".
        return int(a == DRAW and b in LETTERS and not right.isascii() and script(right) == "latin")
    if b in LETTERS:
        if script(left) != script(right) and not (left in SCIENTIFIC or right in SCIENTIFIC):
            return 1
        if left in LEADS and right in AFTER_NO_LEAD:
            return 1
        if a == LOWER and b == UPPER:
            return 1
        # Two capitals and a small letter: "CAFé".
        return int(a == UPPER and b == LOWER and at > 0 and kinds[at - 1] == UPPER)
    if b == CLOSE:
        return int((left in LEADS and right in AFTER_NO_LEAD) or (left in "ÃÂ" and right in AFTER_NO_WORD))
    if b == MARK:
        return int(script(left) != script(right))
    if b in (SPACE, JOIN, DIGIT, CONTROL):
        return 0
    return int(right not in OPENING or right in "„‚‹")


def _enclosed(kinds: list[str], first: int, last: int) -> int:
    """How often signs that end a word have a letter on both sides."""
    count = 0
    at = max(first - 1, 0)
    end = min(last + 1, len(kinds))
    while at < end:
        if kinds[at] in LETTERS:
            stop = at + 1
            while stop < end and kinds[stop] in (CLOSE, OTHER, DRAW):
                stop += 1
            if stop - at > 1 and stop < end and kinds[stop] in LETTERS:
                count += 1
            at = max(stop, at + 1)
        else:
            at += 1
    return count


def _lone(whole: str, kinds: list[str], first: int, last: int) -> int:
    """Where ``Ã`` or ``Â`` stands alone before a sign, or ``Ã`` before a dash: they are words of no language."""
    count = 0
    for at in range(first, last):
        if whole[at] in "ÃÂ" and at + 1 < last and kinds[at + 1] not in LETTERS:
            alone = at == 0 or kinds[at - 1] not in (*LETTERS, MARK)
            quoted = at > 0 and whole[at - 1] in '\u00a0\u202f«“„‘"('
            dashed = whole[at + 1] in "–—" and at + 2 < len(whole) and kinds[at + 2] in LETTERS
            count += (alone and not quoted) or (whole[at] == "Ã" and dashed)
        # "CŒUR" and "ÒUN": after an apostrophe in capitals no word goes on.
        count += whole[at] in "ÃÅ" and whole[at + 1 : at + 2] == "’" and kinds[at + 2 :] == [UPPER, UPPER]
    return count
