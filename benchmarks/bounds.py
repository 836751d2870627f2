"""File systems that were made to hurt, by the ``newslint`` command with all rules: what it does, its time and memory.

    python benchmarks/bounds.py                                           # a hundredth of the sizes
    python benchmarks/bounds.py --files 1000000 --sizes 16 64 256 -j 2

A file of 1 GiB is refused by its size; then articles of the given sizes are read as one document with ``max-file-size``
raised, for the memory that a byte of a document takes.
"""

import argparse
import json
import os
import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import machine
from corpus.article import draft

FOLDER = 1000
TEXT = "Le maire a ouvert la séance. \n"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000, help="tiny files")
    parser.add_argument("--levels", type=int, default=3000, help="of folders in folders")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1, 4, 16], help="MB of one document")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=3600, help="seconds")
    parser.add_argument("--only", nargs="*", default=[], help="names of inputs")
    options = parser.parse_args()
    inputs: dict[str, Callable[[Path], int]] = {
        "large": large,
        **{f"document-{size}": partial(document, size) for size in options.sizes},
        "tiny": partial(tiny, options.files),
        "deep": partial(deep, options.levels),
        "odd": odd,
    }
    rows = []
    for name, make in inputs.items():
        if options.only and name not in options.only:
            continue
        with tempfile.TemporaryDirectory(prefix="bounds-") as top:
            folder = Path(top) / "input"
            folder.mkdir()
            size = make(folder)
            rows.append([name, *measure(folder, size, options)])
            # Folders may be deeper than Python can remove.
            subprocess.run(["rm", "-rf", str(folder)], check=True)
    print(f"-j {options.jobs}; {machine.about()}\n")
    head = ["input", "MB", "documents", "errors", "status", "CPU s", "wall s", "peak MB", "bytes a byte"]
    print(machine.table(head, rows))


def measure(folder: Path, size: int, options: argparse.Namespace) -> list[str]:
    """Run newslint over a folder."""
    report = folder.parent / "report.jsonl"
    settings = folder.parent / "newslint.toml"
    settings.write_text(f"max-file-size = {10**9}\n", encoding="utf-8")
    run = machine.run(
        machine.newslint(
            "check", ".", "--config", str(settings), "--fail-on", "never", "-q", "--no-cache",
            "--output-format", f"jsonl:{report}", "-j", str(options.jobs),
        ),
        folder=folder, timeout=options.timeout,
    )  # fmt: skip
    documents = errors = "–"
    if report.exists():
        entries = [entry for entry in map(json.loads, lines(report)) if entry["type"] != "finding"]
        documents = next(str(entry["documents"]) for entry in entries if entry["type"] == "summary")
        errors = str(sum(entry["type"] == "error" for entry in entries))
    else:
        print(f"{run.error[-2000:]}\n")
    ratio = f"{run.peak / size:.0f}" if size > 1_000_000 and documents == "1" else ""
    return [
        f"{size / 1e6:.1f}", documents, errors, str(run.status), f"{run.cpu:.1f}", f"{run.wall:.1f}",
        f"{run.peak / 1e6:.0f}", ratio,
    ]  # fmt: skip


def lines(path: Path) -> Iterator[str]:
    """The lines of a file, one at a time."""
    with path.open(encoding="utf-8") as file:
        yield from file


def large(folder: Path) -> int:
    """One file of 1 GiB, with a hole in place of its text."""
    with (folder / "large.txt").open("wb") as file:
        file.truncate(1 << 30)
    return 1 << 30


def document(megabytes: int, folder: Path) -> int:
    """One document of many articles."""
    rng = random.Random(1)
    path = folder / "document.txt"
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < megabytes * 1_000_000:
            file.write(draft(rng).text() + "\n")
    return path.stat().st_size


def tiny(count: int, folder: Path) -> int:
    """Files of two sentences, a thousand to a folder."""
    size = 0
    for number in range(count):
        parent = folder / f"{number // FOLDER:04}"
        if number % FOLDER == 0:
            parent.mkdir()
        text = (
            f"La commune numéro {number} a voté son budget lundi soir.\n"
            f"Le conseil des {number * 7919 % 99991} habitants se réunira jeudi.\n"
        )
        size += (parent / f"{number:07}.txt").write_bytes(text.encode())
    return size


def deep(levels: int, folder: Path) -> int:
    """Folders in folders, an article in each, down to where no path reaches any more."""
    place = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        file = os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=place)
        os.write(file, TEXT.encode())
        os.close(file)
        os.mkdir("in", dir_fd=place)
        deeper = os.open("in", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = deeper
    os.close(place)
    return levels * len(TEXT.encode())


def odd(folder: Path) -> int:
    """A thousand each of pipes, links to a device, to nowhere, to themselves and to the folder, and names in bytes."""
    for number in range(1000):
        os.mkfifo(folder / f"pipe{number}.txt")
        (folder / f"device{number}.txt").symlink_to("/dev/zero")
        (folder / f"gone{number}.txt").symlink_to("nowhere")
        (folder / f"loop{number}.txt").symlink_to(f"loop{number}.txt")
        (folder / f"folder{number}").symlink_to(".")
        with open(os.fsencode(folder) + b"/\xe9\xff%d.txt" % number, "wb") as file:
            file.write(TEXT.encode())
    return 1000 * len(TEXT.encode())


if __name__ == "__main__":
    main()
