"""What earlier runs found, kept in a folder of the user's: results by the hash of all that they depend on.

An SQLite file, since that is safe under several runs at once and under a run that is killed. Nothing depends on it: a
value that is damaged counts as not there, a file that is damaged is made anew, and where none can be written the run
goes on without.
"""

import os
import pickle
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

NAME = "results.sqlite3"
#: Raised when the tables or the values change their shape.
VERSION = 1
#: Bytes above which the results that were not used for longest go.
LARGEST = 1 << 30
#: Rows written at once, and seconds to wait for another run that writes.
TOGETHER, PATIENCE = 2000, 5.0
DAY = 86_400
CHECK = 8

#: What SQLite may end in. Of a damaged file its message may quote bytes that are no text, which Python stumbles over.
ERRORS = (sqlite3.Error, UnicodeDecodeError)

TABLES = """
create table if not exists results (key blob primary key, used integer not null, value blob not null) without rowid;
create table if not exists files (path text primary key, size integer, time integer, node integer, digest blob)
without rowid;
"""


class Stat(NamedTuple):
    """What tells without reading that a file is the same: its size, modification time (ns) and inode."""

    size: int
    time: int
    node: int


class Cache:
    """Results by key, and the content hashes of files by path and ``Stat``.

    Args:
        folder: where the file lies; it is made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._connection = _open(self._path)
        self._today = int(time.time()) // DAY
        self._results: list[tuple[bytes, int, bytes]] = []
        self._files: list[tuple[str, int, int, int, bytes]] = []

    def digests(self) -> dict[str, tuple[Stat, bytes]]:
        """The known files: by path what told them when they were read, and their hash."""
        rows = self._ask("select path, size, time, node, digest from files")
        return {
            path: (Stat(size, stamp, node), digest) for path, size, stamp, node, digest in rows if type(digest) is bytes
        }

    def keys(self) -> set[bytes]:
        """The keys of all results."""
        return {key for (key,) in self._ask("select key from results")}

    def get(self, key: bytes) -> Any:
        """The result of that key; None where there is none, or it is damaged."""
        for used, value in self._ask("select used, value from results where key = ?", (key,)):
            # Of a damaged file, the columns may hold values of any type.
            if type(value) is bytes and _sum(key, value[CHECK:]) == value[:CHECK]:
                if used != self._today:
                    self._results.append((key, self._today, value))
                # It was written by us and for us: the folder is the user's own, and the check says that it is whole.
                with suppress(Exception):
                    return pickle.loads(value[CHECK:])  # noqa: S301
        return None

    def put(self, key: bytes, result: object) -> None:
        """Keep a result."""
        value = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        self._results.append((key, self._today, _sum(key, value) + value))
        if len(self._results) >= TOGETHER:
            self.flush()

    def note(self, path: str, stat: Stat, digest: bytes) -> None:
        """Keep a file's hash."""
        self._files.append((path, *stat, digest))

    def flush(self) -> None:
        """Write what was kept."""
        results, files = self._results, self._files
        self._results, self._files = [], []
        if self._connection is None or not (results or files):
            return
        try:
            with self._connection:
                self._connection.executemany("insert or replace into results values (?, ?, ?)", results)
                self._connection.executemany("insert or replace into files values (?, ?, ?, ?, ?)", files)
        except ERRORS as error:
            self._fail(error)

    def close(self) -> None:
        """Write what was kept, and make room where there is too much."""
        self.flush()
        if self._connection is not None:
            # Another run may have removed the file.
            with suppress(*ERRORS, OSError):
                self._make_room()
        self._give_up()

    def _make_room(self) -> None:
        assert self._connection is not None
        if self._path.stat().st_size <= LARGEST:
            return
        with self._connection:
            days = [day for (day,) in self._ask("select distinct used from results order by used")]
            for day in days[: max(1, len(days) // 2)]:
                self._connection.execute("delete from results where used = ?", (day,))
            self._connection.execute("delete from files")
        self._connection.execute("vacuum")

    def _ask(self, query: str, values: Sequence[object] = ()) -> Iterable[Any]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except ERRORS as error:
            self._fail(error)
            return []

    def _fail(self, error: Exception) -> None:
        """Go on without a cache; one that is damaged is removed, so that the next run makes a new one."""
        self._give_up()
        if _is_damage(error, self._path):
            _remove(self._path)

    def _give_up(self) -> None:
        if self._connection is not None:
            with suppress(*ERRORS):
                self._connection.close()
        self._connection = None


def default_folder() -> Path:
    """The folder of the cache: what ``NEWSLINT_CACHE_DIR`` says, else the system's folder for a user's caches."""
    own = os.environ.get("NEWSLINT_CACHE_DIR")
    if own:
        return Path(own)
    from platformdirs import user_cache_path

    return user_cache_path("newslint", appauthor=False)


def clear(folder: Path) -> int:
    """Remove the cache in a folder; gives the bytes that were freed.

    Raises:
        OSError: it cannot be removed.
    """
    freed = 0
    for path in _files(folder / NAME):
        if path.exists():
            freed += path.stat().st_size
            path.unlink()
    return freed


def _open(path: Path) -> sqlite3.Connection | None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    for _ in range(2):
        connection = None
        try:
            connection = sqlite3.connect(path, timeout=PATIENCE)
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            (version,) = connection.execute("pragma user_version").fetchone()
            if version not in (0, VERSION):
                raise sqlite3.DatabaseError("written by another version")
            connection.executescript(TABLES)
            connection.execute(f"pragma user_version = {VERSION}")
            return connection
        except ERRORS as error:
            if connection is not None:
                connection.close()
            if not _is_damage(error, path):
                return None
            _remove(path)
    return None


def _is_damage(error: Exception, path: Path) -> bool:
    """Whether a file is at fault; not where another run writes, the disk is full or read-only: it may be in use."""
    if not isinstance(error, sqlite3.OperationalError):
        return True
    # A header that is damaged can make a file look like one of a later SQLite, to be read only or not at all; what is
    # no text where one should be, Python says without a code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code == sqlite3.SQLITE_ERROR or (code == sqlite3.SQLITE_READONLY and os.access(path, os.W_OK))


def _remove(path: Path) -> None:
    for file in _files(path):
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _files(path: Path) -> list[Path]:
    return [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]


def _sum(key: bytes, value: bytes) -> bytes:
    return blake2b(value, key=key[:64], digest_size=CHECK).digest()
