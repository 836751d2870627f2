"""How far the reading of a workspace is, in the editor's status line."""

import asyncio
import os

from lsprotocol import types
from pygls.lsp.server import LanguageServer


class Progress:
    """Told by the thread that reads, shown by the protocol's.

    Args:
        server: whose client shows it.
        loop: the protocol's.
    """

    def __init__(self, server: LanguageServer, loop: asyncio.AbstractEventLoop) -> None:
        self._shown = server.work_done_progress
        self._loop = loop
        self._token = f"newslint-{os.urandom(6).hex()}"
        self._done = self._total = 0
        self._share = -1
        self._task: asyncio.Task[None] | None = None
        self._begun = self._closed = self._ended = False

    def __call__(self, done: int, total: int) -> None:
        """So many of so many files are read."""
        self._done, self._total = done, total
        share = 100 * done // max(total, 1)
        if share > self._share:
            self._share = share
            self._loop.call_soon_threadsafe(self._say)

    def close(self) -> None:
        """All is read, or nobody wants it any more."""
        self._closed = True
        self._loop.call_soon_threadsafe(self._say)

    def _say(self) -> None:
        if self._share < 0 or self._ended:
            return
        if self._task is None:
            self._task = self._loop.create_task(self._begin())
        elif self._begun and self._closed:
            self._ended = True
            self._shown.end(self._token, types.WorkDoneProgressEnd(message=f"{self._done} articles"))
        elif self._begun:
            message = f"{self._done} of {self._total}"
            self._shown.report(self._token, types.WorkDoneProgressReport(message=message, percentage=self._share))

    async def _begin(self) -> None:
        await self._shown.create_async(self._token)
        self._shown.begin(self._token, types.WorkDoneProgressBegin("newslint: reading articles", percentage=0))
        self._begun = True
        self._say()
