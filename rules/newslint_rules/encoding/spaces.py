"""Spaces that no typist means: no-break spaces between ordinary words or beside another space, spaces of odd widths.

No-break spaces are right in many places (before French punctuation, in numbers, before units, after short words,
titles and initials, before the last word of a paragraph); what is left is what copying from a web page leaves.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint_rules.encoding.controls import among

#: No-break space, narrow no-break space and thin space: typographers set all three.
NO_BREAK = "\u00a0\u202f\u2009"
#: En and em spaces and their kin, which lay out tables, and the space of Ogham.
ODD = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u200a\u205f"
#: At home in Chinese, Japanese and Korean text, odd elsewhere.
WIDE = "\u3000"
NOT_PLAIN = frozenset(NO_BREAK + ODD + WIDE)
EAST_ASIAN = ((0x2E80, 0x9FFF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF))
RUN = re.compile(f"[{NO_BREAK}{ODD}{WIDE}]+")
#: The end of a line, which another rule looks at.
END = re.compile(r"[ \t]*(?:[\r\n]|\Z)")
#: A word that starts small and has three letters or more; after it the line goes on.
WORD_AFTER = re.compile(rf"([^\W\d_]{{3}})[^\s{NO_BREAK}]{{0,40}}[ {NO_BREAK}]")
WORD_BEFORE = re.compile(r"[^\W\d_]{3}\Z")


class Stray(NamedTuple):
    """Spaces that should not be, and what belongs in their place."""

    start: int
    end: int
    text: str


def stray_spaces(text: str) -> Iterator[Stray]:
    """Yield the odd spaces of a text, in order."""
    for run in RUN.finditer(text):
        start, end = run.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        spaces = run.group()
        if END.match(text, end):
            continue
        if before in "\r\n":
            if WIDE not in spaces:
                yield Stray(start, end, "")
        elif WIDE in spaces:
            if not among(before, EAST_ASIAN) and not among(after, EAST_ASIAN):
                yield Stray(start, end, " ")
        elif before in " \t" or after in " \t":
            yield Stray(start, end, "")
        elif not set(spaces).isdisjoint(ODD):
            yield Stray(start, end, " ")
        elif len(spaces) > 1:
            yield Stray(start, end, spaces[0])
        elif spaces != "\u2009" and _between_words(text, start, end):
            yield Stray(start, end, " ")


def _between_words(text: str, start: int, end: int) -> bool:
    """Whether ordinary words stand on both sides, and the line goes on after them."""
    after = WORD_AFTER.match(text, end)
    return bool(
        after and after.group(1).islower() and text[max(start - 3, 0) : start].islower()
        and WORD_BEFORE.match(text[max(start - 3, 0) : start])
    )  # fmt: skip
