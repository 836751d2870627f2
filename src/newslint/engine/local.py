"""One machine: a few files in this process, many files over worker processes. Both give the same."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from newslint.engine.examine import Examined, examine
from newslint.engine.open import OpenDocuments, Ticket, Tickets
from newslint.engine.plan import Plan, Task, Workshop
from newslint.model import Problem
from newslint.plugins import RetoldError, describe, load_plugins
from newslint.rule import Columns, CorpusRule, Documents

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Up to this many files, starting workers costs more than it saves.
FEW = 300
#: Files per batch: enough to make the exchange cheap, few enough to keep all workers busy until the end.
BATCH = 64
#: What a part of a record file counts as, in files: as many articles of usual length.
PART = 16
#: Pieces of work that wait for each worker; results that nobody has asked for yet take memory.
WAITING = 4


class WorkerError(Exception):
    """A worker process died. The message says what to do."""


def workers(jobs: int | None, files: int) -> int:
    """How many worker processes to use; 0: none, do it in this one.

    Args:
        jobs: what the user asked for; None: as many as there are processors, once there are many files.
        files: how many files there are.
    """
    if jobs is None:
        if files <= FEW:
            return 0
        affinity = getattr(os, "sched_getaffinity", None)
        jobs = len(affinity(0)) if affinity else os.cpu_count() or 1
    return 0 if jobs <= 1 or files < 2 else min(jobs, files)


class Crew(AbstractContextManager["Crew"]):
    """Does the work of a run: in this process, or over worker processes that live as long as the run.

    Args:
        workshop: the plan, ready to run; workers make their own of the plan.
        jobs: see ``workers``.
        files: how many files there are; a part of a record file counts as ``PART``.
    """

    def __init__(self, workshop: Workshop, jobs: int | None, files: int) -> None:
        self._workshop = workshop
        self._count = workers(jobs, files)
        self._pool = _pool(self._count, workshop.plan) if self._count else None

    def examine(self, tasks: Sequence[tuple[int, Task]], done: Callable[[int], None]) -> Iterator[Examined]:
        """Examine files, batch by batch, in order.

        Args:
            tasks: the files with their numbers.
            done: called with the number of files just finished.
        """
        batches = batches_of(tasks, self._count)
        if self._pool is None:
            results: Iterator[Examined] = (examine(self._workshop, batch, keep=True) for batch in batches)
        else:
            results = self._run(examine, batches)
        for batch, examined in zip(batches, results, strict=True):
            yield examined
            done(len(batch))

    def documents(self, tickets: Tickets, problems: list[Problem]) -> OpenDocuments:
        """The documents of the run, whose ``map`` is done by the crew."""
        if self._pool is None:
            return OpenDocuments(self._workshop, tickets, problems)
        return SharedDocuments(self._workshop, tickets, problems, self._run)

    def match(self, rule: CorpusRule, columns: Mapping[str, Columns]) -> Iterable[Any]:
        """What a rule proposes, from columns by the name of their feature."""
        return rule.match({feature.name: columns[feature.name] for feature in rule.features})

    def _run(self, work: Callable[[Workshop, Any], Result], items: Iterable[Any]) -> Iterator[Result]:
        """Results in order, with only so many pieces of work under way that memory stays bounded."""
        from concurrent.futures.process import BrokenProcessPool

        assert self._pool is not None
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(self._pool.submit(_do, work, item))
                if len(waiting) >= WAITING * self._count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            reason = "a worker process died, perhaps for want of memory: try -j 1, or fewer jobs"
            raise WorkerError(reason) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


class SharedDocuments(OpenDocuments):
    """Documents whose ``map`` sends work to a crew's workers, with tickets for the documents each piece needs.

    Args:
        workshop, tickets, problems: as for any documents.
        run: has workers do a piece of work for each item; gives the results in order.
    """

    def __init__(
        self,
        workshop: Workshop,
        tickets: Tickets,
        problems: list[Problem],
        run: Callable[[Callable[[Workshop, Any], Any], Iterable[Any]], Iterator[Any]],
    ) -> None:
        super().__init__(workshop, tickets, problems)
        self._all = tickets
        self._run = run

    def map(
        self, work: Callable[[Documents, Item], Result], items: Iterable[Item], needs: Callable[[Item], Iterable[int]]
    ) -> Iterator[Result]:
        """Do the work over the crew's workers."""
        pieces = ((work, item, {number: self._all[number] for number in needs(item)}) for item in items)
        for result, problems in self._run(_work, pieces):
            self._problems += (problem for problem in problems if problem not in self._problems)
            if isinstance(result, RetoldError):
                raise result
            yield result


def batches_of(tasks: Sequence[tuple[int, Task]], workers: int, most: int = BATCH) -> list[Sequence[tuple[int, Task]]]:
    """Files in order, so many together that each worker gets a few batches at least; a part of a file weighs more.

    Args:
        tasks: the files with their numbers.
        workers: how many workers there are; 0: none but this process.
        most: the files of a batch.
    """
    weights = [PART if task.part else 1 for _, task in tasks]
    most = min(most, max(1, sum(weights) // (4 * workers))) if workers else most
    batches, first, weight = [], 0, 0
    for place, own in enumerate(weights):
        if weight and weight + own > most:
            batches.append(tasks[first:place])
            first, weight = place, 0
        weight += own
    return [*batches, tasks[first:]] if tasks else []


def _pool(count: int, plan: Plan) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    return ProcessPoolExecutor(count, context, initializer=_start, initargs=(plan,))


_workshop: Workshop


def _start(plan: Plan) -> None:
    """Make a worker ready. An interrupt ends it at once and in silence: the main process says what there is to say."""
    global _workshop
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _workshop = Workshop(plan, load_plugins(plan.local_rules))


def _die_with_parent() -> None:
    """End this worker when the main process is gone, however it ended."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(work: Callable[[Workshop, Any], Result], item: Any) -> Result:
    return work(_workshop, item)


def _work(
    workshop: Workshop, piece: tuple[Callable[[Documents, Item], Result], Item, dict[int, Ticket]]
) -> tuple[Result | RetoldError, list[Problem]]:
    work, item, tickets = piece
    problems: list[Problem] = []
    try:
        return work(OpenDocuments(workshop, tickets, problems), item), problems
    except Exception as error:
        # As it is, it might not get through: an exception that cannot be made anew on the other side ends the pool.
        return RetoldError(describe(error)), problems
