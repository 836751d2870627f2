"""``newslint export``: write the corpus as the policy keeps and cleans it, to a new place."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newslint.cli import manifest
from newslint.cli.arguments import add_selection
from newslint.cli.parser import Parser
from newslint.cli.session import Session
from newslint.cli.tables import Tally, check_writable, opened, output_of, policy_of, real, tell
from newslint.config import ConfigError
from newslint.corpus.export import Exported, export, record_of
from newslint.corpus.folder import clash, new_folder
from newslint.corpus.rows import Row, describe
from newslint.engine.mend import mend
from newslint.engine.plan import Workshop
from newslint.remote import is_remote
from newslint.render.terminal import count

COLUMNS = {
    "id": "string",
    "path": "string",
    "record": "integer",
    "field": "string",
    "title": "string",
    "language": "string",
    "text": "string",
}


def build(parser: Parser) -> None:
    """Declare the arguments."""
    add_selection(parser)
    parser.add_argument(
        "-o", "--output", metavar="PLACE", required=True,
        help="where to write: a file of records (.jsonl, .jsonl.gz, .jsonl.zst, .parquet), - for standard output, "
        "or a new folder of texts, told by its name: it ends in / or has no ending",
    )  # fmt: skip
    parser.add_argument("--manifest", metavar="FILE", help="write the manifest as well, of all documents")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the corpus; the result is the exit status: 0, or 2 where not all files could be read.

    Raises:
        ConfigError: the output is there already or cannot be written so, or a configuration cannot be used.
    """
    options = parser.parse(arguments)
    session = Session(options)
    policy = policy_of(session)
    folder = _folder_of(options.output)
    output = output_of(options.output) if folder is None else None
    rows = output_of(options.manifest, "--manifest") if options.manifest else None
    _check_new("--output", folder or output)
    if options.manifest:
        _check_new("--manifest", rows)
        _check_apart(folder or output, rows)
    session.discover()
    if folder is not None and (two := clash(task.shown for task in session.tasks if not task.context)):
        raise ConfigError(f"--output: {folder}: {two[0]} and {two[1]} have one place there: write a file of records")
    outcome = session.examine()
    problems = session.problems + outcome.problems
    workshop = Workshop(session.plan, session.registry)
    mended = mend(workshop, outcome.tickets, outcome.findings, problems, policy.cleans)
    described = describe(workshop, outcome.tickets, outcome.findings, policy, problems)
    tally, cleaned = Tally(), 0
    with _manifest(rows, wanted=bool(options.manifest)) as note, _place(folder, output) as write:
        for each in export(described, mended):
            note(each.row)
            tally.add(each.row)
            cleaned += each.cleaned
            if each.row.keep:
                write(each)
    head = folder or output or "Standard output"
    if not options.quiet:
        print(f"{head}: {count(cleaned, 'document')} cleaned.", file=sys.stderr)
    return tell(tally, problems, options, f"{head}")


def _folder_of(name: str) -> Path | None:
    """The folder that the user means; None: a file, or standard output.

    Raises:
        ConfigError: it cannot be written.
    """
    path = Path(name)
    is_folder = path.is_dir() or name.endswith(("/", os.sep)) or not (path.suffix or path.exists())
    if name == "-" or is_remote(name) or not is_folder:
        return None
    try:
        above = real(path)
        while not above.exists():
            above = above.parent
        check_writable(above)
    except ConfigError as error:
        raise ConfigError(f"--output: {name}: {error}") from None
    return path


def _check_new(option: str, path: Path | None) -> None:
    """Make sure that nothing is overwritten: a folder may be there that is empty.

    Raises:
        ConfigError: there is something.
    """
    if path is not None and path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise ConfigError(f"{option}: {path}: is there already: name a new place, an export overwrites nothing")


def _check_apart(place: Path | None, manifest_file: Path | None) -> None:
    """Make sure that corpus and manifest do not get in each other's way.

    Raises:
        ConfigError: they do.
    """
    if place is None or manifest_file is None:
        if place is manifest_file:
            raise ConfigError("--manifest: -: standard output has the corpus: name a file")
    elif real(manifest_file).is_relative_to(real(place)):
        raise ConfigError(f"--manifest: {manifest_file}: is where the corpus goes: name another place")


@contextmanager
def _manifest(path: Path | None, *, wanted: bool) -> Iterator[Callable[[Row], None]]:
    if not wanted:
        yield lambda _: None
        return
    with opened(path, manifest.COLUMNS) as write:
        yield lambda row: write(row._asdict())


@contextmanager
def _place(folder: Path | None, output: Path | None) -> Iterator[Callable[[Exported], None]]:
    if folder is None:
        with opened(output, COLUMNS) as write:
            yield lambda each: write(record_of(each))
    else:
        with new_folder(folder) as texts:
            yield texts.write
