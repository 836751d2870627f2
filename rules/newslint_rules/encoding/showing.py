"""How the rules on characters show what they found: the word around it, the places, their lines."""

import re
from collections.abc import Callable, Iterable, Sequence

from newslint.document import Document
from newslint.model import Place, Span

#: A report lists at most this many other lines; ``data`` has all.
RELATED = 50
#: Words longer than this are shortened, in characters.
LONGEST = 40
BOUNDARY = frozenset(" \t\r\n\u00a0\u202f")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def around(source: str, span: Span) -> Span:
    """The word that holds a span, or what fits of a long one."""
    start, end = span.start, min(span.end, span.start + LONGEST)
    while start > 0 and source[start - 1] not in BOUNDARY and end - start < LONGEST:
        start -= 1
    while end < len(source) and source[end] not in BOUNDARY and end - start < LONGEST:
        end += 1
    return Span(start, end)


def shown(text: str) -> str:
    r"""The text on one line, in quotation marks, what cannot be seen written as ``\x85`` or ``\u200b``."""
    return f"“{UNSEEN.sub(_escaped, text)}”"


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def more(count: int) -> str:
    """How many places there are beside the one that is shown, to end a message with."""
    return f", and {count - 1} more place{'s' * (count > 2)}" if count > 1 else ""


def related(document: Document, spans: Sequence[Span], say: Callable[[Span], str]) -> tuple[Place, ...]:
    """The first span of each line but that of the first one, with what ``say`` says of it."""
    firsts: dict[int, Span] = {}
    for span in spans:
        firsts.setdefault(document.line_at(span.start).number, span)
    return tuple(Place(say(span), span) for span in list(firsts.values())[1 : RELATED + 1])


def figures(document: Document, spans: Iterable[Span]) -> dict[str, object]:
    """The number of places, and their lines."""
    lines = [document.line_at(span.start).number for span in spans]
    return {"size": len(lines), "lines": sorted(set(lines))}
