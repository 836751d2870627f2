"""The grammar of credits: is a text a credit and nothing else, and where does a caption end and its credit begin?"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newslint.document import WORD
from newslint.text.lexicon import load
from newslint.text.patterns import Pattern
from newslint.text.phrases import Phrases, first_word, fold
from newslint_rules.boilerplate.names import WIDE_FROM, all_names, is_person, particles

#: A credit in a line of its own, the notice of a whole team, and the credit at the end of a caption, in characters.
LONGEST, LONGEST_ROLL, LONGEST_TAIL = 160, 400, 120
#: What surrounds a credit without being part of it.
WRAPPING = " \t\u00a0\u202f()[]{}|*•·–—-/\"'"
COPYRIGHT = Pattern(r"(?i:(?:copyright\s*)?(?:©|\(c\)\s*(?:copyright|\d{4}))|copyright\s*(?:\(c\)|:|\d{4}|by\s))")
ENCLOSED_C = Pattern(r"\([cC]\)\s+(?=\S)")
COLON = Pattern(r"\s*[:：]\s*")
PARTS = Pattern(r"\s*[/|+&]\s*|\s+(?:via|et|and|und|y|e|en)\s+|\s*\(\s*")
LISTED = Pattern(r"\s*[/|+&,;]\s*|\s+(?:et|and|und|y|e|en|ed)\s+")
SEGMENTS = Pattern(r"\s*[;,]\s*|\.\s+")
#: Where a credit may begin inside a caption: after a stop, a dash, a bar or a bracket.
BOUNDARY = Pattern(r"[.!?…»”\")]\s+(?=[^\W\d_])|\s[-–—]+\s+|\s*\|\s*")
#: A line may be a credit where it starts with a sign, or with two names and stops without a stop ...
SIGN = Pattern(r"\W*(?:©|\([cC]\))")
TWO_NAMES = Pattern(r"[^\W\d_a-z][\w.’'-]*\s+[^\W\d_a-z]")
STOPS = (".", "!", "?", "…", "»", "”")
#: ... and may end with one where a sign or one of these words stands near its end.
SIGNS = Pattern(r"[©/|:：]|[)\]]$")
SIGNATURE = Pattern(r"[-–—]\s?[^\W\d_]{2,12}$")
PICTURES = Pattern(r"\b(?:[PF]hoto|PHOTO|F[oO][tT][oO]|Im[am]|Bild|Beeld|Picture|Courtesy)")
WORD_START = Pattern(r"\b\w")
#: Who stands behind "Source:", in characters and words.
LONGEST_SOURCE, LONGEST_WIDE_SOURCE, MOST_SOURCE_WORDS = 60, 20, 6
#: A question or a sentence behind a label is an interview's.
SENTENCE_STOPS = ("?", "!", "。", "？", "！", "…")
#: "créditos de la imagen", in characters.
LONGEST_LABEL = 30
#: "tous droits de reproduction et de représentation réservés", in characters.
LONGEST_OPENER = 70
YEAR = Pattern(r"\b(?:19|20)\d\d\b")
#: What parts the photographer from the house: "Photo Jeanne Morvan / La Vallée".
HOUSE = Pattern(r"\s*[/|]\s*")


class Words(NamedTuple):
    """The credit words of all languages, ready to be looked up."""

    agencies: frozenset[str]
    names: frozenset[str]
    labels: Phrases
    shot_by: Phrases
    roles: Phrases
    weak_roles: frozenset[str]
    sources: Phrases
    source_labels: Phrases
    rights: tuple[str, ...]
    closers: frozenset[str]
    notices: Phrases
    first_words: frozenset[str]


@cache
def words() -> Words:
    """The credit words; read when the first text is checked."""
    table = load(Path(__file__).parent / "lexicon", "mul")["credit-line"]
    agencies = particles().agencies
    parts = {part for agency in agencies for part in re.split(r"[\s/-]+", agency)}
    openers = [Phrases(table[name]) for name in ("labels", "shot-by", "roles", "sources", "source-labels", "rights")]
    labels, shot_by, roles, sources, source_labels, notices = openers
    return Words(
        agencies,
        frozenset(parts | {agency for agency in agencies if " " not in agency} | set(table["helpers"])),
        labels,
        shot_by,
        roles,
        frozenset(map(fold, table["weak-roles"])),
        sources,
        source_labels,
        tuple(map(fold, table["rights"])),
        frozenset(WORD.findall(fold(phrase))[-1] for phrase in table["rights"]),
        notices,
        frozenset({"copyright"}.union(*(phrases.first_words for phrases in openers))),
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


def may_end(text: str) -> bool:
    """Whether a credit may end a text, which is not empty: whether its last word may be a name.

    Prose ends in lower case; most of it is told from credits by that alone.
    """
    last = text[-LONGEST_LABEL:].rsplit(None, 1)[-1]
    if last.endswith((")", "]")) or last != last.lower():
        return True
    if not last.isascii() and last[0] >= WIDE_FROM:
        # A script without case tells nothing.
        return True
    bare = last.strip(".,!?…'\"«»“”„")
    # A year, an address, "dpa/lhe"; or an agency that signs in lower case.
    return not bare.isalpha() or bare in words().names


def may_be_notice(text: str, first: str, last: str) -> bool:
    """Whether a line that no name ends may be a copyright notice; its first and its last word are folded."""
    if len(text) > LONGEST:
        return False
    lexicon = words()
    if first in lexicon.notices.first_words or last in lexicon.closers:
        return True
    start = text[:24].lower()
    return "©" in start or "(c)" in start or "copyright" in start


def _may_open(body: str) -> bool:
    lexicon = words()
    if first_word(body) in lexicon.first_words:
        start = fold(body[:LONGEST_OPENER])
        openers = (
            lexicon.labels,
            lexicon.shot_by,
            lexicon.roles,
            lexicon.sources,
            lexicon.source_labels,
            lexicon.notices,
        )
        if start.startswith("copyright") or any(phrases.end(start) is not None for phrases in openers):
            return True
    if SIGN.match(body):
        return True
    short = len(body) <= LONGEST
    if not body.endswith(STOPS) and (
        TWO_NAMES.match(body) or (short and ("/" in body or body.lower() in lexicon.agencies))
    ):
        return True
    return short and fold(body[-60:]).rstrip(".! ").endswith(lexicon.rights)


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
    """Whether names follow "Photo:" or "Photo by", or a name and its house follow "Photo"."""
    lexicon = words()
    if (end := lexicon.labels.end(folded)) is not None:
        if (colon := COLON.match(body[end:])) is not None:
            return are_names(body[end + colon.end() :])
        if is_signed(body[end:]):
            return True
    if (end := lexicon.shot_by.end(folded)) is not None:
        name = body[end:].strip()
        return name[:1].isupper() and are_names(name)
    return False


def is_signed(text: str) -> bool:
    """Whether a text that follows "Photo" without a colon is a person and a house, or holds an agency.

    The house may be anybody's, "Photo Jeanne Morvan / La Vallée"; then the person needs a first and a last name.
    """
    name = text.strip(WRAPPING)
    if not are_names(name):
        return False
    first, *houses = HOUSE.split(name)
    if houses and is_person(first) and all(house[:1].isupper() for house in houses):
        return True
    # "Image Map": a short agency in title case is a word.
    return any(part.lower() in words().agencies and (len(part) > 4 or not part.istitle()) for part in _parts(name))


def is_sourced(body: str, folded: str) -> bool:
    """Whether agencies alone follow "with" and the like, or a few names "source:"."""
    if is_source(body, folded):
        return True
    end = words().sources.end(folded)
    if end is None:
        return False
    rest = body[end:].lstrip(" :\u00a0\u202f")
    return bool(rest) and all(part.lower().strip(". ") in words().agencies for part in LISTED.split(rest))


def is_source(body: str, folded: str) -> bool:
    """Whether a few names follow "Source:" and the like, anybody's."""
    end = words().source_labels.end(folded)
    if end is None or (colon := COLON.match(body[end:])) is None:
        return False
    source = body[end + colon.end() :]
    if source.endswith(SENTENCE_STOPS) or len(source.split()) > MOST_SOURCE_WORDS:
        return False
    longest = LONGEST_SOURCE if source.isascii() or max(source) < WIDE_FROM else LONGEST_WIDE_SOURCE
    return len(source) <= longest and are_names(source)


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
    parts = _parts(body)
    if ":" in body or not any(part.lower() in lexicon.agencies for part in parts):
        return False
    if len(parts) == 1:
        return True
    return not YEAR.search(body) and all_names(body, known=lexicon.names, most=12) and "," not in parts[0]


def _parts(chain: str) -> list[str]:
    return [part.strip(" .)]") for part in PARTS.split(chain)]


def are_names(text: str) -> bool:
    """Whether a text consists of names and agencies."""
    bare = text.strip(WRAPPING)
    return 0 < len(bare) <= LONGEST_TAIL and all_names(COPYRIGHT.sub(" ", bare), known=words().names)


def tail(text: str) -> tuple[int, int] | None:
    """Where the credit lies that ends a caption or an article, as offsets into ``text``; None if there is none.

    Args:
        text: a block's text, without white space around it, with a word at its end that ``may_end`` a credit.
    """
    first = max(0, len(text) - LONGEST_TAIL - 40)
    last = text[first:]
    if SIGNS.search(last) is None and SIGNATURE.search(last) is None and PICTURES.search(last) is None:
        return None
    start = next((start for start in _starts(last, text) if start is not None and first + start > 0), None)
    return None if start is None else (first + start, len(text))


def _starts(last: str, text: str) -> Iterator[int | None]:
    """Where a credit starts in the ``last`` part of a text, by each of the shapes it may have."""
    yield _after_sign(last)
    yield _in_brackets(last, text)
    yield _after_label(last)
    yield _in_chain(last)


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
        for boundary in BOUNDARY.finditer(last[:at]):
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
    for boundary in BOUNDARY.finditer(last):
        start = boundary.end()
        if (end := words().shot_by.end(folded, start)) is not None:
            name = last[end:].strip()
            if name[:1].isupper() and are_names(name):
                return start
        if (end := words().labels.end(folded, start)) is not None and is_signed(last[end:]):
            return start
    return None


def _label_start(folded: str, end: int) -> int | None:
    """Where the longest label starts that ends at ``end``."""
    starts = [word.start() for word in WORD_START.finditer(folded, max(0, end - LONGEST_LABEL), end)]
    return next((start for start in starts if words().labels.end(folded, start) == end), None)


def has_agency(text: str) -> bool:
    """Whether one of the names is an agency's."""
    return any(part.lower() in words().agencies for part in _parts(text))


def _in_chain(last: str) -> int | None:
    for boundary in BOUNDARY.finditer(last):
        rest = last[boundary.end() :]
        dash = boundary.group().strip()[:1] in "-–—|"
        if len(rest) <= LONGEST_TAIL and is_chain(rest) and (dash or len(_parts(rest)) > 1):
            return boundary.end()
    return None
