"""One machine: a few files in this process, many files over worker processes. Both give the same."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence

from newslint.engine.examine import Examined, examine
from newslint.engine.plan import Plan, Task, Workshop
from newslint.plugins import load_plugins

#: Up to this many files, starting workers costs more than it saves.
FEW = 300
#: Files per batch: enough to make the exchange cheap, few enough to keep all workers busy until the end.
BATCH = 64


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


def run_batches(
    workshop: Workshop, tasks: Sequence[Task], jobs: int | None, done: Callable[[int], None]
) -> Iterator[Examined]:
    """Examine all files, batch by batch, in order.

    Args:
        workshop: the plan, ready to run; workers make their own of the plan.
        tasks: the files.
        jobs: see ``workers``.
        done: called with the number of files that were finished.
    """
    count = workers(jobs, len(tasks))
    size = min(BATCH, max(1, len(tasks) // (4 * count))) if count else BATCH
    batches = [(first, tasks[first : first + size]) for first in range(0, len(tasks), size)]
    if not count:
        for first, batch in batches:
            yield examine(workshop, first, batch, keep=True)
            done(len(batch))
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_all_start_methods, get_context

    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(count, get_context(method), initializer=_start, initargs=(workshop.plan,))
    try:
        for (_, batch), examined in zip(batches, pool.map(_work, batches), strict=True):
            yield examined
            done(len(batch))
    except BrokenProcessPool:
        reason = "a worker process died, perhaps for want of memory: try -j 1, or fewer jobs"
        raise WorkerError(reason) from None
    finally:
        pool.shutdown(cancel_futures=True)


_workshop: Workshop


def _start(plan: Plan) -> None:
    """Make a worker ready. An interrupt ends it at once and in silence: the main process says what there is to say."""
    global _workshop
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _workshop = Workshop(plan, load_plugins(plan.local_rules))


def _work(batch: tuple[int, Sequence[Task]]) -> Examined:
    return examine(_workshop, *batch)
