"""Findings that somebody decided to live with: ``[[suppress]]`` entries, and comments in mark-down."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newslint import globs
from newslint.globs import Globs
from newslint.model import Suppression

KEYS = ("rules", "path", "text", "fingerprint", "reason")
ENTRY = r"(?m)^[ \t]*\[\[[ \t]*(?:tool[ \t]*\.[ \t]*newslint[ \t]*\.[ \t]*)?suppress[ \t]*\]\]"
SCHEMA: Mapping[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["rules", "reason"],
        "properties": {
            "rules": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "path": {"type": "string"},
            "text": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "reason": {"type": "string", "pattern": "\\S"},
        },
    },
}


class Entry(NamedTuple):
    """A ``[[suppress]]`` entry of the configuration.

    Attributes:
        rules: selectors of the rules it is about.
        reason: why the findings may stay.
        path: glob of the files it is about; empty: all.
        text: a part of the matched text, white space aside; empty: any.
        fingerprint: of the one finding it is about; empty: any.
    """

    rules: tuple[str, ...]
    reason: str
    path: str = ""
    text: str = ""
    fingerprint: str = ""


class Placed(NamedTuple):
    """An entry, and where it stands: its globs, its file and line."""

    entry: Entry
    globs: Globs
    file: Path
    line: int

    @property
    def suppression(self) -> Suppression:
        """What a finding says that it suppresses."""
        return Suppression(self.entry.reason, f"{self.file.name}:{self.line}")

    def covers(self, path: Path, text: str, fingerprint: str) -> bool:
        """Whether a finding of one of its rules is meant, by file, matched text and fingerprint."""
        entry = self.entry
        return (
            (not entry.fingerprint or entry.fingerprint == fingerprint)
            and (not entry.text or squeezed(entry.text) in squeezed(text))
            and (not entry.path or self.globs.match(path))
        )


def parse(value: Any) -> tuple[Entry, ...]:
    """The entries of a configuration.

    Raises:
        ValueError: an entry lacks its rules or its reason, or has something else.
    """
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise ValueError("takes tables: [[suppress]] with `rules` and `reason`")
    return tuple(map(_entry, value))


def _entry(table: Mapping[str, Any]) -> Entry:
    from newslint.rule import did_you_mean

    for key, item in table.items():
        if key not in KEYS:
            raise ValueError(f"unknown key {key!r}{did_you_mean(key, KEYS)}")
        if key != "rules" and not (isinstance(item, str) and item.strip()):
            raise ValueError(f"{key} takes a string")
    rules = table.get("rules")
    if not isinstance(rules, list) or not rules or not all(isinstance(rule, str) for rule in rules):
        raise ValueError("an entry names its `rules`, as a list of strings")
    if "reason" not in table:
        raise ValueError(f"the entry for {', '.join(rules)} needs a `reason`: why these findings may stay")
    if "path" in table:
        globs.check(table["path"])
    return Entry(tuple(rules), *(table.get(key, "") for key in ("reason", "path", "text", "fingerprint")))


def placed(entries: Sequence[Entry], root: Path, file: Path) -> tuple[Placed, ...]:
    """The entries with where they stand in their file; their globs are relative to ``root``."""
    text = file.read_text(encoding="utf-8")
    lines = [text.count("\n", 0, match.end()) + 1 for match in re.finditer(ENTRY, text)]
    if len(lines) != len(entries):
        # Written as one array: the file is all that can be told.
        lines = [1] * len(entries)
    return tuple(
        Placed(entry, Globs(root, (entry.path,) if entry.path else ()), file, line)
        for entry, line in zip(entries, lines, strict=True)
    )


def squeezed(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())
