"""What the ``newslint`` command finds of what was planted: near-duplicates by similarity, passages with their lines.

    python benchmarks/recall.py --count 10000 --planted 5
    python benchmarks/recall.py --count 10000 --planted 5 --threshold 0.5

Only the duplication rules run. A near-duplicate is expected where its exact Jaccard similarity or containment reaches
the options; a passage is found where a finding overlaps both of its places, and exact where all four lines are right.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import machine
from corpus.exact import figures
from corpus.plan import Plan, Truth
from generate import generate

BINS = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.0)
Lines = tuple[int, int]


class Finding(NamedTuple):
    """A finding: rule, path, its lines, and path and lines of each other place it names."""

    code: str
    path: str
    lines: Lines
    others: list[tuple[str, Lines]]
    data: dict[str, Any]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10000, help="articles")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--planted", type=float, default=5, help="times the usual number of copies, at most 5")
    parser.add_argument("--recurring", type=float, default=0.3)
    parser.add_argument("--threshold", type=float, default=0.7, help="near-duplicate's option")
    parser.add_argument("--containment", type=float, default=0.85, help="near-duplicate's option")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--misses", type=int, default=0, help="print so many passages that were not found exactly")
    parser.add_argument("--folder", type=Path, help="keep the corpus here (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        plan = Plan(options.count, options.seed, options.planted, options.recurring)
        generate(plan, folder, options.jobs)
        findings, run = check(folder, Path(temporary), options.threshold, options.containment, options.jobs)
        with (folder / "truth.jsonl").open(encoding="utf-8") as stream:
            truths = [json.loads(line) for line in stream]
        print(f"{plan.count} articles, seed {plan.seed}; threshold {options.threshold}, containment "
              f"{options.containment}; {run.cpu:.1f} CPU seconds; {machine.about()}\n")  # fmt: skip
        print(near_duplicates(truths, findings, folder, options.threshold, options.containment), end="\n\n")
        print(passages(truths, findings, options.misses), end="\n\n")
        print(recurring(truths, findings), end="\n\n")
        print(unexplained(truths, findings))


def check(
    folder: Path, scratch: Path, threshold: float, containment: float, jobs: int
) -> tuple[list[Finding], machine.Run]:
    """Run the command on a corpus and read its report.

    Raises:
        SystemExit: the command failed.
    """
    configuration, report = scratch / "recall.toml", scratch / "report.jsonl"
    configuration.write_text(f"[rules.near-duplicate]\nthreshold = {threshold}\ncontainment = {containment}\n")
    run = machine.run(
        machine.newslint(
            "check", ".", "--select", "DUP", "--config", str(configuration), "--output-format", f"jsonl:{report}",
            "--fail-on", "never", "-q", "-j", str(jobs),
        ),
        folder=folder,
    )  # fmt: skip
    if run.status:
        raise SystemExit(f"newslint ended with {run.status}\n{run.error}")
    return list(_read(report)), run


def near_duplicates(
    truths: Iterable[Truth], findings: Iterable[Finding], folder: Path, threshold: float, containment: float
) -> str:
    """Recall by the exact similarity of the planted pairs, and precision of all findings."""
    found = {}
    for finding in findings:
        if finding.code == "DUP001":
            found[frozenset((finding.path, finding.others[0][0]))] = finding.data
    expected: Counter[tuple[str, float]] = Counter()
    hits: Counter[tuple[str, float]] = Counter()
    right = 0
    known = set()
    for truth in truths:
        if "jaccard" not in truth:
            continue
        pair = frozenset(truth["paths"])
        known.add(pair)
        counts = truth["jaccard"] >= threshold or truth["containment"] >= containment
        if pair in found:
            right += counts and abs(found[pair]["jaccard"] - truth["jaccard"]) < 0.001
        kind = f"pair, {truth['way']}" if truth["kind"] == "pair" else truth["kind"]
        row = kind, next(least for least in BINS if truth["jaccard"] >= least)
        expected[row] += counts
        hits[row] += counts and pair in found
    for pair in found.keys() - known:
        one, other = ((folder / path).read_text(encoding="utf-8") for path in pair)
        exact = figures(one, other)
        right += exact.jaccard >= threshold or exact.containment >= containment
    rows = [
        [kind, f"≥ {least}", hits[kind, least], expected[kind, least], _share(hits[kind, least], expected[kind, least])]
        for kind, least in sorted(expected, key=lambda row: (row[0], -row[1]))
        if expected[kind, least]
    ]
    total, all_hits = sum(expected.values()), sum(hits.values())
    rows.append(["all", "", all_hits, total, _share(all_hits, total)])
    rows.append(["precision (similarity as stated)", "", right, len(found), _share(right, len(found))])
    return machine.table(["near-duplicate", "exact J", "found", "of", "share"], rows)


def passages(truths: Iterable[Truth], findings: Iterable[Finding], misses: int = 0) -> str:
    """Passages and repeats found, and found with all their lines, by their length; prints some that were not."""
    places: dict[frozenset[str], list[tuple[tuple[str, Lines], tuple[str, Lines]]]] = defaultdict(list)
    for finding in findings:
        if finding.code in ("DUP002", "DUP003"):
            for other in finding.others:
                pair = (finding.path, finding.lines), other
                places[frozenset((finding.path, other[0]))].append(pair)
    rows: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for truth in truths:
        if truth["kind"] not in ("passage", "repeat"):
            continue
        paths = truth.get("paths") or [truth["path"]] * 2
        wanted = [(path, (lines[0], lines[1])) for path, lines in zip(paths, truth["lines"], strict=True)]
        candidates = places[frozenset(paths)]
        row = rows[truth["kind"], truth["sentences"]]
        row[0] += 1
        row[1] += any(_overlap(pair, wanted) or _overlap(pair[::-1], wanted) for pair in candidates)
        exact = any(list(pair) == wanted or list(pair[::-1]) == wanted for pair in candidates)
        row[2] += exact
        if misses and not exact:
            misses -= 1
            print(f"not exact: {truth}\n    findings: {candidates}")
    shown: list[list[object]] = [
        [kind, size, *_counts(row)] for (kind, size), row in sorted(rows.items())
    ]  # fmt: skip
    for kind in ("passage", "repeat"):
        total = [sum(row[column] for (own, _), row in rows.items() if own == kind) for column in range(3)]
        shown.append([kind, "all", *_counts(total)])
    return machine.table(["planted", "sentences", "planted", "found", "share", "exact lines", "share"], shown)


def recurring(truths: Iterable[Truth], findings: Iterable[Finding]) -> str:
    """How many of the publishers' lines are named, by findings of recurring-line or of reused-passage."""
    named: dict[str, set[tuple[str, int]]] = {"DUP003": set(), "DUP004": set()}
    for finding in findings:
        if finding.code in named:
            for path, lines in [(finding.path, finding.lines), *finding.others]:
                named[finding.code] |= {(path, line) for line in range(lines[0], lines[1] + 1)}
    wanted = {(truth["path"], truth["lines"][0]) for truth in truths if truth["kind"] == "recurring"}
    rows = [[code, len(wanted & lines), len(wanted), _share(len(wanted & lines), len(wanted))] for code, lines in
            named.items()]  # fmt: skip
    return machine.table(["recurring lines named by", "found", "of", "share"], rows)


def unexplained(truths: Iterable[Truth], findings: Iterable[Finding]) -> str:
    """Findings between articles, or in one, of which nothing was planted: by rule."""
    pairs = set()
    lines: dict[str, set[int]] = defaultdict(set)
    for truth in truths:
        if truth["kind"] == "recurring":
            lines[truth["path"]] |= set(range(truth["lines"][0], truth["lines"][1] + 1))
        else:
            pairs.add(frozenset(truth.get("paths") or [truth["path"]]))
    counts: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    for finding in findings:
        counts[finding.code] += 1
        own = set(range(finding.lines[0], finding.lines[1] + 1))
        if not own & lines[finding.path] and not any(
            frozenset((finding.path, path)) in pairs for path, _ in finding.others
        ):
            rest[finding.code] += 1
    rows = [
        [code, counts[code], rest[code], _share(counts[code] - rest[code], counts[code])] for code in sorted(counts)
    ]
    return machine.table(["rule", "findings", "not planted", "planted share"], rows)


def _read(report: Path) -> Iterator[Finding]:
    with report.open(encoding="utf-8") as stream:
        for line in stream:
            value = json.loads(line)
            if value["type"] == "finding":
                path, lines = _place(value["location"])
                others = [_place(other["location"]) for other in value["related"]]
                yield Finding(value["code"], path, lines, others, value["data"])


def _place(location: dict[str, Any]) -> tuple[str, Lines]:
    return location["path"].removeprefix("./"), (location["start"]["line"], location["end"]["line"])


def _overlap(pair: Iterable[tuple[str, Lines]], wanted: Iterable[tuple[str, Lines]]) -> bool:
    return all(
        path == own and lines[0] <= bounds[1] and bounds[0] <= lines[1]
        for (path, lines), (own, bounds) in zip(pair, wanted, strict=True)
    )


def _counts(row: list[int]) -> list[object]:
    total, found, exact = row
    return [total, found, _share(found, total), exact, _share(exact, total)]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "–"


if __name__ == "__main__":
    main()
