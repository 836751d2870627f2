"""Inputs that were made to hurt, by the ``newslint`` command with the duplication rules: time and memory of each.

    python benchmarks/hostile.py                                              # a hundredth of the sizes
    python benchmarks/hostile.py --documents 1000000 --lines 1000000 --bytes 100000000

Each run may take ``--timeout`` seconds; the table says which did not end.
"""

import argparse
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import machine
from corpus.article import draft

FOLDER = 1000


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000, help="identical small documents; empty documents")
    parser.add_argument("--lines", type=int, default=10_000, help="equal lines of one document")
    parser.add_argument("--bytes", type=int, default=1_000_000, help="size of a single line")
    parser.add_argument("--select", default="DUP", help="rules")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=600, help="seconds")
    parser.add_argument("--only", nargs="*", default=[], help="names of inputs")
    options = parser.parse_args()
    rows = []
    for name, documents in inputs(options.documents, options.lines, options.bytes).items():
        if options.only and name not in options.only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            count, size = write(Path(folder), documents)
            run = machine.run(
                machine.newslint(
                    "check", ".", "--select", options.select, "--isolated", "--fail-on", "never", "-q",
                    "--output-format", "jsonl", "-j", str(options.jobs),
                ),
                folder=Path(folder), timeout=options.timeout,
            )  # fmt: skip
        ended = {0: "yes", -9: f"stopped after {options.timeout:.0f} s"}.get(run.status, f"status {run.status}")
        if run.status not in (0, -9):
            print(run.error[-1000:])
        rows.append(
            [name, count, f"{size / 1e6:.1f}", f"{run.cpu:.1f}", f"{run.wall:.1f}", f"{run.peak / 1e6:.0f}", ended]
        )
    print(f"-j {options.jobs}; {machine.about()}\n")
    print(machine.table(["input", "documents", "MB", "CPU s", "wall s", "peak MB", "ended"], rows))


def inputs(documents: int, lines: int, size: int) -> dict[str, Iterator[str]]:
    """The inputs by name, as texts made one at a time."""
    small = draft(random.Random(1)).text()[:400]
    line = "La séance est levée à dix-huit heures par le président du conseil municipal.\n"
    return {
        "identical": (small for _ in range(documents)),
        "equal-lines": iter([line * lines]),
        "period": iter([(line + "Le vote a lieu jeudi.\n" + "Une pause.\n") * (lines // 3)]),
        "single-line": iter([single_line(size)]),
        "no-spaces": iter(["a" * size]),
        "one-word": iter(["oui " * (size // 4)]),
        "empty": ("" for _ in range(documents)),
        "blank": (" \n" * 40 for _ in range(documents)),
    }


def single_line(size: int) -> str:
    """One line of about so many characters, of articles one after the other."""
    parts: list[str] = []
    rng = random.Random(2)
    while size > 0:
        parts.append(draft(rng).text().replace("\n", " "))
        size -= len(parts[-1])
    return "".join(parts)


def write(folder: Path, documents: Iterator[str]) -> tuple[int, int]:
    """Write documents as files, a thousand to a folder; gives how many and how many bytes."""
    count = size = 0
    for text in documents:
        parent = folder / f"{count // FOLDER:04}"
        if count % FOLDER == 0:
            parent.mkdir()
        data = text.encode()
        file = os.open(parent / f"{count:07}.txt", os.O_WRONLY | os.O_CREAT, 0o644)
        os.write(file, data)
        os.close(file)
        count += 1
        size += len(data)
    return count, size


if __name__ == "__main__":
    main()
