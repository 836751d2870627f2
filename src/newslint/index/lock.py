"""One writer at a time: a lock that the system drops when its owner ends, however it ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newslint.index.errors import LockedError

NAME = "newslint-index.lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of an index.

    Raises:
        LockedError: somebody else holds it.
        OSError: the folder cannot be written.
    """
    with (folder / NAME).open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise LockedError(f"{folder}: another newslint is writing the index: wait until it has finished") from None
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
