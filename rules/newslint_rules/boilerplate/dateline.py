"""BOI005: an agency's dateline before the lead."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import ClassVar

from newslint.document import OBJECT, Document
from newslint.model import Applicability, Edit, Fix, Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint.text.lexicon import load
from newslint.text.patterns import Pattern
from newslint.text.phrases import fold
from newslint_rules.boilerplate.names import particles
from newslint_rules.boilerplate.quoting import quoted

#: Only among so many blocks at the start an agency that nobody lists is told by the form alone.
FIRST_BLOCKS = 6
#: A dateline is at most this long, in characters.
LONGEST = 90
#: The dash or the stop after the agency, and what stands before the lead.
DASH = r"\s{0,3}\.?\s?(?:[-–—]{1,3}|:)(?=\s|$|[«“„\"'A-ZÀ-Þ])"
DASH_AFTER = Pattern(r"\s{0,3}\.?\s?[-–—]{1,3}(?=\s|[«“„\"'])")
#: "PARIS, 3 mars", "BEIRUT/THE HAGUE, March 7", "Frankfurt/Main", "COSTA MESA, Calif."
PLACE = r"(?P<place>[^\W\d_a-z][^()\n:;!?«»“”]{1,58}?)"
BRACKETED = Pattern(
    rf"(?:{PLACE}\s?[-–—]?\s?)?\((?P<agency>[^()]{{2,40}})\){DASH}(?P<after>[^(]{{3,45}}?\s[-–—]{{1,2}}\s)?"
)
STROKES = Pattern(rf"{PLACE}\s?/(?P<agency>[A-Z][^/\n]{{1,30}})/\.?(?:\s?[-–—]{{1,2}})?(?=\s)")
BARE = Pattern(r"(?P<agency>[A-Z][\w ]{1,20}?)(?P<place>)\s[-–—]{1,2}(?=\s)")
#: What follows the bracket of a dateline.
CLOSERS = ("-", "–", "—", ":")
DASHES = (" -", " –", " —")
#: One of these is in every dateline.
HINT = Pattern(r"[(/]| [-–—]")
WORD = Pattern(r"[^\W\d_]+")
AGENCY_JOINT = Pattern(r"\s*[/,+&]\s*")
#: Of the words before the agency at most this many may start in lower case (months, "de", "sur").
LOWER_CASE = 3
#: A place in capitals, in letters and in words: "NICE", "NEW YORK CITY".
SHORTEST_TOWN, MOST_TOWN_WORDS = 3, 5


class Dateline(DocumentRule):
    """The place and the agency that open a wire story.

    ## What it does
    Looks at the start of each paragraph for a place, maybe a date, and the name of a news agency, closed by a dash:
    “PARIS, 3 mars (Reuters) –”, “BERLIN (dpa) -”, “MADRID, 12 Mar. (EFE).-”, “MOSCOW, March 3 /TASS/.”. Near the
    start of a text the form is enough, whoever signs: a place in capitals, a name in brackets, a dash.

    ## Why is this bad
    It is proper in a wire story, and that is why this is information only. In a corpus it betrays the source, and
    thousands of texts start alike.

    ## Example
    ```text
    BRUXELLES, 3 mars (Reuters) – Les ministres se réunissent lundi.
    ```

    ## Limits
    The place and its region in the same form, “LYON (Rhône) – …”, are a local paper's dateline and count as one. So
    does a person in capitals, “MARTIN (Verts) – …”: by the form nobody can tell them apart. Sports and kinds of
    articles before the bracket (“TENNIS (Wimbledon) – …”) and abbreviations that the bracket spells out are left
    alone, and so is a place in small letters unless its agency is known.
    """

    code: ClassVar[str] = "BOI005"
    name: ClassVar[str] = "dateline"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield the dateline of each block that starts with one."""
        marked = OBJECT in document.characters
        for index, block in enumerate(document.blocks):
            if not marked and not block.text[0].isspace() and HINT.search(block.text, 0, LONGEST + 1) is None:
                continue
            # In mark-down spaces stand for the markup of links and emphasis, which keeps the offsets.
            text = block.text.replace(OBJECT, " ")
            start = len(text) - len(text.lstrip())
            head = text[start : start + LONGEST + 1]
            if (end := dateline_end(head, first=index < FIRST_BLOCKS)) is None or start + end >= len(text):
                continue
            span = Span(block.start + start, block.start + start + end)
            rest = len(text[start + end :]) - len(text[start + end :].lstrip())
            joined = OBJECT in block.text[: start + end + rest]
            yield Hit(
                span,
                f"Dateline left before the lead: {quoted(head[:end])}",
                "drop the dateline, or keep it where the wire's form is wanted",
                # Emphasis may open inside the dateline and close behind it.
                fix=None if joined else Fix(Applicability.UNSAFE, (Edit(Span(span.start, span.end + rest), ""),)),
            )


def dateline_end(head: str, *, first: bool = False) -> int | None:
    """Where the dateline that starts a text ends, dash included; None where there is none.

    Args:
        head: the start of a block's text.
        first: whether the block is among the first ones, where an unknown agency counts as well.
    """
    if (found := _match(head)) is None:
        return None
    if not any(part.strip().lower() in particles().agencies for part in AGENCY_JOINT.split(found["agency"])):
        return _end_by_form(found, head) if first else None
    if found["place"] and not _is_place(found["place"]):
        return None
    if (after := found.groupdict().get("after")) is not None and not _is_place(after):
        # "(ANSA) - ROMA, 12 MAR - ..." has its place after the agency; a sentence with a dash is none.
        return found.start("after")
    return found.end()


def _match(head: str) -> "re.Match[str] | None":
    if "(" in head:
        # Most brackets are asides; a dash after them is rare.
        after = head[head.find(")", head.index("(")) + 1 :].lstrip(" .\u00a0\u202f")
        return BRACKETED.match(head) if after.startswith(CLOSERS) else None
    if head.count("/") > 1:
        return STROKES.match(head)
    return BARE.match(head) if any(dash in head[:25] for dash in DASHES) else None


def _end_by_form(found: "re.Match[str]", head: str) -> int | None:
    """Where a dateline ends whose agency nobody lists: "HARBOUR BAY, Ore. (Coast Wire) — The council ..."."""
    place = found["place"]
    if not place or not head.startswith("(", found.start("agency") - 1) or not _is_place(place):
        return None
    end = found.end("agency") + 1
    dash = DASH_AFTER.match(head[end:])
    if dash is None:
        return None
    end += dash.end()
    town = place.partition(",")[0].strip()
    words = town.split()
    if sum(map(str.isalpha, town)) < SHORTEST_TOWN or len(words) > MOST_TOWN_WORDS or not town.isupper():
        return None
    names = found["agency"].split()
    if not all(name[:1].isupper() or name in particles().nobiliary for name in names):
        return None
    if any(map(str.isdigit, found["agency"])) or fold(words[0].strip("'’")) in _kickers():
        return None
    # "NATO (North Atlantic Treaty Organization) – ...": a glossary's entry.
    if len(names) > 1 and "".join(name[0] for name in names if name[0].isupper()) == town:
        return None
    return end if head[end:].lstrip(" \u00a0\u202f«“„\"'‘")[:1].isupper() else None


@cache
def _kickers() -> frozenset[str]:
    """What stands in capitals before a bracket without being a place."""
    return frozenset(map(fold, load(Path(__file__).parent / "lexicon", "mul")["dateline"]["kickers"]))


def _is_place(text: str) -> bool:
    if text.lower().removeprefix("the ").strip() in particles().agencies:
        # "The Associated Press (AP) - the oldest of the wires - ..."
        return False
    words = WORD.findall(text)
    lower = sum(word[0].islower() for word in words)
    return bool(words) and lower <= min(LOWER_CASE, len(words) - 1)
