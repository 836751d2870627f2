"""Globs as .gitignore files have them, for excludes, per-file settings and .gitignore itself."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Globs(NamedTuple):
    """Patterns and the folder (absolute) that they are relative to."""

    root: Path
    patterns: tuple[str, ...]

    def match(self, path: Path, *, folder: bool = False) -> bool:
        """Whether ``path`` (absolute) matches.

        Raises:
            ValueError: a pattern is none.
        """
        if not self.patterns:
            return False
        patterns = self.patterns
        try:
            relative = path.relative_to(self.root)
        except ValueError:
            # Outside of its folder a pattern can only speak about names, not about places.
            relative = path.relative_to(path.anchor)
            patterns = tuple(pattern for pattern in patterns if "/" not in pattern.rstrip("/"))
        return relative.name != "" and compiled(patterns).match_file(relative.as_posix() + "/" * folder)


@cache
def compiled(patterns: tuple[str, ...]) -> "GitIgnoreSpec":
    """The patterns as one matcher. pathspec is imported by the first call only.

    Raises:
        ValueError: a pattern is none.
    """
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def check(pattern: str) -> None:
    """Make sure that a pattern is one.

    Raises:
        ValueError: it is not.
    """
    try:
        compiled((pattern,))
    except Exception as error:
        raise ValueError(f"{pattern!r} is no glob") from error
