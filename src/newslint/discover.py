"""From paths to the files to read: folders recursively, in one order, less what is ignored."""

import os
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from newslint.config import Resolver, Settings
from newslint.globs import Globs
from newslint.model import Problem
from newslint.readers import ending
from newslint.remote import RemoteError, is_remote

#: Folders that hold no articles, whatever the configuration says; so does every folder whose name starts with a dot.
SKIPPED = frozenset({"__pycache__", "node_modules"})
#: What is said of a link in a folder that leads elsewhere.
OUTSIDE = "is a link that leads outside of what is to be checked: skipped"


class Source(NamedTuple):
    """A file to read: its path for the system, the path that reports show, and the settings it is read with.

    Of a file in a remote store both paths are its URL. ``data`` holds the bytes where they did not come from a file.
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
    note: Callable[[Problem], None] = lambda _: None,
    force_exclude: bool = False,
) -> list[Source]:
    """The files that ``paths`` mean, each once, sorted by the path that reports show.

    A file that is named is read whatever it is called; in folders, files are taken by their ending. Links to folders
    are not followed, so that no loop can form; a link to a file that is read anyway is left out, and so is what is no
    regular file, and a link that a folder holds to a file outside of all that is named: somebody else's folder does not
    get to say what else is read, or written by a fix. No two files are shown by one path.

    Args:
        paths: files and folders, as typed.
        resolver: gives each folder its settings.
        suffixes: the file name endings that some reader reads.
        problem: called with what cannot be read.
        note: called with what a folder holds that is called like an article and is no file.
        force_exclude: leave out files that are named, too, where the settings exclude them.
    """
    paths = list(paths)
    found: dict[str, Source] = {}
    links: set[str] = set()
    roots = Roots(paths)
    for path in paths:
        full = os.path.abspath(path)
        try:
            if is_remote(path):
                sources: Iterable[Source] = list(_remote(path, resolver.root, suffixes, force_exclude=force_exclude))
            elif os.path.isdir(full):
                sources = _walk(path, resolver, suffixes, problem, note, links, roots)
            elif os.path.isfile(full):
                source = Source(full, show(path), resolver.of(Path(full).parent))
                if os.path.islink(full):
                    links.add(full)
                sources = () if force_exclude and _excluded(source.settings, Path(full)) else (source,)
            else:
                problem(Problem(_missing(full), show(path)))
                continue
        except RemoteError as error:
            problem(Problem(str(error), path))
            continue
        except OSError as error:
            problem(Problem(f"cannot be read: {error.strerror}", show(path)))
            continue
        for source in sources:
            known = found.setdefault(source.path, source)
            if source.shown < known.shown:
                found[source.path] = source
    return list(_told_apart(sorted(_once(found, links), key=lambda source: (source.shown, source.path)), problem))


class Roots:
    """What a command line names, where it really lies; a path is in it where what it leads to is."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = paths

    @cached_property
    def _real(self) -> list[Path]:
        return [Path(os.path.realpath(path)) for path in self._paths]

    def __contains__(self, path: str) -> bool:
        real = Path(os.path.realpath(path))
        return any(real.is_relative_to(root) for root in self._real)


def _remote(url: str, settings: Settings, suffixes: Container[str], *, force_exclude: bool) -> Iterator[Source]:
    """The files of a store, taken as those of a folder are; the settings are those of the place where newslint runs.

    Raises:
        RemoteError: the store cannot be reached, or has nothing there.
    """
    from newslint.remote import files

    for file in files(url):
        folders = file.inside.split("/")[:-1]
        hidden = any(name.startswith(".") or name in SKIPPED for name in folders)
        if file.inside and (hidden or ending(file.url, suffixes) not in suffixes):
            continue
        if (force_exclude or file.inside) and _excluded(settings, Path(file.url)):
            continue
        yield Source(file.url, file.url, settings)


def show(path: str) -> str:
    r"""A path as reports show it: below the current folder relative to it, else as typed, with forward slashes.

    Bytes that are no UTF-8 are spelled out: ``\xe9``.
    """
    normal = os.path.normpath(path)
    here = os.path.join(os.getcwd(), "")
    if normal.startswith(here):
        normal = normal[len(here) :]
    return _text(normal.replace(os.sep, "/"))


def _text(name: str) -> str:
    if name.isascii():
        return name
    # Spelled out, not replaced: two names that differ must not become one.
    return name.encode("utf-8", sys.getfilesystemencodeerrors()).decode("utf-8", "backslashreplace")


def _missing(path: str) -> str:
    """Why a path (absolute) that was named is neither a file nor a folder."""
    if os.path.exists(path):
        return "is not a regular file: name a text file or a folder"
    return "is a link that leads nowhere" if os.path.islink(path) else "no such file or folder"


def _told_apart(sources: Iterable[Source], problem: Callable[[Problem], None]) -> Iterator[Source]:
    """Leave out files that reports would show by the path of another: a name may hold what another's spells out.

    Findings, fixes and the baseline know a file by that path.
    """
    last = None
    for source in sources:
        if source.shown == last:
            problem(Problem("two files are shown so, one of them was not read: rename it", source.shown))
        else:
            yield source
        last = source.shown


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
    top: str,
    resolver: Resolver,
    suffixes: Container[str],
    problem: Callable[[Problem], None],
    note: Callable[[Problem], None],
    links: set[str],
    roots: "Roots",
) -> Iterator[Source]:
    """Yield the files below a folder; those that are links are also noted in ``links``."""
    base = os.path.abspath(top)
    ignores = IgnoreFiles()
    try:
        if resolver.of(Path(base)).respect_gitignore and ignores.ignored_above(Path(base)):
            return
    except OSError as error:
        problem(Problem(f"folder cannot be read: {error.strerror}", show(top)))
        return
    pending = [base]
    while pending:
        folder = pending.pop()
        place = Path(folder)
        shown = show(os.path.join(top, os.path.relpath(folder, base)))
        prefix = "" if shown == "." else f"{shown.rstrip('/')}/"
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            # These look for files in the folder: their paths may be too long where its own is not.
            settings = resolver.of(place)
            ignores_some = settings.respect_gitignore and ignores.speak_of(place)
        except OSError as error:
            problem(Problem(f"folder cannot be read: {error.strerror}", shown))
            continue
        excludes_some = any(globs.patterns for globs in settings.exclude)
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder:
                if entry.name.startswith(".") or entry.name in SKIPPED:
                    continue
            elif ending(entry.name, suffixes) not in suffixes:
                continue
            if excludes_some and _excluded(settings, place / entry.name, folder=is_folder):
                continue
            if ignores_some and ignores.ignored(place / entry.name, folder=is_folder):
                continue
            if is_folder:
                pending.append(entry.path)
            elif reason := _no_file(entry):
                note(Problem(f"{reason}: skipped", prefix + _text(entry.name)))
            else:
                if entry.is_symlink():
                    if entry.path not in roots:
                        note(Problem(OUTSIDE, prefix + _text(entry.name)))
                        continue
                    links.add(entry.path)
                yield Source(entry.path, prefix + _text(entry.name), settings)


def _no_file(entry: "os.DirEntry[str]") -> str:
    """Why an entry is neither a regular file nor a link to one; empty where it is."""
    try:
        if entry.is_file():
            return ""
        if entry.is_dir():
            return "is a link to a folder"
        os.stat(entry.path)
    except FileNotFoundError:
        return "is a link that leads nowhere"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "is not a regular file"


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
    # A pipe that nobody writes to would block for ever.
    if not path.is_file():
        return ()
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
