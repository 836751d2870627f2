"""What all measurements share: one core, interleaved rounds, child processes with their time and memory, tables."""

import ctypes
import gc
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

CHILD = Path(__file__).parent / "child.py"

#: Settings of glibc's ``mallopt``.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3


class Run(NamedTuple):
    """A finished command.

    Attributes:
        status: the exit status; negative where a signal ended it.
        cpu: seconds, user and system, of all its processes that have ended.
        wall: seconds.
        peak: resident bytes of its processes, see ``child.py``.
        error: what it printed to standard error.
    """

    status: int
    cpu: float
    wall: float
    peak: int
    error: str


def pin(core: int | None = None) -> None:
    """Keep this process, its threads and children on one core, and the thread pools of libraries at one thread.

    To be called before numpy or a library with threads of its own is imported.
    """
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0)) if core is None else core})
    keep_memory()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "DAFT_NUM_THREADS"):
        os.environ[name] = "1"


def keep_memory() -> None:
    """Let this process keep the memory it frees, where the C library (glibc) can be told so.

    Fresh memory costs up to ten microseconds a page on a virtual machine: whoever runs after a side that gave much back
    would pay for it.
    """
    tell = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if tell is not None:
        for setting in (M_TRIM_THRESHOLD, M_MMAP_THRESHOLD):
            tell(setting, 1 << 30)


def rounds(functions: Mapping[str, Callable[[], object]], count: int) -> dict[str, float]:
    """The median CPU seconds of each function over interleaved rounds, after each ran once unmeasured.

    They count all threads of this process, and what else the machine does only in so far as it takes the caches; that
    slows neighbours in a round alike, which is why ratios of one run are what to compare.
    """
    seconds: dict[str, list[float]] = {name: [] for name in functions}
    gc.collect()
    # What the benchmark itself keeps is not gone through in the time of whoever makes many objects.
    gc.freeze()
    for measured in range(count + 1):
        for name, function in functions.items():
            gc.collect()
            start = time.process_time()
            result = function()
            if measured or count == 0:
                seconds[name].append(time.process_time() - start)
            del result
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def run(command: Sequence[str], *, folder: Path, timeout: float | None = None, memory: int | None = None) -> Run:
    """Run a command to its end and measure it.

    Args:
        command: the command; what it prints is dropped, what it prints to standard error is kept.
        folder: where it runs.
        timeout: after so many seconds it is stopped, with status -9.
        memory: it may have so many bytes of address space.
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        done = subprocess.run(
            [sys.executable, str(CHILD), str(timeout or 0), str(memory or 0), *command],
            cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True, check=True,
        )  # fmt: skip
        wall = time.perf_counter() - start
        errors.seek(0)
        error = errors.read()
    status, cpu, peak = done.stdout.split()
    return Run(int(status), float(cpu), wall, int(peak) * 1024, error)


def newslint(*arguments: str) -> list[str]:
    """The ``newslint`` command of the Python that runs the measurement; newslint is installed there."""
    return [sys.executable, "-m", "newslint", *arguments]


def cores() -> int:
    """How many cores there are to use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def about() -> str:
    """The machine, without its name."""
    model = ""
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores{f' ({model})' if model else ''}, {platform.system()}, {python}"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A mark-down table."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
