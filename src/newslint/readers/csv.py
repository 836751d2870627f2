"""Separated values (.csv, .tsv): a header, and a record a row, which may go over several lines."""

import codecs
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import islice
from typing import BinaryIO, TextIO

from newslint.readers import ReadError
from newslint.readers.cells import Dialect, Found, edited, records
from newslint.readers.decode import MARKS, SAMPLE, decode
from newslint.readers.fields import Fields, nested, settle, tokens
from newslint.readers.records import SAMPLE as MOST
from newslint.readers.records import Change, Layout, RecordReader, Row, names

#: Marks that say which way the bytes go, with the encoding that says so by its name.
DIRECTED = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
#: A column of a longer name is none: the first line is no header.
LONGEST = 100
#: One NUL byte in so many others makes a file binary.
NULS = 1000


class SeparatedValues(RecordReader):
    """Reads separated values.

    Args:
        delimiters: what may stand between cells, the likelier first.
    """

    field = "column"

    def __init__(self, delimiters: str) -> None:
        self._delimiters = delimiters

    def layout(self, file: BinaryIO, wanted: Fields) -> Layout:
        """How a file is laid out, by its first records.

        Raises:
            ReadError: it is binary, has no header, or no such columns.
        """
        plain, guessed = _encoding(file)
        dialect, sample = self._dialect(file, plain)
        if not sample:
            return Layout(wanted._replace(text=wanted.text or ("text",)), (), True, dialect)
        header, rows = _header(sample[0]), sample[1:]
        # Of a file without records, the names of its columns are all there is to go by.
        found = [row for row in rows if _fits(row, header)] or [Found(0, [""] * len(header), "")]
        fields, guesses = settle(wanted, [_record(header, row) for row in found], self.field)
        return Layout(fields, guesses, True, dialect, dialect.encoding if guessed else "")

    def unpack(self, file: BinaryIO, layout: Layout) -> Iterator[Row]:
        """The records of a file.

        Raises:
            ReadError: it cannot be cut into records any further.
        """
        with _text(file, layout.dialect) as stream:
            found = filter(_is_record, records(stream, layout.dialect))
            header = _header(next(found, Found(1, (), "")))
            columns = _columns(header, layout)
            for row in found:
                if isinstance(row.cells, str):
                    yield Row(row.line, row.cells)
                elif len(row.cells) != len(header):
                    yield Row(row.line, f"has {_count(row.cells)}, the header has {len(header)}")
                else:
                    yield Row(row.line, nested((steps, row.cells[place]) for steps, place in columns.values()))

    def rewrite(self, file: BinaryIO, target: BinaryIO, layout: Layout, changes: Iterable[Change]) -> None:
        """Write a file again: the changed cells anew, in quotes where they were, and all else byte for byte.

        Raises:
            ReadError: its bytes are not those that its text has, or a text cannot be written in its encoding.
        """
        dialect: Dialect = layout.dialect
        _check_bytes(file, dialect)
        target.write(dialect.mark)
        pending = iter(changes)
        change = next(pending, None)
        with _text(file, dialect) as stream:
            number = -2
            columns: Mapping[str, tuple[Sequence[str], int]] = {}
            for found in records(stream, dialect):
                raw = found.raw
                if _is_record(found):
                    number += 1
                    columns = columns or _columns(_header(found), layout)
                    if change and change.index == number:
                        texts = {columns[name][1]: text for name, text in change.texts.items()}
                        raw = edited(found, dialect, texts)
                        change = next(pending, None)
                target.write(_encoded(raw, dialect))

    def _dialect(self, file: BinaryIO, plain: Dialect) -> tuple[Dialect, list[Found]]:
        """How a file is written, and its first records: all cells in quotes, or some, is likelier than none."""
        dialect, sample = max((self._sample(file, plain, mark) for mark in self._delimiters), key=_fit)
        if _fit((dialect, sample))[1] < 1:
            bare = max((self._sample(file, plain._replace(quoted=False), mark) for mark in self._delimiters), key=_fit)
            if _fit(bare) == (True, 1) and not any(map(_in_quotes, bare[1])):
                return bare
        return dialect, sample

    def _sample(self, file: BinaryIO, plain: Dialect, delimiter: str) -> tuple[Dialect, list[Found]]:
        dialect = plain._replace(delimiter=delimiter)
        sample: list[Found] = []
        # With the wrong delimiter quotes may seem not to close; what is wrong with the right one shows later.
        with suppress(ReadError), _text(file, dialect) as stream:
            sample.extend(islice(filter(_is_record, records(stream, dialect)), MOST + 1))
        return dialect, sample


READER = SeparatedValues(",;\t|")
TABS = SeparatedValues("\t")


def _encoding(file: BinaryIO) -> tuple[Dialect, bool]:
    """The encoding of a file, and whether it is a guess, by the first lines that hold more than ASCII.

    Raises:
        ReadError: the file is binary.
    """
    file.seek(0)
    start = file.read(4)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return Dialect(DIRECTED.get(mark, encoding.removesuffix("-sig")), mark), False
    file.seek(0)
    while (sample := file.read(SAMPLE)) and sample.isascii() and b"\0" not in sample:
        pass
    if sample.count(b"\0") * NULS > len(sample):
        raise ReadError("looks binary (it holds NUL bytes): convert it to UTF-8 text")
    # Whole lines: elsewhere a cut could halve a character.
    sample += file.readline(SAMPLE)
    try:
        # Nothing in the middle of a file, or after a NUL, is a byte order mark.
        found = decode(b" " + sample.replace(b"\0", b" "))
    except ReadError:
        # Damage that the records it is in are reported for.
        return Dialect("utf-8"), False
    return Dialect(found.encoding), found.guessed


@contextmanager
def _text(file: BinaryIO, dialect: Dialect) -> Iterator[TextIO]:
    """The text of a file after its mark, with line ends as they are; bytes that do not decode become surrogates.

    Raises:
        ReadError: it is UTF-16 or UTF-32 and does not decode.
    """
    file.seek(len(dialect.mark))
    errors = "strict" if dialect.mark in DIRECTED else "surrogateescape"
    stream = io.TextIOWrapper(file, dialect.encoding, errors, newline="")
    try:
        yield stream
    except UnicodeDecodeError as error:
        raise ReadError(f"is not {dialect.encoding.upper()} throughout ({error.reason}): convert it to UTF-8") from None
    finally:
        stream.detach()


def _check_bytes(file: BinaryIO, dialect: Dialect) -> None:
    """Make sure that the text of a file has its bytes. That of UTF-8 has, with bytes that do not decode as surrogates.

    Raises:
        ReadError: it has others.
    """
    if dialect.encoding == "utf-8":
        return
    before, after = blake2b(), blake2b()
    with _text(file, dialect) as stream:
        while text := stream.read(1 << 20):
            after.update(_encoded(text, dialect))
    file.seek(len(dialect.mark))
    while data := file.read(1 << 20):
        before.update(data)
    if before.digest() != after.digest():
        raise ReadError(f"its bytes are not those that its text has in {dialect.encoding}: convert it to UTF-8 first")


def _encoded(text: str, dialect: Dialect) -> bytes:
    try:
        return text.encode(dialect.encoding, "strict" if dialect.mark in DIRECTED else "surrogateescape")
    except UnicodeEncodeError as error:
        reason = f"{dialect.encoding} has no {text[error.start]!r}, which a fix writes: convert it to UTF-8 first"
        raise ReadError(reason) from None


def _is_record(found: Found) -> bool:
    return bool(found.cells)


def _header(found: Found) -> Sequence[str]:
    """The names of the columns.

    Raises:
        ReadError: the line holds none.
    """
    if isinstance(found.cells, str):
        raise ReadError(f"has no header: its first line {found.cells}")
    header = [name.strip() for name in found.cells]
    if found.cells and (not any(header) or max(map(len, header)) > LONGEST):
        raise ReadError("has no header: its first line must name the columns")
    return header


def _columns(header: Sequence[str], layout: Layout) -> Mapping[str, tuple[Sequence[str], int]]:
    """The columns that are read: steps and number from 0, by the name that the layout has."""
    steps = {name: tokens(name) for name in names(layout.fields)}
    return {name: (own, header.index(own[0])) for name, own in steps.items() if len(own) == 1 and own[0] in header}


def _record(header: Sequence[str], found: Found) -> Mapping[str, str]:
    record: dict[str, str] = {}
    for name, cell in zip(header, found.cells, strict=True):
        if name:
            # Of two columns of one name, the first is read.
            record.setdefault(name, cell)
    return record


def _fits(found: Found, header: Sequence[str]) -> bool:
    return not isinstance(found.cells, str) and len(found.cells) == len(header)


def _fit(sampled: tuple[Dialect, list[Found]]) -> tuple[bool, float]:
    """How well a dialect explains some records: whether it makes columns, and the share of rows that have all."""
    _, sample = sampled
    if not sample or isinstance(sample[0].cells, str):
        return False, 0
    header = sample[0].cells
    return len(header) > 1, sum(_fits(row, header) for row in sample) / len(sample)


def _in_quotes(found: Found) -> bool:
    """Whether a cell of a record stands in quotes as a whole."""
    return any(
        len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', "") for cell in found.cells
    )


def _count(cells: Sequence[str] | str) -> str:
    return f"{len(cells)} cell" + "s" * (len(cells) != 1)
