"""What the commands that write tables of documents share: where the rows go, and what is said at the end."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newslint.cli.loading import hush
from newslint.cli.session import Session
from newslint.config import ConfigError
from newslint.corpus.policy import Policy
from newslint.corpus.rows import Row
from newslint.corpus.writers import ENDINGS, Columns, MissingError, Writer, check_installed, writer
from newslint.files import rewriting
from newslint.model import Problem
from newslint.remote import is_remote
from newslint.render.terminal import Paint, count, failure
from newslint.selection import SelectionError, check


class Tally:
    """Counts rows, and why documents are dropped."""

    def __init__(self) -> None:
        self.documents = 0
        self.reasons: Counter[str] = Counter()

    def add(self, row: Row) -> None:
        """Count a row."""
        self.documents += 1
        if row.reason is not None:
            self.reasons[row.reason.partition(":")[0]] += 1


def output_of(name: str | None, option: str = "--output") -> Path | None:
    """Where rows are to go; None: standard output.

    Args:
        name: what the user typed.
        option: what it was typed after.

    Raises:
        ConfigError: the name has an unknown ending, its folder is not there or cannot be written, or a library is
            missing.
    """
    if name is None or name == "-":
        return None
    try:
        if is_remote(name):
            raise ConfigError("newslint does not write to remote stores: name a file here, and copy it there")
        if not name.lower().endswith(ENDINGS):
            raise ConfigError(f"use a name that ends in {', '.join(ENDINGS)}")
        check_installed(name)
        path = Path(name)
        if path.is_dir():
            raise ConfigError("is a folder: name a file in it")
        check_writable(real(path).parent)
    except (ConfigError, MissingError) as error:
        raise ConfigError(f"{option}: {name}: {error}") from None
    return path


def real(path: Path) -> Path:
    """Where a path leads, there or not.

    Raises:
        ConfigError: nowhere.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # which of them depends on the version of Python
        raise ConfigError("is a link that leads back to itself") from None


def check_writable(folder: Path) -> None:
    """Make sure that there is a folder where files can be made, before the work is done that is to be kept there.

    Raises:
        ConfigError: there is not.
    """
    if not folder.is_dir():
        raise ConfigError(f"there is no folder {folder}: make it first")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigError(f"the folder {folder} cannot be written")


def spare_input(path: Path | None, session: Session) -> None:
    """Make sure that a file is none of those that a session reads, or could not read.

    Raises:
        ConfigError: it is one.
    """
    if path is None or not path.exists():
        return
    read = {task.path for task in session.tasks} | {problem.path for problem in session.problems if problem.path}
    if os.path.realpath(path) in map(os.path.realpath, read):
        raise ConfigError(f"--output: {path}: is one of the files that are read: choose another name")


def policy_of(session: Session) -> Policy:
    """The policy of the configuration.

    Raises:
        ConfigError: it names no rule.
    """
    policy = session.root.policy
    # What the defaults name may not be installed; and another name may be that of a rule that did not load.
    if not (session.registry.problems or session.root.untrusted):
        try:
            check(set(policy.selectors()) - set(Policy().selectors()), session.registry.rules)
        except SelectionError as error:
            raise ConfigError(f"policy: {error}") from None
    return policy


@contextmanager
def opened(path: Path | None, columns: Columns) -> Iterator[Writer]:
    """What writes rows to a file, which is there when all is written, or to standard output; that is theirs alone.

    Raises:
        OSError: there is no room.
    """
    if path is None:
        stream = sys.stdout
        with hush(), writer("-", stream.buffer, columns) as write:
            yield write
        stream.flush()
    else:
        with rewriting(path) as file, writer(path.name, file, columns) as write:
            yield write


def tell(tally: Tally, problems: Sequence[Problem], options: argparse.Namespace, head: str) -> int:
    """Say on standard error what came of it; the result is the exit status."""
    # What changed may have been seen by several that read it.
    for problem in dict.fromkeys(problems):
        print(failure(problem, Paint(False)), file=sys.stderr)
    if not options.quiet:
        dropped = tally.reasons.total()
        why = "".join(f", {reason} {number}" for reason, number in sorted(tally.reasons.items()))
        kept = tally.documents - dropped
        print(f"{head}: keep {kept} of {count(tally.documents, 'document')}{why}.", file=sys.stderr)
    return 2 if problems else 0
