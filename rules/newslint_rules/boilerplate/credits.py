"""The grammar of credits: is a text a credit and nothing else, and where does a caption end and its credit begin?"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newslint.text.lexicon import load
from newslint.text.phrases import Phrases, fold, pattern
from newslint_rules.boilerplate.names import all_names, particles

#: A credit in a line of its own, the notice of a whole team, and the credit at the end of a caption, in characters.
LONGEST, LONGEST_ROLL, LONGEST_TAIL = 160, 400, 120
#: What surrounds a credit without being part of it.
WRAPPING = " \t\u00a0\u202f()[]{}|*•·–—-/\"'"
COPYRIGHT = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)\s*(?:copyright|\d{4}))|copyright\s*(?:\(c\)|:|\d{4}|by\s)", re.IGNORECASE
)
ENCLOSED_C = re.compile(r"\(c\)\s+(?=\S)", re.IGNORECASE)
COLON = re.compile(r"\s*[:：]\s*")
PARTS = re.compile(r"\s*[/|+&]\s*|\s+(?:via|et|and|und|y|e|en)\s+|\s*\(\s*")
LISTED = re.compile(r"\s*[/|+&,;]\s*|\s+(?:et|and|und|y|e|en|ed)\s+")
SEGMENTS = re.compile(r"\s*[;,]\s*|\.\s+")
#: Where a credit may begin inside a caption: after a stop, a dash, a bar or a bracket.
BOUNDARY = re.compile(r"[.!?…»”\"]\s+(?=[^\W\d_])|\s[-–—]+\s+|\s*\|\s*")
#: A line may be a credit where it starts with a sign, or with two names and stops without a stop ...
SIGN = re.compile(r"\W*(?:©|\([cC]\))")
TWO_NAMES = re.compile(r"[^\W\d_a-z][\w.’'-]*\s+[^\W\d_a-z]")
STOPS = (".", "!", "?", "…", "»", "”")
#: ... and may end with one where a sign or one of these words stands near its end.
SIGNS = re.compile(r"[©/|:：)\]]")
SIGNATURE = re.compile(r"[-–—]\s?[^\W\d_]{2,12}$")
PICTURES = re.compile(r"\b(?:[PF]hoto|PHOTO|F[oO][tT][oO]|Im[am]|Bild|Beeld|Picture|Courtesy)")
WORD_START = re.compile(r"\b\w")
#: "créditos de la imagen", in characters.
LONGEST_LABEL = 30
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Words(NamedTuple):
    """The credit words of all languages, ready to be looked up."""

    agencies: frozenset[str]
    names: frozenset[str]
    labels: Phrases
    shot_by: Phrases
    shot_inside: re.Pattern[str]
    roles: Phrases
    weak_roles: frozenset[str]
    sources: Phrases
    rights: tuple[str, ...]
    openers: Phrases


@cache
def words() -> Words:
    """The credit words; read when the first text is checked."""
    table = load(Path(__file__).parent / "lexicon", "mul")["credit-line"]
    agencies = particles().agencies
    parts = {part for agency in agencies for part in re.split(r"[\s/-]+", agency)}
    return Words(
        agencies,
        frozenset(parts | {agency for agency in agencies if " " not in agency} | set(table["helpers"])),
        Phrases(table["labels"]),
        Phrases(table["shot-by"]),
        pattern(table["shot-by"]),
        Phrases(table["roles"]),
        frozenset(map(fold, table["weak-roles"])),
        Phrases(table["sources"]),
        tuple(map(fold, table["rights"])),
        Phrases(
            [*table["labels"], *table["shot-by"], *table["roles"], *table["sources"], *table["rights"], "copyright"]
        ),
    )


def is_credit(text: str) -> bool:
    """Whether a whole line is a credit: a copyright notice, a labelled name, agencies, or who wrote and edited."""
    body = text.strip(WRAPPING)
    if not body or len(body) > LONGEST_ROLL or not _may_open(body):
        return False
    if len(body) > LONGEST:
        return is_roll(body)
    folded = fold(body)
    if is_copyright(body, folded) or is_roll(body):
        return True
    return len(body) <= LONGEST_TAIL and (is_labelled(body, folded) or is_sourced(body, folded) or is_chain(body))


def _may_open(body: str) -> bool:
    lexicon = words()
    if SIGN.match(body) or lexicon.openers.end(fold(body[:40])) is not None:
        return True
    short = len(body) <= LONGEST
    if short and fold(body[-60:]).rstrip(".! ").endswith(lexicon.rights):
        return True
    if body.endswith(STOPS):
        return False
    return TWO_NAMES.match(body) is not None or (short and ("/" in body or body.lower() in lexicon.agencies))


def is_copyright(body: str, folded: str) -> bool:
    """Whether a line starts with a copyright sign, or holds the words that reserve all rights."""
    if COPYRIGHT.match(body):
        return True
    if (mark := ENCLOSED_C.match(body)) is not None:
        # "(c)" also numbers the third point of a list.
        return is_chain(body[mark.end() :])
    rights = words().rights
    return folded.startswith(rights) or folded.rstrip(".! ").endswith(rights)


def is_labelled(body: str, folded: str) -> bool:
    """Whether names follow "Photo:" or "Photo by"."""
    lexicon = words()
    if (end := lexicon.labels.end(folded)) is not None and (colon := COLON.match(body, end)) is not None:
        return are_names(body[colon.end() :])
    if (end := lexicon.shot_by.end(folded)) is not None:
        name = body[end:].strip()
        return name[:1].isupper() and are_names(name)
    return False


def is_sourced(body: str, folded: str) -> bool:
    """Whether agencies alone follow "with", "source:" and the like."""
    end = words().sources.end(folded)
    if end is None:
        return False
    rest = body[end:].lstrip(" :\u00a0\u202f")
    return bool(rest) and all(part.lower().strip(". ") in words().agencies for part in LISTED.split(rest))


def is_roll(body: str) -> bool:
    """Whether a line says who wrote, helped and edited: "Reporting by A in B; editing by C"."""
    lexicon = words()
    strong = weak = 0
    for segment in SEGMENTS.split(body.rstrip(". ")):
        folded = fold(segment)
        start = next(
            (len(joint) for joint in ("and ", "et ", "und ", "y ", "e ", "en ") if folded.startswith(joint)), 0
        )
        end = lexicon.roles.end(folded, start)
        if end is None:
            if not are_names(segment):
                return False
            continue
        name = segment[end:].lstrip(" :\u00a0\u202f")
        if not name[:1].isupper() or not are_names(name):
            return False
        if folded[start:end] in lexicon.weak_roles:
            weak += 1
        else:
            strong += 1
    return strong > 0 or weak > 1


def is_chain(body: str) -> bool:
    """Whether a text is a chain of names with an agency in it: "NAME/POOL/AFP", "Name via Getty Images", "AFP"."""
    lexicon = words()
    parts = [part.strip(" .)]") for part in PARTS.split(body)]
    if ":" in body or not any(part.lower() in lexicon.agencies for part in parts):
        return False
    if len(parts) == 1:
        return True
    return not YEAR.search(body) and all_names(body, known=lexicon.names, most=12) and "," not in parts[0]


def are_names(text: str) -> bool:
    """Whether a text consists of names and agencies."""
    bare = text.strip(WRAPPING)
    return 0 < len(bare) <= LONGEST_TAIL and all_names(COPYRIGHT.sub(" ", bare), known=words().names)


def tail(text: str) -> tuple[int, int] | None:
    """Where the credit lies that ends a caption or an article, as offsets into ``text``; None if there is none.

    Args:
        text: a block's text, without white space around it.
    """
    first = max(0, len(text) - LONGEST_TAIL - 40)
    last = text[first:]
    if SIGNS.search(last) is None and SIGNATURE.search(last) is None and PICTURES.search(last) is None:
        return None
    end = len(text)
    for start in (_after_sign(last), _in_brackets(last, text), _after_label(last), _in_chain(last)):
        if start is not None and first + start > 0:
            return first + start, end
    return None


def _after_sign(last: str) -> int | None:
    at = last.rfind("©")
    if at < 0:
        return None
    return at if are_names(last[at + 1 :].strip(WRAPPING + ":")) else None


def _in_brackets(last: str, text: str) -> int | None:
    if not last.endswith((")", "]")):
        return None
    at = max(last.rfind("("), last.rfind("["))
    if (last.endswith(")") and text.count("(") < text.count(")")) or at < 1:
        return _roll_in_brackets(text, last)
    inside = last[at + 1 : -1].strip()
    if inside.lower() in words().agencies:
        # "... octobre. Jeanne Morvan (REUTERS)" or the agency's signature after the last sentence.
        for boundary in BOUNDARY.finditer(last, 0, at):
            name = last[boundary.end() : at].strip()
            if name and are_names(name) and len(name.split()) <= 5:
                return boundary.end()
        return at if last[:at].rstrip().endswith((".", "!", "?", "»", "”", '"', "…")) else None
    return at if is_credit(inside) and not _is_aside(inside) else _roll_in_brackets(text, last)


def _roll_in_brackets(text: str, last: str) -> int | None:
    at = text.rfind("(")
    if at < 0 or len(text) - at > LONGEST_ROLL or not is_roll(text[at + 1 : -1]):
        return None
    return at - (len(text) - len(last))


def _is_aside(inside: str) -> bool:
    # "(source: AFP)" closes a caption, but "(with Reuters)" and "(Reuters/AP)" do too; a lone name does not.
    return is_sourced(inside, fold(inside)) and ":" not in inside and " " not in inside


def _after_label(last: str) -> int | None:
    folded = fold(last)
    for colon in COLON.finditer(last):
        name = last[colon.end() :]
        start = _label_start(folded, colon.start())
        if start is None or not are_names(name):
            continue
        before = last[:start].rstrip()
        # "He sent a photo: Jeanne Morvan" goes on with a sentence: there an agency has to prove the credit.
        if not before or not before[-1].isalnum() or has_agency(name):
            return start - (1 if before and last[start - 1] in "([" else 0)
    for shot in words().shot_inside.finditer(folded):
        before = last[: shot.start()].rstrip()
        name = last[shot.end() :].strip()
        if before and before[-1] in ".|–—-)!?”»" and name[:1].isupper() and are_names(name):
            return shot.start()
    return None


def _label_start(folded: str, end: int) -> int | None:
    """Where the longest label starts that ends at ``end``."""
    starts = [word.start() for word in WORD_START.finditer(folded, max(0, end - LONGEST_LABEL), end)]
    return next((start for start in starts if words().labels.end(folded, start) == end), None)


def has_agency(text: str) -> bool:
    """Whether one of the names is an agency's."""
    return any(part.strip(" .)]").lower() in words().agencies for part in PARTS.split(text))


def _in_chain(last: str) -> int | None:
    for boundary in BOUNDARY.finditer(last):
        rest = last[boundary.end() :]
        dash = boundary.group().strip()[:1] in "-–—|"
        if len(rest) <= LONGEST_TAIL and is_chain(rest) and (dash or len(PARTS.split(rest)) > 1):
            return boundary.end()
    return None
