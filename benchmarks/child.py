"""Run a command and print its status, CPU seconds and peak memory: a process of its own, so that nothing else counts.

    python child.py SECONDS BYTES COMMAND …      # 0: no limit of time or of address space for each process

The peak is the larger of two: the largest resident size of one process, as the system keeps it, and the sum of all
processes' sizes (a page that several share counts once), looked at twice a second.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

INTERVAL = 0.5
PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Run the command."""
    timeout, memory, command = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]

    def limit() -> None:
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    adopt()
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=limit, start_new_session=True)
    together = 0
    status = None
    while status is None:
        try:
            status = child.wait(INTERVAL)
        except subprocess.TimeoutExpired:
            together = max(together, resident(child.pid))
            if timeout and time.monotonic() - start > timeout:
                os.killpg(child.pid, signal.SIGKILL)
                status = child.wait()
    # Workers that the command did not wait for count, too.
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(status, used.ru_utime + used.ru_stime, max(together, used.ru_maxrss))


def adopt() -> None:
    """Become the parent of the command's processes that outlive it, where the system (Linux) can do that."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def resident(session: int) -> int:
    """Resident KB of all processes of a session; 0 where the system does not tell."""
    size = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # After the name, which may hold anything: state, parent, group, session.
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                rollup = (folder / "smaps_rollup").read_text()
                size += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return size


if __name__ == "__main__":
    main()
