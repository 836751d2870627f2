"""Remote stores (``s3://``, ``gs://`` and whatever else fsspec knows): listing them, and reading what they hold."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from newslint.readers import ReadError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: A scheme has two letters or more: one is a drive of Windows.
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class RemoteError(Exception):
    """A store cannot be reached, or has no such thing. The message says why and what to do, without the URL."""


class RemoteFile(NamedTuple):
    """A file of a store: its URL, and where it lies in the folder that was named; empty where it was named itself."""

    url: str
    inside: str


def is_remote(path: str) -> bool:
    """Whether a path is a URL."""
    return URL.match(path) is not None


def files(url: str) -> Iterator[RemoteFile]:
    """The file of a URL, or all files below it, sorted.

    Raises:
        RemoteError: the store cannot be reached, or has nothing there.
    """
    with _store(url, RemoteError) as (store, path):
        found = store.find(path)
    if not found:
        raise RemoteError("no such file or folder in the store, or nothing lies in it")
    scheme, base = url.split("://", 1)[0], path.rstrip("/")
    for name in sorted(found):
        full = name if is_remote(name) else f"{scheme}://{name}"
        yield RemoteFile(full, name[len(base) :].strip("/"))


def read(url: str, limit: int) -> bytes:
    """The bytes of a file.

    Args:
        url: the file.
        limit: the most bytes that are read.

    Raises:
        ReadError: it cannot be read, or is larger.
    """
    with _store(url, ReadError) as (store, path):
        size = store.size(path)
        if size is not None and size > limit:
            raise ReadError(f"is too large for an article: {size >> 20} MiB; exclude it, or raise `max-file-size`")
        data: bytes = store.cat_file(path)
        return data


def fetch(url: str, target: str) -> None:
    """Write a file to a path of this machine.

    Raises:
        ReadError: it cannot be read.
        OSError: there is no room.
    """
    with _store(url, ReadError) as (store, path):
        store.get_file(path, target)


@contextmanager
def _store(url: str, kind: type[Exception]) -> "Iterator[tuple[AbstractFileSystem, str]]":
    """The store of a URL and the path in it; what goes wrong in the block becomes an error of a kind.

    The libraries below raise errors of their own, of which nothing is known but their words.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise kind("lies in a remote store: pip install 'newslint[remote]' to read it") from None
    try:
        store, path = url_to_fs(url)
        yield store, path
    except (kind, KeyboardInterrupt):
        raise
    except ImportError as error:
        raise kind(f"needs a library for its store that is not installed: {error}") from None
    except FileNotFoundError as error:
        raise kind(f"cannot be found in the store: {_words(error) or 'no such bucket or key'}") from None
    except PermissionError as error:
        raise kind(f"may not be read with the credentials at hand: {_words(error)}") from None
    except Exception as error:
        if isinstance(error, OSError) and error.filename and not is_remote(str(error.filename)):
            # The disk of this machine.
            raise
        raise kind(f"cannot be read from its store: {_words(error) or type(error).__name__}") from None


def _words(error: Exception) -> str:
    """What an error says, on one line."""
    words = (error.strerror or "" if isinstance(error, OSError) and error.errno else "") or str(error)
    return " ".join(words.split())[:300].rstrip(".")
