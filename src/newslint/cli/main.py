"""Picks the command, runs it, and sees that nobody ever meets a traceback for a mistake of theirs."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from newslint.cli.parser import Parser


#: Command to the module that runs it, and what ``--help`` says of it.
COMMANDS = {
    "check": ("newslint.cli.check", "check files and folders (the default command)"),
    "baseline": ("newslint.cli.baseline", "keep the findings that are known already in a file"),
    "manifest": ("newslint.cli.manifest", "write a row for each document: what was found, and whether to keep it"),
    "export": ("newslint.cli.export", "write the corpus as the policy keeps and cleans it"),
    "index": ("newslint.cli.index", "keep what comparing with an archive takes, for --context"),
    "clean": ("newslint.cli.clean", "remove what earlier runs kept"),
    "rule": ("newslint.cli.rule", "explain a rule"),
    "rules": ("newslint.cli.rules", "list all rules"),
    "init": ("newslint.cli.init", "write a commented configuration to start from"),
    "config": ("newslint.cli.config", "show the settings that a file or folder is checked with"),
    "plugins": ("newslint.cli.plugins", "list the installed plugins and what they offer"),
    "new-rule": ("newslint.cli.new_rule", "write a rule to start from, with its page and its cases"),
    "test-rules": ("newslint.cli.test_rules", "run the cases that lie beside rules"),
    "schema": ("newslint.cli.schema", "print the JSON Schema of the report or of the configuration"),
    "server": ("newslint.cli.server", "serve an editor over the Language Server Protocol"),
    "completion": ("newslint.cli.completion", "print what teaches a shell to complete command lines"),
}

USAGE = """\
newslint: a linter for news text

usage: newslint [check] PATH ... [options]
       newslint COMMAND ...

commands:
{commands}

`newslint check --help` lists the options of a check, `newslint COMMAND --help` those of a command.
exit status: 0 clean, 1 findings, 2 newslint could not do its work
"""


class Command(Protocol):
    """What the module of a command holds."""

    def build(self, parser: "Parser") -> None:
        """Declare the command's arguments."""

    def run(self, parser: "Parser", arguments: Sequence[str]) -> int:
        """Run the command; the result is the exit status."""


def run(arguments: Sequence[str]) -> int:
    """Run a command line; the result is the exit status."""
    _prepare_streams()
    try:
        return _dispatch(arguments)
    except KeyboardInterrupt:
        print("newslint: interrupted", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read us (`| head`) has seen enough.
        _let_go()
        return 0
    except Exception as error:
        reason = _explain(error)
        from newslint.cli.parser import say

        if reason is None:
            import traceback

            from newslint.render.terminal import visible

            for line in "".join(traceback.format_exception(error)).rstrip("\n").split("\n"):
                print(visible(line), file=sys.stderr)
            reason = "this is a bug in newslint: please report it with the lines above"
        say("error", reason)
        _let_go()
        return 2


def _let_go() -> None:
    """Drop what standard output holds and cannot write: Python would complain once more when it flushes at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(arguments: Sequence[str]) -> int:
    if "_ARGCOMPLETE" in os.environ:  # a shell asks how a command line could go on
        from newslint.cli.completion import answer

        answer()
        return 0
    first = arguments[0] if arguments else ""
    if first in ("", "-h", "--help", "help"):
        listed = "\n".join(f"  {name:10} {purpose}" for name, (_, purpose) in COMMANDS.items())
        print(USAGE.format(commands=listed), end="", file=sys.stdout if first else sys.stderr)
        return 0 if first else 2
    if first in ("-V", "--version"):
        from newslint import __version__

        print(f"newslint {__version__}")
        return 0
    from newslint.cli.parser import Parser

    name = first if first in COMMANDS else "check"
    module: Command = import_module(COMMANDS[name][0])
    usage = None if name != "check" else "%(prog)s [PATH ...] [options]"
    parser = Parser(prog=f"newslint {name}", description=COMMANDS[name][1], usage=usage)
    module.build(parser)
    status = module.run(parser, arguments[1:] if first == name else arguments)
    sys.stdout.flush()
    return status


def _prepare_streams() -> None:
    """Write UTF-8 into pipes and files wherever we run; what a terminal cannot show becomes an escape."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the end
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    _keep_output()


def _keep_output() -> None:
    """Keep standard output for the report: what programs that plugins start write there goes to standard error."""
    try:
        own, other = os.dup(sys.stdout.fileno()), sys.stderr.fileno()
        sys.stdout.flush()
        stream = open(  # noqa: SIM115 - open until the end
            own, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors, buffering=1 if sys.stdout.isatty() else -1
        )
        os.dup2(other, 1)
    except (OSError, ValueError):  # not files at all: whoever calls us has taken care
        return
    sys.stdout = stream


def _explain(error: Exception) -> str | None:
    """The message for an error that a user can mend; None for one that is ours."""
    from newslint.baseline import BaselineError
    from newslint.config import ConfigError
    from newslint.engine.local import WorkerError
    from newslint.plugins import PluginError

    if isinstance(error, BaselineError | ConfigError | PluginError | WorkerError):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return None
