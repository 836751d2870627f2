"""Record files: many documents in one file, read part by part.

A file of JSON lines is read where it lies. Any other record file, and one that is compressed, is first *unpacked* into
JSON lines in the run's temporary folder: from there any record can be read again at once, which Parquet and compressed
files do not allow, and there is one way from a record to its documents.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from newslint.readers.fields import Fields

#: Records that are looked at to tell which field is which.
SAMPLE = 100
#: Bytes of JSON lines that are read, checked and, for a corpus rule, read again together.
PART = 1 << 16


class Layout(NamedTuple):
    """How a record file is laid out.

    Attributes:
        fields: what is read of each record.
        guessed: which of them were guessed, in words: ``text from /body``.
        unpacked: whether the lines that are read are ``Row`` of an unpacked file, not the file's own.
        dialect: what else the format's reader has to know to write the file again.
        encoding: how its text is encoded, where that was guessed.
    """

    fields: Fields
    guessed: tuple[str, ...] = ()
    unpacked: bool = False
    dialect: Any = None
    encoding: str = ""


class Part(NamedTuple):
    """Some records of a file, whole lines of JSON.

    Attributes:
        start, end: its bytes in ``file``.
        index: the number of its first record, from 0.
        line: the physical line where that begins, from 1; of an unpacked file each record says its own.
        layout: how the file is laid out.
        file: where the lines lie: the file itself, or what it was unpacked to.
        large: whether it is one record that is too large to be read.
    """

    start: int
    end: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which a part has no use for
    line: int
    layout: Layout
    file: str
    large: bool = False


class Row(NamedTuple):
    """A record as it is unpacked: its physical line from 1, and its fields, or in words why it has none."""

    line: int
    record: Mapping[str, Any] | str


class Change(NamedTuple):
    """The new texts of a record: its number from 0, and text by field."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which a change has no use for
    texts: Mapping[str, str]


class RecordReader(ABC):
    """What the target of a ``ReaderRef`` with ``records`` must be an instance of.

    Attributes:
        field: what the format calls a field: ``field`` or ``column``.
    """

    field: str = "column"

    @abstractmethod
    def layout(self, file: BinaryIO, wanted: Fields) -> Layout:
        """How a file is laid out.

        Args:
            file: the file, seekable; where it was compressed, what it holds.
            wanted: what the user says about its fields.

        Raises:
            ReadError: it is no file of this format, or has no such fields.
        """

    def unpack(self, file: BinaryIO, layout: Layout) -> Iterator[Row]:
        """The records of a file, in order, with the fields that its layout names; where that says ``unpacked``.

        Raises:
            ReadError: the file is damaged; what came before stands.
        """
        raise NotImplementedError

    def rewrite(self, file: BinaryIO, target: BinaryIO, layout: Layout, changes: Iterable[Change]) -> None:
        """Write an unpacked file again with some texts changed, and all else as it was.

        Args:
            file: the file; where it was compressed, what it holds.
            target: where to write it.
            layout: how it is laid out.
            changes: in the order of the records.

        Raises:
            ReadError: the file cannot be written so.
        """
        raise NotImplementedError


def names(fields: Fields) -> tuple[str, ...]:
    """The fields that are read, each once."""
    return tuple(dict.fromkeys(filter(None, (*fields.text, fields.id, fields.title, fields.language))))
