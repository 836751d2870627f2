"""What an editor tells about a finding when somebody points at it."""

import re
from collections.abc import Callable, Sequence

from lsprotocol import types

from newslint.render.terminal import visible
from newslint.server.diagnostics import Shown

# What means something in mark-down or HTML, and what makes addresses that editors link or fetch by themselves.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&#!$]|:(?=//)|(?<=www)\.", re.IGNORECASE)


def hover(shown: Sequence[Shown], page: Callable[[str], str]) -> types.Hover:
    """The findings in words, and the page of each of their rules.

    Args:
        shown: the findings, at least one.
        page: gives a rule's page by its name, as mark-down.
    """
    said = [f"**{_plain(each.finding.message)}**" + _help(each.finding.help) for each in shown]
    names = dict.fromkeys(each.finding.name for each in shown)
    parts = ["\n\n".join(dict.fromkeys(said)), *map(page, names)]
    text = "\n\n---\n\n".join(part for part in parts if part)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), shown[0].diagnostic.range)


def _plain(text: str) -> str:
    """Text of an article as mark-down that shows just that: no link, no picture that an editor would fetch."""
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def _help(text: str) -> str:
    return f"\\\n{_plain(text)}" if text else ""
