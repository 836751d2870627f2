"""ENC004 markup-remnant."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from newslint.document import Document
from newslint.model import Applicability, Edit, Fix, Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint_rules.encoding.brackets import brackets
from newslint_rules.encoding.entities import entities, escaped_again
from newslint_rules.encoding.escapes import escapes
from newslint_rules.encoding.remnants import Kind, Remnant
from newslint_rules.encoding.scripts import scripts
from newslint_rules.encoding.showing import figures, more, related, shown
from newslint_rules.encoding.tags import tags

#: Shows at most so many characters of what was found.
LONGEST = 60
#: A text that names so many of these speaks of markup: what stands in it is meant.
SPEAKING = re.compile(
    r"\b(?:HTML5?|CSS3?|JavaScript|TypeScript|XML|JSON|SQL|PHP|Python|BBCode|Markdown|LaTeX|WordPress|shortcodes?|GitHub|"
    r"npm|regex|HTTP|API)\b"
)
MENTIONS = 2
#: Characters that stand for one another without a loss.
SAFE = frozenset((Kind.ENTITY, Kind.ESCAPE))


class MarkupRemnant(DocumentRule):
    """Markup that was left in the text.

    ## What it does
    Finds HTML entities, tags and comments, escape sequences, shortcodes of editing systems, BBCode, mark-down and wiki
    links, placeholders of templates, and lines of scripts and style sheets. Each sort has one finding in a document, at
    the first place; the other lines are related.

    ## Why is this bad
    Readers see what only a browser should, and programs take “&eacute;” for a word. It shows that a step of the
    conversion was left out, mostly for the whole source.

    ## Example
    ```text
    L&#8217;assembl&eacute;e a <strong>adopt&eacute;</strong> le texte. [embed]https://example.org/v/12[/embed]
    ```

    ## Limits
    Mark-down documents may have all this but what is escaped twice. A text that speaks of HTML or of programming may
    quote tags and code; there entities alone are reported.
    """

    code: ClassVar[str] = "ENC004"
    name: ClassVar[str] = "markup-remnant"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield one hit for each sort of markup in ``document``."""
        found = list(_remnants(document))
        for kind in dict.fromkeys(remnant.kind for remnant in found):
            yield _hit(document, kind, [remnant for remnant in found if remnant.kind is kind])


def _remnants(document: Document) -> Iterator[Remnant]:
    """All remnants, in order, none overlapping."""
    text, characters = document.text, document.characters
    if document.format == "markdown":
        yield from _apart(escaped_again(text))
        return
    found = [*escapes(text), *tags(text), *brackets(text, characters), *scripts(text, characters)]
    if found and len(SPEAKING.findall(text)) >= MENTIONS:
        found = []
    yield from _apart([*found, *entities(text)])


def _apart(remnants: Iterable[Remnant]) -> Iterator[Remnant]:
    end = 0
    for remnant in sorted(remnants, key=lambda one: (one.start, -one.end)):
        if remnant.start >= end:
            yield remnant
            end = remnant.end


def _hit(document: Document, kind: Kind, remnants: Sequence[Remnant]) -> Hit:
    spans = [Span(remnant.start, remnant.end) for remnant in remnants]
    meant = {Span(remnant.start, remnant.end): remnant.text for remnant in remnants}

    def say(span: Span) -> str:
        source = document.source[span.start : min(span.end, span.start + LONGEST)]
        quoted = shown(source if span.end - span.start <= LONGEST else source[: LONGEST - 1] + "…")
        text = meant[span]
        return f"{quoted} is {shown(text)}" if kind in SAFE and text else quoted

    edits = tuple(Edit(span, text) for span, text in meant.items() if text is not None)
    safe = kind in SAFE
    return Hit(
        spans[0],
        f"{kind} left in the text: {say(spans[0])}{more(len(spans))}",
        "write the character" if safe else "remove the markup",
        severity=Severity.INFO
        if kind is Kind.LINK and not any("](" in say(span) or "[[" in say(span) for span in spans)
        else None,
        related=related(document, spans, say),
        fix=Fix(Applicability.SAFE if safe else Applicability.UNSAFE, edits) if edits else None,
        data={**figures(document, spans), "kind": kind.name.lower()},
    )
