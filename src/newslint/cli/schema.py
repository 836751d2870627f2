"""``newslint schema report|config``: the JSON Schemas that programs and editors check against."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newslint.cli.loading import load, tell_problems
from newslint.cli.parser import Parser
from newslint.config import FILE_KEYS, KEYS, Resolver
from newslint.model import Problem
from newslint.plugins import PluginError, Registry
from newslint.rule import Option

TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", tuple: "array"}


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", choices=("report", "config"), help="the JSON report, or newslint.toml")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Print a schema."""
    if parser.parse(arguments).what == "report":
        from importlib.resources import files

        print(files("newslint.render").joinpath("report.schema.json").read_text(encoding="utf-8"), end="")
    else:
        registry = load(Resolver(Path.cwd()).root.local_rules)
        print(json.dumps(config_schema(registry), indent=1))
        return tell_problems(registry)
    return 0


def config_schema(registry: Registry) -> dict[str, Any]:
    """The schema of ``newslint.toml``, with the options of every installed rule."""
    properties: dict[str, Any] = {
        name: {**key.schema, "description": key.help} for name, key in {**FILE_KEYS, **KEYS}.items()
    }
    tables: dict[str, Any] = {}
    for ref in registry.rules:
        try:
            rule = registry.load(ref)
        except PluginError as error:
            registry.note(Problem(str(error), rule=ref.name))
            continue
        options = {name: _option(option) for name, option in rule.options().items()}
        tables[ref.name] = tables[ref.code] = {"type": "object", "properties": options, "additionalProperties": False}
    properties["rules"] = {**properties["rules"], "properties": tables, "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "newslint.toml, or the table tool.newslint of pyproject.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _option(option: Option[Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": TYPES[type(option.default)],
        "default": option.default,
        "description": option.help,
    }
    if isinstance(option.default, tuple):
        schema["items"] = {"type": "string"}
    limits = {"minimum": option.minimum, "maximum": option.maximum, "enum": option.choices}
    return schema | {key: value for key, value in limits.items() if value is not None}
