"""Quotation marks and brackets of a block: which open, which close, which belong together.

One glyph opens in one language and closes in another (“ ” » «), so that a mark's neighbours decide where its glyph
does not. A mark that neither tells is left out, and makes its whole block doubtful for its system.
"""

import re
from typing import NamedTuple

GUILLEMETS, CURLY, LOW, STRAIGHT = "guillemets", "curly quotes", "low quotes", "straight quotes"
ROUND, SQUARE, BRACES = "round brackets", "square brackets", "braces"
QUOTES = frozenset((GUILLEMETS, CURLY, LOW, STRAIGHT))

#: What the glyph does where its neighbours do not say otherwise.
OPENING = {"«": GUILLEMETS, "“": CURLY, "‟": CURLY, "„": LOW, "(": ROUND, "[": SQUARE, "{": BRACES}
CLOSING = {"»": GUILLEMETS, "”": CURLY, ")": ROUND, "]": SQUARE, "}": BRACES}
ANY_MARK = re.compile(r'[«»“”‟„"()\[\]{}]')
ANY_QUOTE = re.compile('[«»“”‟„"]')

#: What may stand before the first mark of a block.
LEAD = " \u00a0\t-–—•*"
#: Brackets that are no brackets: smileys, and what ends with the bracket of an enumeration ("a)", "iv)", "*)").
SMILEY = re.compile(r"(?<!\w)[:;]['´]?-?[()\[\]{}]{1,9}|[()\[\]]-?[:;](?![\w\s])|\^\^?\)|\(ツ\)")
ENUMERATION = re.compile(r"(?<![\w(])(?:\w{1,4}|\d{1,3}[.°º]\w?|[*†°]{1,3})\)\Z")
#: Quotation marks of typewriters: two commas, two accents, two apostrophes.
TYPEWRITER = re.compile(r",,(?=\w)|``|''|´´|’’|‘‘")
NO_WORD_BEFORE = frozenset(" \u00a0\u202f\u2009\t([{«“„‟‘‚'’—–-/¿¡")
NO_END_BEFORE = NO_WORD_BEFORE - frozenset("'’…")
NO_WORD_AFTER = frozenset(" \u00a0\u202f\u2009\t.,;:!?…)]}»”’'—–-/")


class Pair(NamedTuple):
    """A quotation or bracket that opens and closes in one block: offsets in the block, ``end`` behind the mark.

    ``depth`` is the number of quotations around it. ``first``: nothing but dashes and spaces stands before it.
    """

    start: int
    end: int
    system: str
    depth: int
    first: bool


class Alone(NamedTuple):
    """A mark that found no partner in its block."""

    offset: int
    system: str
    opens: bool
    first: bool


class Marks(NamedTuple):
    """The marks of a block; of a ``doubtful`` system nobody can tell what opens and what closes."""

    pairs: list[Pair]
    alone: list[Alone]
    doubtful: set[str]


def pairs_only(glyphs: str, text: str) -> bool:
    """Whether the marks of a text, in order, are brackets that close at once: ``scan`` finds nothing else in it."""
    return not glyphs.replace("()", "").replace("[]", "") and SMILEY.search(text) is None


def scan(text: str, marks: re.Pattern[str] = ANY_MARK) -> Marks:
    """Pair the marks of a block's text. Takes time linear in its length; quotations and brackets are kept apart."""
    found = list(marks.finditer(text))
    smileys = _smileys(text) if marks is ANY_MARK and found else set()
    first = len(text) - len(text.lstrip(LEAD))
    opened: dict[str, list[int]] = {}
    result = Marks([], [], set())
    for mark in found:
        offset = mark.start()
        if offset in smileys or (mark.group() == "“" and text[max(0, offset - 1) : offset] == "€"):
            continue  # the second is a dash that was decoded wrongly
        system, opens = _role(text, offset, mark.group(), opened)
        if opens is None:
            result.doubtful.add(system)
        elif opens:
            opened.setdefault(system, []).append(offset)
        elif (stack := opened.get(system)) or (system == CURLY and (stack := opened.get(LOW))):
            start = stack.pop()
            depth = sum(len(stack) for name, stack in opened.items() if name in QUOTES)
            result.pairs.append(Pair(start, offset + 1, LOW if text[start] == "„" else system, depth, start == first))
        elif system != ROUND or not ENUMERATION.search(text[max(0, offset - 6) : offset + 1]):
            result.alone.append(Alone(offset, system, False, offset == first))
    for system, offsets in opened.items():
        result.alone.extend(Alone(offset, system, True, offset == first) for offset in offsets)
    if smileys:
        # The smiley's bracket may be the closing one, too.
        result.doubtful.add(ROUND)
    result.alone.sort()
    if '"' in text and TYPEWRITER.search(text):
        result.doubtful.add(STRAIGHT)
    return result


def _role(text: str, offset: int, glyph: str, opened: dict[str, list[int]]) -> tuple[str, bool | None]:
    """A mark's system, and whether it opens; None where nobody can tell."""
    before = text[offset - 1] if offset else " "
    after = text[offset + 1] if offset + 1 < len(text) else " "
    left, right = before in NO_WORD_BEFORE, after in NO_WORD_AFTER
    if glyph == '"':
        return STRAIGHT, _straight_role(before, after, left, right, bool(opened.get(STRAIGHT)))
    if glyph in OPENING:
        system = OPENING[glyph]
        if glyph in "“„«" and right and before not in NO_END_BEFORE:
            # „so“ and »so«: the glyph that opens elsewhere closes here.
            is_open = opened.get(system) or (glyph == "“" and opened.get(LOW))
            if is_open or after in ".,;:!?)":
                return system, False
            if before not in "'’":
                return system, None
        return system, True
    system = CLOSING[glyph]
    if glyph in "”»" and not opened.get(system) and not (glyph == "”" and opened.get(LOW)):
        if left and not right:
            return system, True
        if not left and not right and after.isalnum():
            return system, None
    return system, False


def _straight_role(before: str, after: str, left: bool, right: bool, is_open: bool) -> bool | None:
    if before.isdigit() and not is_open:
        return None  # inches, seconds
    if left != right:
        return left
    if left and before.isspace() and after.isspace():
        return not is_open
    return None


def _smileys(text: str) -> set[int]:
    """Offsets of brackets that belong to smileys."""
    return {offset for smiley in SMILEY.finditer(text) for offset in range(*smiley.span())}
