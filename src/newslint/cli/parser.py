"""The argument parser of all commands: argparse, with a suggestion for what was mistyped."""

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any, NoReturn, TextIO

from newslint.rule import did_you_mean


class Parser(argparse.ArgumentParser):
    """An argument parser that takes no abbreviations and says what was probably meant."""

    def __init__(self, **options: Any) -> None:
        # argparse makes a formatter for every argument; told the width, it need not import what asks the terminal.
        formatter = partial(argparse.HelpFormatter, width=min(columns() or 100, 100))
        super().__init__(allow_abbrev=False, formatter_class=formatter, **options)

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse all arguments, options and paths in any order; exits with status 2 where they do not fit.

        What follows ``--`` is a path, whatever it begins with.
        """
        if "--" in arguments:
            # argparse drops the mark before it reads the rest once more.
            place = list(arguments).index("--")
            rest = arguments[place + 1 :]
            paths = [os.path.join(".", path) if path[:1] == "-" and path != "-" else path for path in rest]
            arguments = [*arguments[:place], *paths]
        parsed, unknown = self.parse_known_intermixed_args(arguments)
        if unknown:
            self.error(
                f"unknown option {unknown[0]}{did_you_mean(unknown[0].partition('=')[0], self._option_string_actions)}"
            )
        return parsed

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, without the whole usage."""
        say("error", f"{message} (see `{self.prog} --help`)")
        self.exit(2)


def say(kind: str, text: str) -> None:
    """Say something on standard error, in one line that can do nothing there: most of it comes from elsewhere.

    Args:
        kind: ``error``, ``warning`` or ``note``.
        text: what there is to say.
    """
    from newslint.render.terminal import inert, visible

    print(inert(f"newslint: {kind}: {visible(text)}"), file=sys.stderr)


def wants_color(choice: str, stream: TextIO) -> bool:
    """Whether to write colours: what ``--color`` says, then NO_COLOR and FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def add_color(parser: Parser) -> None:
    """Declare ``--color``."""
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours (default: auto; NO_COLOR is honoured)",
    )


def columns() -> int | None:
    """The width that COLUMNS asks for; None: the terminal's own, or the default of the format."""
    wanted = os.environ.get("COLUMNS", "")
    return int(wanted) if wanted.isdecimal() and int(wanted) > 0 else None
