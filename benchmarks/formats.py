"""The ``newslint`` command on one corpus in each format of record files: time, memory, the same findings in all.

    python benchmarks/formats.py FOLDER --count 100000                  # few rules: what reading costs
    python benchmarks/formats.py FOLDER --count 10000 --select ALL --formats jsonl parquet      # all rules

The files are made in FOLDER (100 000 articles take 2 GB) and stay there for the next run.
"""

import argparse
import csv
import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any

import machine
from corpus.plan import Plan
from generate import generate

Records = Iterator[Mapping[str, str]]
#: Rows of a row group.
GROUP = 10_000


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100_000, help="records")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--select", default="NL,near-duplicate", help="rules")
    parser.add_argument("--formats", nargs="*", help="endings, without the first dot (default: all)")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    options = parser.parse_args()
    folder = options.folder / f"records-{options.seed}-{options.count}"
    size = make(folder, Plan(options.count, options.seed))
    rows: list[list[object]] = []
    first: list[object] | None = None
    for path in sorted(folder.glob("articles.*")):
        if options.formats and path.name.removeprefix("articles.") not in options.formats:
            continue
        report = folder / "report.jsonl"
        run = machine.run(
            machine.newslint(
                "check", path.name, "--select", options.select, "--isolated", "--no-cache", "--fail-on", "never", "-q",
                "--text-field", "text", "--id-field", "id", "--output-format", f"jsonl:{report.name}",
                "-j", str(options.jobs),
            ),
            folder=folder,
        )  # fmt: skip
        if run.status != 0:
            print(f"{path.name}: ended with {run.status} {run.error[-500:]}")
            continue
        found = told(report)
        first = found if first is None else first
        rows.append([
            path.name.removeprefix("articles"), f"{path.stat().st_size / 1e6:.0f}", f"{run.cpu:.1f}", f"{run.wall:.1f}",
            f"{size / run.cpu / 1e6:.1f}", f"{options.count / run.cpu:.0f}", f"{run.peak / 1e6:.0f}", len(found),
            "yes" if found == first else "NO",
        ])  # fmt: skip
        report.unlink()
    print(f"{machine.about()}; {options.count} articles, {size / 1e6:.0f} MB of JSON lines\n")
    head = ["format", "MB", "CPU s", "wall s", "MB/CPU s", "records/CPU s", "peak MB", "findings", "same findings"]
    print(machine.table(head, rows))


def make(folder: Path, plan: Plan) -> int:
    """Make the corpus in all formats unless it is there; gives the bytes of it as JSON lines."""
    done = folder.with_suffix(".done")
    lines = folder / "articles.jsonl"
    if not done.exists():
        generate(plan, folder, jsonl=True)
        # Not among the articles that newslint reads.
        (folder / "truth.jsonl").rename(folder.with_suffix(".truth.jsonl"))
        for ending, write in FORMATS.items():
            with lines.open(encoding="utf-8") as stream:
                write(folder / f"articles{ending}", map(json.loads, stream))
        done.touch()
    return lines.stat().st_size


def told(report: Path) -> list[object]:
    """The findings of a report, without what differs between formats: the file, the physical line, the field's name."""
    found: list[object] = []
    with report.open(encoding="utf-8") as stream:
        for line in stream:
            finding = json.loads(line)
            if finding["type"] == "finding":
                place = finding["location"]
                found.append((finding["name"], place["start"], place["end"], place["record"]["id"], finding["data"]))
    return found


def csv_file(path: Path, records: Records, delimiter: str) -> None:
    """Write separated values."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(("id", "text"))
        writer.writerows((record["id"], record["text"]) for record in records)


def parquet_file(path: Path, records: Records) -> None:
    """Write Parquet as pyarrow does unless told otherwise."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    with pq.ParquetWriter(path, schema) as writer:
        while group := list(islice(records, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema))


def compressed(path: Path, records: Records, opened: Callable[[Path], IO[bytes]], plain: str) -> None:
    """Compress what is there in another format."""
    del records
    with (path.parent / f"articles{plain}").open("rb") as source, opened(path) as target:
        copyfileobj(source, target, 1 << 20)


def zst(path: Path) -> Any:
    """A new file that is compressed with Zstandard."""
    import zstandard

    return zstandard.open(path, "wb")


def gz(path: Path) -> Any:
    """A new file that is compressed with gzip."""
    return gzip.open(path, "wb", compresslevel=6)


#: The other formats, by the ending of the name, in an order in which each finds what it is made of.
FORMATS: Mapping[str, Callable[[Path, Records], None]] = {
    ".csv": partial(csv_file, delimiter=","),
    ".tsv": partial(csv_file, delimiter="\t"),
    ".parquet": parquet_file,
    ".csv.gz": partial(compressed, opened=gz, plain=".csv"),
    ".jsonl.gz": partial(compressed, opened=gz, plain=".jsonl"),
    ".jsonl.zst": partial(compressed, opened=zst, plain=".jsonl"),
}


if __name__ == "__main__":
    main()
