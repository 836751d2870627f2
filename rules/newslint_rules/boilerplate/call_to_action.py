"""BOI002: buttons, requests and notices of the page left in the text."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import ClassVar

from newslint.document import OBJECT, Document
from newslint.model import Hit
from newslint_rules.boilerplate.own_phrases import PhraseRule
from newslint_rules.boilerplate.page_lines import Cue, may_be_cue, read
from newslint_rules.boilerplate.page_words import looks, vocabulary
from newslint_rules.boilerplate.quoting import quoted
from newslint_rules.boilerplate.removal import without_lines

#: Cues belong together where at most so many other blocks stand between them; so many weak ones in a row are sure.
GAP, ROW = 1, 3


class CallToAction(PhraseRule):
    """Requests to the reader and controls of the page that were copied along with the text.

    ## What it does
    Looks for lines that ask the reader to do something on the page or tell about it: to subscribe, to share, to
    follow, to comment, to log in, to donate, to accept cookies, to open an app, and for buttons, form fields, notices
    of players and marks of advertisements. The message names the kind.

    ## Why is this bad
    Such a line says nothing about the subject. It interrupts the story, a program that reads the text counts it as
    one of its sentences, and a reader cannot press it.

    ## Example
    ```text
    Le conseil a voté le budget jeudi soir.

    Abonnez-vous à notre lettre d'information
    ```

    ## Limits
    A line has to consist of such words, or to open with a request and go on with what it asks for, so that an article
    about newsletters, cookies or a subscription is left alone. A word that also heads a passage (“Comment”, “Facebook”)
    counts only beside a line that is sure.
    """

    code: ClassVar[str] = "BOI002"
    name: ClassVar[str] = "call-to-action"
    what: ClassVar[str] = "Call to action"

    def find(self, document: Document) -> Iterable[Hit]:
        """Yield each block that is a request to the reader or a control of the page."""
        words = vocabulary(document.language)
        blocks = document.blocks
        known = looks(document.language)
        cues = [
            read(block.text.replace(OBJECT, " "), words)
            if may_be_cue(block.text, document.words_of(index), known)
            else None
            for index, block in enumerate(blocks)
        ]
        if not any(cues):
            return
        for block, cue in zip(blocks, believed(cues), strict=True):
            if cue is not None:
                yield Hit(
                    block.span,
                    f"Call to action ({cue.kind}): {quoted(block.text)}",
                    "drop the line: it belongs to the page, not to the article",
                    fix=without_lines(document, block.first, block.last),
                    data={"kind": cue.kind},
                )


def believed(cues: Sequence[Cue | None]) -> Sequence[Cue | None]:
    """The cues that are sure, that stand in a row, or that lead from near one of these to the next; None elsewhere."""
    found = [cue if cue is not None and cue.sure else None for cue in cues]
    start = 0
    for present, run in groupby(cues, key=lambda cue: cue is not None):
        row = list(run)
        if present and len(row) >= ROW:
            found[start : start + len(row)] = row
        start += len(row)
    for order in (range(len(cues)), reversed(range(len(cues)))):
        for index in order:
            if found[index] is None and any(found[max(0, index - GAP - 1) : index + GAP + 2]):
                found[index] = cues[index]
    return found
