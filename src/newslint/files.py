"""Files that are written whole or not at all."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, TextIO

#: A file that is being written, by its name; from so many seconds on, one that a run that was killed has left.
LEFT, STALE = re.compile(r"\.newslint-[a-z0-9_]{8}\.tmp"), 3600


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A stream to a new UTF-8 text file that takes the place of ``path`` when all is written.

    A link is followed; a pipe or a device is written to as it is.

    Raises:
        OSError: it cannot be written.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        return
    with _in_place_of(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        yield stream


@contextmanager
def rewriting(path: Path) -> Iterator[BinaryIO]:
    """A stream to new bytes that take the place of a file when all is written; otherwise as ``replace``.

    Raises:
        OSError: it cannot be written.
    """
    with _in_place_of(path.resolve(), "wb") as stream:
        yield stream


def replace(path: Path, data: bytes) -> None:
    """Put new bytes in the place of a file, at once: whenever this is interrupted, one of the two is there, whole.

    A link is followed; mode, owner, group and extended attributes stay as far as the system allows.

    Raises:
        OSError: it cannot be written.
    """
    with rewriting(path) as stream:
        stream.write(data)


@contextmanager
def _in_place_of(path: Path, mode: str, **options: Any) -> Iterator[Any]:
    from tempfile import NamedTemporaryFile

    _sweep(path.parent)
    name = None
    try:
        # In the same folder, since a file is only renamed at once on one file system.
        temporary = NamedTemporaryFile(  # noqa: SIM115
            mode, dir=path.parent, prefix=".newslint-", suffix=".tmp", delete=False, **options
        )
        name = temporary.name
        with temporary:
            yield temporary
            temporary.flush()
            os.fsync(temporary.fileno())
        _take_after(path, name)
        os.replace(name, path)
    except BaseException as error:
        if name is not None:
            with suppress(OSError):
                os.unlink(name)
        if isinstance(error, OSError) and error.errno and LEFT.fullmatch(Path(error.filename or name or "").name):
            # Whoever reads of it knows the file that was to be written.
            error.filename = str(path)
        raise


def _take_after(path: Path, new: str) -> None:
    """Give a new file what the one it takes the place of has besides its bytes; where there is none, the usual mode."""
    import shutil

    if not path.exists():
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(new, 0o666 & ~umask)
        return
    old, own = path.stat(), os.stat(new)
    if (old.st_uid, old.st_gid) != (own.st_uid, own.st_gid) and hasattr(os, "chown"):
        try:
            os.chown(new, old.st_uid, old.st_gid)
        except OSError:
            # Only the administrator gives files away: who may write a file of another's makes it their own.
            with suppress(OSError):
                os.chown(new, -1, old.st_gid)
    shutil.copymode(path, new)
    with suppress(OSError):
        shutil.copystat(path, new)
    os.utime(new)


@cache
def _sweep(folder: Path) -> None:
    """Remove what runs that were killed while they wrote left in a folder."""
    oldest = time.time() - STALE
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if LEFT.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_mtime < oldest:
                os.unlink(entry.path)
