"""Is the report the same, byte for byte, whatever does not belong to the documents?

    python benchmarks/same_answer.py FOLDER...                # 54 runs each
    python benchmarks/same_answer.py FOLDER... --few          # 12 runs, in which every value occurs

Each folder is checked with either kernel and the one that newslint chooses, with one worker and two, without a cache,
with a new and with a filled one, its entries named in three orders, with three hash seeds; the JSON reports are
compared with the first.
"""

import argparse
import hashlib
import itertools
import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import machine

#: Entries of a folder that are named one by one; where there are more, the folder is.
MOST_NAMED = 5000
#: Files that are found in a folder; one that is named is read whatever it is called.
ENDINGS = (".txt", ".md", ".jsonl", ".csv", ".parquet")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--few", action="store_true", help="for large folders")
    options = parser.parse_args()
    rows = []
    differing: list[str] = []
    for folder in options.folders:
        reports: dict[str, list[str]] = {}
        sizes = set()
        with tempfile.TemporaryDirectory(prefix="same-") as top:
            for name, environment, arguments in variants(folder, Path(top), few=options.few):
                out = run(folder, environment, arguments)
                reports.setdefault(hashlib.sha256(out).hexdigest(), []).append(name)
                sizes.add(len(out))
        others = list(reports.values())[1:]
        count = sum(map(len, reports.values()))
        rows.append([folder, count, max(sizes), "yes" if not others else f"NO: {sum(map(len, others))} of {count}"])
        differing += [f"{folder}: {name}" for names in others for name in names]
    print(f"{machine.about()}\n")
    print(machine.table(["folder", "runs", "bytes", "same report"], rows))
    for line in differing:
        print(line)


def variants(folder: Path, top: Path, *, few: bool) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """Name, environment and arguments of each run; those that share a cache follow each other."""
    entries = sorted(entry.name for entry in folder.iterdir() if entry.is_dir() or entry.suffix in ENDINGS)
    named = entries if len(entries) <= MOST_NAMED else ["."]
    mixed = random.Random(1).sample(named, len(named))
    orders = {"folder": ["."], "entries backwards": named[::-1], "entries mixed": ["./" + name for name in mixed]}
    groups = list(itertools.product(("python", "arrays", ""), ("1", "2"), orders))
    # A step that divides none of the lengths, so that every value occurs.
    seeds = itertools.cycle("0120")
    for number, (kernel, jobs, order) in enumerate(groups[:: 5 if few else 1]):
        cache = str(top / f"cache-{number}")
        for state, how in (
            ("none", ["--no-cache"]),
            ("cold", ["--cache-dir", cache]),
            ("warm", ["--cache-dir", cache]),
        ):
            seed = next(seeds)
            name = f"kernel {kernel or 'chosen'}, -j {jobs}, {order}, cache {state}, hash seed {seed}"
            environment = {"PYTHONHASHSEED": seed, **({"NEWSLINT_KERNEL": kernel} if kernel else {})}
            yield name, environment, [*orders[order], "-j", jobs, *how]


def run(folder: Path, environment: dict[str, str], arguments: list[str]) -> bytes:
    """The JSON report on a folder."""
    command = machine.newslint("check", *arguments, "--isolated", "--fail-on", "never", "-q", "--output-format", "json")
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=False
    ).stdout


if __name__ == "__main__":
    main()
