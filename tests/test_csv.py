"""Separated values: what is read of them, what is said of broken ones, and fixes that leave the rest byte for byte."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.readers import ReadError, cells
from newslint.readers.cells import Dialect
from newslint.readers.csv import READER, TABS, SeparatedValues
from newslint.readers.fields import Fields, NoTextError
from newslint.readers.records import Change, Layout, Row

ANY = Fields(id="")


def layout(data: bytes, wanted: Fields = ANY, reader: SeparatedValues = READER) -> Layout:
    return reader.layout(io.BytesIO(data), wanted)


def rows(data: bytes, wanted: Fields = ANY, reader: SeparatedValues = READER) -> list[tuple[int, Any]]:
    found = reader.unpack(io.BytesIO(data), layout(data, wanted, reader))
    return [(row.line, row.record if isinstance(row.record, str) else row.record.get("text")) for row in found]


def rewritten(data: bytes, texts: Mapping[int, str], reader: SeparatedValues = READER) -> bytes:
    target = io.BytesIO()
    changes = [Change(index, {"text": text}) for index, text in sorted(texts.items())]
    reader.rewrite(io.BytesIO(data), target, layout(data, reader=reader), changes)
    return target.getvalue()


class TestReads:
    @pytest.mark.parametrize("delimiter", list(",;\t|"))
    def test_any_delimiter(self, delimiter: str) -> None:
        data = f'id{delimiter}text\n1{delimiter}"one, two; three | four"\n2{delimiter}five\n'.encode()
        assert rows(data) == [(2, "one, two; three | four"), (3, "five")]

    def test_tabs_alone_in_tsv(self) -> None:
        assert rows(b"id;a\ttext\n1;b\tone\n", reader=TABS) == [(2, "one")]

    def test_cells_over_several_lines_count_from_the_first(self) -> None:
        assert rows(b'text,id\r\n"one\r\ntwo\nthree",1\r\n\r\nfour,2') == [(2, "one\r\ntwo\nthree"), (6, "four")]

    def test_carriage_returns_alone(self) -> None:
        assert rows(b"text,id\rone,1\rtwo,2\r") == [(2, "one"), (3, "two")]

    def test_quotes_doubled(self) -> None:
        assert rows(b'id,text\n1,"she said ""yes"""\n2,\n') == [(2, 'she said "yes"'), (3, "")]

    def test_quotes_that_mean_nothing(self) -> None:
        data = b'id\ttext\n1\t"Yes" is what she said\n2\tand "no"\n3\t"open\n'
        assert rows(data, reader=TABS) == [(2, '"Yes" is what she said'), (3, 'and "no"'), (4, '"open')]

    def test_a_single_column(self) -> None:
        assert rows(b"text\none\n\ntwo\n") == [(2, "one"), (4, "two")]

    def test_the_first_of_two_columns_of_a_name(self) -> None:
        assert rows(b"text,text\none,two\n") == [(2, "one")]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
    def test_encodings_that_say_so(self, encoding: str) -> None:
        text = "id,text\n1,un été à l’île\n"
        data = ("\ufeff" * (encoding == "utf-16-be") + text).encode(encoding)
        assert rows(data) == [(2, "un été à l’île")]
        assert layout(data).encoding == ""

    def test_a_guessed_encoding(self) -> None:
        text = "Le maire a été réélu à la tête de la forêt, où les chênes ont brûlé cet été. " * 3
        data = ("id,text\n" + "".join(f'{number},"{text}"\n' for number in range(20))).encode("cp1252")
        assert rows(data)[7] == (9, text)
        assert layout(data).encoding

    def test_ascii_for_long_before_anything_else(self) -> None:
        data = b"id,text\n" + b"1,plain\n" * 50_000 + "2,été\n".encode()
        assert rows(data)[-1] == (50_002, "été")

    def test_names_of_columns(self) -> None:
        assert layout(b"ID , Body,lang\n1,one,fr\n") == Layout(
            Fields(("Body",), None, None, "lang"), ("text from Body", "language from lang"), True, Dialect("utf-8")
        )

    def test_a_header_alone(self) -> None:
        assert rows(b"id,text\n") == []
        with pytest.raises(NoTextError, match="looks like an article's text, only id, price"):
            layout(b"id,price\n")

    def test_nothing_at_all(self) -> None:
        assert rows(b"") == []
        assert rows(b"\n\n") == []


class TestBroken:
    def test_cells_too_many_or_too_few(self) -> None:
        data = b"id,text,lang\n1,one,fr\n2,two, too,fr\n3\n4,four,fr\n"
        found = [(3, "has 4 cells, the header has 3"), (4, "has 1 cell, the header has 3")]
        assert rows(data) == [(2, "one"), *found, (5, "four")]

    def test_a_quote_that_is_never_closed_is_one_record(self) -> None:
        data = b'id,text\n1,"one"\n2,"two\n3,three\n4,four\n'
        assert rows(data) == [(2, "one"), (3, "opens a quote that is never closed"), (4, "three"), (5, "four")]

    def test_one_that_the_next_cell_closes(self) -> None:
        data = b'id,text\n1,"one\n2,"two\nand more"\n3,"three"\n'
        reason = "has a quote in a quoted cell that is not doubled, or one that is never closed"
        assert rows(data) == [(2, reason), (3, "two\nand more"), (5, "three")]

    def test_the_lines_of_a_broken_record_are_its_own(self) -> None:
        data = b'id,"text",lang\n1,"a ""b" c\nsecond line\n\nthird",fr\n2,two,fr\n'
        assert [line for line, _ in rows(data)] == [2, 6]

    def test_bytes_that_do_not_decode(self) -> None:
        data = "id,text\n1,été\n".encode() + b"2,\xe9t\xe9\n" + "3,été\n".encode() * 50
        assert rows(data)[:3] == [(2, "été"), (3, "is not UTF-8 at byte 3"), (4, "été")]

    def test_a_quote_open_over_more_than_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cells, "MOST", 5000)
        data = b'id,"text"\n1,"one\n' + b"2,two\n" * 2000
        found = rows(data)
        assert found[0] == (2, "opens a quote that is never closed")
        assert found[1:] == [(number + 3, "two") for number in range(2000)]

    def test_quotes_that_open_again_and_again_end_the_reading(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cells, "MOST", 5000)
        data = b'id,"text"\n' + b"1,one\n" * 200 + b'3,x","\n' * 8000
        found = READER.unpack(io.BytesIO(data), layout(data))
        with pytest.raises(ReadError, match="too many quotes that do not close: it was not read from line"):
            list(found)

    def test_not_with_the_wrong_delimiter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cells, "MOST", 2000)
        # Cut at semicolons, a quote opens in each second line and none is ever closed.
        data = b"id,text\n" + b'1,x;";";y\n' * 5000
        assert rows(data)[4999] == (5001, 'x;";";y')

    def test_an_endless_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cells, "MOST", 5000)
        with pytest.raises(ReadError, match="has a line of more than"):
            rows(b"id,text\n1," + b"x" * 6000)

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"PK\x03\x04" + b"\0\1" * 100, "looks binary"),
            ("id,text\n1,a\n".encode("utf-16-le"), "looks binary"),
            (b"\xff\xfei\0d\0,", "is not UTF-16-LE throughout"),
            (b'"id,text\n"1","a"\n', "has no header"),
            (b"1," + b"a long text " * 20 + b"\n", "has no header"),
            (b",,\n1,2,3\n", "has no header"),
        ],
    )
    def test_what_is_no_csv(self, data: bytes, reason: str) -> None:
        with pytest.raises(ReadError, match=reason):
            rows(data)

    def test_a_column_that_is_not_there(self) -> None:
        with pytest.raises(ReadError, match=r"has no column corps in its first 1 records; it has id, text: mend"):
            layout(b"id,text\n1,a\n", Fields(("corps",)))


#: Texts with all that makes trouble; CSV knows no difference between an empty cell and none.
TEXT = st.text(st.sampled_from("ab é\u2028\"',;\t|\n\r"), max_size=12)
LINE_ENDS = st.sampled_from(["\n", "\r\n"])


def written(table: Sequence[Sequence[str]], delimiter: str, end: str, quoted: bool) -> tuple[bytes, list[int]]:
    """The table as a file, and the line that each row begins on. (The library leaves a lone CR without quotes.)"""
    text, starts = "", []
    for row in table:
        starts.append(len(re.findall("\r\n|\n|\r", text)) + 1)
        text += delimiter.join(cell(each, delimiter, quoted) for each in row) + end
    return text.encode(), starts


def cell(text: str, delimiter: str, quoted: bool) -> str:
    return '"' + text.replace('"', '""') + '"' if quoted or set(text) & {*'"\r\n', delimiter} else text


class TestRewrites:
    def test_only_the_cells_that_change(self) -> None:
        data = '\ufeffid,text,"lang"\r\n\r\n1,"été ""x""",fr\r\n2, b ,fr\r\n3,"two\r\nlines","fr"'.encode()
        expected = data.replace(b" b ,", b'"b, c",').replace(b'"two\r\nlines"', b'"one ""line"""')
        assert rewritten(data, {1: "b, c", 2: 'one "line"'}) == expected

    def test_broken_records_stay_as_they_are(self) -> None:
        data = b'id,text\n1,"a" b"\n2,\xe9\n3,x,y\n4,four\n5,"fi\nve\n' + "6,été\n".encode() * 20
        index = [text for _, text in rows(data)].index("four")
        assert rewritten(data, {index: "4"}) == data.replace(b"four", b"4")

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252"])
    def test_in_the_encoding_it_had(self, encoding: str) -> None:
        text = "Le maire a été réélu à la tête de la forêt, où les chênes ont brûlé cet été."
        data = ("id,text\r\n" + f'1,"{text}"\r\n' * 30).encode(encoding)
        expected = ("id,text\r\n" + f'1,"{text}"\r\n' + '1,"été"\r\n' + f'1,"{text}"\r\n' * 28).encode(encoding)
        assert rewritten(data, {1: "été"}) == expected

    def test_not_what_the_encoding_has_not(self) -> None:
        text = "Le maire a été réélu à la tête de la forêt, où les chênes ont brûlé cet été."
        data = ("id,text\r\n" + f'1,"{text}"\r\n' * 30).encode("cp1252")
        with pytest.raises(ReadError, match="has no 'ж', which a fix writes"):
            rewritten(data, {0: "ж"})

    def test_not_what_cells_without_quotes_cannot_hold(self) -> None:
        data = b'id\ttext\n1\t"Yes" is what she said\n2\tand "no"\n'
        assert rewritten(data, {1: '"no"'}, TABS) == data.replace(b'and "no"', b'"no"')
        with pytest.raises(ReadError, match="cannot hold without quotes"):
            rewritten(data, {1: "a\tb"}, TABS)

    @given(
        st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5), st.dictionaries(st.integers(0, 4), TEXT),
        st.sampled_from(",;\t|"), LINE_ENDS, st.booleans(),
    )  # fmt: skip
    def test_whatever_the_texts(
        self, table: list[tuple[str, str, str]], texts: dict[int, str], delimiter: str, end: str, quoted: bool
    ) -> None:
        # What tells the dialect stands first.
        table = [("id", "text", "lang"), ("1", "one\nand two", "fr"), *table]
        data, starts = written(table, delimiter, end, quoted)
        assert rows(data) == [(line, row[1]) for row, line in zip(table[1:], starts[1:], strict=True)]
        texts = {index: text for index, text in texts.items() if index < len(table) - 1}
        result = rewritten(data, texts)
        expected = [[a, texts.get(number, text), b] for number, (a, text, b) in enumerate(table[1:])]
        assert list(csv.reader(io.StringIO(result.decode(), newline=""), delimiter=delimiter))[1:] == expected
        assert rewritten(result, {index: table[index + 1][1] for index in texts}).count(b'"') >= data.count(b'"')
        assert rewritten(data, {index: table[index + 1][1] for index in texts}) == data


class TestRows:
    def test_what_is_unpacked_has_the_fields_alone(self) -> None:
        data = b"id,text,secret\n1,one,x\n"
        found = list(READER.unpack(io.BytesIO(data), layout(data, Fields())))
        assert found == [Row(2, {"text": "one", "id": "1"})]
