"""The columns of features, made by the array kernel."""

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from newslint.duplication.arrays.lines import lines
from newslint.duplication.arrays.shingles import fingerprints
from newslint.duplication.arrays.words import Words
from newslint.rule import Columns


def fingerprint_columns(batches: Iterable[Words]) -> Columns:
    """The column of the feature ``fingerprints``, ``hash``, of the texts of all batches."""
    columns = Columns.empty({"hash": "Q"})
    for batch in batches:
        hashes, _, offsets = fingerprints(batch)
        _extend(columns, offsets, {"hash": hashes})
    return columns


def line_columns(batches: Iterable[Words]) -> Columns:
    """The columns of the feature ``lines``, ``hash`` and ``line``, of the texts of all batches."""
    columns = Columns.empty({"hash": "Q", "line": "I"})
    for batch in batches:
        hashes, numbers, offsets = lines(batch)
        _extend(columns, offsets, {"hash": hashes, "line": numbers})
    return columns


def _extend(columns: Columns, offsets: npt.NDArray[np.int64], data: dict[str, npt.NDArray[Any]]) -> None:
    append(columns.offsets, offsets[1:] + columns.offsets[-1])
    for name, values in data.items():
        append(columns.data[name], values)


def append(column: "array[Any]", values: npt.NDArray[Any]) -> None:
    """Add values to a column that grows in place."""
    column.frombytes(np.ascontiguousarray(values, column.typecode).data.cast("B"))
