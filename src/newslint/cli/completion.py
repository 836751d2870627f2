"""``newslint completion``: what teaches a shell to complete our command lines, and the answer when it asks.

The shell's part and the talk with it are argcomplete's. At each press of the key the shell runs newslint with
``_ARGCOMPLETE`` set, so that the answer knows the installed plugins and the files that are there. Local rules are left
out: they are code, and a key that only looks must not run the code of a folder that somebody else wrote.
"""

import os
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module

from argcomplete.completers import SuppressCompleter
from argcomplete.finders import CompletionFinder
from argcomplete.lexers import split_line
from argcomplete.shell_integration import shellcode

from newslint.cli.loading import load
from newslint.cli.main import COMMANDS
from newslint.cli.parser import Parser
from newslint.plugins import Registry

SHELLS = ("bash", "zsh", "fish")

#: Gives the values that may start with ``prefix=``, or each of them with what it means.
Completer = Callable[..., Iterable[str] | Mapping[str, str]]
Described = Callable[..., Mapping[str, str]]


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "shell",
        choices=SHELLS,
        help='bash and zsh: put eval "$(newslint completion SHELL)" into the start-up file; '
        "fish: newslint completion fish | source",
    )


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Print the shell's part."""
    print(shellcode(["newslint"], shell=parser.parse(arguments).shell))
    return 0


def answer() -> None:
    """Tell the shell how the command line that the environment holds could go on, and exit."""
    words = split_line(os.environ["COMP_LINE"], int(os.environ["COMP_POINT"]))[3]
    named = len(words) > 1 and words[1] in COMMANDS
    parser = Parser()
    import_module(COMMANDS[words[1] if named else "check"][0]).build(parser)
    registry = load()
    for action in parser._actions:
        completer = _completer(action, registry)
        if completer and len(words) == 1 and not action.option_strings:
            completer = _or_command(completer)
        if completer:
            action.completer = completer  # type: ignore[attr-defined]  # where argcomplete looks for it
    # The word before the arguments, counted from 1: `newslint`, or the command.
    os.environ["_ARGCOMPLETE"] = "2" if named else "1"
    Finder()(parser, always_complete_options=False, default_completer=SuppressCompleter())


class Finder(CompletionFinder):
    """Completes paths after options, too: argcomplete takes the list of paths for closed by the first option."""

    def collect_completions(
        self, active_parsers: list[ArgumentParser], parsed_args: Namespace, cword_prefix: str
    ) -> list[str]:
        """What the word under the cursor may become."""
        parser = active_parsers[-1]
        if not parser.active_actions:  # type: ignore[attr-defined]  # argcomplete's own
            parser.active_actions = [  # type: ignore[attr-defined]
                action for action in parser._actions if not action.option_strings and action.nargs == "*"
            ]
        return super().collect_completions(active_parsers, parsed_args, cword_prefix)


def _completer(action: Action, registry: Registry) -> Completer | None:
    """What completes the values of an action, by the name that ``--help`` gives them; None: its choices, or nothing."""
    match action.metavar:
        case "PATH":
            return _paths(lambda name: os.path.splitext(name)[1].lower() in registry.readers)
        case "FILE":
            return _paths(lambda _: True)
        case "DIR":
            return _paths(lambda _: False)
        case "RULES":
            return _list_of(_rules(registry))
        case "NAME" if not action.option_strings:
            return _rules(registry)
        case "FORMAT[:FILE]":
            return _formats(registry)
    return None


def _or_command(other: Completer) -> Described:
    """What stands first may also be a command."""

    def complete(prefix: str, **_: object) -> Mapping[str, str]:
        return {name: purpose for name, (_, purpose) in COMMANDS.items()} | dict.fromkeys(other(prefix=prefix), "")

    return complete


def _paths(wanted: Callable[[str], bool]) -> Completer:
    """Folders, and the files whose name is wanted."""

    def complete(prefix: str, **_: object) -> Iterator[str]:
        folder, slash, start = prefix.rpartition("/")
        try:
            entries = sorted(os.scandir(os.path.expanduser(folder + slash) or "."), key=lambda entry: entry.name)
        except OSError:
            return
        for entry in entries:
            if entry.name.startswith(".") and not start.startswith("."):
                continue
            if os.path.isdir(entry.path):
                yield f"{folder}{slash}{entry.name}/"
            elif wanted(entry.name):
                yield f"{folder}{slash}{entry.name}"

    return complete


def _rules(registry: Registry) -> Described:
    """Names of rules, and from the first letter on their codes as well."""

    def complete(prefix: str, **_: object) -> Mapping[str, str]:
        names = {ref.name: ref.code for ref in registry.rules}
        return {**names, **{ref.code: ref.name for ref in registry.rules}} if prefix else names

    return complete


def _list_of(rules: Described) -> Described:
    """Rules, prefixes of codes or ALL, separated by commas."""

    def complete(prefix: str, **_: object) -> Mapping[str, str]:
        before, comma, start = prefix.rpartition(",")
        values = dict(rules(prefix=start))
        if start:
            values |= {code.rstrip("0123456789"): "all of them" for code in values if code[-1].isdecimal()}
            values["ALL"] = "all rules"
        return {before + comma + value: values[value] for value in values if value not in before.split(",")}

    return complete


def _formats(registry: Registry) -> Completer:
    """Report formats, and after the colon files."""
    files = _paths(lambda _: True)

    def complete(prefix: str, **_: object) -> Iterable[str]:
        name, colon, file = prefix.partition(":")
        return [name + colon + path for path in files(prefix=file)] if colon else registry.renderers

    return complete
