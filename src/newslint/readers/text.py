"""Plain text: one file, one document."""

from collections.abc import Iterable

from newslint.document import Document
from newslint.readers.decode import decode


def read(path: str, data: bytes, language: str | None) -> Iterable[Document]:
    """Read a text file.

    Raises:
        ReadError: the file is not text.
    """
    text, encoding, guessed = decode(data)
    yield Document(path, text, language=language, encoding=encoding, guessed=guessed)
