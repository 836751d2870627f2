"""A rule's cases as examples: the text with the marked span, and what the rule says to it."""

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape

from newslint.model import Hit, Severity
from newslint.render.terminal import escapes
from newslint.rule import Rule
from newslint.testing import Case, cases_of, check, make_document, unmark

#: Cases shown at once; the others are folded away.
SHOWN = 3
ABOUT = """\
The tests run all of these. Underlined is what the finding covers; another colour marks the other places that it names.
What nobody would see is spelled out."""
MARKS = {"⟦": "<mark>", "⟧": "</mark>", "⟪": '<mark class="related">', "⟫": "</mark>"}


@cache
def runs(rule: type[Rule]) -> list[tuple[Case, list[Hit]]]:
    """A rule's cases, each with what the rule finds in it; none where the rule has no cases."""
    try:
        return [(case, _hits(case)) for case in cases_of(rule)]
    except FileNotFoundError:
        return []


def _hits(case: Case) -> list[Hit]:
    documents = [
        make_document(unmark(text)[0], path=path, language=case.language, format=case.format)
        for path, text in sorted(case.texts.items())
    ]
    return check(case.rule(case.options), documents)


def fixes(rule: type[Rule]) -> str:
    """Which fixes a rule has, by what its cases show: ``safe``, ``unsafe``, both or ``none``."""
    kinds = {hit.fix.applicability for _, hits in runs(rule) for hit in hits if hit.fix}
    return " or ".join(sorted(kinds)) or "none"


def shown(rule: type[Rule]) -> str:
    """The section of a rule's page that shows its cases; empty where it has none."""
    if not runs(rule):
        return ""
    found = [_shown(case, hits) for case, hits in runs(rule) if case.fails]
    silent = [_shown(case, hits) for case, hits in runs(rule) if not case.fails]
    return "\n\n".join(["## Cases", ABOUT, "### Found", *_folded(found), "### Left alone", *_folded(silent)])


def _folded(entries: Sequence[str]) -> Iterator[str]:
    first, rest = entries[:SHOWN], entries[SHOWN:]
    if len(rest) == 1:  # a fold takes as much room
        first, rest = entries, []
    yield _raw("\n".join(first))
    if rest:
        yield _raw("\n".join([f'<details class="cases"><summary>{len(rest)} more</summary>', *rest, "</details>"]))


def _raw(html: str) -> str:
    fence = "`" * 12
    return f"{fence}{{raw}} html\n{html}\n{fence}"


def _shown(case: Case, hits: Sequence[Hit]) -> str:
    language = f' lang="{escape(case.language)}"' if case.language else ""
    notes = [*([case.language] if case.language else []), *([case.format] if case.format != "text" else [])]
    notes += [f"{name} = {value!r}" for name, value in case.options.items()]
    return "\n".join(
        [
            f'<figure class="case case-{"found" if case.fails else "silent"}">',
            f"<figcaption>{escape(case.why)}{''.join(f' <code>{escape(note)}</code>' for note in notes)}</figcaption>",
            *(_text(path, text, language, named=len(case.texts) > 1) for path, text in sorted(case.texts.items())),
            *dict.fromkeys(_said(case.rule, hit) for hit in hits),
            "</figure>",
        ]
    )


def _text(path: str, text: str, language: str, *, named: bool) -> str:
    """One document of a case."""
    spelled = {place: spelling for place, spelling in escapes(text).items() if text[place] != "\n"}
    pieces = [
        f'<span class="unseen">{spelled[place]}</span>' if place in spelled else MARKS.get(character, escape(character))
        for place, character in enumerate(text.removesuffix("\n"))
    ]
    name = f'<span class="path">{escape(path)}</span>' if named else ""
    return f"{name}<pre{language}>{''.join(pieces)}</pre>"


def _said(rule: type[Rule], hit: Hit) -> str:
    """What the report says of a finding."""
    advice = f" <i>{escape(hit.help)}</i>" if hit.help else ""
    fix = f' <span class="fix">{hit.fix.applicability} fix</span>' if hit.fix else ""
    return f"<p>{severity(hit.severity or rule.severity)} {escape(hit.message)}{advice}{fix}</p>"


def severity(level: Severity) -> str:
    """A severity in its colour."""
    return f'<span class="severity severity-{level.label}">{level.label}</span>'
