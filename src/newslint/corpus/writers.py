"""Rows to files: JSON lines, plain or compressed, and Parquet, by the ending of the file's name."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from newslint.plugins import PACKED
from newslint.readers.packed import packer, packing

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows of a Parquet file that are written at once, and the characters of text from which on it is fewer.
BATCH, CHARACTERS = 1000, 1 << 24
LINES = (".jsonl", ".ndjson")
ENDINGS = (*(end + packed for end in LINES for packed in ("", *PACKED)), ".parquet")

#: What writes a format besides what Python has: ending, name of the format, module, extra of the package.
NEEDED = ((".zst", "Zstandard", "zstandard", "zst"), (".parquet", "Parquet", "pyarrow", "parquet"))

#: Columns by name: ``string``, ``integer``, ``number``, ``boolean`` or ``counts``, a map from name to number.
Columns = Mapping[str, str]


class MissingError(Exception):
    """What writes a format is not installed. The message says how to get it."""


class Writer(Protocol):
    """Takes rows, one after the other; of a Parquet file it holds ``BATCH`` of them, or ``CHARACTERS`` and one row."""

    def __call__(self, row: Mapping[str, Any], /) -> None:
        """Write a row."""


def check_installed(name: str) -> None:
    """Make sure that what writes a file of that name is installed.

    Raises:
        MissingError: it is not.
    """
    for end, what, module, extra in NEEDED:
        if name.lower().endswith(end) and find_spec(module) is None:
            raise MissingError(f"{what} is written by {module}: pip install 'newslint[{extra}]'")


@contextmanager
def writer(name: str, file: BinaryIO, columns: Columns) -> Iterator[Writer]:
    """What writes rows into an open file.

    Args:
        name: the file's name, whose ending is one of ``ENDINGS``.
        file: where the bytes go.
        columns: of each row.

    Raises:
        MissingError: a library is not there.
    """
    check_installed(name)
    if not name.lower().endswith(".parquet"):
        with packer(file, packing(name)) as stream:
            yield lambda row: _write_line(stream, row)
        return
    with _parquet(file, columns) as write:
        yield write


def _write_line(stream: BinaryIO, row: Mapping[str, Any]) -> None:
    stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


@contextmanager
def _parquet(file: BinaryIO, columns: Columns) -> Iterator[Writer]:
    import pyarrow as pa
    from pyarrow import parquet

    schema = _schema(columns, pa)
    rows: list[Mapping[str, Any]] = []
    size = 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as sink:

        def flush() -> None:
            nonlocal size
            size = 0
            sink.write_batch(pa.RecordBatch.from_pylist([_prepared(row) for row in rows], schema=schema))
            rows.clear()

        def write(row: Mapping[str, Any]) -> None:
            nonlocal size
            rows.append(row)
            size += sum(len(value) for value in row.values() if isinstance(value, str))
            if len(rows) >= BATCH or size >= CHARACTERS:
                flush()

        yield write
        flush()


def _schema(columns: Columns, pa: Any) -> "pa.Schema":
    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "counts": pa.map_(pa.string(), pa.int64()),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def _prepared(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row as pyarrow takes it: a map is a list of pairs, and text has no half characters."""
    return {key: _value(value) for key, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return list(value.items())
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
