"""Where sentences end: a splitter for news prose that gives code-point offsets and works in linear time.

Each stop (".", "?", "…" and the like, with the quotation marks and brackets that close after it) is judged
by the word before it and the word after it: abbreviations, initials and ordinals do not end a sentence, and
neither does a stop before a lower-case word. The last is also what machine rewriting leaves behind ("said the
mayor. added."): there ``fragments`` cuts and ``split`` does not.
"""

from __future__ import annotations

import re

from newslint.text.abbreviations import Abbreviations, abbreviations

_MARKS = ".!?…‼⁇⁈⁉؟۔।॥።։"  # white space follows them
_UNSPACED_MARKS = "。！？｡"  # of scripts that write no spaces
# What may stand between a stop and the white space: closing quotes of every system („…“, »…«), brackets, and
# invisible characters.
_CLOSERS = "\"'’”»›“«)\\]}」』\u200b-\u200f\u2060\ufeff"

# Quantifiers are possessive or bounded, so that no stop is looked at twice. Those of groups are never possessive:
# Python 3.11 before 3.11.5 matches such groups wrongly.
_STOP = re.compile(
    rf"(?P<mark>[{_MARKS}{_UNSPACED_MARKS}]++)"
    rf"(?P<close>[{_CLOSERS}]*+(?:\s{{1,2}}[»”›](?![^\s.,;:!?)\]]))*)"
    r"\s*+"
)
_SPACE = re.compile(r"\s*+")
# What may open a sentence: quotes, brackets, dashes (",," is a Dutch quote), omission marks.
_LEAD = re.compile(r"(?:[(\[](?:\.{3}|…)[)\]]|[\s\"'’‘“”„«»‹›(\[¿¡*•–—-]|,,){0,12}(?:[.…]{1,3}+(?=\w))?")
_OPENER = re.compile(r"[^\W\d_]{1,14}+['’]?")
_LAST_WORD = re.compile(r"[^\s\"'’‘“”„«»‹›()\[\]{}–—]*+\Z")
_DUTCH_ELISION = re.compile(r"['’‘`][a-z]{1,2}\s[A-Z]")  # "'s Avonds", "'t Is": the capital comes second
_ITEM_LABEL = re.compile(r"\(?(?:\d{1,3}|[^\W\d_])")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){1,6}[^\W\d_]")  # "U.S", "z.B"
_HYPHENATED = re.compile(r"[^\W\d_]\.?-[^\W\d_]")  # "J.-P"
_ORDINAL = re.compile(r"\d{1,2}|[IVX]{2,5}")
_VOWEL = re.compile(r"[aeiouy]|[^\x00-\x7f]")  # of a lower-case word; any letter beyond ASCII may be one

_NEVER_FIRST = frozenset(_MARKS + _UNSPACED_MARKS + ",;:)]}")
_QUOTES_AND_BRACKETS = "\"'’‘“”„«»‹›()[]{}–—-"
_LONGEST = 16  # characters looked at before a stop; no abbreviation is longer


def split(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Finds the sentences of a block of prose. A stop before a lower-case word does not end one.

    Line ends count as spaces: hand over one block at a time.

    Args:
        text: any text; U+FFFC may stand for masked objects.
        language: its language tag ("fr", "pt-BR"), None when unknown; it selects the abbreviations.

    Returns:
        (start, end) of each sentence in code points, end exclusive, in order, without the white space around.
        Together they hold every character that is not white space.
    """
    return _cut(text, language, at_lower_case=False)


def fragments(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Finds sentences as ``split`` does, and cuts them also at a full stop that a lower-case word follows.

    It cuts there only where the full stop cannot be that of an abbreviation or an initial and no quotation
    closes after it. A span that starts in lower case inside a sentence is thus a sign of broken prose.

    Args:
        text: any text, as for ``split``.
        language: its language tag, as for ``split``.

    Returns:
        Spans as from ``split``, each within one of its sentences.
    """
    return _cut(text, language, at_lower_case=True)


def _cut(text: str, language: str | None, *, at_lower_case: bool) -> list[tuple[int, int]]:
    known = abbreviations(language)
    spans: list[tuple[int, int]] = []
    start = _skip(_SPACE, text, 0)
    quotes, counted = 0, 0
    for stop in _STOP.finditer(text):
        mark, close = stop["mark"], stop["close"]
        at, end, following = stop.start(), stop.end("close"), stop.end()
        if following == end and mark[-1] not in _UNSPACED_MARKS:
            continue
        if text.startswith('"', following) and text[following + 1 : following + 2].isspace():
            # A straight quote between spaces closes a quotation where one is open.
            quotes += text.count('"', counted, following)
            counted = following
            if quotes % 2:
                close += '"'
                end = following + 1
                following = _skip(_SPACE, text, end)
        head = _skip(_LEAD, text, following)  # where the first word begins
        if head == len(text) or text[head] in _NEVER_FIRST or _says_nothing(text, start, at, mark, close):
            continue
        if _is_lower_case(text, following, head):
            ends = at_lower_case and mark == "." and not close and _is_full_stop(text, start, at, known)
        else:
            ends = mark != "." or text[following] in "¿¡" or not _is_inner(text, start, at, head, known)
        if ends:
            spans.append((start, end))
            start = following
    if start < len(text):
        spans.append((start, len(text.rstrip())))
    return spans


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _says_nothing(text: str, start: int, at: int, mark: str, close: str) -> bool:
    """Whether the stop ends just punctuation ("(…)", ". .") or the label of a list item ("1.")."""
    if close.startswith((")", "]")) and text[at - 1 : at] in ("(", "["):
        return True
    if at - start > 3:
        return False
    before = text[start:at]
    if mark == "." and _ITEM_LABEL.fullmatch(before):
        return True
    return not before.strip(_QUOTES_AND_BRACKETS)


def _is_lower_case(text: str, following: int, head: int) -> bool:
    if not text[head].islower() or text[head + 1 : head + 2].isupper():  # "iPhone" starts like a capital
        return False
    return not _DUTCH_ELISION.match(text, following)


def _word_before(text: str, start: int, at: int) -> str:
    """The word that ends at ``at``, without elided articles and quotes, in lower case unless all capitals."""
    tail = text[max(start, at - _LONGEST) : at]
    if tail and not tail[-1].isspace():
        tail = tail.rstrip(_QUOTES_AND_BRACKETS + " \u00a0\u202f")  # "« word »."
    match = _LAST_WORD.search(tail)
    word = match[0] if match else ""
    return word if word.isupper() else word.lower()


def _is_full_stop(text: str, start: int, at: int, known: Abbreviations) -> bool:
    """Whether the "." at ``at``, before a lower-case word, can only be a full stop."""
    word = _word_before(text, start, at)
    if not word:  # "end. . more" has had its stop; "more . words" is a stray point within a sentence
        return text[max(start, at - _LONGEST) : at].rstrip()[-1:] in _NEVER_FIRST
    if len(word) == 1 or _DOTTED.fullmatch(word) or _HYPHENATED.fullmatch(word):
        return False
    if word in known.titles or word in known.numbered or word in known.closing:
        return False
    if word.isdigit():
        return not known.ordinals
    return word.isupper() or _VOWEL.search(word) is not None  # "km", "kg": no word lacks a vowel


def _is_inner(text: str, start: int, at: int, head: int, known: Abbreviations) -> bool:
    """Whether the "." at ``at``, not before a lower-case word, is part of its own: the sentence goes on."""
    word = _word_before(text, start, at)
    if word in known.titles or (word in known.numbered and text[head].isdigit()):
        return True
    if (len(word) == 1 and word.isupper()) or _HYPHENATED.fullmatch(word):
        return not _is_opener(text, head, known.openers)
    if word in known.closing or _DOTTED.fullmatch(word) or (known.ordinals and _ORDINAL.fullmatch(word)):
        return not _is_opener(text, head, known.openers, known.particles)
    return False


def _is_opener(text: str, head: int, *tables: frozenset[str]) -> bool:
    match = _OPENER.match(text, head)
    if not match or text[match.end() : match.end() + 1] == ".":  # "A." is an initial, not an article
        return False
    word = match[0].lower().replace("’", "'")
    return any(word in table or word.rstrip("'") in table for table in tables)
