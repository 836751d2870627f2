"""What the commands that write tables of documents share: where the rows go, and what is said at the end."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newslint.cli.session import Session
from newslint.config import ConfigError
from newslint.corpus.policy import Policy
from newslint.corpus.rows import Described, Row, describe
from newslint.corpus.writers import ENDINGS, Columns, MissingError, Writer, writer
from newslint.engine.plan import Workshop
from newslint.engine.run import Outcome
from newslint.files import rewriting
from newslint.model import Problem
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


def output_of(name: str | None) -> Path | None:
    """Where rows are to go; None: standard output.

    Raises:
        ConfigError: the name has an unknown ending, or its folder is not there.
    """
    if name is None or name == "-":
        return None
    if not name.lower().endswith(ENDINGS):
        raise ConfigError(f"--output: {name}: use a name that ends in {', '.join(ENDINGS)}")
    path = Path(name)
    if not path.absolute().parent.is_dir():
        raise ConfigError(f"--output: {path.parent}: no such folder")
    if path.is_dir():
        raise ConfigError(f"--output: {name}: is a folder")
    return path


def policy_of(session: Session) -> Policy:
    """The policy of the configuration.

    Raises:
        ConfigError: it names no rule.
    """
    policy = session.root.policy
    if policy != Policy():
        try:
            # What the defaults name may not be installed.
            check(set(policy.selectors()) - set(Policy().selectors()), session.registry.rules)
        except SelectionError as error:
            raise ConfigError(f"policy: {error}") from None
    return policy


def described(session: Session, outcome: Outcome, problems: list[Problem]) -> Iterator[Described]:
    """The documents of a run with their rows; what changed since is added to the problems.

    Raises:
        ConfigError: the policy names no rule.
    """
    workshop = Workshop(session.plan, session.registry)
    return describe(workshop, outcome.tickets, outcome.findings, policy_of(session), problems)


@contextmanager
def opened(path: Path | None, session: Session, columns: Columns) -> Iterator[Writer]:
    """What writes rows to a file, which is there when all is written, or to standard output.

    Raises:
        ConfigError: the file is one of those that are read, or a library is missing.
        OSError: there is no room.
    """
    if path is not None and os.path.realpath(path) in {os.path.realpath(task.path) for task in session.tasks}:
        raise ConfigError(f"--output: {path}: is one of the files that are read: choose another name")
    try:
        if path is None:
            with writer("-", sys.stdout.buffer, columns) as write:
                yield write
        else:
            with rewriting(path) as stream, writer(path.name, stream, columns) as write:
                yield write
    except MissingError as error:
        raise ConfigError(str(error)) from None


def tell(tally: Tally, problems: Sequence[Problem], options: argparse.Namespace, head: str) -> int:
    """Say on standard error what came of it; the result is the exit status."""
    for problem in problems:
        print(failure(problem, Paint(False)), file=sys.stderr)
    if not options.quiet:
        dropped = tally.reasons.total()
        why = "".join(f", {reason} {number}" for reason, number in sorted(tally.reasons.items()))
        kept = tally.documents - dropped
        print(f"{head}: keep {kept} of {count(tally.documents, 'document')}{why}.", file=sys.stderr)
    return 2 if problems else 0
