"""``newslint plugins``: the installed plugins and what each offers."""

from collections.abc import Sequence
from pathlib import Path

from newslint.cli.parser import Parser
from newslint.config import Resolver
from newslint.plugins import load_plugins


def build(parser: Parser) -> None:
    """Declare the arguments: none but --help."""
    del parser


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """List the plugins."""
    parser.parse(arguments)
    for plugin in load_plugins(Resolver(Path.cwd()).root.local_rules).plugins:
        print(f"{plugin.name} {plugin.version}")
        if plugin.rules:
            print("  rules: " + ", ".join(f"{ref.code} {ref.name}" for ref in plugin.rules))
        if plugin.readers:
            print("  readers: " + ", ".join(f"{ref.name} ({' '.join(ref.suffixes)})" for ref in plugin.readers))
        if plugin.renderers:
            print("  report formats: " + ", ".join(ref.name for ref in plugin.renderers))
    return 0
