"""The command line, from the parsers themselves."""

import re
from argparse import SUPPRESS, Action
from collections.abc import Iterator, Sequence
from importlib import import_module

from newslint.cli.main import COMMANDS
from newslint.cli.parser import Parser

OPTION = re.compile(r"(?<![\w`-])(--[a-z][a-z-]*)")


def every_command() -> str:
    """A section for each command: what it does, its usage, and its arguments by group."""
    return "\n\n".join(part for name, (module, purpose) in COMMANDS.items() for part in _command(name, module, purpose))


def _command(name: str, module: str, purpose: str) -> Iterator[str]:
    parser = Parser(prog=f"newslint {name}", usage="%(prog)s [PATH ...] [options]" if name == "check" else None)
    import_module(module).build(parser)
    yield f"## newslint {name}"
    yield f"{purpose[0].upper()}{purpose[1:]}."
    yield f"```text\n{parser.format_usage().removeprefix('usage: ').rstrip()}\n```"
    for group in parser._action_groups:
        actions = [action for action in group._group_actions if action.help != SUPPRESS and action.dest != "help"]
        if actions:
            yield _table("arguments" if group.title == "positional arguments" else group.title or "", actions)


def _table(title: str, actions: Sequence[Action]) -> str:
    rows = [f"| {_invocation(action)} | {_prose(action.help or '')} |" for action in actions]
    return "\n".join([f"| {title} | meaning |", "| --- | --- |", *rows])


def _invocation(action: Action) -> str:
    """An argument as it is typed."""
    values = "{" + ",".join(action.choices) + "}" if action.choices else action.dest.upper()
    metavar = action.metavar if isinstance(action.metavar, str) else values
    if not action.option_strings:
        return f"`{metavar}`"
    taken = "" if action.nargs == 0 else f" {metavar}"
    return ", ".join(
        f"`{option}{taken if option == action.option_strings[-1] else ''}`" for option in action.option_strings
    )


def _prose(text: str) -> str:
    """A help text as mark-down: options and commands in it as code."""
    text = text.replace("|", "\\|").replace("%%", "%").replace("program's version number", "version")
    return text if "`" in text else OPTION.sub(r"`\1`", text)
