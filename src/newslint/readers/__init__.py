"""Readers: bytes to documents, one file per format.

A reader is a function ``read(path, data, language) -> Iterable[Document]``: the path that reports show, the file's
bytes, and the language that the configuration states, if any. It raises ``ReadError`` with a message that says what to
do.
"""

import os
from collections.abc import Container, Iterable
from typing import Protocol

from newslint.document import Document


class ReadError(Exception):
    """A file cannot be read as what it should be. The message says why and what to do, without the path."""


class Reader(Protocol):
    """What a reader's target must be."""

    def __call__(self, path: str, data: bytes, language: str | None) -> Iterable[Document]:
        """Read one file."""
        ...


def ending(path: str, known: Container[str]) -> str:
    """The ending of a file's name that tells its reader, in lower case: ``.jsonl`` or ``.jsonl.gz``.

    Args:
        path: the file.
        known: the endings that some reader reads.
    """
    stem, last = os.path.splitext(path.lower())
    double = os.path.splitext(stem)[1] + last
    return double if double in known else last
