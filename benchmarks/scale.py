"""The ``newslint`` command on ever more articles from disk, with the duplication rules only: time, memory, same report.

    python benchmarks/scale.py FOLDER 1000 10000 100000 1000000

Corpora are made in FOLDER (a million articles take 4.4 GB) and stay there for the next run.
"""

import argparse
import filecmp
from pathlib import Path

import machine
from corpus.plan import Plan
from generate import generate


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("counts", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2], help="numbers of worker processes to compare")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--select", default="DUP", help="rules")
    parser.add_argument("--timeout", type=float, help="seconds after which a run is stopped")
    options = parser.parse_args()
    rows: list[list[object]] = []
    for count in options.counts:
        corpus = options.folder / f"articles-{options.seed}-{count}"
        size = make(corpus, Plan(count, options.seed))
        reports: list[Path] = []
        for jobs in options.jobs:
            report = options.folder / f"report-{options.seed}-{count}-j{jobs}.jsonl"
            run = machine.run(
                machine.newslint(
                    "check", corpus.name, "--select", options.select, "--isolated", "--fail-on", "never", "-q",
                    "--output-format", f"jsonl:{report.resolve()}", "-j", str(jobs),
                ),
                folder=options.folder, timeout=options.timeout,
            )  # fmt: skip
            ended = run.status == 0
            if not ended:
                print(f"{count} articles, -j {jobs}: ended with {run.status} {run.error[-500:]}")
            same = ended and bool(reports) and filecmp.cmp(reports[0], report, shallow=False)
            rows.append([
                count, f"-j {jobs}", f"{run.cpu:.1f}", f"{run.wall:.1f}", f"{run.peak / 1e6:.0f}",
                f"{run.cpu / count * 1e6:.0f}", f"{size / run.wall / 1e6:.1f}",
                ("yes" if same else "NO") if reports else "–",
            ])  # fmt: skip
            if ended:
                reports.append(report)
    print(f"{machine.about()}\n")
    head = ["articles", "workers", "CPU s", "wall s", "peak MB", "µs CPU an article", "MB/s", "same report"]
    print(machine.table(head, rows))


def make(folder: Path, plan: Plan) -> int:
    """Make a corpus unless it is there; gives its bytes."""
    done = folder.with_suffix(".size")
    if not done.exists():
        done.write_text(str(generate(plan, folder, machine.cores())))
        # Not among the articles that newslint reads.
        (folder / "truth.jsonl").rename(folder.with_suffix(".truth.jsonl"))
    return int(done.read_text())


if __name__ == "__main__":
    main()
