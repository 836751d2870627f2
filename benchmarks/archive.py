"""The archive index: building it, adding to it, checking one article against it, finding the duplicates in it.

    python benchmarks/archive.py FOLDER 10000 100000 1000000

Corpora are made in FOLDER (a million articles take 4.4 GB, their index as much, and twice that while it is built) and
stay there for the next run; indexes are removed again. What a check costs beside the index is the difference of two
runs: with ``--context INDEX``, and without.
"""

import argparse
import json
import random
import shutil
import statistics
from collections.abc import Callable, Iterable
from pathlib import Path

import machine
from corpus.plan import Plan
from scale import make

#: Articles that are added to a finished index, and articles that are checked against it.
ADDED, CHECKED = 10_000, 11
SELECT = ("--isolated", "--select", "near-duplicate,reused-passage")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("counts", type=int, nargs="*", default=[10_000])
    parser.add_argument("--jobs", type=int, default=machine.cores())
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows: list[list[object]] = []
    for count in options.counts:
        rows += measure(options.folder, count, options.seed, options.jobs)
    print(f"{machine.about()}\n")
    print(machine.table(["articles", "what", "CPU s", "wall s", "peak MB", "result"], rows))


def measure(folder: Path, count: int, seed: int, jobs: int) -> Iterable[list[object]]:
    """Measure one size; yields the rows of the table."""
    corpus = folder / f"articles-{seed}-{count}"
    make(corpus, Plan(count, seed))
    more = folder / f"articles-{seed + 1}-{ADDED}"
    make(more, Plan(ADDED, seed + 1))
    index = folder / f"archive-{seed}-{count}.index"
    if index.exists():
        shutil.rmtree(index)

    def newslint(*arguments: str) -> machine.Run:
        run = machine.run(machine.newslint(*arguments, "-q", "-j", str(jobs)), folder=folder)
        if run.status not in (0, 1):
            raise SystemExit(f"{' '.join(arguments)}: {run.error}")
        return run

    def row(what: str, run: machine.Run, result: str) -> list[object]:
        return [count, what, f"{run.cpu:.1f}", f"{run.wall:.1f}", f"{run.peak / 1e6:.0f}", result]

    built = newslint("index", "build", index.name, corpus.name, "--root", ".", *SELECT)
    before = sizes(index)
    yield row("build", built, f"{sum(before.values()) / 1e6:.0f} MB")
    added = newslint("index", "add", index.name, more.name, *SELECT)
    after = sizes(index)
    new = sum(size for name, size in after.items() if name not in before)
    same = before.items() <= after.items()
    yield row(f"add {ADDED}", added, f"{new / 1e6:.0f} MB written, {'nothing' if same else 'SOMETHING'} rewritten")
    yield from check(folder, corpus, index, newslint, count)
    yield row("duplicates", *duplicates(folder, corpus, index, jobs))
    yield row("verify", newslint("index", "verify", index.name), "nothing wrong")
    shutil.rmtree(index)


def sizes(index: Path) -> dict[str, int]:
    """The files of documents of an index."""
    return {path.name: path.stat().st_size for path in index.glob("*.segment")}


def check(
    folder: Path, corpus: Path, index: Path, newslint: Callable[..., machine.Run], count: int
) -> Iterable[list[object]]:
    """What checking one article costs, of articles that are archived but for a word, and of new ones."""
    chance = random.Random(count)
    for what, article in (("a copy", copy), ("a new article", fresh)):
        with_index, without, peaks = [], [], []
        for number in range(CHECKED):
            (folder / "today.txt").write_text(article(corpus, chance, number), encoding="utf-8")
            beside = newslint("check", "today.txt", "--context", index.name, *SELECT, "--fail-on", "never")
            alone = newslint("check", "today.txt", *SELECT, "--fail-on", "never")
            with_index.append((beside.cpu, beside.wall))
            without.append((alone.cpu, alone.wall))
            peaks.append(beside.peak)
        cpu, wall = (
            1000 * (statistics.median(own) - statistics.median(other))
            for own, other in zip(zip(*with_index, strict=True), zip(*without, strict=True), strict=True)
        )
        costs = f"{cpu / 1000:.3f}", f"{wall / 1000:.3f}", f"{max(peaks) / 1e6:.0f}"
        yield [count, f"check {what}", *costs, "beyond the same without --context"]


def copy(corpus: Path, chance: random.Random, number: int) -> str:
    """An archived article with another word in it."""
    folder = chance.choice(sorted(path for path in corpus.iterdir() if path.is_dir()))
    words = chance.choice(sorted(folder.iterdir())).read_text(encoding="utf-8").split(" ")
    words[len(words) // 2] = f"neuf{number}"
    return " ".join(words)


def fresh(corpus: Path, chance: random.Random, number: int) -> str:
    """An article that is not in the archive."""
    del corpus, chance
    articles, _ = Plan(1000, 1000 + number).make(0)
    return articles[number].text


def duplicates(folder: Path, corpus: Path, index: Path, jobs: int) -> tuple[machine.Run, str]:
    """Find all near-duplicates, and count those that were planted."""
    found = folder / "duplicates.jsonl"
    command = machine.newslint("index", "duplicates", index.name, "--isolated", "-j", str(jobs))
    run = machine.run(["sh", "-c", f'"$@" > {found.name}', "sh", *command], folder=folder)
    clusters: dict[str, str] = {}
    with found.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            clusters[row["path"]] = clusters[row["of"]] = row["of"]
    planted = hit = 0
    with corpus.with_suffix(".truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            truth = json.loads(line)
            if truth.get("jaccard", 0) >= 0.7:
                planted += 1
                one, other = (clusters.get(f"{corpus.name}/{path}", path) for path in truth["paths"])
                hit += one == other
    return run, f"{len(clusters)} documents in clusters; {hit} of {planted} planted pairs"


if __name__ == "__main__":
    main()
