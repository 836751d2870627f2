"""A progress bar on standard error: only on a terminal, and only when a run lasts."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

#: Seconds after which a run lasts.
PATIENCE = 1.0


class Progress:
    """Counts finished files; shows a bar with the rate and the time left once the run lasts.

    Args:
        total: how many files there are.
        enabled: whether a bar may be shown at all.
    """

    def __init__(self, total: int, *, enabled: bool) -> None:
        self._total = total
        self._enabled = enabled and sys.stderr.isatty()
        self._done = 0
        self._started = time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def advance(self, files: int) -> None:
        """Note that some more files are finished."""
        self._done += files
        if not self._enabled:
            return
        if self._bar is None and time.monotonic() - self._started > PATIENCE:
            self._show()
        if self._bar is not None and self._task is not None:
            rate = self._done / (time.monotonic() - self._started)
            self._bar.update(self._task, completed=self._done, rate=f"{rate:.0f}/s")

    def stage(self, name: str) -> None:
        """Say what is done now that all files are read."""
        if self._enabled and self._bar is None and time.monotonic() - self._started > PATIENCE:
            self._show()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=name)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("files {task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("checking", total=self._total, rate="")
        self._bar.start()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
