"""From paths to the files to read: folders recursively, in one order, less what is ignored."""

import os
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newslint import globs
from newslint.config import Resolver, Settings
from newslint.model import Problem

#: Folders that hold no articles, whatever the configuration says; so does every folder whose name starts with a dot.
SKIPPED = frozenset({"__pycache__", "node_modules"})


class Source(NamedTuple):
    """A file to read: its path for the system, the path that reports show, and the settings it is read with.

    ``data`` holds the bytes where they did not come from a file.
    """

    path: str
    shown: str
    settings: Settings
    data: bytes | None = None


def discover(
    paths: Iterable[str], resolver: Resolver, suffixes: Container[str], problem: Callable[[Problem], None]
) -> list[Source]:
    """The files that ``paths`` mean, each once, sorted by the path that reports show.

    A file that is named is read whatever it is called; in folders, files are taken by their ending. Links to folders
    are not followed, so that no loop can form; what is no regular file is left out.

    Args:
        paths: files and folders, as typed.
        resolver: gives each folder its settings.
        suffixes: the file name endings that some reader reads.
        problem: called with what cannot be read.
    """
    found: dict[str, Source] = {}
    for path in paths:
        full = os.path.abspath(path)
        try:
            mode_is_folder = os.path.isdir(full)
            if mode_is_folder:
                sources = list(_walk(path, resolver, suffixes, problem))
            elif os.path.isfile(full):
                sources = [Source(full, show(path), resolver.of(Path(full).parent))]
            elif os.path.lexists(full):
                problem(Problem("is not a regular file: name a text file or a folder", show(path)))
                continue
            else:
                problem(Problem("no such file or folder: check the path", show(path)))
                continue
        except OSError as error:
            problem(Problem(f"cannot be read: {error.strerror}", show(path)))
            continue
        for source in sources:
            found.setdefault(source.path, source)
    return sorted(found.values(), key=lambda source: (source.shown, source.path))


def show(path: str) -> str:
    """A path as reports show it: normal, with forward slashes; bytes that are no UTF-8 are replaced."""
    normal = os.path.normpath(path).replace(os.sep, "/")
    return normal.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(
    top: str, resolver: Resolver, suffixes: Container[str], problem: Callable[[Problem], None]
) -> Iterator[Source]:
    base = os.path.abspath(top)
    ignores = IgnoreFiles()
    pending = [base]
    while pending:
        folder = pending.pop()
        place = Path(folder)
        settings = resolver.of(place)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            problem(
                Problem(
                    f"folder cannot be read: {error.strerror}", show(os.path.join(top, os.path.relpath(folder, base)))
                )
            )
            continue
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder:
                if entry.name.startswith(".") or entry.name in SKIPPED:
                    continue
            elif os.path.splitext(entry.name)[1].lower() not in suffixes or not entry.is_file():
                continue
            full = place / entry.name
            if globs.matches(settings.exclude, settings.root, full, folder=is_folder):
                continue
            if settings.respect_gitignore and ignores.ignored(full, folder=is_folder):
                continue
            if is_folder:
                pending.append(entry.path)
            else:
                shown = show(os.path.join(top, os.path.relpath(entry.path, base)))
                yield Source(entry.path, shown, settings)


class IgnoreFiles:
    """What the .gitignore files of a repository say; outside of a repository they say nothing."""

    def __init__(self) -> None:
        self._chains: dict[Path, tuple[tuple[Path, tuple[str, ...]], ...]] = {}

    def ignored(self, path: Path, *, folder: bool) -> bool:
        """Whether git would leave ``path`` (absolute) out; what lies deeper is asked about level by level."""
        verdict = False
        for root, patterns in self._chain(path.parent):
            relative = path.relative_to(root).as_posix() + "/" * folder
            result = globs.compiled(patterns).check_file(relative).include
            if result is not None:
                verdict = result
        return verdict

    def _chain(self, folder: Path) -> tuple[tuple[Path, tuple[str, ...]], ...]:
        """The .gitignore files that speak about what lies in ``folder``, the repository's own first."""
        if folder not in self._chains:
            if (folder / ".git").exists():
                above: tuple[tuple[Path, tuple[str, ...]], ...] = ()
            elif folder.parent == folder or not self._in_repository(folder):
                self._chains[folder] = ()
                return ()
            else:
                above = self._chain(folder.parent)
            own = _read_patterns(folder / ".gitignore")
            self._chains[folder] = (*above, (folder, own)) if own else above
        return self._chains[folder]

    @staticmethod
    def _in_repository(folder: Path) -> bool:
        return any((parent / ".git").exists() for parent in folder.parents)


def _read_patterns(path: Path) -> tuple[str, ...]:
    try:
        return tuple(path.read_text(encoding="utf-8", errors="replace").split("\n"))
    except OSError:
        return ()
