"""Finding a Ray to work with: the one at an address, the one that is at work in this process, or one of our own."""

import logging
import os
import socket
from contextlib import AbstractContextManager
from importlib import import_module
from types import TracebackType
from typing import Any

from newslint.engine.local import WorkerError, workers

#: Seconds to wait for a machine that an address names. Ray itself would try for many minutes.
PATIENCE = 10.0
#: What Ray reads when it is imported: it tells nobody that it is used, and prints neither what it will change in later
#: versions, nor errors that nobody has asked for, since those that matter are raised, nor what it tries again.
ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_IGNORE_UNHANDLED_ERRORS": "1",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
}


class Cluster(AbstractContextManager["Cluster"]):
    """A Ray to work with; left as it was found.

    Args:
        address: ``host:port`` of a cluster's head, or ``auto`` for the cluster that this machine belongs to. None:
            what ``RAY_ADDRESS`` says, and where that says nothing a Ray of our own on this machine.
        jobs: how many pieces of work may be under way at once; of a Ray of our own, how many workers it has. None: as
            many as there are processors.

    Attributes:
        ray: the package.
        own: whether all workers are on this machine and see its files, those in the temporary folder among them.

    Raises:
        WorkerError: Ray is not installed, or does not answer.
    """

    def __init__(self, address: str | None, jobs: int | None) -> None:
        for name, value in ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        try:
            self.ray: Any = import_module("ray")
        except ImportError:
            raise WorkerError("--engine ray needs Ray: pip install 'newslint[ray]'") from None
        address = address or os.environ.get("RAY_ADDRESS") or "local"
        self._jobs = jobs
        self.own = address == "local"
        self._found = self.ray.is_initialized()
        if self._found:
            self.own = False
            return
        try:
            _reach(address)
            self.ray.init(
                address, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR,
                **({"num_cpus": jobs or workers(None, 1 << 30) or 1} if self.own else {}),
            )  # fmt: skip
        except (OSError, RuntimeError, ValueError) as error:
            what = "Ray does not start" if self.own else f"there is no Ray at {address}"
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).partition("\n")[0]
            raise WorkerError(f"{what}: {reason}") from None

    @property
    def count(self) -> int:
        """How many workers there are now, at least 1; clusters may grow and shrink."""
        count = int(self.ray.cluster_resources().get("CPU", 1))
        return max(1, min(count, self._jobs or count))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._found:
            self.ray.shutdown()


def _reach(address: str) -> None:
    """Make sure that somebody answers at an address.

    Raises:
        ValueError: it is none.
        OSError: nobody does.
    """
    if address in ("local", "auto"):
        return
    if "://" in address:
        raise ValueError("give HOST:PORT of the cluster's head, on one of its machines; see `ray job submit`")
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError("an address is HOST:PORT, or auto")
    socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()
