"""The rules: a page each, from the rule's docstring, metadata, options and cases, and a table of all by family."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

import newslint_rules
from newslint import builtin
from newslint.cli.rules import summary
from newslint.plugins import resolve
from newslint.render.rule_page import rule_markdown
from newslint.rule import CorpusRule, DocumentRule, Rule
from newslint_site import cases

FENCED = re.compile(r"(```.*?```)", re.DOTALL)
#: The name of a rule in a sentence: as code, or bare where it has a hyphen and so is no common word.
NAMED = re.compile(r"(?<![\w`/-])(?:`([a-z]+(?:-[a-z]+)*)`|([a-z]+(?:-[a-z]+)+))(?![\w`-])")


class Family(NamedTuple):
    """Rules of one subject, and what the subject is."""

    title: str
    about: str
    rules: list[type[Rule]]


@cache
def families() -> list[Family]:
    """The families of the rules that newslint comes with, in their order; last what newslint itself reports."""
    found: dict[str, Family] = {}
    for ref in newslint_rules.newslint_rules():
        package = ref.target.rpartition(".")[0]
        about = (import_module(package).__doc__ or "").strip()
        family = found.setdefault(package, Family(package.rpartition(".")[2].capitalize(), about, []))
        family.rules.append(resolve(ref.target))
    own = [resolve(ref.target) for ref in builtin.newslint_rules()]
    return [*found.values(), Family("newslint itself", "What newslint says about files and settings.", own)]


def index() -> str:
    """A table of all rules for each family, and the pages as parts of the site."""
    return "\n\n".join(_index())


def _index() -> Iterator[str]:
    names = [rule.name for family in families() for rule in family.rules]
    yield "\n".join(["```{toctree}", ":hidden:", "", *(f"rules/{name}" for name in names), "```"])
    for family in families():
        yield f"## {family.title}"
        yield family.about
        rows = [_row(rule) for rule in family.rules]
        yield "\n".join(["| rule | severity | fix | finds |", "| --- | --- | --- | --- |", *rows])


def _row(rule: type[Rule]) -> str:
    cells = (
        f"[{rule.name}](rules/{rule.name}.md) {rule.code}",
        cases.severity(rule.severity),
        cases.fixes(rule).replace("none", "–"),
        summary(rule),
    )
    return f"| {' | '.join(cells)} |"


def page(rule: type[Rule]) -> str:
    """A rule's page."""
    title, _, body = rule_markdown(rule).split("\n\n", 2)
    return "\n\n".join(filter(None, (title, _facts(rule), _linked(body, rule), cases.shown(rule)))) + "\n"


def _facts(rule: type[Rule]) -> str:
    """Code, severity, fix and scope in a line."""
    facts = {
        "Code": f"<code>{rule.code}</code>",
        "Severity": cases.severity(rule.severity),
        "Fix": cases.fixes(rule),
        "Looks at": _scope(rule),
    }
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())
    return f'<dl class="facts">{rows}</dl>'


def _scope(rule: type[Rule]) -> str:
    if not issubclass(rule, CorpusRule):
        return "each document by itself"
    return "each document, and all together" if issubclass(rule, DocumentRule) else "all documents together"


def _linked(text: str, own: type[Rule]) -> str:
    """A page's text with the names of other rules as links to their pages."""
    others = {rule.name for family in families() for rule in family.rules} - {own.name}

    def link(name: re.Match[str]) -> str:
        other = name[1] or name[2]
        return f"[{name[0]}]({other}.md)" if other in others else name[0]

    parts = FENCED.split(text)
    return "".join(part if number % 2 else NAMED.sub(link, part) for number, part in enumerate(parts))
