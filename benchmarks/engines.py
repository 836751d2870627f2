"""The local engine against Ray on the same articles: same bytes, time, start-up cost, peak memory of each process.

    python benchmarks/engines.py FOLDER 10 1000 10000 100000

Corpora are made in FOLDER and stay there for the next run. Ray runs on this machine alone, so that what is measured is
what it costs, not what many machines gain. CPU seconds are those of all processes, Ray's own among them.
"""

import argparse
import filecmp
import os
import threading
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import machine
from corpus.plan import Plan
from scale import make

INTERVAL = 0.2
#: How processes are called, by a word of their command line; the first that fits.
KINDS = (
    ("ray::Holder", "holder"), ("ray::", "worker"), ("gcs_server", "Ray's own"), ("raylet/raylet", "Ray's own"),
    ("ray/", "Ray's own"), ("forkserver", "worker"), ("-m newslint", "driver"),
)  # fmt: skip
ENGINES = "local", "ray"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("counts", type=int, nargs="*", default=[10, 1000, 10000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--select", default="DUP", help="rules")
    parser.add_argument("--only", choices=ENGINES, help="this engine alone")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--timeout", type=float, help="seconds after which a run is stopped")
    options = parser.parse_args()
    rows: list[list[object]] = []
    for count in options.counts:
        corpus = options.folder / f"articles-{options.seed}-{count}"
        make(corpus, Plan(count, options.seed))
        first: Path | None = None
        for engine, workers in product([options.only] if options.only else ENGINES, options.workers):
            report = options.folder / f"report-{options.seed}-{count}-{engine}{workers}.jsonl"
            with Watch() as watch:
                run = machine.run(
                    machine.newslint(
                        "check", corpus.name, "--select", options.select, "--isolated", "--fail-on", "never", "-q",
                        "--no-cache", "--output-format", f"jsonl:{report.resolve()}", "-j", str(workers),
                        "--engine", engine,
                    ),
                    folder=options.folder, timeout=options.timeout,
                )  # fmt: skip
            if run.status:
                print(f"{count} articles, {engine} -j {workers}: ended with {run.status} {run.error[-500:]}")
            same = "–" if first is None else "yes" if not run.status and filecmp.cmp(first, report, False) else "NO"
            peaks = ", ".join(f"{kind} {size / 1e6:.0f}" for kind, size in sorted(watch.peaks.items()))
            rows.append(
                [
                    count,
                    engine,
                    workers,
                    f"{watch.cpu():.1f}",
                    f"{watch.cpu('driver'):.1f}",
                    f"{run.wall:.1f}",
                    peaks,
                    same,
                ]
            )
            print(*rows[-1], flush=True)
            first = first or report
    print(f"\n{machine.about()}\n")
    head = [
        "articles",
        "engine",
        "workers",
        "CPU s",
        "of the driver",
        "wall s",
        "peak MB, the largest of each kind",
        "same report",
    ]
    print(machine.table(head, rows))


class Watch:
    """Looks at the processes below this one a few times a second; keeps each kind's CPU seconds and largest size.

    A size is that of a process' own pages: what several map from Ray's shared store counts as the store's. CPU seconds
    are what was last seen of each process; the system itself adds up only those that somebody waits for.
    """

    def __init__(self) -> None:
        self.peaks: dict[str, int] = {}
        self._seconds: dict[int, tuple[str, float]] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._end.set()
        self._thread.join()

    def cpu(self, kind: str = "") -> float:
        """CPU seconds of the processes of a kind, or of all."""
        return sum(seconds for own, seconds in self._seconds.values() if kind in ("", own))

    def _look(self) -> None:
        while not self._end.wait(INTERVAL):
            store = 0
            for process, command, seconds, own, shared in _processes():
                kind = next((kind for word, kind in KINDS if word in command), "")
                # A worker is called by what it is at, but a driver is always one.
                known = self._seconds.get(process, (kind, 0.0))[0]
                self._seconds[process] = kind or known, seconds
                if kind:
                    self.peaks[kind] = max(self.peaks.get(kind, 0), own)
                    store = max(store, shared)
            if store:
                self.peaks["store"] = max(self.peaks.get("store", 0), store)


def _processes() -> Iterator[tuple[int, str, float, int, int]]:
    """Number, command line, CPU seconds, own bytes and shared bytes of the processes below this one."""
    stats: dict[int, list[str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stats[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
    below = {os.getpid()}
    while more := {process for process, stat in stats.items() if int(stat[1]) in below} - below:
        below |= more
    for process in below - {os.getpid()}:
        try:
            command = Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
            status = Path(f"/proc/{process}/status").read_text().splitlines()
        except OSError:
            continue
        sizes = {line.partition(":")[0]: int(line.split()[1]) * 1024 for line in status if line.startswith("Rss")}
        seconds = (int(stats[process][11]) + int(stats[process][12])) / os.sysconf("SC_CLK_TCK")
        if "child.py" not in command:
            yield process, command, seconds, sizes.get("RssAnon", 0) + sizes.get("RssFile", 0), sizes.get("RssShmem", 0)


if __name__ == "__main__":
    main()
