"""``newslint init``: a configuration to start from, with every key explained and commented out."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

from newslint import __version__
from newslint.baseline import NAME as BASELINE
from newslint.cli.parser import Parser
from newslint.config import FILE_KEYS, KEYS, ConfigError, Key, Settings, find
from newslint.files import replace
from newslint.model import Severity
from newslint.plugins import Registry, load_plugins

OWN = "newslint.toml"
PROJECT = "pyproject.toml"

INTRODUCTION = """\
What newslint checks here, and how. `newslint config` shows what applies, `newslint rules` lists the rules, `newslint
schema config` describes all of this to editors. Settings that are commented out show the default, or an example."""


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--pyproject", action="store_true", help=f"append the table tool.newslint to {PROJECT} instead of a new {OWN}"
    )


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write a configuration for the current folder.

    Raises:
        ConfigError: the folder has one already, or there is no ``pyproject.toml`` that a table can be appended to.
        OSError: the file cannot be written.
    """
    options = parser.parse(arguments)
    present = find(Path())
    if present is not None:
        raise ConfigError(f"{present} configures newslint here already, and was left as it is")
    registry = load_plugins()
    if options.pyproject:
        _append(Path(PROJECT), template(registry, "tool.newslint"))
        print(f"Appended [tool.newslint] to {PROJECT}.")
    else:
        _create(Path(OWN), template(registry))
        print(f"Wrote {OWN}.")
    return 0


def _create(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigError(f"{path} is there already, and was left as it is") from None


def _append(path: Path, text: str) -> None:
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file: `newslint init` without --pyproject writes {OWN}") from None
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if not before else end if before.endswith(b"\n") else end * 2
    after = before + gap + text.encode().replace(b"\n", end)
    try:
        tomllib.loads(after.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: a table cannot be appended, and it was left as it is: {error}") from None
    replace(path, after)


def template(registry: Registry, table: str = "") -> str:
    """The text of a configuration in which every setting is commented out.

    Settings start with ``#``, explanations with ``#`` and a space: without the ``#``, the settings are a configuration.

    Args:
        registry: whose rules serve as examples.
        table: the table that holds the configuration; default: the whole file does.
    """
    examples = _examples(registry)
    top: list[str] = [f"[{table}]"] if table else []
    top += _comment(INTRODUCTION)
    tables: list[str] = []
    for name, key in {**FILE_KEYS, **KEYS}.items():
        explained = _comment(f"{key.help[0].upper()}{key.help[1:]}.")
        if name == "extend":  # an example would have to name a file that is there
            top += ["", *explained, '# extend = "../newslint.toml"']
            continue
        value = examples[name] if name in examples else _default(name, key)
        if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
            path = f"{table}.{name}" if table else name
            tables += ["", *explained, *(f"#{line}" for line in _tables(path, value))]
        else:
            top += ["", *explained, f"#{name} = {_toml(value)}"]
    return "\n".join((*top, *tables, ""))


def _comment(text: str) -> list[str]:
    return wrap(text, 100, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _examples(registry: Registry) -> dict[str, Any]:
    """Values for the keys that have no default of their own, or one that would explain nothing."""
    rules = {ref.name: registry.load(ref).options() for ref in registry.rules}
    rule = next((name for name, options in rules.items() if options), "ALL")
    options = {name: option.default for name, option in rules.get(rule, {}).items()}
    return {
        "required-version": f">={__version__}",
        "select": ["ALL"],
        "severity": {rule: "warning"},
        "per-file-ignores": {"letters/*.txt": [rule]},
        "language": "fr",
        "baseline": BASELINE,
        "suppress": [{"rules": [rule], "path": "letters/*.txt", "reason": "readers write as they like"}],
        "rules": {rule: options},
    }


def _default(name: str, key: Key) -> Any:
    default = Settings._field_defaults.get(name.replace("-", "_"))
    if isinstance(default, Severity):
        return default.label
    return default if isinstance(default, bool | int | str) else {"array": [], "object": {}}[key.schema["type"]]


def _tables(path: str, value: Any) -> Iterator[str]:
    """The lines of a table, of a table of tables, or of each table in a list."""
    if isinstance(value, list):
        for item in value:
            yield f"[[{path}]]"
            yield from _settings(item)
    elif value and all(isinstance(item, dict) for item in value.values()):
        for name, item in value.items():
            yield f"[{path}.{name}]"
            yield from _settings(item)
    else:
        yield f"[{path}]"
        yield from _settings(value)


def _settings(table: Mapping[str, Any]) -> Iterator[str]:
    for name, value in table.items():
        bare = name.replace("-", "").replace("_", "").isalnum() and name.isascii()
        yield f"{name if bare else json.dumps(name)} = {_toml(value)}"


def _toml(value: Any) -> str:
    """A value as TOML writes it; for strings, numbers, booleans and lists of them that is how JSON writes it."""
    return json.dumps(value, ensure_ascii=False)
