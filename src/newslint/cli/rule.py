"""``newslint rule NAME``: a rule's page."""

import sys
from collections.abc import Sequence
from pathlib import Path

from newslint.cli.loading import add_local_rules, hush, load, tell_problems
from newslint.cli.parser import Parser, add_color, columns, wants_color
from newslint.config import ConfigError, Resolver
from newslint.rule import did_you_mean


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", metavar="NAME", help="a rule's name or code")
    add_local_rules(parser)
    add_color(parser)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Show the page of a rule.

    Raises:
        ConfigError: no rule has that name.
    """
    from newslint.render.rule_page import render_rule

    options = parser.parse(arguments)
    registry = load(Resolver(Path.cwd(), local_rules=not options.no_local_rules).root.local_rules)
    status = tell_problems(registry)
    by_name = {name: ref for ref in registry.rules for name in (ref.name, ref.code)}
    wanted = options.name if options.name in by_name else options.name.upper()
    if wanted not in by_name:
        raise ConfigError(
            f"no rule is called {options.name!r}{did_you_mean(options.name, by_name)} (`newslint rules` lists them)"
        )
    with hush():
        rule = registry.load(by_name[wanted])
    render_rule(rule, sys.stdout, wants_color(options.color, sys.stdout), columns())
    return status
