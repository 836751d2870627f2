"""Bytes to text."""

import codecs

import pytest

from newslint.readers import ReadError
from newslint.readers.decode import decode

TEXT = "Le préfet a été prévenu à l'aube ; l'école où dînait le maître a brûlé, hélas.\n" * 5


def test_utf8_with_and_without_mark() -> None:
    assert decode(TEXT.encode()) == (TEXT, "utf-8", False)
    assert decode(codecs.BOM_UTF8 + TEXT.encode()) == (TEXT, "utf-8-sig", False)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_byte_order_marks_are_no_guess(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, encoding, False)


def test_a_guess_is_called_one() -> None:
    text, _, guessed = decode(TEXT.encode("cp1252"))
    assert text == TEXT
    assert guessed


@pytest.mark.parametrize("data", [b"\x7fELF\0\0\1", b"text\0text", codecs.BOM_UTF8 + b"\xff\xfe\xff"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        decode(data)


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"") == ("", "utf-8", False)


def test_damaged_utf8_is_refused_rather_than_guessed() -> None:
    with pytest.raises(ReadError, match="is UTF-8, but not at byte"):
        decode(TEXT.encode() + b"\xc3")
    with pytest.raises(ReadError, match="is UTF-8, but not at byte"):
        decode(TEXT.encode().replace(b"\xc3\xbb", b"\xfb", 1))


def test_a_late_accent_is_enough_for_a_guess() -> None:
    data = b"Plain words only, line by line.\n" * 20_000 + "L'été dernier, le préfet était là.\n".encode("cp1252")
    text, _, guessed = decode(data)
    assert guessed
    assert text.endswith("L'été dernier, le préfet était là.\n")
