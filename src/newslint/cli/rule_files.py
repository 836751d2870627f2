"""Finds the rules that lie in files and folders, by reading their source: nothing is run.

A rule's class states its ``code`` and its ``name`` as plain strings; that is what is looked for.
"""

import ast
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

#: Folders that hold other people's code, or copies of what lies elsewhere.
FOREIGN_FOLDERS = {"__pycache__", "node_modules", "site-packages", "build", "dist"}


class Written(NamedTuple):
    """A rule as its source states it; ``class_name`` is its class in ``path``."""

    path: Path
    class_name: str
    code: str
    name: str


def written_rules(paths: Iterable[Path]) -> list[Written]:
    """The rules in Python files, and in those below folders; each file once, in the order of the paths given.

    Raises:
        OSError: a file cannot be read.
        SyntaxError: a file is not Python; where it lies below a folder, only if it speaks of newslint.
        UnicodeDecodeError: likewise, a file is not UTF-8.
    """
    files = dict.fromkeys(file for path in paths for file in _files(path))
    return [rule for file in files for rule in _written(file)]


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not _is_foreign(os.path.join(folder, name), name))
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(".py"))


def _is_foreign(path: str, name: str) -> bool:
    return name.startswith(".") or name in FOREIGN_FOLDERS or os.path.exists(os.path.join(path, "pyvenv.cfg"))


def _written(path: Path) -> Iterator[Written]:
    data = path.read_bytes()
    # The cheap look first: most of a project's files have nothing to do with us.
    if b"newslint" not in data:
        return
    for node in ast.parse(data, str(path)).body:
        if isinstance(node, ast.ClassDef) and node.bases:
            stated = dict(_stated(node))
            if "code" in stated and "name" in stated:
                yield Written(path, node.name, stated["code"], stated["name"])


def _stated(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """The class attributes that are plain strings."""
    for item in node.body:
        targets = (
            item.targets if isinstance(item, ast.Assign) else [item.target] if isinstance(item, ast.AnnAssign) else []
        )
        value = getattr(item, "value", None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, value.value


def show(path: Path) -> str:
    """A path as people would type it here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(os.pardir) else relative
