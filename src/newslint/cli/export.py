"""``newslint export``: write the corpus as the policy keeps and cleans it, to a new place."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newslint.cli import manifest
from newslint.cli.parser import Parser
from newslint.cli.session import Session, add_selection
from newslint.cli.tables import Tally, described, opened, output_of, policy_of, tell
from newslint.config import ConfigError
from newslint.corpus.export import Exported, export, record_of
from newslint.corpus.folder import new_folder
from newslint.corpus.rows import Row
from newslint.engine.mend import mend
from newslint.engine.plan import Workshop
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
        help="where to write: a file of records (.jsonl, .jsonl.gz, .jsonl.zst, .parquet), or a new folder of texts",
    )  # fmt: skip
    parser.add_argument("--manifest", metavar="FILE", help="write the manifest as well, of all documents")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the corpus; the result is the exit status: 0, or 2 where not all files could be read.

    Raises:
        ConfigError: the output is there already or cannot be written so, or a configuration cannot be used.
    """
    options = parser.parse(arguments)
    session = Session(options)
    place = Path(options.output)
    is_file = bool(place.suffix) and not place.is_dir()
    if is_file:
        output_of(options.output)
    if place.exists() and (is_file or any(place.iterdir())):
        raise ConfigError(f"--output: {place}: is there already: name a new place, an export overwrites nothing")
    manifest_file = output_of(options.manifest) if options.manifest else None
    policy = policy_of(session)
    session.discover()
    outcome = session.examine()
    problems = session.problems + outcome.problems
    workshop = Workshop(session.plan, session.registry)
    mended = mend(workshop, outcome.tickets, outcome.findings, problems, policy.cleans)
    tally, cleaned = Tally(), 0
    with _manifest(manifest_file, session) as note, _place(place, session, is_file=is_file) as write:
        for each in export(described(session, outcome, problems), mended):
            note(each.row)
            tally.add(each.row)
            cleaned += each.cleaned
            if each.row.keep:
                write(each)
    if not options.quiet:
        print(f"{place}: {count(cleaned, 'document')} cleaned.", file=sys.stderr)
    return tell(tally, problems, options, f"{place}")


@contextmanager
def _manifest(path: Path | None, session: Session) -> Iterator[Callable[[Row], None]]:
    if path is None:
        yield lambda _: None
        return
    with opened(path, session, manifest.COLUMNS) as write:
        yield lambda row: write(row._asdict())


@contextmanager
def _place(path: Path, session: Session, *, is_file: bool) -> Iterator[Callable[[Exported], None]]:
    if is_file:
        with opened(path, session, COLUMNS) as write:
            yield lambda each: write(record_of(each))
    else:
        with new_folder(path) as folder:
            yield folder.write
