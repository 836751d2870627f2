"""A rule's page: its docstring and its options, as mark-down in a pipe and laid out on a terminal."""

import inspect
from typing import Any, TextIO

from newslint.rule import Option, Rule


def render_rule(rule: type[Rule], stream: TextIO, color: bool, width: int | None) -> None:
    """Write a rule's page.

    Args:
        rule: the rule.
        stream: where to; mark-down is written as it is unless this is a terminal or ``color`` is set.
        color: whether terminal colours may be used.
        width: columns; None: the terminal's own width.
    """
    page = rule_markdown(rule)
    if not (color or stream.isatty()):
        stream.write(page)
        return
    from newslint.render.rich_page import show  # 60 ms to import: only a terminal pays for it

    show(page, stream, color, width)


def rule_markdown(rule: type[Rule]) -> str:
    """Return a rule's page as mark-down: title, severity, docstring, table of options."""
    parts = [
        f"# {rule.name} ({rule.code})",
        f"Severity: **{rule.severity.label}**",
        inspect.cleandoc(rule.__doc__ or ""),
    ]
    options = rule.options()
    if options:
        rows = [
            f"| `{name}` | `{_value(option.default)}` | {_range(option)} | {_cell(option.help)} |"
            for name, option in options.items()
        ]
        table = ["| option | default | values | what it does |", "|---|---|---|---|", *rows]
        parts += ["## Options", "\n".join(table)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _range(option: Option[Any]) -> str:
    """The values that an option takes."""
    if option.choices is not None:
        return ", ".join(f"`{_cell(_value(choice))}`" for choice in option.choices)
    if isinstance(option.default, bool):
        return "`true`, `false`"
    low, high = option.minimum, option.maximum
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    if low is not None:
        return f"at least {low:g}"
    if high is not None:
        return f"at most {high:g}"
    return {int: "whole number", float: "number", str: "text", tuple: "list of texts"}[type(option.default)]


def _value(value: object) -> str:
    """A value as the configuration writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _cell(text: str) -> str:
    """Text that a table's cell can hold."""
    return " ".join(text.split()).replace("|", "\\|")
