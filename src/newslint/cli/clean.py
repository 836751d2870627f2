"""``newslint clean``: remove what earlier runs kept."""

from collections.abc import Sequence
from pathlib import Path

from newslint.cache import clear, default_folder
from newslint.cli.parser import Parser
from newslint.render.terminal import visible


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("--cache-dir", metavar="DIR", help="the cache's folder (default: the user's cache folder)")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Remove the cache."""
    options = parser.parse(arguments)
    folder = Path(options.cache_dir) if options.cache_dir else default_folder()
    print(f"{visible(str(folder))}: {clear(folder) / 1e6:.1f} MB freed")
    return 0
