"""CUT002: a teaser in place of the article: "[…]", "… Lire la suite", "80 % of this article is left to read"."""

import re
from collections.abc import Iterable
from functools import cache
from typing import ClassVar, NamedTuple

from newslint.document import OBJECT, WORD, Document
from newslint.model import Hit, Span
from newslint.text.edges import edges
from newslint.text.phrases import Phrases, fold, pattern
from newslint_rules.boilerplate.own_phrases import PhraseRule
from newslint_rules.boilerplate.quoting import quoted

#: A notice, and the link that ends a teaser, are at most this long, in characters.
LONGEST_NOTICE, LONGEST_LINK = 250, 60

ORNAMENT = re.compile(r"[\W_]{0,8}")
#: The omission mark that ends a block, with nothing after it that closes a quotation.
OMISSION = re.compile(r"\s*[\[(]\s?(?:…|\.{3,4})\s?[\])][\s.>»→]*$")
FINISHED = re.compile(r"[.!?…»”\"'’)\]:;]$")
TRAILER = rf"[\s:.…!\])>›»→►_|{OBJECT}-]*$"
ARROW = re.compile(r"[>›»→►]")
#: What a teaser ends with before its link.
BREAK = re.compile(rf"(?:…|\.{{3,}}|\[…\]|\[\.{{3}}\])[\s(\[|–—>›»→{OBJECT}-]*$")
STOP = re.compile(rf"(?:[.!?][”»\"]?|\|)[\s(\[|–—>›»→{OBJECT}-]*$")


class Cues(NamedTuple):
    """A language's cues, ready to be looked up; ``link_ends`` are the last words of the links."""

    link: re.Pattern[str]
    link_ends: frozenset[str]
    alone: frozenset[str]
    notices: Phrases
    unsure: frozenset[str]
    proof: re.Pattern[str] | None


class TeaserCut(PhraseRule):
    """The place where a teaser stops and the rest of the article is missing.

    ## What it does
    Looks for an omission mark that ends a block (“… the first of the […]”), for the link to the rest (“… Lire la
    suite”, “Continue reading”), and for the notice that the rest is kept back (“Il vous reste 80 % de cet article à
    lire”).

    ## Why is this bad
    The text is not the article, only its beginning: summaries, counts and comparisons made from it are wrong.

    ## Example
    ```text
    Les vendanges ont commencé lundi dans la Marne, où les vignerons… Lire la suite
    ```

    ## Limits
    An omission mark inside a quotation, or after a finished sentence that is not the last, is an editor's and left
    alone.
    """

    code: ClassVar[str] = "CUT002"
    name: ClassVar[str] = "teaser-cut"
    what: ClassVar[str] = "Teaser"

    def find(self, document: Document) -> Iterable[Hit]:
        """Yield each mark, link or notice at which the text stops."""
        cues = _cues(document.language)
        blocks = document.blocks
        first, last = edges(document)
        for index, block in enumerate(blocks):
            text = block.text
            start = omission(text, last=index + 1 == len(blocks)) if text[-1:] in "]).>»→" else None
            if cues is not None:
                if last[index] in cues.link_ends and (link := link_start(text, cues)) is not None:
                    start = link if start is None else min(start, link)
                elif first[index] in cues.notices.first_words and len(text) <= LONGEST_NOTICE and is_notice(text, cues):
                    start = 0
            if start is None:
                continue
            span = Span(block.start + start, block.end)
            yield Hit(span, f"Teaser cut off: {quoted(text[start:])}", "fetch the whole article, or drop this one")


@cache
def _cues(language: str | None) -> Cues | None:
    words = TeaserCut.lexicon(language).get(TeaserCut.name)
    if words is None:
        return None
    return Cues(
        pattern(words["links"], after=TRAILER),
        frozenset(WORD.findall(fold(phrase))[-1] for phrase in words["links"]),
        frozenset(map(fold, words["alone"])),
        Phrases(words["notices"]),
        frozenset(map(fold, words["unsure"])),
        pattern(words["proof"]) if words["proof"] else None,
    )


def omission(text: str, *, last: bool) -> int | None:
    """Where the omission mark starts at which a block stops; None if it has none or an editor set it.

    Args:
        text: a block's text.
        last: whether it is the document's last block.
    """
    mark = OMISSION.search(text, max(0, len(text) - 12))
    if mark is None or mark.start() == 0:
        return None
    before = text[: mark.start()]
    if FINISHED.search(before) and not last:
        return None
    if text.rstrip().endswith("»") and "«" in before:
        return None
    return mark.start() + len(mark.group()) - len(mark.group().lstrip())


def link_start(text: str, cues: Cues) -> int | None:
    """Where the link to the rest of the article starts, which ends a block; None if there is none."""
    first = max(0, len(text) - LONGEST_LINK)
    last = fold(text[first:])
    link = cues.link.search(last)
    if link is None:
        return None
    before = text[: first + link.start()]
    phrase = link["phrase"]
    if not before.strip(f" \u00a0>›»→►([|–—-{OBJECT}"):
        return 0 if phrase in cues.alone else None
    arrow = ARROW.search(last, link.end("phrase")) is not None
    if (mark := BREAK.search(before, max(0, len(before) - 12))) is not None:
        return mark.start()
    if STOP.search(before, max(0, len(before) - 8)) and (arrow or phrase in cues.alone):
        return first + link.start()
    return None


def is_notice(text: str, cues: Cues) -> bool:
    """Whether a short block says that the rest is kept back."""
    folded = fold(text)
    start = ORNAMENT.match(folded).end()  # type: ignore[union-attr]  # it may match nothing, but matches
    end = cues.notices.end(folded, start)
    if end is None:
        return False
    if folded[start:end] not in cues.unsure:
        return True
    return cues.proof is not None and cues.proof.search(folded, end) is not None
