"""The rules' pages as HTML."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markupsafe import Markup

from newslint.render.rule_page import rule_markdown
from newslint.rule import Rule


class RulePage(NamedTuple):
    """A rule, its findings in the report, and its page."""

    code: str
    name: str
    severity: str
    findings: int
    summary: str
    body: Markup


def rule_pages(rules: Iterable[type[Rule]], found: Mapping[str, int]) -> Sequence[RulePage]:
    """Lay out the rules' pages, in the order of their codes."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return [_page(rule, found.get(rule.name, 0), parser) for rule in sorted(rules, key=lambda rule: rule.code)]


def _page(rule: type[Rule], findings: int, parser: MarkdownIt) -> RulePage:
    # The page's own heading says the name and the severity, so that those of the mark-down are left out.
    _, _, rest = rule_markdown(rule).partition("\n\nSeverity: ")
    _, _, rest = rest.partition("\n\n")
    summary, _, body = rest.partition("\n\n")
    if summary.startswith("#"):
        summary, body = "", rest
    tokens = parser.parse(body)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3"
    html = Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - the parser escapes all HTML
    return RulePage(rule.code, rule.name, rule.severity.label, findings, " ".join(summary.split()), html)
