"""Parts of record files as an index keeps them: as plain JSON."""

from collections.abc import Mapping
from typing import Any

from newslint.readers.fields import Fields
from newslint.readers.records import Layout, Part


def packed(part: Part, path: str) -> Mapping[str, Any]:
    """What is kept of a part of the file at a path."""
    layout = part.layout
    place = {"start": part.start, "end": part.end, "index": part.index, "line": part.line}
    kind = {"unpacked": layout.unpacked, "large": part.large, "elsewhere": part.file != path}
    return {**place, **kind, "fields": layout.fields._asdict()}


def unpacked(kept: Mapping[str, Any], file: str, start: int | None = None) -> Part:
    """The part again, in a file: at its own place there, or at another."""
    fields = Fields(**{**kept["fields"], "text": tuple(kept["fields"]["text"])})
    layout = Layout(fields, unpacked=kept["unpacked"])
    first = kept["start"] if start is None else start
    end = first + kept["end"] - kept["start"]
    return Part(first, end, kept["index"], kept["line"], layout, file, kept["large"])
