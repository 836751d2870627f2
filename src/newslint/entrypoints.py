"""Which installed distributions register plugins, found at the cost of a few folder listings.

``importlib.metadata.entry_points`` parses the metadata of every installed distribution, which takes several times as
long as starting Python. Only the group ``newslint`` matters here, so each ``*.dist-info/entry_points.txt`` on the
path is read and looked at only where it names the group. Where the path holds something that is no folder (a zip
archive, say), the standard library answers instead.
"""

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

GROUP = "newslint"


class EntryPoint(NamedTuple):
    """An entry point of our group: its name, the module it names, its distribution and that one's version."""

    name: str
    module: str
    distribution: str
    version: str


def entry_points() -> list[EntryPoint]:
    """The entry points of the group, sorted; a distribution that ``sys.path`` holds twice counts once, the first."""
    found: dict[tuple[str, str], EntryPoint] = {}
    for folder in sys.path:
        if folder and os.path.isfile(folder):
            return _by_standard_library()
        for point in _of_folder(folder or "."):
            found.setdefault((_canonical(point.distribution), point.name), point)
    return sorted(found.values())


def _of_folder(folder: str) -> Iterator[EntryPoint]:
    try:
        names = [name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return
    for name in names:
        try:
            with open(os.path.join(folder, name, "entry_points.txt"), encoding="utf-8") as file:
                text = file.read()
        except OSError:
            continue
        if f"[{GROUP}]" in text:
            distribution, _, version = name.rsplit(".", 1)[0].partition("-")
            version = version.partition("-py")[0]
            for line in _section(text):
                key, _, module = line.partition("=")
                yield EntryPoint(key.strip(), module.strip(), distribution, version)


def _section(text: str) -> Iterator[str]:
    inside = False
    for line in map(str.strip, text.split("\n")):
        if line.startswith("["):
            inside = line == f"[{GROUP}]"
        elif inside and line and not line.startswith(("#", ";")):
            yield line


def _by_standard_library() -> list[EntryPoint]:
    from importlib import metadata

    return sorted(
        EntryPoint(
            point.name, point.value, point.dist.name if point.dist else "?", point.dist.version if point.dist else "?"
        )
        for point in metadata.entry_points(group=GROUP)
    )


def _canonical(distribution: str) -> str:
    return distribution.lower().replace("-", "_").replace(".", "_")
