"""The JSON report, field by field, from its schema, and a finding as an example."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from newslint_site.settings import takes

FIXTURES = Path(__file__).parents[2] / "fixtures" / "expected.json"
Schema = Mapping[str, Any]


def every_field() -> str:
    """A table for the report and for each object in it."""
    schema = json.loads(files("newslint.render").joinpath("report.schema.json").read_text(encoding="utf-8"))
    tables = [_table("The report", schema)]
    for name, part in schema["properties"].items():
        tables += _nested(name, part)
    for name, part in schema["$defs"].items():
        tables.append(_table(f"`{name}`", part))
        for field, nested in part["properties"].items():
            tables += _nested(f"{name}.{field}", nested)
    return "\n\n".join(tables)


def _nested(path: str, schema: Schema) -> Iterator[str]:
    """The tables of the objects that a field holds, wherever they are not described apart."""
    for part in (schema, schema.get("items", {}), *schema.get("oneOf", ())):
        if "properties" in part:
            yield _table(f"`{path}`", part)
            for name, field in part["properties"].items():
                yield from _nested(f"{path}.{name}", field)


def _table(title: str, schema: Schema) -> str:
    needed = schema.get("required", ())
    rows = [
        f"| `{name}` | {_kind(field)} | {'yes' if name in needed else 'no'} | {field.get('description', '')} |"
        for name, field in schema["properties"].items()
    ]
    head = ["| field | holds | always there | meaning |", "| --- | --- | --- | --- |"]
    about = [schema["description"], ""] if "description" in schema else []
    return "\n".join([f"### {title}", "", *about, *head, *rows])


def _kind(schema: Schema) -> str:
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return f"[{name}](#{name})"
    if "oneOf" in schema:
        return " or ".join(map(_kind, schema["oneOf"]))
    items = schema.get("items", {})
    if "$ref" in items:
        return f"list of {_kind(items)}"
    return takes(schema).replace("table", "object")


def example() -> str:
    """A finding of the fixtures' report that has a fix and another place."""
    findings = json.loads(FIXTURES.read_text(encoding="utf-8"))["findings"]
    finding = next(finding for finding in findings if finding["fix"] and finding["related"])
    return f"```json\n{json.dumps(finding, indent=1, ensure_ascii=False)}\n```"
