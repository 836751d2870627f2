"""``newslint manifest``: a row for each document, with what was found in it and whether the policy keeps it."""

from collections.abc import Sequence

from newslint.cli.arguments import add_selection
from newslint.cli.parser import Parser
from newslint.cli.session import Session
from newslint.cli.tables import Tally, opened, output_of, policy_of, spare_input, tell
from newslint.corpus.rows import describe
from newslint.engine.plan import Workshop

COLUMNS = {
    "id": "string",
    "path": "string",
    "record": "integer",
    "field": "string",
    "title": "string",
    "language": "string",
    "characters": "integer",
    "digest": "string",
    "findings": "counts",
    "cluster": "integer",
    "representative": "string",
    "duplicated": "number",
    "boilerplate": "number",
    "keep": "boolean",
    "reason": "string",
}


def build(parser: Parser) -> None:
    """Declare the arguments."""
    add_selection(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE",
        help="where to write it: .jsonl, .jsonl.gz, .jsonl.zst or .parquet (default: JSON lines to standard output)",
    )  # fmt: skip


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the manifest; the result is the exit status: 0, or 2 where not all files could be read.

    Raises:
        ConfigError: the output cannot be written so, or a configuration cannot be used.
    """
    options = parser.parse(arguments)
    session = Session(options)
    output, policy = output_of(options.output), policy_of(session)
    session.discover()
    spare_input(output, session)
    outcome = session.examine()
    problems = session.problems + outcome.problems
    workshop = Workshop(session.plan, session.registry)
    tally = Tally()
    with opened(output, COLUMNS) as write:
        for each in describe(workshop, outcome.tickets, outcome.findings, policy, problems):
            write(each.row._asdict())
            tally.add(each.row)
    return tell(tally, problems, options, f"{output} says" if output else "The policy says")
