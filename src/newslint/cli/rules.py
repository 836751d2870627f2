"""``newslint rules``: all rules that are installed, as a table or as JSON."""

import sys
from collections.abc import Sequence
from pathlib import Path

from newslint.cli.loading import add_local_rules, hush, load, tell_problems
from newslint.cli.parser import Parser, add_color, wants_color
from newslint.config import Resolver
from newslint.engine.plan import check_settings
from newslint.model import Problem
from newslint.plugins import PluginError, Registry, RuleRef
from newslint.render.terminal import visible
from newslint.rule import Rule
from newslint.selection import select


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="a table or JSON (default: text)"
    )
    add_local_rules(parser)
    add_color(parser)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """List the rules, those that the settings here leave out marked."""
    options = parser.parse(arguments)
    root = Resolver(Path.cwd(), local_rules=not options.no_local_rules).root
    registry = load(root.local_rules)
    with hush():
        check_settings(root, registry)
        used = set(select(registry.rules, root.selection))
        rules = [(rule, ref in used) for ref in registry.rules if (rule := _loaded(registry, ref))]
    if options.output_format == "json":
        _print_json(rules)
    else:
        _print_table(rules, color=wants_color(options.color, sys.stdout))
    return tell_problems(registry)


def _loaded(registry: Registry, ref: RuleRef) -> type[Rule] | None:
    try:
        return registry.load(ref)
    except PluginError as error:
        registry.note(Problem(str(error), rule=ref.name))
        return None


def summary(rule: type[Rule]) -> str:
    """The first line of a rule's page."""
    return (rule.__doc__ or "").strip().split("\n", 1)[0].rstrip(".")


def _print_json(rules: Sequence[tuple[type[Rule], bool]]) -> None:
    import json

    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.label,
            "summary": summary(rule),
            "selected": used,
            "options": {
                name: {"type": type(option.default).__name__, "default": option.default, "help": option.help}
                for name, option in rule.options().items()
            },
        }
        for rule, used in rules
    ]
    print(json.dumps(rows, indent=1))


def _print_table(rules: Sequence[tuple[type[Rule], bool]], *, color: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(
        file=sys.stdout, force_terminal=color, no_color=not color, width=None if sys.stdout.isatty() else 120
    )
    table = Table(box=None, pad_edge=False)
    for title in ("code", "name", "severity", "finds"):
        table.add_column(title, overflow="fold")
    for rule, used in rules:
        words = visible(summary(rule)) + ("" if used else " (not selected)")
        table.add_row(rule.code, rule.name, rule.severity.label, Text(words))
    console.print(table)
