"""Make a corpus of news articles with planted duplication, the same for the same seed.

    python benchmarks/generate.py FOLDER --count 10000             # FOLDER/0000/0000000.txt …, FOLDER/truth.jsonl
    python benchmarks/generate.py FOLDER --count 10000 --jsonl     # FOLDER/articles.jsonl, FOLDER/truth.jsonl

Memory does not depend on the number of articles. In a program: ``for article in Plan(10000): …``.
"""

import argparse
import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from corpus.plan import Article, Plan, Truth


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=10000, help="articles")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--planted", type=float, default=1, help="times the usual number of copies, at most 5")
    parser.add_argument("--recurring", type=float, default=0.3, help="share of articles with their publisher's lines")
    parser.add_argument("--jsonl", action="store_true", help="one file of records instead of a file an article")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    plan = Plan(options.count, options.seed, options.planted, options.recurring)
    start = time.perf_counter()
    size = generate(plan, options.folder, options.jobs, jsonl=options.jsonl)
    seconds = time.perf_counter() - start
    print(f"{plan.count} articles, {size / 1e6:.0f} MB in {seconds:.1f} s, {size / seconds / 1e6:.0f} MB/s")


def generate(plan: Plan, folder: Path, jobs: int = 1, *, jsonl: bool = False) -> int:
    """Write a corpus and ``truth.jsonl``; gives the bytes of text written."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as sidecar:
        if jsonl:
            with (folder / "articles.jsonl").open("w", encoding="utf-8") as stream:
                for unit in range(plan.units):
                    articles, truths = plan.make(unit)
                    size += sum(stream.write(_record(article)) for article in articles)
                    sidecar.write(_lines(truths))
        elif jobs == 1:
            for unit in range(plan.units):
                written, lines = write_unit(plan, unit, folder)
                size += written
                sidecar.write(lines)
        else:
            with ProcessPoolExecutor(jobs) as pool:
                for written, lines in _ahead(pool, plan, folder, 4 * jobs):
                    size += written
                    sidecar.write(lines)
    return size


def write_unit(plan: Plan, unit: int, folder: Path) -> tuple[int, str]:
    """Write the articles of a unit; gives the bytes written and the unit's lines of the sidecar."""
    articles, truths = plan.make(unit)
    size = 0
    made: set[str] = set()
    for article in articles:
        parent, _, _ = article.path.rpartition("/")
        if parent not in made:
            (folder / parent).mkdir(exist_ok=True)
            made.add(parent)
        data = article.text.encode()
        size += len(data)
        # Three system calls a file, where ``open`` makes six: with small files they are most of the time.
        file = os.open(f"{folder}/{article.path}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(file, data)
        os.close(file)
    return size, _lines(truths)


def _ahead(pool: ProcessPoolExecutor, plan: Plan, folder: Path, most: int) -> Iterator[tuple[int, str]]:
    """The results in order, with a bounded number of units under way."""
    units = iter(range(plan.units))
    waiting = [pool.submit(write_unit, plan, unit, folder) for unit in islice(units, most)]
    while waiting:
        yield waiting.pop(0).result()
        waiting += [pool.submit(write_unit, plan, unit, folder) for unit in islice(units, 1)]


def _record(article: Article) -> str:
    return json.dumps({"id": article.path, "text": article.text}, ensure_ascii=False) + "\n"


def _lines(truths: list[Truth]) -> str:
    return "".join(json.dumps(truth, ensure_ascii=False) + "\n" for truth in truths)


if __name__ == "__main__":
    main()
