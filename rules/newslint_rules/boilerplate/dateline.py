"""BOI005: an agency's dateline before the lead."""

import re
from collections.abc import Iterable
from typing import ClassVar

from newslint.document import Document
from newslint.model import Applicability, Edit, Fix, Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint_rules.boilerplate.names import particles
from newslint_rules.boilerplate.quoting import quoted

#: A dateline is at most this long, in characters.
LONGEST = 90
#: The dash or the stop after the agency, and what stands before the lead.
DASH = r"\s?\.?\s?(?:[-–—]{1,3}|:)(?=\s|$|[«“„\"'A-ZÀ-Þ])"
#: "PARIS, 3 mars", "BEIRUT/THE HAGUE, March 7", "Frankfurt/Main", "COSTA MESA, Calif."
PLACE = r"(?P<place>[^\W\d_a-z][^()\n:;!?«»“”]{1,58}?)"
BRACKETED = re.compile(
    rf"(?:{PLACE}\s?[-–—]?\s?)?\((?P<agency>[^()]{{2,40}})\){DASH}(?P<after>[^(]{{3,45}}?\s[-–—]{{1,2}}\s)?"
)
STROKES = re.compile(rf"{PLACE}\s?/(?P<agency>[A-Z][^/\n]{{1,30}})/\.?(?:\s?[-–—]{{1,2}})?(?=\s)")
BARE = re.compile(r"(?P<agency>[A-Z][\w ]{1,20}?)(?P<place>)\s[-–—]{1,2}(?=\s)")
WORD = re.compile(r"[^\W\d_]+")
AGENCY_JOINT = re.compile(r"\s*[/,+&]\s*")
#: Of the words before the agency at most this many may start in lower case (months, "de", "sur").
LOWER_CASE = 3


class Dateline(DocumentRule):
    """Finds the place and the agency that open a wire story.

    ## What it does
    Looks at the start of each paragraph for a place, maybe a date, and the name of a news agency, closed by a dash:
    “PARIS, 3 mars (Reuters) –”, “BERLIN (dpa) -”, “MADRID, 12 Mar. (EFE).-”, “MOSCOW, March 3 /TASS/.”.

    ## Why is this bad
    It is proper in a wire story, and that is why this is information only. In a corpus it betrays the source, and
    thousands of texts start alike.

    ## Example
    ```text
    BRUXELLES, 3 mars (Reuters) – Les ministres se réunissent lundi.
    ```

    ## Limits
    Only agencies that newslint knows count: “LYON (Rhône) – …” is left alone.
    """

    code: ClassVar[str] = "BOI005"
    name: ClassVar[str] = "dateline"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield the dateline of each block that starts with one."""
        for block in document.blocks:
            head = block.text[: LONGEST + 1]
            if (end := dateline_end(head)) is None or end >= len(block.text):
                continue
            span = Span(block.start, block.start + end)
            rest = len(block.text[end:]) - len(block.text[end:].lstrip())
            yield Hit(
                span,
                f"Agency dateline: {quoted(head[:end])}",
                "Remove the dateline, or keep it where the wire's form is wanted",
                fix=Fix(Applicability.UNSAFE, (Edit(Span(span.start, span.end + rest), ""),)),
            )


def dateline_end(head: str) -> int | None:
    """Where the dateline that starts a text ends, dash included; None where there is none."""
    if "(" in head:
        found = BRACKETED.match(head)
    elif "/" in head:
        found = STROKES.match(head)
    else:
        found = BARE.match(head)
    if found is None:
        return None
    if not any(part.strip().lower() in particles().agencies for part in AGENCY_JOINT.split(found["agency"])):
        return None
    if found["place"] and not _is_place(found["place"]):
        return None
    if (after := found.groupdict().get("after")) is not None and not _is_place(after):
        # "(ANSA) - ROMA, 12 MAR - ..." has its place after the agency; a sentence with a dash is none.
        return found.start("after")
    return found.end()


def _is_place(text: str) -> bool:
    if text.lower().removeprefix("the ").strip() in particles().agencies:
        # "The Associated Press (AP) - the oldest of the wires - ..."
        return False
    words = WORD.findall(text)
    lower = sum(word[0].islower() for word in words)
    return bool(words) and lower <= min(LOWER_CASE, len(words) - 1)
