"""Files of named arrays: written once from front to back, then mapped into memory.

    magic | array | array | … | table of contents (JSON) | its length (8 bytes) | magic

Arrays are aligned to 64 bytes and little-endian, as they lie in memory on every machine that this runs on.
"""

import json
import mmap
import os
import sys
import weakref
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from newslint.index.errors import DamagedError, VersionError

MAGIC = b"newslint\x01arrays\n"
ALIGNMENT = 64
LENGTH = 8
#: Bytes that are hashed at a time.
BLOCK = 1 << 20
#: The hash of a file: 16 bytes.
CHECK = 16
#: A stretch of memory that can be written to a file: bytes, an array, or a view of one.
Buffer = Any


class Written(NamedTuple):
    """A file that was written: its bytes and their hash."""

    size: int
    check: str


class ArrayWriter:
    """Writes a file of arrays, which must not be there yet.

    Raises:
        OSError: it cannot be written. What was written is left: no manifest names it.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = blake2b(digest_size=CHECK)
        self._size = 0
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self._write(MAGIC)

    def add(self, name: str, typecode: str, parts: Iterable[Buffer]) -> int:
        """Write an array, given in parts one after the other; gives its length in items."""
        self._write(b"\0" * (-self._size % ALIGNMENT))
        start = self._size
        for part in parts:
            self._write(memoryview(part).cast("B") if memoryview(part).nbytes else b"")
        count = (self._size - start) // array(typecode).itemsize
        self._arrays[name] = (typecode, start, count)
        return count

    def finish(self, about: Mapping[str, Any]) -> Written:
        """Write the table of contents, with whatever else is to be known, and see that all is on the disk."""
        contents = json.dumps({"arrays": self._arrays, "about": about}).encode()
        self._write(contents)
        self._write(len(contents).to_bytes(LENGTH, "little") + MAGIC)
        self._file.flush()
        os.fsync(self._file.fileno())
        return Written(self._size, self._hash.hexdigest())

    def _write(self, data: Buffer) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)


@contextmanager
def writing(path: Path) -> Iterator[ArrayWriter]:
    """A writer of a new file, which is removed where writing fails."""
    if sys.byteorder != "little":
        raise VersionError(f"{path.parent}: an index can only be written and read on a little-endian machine")
    with path.open("xb") as file:
        try:
            yield ArrayWriter(file)
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)
            raise


class ArrayFile:
    """A file of arrays, mapped into memory.

    Attributes:
        about: what else its writer wanted to be known.

    Raises:
        FileNotFoundError: it is gone.
        DamagedError: it is not what a writer left.
    """

    def __init__(self, path: Path) -> None:
        # What is open stays as it is when the file is removed.
        self._file = path.open("rb", buffering=0)
        weakref.finalize(self, self._file.close)
        size = os.fstat(self._file.fileno()).st_size
        if size < 2 * len(MAGIC) + LENGTH:
            raise _damaged(path)
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        end = size - len(MAGIC) - LENGTH
        start = end - int.from_bytes(self._map[end : end + LENGTH], "little")
        if self._map[: len(MAGIC)] != MAGIC or self._map[end + LENGTH :] != MAGIC or start < len(MAGIC):
            raise _damaged(path)
        try:
            contents = json.loads(self._map[start:end])
            arrays, self.about = contents["arrays"], contents["about"]
        except (ValueError, KeyError, TypeError):
            raise _damaged(path) from None
        self._whole = memoryview(self._map)
        self._places: dict[str, tuple[str, int]] = {name: (code, first) for name, (code, first, _) in arrays.items()}
        self._arrays = {
            name: self._whole[first : first + count * array(typecode).itemsize].cast(typecode)
            for name, (typecode, first, count) in arrays.items()
        }

    def __getitem__(self, name: str) -> "memoryview[Any]":
        return self._arrays[name]

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def read(self, name: str, first: int, last: int) -> "array[Any]":
        """Some items of an array, from the file: what is mapped counts as memory, sixteen pages for each that is read.

        Raises:
            OSError: the file cannot be read.
        """
        typecode, start = self._places[name]
        items = array(typecode)
        size = items.itemsize
        items.frombytes(self._read(start + first * size, (last - first) * size))
        return items

    def _read(self, start: int, size: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), size, start)
        self._file.seek(start)
        return self._file.read(size)

    def expect_random(self) -> None:
        """Tell the system that little of the file will be read, here and there."""
        self._advise("MADV_RANDOM")

    def forget(self) -> None:
        """Give back the memory of what was read so far; it can be read again."""
        self._advise("MADV_DONTNEED")

    def _advise(self, advice: str) -> None:
        if hasattr(self._map, "madvise"):
            self._map.madvise(getattr(mmap, advice))


def check(path: Path) -> Written:
    """The size and the hash of a file as it is now.

    Raises:
        OSError: it cannot be read.
    """
    found = blake2b(digest_size=CHECK)
    size = 0
    with path.open("rb") as file:
        while data := file.read(BLOCK):
            found.update(data)
            size += len(data)
    return Written(size, found.hexdigest())


def _damaged(path: Path) -> DamagedError:
    return DamagedError(f"{path}: is damaged: `newslint index verify` says what else is; build the index anew")
