"""The documents that are open in an editor."""

import asyncio
import os
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls import uris

from newslint.server.examiner import Text
from newslint.server.project import Project

if TYPE_CHECKING:
    from newslint.server.diagnostics import Shown

#: Texts that are no files, or whose ending says nothing, by the language that the editor takes them for.
LANGUAGES = {"markdown": ".md", "plaintext": ".txt", "text": ".txt"}


class Sheet:
    """A document that is open in the editor, and what was last shown of it."""

    def __init__(self, document: types.TextDocumentItem, path: str, project: Project, *, saved: bool) -> None:
        self.uri = document.uri
        self.path = path
        self.saved = saved
        self.project = project
        self.version = document.version
        self.source = document.text
        #: Counts what was asked about it: only the last question is answered.
        self.asked = 0
        self.timer: asyncio.TimerHandle | None = None
        self.shown: list[Shown] = []
        self.shown_version: int | None = None
        #: Whether other documents had to do with what was shown.
        self.has_others = False

    @property
    def text(self) -> Text:
        """The text as it is now."""
        return Text(self.uri, self.path, self.saved, self.version, self.source)


def place(document: types.TextDocumentItem, suffixes: Container[str], folder: Path) -> tuple[str, bool] | None:
    """Where a document lies, and whether it is a file; None where it is no article.

    Args:
        document: what the editor says of it.
        suffixes: the file name endings that some reader reads.
        folder: where a text that was never saved would lie.
    """
    wanted = LANGUAGES.get(document.language_id)
    parts = urlsplit(document.uri)
    if parts.scheme == "file":
        path = path_of(document.uri)
        known = os.path.splitext(path)[1].lower() in suffixes
        if known or wanted == ".txt":
            return path, True
        return (path + wanted, False) if wanted else None
    if parts.scheme != "untitled" or not wanted:
        return None
    name = os.path.basename(unquote(parts.path)) or "untitled"
    if os.path.splitext(name)[1].lower() not in suffixes:
        name += wanted
    return str(folder / name), False


def path_of(uri: str) -> str:
    """The absolute path that a file's address means; empty for other addresses."""
    path = uris.to_fs_path(uri) if urlsplit(uri).scheme == "file" else None
    return os.path.normpath(path) if path else ""
