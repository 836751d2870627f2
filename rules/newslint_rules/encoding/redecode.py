"""Finds what was decoded wrongly and says what it decodes to.

A candidate is a run of characters that become whole characters of UTF-8 when they are turned into the bytes of a code
page. It is believed where its place becomes less odd by it (`oddity`), and on doubtful places where the same page was
needed elsewhere in the document. What was decoded wrongly twice or thrice is decoded as often.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint_rules.encoding.codepages import Page, pages
from newslint_rules.encoding.oddity import SCIENTIFIC, oddity, script
from newslint_rules.encoding.plausible import plausible
from newslint_rules.encoding.signal import pairs

#: Wrong decodings in a row that are undone; three were seen in the wild, a fourth by mail through two systems.
DEEPEST = 4
#: So many sure places elsewhere in a document make a doubtful one believed; one on the same line does.
ENOUGH = 3
#: Scripts of which one character may be believed; of others one alone is chance ("é", no-break space, "»" decodes to a
#: Han character), or, in these alphabets, doubtful.
SPACED = ("latin", "sign")
ALPHABETS = frozenset(("greek", "cyrillic", "hebrew", "arabic"))
BOX = re.compile("[\u2500-\u259f]")
#: What a word processor sets: U+2010 to U+203A, the euro and the trade mark.
TYPOGRAPHIC = re.compile("[\u2010-\u203a€™]")
#: Letters out of the characters that ISO-8859-15 has in other places than Windows-1252 has them.
DISPUTED = re.compile("[Â-ß][€ŠšŽžŒœŸ]")
#: Spaces and invisible signs that are less likely than anything else a page could give.
RARE = re.compile("[\u2000-\u2008\u200a\u200c\u200e-\u200f\u2028-\u202e]")
#: A run of so many characters of UTF-8 is no chance even where nothing about it is odd ("×‘×”×•").
MANY = 3


class Repair(NamedTuple):
    """A run of characters and what it decodes to.

    Attributes:
        start, end: offsets.
        text: what the run stands for.
        page: the code page it was read as, the last one if it was decoded wrongly more than once.
        sure: whether its place alone proves it.
        again: whether it was decoded wrongly more than once.
        further: what it stands for if that happened to all of the line.
        odd: how odd what it stands for is in its place.
    """

    start: int
    end: int
    text: str
    page: str
    sure: bool
    again: bool
    further: str
    odd: int


def repairs(lines: Iterable[tuple[int, str]]) -> list[Repair]:
    """Find what was decoded wrongly on some lines of one document.

    Args:
        lines: the offset of each suspicious line, and its text.

    Returns:
        The repairs, in order, none overlapping, in offsets of the document.
    """
    lines = list(lines)
    common = pages()[0]
    found = [(offset, text, _read_as(common, text)) for offset, text in lines]
    if not all(_settled(text, line) for _, text, line in found):
        found = [(offset, text, list(_candidates(text))) for offset, text in lines]
    counts = Counter(repair.page for _, _, line in found for repair in line if repair.sure)
    known = _known_words(found)
    ranks = {page.name: (-known[page.name], rank) for rank, page in enumerate(pages())}
    chosen = []
    for offset, _, line in found:
        here = {repair.page for repair in line if repair.sure}
        believed = [repair for repair in line if repair.sure or repair.page in here or counts[repair.page] >= ENOUGH]
        again = any(repair.sure and repair.again for repair in line)
        chosen += [
            repair._replace(
                start=offset + repair.start, end=offset + repair.end, text=repair.further if again else repair.text
            )
            for repair in _apart(believed, ranks)
        ]
    return chosen


def _settled(text: str, line: list[Repair]) -> bool:
    """Whether the repairs leave nothing suspicious on a line, do not look odd, and no other page makes other text."""
    return (
        all(repair.sure and not repair.odd and not DISPUTED.search(text, repair.start, repair.end) for repair in line)
        and next(pairs(replaced(text, line)), None) is None
    )


def _known_words(found: list[tuple[int, str, list[Repair]]]) -> Counter[str]:
    """How many of the words that each page makes are known, on lines where pages disagree; on most none do."""
    known: Counter[str] = Counter()
    for _, text, line in found:
        readings: dict[tuple[int, int], set[str]] = {}
        for repair in line:
            readings.setdefault((repair.start, repair.end), set()).add(repair.text)
        if any(len(texts) > 1 for texts in readings.values()):
            from newslint.text.vocabulary import KNOWN, WORD

            before = set(WORD.findall(text))
            for page in {repair.page for repair in line}:
                after = WORD.findall(replaced(text, [repair for repair in line if repair.page == page]))
                known[page] += sum(bool(KNOWN[word.lower()]) for word in after if word not in before)
    return known


def replaced(text: str, changes: Iterable[Repair]) -> str:
    """``text`` with repairs made that are in order and do not overlap."""
    pieces = []
    end = 0
    for change in changes:
        pieces += [text[end : change.start], change.text]
        end = change.end
    return "".join(pieces) + text[end:]


def _apart(line: list[Repair], ranks: dict[str, tuple[int, int]]) -> list[Repair]:
    """Those of a line's repairs that do not overlap: sure ones first, then longer ones, then by the page's rank."""
    kept: list[Repair] = []
    taken = bytearray(max((repair.end for repair in line), default=0))
    for repair in sorted(
        line, key=lambda one: (not one.sure, one.start - one.end, one.odd, ranks[one.page], one.start)
    ):
        if not any(taken[repair.start : repair.end]):
            taken[repair.start : repair.end] = b"\1" * (repair.end - repair.start)
            kept.append(repair)
    return sorted(kept)


def _candidates(line: str) -> Iterator[Repair]:
    """Yield what each page makes of a line."""
    chars = set(line)
    for page in pages():
        if not page.leads.isdisjoint(chars):
            yield from _read_as(page, line)


def _read_as(page: Page, line: str, depth: int = 1) -> list[Repair]:
    """The runs of a line that may be UTF-8 read as ``page``."""
    found = []
    for run in page.runs(line):
        before, after = line[max(run.start - 2, 0) : run.start], line[run.end : run.end + 2]
        source = line[run.start : run.end]
        decoded = _mended(before, run.decoded, after, depth)
        further = _mended(before, decoded, after, depth, page)
        sure = _judge(before, source, decoded, after)
        if sure is None and further != decoded and _judge(before, source, further, after) is not None:
            decoded, sure = further, False
        if sure is not None:
            again = decoded != run.decoded
            found.append(
                Repair(
                    run.start,
                    run.end,
                    decoded,
                    page.name,
                    sure,
                    again,
                    further,
                    oddity(before, decoded, after) + len(RARE.findall(decoded)),
                )
            )
    # Boxes are letters to the pages of DOS: where some stay boxes, somebody drew them.
    if (
        found
        and found[0].page.startswith("code page")
        and len(BOX.findall(line)) > sum(len(BOX.findall(line, repair.start, repair.end)) for repair in found)
    ):
        return []
    return found


def _mended(before: str, text: str, after: str, depth: int, once_more: Page | None = None) -> str:
    """``text``, just decoded, with what is surely wrong in it decoded again, or all that ``once_more`` can decode."""
    if len(text) < 2 or text.isascii() or depth == DEEPEST:
        return text
    line = before + text + after
    chars = set(text)
    for page in (once_more,) if once_more else pages():
        if page.leads.isdisjoint(chars):
            continue
        inner = [
            repair
            for repair in _read_as(page, line, depth + 1)
            if (repair.sure or once_more) and len(before) <= repair.start and repair.end <= len(before) + len(text)
        ]
        if inner:
            line = replaced(line, inner)
            return line[len(before) : len(line) - len(after)]
    return text


def _judge(before: str, source: str, decoded: str, after: str) -> bool | None:
    """Whether ``source`` stands for ``decoded``: True surely, False perhaps, None not at all."""
    if not plausible(decoded) or _at_home(before, source, decoded, after):
        return None
    odd, left = oddity(before, source, after), oddity(before, decoded, after)
    scripts = {script(char) for char in decoded}
    if scripts.isdisjoint(SPACED) and len(decoded) < 2:
        if decoded in SCIENTIFIC and odd > left:
            return True
        # A letter alone may be a word of its own ("и"), a sign of a syllable or more may be chance.
        return False if scripts <= ALPHABETS and left == 0 else None
    signs = "sign" in scripts and source[0] in "âãï" and not all(char in "»”’“…–—›\u00a0" for char in source[1:])
    if signs or TYPOGRAPHIC.match(decoded) or len(decoded) >= MANY:
        odd += 1
    if odd > left and (left == 0 or odd - left > 1):
        return True
    return False if odd == left == 0 else None


def _at_home(before: str, source: str, decoded: str, after: str) -> bool:
    """Whether a letter that is not Latin stands in a word of its script and decodes to no letter of it."""
    own = script(source[0])
    if own == "latin" or not source[0].isalpha() or any(script(char) == own for char in decoded):
        return False
    return any(char.isalpha() and script(char) == own for char in before[-1:] + after[:1])
