"""From paths to the files to read: folders recursively, in one order, less what is ignored."""

import os
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newslint.config import Resolver, Settings
from newslint.globs import Globs
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
    paths: Iterable[str],
    resolver: Resolver,
    suffixes: Container[str],
    problem: Callable[[Problem], None],
    *,
    force_exclude: bool = False,
) -> list[Source]:
    """The files that ``paths`` mean, each once, sorted by the path that reports show.

    A file that is named is read whatever it is called; in folders, files are taken by their ending. Links to folders
    are not followed, so that no loop can form; a link to a file that is read anyway is left out, and so is what is no
    regular file.

    Args:
        paths: files and folders, as typed.
        resolver: gives each folder its settings.
        suffixes: the file name endings that some reader reads.
        problem: called with what cannot be read.
        force_exclude: leave out files that are named, too, where the settings exclude them.
    """
    found: dict[str, Source] = {}
    links: set[str] = set()
    for path in paths:
        full = os.path.abspath(path)
        if os.path.isdir(full):
            sources: Iterable[Source] = _walk(path, resolver, suffixes, problem, links)
        elif os.path.isfile(full):
            source = Source(full, show(path), resolver.of(Path(full).parent))
            if os.path.islink(full):
                links.add(full)
            sources = () if force_exclude and _excluded(source.settings, Path(full)) else (source,)
        else:
            there = os.path.lexists(full) and not os.path.islink(full)
            reason = "is not a regular file: name a text file or a folder" if there else "no such file or folder"
            problem(Problem(reason, show(path)))
            continue
        for source in sources:
            known = found.setdefault(source.path, source)
            if source.shown < known.shown:
                found[source.path] = source
    return sorted(_once(found, links), key=lambda source: (source.shown, source.path))


def show(path: str) -> str:
    """A path as reports show it: below the current folder relative to it, else as typed, with forward slashes.

    Bytes that are no UTF-8 are replaced.
    """
    normal = os.path.normpath(path)
    here = os.path.join(os.getcwd(), "")
    if normal.startswith(here):
        normal = normal[len(here) :]
    return _text(normal.replace(os.sep, "/"))


def _text(name: str) -> str:
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _once(found: dict[str, Source], links: set[str]) -> Iterable[Source]:
    """Leave out links to files that are there themselves, and second links to one file."""
    seen: set[str] = set()
    for path in sorted(links):
        real = os.path.realpath(path)
        if real in found or real in seen:
            del found[path]
        seen.add(real)
    return found.values()


def _excluded(settings: Settings, path: Path, *, folder: bool = False) -> bool:
    return any(globs.match(path, folder=folder) for globs in settings.exclude)


def _walk(
    top: str, resolver: Resolver, suffixes: Container[str], problem: Callable[[Problem], None], links: set[str]
) -> Iterator[Source]:
    """Yield the files below a folder; those that are links are also noted in ``links``."""
    base = os.path.abspath(top)
    ignores = IgnoreFiles()
    if resolver.of(Path(base)).respect_gitignore and ignores.ignored_above(Path(base)):
        return
    pending = [base]
    while pending:
        folder = pending.pop()
        place = Path(folder)
        settings = resolver.of(place)
        shown = show(os.path.join(top, os.path.relpath(folder, base)))
        prefix = "" if shown == "." else f"{shown.rstrip('/')}/"
        excludes_some = any(globs.patterns for globs in settings.exclude)
        ignores_some = settings.respect_gitignore and ignores.speak_of(place)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            problem(Problem(f"folder cannot be read: {error.strerror}", shown))
            continue
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder:
                if entry.name.startswith(".") or entry.name in SKIPPED:
                    continue
            elif os.path.splitext(entry.name)[1].lower() not in suffixes or not _is_file(entry):
                continue
            if excludes_some and _excluded(settings, place / entry.name, folder=is_folder):
                continue
            if ignores_some and ignores.ignored(place / entry.name, folder=is_folder):
                continue
            if is_folder:
                pending.append(entry.path)
            else:
                if entry.is_symlink():
                    links.add(entry.path)
                yield Source(entry.path, prefix + _text(entry.name), settings)


def _is_file(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry is a regular file or a link to one; a link to itself is none."""
    try:
        return entry.is_file()
    except OSError:
        return False


class IgnoreFiles:
    """What the .gitignore files of a repository say; outside of a repository they say nothing."""

    def __init__(self) -> None:
        self._chains: dict[Path, tuple[Globs, ...] | None] = {}

    def ignored_above(self, folder: Path) -> bool:
        """Whether git leaves ``folder`` (absolute) out, or a folder that it lies in."""
        return any(self.ignored(place, folder=True) for place in (*reversed(folder.parents), folder) if place.name)

    def speak_of(self, folder: Path) -> bool:
        """Whether any of them has something to say about what lies in ``folder`` (absolute)."""
        return bool(self._chain(folder))

    def ignored(self, path: Path, *, folder: bool) -> bool:
        """Whether git leaves ``path`` (absolute) out; a folder that it lies in is asked about on its own."""
        from newslint.globs import compiled

        verdict = False
        for root, patterns in self._chain(path.parent) or ():
            relative = path.relative_to(root).as_posix() + "/" * folder
            result = compiled(patterns).check_file(relative).include
            if result is not None:
                verdict = result
        return verdict

    def _chain(self, folder: Path) -> tuple[Globs, ...] | None:
        """The .gitignore files that speak about what lies in ``folder``, the repository's own first; None outside."""
        if folder not in self._chains:
            above: tuple[Globs, ...] | None = ()
            if not (folder / ".git").exists():
                above = self._chain(folder.parent) if folder.parent != folder else None
            own = () if above is None else _read_patterns(folder / ".gitignore")
            self._chains[folder] = (*above, Globs(folder, own)) if above is not None and own else above
        return self._chains[folder]


def _read_patterns(path: Path) -> tuple[str, ...]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ()
    return tuple(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    """Whether a line of a .gitignore is a pattern; like git, we pass over those that are none."""
    from newslint.globs import check

    try:
        check(line)
    except ValueError:
        return False
    return bool(line.strip())
