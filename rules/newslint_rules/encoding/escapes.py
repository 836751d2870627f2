r"""Escape sequences of programs, addresses and mail in text: ``\u00e9``, ``l\'homme``, ``%C3%A9``, ``=C3=A9``."""

import re
from collections.abc import Iterator

from newslint_rules.encoding.patterns import compiled
from newslint_rules.encoding.remnants import Kind, Remnant

UNICODE = r"(?:\\u[0-9a-fA-F]{4}){1,50}"
BYTES = r"(?:\\x[0-9a-fA-F]{2}){1,50}"
#: A quotation mark or a slash with a backslash before it, beside a letter or another mark.
ESCAPED = r"\\{1,3}([\"'/])(?:(?<=[\w.,;:!?…]\\.)|(?<=\\\\.)|(?=[\w¿¡…]))"
#: A line end after a full stop or another one; what precedes may not be the path of a file.
LINE_END = r"(?:\\r)?\\n(?:(?<=[.!?…»”\")\s]\\n)|(?<=^\\n)|(?<=\\[rn]\\n)|(?=\\n))(?![a-z])"
#: Bytes of UTF-8 that are no ASCII, as addresses and as mail write them; and the space of addresses between letters.
PERCENT = r"%[C-Fc-f][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|%20(?<=[^\W\d_]%20)(?=[^\W\d_])"
HUNDREDTH = r"(?:%[0-9A-Fa-f]{2}){1,100}"
MAIL = r"(?:=[C-F][0-9A-F](?:=[89AB][0-9A-F]){1,3}){1,50}"
#: Longer words are cut, in characters: what makes them an address stands near.
LONGEST = 200
#: Characters that make a word part of an address or a file name rather than of a sentence.
ADDRESS = frozenset("/\\=&?@#")


def escapes(text: str) -> Iterator[Remnant]:
    """Yield the escape sequences of a text, with what each stands for, kind by kind."""
    if "\\" in text:
        for found in compiled(UNICODE).finditer(text):
            yield from _decoded(
                found, found.group().encode().decode("unicode_escape").encode("utf-16", "surrogatepass"), "utf-16"
            )
        for found in compiled(BYTES).finditer(text):
            yield from _decoded(found, bytes.fromhex(found.group().replace("\\x", "")), "utf-8")
        for found in compiled(ESCAPED).finditer(text):
            yield Remnant(found.start(), found.end(), Kind.ESCAPE, found.group(1))
        for found in compiled(LINE_END).finditer(text):
            yield Remnant(found.start(), found.end(), Kind.ESCAPE, "\n")
    if "%" in text:
        yield from _percents(text)
    if "=" in text:
        for found in compiled(MAIL).finditer(text):
            yield from _decoded(found, bytes.fromhex(found.group().replace("=", "")), "utf-8")


def _decoded(found: re.Match[str], data: bytes, encoding: str, offset: int = 0) -> Iterator[Remnant]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return
    if text.isprintable():
        yield Remnant(offset + found.start(), offset + found.end(), Kind.ESCAPE, text)


def _percents(text: str) -> Iterator[Remnant]:
    """Yield the words that are written like a part of an address without being one."""
    last = 0
    for found in compiled(PERCENT).finditer(text):
        if found.start() < last:
            continue
        start = found.start() - len(text[max(last, found.start() - LONGEST) : found.start()].split(" ")[-1])
        last = found.end() + len(text[found.end() : found.end() + LONGEST].split(" ")[0])
        word = text[start:last].split("\n")[0]
        if not ADDRESS.isdisjoint(word):
            continue
        for escape in compiled(HUNDREDTH).finditer(word):
            yield from _decoded(escape, bytes.fromhex(escape.group().replace("%", "")), "utf-8", start)
