"""What the commands share that run code which is not ours: plugins, and the local rules of a project."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from newslint.cli.parser import Parser, say
from newslint.config import NO_LOCAL_RULES, Settings
from newslint.discover import show
from newslint.plugins import Registry, load_plugins


def add_local_rules(parser: Parser) -> None:
    """Declare ``--no-local-rules``."""
    parser.add_argument(
        "--no-local-rules",
        action="store_true",
        help=f"run no code that a configuration names, as in folders of strangers (or set {NO_LOCAL_RULES}=1)",
    )


@contextmanager
def hush() -> Iterator[None]:
    """Standard output is the report's: what plugins print meanwhile goes to standard error."""
    with redirect_stdout(sys.stderr):
        yield


def load(local_rules: Iterable[Path] = ()) -> Registry:
    """Load all plugins; see ``newslint.plugins.load_plugins``."""
    with hush():
        return load_plugins(local_rules)


def tell_problems(registry: Registry) -> int:
    """Say what cannot be used, for commands that make no report; the exit status that this asks for."""
    for problem in registry.problems:
        say("error", problem.message)
    return 2 if registry.problems else 0


def tell_untrusted(settings: Iterable[Settings]) -> None:
    """Say which local rules are switched off."""
    told = dict.fromkeys((each.files[0], folder) for each in settings if each.files for folder in each.untrusted)
    for file, folder in told:
        where = f"{show(str(file))}: local-rules {show(str(folder))}"
        say("note", f"{where} are switched off: their rules were not run")
