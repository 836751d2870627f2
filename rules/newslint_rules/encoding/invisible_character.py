"""ENC002 invisible-character."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from newslint.document import OBJECT, Document
from newslint.model import Applicability, Edit, Fix, Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint_rules.encoding.controls import BIDI, name, strays
from newslint_rules.encoding.damage import damage
from newslint_rules.encoding.showing import around, figures, more, related, shown
from newslint_rules.encoding.spaces import NOT_PLAIN, Stray, stray_spaces

#: Characters that break lines, and what they become inside one.
BREAKS = {"\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"}
#: Stands for what could not be converted.
SUBSTITUTE = "\x1a"


class InvisibleCharacter(DocumentRule):
    """Characters that nobody sees and that do not belong where they are.

    ## What it does
    Finds spaces of no width, joiners, soft hyphens, byte order marks, control characters, line and paragraph
    separators, variation selectors and tags out of place, and characters that change the direction of text. Each
    character has one finding in a document, with its name and code point, at the first place; the others are related.
    No-break spaces between ordinary words or beside another space, and spaces of odd widths, are reported at level
    info.

    ## Why is this bad
    Two words that look the same are not the same to a search, a spell checker or a comparison. Characters that change
    the direction of text can make it read otherwise than it is stored.

    ## Example
    ```text
    Le gouver<U+00AD>nement a pro<U+200B>mis des moyens.
    ```

    ## Limits
    Joiners inside emoji and in the scripts that need them, marks of direction in documents with Hebrew or Arabic, and
    no-break spaces where typography calls for them (before French punctuation, in numbers, before units, after short
    words) are left alone. White space at the end of lines is `trailing-space`.
    """

    code: ClassVar[str] = "ENC002"
    name: ClassVar[str] = "invisible-character"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield a hit for each invisible character of ``document``, and one for its odd spaces."""
        text = document.text
        places: dict[str, list[int]] = {}
        damaged = {offset for place in document.layer(damage) for offset in range(place.start, place.end)}
        for at in strays(text, document.characters):
            # Masked text has objects of its own.
            if at not in damaged and (text[at] != OBJECT or document.source[at] == OBJECT):
                places.setdefault(_kind(text[at]), []).append(at)
        for offsets in places.values():
            yield _invisible(document, offsets)
        odd = not document.characters.isdisjoint(NOT_PLAIN)
        spaces = [space for space in stray_spaces(text) if space.start not in damaged] if odd else []
        if spaces:
            yield _spaces(document, spaces)


def _kind(char: str) -> str:
    """What one finding is about: a character, all that change the direction of text, or all tags."""
    return "bidi" if char in BIDI else "tag" if char >= "\U000e0000" else char


def _invisible(document: Document, offsets: Sequence[int]) -> Hit:
    """The hit for all stray places of a character, or of several that go together."""
    source = document.source
    char = source[offsets[0]]
    spans = [Span(at, at + 1) for at in offsets]
    edits = tuple(_edits(source, offsets))
    disguise = ", which can make text read otherwise than it is stored," if char in BIDI else ""
    label = name(char)
    return Hit(
        spans[0],
        f"Invisible character {label}{disguise} in {_word(source, spans[0])}{more(len(spans))}",
        "remove it" if edits else "put in its place what belongs there",
        related=related(document, spans, lambda span: f"{name(source[span.start])} in {_word(source, span)}"),
        fix=Fix(Applicability.SAFE, edits) if edits else None,
        data={**figures(document, spans), "character": label},
    )


def _word(source: str, span: Span) -> str:
    return shown(source[slice(*around(source, span))])


def _edits(source: str, offsets: Iterable[int]) -> Iterator[Edit]:
    """What can be done without a look: nothing where a control character may stand for a letter that was lost."""
    for at in offsets:
        char, before, after = source[at], source[at - 1 : at], source[at + 1 : at + 2]
        text = ""
        if char in BREAKS:
            text = "" if before in "\r\n" or after in "\r\n" else BREAKS[char]
        elif char == "\u00ad":
            # At the end of a line it is a hyphen that shows.
            if after in "\r\n":
                continue
        elif (char < " " or "\x7f" <= char <= "\x9f") and (
            char == SUBSTITUTE or (before.isalpha() and after.isalpha())
        ):
            continue
        yield Edit(Span(at, at + 1), text)


def _spaces(document: Document, spaces: Sequence[Stray]) -> Hit:
    """The hit for all odd spaces of a document."""
    source = document.source
    spans = [Span(space.start, space.end) for space in spaces]
    label = name(source[spans[0].start])

    def say(span: Span) -> str:
        left, right = Span(span.start - 1, span.start), Span(span.end, span.end + 1)
        words = [shown(source[slice(*around(source, side))].strip()) for side in (left, right)]
        return f"{name(source[span.start])} between {' and '.join(words)}"

    return Hit(
        spans[0],
        f"Odd space: {say(spans[0])}{more(len(spans))}",
        "put a plain space in its place, or none beside another",
        severity=Severity.INFO,
        related=related(document, spans, say),
        fix=Fix(Applicability.SAFE, tuple(Edit(span, space.text) for span, space in zip(spans, spaces, strict=True))),
        data={**figures(document, spans), "character": label},
    )
