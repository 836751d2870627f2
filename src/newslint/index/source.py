"""Where documents of an index come from: a file, or a part of a record file."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Source(NamedTuple):
    """A file, or a part of a record file.

    Attributes:
        path: from the index' root, with forward slashes; bytes that are no UTF-8 as surrogates.
        digest: the hash of its bytes: 16 bytes.
        documents: how many documents it holds.
        size: the file's bytes.
        time: when the file was last modified, in ns.
        part: of a record file, which part it is and how it is read; None: the whole file.
        text: its bytes, where the index keeps them.
    """

    path: str
    digest: bytes
    documents: int
    size: int
    time: int
    part: Mapping[str, Any] | None = None
    text: bytes | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether it cannot be read again where its file lies: records of a table, or of a compressed file."""
        return bool(self.part and self.part["elsewhere"])
