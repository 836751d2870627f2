"""Lays out a mark-down page on a terminal, in the terminal's own colours."""

from typing import ClassVar, TextIO

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement
from rich.padding import Padding
from rich.text import Text
from rich.theme import Theme

#: Columns; longer rows of prose are hard to read.
WIDEST = 100

_THEME = Theme(
    {"markdown.h1": "bold", "markdown.h2": "bold cyan", "markdown.code": "cyan", "markdown.table.header": "bold"}
)


class _LeftHeading(Heading):
    """A heading at the left edge; rich centres those of a page."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        self.text.justify = "left"
        yield self.text


class _Example(CodeBlock):
    """A code block without a background, which would be right for one kind of terminal only."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        yield Padding(Text(str(self.text).rstrip()), (0, 2))


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _LeftHeading,
        "fence": _Example,
        "code_block": _Example,
    }


def show(page: str, stream: TextIO, color: bool, width: int | None) -> None:
    """Write ``page`` (mark-down) to ``stream``, ``width`` columns wide; None: the terminal's width, within reason."""
    console = Console(
        file=stream,
        width=width,
        no_color=not color,
        color_system="standard" if color else None,
        force_terminal=color or None,
        theme=_THEME,
        highlight=False,
    )
    console.width = min(console.width, width or WIDEST)
    console.print(_Page(page, hyperlinks=False))
