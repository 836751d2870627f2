"""Target: the store of earlier results, damaged in any way."""

import random
import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from fuzz.shared import folder, split
from newslint.cache import NAME, Cache, Stat

RESULTS = {bytes((number,)) * 16: {"findings": [number] * number} for number in range(40)}
FILES = {f"/a/é{number}.txt": (Stat(number, 10**18 + number, number), bytes((number,)) * 16) for number in range(40)}


@cache
def _store() -> bytes:
    own = folder() / "sound"
    fill(own)
    with closing(sqlite3.connect(own / NAME)) as connection:
        connection.execute("pragma journal_mode = delete")
    return (own / NAME).read_bytes()


def fill(own: Path) -> None:
    """Keep all results and files in the store of a folder."""
    store = Cache(own)
    for key, value in RESULTS.items():
        store.put(key, value)
    for path, (stat, digest) in FILES.items():
        store.note(path, stat, digest)
    store.close()


def store(data: bytes) -> None:
    """A store that was damaged in any way gives what was kept or nothing, and works again afterwards.

    The input is a list of changes to a sound file: two bytes say where, one how many bytes follow; 255 cuts it there.
    The first byte's highest bit makes a change of a write-ahead log, too.
    """
    choice, changes = split(data)
    own = folder() / "store"
    own.mkdir(exist_ok=True)
    for path in own.iterdir():
        path.unlink()
    content = bytearray(_store())
    if choice & 64:
        _change_rows(content, changes)
    else:
        while len(changes) > 3:
            at, size = int.from_bytes(changes[:2], "big") % len(content), changes[2]
            if size == 255:
                del content[at:]
                break
            content[at : at + size] = changes[3 : 3 + size]
            changes = changes[3 + size :]
    (own / NAME).write_bytes(content)
    if choice & 128:
        (own / f"{NAME}-wal").write_bytes(changes)
    use(own)
    # At the latest when it is written to it turns out to be damaged, and the run after that makes a new one.
    fill(own)
    fill(own)
    again = Cache(own)
    # Damage that SQLite cannot see may hide some of them, or a whole table; that nothing is there is no healing.
    assert again.keys() & set(RESULTS) or again.digests().keys() & set(FILES)
    assert all(again.get(key) in (None, value) for key, value in RESULTS.items())
    again.close()


def _change_rows(content: bytearray, changes: bytes) -> None:
    """Put values of other types into a sound file's tables: its own format does not keep them out."""
    rng = random.Random(changes)
    path = folder() / "rows.sqlite3"
    path.write_bytes(content)
    values = (None, 1.5, "é", b"", b"\xff", -1, 2**62, changes.decode("latin-1"), changes)
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(8):
            table, columns = rng.choice((("results", ("key", "used", "value")), ("files", FILES_COLUMNS)))
            column = rng.choice(columns)
            with suppress(sqlite3.Error):
                query = f"update {table} set {column} = ? where rowid in (select 1) or abs(random()) % 4 = 0"
                query = (
                    f"update or ignore {table} set {column} = ? where random() % 3 = 0" if "rowid" in query else query
                )
                connection.execute(query, (rng.choice(values),))
        connection.execute(f"pragma user_version = {rng.choice((1, 1, 1, 0, 7))}")
        if rng.random() < 0.2:
            connection.execute(
                rng.choice(("drop table files", "drop table results", "alter table files drop column node"))
            )
        connection.commit()
        connection.execute("pragma journal_mode = delete")
    content[:] = path.read_bytes()


FILES_COLUMNS = ("path", "size", "time", "node", "digest")


def use(own: Path) -> None:
    """Ask the store of a folder for everything, and keep something."""
    store = Cache(own)
    assert isinstance(store.keys(), set)
    assert all(store.get(key) in (None, value) for key, value in RESULTS.items())
    assert all(isinstance(digest, bytes) for _, digest in store.digests().values())
    store.put(b"new", [1])
    store.note("/new", Stat(1, 2, 3), b"d" * 16)
    store.close()
