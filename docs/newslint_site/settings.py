"""The configuration's keys and the rules' options, from the descriptions that check them."""

from collections.abc import Iterator, Mapping
from typing import Any

from newslint.config import FILE_KEYS, KEYS
from newslint.render.rule_page import rule_markdown
from newslint_site.rules import families

HEAD = ["| key | takes | what it does |", "| --- | --- | --- |"]


def every_key() -> str:
    """A table of all keys; after it one for each key that takes tables of a fixed shape."""
    keys = {**FILE_KEYS, **KEYS}
    rows = [f"| `{name}` | {takes(key.schema)} | {_sentence(key.help)} |" for name, key in keys.items()]
    shapes = [part for name, key in keys.items() for part in _shape(name, key.schema)]
    return "\n\n".join(["\n".join([*HEAD, *rows]), *shapes])


def _shape(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    fields = schema.get("items", {}).get("properties")
    if fields:
        needed = schema["items"].get("required", ())
        rows = [f"| `{field}` | {takes(its)} | {'yes' if field in needed else 'no'} |" for field, its in fields.items()]
        yield f"### `[[{name}]]`"
        yield "\n".join(["| key | takes | must be there |", "| --- | --- | --- |", *rows])


def every_option() -> str:
    """The options of each rule that has some."""
    return "\n\n".join(part for family in families() for rule in family.rules for part in _options(rule))


def _options(rule: Any) -> Iterator[str]:
    _, _, table = rule_markdown(rule).partition("\n\n## Options\n\n")
    if table:
        yield f"### [{rule.name}](rules/{rule.name}.md)"
        yield table.rstrip()


def takes(schema: Mapping[str, Any]) -> str:
    """What a value has to be, in words."""
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    kinds = schema.get("type", "string")
    if not isinstance(kinds, str):
        return " or ".join(takes({"type": kind}) for kind in kinds)
    if kinds == "array":
        items = schema.get("items", {})
        return f"list of {_plural(items.get('type', 'object'))}"
    return {
        "object": "table", "string": "text", "integer": "whole number", "boolean": "`true`, `false`", "null": "null",
        "number": "number",
    }[kinds]  # fmt: skip


def _plural(kind: str) -> str:
    return {"string": "texts", "object": "tables", "integer": "whole numbers", "number": "numbers"}[kind]


def _sentence(text: str) -> str:
    text = text.replace("|", "\\|")
    return f"{text[0].upper()}{text[1:]}"
