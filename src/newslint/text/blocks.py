"""Blocks of plain text: paragraphs, headings and list items, with hard-wrapped lines joined.

Some files hold one paragraph a line, others wrap every paragraph at a fixed width. A wrapped line is known by what a
typist or a program does at a margin: the first word of the next line would not have fitted any more. A pair of lines
therefore allows a range of margins, and the margin of a text is the one that most of its pairs allow.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.document import Block, Document, Line
    from newslint.text.patterns import Pattern

#: A wrapped text's margin lies between these widths, in characters; wider lines are whole paragraphs.
NARROWEST, WIDEST = 40, 120
#: Of the lines that stop in mid-sentence with a line below them, how many must be full for the text to be wrapped.
FULL_SHARE = 0.8
#: How many lines may stand beyond the margin: a long heading, a table.
BEYOND_SHARE = 0.1
#: Words longer than this are addresses and the like, which no wrapping breaks.
LONGEST_WORD = 40
#: A line this short against the margin was ended on purpose, whatever follows.
SHORT_SHARE = 0.5
#: A heading has at most this many words and characters.
HEADING_WORDS, HEADING_LENGTH = 16, 120

ITEM = re.compile(r"\s*(?:[-*•‣▪–—·]\s+|\(?\d{1,3}[.)]\s+)\S")
#: What ends a sentence, closing quotes and brackets included.
SENTENCE_END = re.compile(r"[.!?…:;。！？؟۔।](?:\s?[»”“\"'’‘)\]›」』）】])*$")
LINE_END = re.compile(r"[\r\n]")


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a finished sentence does: a stop, then at most closing quotes and brackets."""
    return SENTENCE_END.search(text.rstrip()[-8:]) is not None


def wrap_width(lines: Sequence["Line"]) -> int | None:
    """The margin at which the text is wrapped, in characters; None where lines are whole paragraphs.

    Takes time and memory linear in the number of lines.
    """
    lengths = [len(line.text.rstrip()) for line in lines]
    filled = sum(length > 0 for length in lengths)
    # Most files hold whole paragraphs, and their length says so before any word is looked at.
    if sum(length > WIDEST for length in lengths) > BEYOND_SHARE * filled + _tolerated(filled):
        return None
    changes = [0] * (WIDEST + 2)
    unfinished = continued = 0
    for line, following, length in zip(lines, lines[1:], lengths, strict=False):
        word = following.text.split(None, 1)[:1]
        # An item that follows starts a line whatever the margin, so it says nothing about one; nor does a line that
        # ends with its sentence.
        if not length or not word or ITEM.match(following.text) or ends_sentence(line.text):
            continue
        unfinished += 1
        continued += word[0][0].islower()
        first, last = max(length, NARROWEST), min(length + len(word[0]), WIDEST)
        if first <= last:
            changes[first] += 1
            changes[last + 1] -= 1
    full = list(accumulate(changes))
    best = max(full)
    # Two lines may be as long as each other by chance; a single pair must at least read on in lower case.
    if best < min(2, 1 + unfinished - continued) or best < FULL_SHARE * unfinished or not best:
        return None
    # The margin is where the longest of the lines that keep it ends.
    widest = WIDEST - full[WIDEST::-1].index(best)
    width = max(length for length in lengths if length <= widest)
    beyond = sum(
        length > width and max(map(len, line.text.split())) <= LONGEST_WORD
        for line, length in zip(lines, lengths, strict=True)
    )
    return width if beyond <= BEYOND_SHARE * filled + _tolerated(filled) else None


def _tolerated(filled: int) -> int:
    """One line may always stand out, where there are enough of them to tell."""
    return int(8 <= filled < 1 / BEYOND_SHARE)


def is_full(line: "Line", following: "Line", width: int) -> bool:
    """Whether the first word of the following line would have crossed the margin."""
    word = following.text.split(None, 1)[0]
    return len(line.text.rstrip()) + 1 + len(word) > width


def plain_blocks(document: "Document") -> Iterator["Block"]:
    """Yield the blocks of a plain text document, in order."""
    from newslint.document import Block

    lines = document.lines
    width = wrap_width(lines)
    runs = list(_runs(lines, width))
    for number, (first, last) in enumerate(runs):
        start = lines[first].start + len(lines[first].text) - len(lines[first].text.lstrip())
        end = lines[last].start + len(lines[last].text.rstrip())
        text = LINE_END.sub(" ", document.text[start:end]) if last > first else document.text[start:end]
        yield Block(start, end, text, _kind(text, number, runs), first, last)


def _runs(lines: Sequence["Line"], width: int | None) -> Iterator[tuple[int, int]]:
    """Yield the first and last line index of each block."""
    first: int | None = None
    for index, line in enumerate(lines):
        if not line.text or line.text.isspace():
            if first is not None:
                yield first, index - 1
            first = None
        elif first is None:
            first = index
        elif width is None or not _continues(lines[index - 1], line, width, item=bool(ITEM.match(lines[first].text))):
            yield first, index - 1
            first = index
    if first is not None:
        yield first, len(lines) - 1


def _continues(line: "Line", following: "Line", width: int, item: bool) -> bool:
    """Whether ``following`` goes on with the block of ``line``, which is an ``item`` or not, at that margin."""
    full = is_full(line, following, width)
    # "12. Oktober" or a dash in mid-sentence may come to stand at the start of a line.
    if ITEM.match(following.text) and (item or not full or ends_sentence(line.text)):
        return False
    indented = following.text[0].isspace() and not line.text[0].isspace()
    if indented and not item:
        return False
    if full:
        return True
    # A ragged margin: the sentence is not over and goes on in lower case.
    start = following.text.lstrip()[0]
    return start.islower() and len(line.text) > SHORT_SHARE * width and not ends_sentence(line.text)


def _kind(text: str, number: int, runs: Sequence[tuple[int, int]]) -> str:
    if ITEM.match(text):
        return "item"
    # A heading stands before something; the last block of a file heads nothing.
    short = len(text) <= HEADING_LENGTH and not ends_sentence(text) and text.count(" ") < HEADING_WORDS
    if not short or number + 1 == len(runs):
        return "paragraph"
    start = text.lstrip("«“\"'‘„¿¡([-–— ")
    if start[:1].islower() or text.endswith((",", "-")):
        return "paragraph"
    return "heading"


class Prose(NamedTuple):
    """The texts of all blocks with a line end between them, and where each starts."""

    text: str
    starts: Sequence[int]

    def holding(self, pattern: "re.Pattern[str] | Pattern") -> list[int]:
        """The indices of the blocks in which a pattern may match; it must not care what stands beside a block."""
        found: list[int] = []
        match = pattern.search(self.text)
        while match is not None:
            found.append(bisect_right(self.starts, match.start()) - 1)
            if found[-1] + 1 == len(self.starts):
                break
            match = pattern.search(self.text, self.starts[found[-1] + 1])
        return found


def prose(document: "Document") -> Prose:
    """All blocks of a document as one text, so that one look tells which of them a rule has to read."""
    return document.layer(_prose)


def _prose(document: "Document") -> Prose:
    texts = [block.text for block in document.blocks]
    return Prose("\n".join(texts), [0, *accumulate(len(text) + 1 for text in texts[:-1])] if texts else [])


def finished(document: "Document") -> Sequence[bool]:
    """For each block whether it ``ends_sentence``, told once."""
    return document.layer(_finished)


def _finished(document: "Document") -> Sequence[bool]:
    return [ends_sentence(block.text) for block in document.blocks]
