"""BOI001: links to other articles left in the text."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import ClassVar, NamedTuple

from newslint.document import OBJECT, Block, Document
from newslint.model import Hit, Span
from newslint.rule import DocumentRule
from newslint.text.blocks import ends_sentence
from newslint.text.phrases import Phrases, fold
from newslint_rules.boilerplate.quoting import quoted
from newslint_rules.boilerplate.removal import without_lines

#: A cue and the title after it are at most this long, in characters.
LONGEST = 250
#: A title that follows its cue without a colon or a dash.
LONGEST_UNMARKED = 140
#: The titles in a box of links: how many at least and at most, and their lengths in characters.
FEWEST_TITLES, MOST_TITLES = 3, 12
SHORTEST_TITLE, LONGEST_TITLE = 20, 140
#: A pointing sentence or a heading with its subject ("More on the budget").
LONGEST_REQUEST = 120

#: Arrows, bullets, brackets and pictures that may stand before the cue.
ORNAMENT = r"[\W_]{0,8}"
MARKED = r"\s*[:：|>›»→►▶]\s*|\s*[-–—]+\s+|\s+[-–—]+\s*"
TRAILING = " \u00a0\u202f:：.…!?>›»→►▶|)]*_–—-"
CLOSING = " \u00a0\u202f)]»”\"'"
#: What stands before a title.
OPENING = " \u00a0\u202f«“„\"'‘"


class Cues(NamedTuple):
    """A language's cues, ready to be looked up."""

    openers: Phrases
    labels: Phrases
    headings: frozenset[str]
    boxes: frozenset[str]
    requests: tuple[tuple[str, str], ...]


class CrossReference(DocumentRule):
    """Links to other articles that were copied along with the text.

    ## What it does
    Looks for lines that send the reader to another page: a cue with the title after it (“Lire aussi : …”,
    “Read more: …”, “Mehr zum Thema: …”), the heading of a box of links (“Related articles”) with the titles below it,
    and sentences that do nothing but point (“Mehr dazu lesen Sie hier”).

    ## Why is this bad
    The title belongs to another article. It interrupts this one, its link is lost, and a program that reads the text
    takes the other story's names and facts for this one's.

    ## Example
    ```text
    Le conseil a voté le budget jeudi soir.

    Lire aussi : Trois questions sur la taxe foncière
    ```

    ## Limits
    The cue has to open the line, and the line has to be short and without a final stop, unless a colon or a dash
    follows the cue. An article about reading, or a sentence that advises to read something, is left alone.
    """

    code: ClassVar[str] = "BOI001"
    name: ClassVar[str] = "cross-reference"

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield each block that is a link to another article."""
        if (cues := _cues(document.language)) is None:
            return
        blocks = document.blocks
        done = 0
        for index, block in enumerate(blocks):
            if index < done or not is_reference(block, cues):
                continue
            done = index + 1 + titles_below(blocks, index, cues)
            last = blocks[done - 1]
            titles = f" and the {done - index - 1} titles below it" if last is not block else ""
            yield Hit(
                Span(block.start, last.end),
                f"Cross-reference to another article: {quoted(block.text)}{titles}",
                "drop the link: it points to another page",
                fix=without_lines(document, block.first, last.last),
            )


@cache
def _cues(language: str | None) -> Cues | None:
    words = CrossReference.lexicon(language).get(CrossReference.name)
    if words is None:
        return None
    return Cues(
        Phrases(words["cues"]),
        Phrases(words["labels"]),
        frozenset(map(fold, words["headings"] + words["boxes"])),
        frozenset(map(fold, words["boxes"])),
        tuple((fold(start), fold(end)) for start, end in words["requests"]),
    )


def titles_below(blocks: Sequence[Block], index: int, cues: Cues) -> int:
    """How many blocks below the heading at ``index`` are the titles of its box; 0 where it heads no box."""
    heading = _words(blocks[index])
    if len(heading) > LONGEST_REQUEST or _bare(fold(heading)) not in cues.boxes:
        return 0
    count = links = 0
    for block in blocks[index + 1 : index + 1 + MOST_TITLES]:
        text = _words(block)
        # In mark-down a line that is all link needs no other proof.
        link = block.text.startswith(OBJECT) and block.text.endswith(OBJECT) and block.kind != "heading"
        title = SHORTEST_TITLE <= len(text) <= LONGEST_TITLE and not ends_sentence(text)
        if not (title or link) or is_reference(block, cues):
            break
        count += 1
        links += link
    return count if count >= FEWEST_TITLES or 0 < links == count else 0


def is_reference(block: Block, cues: Cues) -> bool:
    """Whether the block is nothing but a link to another article, or the heading of a list of them."""
    if len(block.text) > LONGEST and OBJECT not in block.text:
        return False
    text = _words(block)
    if len(text) > LONGEST:
        return False
    folded = fold(text)
    start = _start(folded)
    if (end := cues.openers.end(folded, start, glued=True)) is not None and _opens(text, end):
        return True
    if (end := cues.labels.end(folded, start)) is not None and _labels(text, end):
        return True
    if len(text) > LONGEST_REQUEST:
        return False
    bare = _bare(folded)
    return bare in cues.headings or any(bare.startswith(a) and bare.endswith(b) for a, b in cues.requests)


def _bare(folded: str) -> str:
    """The line without the ornaments before it and the punctuation after it."""
    return folded[_start(folded) :].rstrip(TRAILING)


def _start(folded: str) -> int:
    """Where a line starts behind its ornaments."""
    if folded[:1].isalnum():
        return 0
    return re.match(ORNAMENT, folded).end()  # type: ignore[union-attr]  # it may match nothing, but matches


def _words(block: Block) -> str:
    """The block's text without the masked markup of its links and emphasis."""
    return block.text.replace(OBJECT, "").strip()


def _opens(text: str, end: int) -> bool:
    """Whether a title, and not the rest of a sentence, follows the cue that ends at ``end``."""
    rest = text[end:]
    if not rest.strip(TRAILING):
        return "." not in rest
    if mark := re.match(MARKED, rest):
        return mark.end() < len(rest)
    if _stops(rest) or len(text) > LONGEST_UNMARKED:
        return False
    title = rest.lstrip(OPENING)
    # "Lire aussiBudget": the link's own markup was all that kept the two apart.
    return title[:1].isupper() and (rest[:1] != title[:1] or text[end - 1].islower())


def _labels(text: str, end: int) -> bool:
    """Whether a colon and a title follow a cue that is an everyday word by itself."""
    rest = text[end:].lstrip()
    title = rest[1:].strip(OPENING)
    return rest[:1] in (":", "：") and title[:1].isupper() and " " in title and not _stops(title)


def _stops(text: str) -> bool:
    return text.rstrip(CLOSING).endswith((".", ";"))
