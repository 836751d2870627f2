"""The findings of a run: sorted, in memory while they are few, in temporary files when they are many."""

import heapq
import pickle
import weakref
from collections.abc import Iterable, Iterator
from typing import IO

from newslint.engine.locate import order
from newslint.model import Finding

#: Findings kept in memory, at about 2 KB each; so many at a time go to disk.
IN_MEMORY = 50_000
#: Findings read back from each file at a time.
CHUNK = 500


class Findings:
    """A collection that is iterated in the order of reports, as often as wanted.

    An external merge sort (Knuth, The Art of Computer Programming, vol. 3, 5.4): sorted runs on disk, merged when read.
    """

    def __init__(self) -> None:
        self._recent: list[Finding] = []
        self._runs: list[IO[bytes]] = []
        weakref.finalize(self, _close, self._runs)
        self._count = 0

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings, in any order.

        Raises:
            OSError: the temporary folder is full or cannot be written.
        """
        for finding in findings:
            self._recent.append(finding)
            self._count += 1
            if len(self._recent) >= IN_MEMORY:
                self._spill()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Finding]:
        self._recent.sort(key=order)
        if not self._runs:
            return iter(self._recent)
        return heapq.merge(*map(_read, self._runs), self._recent, key=order)

    def _spill(self) -> None:
        from tempfile import TemporaryFile

        self._recent.sort(key=order)
        run = TemporaryFile(prefix="newslint-")  # noqa: SIM115 - it lives as long as the collection
        for start in range(0, len(self._recent), CHUNK):
            pickle.dump(self._recent[start : start + CHUNK], run, pickle.HIGHEST_PROTOCOL)
        self._runs.append(run)
        self._recent = []


def _close(runs: Iterable[IO[bytes]]) -> None:
    for run in runs:
        run.close()


def _read(run: IO[bytes]) -> Iterator[Finding]:
    """The findings of one run. Several readers may be under way, so each keeps its own place."""
    place = 0
    while True:
        run.seek(place)
        try:
            chunk: list[Finding] = pickle.load(run)  # noqa: S301 - we wrote it, into a file that has no name
        except EOFError:
            return
        place = run.tell()
        yield from chunk
