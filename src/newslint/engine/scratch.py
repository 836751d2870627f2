"""The folder that a run unpacks to. It goes with the run; that of a run that was killed goes when another begins."""

import os
import shutil
import sys
import weakref
from contextlib import suppress
from tempfile import gettempdir, mkdtemp

#: What such a folder is called, and the file in it that is locked for as long as the run lives.
PREFIX, LOCK = "newslint-", "lock"


class Scratch:
    """A new folder below the system's folder for temporary files; it goes with the object.

    Attributes:
        path: where it lies.

    Raises:
        OSError: it cannot be made.
    """

    def __init__(self) -> None:
        _sweep()
        self.path = mkdtemp(prefix=PREFIX)
        lock = os.open(os.path.join(self.path, LOCK), os.O_RDWR | os.O_CREAT, 0o600)
        # The system unlocks it when this process ends, in whatever way.
        _locked(lock)
        weakref.finalize(self, _remove, self.path, lock)


def _remove(path: str, lock: int) -> None:
    os.close(lock)
    shutil.rmtree(path, ignore_errors=True)


def _sweep() -> None:
    """Remove the user's folders whose run is gone, where the system can tell."""
    if sys.platform == "win32":
        return
    with suppress(OSError), os.scandir(gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_uid == os.getuid():
                        _remove_if_left(entry.path)


def _remove_if_left(path: str) -> None:
    """Remove a folder if nobody holds its lock.

    Raises:
        OSError: it has no lock, or is gone already.
    """
    lock = os.open(os.path.join(path, LOCK), os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    if _locked(lock):
        _remove(path, lock)
    else:
        os.close(lock)


def _locked(file: int) -> bool:
    """Lock a file for as long as it is open; whether that could be done."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
