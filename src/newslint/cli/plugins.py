"""``newslint plugins``: the installed plugins and what each offers."""

from collections.abc import Sequence
from pathlib import Path

from newslint.cli.loading import add_local_rules, load, tell_problems
from newslint.cli.parser import Parser
from newslint.config import Resolver
from newslint.render.terminal import visible


def build(parser: Parser) -> None:
    """Declare the arguments."""
    add_local_rules(parser)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """List the plugins."""
    options = parser.parse(arguments)
    registry = load(Resolver(Path.cwd(), local_rules=not options.no_local_rules).root.local_rules)
    for plugin in registry.plugins:
        print(visible(f"{plugin.name} {plugin.version}"))
        if plugin.rules:
            print("  rules: " + ", ".join(f"{ref.code} {ref.name}" for ref in plugin.rules))
        if plugin.readers:
            print("  readers: " + ", ".join(f"{ref.name} ({' '.join(ref.suffixes)})" for ref in plugin.readers))
        if plugin.renderers:
            print("  report formats: " + ", ".join(ref.name for ref in plugin.renderers))
    return tell_problems(registry)
