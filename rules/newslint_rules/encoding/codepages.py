"""UTF-8 that was read as a code page: which characters stand for which bytes, and where they make up UTF-8 again."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

#: Bytes of UTF-8 (RFC 3629): what starts a character of two, three or four bytes, and what continues it.
TWO, THREE, FOUR = range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5)
CONTINUATION = range(0x80, 0xC0)
ALL = (*TWO, *THREE, *FOUR)
#: Leads of the Latin letters and marks of European languages (U+0080 to U+017F) and of typographic punctuation.
EUROPEAN = (0xC2, 0xC3, 0xC4, 0xC5, 0xE2)

#: Shown name, Python codec, and the leads looked for. A code page of a script, or one whose leads are common signs, is
#: believed with the leads alone that its users meet: Latin letters, typographic punctuation, emoji, its own script.
#: The order is how common the mistake is on the web: it decides where two pages read the same.
PAGES = (
    ("Windows-1252", "cp1252", ALL),
    ("Windows-1254", "cp1254", (*EUROPEAN, 0xF0)),
    ("Windows-1250", "cp1250", (*TWO, 0xE2, 0xEF, 0xF0, 0xE1)),
    ("ISO-8859-2", "iso8859_2", (*EUROPEAN, 0xC8)),
    ("ISO-8859-15", "iso8859_15", EUROPEAN),
    ("Windows-1251", "cp1251", (*EUROPEAN, 0xD0, 0xD1, 0xD2, 0xEF)),
    ("Mac Roman", "mac_roman", (*EUROPEAN, 0xD7, 0xD8, 0xD9, 0xEF)),
    ("Windows-1253", "cp1253", (*EUROPEAN, 0xCE, 0xCF, 0xEF)),
    ("code page 437", "cp437", (*EUROPEAN, 0xCE, 0xCF, 0xD0, 0xD1, 0xD7)),
    ("code page 850", "cp850", EUROPEAN),
    ("Windows-1257", "cp1257", EUROPEAN),
    ("Windows-1255", "cp1255", EUROPEAN),
    ("Windows-1256", "cp1256", (*EUROPEAN, 0xD8, 0xD9)),
    ("Windows-874", "cp874", (0xE2,)),
)


class Run(NamedTuple):
    """Characters that are whole characters of UTF-8 once they are bytes again."""

    start: int
    end: int
    decoded: str


class Page:
    """A code page that UTF-8 was taken for.

    Bytes that the page lacks are looked for as the control characters of the same number (U+0080 to U+009F), and so
    are those it has: software disagrees on them, and Latin-1 is Windows-1252 but for these.

    Args:
        name: the name to show.
        codec: the Python codec.
        leads: the first bytes of the characters that are looked for.
    """

    def __init__(self, name: str, codec: str, leads: tuple[int, ...]) -> None:
        self.name = name
        chars = {byte: [_char(codec, byte)] for byte in range(0x80, 0x100)}
        for byte in range(0x80, 0xA0):
            if chr(byte) not in chars[byte]:
                chars[byte].append(chr(byte))
        #: For ``str.translate``: the character of Latin-1 with the same byte.
        self.bytes = {ord(char): byte for byte, both in reversed(chars.items()) for char in both}
        self.leads = frozenset(char for byte in leads for char in chars[byte])
        self.continuations = frozenset(char for byte in CONTINUATION for char in chars[byte])
        two, three, four = (
            _class([char for byte in leads if byte in length for char in chars[byte]]) for length in (TWO, THREE, FOUR)
        )
        more = _class(self.continuations)
        #: One character of UTF-8.
        self.character = re.compile(f"{two}{more}|{three}{more}{{2}}|{four}{more}{{3}}")

    def runs(self, text: str) -> Iterator[Run]:
        """Yield the places of ``text`` that are UTF-8 read as this page, each as long as it can be."""
        start = end = -1
        decoded = ""
        for found in self.character.finditer(text):
            if found.start() != end:
                if decoded:
                    yield from _whole(start, end, decoded)
                start, decoded = found.start(), ""
            try:
                decoded += found.group().translate(self.bytes).encode("latin-1").decode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                # An overlong form: no software writes it, so the characters are themselves.
                if decoded:
                    yield from _whole(start, end, decoded)
                start, decoded = found.end(), ""
            end = found.end()
        if decoded:
            yield from _whole(start, end, decoded)


def _whole(start: int, end: int, decoded: str) -> Iterator[Run]:
    """The run, its surrogate pairs joined (CESU-8, as some databases write emoji); nothing where one is alone."""
    if max(decoded) >= "\ud800" and any("\ud800" <= char <= "\udfff" for char in decoded):
        try:
            decoded = decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            return
    yield Run(start, end, decoded)


def _char(codec: str, byte: int) -> str:
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return chr(byte)


def _class(chars: "list[str] | frozenset[str]") -> str:
    """A character class; one that matches nothing where there are no characters."""
    return "[" + re.escape("".join(sorted(chars))) + "]" if chars else r"(?!)"


@cache
def pages() -> tuple[Page, ...]:
    """All code pages, the commonest mistake first. Making them takes some milliseconds."""
    return tuple(Page(*page) for page in PAGES)
