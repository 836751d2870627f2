"""``newslint config``: the settings that a file or folder is checked with, as TOML, and the files they come from."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newslint.cli.loading import add_local_rules, hush, load, tell_problems, tell_untrusted
from newslint.cli.parser import Parser
from newslint.config import ConfigError, Resolver
from newslint.engine.plan import check_settings
from newslint.model import Severity
from newslint.render.terminal import visible
from newslint.selection import Layer, select

#: Keys with one value that the nearest file states.
PLAIN = ("respect-gitignore", "language", "min-severity", "local-rules", "max-file-size", "rule-timeout", "baseline")


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a file or folder (default: .)")
    parser.add_argument("--config", metavar="FILE", help="use this configuration file")
    parser.add_argument("--isolated", action="store_true", help="use no configuration file")
    add_local_rules(parser)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Show the settings.

    Raises:
        ConfigError: the path does not exist, or a configuration file cannot be used.
    """
    options = parser.parse(arguments)
    path = Path(options.path).absolute()
    if not path.exists():
        raise ConfigError(f"{options.path}: no such file or folder")
    file = Path(options.config).absolute() if options.config else None
    trusts = not options.no_local_rules
    resolver = Resolver(Path.cwd(), file=file, isolated=options.isolated, local_rules=trusts)
    settings = resolver.of(path if path.is_dir() else path.parent)
    registry = load(dict.fromkeys((*resolver.root.local_rules, *settings.local_rules)))
    tell_untrusted([settings])
    with hush():
        check_settings(settings, registry)
    rules = select(registry.rules, settings.selection)
    files = visible(", which extends ".join(map(str, settings.files)))
    print(f"# from {files or 'no configuration file: all defaults'}")
    for layer in settings.selection:
        for field, selectors in zip(Layer._fields, layer, strict=True):
            if selectors:
                print(f"{field.replace('_', '-')} = {_toml(selectors)}")
    for globs in settings.exclude:
        print(f"exclude = {_toml(globs.patterns)}  # relative to {visible(str(globs.root))}")
    for name in PLAIN:
        value = getattr(settings, name.replace("-", "_"))
        if value is not None:
            print(f"{name} = {_toml(value)}")
    if settings.words:
        print(f"words = {_toml(settings.words)}")
    print(f"fail-on = {_toml(settings.fail_on or 'never')}")
    _print_table("severity", settings.severity)
    ignores = {pattern: rules for globs, rules in settings.per_file_ignores for pattern in globs.patterns}
    _print_table("per-file-ignores", ignores)
    for rule, table in settings.rules.items():
        _print_table(f"rules.{rule}", table)
    for placed in settings.suppress:
        print(f"\n[[suppress]]  # {visible(str(placed.file))}, line {placed.line}")
        for key, value in placed.entry._asdict().items():
            if value:
                print(f"{key} = {_toml(value)}")
    print(f"# {len(rules)} rules in use: " + ", ".join(ref.name for ref in rules))
    return tell_problems(registry)


def _print_table(name: str, table: Mapping[str, Any]) -> None:
    if table:
        print(f"\n[{visible(name)}]")
        for key, value in table.items():
            print(f"{_toml(key)} = {_toml(value)}")


def _toml(value: Any) -> str:
    """A value as TOML writes it; for strings, numbers and booleans that is how JSON writes it."""
    if isinstance(value, Severity):
        return json.dumps(value.label)
    if isinstance(value, Path):
        return json.dumps(str(value))
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    # TOML reads the escapes as the characters that they stand for.
    return visible(json.dumps(value, ensure_ascii=False, default=str))
