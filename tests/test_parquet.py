"""Parquet: what is read of it, and fixes that keep schema, row groups, compression and all other values."""

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from conftest import ARTICLE, LINK, Run
from newslint.readers import ReadError
from newslint.readers.fields import Fields, NoTextError
from newslint.readers.parquet import READER
from newslint.readers.records import Change, Row

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq = pytest.importorskip("pyarrow.parquet")


def packed(table: Any, **options: Any) -> io.BytesIO:
    stream = io.BytesIO()
    pq.write_table(table, stream, **options)
    stream.seek(0)
    return stream


def rows(file: io.BytesIO, wanted: Fields = Fields()) -> list[Row]:  # noqa: B008
    return list(READER.unpack(file, READER.layout(file, wanted)))


def rewritten(file: io.BytesIO, texts: Mapping[int, str], field: str = "text") -> io.BytesIO:
    target = io.BytesIO()
    layout = READER.layout(file, Fields((field,)))
    READER.rewrite(file, target, layout, [Change(index, {field: text}) for index, text in sorted(texts.items())])
    return target


TEXTS = ["one", None, "three", "four", "", "six"]
TYPES = [
    pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view(),
    pa.dictionary(pa.int8(), pa.string()), pa.dictionary(pa.int32(), pa.large_string()),
]  # fmt: skip


def column(kind: Any) -> Any:
    values = pa.array(TEXTS)
    return values.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else values.cast(kind)


class TestReads:
    @pytest.mark.parametrize("kind", TYPES, ids=str)
    def test_any_kind_of_text(self, kind: Any) -> None:
        found = rows(packed(pa.table({"text": column(kind), "id": range(6)}), row_group_size=4), Fields(("text",)))
        assert [row.record["text"] for row in found if not isinstance(row.record, str)] == TEXTS
        assert found[4] == Row(5, {"text": "", "id": 4})

    def test_texts_in_structs(self) -> None:
        table = pa.Table.from_pylist(
            [{"meta": {"id": "a", "n": 1}, "article": {"body": "one", "more": [1]}}, {"meta": None, "article": None}]
        )
        assert READER.layout(packed(table), Fields()).fields == Fields(("/article/body",), "/meta/id")
        record = {"meta": {"id": None}, "article": {"body": None}}
        expected = [Row(1, {"article": {"body": "one"}, "meta": {"id": "a"}}), Row(2, record)]
        assert rows(packed(table)) == expected

    def test_names_of_any_other_kind(self) -> None:
        table = pa.table({"text": ["one", "two"], "id": [date(2026, 1, 2), None], "n": [Decimal("1.20"), Decimal("3")]})
        assert [row.record for row in rows(packed(table), Fields(id="id"))] == [
            {"text": "one", "id": "2026-01-02"}, {"text": "two", "id": None},
        ]  # fmt: skip
        assert rows(packed(table), Fields(id="n"))[0].record == {"text": "one", "n": "1.20"}

    def test_names_with_dots_and_slashes(self) -> None:
        table = pa.table({"a.b": ["x" * 300], "a": [{"b": "y", "/": "z"}], "/id": ["1"]})
        assert rows(packed(table), Fields(("a.b", "/a/~1"), "/~1id")) == [
            Row(1, {"a.b": "x" * 300, "a": {"/": "z"}, "/id": "1"})
        ]

    def test_what_is_no_utf_8_is_a_broken_record(self) -> None:
        raw = pa.array([b"one", b"tw\xe9", None, b"four"])
        text = pa.Array.from_buffers(pa.string(), 4, raw.buffers(), raw.null_count)
        for own in (text, raw):
            found = rows(packed(pa.table({"id": range(4), "text": own})), Fields(("text",)))
            assert found[1] == Row(2, "is not UTF-8 in text")
            assert found[3] == Row(4, {"text": "four", "id": 3})

    def test_without_rows(self) -> None:
        assert rows(packed(pa.table({"text": pa.array([], pa.string())}))) == []
        with pytest.raises(NoTextError, match="looks like an article's text, only name, when"):
            rows(packed(pa.table({"name": pa.array([], pa.string()), "when": pa.array([], pa.date32())})))


class TestBroken:
    def test_a_column_that_is_not_there(self) -> None:
        with pytest.raises(ReadError, match=r"has no column body in its first 1 records; it has text, id: mend"):
            rows(packed(pa.table({"text": ["a"], "id": [1]})), Fields(("body",)))

    def test_a_column_of_something_else(self) -> None:
        with pytest.raises(ReadError, match="has no texts in column id, but int64"):
            rows(packed(pa.table({"text": ["a"], "id": [1]})), Fields(("id",)))

    @pytest.mark.parametrize("data", [b"", b"PAR1", b"id,text\n1,one\n" * 9, b"PAR1" + b"\0" * 99 + b"PAR1"])
    def test_what_is_no_parquet(self, data: bytes) -> None:
        with pytest.raises(ReadError, match="is no Parquet file, or was cut short"):
            rows(io.BytesIO(data))

    def test_one_that_was_cut_short(self) -> None:
        data = packed(pa.table({"text": ["a"] * 500})).getvalue()
        with pytest.raises(ReadError, match="is no Parquet file, or was cut short"):
            rows(io.BytesIO(data[:-20]))

    def test_damage_in_the_middle_leaves_what_came_before(self) -> None:
        table = pa.table({"text": [f"{number} {'x' * 500}" for number in range(2000)]})
        data = bytearray(packed(table, row_group_size=500, compression="zstd", use_dictionary=False).getvalue())
        start = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(2).column(0).data_page_offset
        data[start : start + 400] = b"\xff" * 400
        file, found = io.BytesIO(data), []
        with pytest.raises(ReadError, match="is a damaged Parquet file"):
            found.extend(READER.unpack(file, READER.layout(file, Fields())))


class TestRewrites:
    @pytest.mark.parametrize("kind", TYPES, ids=str)
    def test_any_kind_of_text(self, kind: Any) -> None:
        table = pa.table({"a": range(6), "text": column(kind), "z": TEXTS})
        before = packed(table, row_group_size=4)
        file = pq.ParquetFile(rewritten(before, {0: "1", 4: "fünf", 5: ""}))
        assert file.schema_arrow.equals(pq.ParquetFile(before).schema_arrow, check_metadata=True)
        assert [file.metadata.row_group(number).num_rows for number in range(2)] == [4, 2]
        found = [value.decode() if isinstance(value, bytes) else value for value in file.read()["text"].to_pylist()]
        assert found == ["1", None, "three", "four", "fünf", ""]
        assert file.read().drop(["text"]).equals(table.drop(["text"]))

    def test_texts_in_structs(self) -> None:
        records = [{"article": {"body": text, "n": [number]}} for number, text in enumerate(TEXTS)]
        records[2] = {"article": None}
        table = pa.Table.from_pylist(records)
        after = rewritten(packed(table, row_group_size=4), {0: "1", 5: "6"}, "/article/body")
        records[0]["article"]["body"], records[5]["article"]["body"] = "1", "6"
        assert pq.read_table(after).equals(pa.Table.from_pylist(records))

    def test_schema_metadata_and_packing_stay(self) -> None:
        schema = pa.schema(
            [
                pa.field("id", pa.int64(), nullable=False, metadata={"PARQUET:field_id": "7"}),
                pa.field("text", pa.string(), metadata={"made": "by hand"}),
                pa.field("when", pa.timestamp("us", tz="Europe/Paris")),
                pa.field("vector", pa.list_(pa.float32(), 2)),
                pa.field("tags", pa.list_(pa.struct([("name", pa.string()), ("score", pa.decimal128(9, 2))]))),
                pa.field("map", pa.map_(pa.string(), pa.int8())),
            ],
            metadata={"licence": "open"},
        )
        values = {
            "id": [1, 2], "text": ["one", "two"], "when": [1, None], "vector": [[1, 2], None],
            "tags": [[{"name": "a", "score": Decimal("1.50")}], []], "map": [[("a", 1)], None],
        }  # fmt: skip
        table = pa.table(values, schema=schema)
        codecs = {"text": "zstd", "id": "none", "when": "gzip"}
        before = packed(table, compression=codecs, use_dictionary=["text"], version="2.4", write_page_index=True)
        after = rewritten(before, {1: "2"})
        old, new = pq.ParquetFile(before), pq.ParquetFile(after)
        assert new.schema.equals(old.schema)
        assert new.schema_arrow.equals(old.schema_arrow, check_metadata=True)
        assert new.metadata.format_version == old.metadata.format_version
        for number in range(old.metadata.num_columns):
            was, now = (file.metadata.row_group(0).column(number) for file in (old, new))
            assert (now.compression, now.has_dictionary_page, now.is_stats_set, now.has_column_index) == (
                was.compression, was.has_dictionary_page, was.is_stats_set, was.has_column_index,
            )  # fmt: skip
        assert new.read().drop(["text"]).equals(table.drop(["text"]))

    @pytest.mark.parametrize(
        "options",
        [
            {"use_compliant_nested_type": False}, {"use_deprecated_int96_timestamps": True}, {"store_schema": False},
            {"version": "1.0"}, {"column_encoding": {"n": "DELTA_BINARY_PACKED"}, "use_dictionary": False},
            {"compression": "none", "write_statistics": False},
        ],
        ids=str,
    )  # fmt: skip
    def test_however_it_was_written(self, options: dict[str, Any]) -> None:
        table = pa.table(
            {"text": ["one", "two"], "when": pa.array([1, 2], pa.timestamp("us")), "l": [["a"], ["b"]], "n": [1, 2]}
        )
        before = packed(table, **options)
        old, new = pq.ParquetFile(before), pq.ParquetFile(rewritten(before, {0: "1"}))
        assert new.schema.equals(old.schema)
        assert set(new.metadata.metadata or ()) == set(old.metadata.metadata or ())
        assert [new.metadata.row_group(0).column(number).encodings for number in range(4)] == [
            old.metadata.row_group(0).column(number).encodings for number in range(4)
        ]
        assert new.read().drop(["text"]).equals(old.read().drop(["text"]))
        assert new.read()["text"].to_pylist() == ["1", "two"]


def test_end_to_end(newslint: Run, tmp_path: Path) -> None:
    texts = [ARTICLE, LINK, "La séance , a duré trois heures.\n", ARTICLE.replace("samedi", "lundi")]
    table = pa.table({"id": ["a", "b", "c", "d"], "language": ["fr"] * 4, "text": texts, "n": range(4)})
    pq.write_table(table, tmp_path / "press.parquet", row_group_size=2)
    result = newslint("press.parquet", "--isolated", "--output-format", "json", "--fix")
    assert result.status == 1
    assert "press.parquet: guessed: text from text, id from id, language from language" in result.err
    assert [(f["name"], f["location"]["record"]) for f in result.report["findings"]] == [
        ("cross-reference", {"line": 2, "index": 1, "id": "b", "field": "text"}),
        ("near-duplicate", {"line": 4, "index": 3, "id": "d", "field": "text"}),
    ]
    after = pq.ParquetFile(tmp_path / "press.parquet")
    texts[2] = "La séance, a duré trois heures.\n"
    assert after.read().to_pydict() == {**table.to_pydict(), "text": texts}
    assert after.metadata.num_row_groups == 2
