"""Files that are written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO


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


def replace(path: Path, data: bytes) -> None:
    """Put new bytes in the place of a file, at once: whenever this is interrupted, one of the two is there, whole.

    A link is followed, the file's mode is kept.

    Raises:
        OSError: it cannot be written.
    """
    with _in_place_of(path.resolve(), "wb") as stream:
        stream.write(data)


@contextmanager
def _in_place_of(path: Path, mode: str, **options: Any) -> Iterator[Any]:
    from tempfile import NamedTemporaryFile

    umask = os.umask(0)
    os.umask(umask)
    # In the same folder, since a file is only renamed at once on one file system.
    temporary = NamedTemporaryFile(mode, dir=path.parent, prefix=".newslint-", delete=False, **options)  # noqa: SIM115
    try:
        with temporary:
            yield temporary
            temporary.flush()
            os.fsync(temporary.fileno())
        Path(temporary.name).chmod(path.stat().st_mode if path.exists() else 0o666 & ~umask)
        Path(temporary.name).replace(path)
    except BaseException:
        Path(temporary.name).unlink(missing_ok=True)
        raise
