"""Parquet (.parquet), by pyarrow: columns of texts, and texts in columns of structs."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from newslint.readers import ReadError
from newslint.readers.fields import Fields, nested, settle, tokens
from newslint.readers.records import SAMPLE, Change, Layout, RecordReader, Row, names

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

#: Rows that are read together; a batch of articles takes a few megabytes.
BATCH = 256
#: Bytes that are read together of a column whose pages are read one after the other.
BUFFER = 1 << 20
#: Encodings that a writer chooses where it makes no dictionary, other than the plain one.
ENCODINGS = frozenset({"DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT"})


class Parquet(RecordReader):
    """Reads Parquet files, batch by batch."""

    def layout(self, file: BinaryIO, wanted: Fields) -> Layout:
        """How a file is laid out, by its schema and its first rows.

        Raises:
            ReadError: it is no Parquet file, it has no such columns, or pyarrow is not installed.
        """
        with _opened(file) as source:
            there = dict(_columns(source.schema_arrow))
            named = set(map(tokens, names(wanted)))
            looked_at = [steps for steps, kind in there.items() if steps in named or _may_be_told_by_values(kind)]
            batch = next(_batches(source, looked_at, SAMPLE), None)
            columns = {steps: _values(batch, steps) for steps in looked_at} if batch else {}
        # Of a file without rows, the names of its columns are all there is to go by.
        rows = batch.num_rows if batch else 1
        unseen = {steps: [""] * rows if steps in looked_at else [None] * rows for steps in there}
        values = {**unseen, **columns}
        sample = [nested((steps, _plain(own[row])) for steps, own in values.items()) for row in range(rows)]
        fields, guessed = settle(wanted, sample, self.field)
        for name in fields.text:
            kind = there.get(tokens(name))
            if kind is None or not _is_text(kind):
                raise ReadError(f"has no texts in column {name}, but {kind or 'columns below it'}: mend `[[records]]`")
        return Layout(fields, guessed, True)

    def unpack(self, file: BinaryIO, layout: Layout) -> Iterator[Row]:
        """The rows of a file; as it has no lines, each is said to be on the line of its number.

        Raises:
            ReadError: the file is damaged.
        """
        wanted = {tokens(name): name for name in names(layout.fields)}
        number = 0
        with _opened(file) as source:
            there = dict(_columns(source.schema_arrow))
            paths = [steps for steps in wanted if steps in there]
            for batch in _batches(source, paths, BATCH):
                columns = [_values(batch, steps) for steps in paths]
                for values in zip(*columns, strict=True):
                    number += 1
                    broken = next((steps for steps, value in zip(paths, values, strict=True) if value is BAD), None)
                    if broken:
                        yield Row(number, f"is not UTF-8 in {wanted[broken]}")
                    else:
                        yield Row(number, nested(zip(paths, map(_plain, values), strict=True)))

    def rewrite(self, file: BinaryIO, target: BinaryIO, layout: Layout, changes: Iterable[Change]) -> None:
        """Write a file again: schema, metadata, row groups and compression as they were, and all other values.

        Takes the memory of one row group.

        Raises:
            ReadError: the file is damaged, or it has a schema that pyarrow writes otherwise.
        """
        import pyarrow.parquet as pq

        del layout
        pending = iter(changes)
        change = next(pending, None)
        with _opened(file) as source:
            options = _options(source)
            with pq.ParquetWriter(target, source.schema_arrow, **options) as writer:
                first = 0
                for number in range(source.num_row_groups):
                    table = source.read_row_group(number)
                    texts: dict[tuple[str, ...], dict[int, str]] = {}
                    while change and change.index < first + table.num_rows:
                        for name, text in change.texts.items():
                            texts.setdefault(tokens(name), {})[change.index - first] = text
                        change = next(pending, None)
                    for steps, own in texts.items():
                        table = _replaced(table, steps, own)
                    writer.write_table(table, row_group_size=max(1, table.num_rows))
                    first += table.num_rows


READER = Parquet()


class _Bad:
    """A value that is no text, though it stands in a column of texts."""


BAD = _Bad()


@contextmanager
def _opened(file: BinaryIO) -> "Iterator[pq.ParquetFile]":
    """A Parquet file; what goes wrong with it in the block is a ``ReadError``.

    Raises:
        ReadError: it is none, it is damaged, or pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ReadError("is Parquet: pip install 'newslint[parquet]' to read it") from None
    try:
        source = pq.ParquetFile(file, buffer_size=BUFFER, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise ReadError(f"is no Parquet file, or was cut short: {_first_line(error)}") from None
    try:
        yield source
    except pa.ArrowException as error:
        raise ReadError(f"is a damaged Parquet file: {_first_line(error)}") from None
    except OSError as error:
        # A disk that is full is not the file's fault: the system's errors have a number.
        if error.errno is not None:
            raise
        raise ReadError(f"is a damaged Parquet file: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")


def _columns(schema: "pa.Schema") -> "Iterator[tuple[tuple[str, ...], pa.DataType]]":
    """The columns that are no structs, and what structs hold: steps and type. Of two of one name, the first."""
    import pyarrow as pa

    def below(steps: tuple[str, ...], kind: "pa.DataType") -> "Iterator[tuple[tuple[str, ...], pa.DataType]]":
        if not pa.types.is_struct(kind):
            yield steps, kind
            return
        for place in range(kind.num_fields):
            yield from below((*steps, kind.field(place).name), kind.field(place).type)

    seen: set[tuple[str, ...]] = set()
    for field in schema:
        for steps, kind in below((field.name,), field.type):
            if steps not in seen:
                seen.add(steps)
                yield steps, kind


def _is_text(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    strings = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in strings) or _is_binary(kind)


def _is_binary(kind: "pa.DataType") -> bool:
    """Whether a column holds bytes: pictures, or texts of a writer that does not say so."""
    import pyarrow as pa

    return any(test(kind) for test in (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view))


def _may_be_told_by_values(kind: "pa.DataType") -> bool:
    """Whether the values of a column are worth reading to tell what it holds: not pictures, vectors or dates."""
    import pyarrow as pa

    return pa.types.is_integer(kind) or (_is_text(kind) and not _is_binary(kind))


def _batches(source: "pq.ParquetFile", paths: Iterable[tuple[str, ...]], size: int) -> "Iterator[pa.RecordBatch]":
    """The rows of a file, so many together, with the columns that ``paths`` lead to."""
    batches: Iterator[pa.RecordBatch] = source.iter_batches(size, columns=[".".join(steps) for steps in paths])
    return (batch for batch in batches if batch.num_rows)


def _values(batch: "pa.RecordBatch", steps: tuple[str, ...]) -> list[Any]:
    """The values of a column; ``BAD`` where a text is not UTF-8."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = batch.column(batch.schema.names.index(steps[0]))
    for step in steps[1:]:
        array = pc.struct_field(array, step)
    try:
        values: list[Any] = array.to_pylist()
    except UnicodeDecodeError:
        if pa.types.is_dictionary(array.type):
            array = array.dictionary_decode()
        values = array.cast(pa.binary()).to_pylist()
    return [_text(value) if isinstance(value, bytes) else value for value in values]


def _text(value: bytes) -> str | _Bad:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return BAD


def _plain(value: Any) -> Any:
    """The value in a type of JSON: of dates, decimals and the like, what they are written as."""
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _options(source: "pq.ParquetFile") -> dict[str, Any]:
    """How to write a file so that it has the same schema, and is packed as this one is.

    Raises:
        ReadError: its schema cannot be written by pyarrow as it is.
    """
    import pyarrow.parquet as pq

    metadata, schema = source.metadata, source.schema
    group = metadata.row_group(0) if metadata.num_row_groups else None
    columns = [group.column(number) for number in range(metadata.num_columns)] if group else []
    dictionaries = [column.path_in_schema for column in columns if column.has_dictionary_page]
    options = {
        "version": metadata.format_version,
        "compression": {column.path_in_schema: _codec(column) for column in columns},
        "use_dictionary": dictionaries or not columns,
        "column_encoding": {
            column.path_in_schema: encoding
            for column in columns
            if not column.has_dictionary_page
            for encoding in ENCODINGS.intersection(column.encodings)
        }
        or None,
        "write_statistics": [column.path_in_schema for column in columns if column.is_stats_set] or not columns,
        "write_page_index": any(column.has_column_index for column in columns),
        "sorting_columns": (group.sorting_columns if group else None) or None,
        "store_schema": b"ARROW:schema" in (metadata.metadata or {}),
        "use_deprecated_int96_timestamps": any(
            schema.column(number).physical_type == "INT96" for number in range(metadata.num_columns)
        ),
    }
    for compliant in (True, False):
        options["use_compliant_nested_type"] = compliant
        empty = BytesIO()
        with pq.ParquetWriter(empty, source.schema_arrow, **options):
            pass
        if pq.ParquetFile(empty).schema.equals(schema):
            return options
    raise ReadError("its schema cannot be written again as it is: write the file anew with pyarrow first")


def _codec(column: "pq.ColumnChunkMetaData") -> str:
    return "NONE" if column.compression == "UNCOMPRESSED" else str(column.compression)


def _replaced(table: "pa.Table", steps: tuple[str, ...], texts: Mapping[int, str]) -> "pa.Table":
    """The table with some texts of a column replaced, by the number of their row from 0."""
    import pyarrow as pa

    place = table.schema.names.index(steps[0])
    field = table.schema.field(place)
    chunks, first = [], 0
    for chunk in table.column(place).chunks:
        own = {row - first: text for row, text in texts.items() if first <= row < first + len(chunk)}
        chunks.append(_put(chunk, steps[1:], own) if own else chunk)
        first += len(chunk)
    return table.set_column(place, field, pa.chunked_array(chunks, type=field.type)).unify_dictionaries()


def _put(array: "pa.Array", steps: tuple[str, ...], texts: Mapping[int, str]) -> "pa.Array":
    import pyarrow as pa

    if steps:
        kind = array.type
        fields = [kind.field(number) for number in range(kind.num_fields)]
        children = [array.field(number) for number in range(kind.num_fields)]
        place = kind.get_field_index(steps[0])
        children[place] = _put(children[place], steps[1:], texts)
        return pa.StructArray.from_arrays(children, fields=fields, mask=array.is_null())
    if pa.types.is_dictionary(array.type):
        return _put(array.dictionary_decode(), (), texts).dictionary_encode().cast(array.type)
    pieces, done = [], 0
    for row, text in sorted(texts.items()):
        value = text.encode() if _is_binary(array.type) else text
        pieces += [array.slice(done, row - done), pa.array([value], array.type)]
        done = row + 1
    return pa.concat_arrays([*pieces, array.slice(done)])
