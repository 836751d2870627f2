"""Lines, positions and spans of documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.document import Document
from newslint.model import Position, Span


def texts() -> st.SearchStrategy[str]:
    return st.text(st.sampled_from("ab é\u0301漢😀\n\r\t\u0085\u2028\u00a0.«»")).filter(bool)


def test_lines_end_at_three_line_ends_only() -> None:
    document = Document("a.txt", "un\ndeux\r\ntrois\rquatre\u0085encore\u2028encore\x0cfin")
    assert [line.text for line in document.lines] == ["un", "deux", "trois", "quatre\u0085encore\u2028encore\x0cfin"]


def test_a_last_line_end_starts_no_line() -> None:
    assert [line.text for line in Document("a.txt", "un\n").lines] == ["un"]
    assert [line.text for line in Document("a.txt", "un\n\n").lines] == ["un", ""]


def test_columns_count_code_points() -> None:
    document = Document("a.txt", "é😀漢x\ny")
    assert document.location(Span(3, 4)).start == Position(1, 4)
    assert document.location(Span(4, 6)).end == Position(2, 2)


def test_a_span_outside_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        Document("a.txt", "abc").location(Span(2, 4))


def test_a_mask_keeps_the_length() -> None:
    with pytest.raises(ValueError, match="masked"):
        Document("a.txt", "abc", text="ab")


@given(texts(), st.data())
def test_positions_lead_back_to_offsets(text: str, data: st.DataObject) -> None:
    document = Document("a.txt", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    location = document.location(Span(start, end))
    back = [document.lines[place.line - 1].start + place.column - 1 for place in (location.start, location.end)]
    assert back == [start, end]


@given(texts())
def test_lines_hold_all_but_line_ends(text: str) -> None:
    lines = Document("a.txt", text).lines
    assert "".join(line.text for line in lines) == text.replace("\r", "").replace("\n", "")
    assert all(text[line.start : line.end] == line.text for line in lines)


def test_a_stated_language_is_believed() -> None:
    document = Document("a.txt", "Ein kurzer Satz.", language="nl")
    assert (document.language, document.language_confidence) == ("nl", 1.0)
