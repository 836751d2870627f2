"""Compressed files: gzip and Zstandard."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import BinaryIO, cast

from newslint.plugins import PACKED
from newslint.readers import ReadError

CHUNK = 1 << 20
#: As hard as the gzip command tries: Python's own default takes several times as long for one part in a hundred.
LEVEL = 6


def packing(path: str) -> str:
    """How a file is compressed, by its name: ``.gz``, ``.zst`` or nothing."""
    return next((ending for ending in PACKED if path.lower().endswith(ending)), "")


def unpack(file: BinaryIO, how: str) -> Iterator[bytes]:
    """What a compressed file holds, piece by piece.

    Raises:
        ReadError: it is damaged or cut short, or what reads it is not installed.
    """
    yield from _gzip(file) if how == ".gz" else _zstd(file)


def _gzip(file: BinaryIO) -> Iterator[bytes]:
    try:
        with gzip.open(file) as stream:
            while data := stream.read1(CHUNK):
                yield data
    except EOFError:
        raise ReadError("is cut short: its compressed data ends in the middle; fetch it again") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ReadError(f"is not gzip throughout: {error}") from None


def _zstd(file: BinaryIO) -> Iterator[bytes]:
    zstandard = _zstandard()
    # The library's own stream reader takes a file that is cut short for a whole one.
    machine = zstandard.ZstdDecompressor(max_window_size=1 << 31)
    frame = machine.decompressobj()
    rest = b""
    try:
        while data := rest or file.read(CHUNK // 8):
            if frame.eof:
                frame = machine.decompressobj()
            yield frame.decompress(data)
            rest = frame.unused_data
    except zstandard.ZstdError as error:
        raise ReadError(f"is not Zstandard throughout: {error}") from None
    if not frame.eof:
        raise ReadError("is cut short: its compressed data ends in the middle; fetch it again")


@contextmanager
def packer(file: BinaryIO, how: str) -> Iterator[BinaryIO]:
    """A stream that compresses what is written to it into ``file``.

    Raises:
        ReadError: what writes it is not installed.
    """
    if how == ".gz":
        with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=file, mtime=0) as stream:
            yield cast("BinaryIO", stream)
    elif how == ".zst":
        with _zstandard().ZstdCompressor().stream_writer(file, closefd=False) as stream:
            yield stream
    else:
        yield file


def _zstandard() -> ModuleType:
    try:
        import zstandard
    except ImportError:
        raise ReadError("is Zstandard data: pip install 'newslint[zst]' to read it") from None
    return zstandard
