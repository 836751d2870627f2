"""BOI004: bylines, time stamps, reading times and section paths left in the text."""

from collections.abc import Iterable, Set
from functools import cache
from typing import ClassVar, NamedTuple

from newslint.document import OBJECT, Document
from newslint.model import Hit
from newslint.text.edges import edges
from newslint.text.patterns import Pattern
from newslint.text.phrases import Phrases, fold
from newslint_rules.boilerplate.names import WIDE_FROM, particles, persons
from newslint_rules.boilerplate.own_phrases import PhraseRule
from newslint_rules.boilerplate.quoting import quoted
from newslint_rules.boilerplate.removal import without_lines

#: A byline stands among so many blocks at the start or at the end of a text.
FIRST_BLOCKS, LAST_BLOCKS = 10, 5
#: All of these lines are short, in characters.
LONGEST = 140
LONGEST_READING = 45
LONGEST_SECTION, LONGEST_SECTION_WORDS = 30, 4

#: What stands beside the time in any language.
ZONES = frozenset(("z", "t", "am", "pm", "utc", "gmt", "cet", "cest", "est", "edt", "pst", "pdt", "msk", "hkt", "jst"))
ORNAMENTS = " \u00a0\u202f\t|•·*–—_([-"
WORD = Pattern(r"[^\W\d_]+(?:\.[^\W\d_])*")
CLOCK = Pattern(r"(?<!\d)(?:[01]?\d|2[0-3])\s?(?:[:h.]|h\s)\s?[0-5]\d(?!\d)|\b(?:1[0-2]|0?\d)\s?[ap]\.?m\b")
DATE = Pattern(r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|(?:19|20)\d\d)\b")
#: "2024-05-12" alone: programs date like this, people who write a chronicle do not.
ISO_DATE = Pattern(r"\W{0,3}(?:19|20)\d\d-\d\d-\d\d\W{0,3}(?:$|[\dt])")
#: What separates the persons from the date or the office: "By Ann Doe | 3 May", "Par Luc Ferrand, à Reims".
FIELD = Pattern(r"\s*[|•·–—]\s*|\s+-\s+|\s*[,(]\s*(?=[\d\w])|\s+(?=\d)")
#: What joins a byline, a stamp, a reading time and a section to one line.
PART = Pattern(r"\s*[|•·]\s*|\s+[-–—]+\s+")
MOST_PARTS = 5
#: Without a figure, an arrow or what joins parts only a cue can open such a line.
HINT = Pattern(r"[\d>›»|•·]| / |\s[-–—]")
PATH = Pattern(r"\s*[>›»]\s*|\s+/\s+")
#: "il y a 2 heures et 5 minutes".
MOST_SPAN_WORDS = 6
#: Beside an office a byline may hold so many words in lower case ("rural affairs correspondent for the north").
MOST_PLAIN, MOST_PLAIN_OFFICE = 2, 7


BYLINE, STAMP, READING_TIME, SECTION_PATH = "Byline", "Time stamp", "Reading time", "Section path"


class Cues(NamedTuple):
    """A language's cues, ready to be looked up."""

    by: Phrases
    labels: Phrases
    stamps: Phrases
    reading: Phrases
    readings: tuple[str, ...]
    dates: frozenset[str]
    ago: frozenset[str]
    offices: frozenset[str]
    home: Phrases
    never: frozenset[str]
    #: The words that open a byline.
    first_words: Set[str]


class Byline(PhraseRule):
    """The author, the time of publication, the reading time and the section that were copied along with the text.

    ## What it does
    Looks near the start and the end of a text for lines that hold nothing but a byline (“Par Jeanne Morvan”,
    “By Ann Doe, Staff Writer”), a time stamp (“Publié le 3 mai 2021 à 18h02”, “Updated: May 3, 2021 6:02 PM”), a
    reading time (“Lecture 3 min”), a path of sections (“Accueil > Monde > Europe”), or several of these in a row
    (“Published: 9 May 2021 · 4 min read”).

    ## Why is this bad
    These lines belong in fields of their own. In the text they look like a person of the story, and their dates like
    dates of the events.

    ## Example
    ```text
    par Jeanne Morvan
    Publié le 3 mai 2021 à 18h02

    Les vendanges ont commencé lundi.
    ```

    ## Limits
    The line has to be a byline and nothing else: names need a first and a last name, a stamp nothing beside the date.
    A date alone heads a chronicle as often as it dates an article, so it is left alone.
    """

    code: ClassVar[str] = "BOI004"
    name: ClassVar[str] = "byline"
    what: ClassVar[str] = "Byline left in the text"

    def find(self, document: Document) -> Iterable[Hit]:
        """Yield each line near the start or the end that is a byline."""
        cues = _cues(document.language)
        blocks = document.blocks
        first = edges(document).first
        last = len(blocks) - LAST_BLOCKS
        for index, block in enumerate(blocks):
            if FIRST_BLOCKS <= index < last:
                continue
            text = block.text.replace(OBJECT, "")
            # Without its objects a line may have other words.
            likely = first[index] in cues.first_words or HINT.search(text) is not None or text != block.text
            if likely and len(text) <= LONGEST and (what := kind_of(text, cues)) is not None:
                yield Hit(
                    block.span,
                    f"{what} left in the text: {quoted(block.text)}",
                    "move it to the article's own fields",
                    fix=without_lines(document, block.first, block.last),
                )


@cache
def _cues(language: str | None) -> Cues:
    words = Byline.lexicon(language).get(Byline.name)
    if words is None:
        # Figures are dates in any language.
        nothing = Phrases(())
        none = frozenset[str]()
        return Cues(nothing, nothing, nothing, nothing, (), ZONES, none, none, nothing, none, none)
    by, labels = Phrases(words["by"]), Phrases(words["labels"])
    return Cues(
        by,
        labels,
        Phrases(words["stamps"]),
        Phrases(words["reading"]),
        tuple(map(fold, words["reading"])),
        frozenset(fold(words["dates"]).split()) | ZONES,
        frozenset(map(fold, words["ago"])),
        frozenset(fold(words["offices"]).split()),
        Phrases(words["home"]),
        frozenset(map(fold, words["never"])),
        by.first_words | labels.first_words,
    )


def kind_of(text: str, cues: Cues) -> str | None:
    """What a line is: ``Byline``, ``Time stamp``, ``Reading time``, ``Section path``; None: something else.

    A line of several parts ("Published: 3 May 2021 · 4 min read") is what its first part is that is one of these.
    """
    folded = fold(text)
    if (kind := _kind(text, folded, cues)) is not None:
        return kind
    parts = [part for part in PART.split(text.strip(ORNAMENTS)) if part]
    if not 1 < len(parts) <= MOST_PARTS:
        return None
    kinds = [_kind(part, fold(part), cues) for part in parts]
    first = next((kind for kind in kinds if kind is not None), None)
    if first is None or not all(
        kind is not None or _is_date(part, cues) or _is_section(part) for kind, part in zip(kinds, parts, strict=True)
    ):
        return None
    # "Saturday 3 May 2025, 6:02 PM – Town Hall" announces a concert: a stamp without its cue proves no section.
    proved = any(kind not in (None, STAMP) for kind in kinds) or any(
        cues.stamps.end(fold(part.lstrip(ORNAMENTS))) is not None for part in parts
    )
    return first if proved else None


def _kind(text: str, folded: str, cues: Cues) -> str | None:
    """What a line, or a part of one, is by itself."""
    start = len(folded) - len(folded.lstrip(ORNAMENTS))
    if (end := cues.by.end(folded, start)) is not None and _names(text, end, cues, colon=False):
        return BYLINE
    if (end := cues.labels.end(folded, start)) is not None and _names(text, end, cues, colon=True):
        return BYLINE
    if _is_stamp(folded, start, cues):
        return STAMP
    if _is_reading_time(folded, start, cues):
        return READING_TIME
    if _is_path(text, folded, start, cues):
        return SECTION_PATH
    return None


def _names(text: str, end: int, cues: Cues, *, colon: bool) -> bool:
    """Whether persons, and at most their office and the date, follow the cue that ends at ``end``."""
    rest = text[end:].lstrip()
    if rest.startswith(":"):
        rest = rest[1:].lstrip()
    elif colon:
        return False
    rest = rest.rstrip(" .)]\u00a0")
    if fold(rest).split(" ", 1)[0] in cues.never:
        return False
    if persons(rest) or rest.lower() in particles().agencies:
        return True
    fields = [field for field in FIELD.split(rest) if field]
    if not fields or not (persons(fields[0]) or fields[0].lower() in particles().agencies):
        return False
    rest = rest[rest.index(fields[0]) + len(fields[0]) :]
    # An office, a town, a date: capitalised or dated, and no sentence.
    words = WORD.findall(rest)
    plain = [fold(word) for word in words if word[0].islower() and fold(word) not in cues.dates]
    office = not cues.offices.isdisjoint(map(fold, words)) and fold(words[0]) not in cues.never
    most = MOST_PLAIN_OFFICE if office else MOST_PLAIN
    return len(plain) <= most and len(words) <= 10 and not text.rstrip().endswith((".", "!", "?", ":"))


def _is_stamp(folded: str, start: int, cues: Cues) -> bool:
    """Whether a line is a time of publication: a cue and a date, or a whole date with the time of day."""
    end = cues.stamps.end(folded, start)
    rest = folded[start if end is None else end :]
    if not any(map(str.isdigit, rest)) or not _are_dates(rest, cues):
        return False
    timed = CLOCK.search(rest) is not None
    if end is None:
        if ISO_DATE.match(rest) is not None or _is_span_of_time(rest, cues):
            return True
        # Without the year it is an entry of a chronicle or a programme: "Saturday 3 May, 6:02 PM".
        return timed and DATE.search(rest) is not None
    return timed or DATE.search(rest) is not None or any(len(word) > 2 for word in WORD.findall(rest))


def _is_span_of_time(folded: str, cues: Cues) -> bool:
    """Whether a text that holds figures and date words alone says how long ago: "3 hours ago", "il y a 2 heures"."""
    words = WORD.findall(folded)
    spaced = f" {' '.join(words)} "
    return 1 < len(words) <= MOST_SPAN_WORDS and any(f" {phrase} " in spaced for phrase in cues.ago)


def _is_date(part: str, cues: Cues) -> bool:
    folded = fold(part)
    return DATE.search(folded) is not None and _are_dates(folded, cues)


def _are_dates(folded: str, cues: Cues) -> bool:
    """Whether all words are names of months and the like."""
    return all(word in cues.dates or word.replace(".", "") in cues.dates for word in WORD.findall(folded))


def _is_section(part: str) -> bool:
    """Whether a part may be the section or the town: a few words, the first with a capital, no figures, no stop."""
    return (
        len(part) <= LONGEST_SECTION
        and part[:1].isupper()
        and len(part.split()) <= LONGEST_SECTION_WORDS
        and not any(char.isdigit() or char in ".,:;!?" for char in part)
    )


def _is_reading_time(folded: str, start: int, cues: Cues) -> bool:
    line = folded[start:].strip(" .|)")
    if len(line) > LONGEST_READING or not any(map(str.isdigit, line)) or "min" not in line:
        return False
    if cues.reading.end(folded, start) is None and not line.endswith(cues.readings):
        return False
    number = sum(map(str.isdigit, line))
    return number <= 3 and len(WORD.findall(line)) <= 5


def _is_path(text: str, folded: str, start: int, cues: Cues) -> bool:
    """Whether a line is a path of sections that starts at the home page, or has arrows only."""
    if not any(arrow in text for arrow in (">", "›", "»", " / ")):
        return False
    sections = PATH.split(text[start:].strip(" >›»/"))
    if len(sections) < 2 or not all(0 < len(section) <= LONGEST_SECTION for section in sections):
        return False
    home = cues.home.end(folded, start)
    if home is not None and not folded[home : home + 1].isalnum() and folded[home:].lstrip()[:1] in (*">›»/:",):
        return True
    arrows = text.count(" > ") + text.count(" › ")
    return (
        arrows >= 2
        and len(sections) == arrows + 1
        and all(section[0].isupper() or section[0] >= WIDE_FROM for section in sections)
    )
