"""``newslint server``: talk with an editor, in the Language Server Protocol, over standard input and output."""

import logging
import os
import sys
from collections.abc import Sequence

from newslint.cli.loading import add_local_rules
from newslint.cli.parser import Parser
from newslint.config import ConfigError


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--no-index", action="store_true", help="look at each document alone, and do not read the workspace"
    )
    add_local_rules(parser)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Serve until the client ends it.

    Raises:
        ConfigError: the packages it needs are not installed.
    """
    options = parser.parse(arguments)
    try:
        from newslint.server.app import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise ConfigError("the editor server needs pygls: pip install 'newslint[lsp]'") from None
    # What goes wrong is told to the client, too; that a client leaves is no news.
    logging.getLogger("pygls").setLevel(logging.ERROR)
    # The protocol has the two streams for itself: what a plugin prints goes to standard error, with its workers'.
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    sys.stdout = sys.stderr
    status = serve(stdin, stdout, indexed=not options.no_index, trusting=not options.no_local_rules)
    sys.stderr.flush()
    # At once: nobody waits for what a rule is still busy with.
    os._exit(status)
