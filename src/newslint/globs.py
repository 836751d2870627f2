"""Globs as .gitignore files have them, for excludes, per-file settings and .gitignore itself."""

from collections.abc import Sequence
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@cache
def compiled(patterns: tuple[str, ...]) -> "GitIgnoreSpec":
    """The patterns as one matcher. pathspec is imported by the first call only."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def matches(patterns: Sequence[str], root: PurePath, path: PurePath, *, folder: bool = False) -> bool:
    """Whether ``path`` (absolute) matches the patterns, which are relative to ``root`` (absolute)."""
    if not patterns:
        return False
    try:
        relative = path.relative_to(root).as_posix()
    except ValueError:
        return False
    return relative != "." and compiled(tuple(patterns)).match_file(relative + "/" * folder)
