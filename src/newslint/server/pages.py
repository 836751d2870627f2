"""What an editor tells about a finding when somebody points at it."""

from collections.abc import Callable, Sequence

from lsprotocol import types

from newslint.server.diagnostics import Shown


def hover(shown: Sequence[Shown], page: Callable[[str], str]) -> types.Hover:
    """The findings in words, and the page of each of their rules.

    Args:
        shown: the findings, at least one.
        page: gives a rule's page by its name, as mark-down.
    """
    said = [f"**{each.finding.message}**" + (f"\\\n{each.finding.help}" * bool(each.finding.help)) for each in shown]
    names = dict.fromkeys(each.finding.name for each in shown)
    parts = ["\n\n".join(dict.fromkeys(said)), *map(page, names)]
    text = "\n\n---\n\n".join(part for part in parts if part)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), shown[0].diagnostic.range)
