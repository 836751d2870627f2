"""Time at sizes n, 2 n and 4 n of each reader, layer and rule on texts that were made to make them look twice.

    python benchmarks/linear.py                      # parts of newslint, texts of 100,000 characters
    python benchmarks/linear.py --size 250000        # of a million
    python benchmarks/linear.py --command 1000000    # the command, on a file of so many short lines at most

A part is linear where twice the text takes twice the time. What takes less than ``--least`` seconds at 4 n is left out:
its time says nothing. A ratio above ``--most`` is measured three times more, and the least counts; where it stays, the
status is 1.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

import machine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fuzz.hostile import TEXTS
from newslint.plugins import load_plugins
from newslint.readers import ReadError, decode
from newslint.rule import Rule
from newslint.testing import FORMATS, check, make_document

LAYERS = ("lines", "blocks", "language", "sentences")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=25_000, help="n, in characters")
    parser.add_argument("--least", type=float, default=0.1, help="seconds")
    parser.add_argument("--most", type=float, default=2.6, help="ratio")
    parser.add_argument("--only", nargs="*", default=[], help="names of texts")
    parser.add_argument("--command", type=int, metavar="LINES", help="measure the command")
    options = parser.parse_args()
    print(machine.about(), "\n")
    if options.command:
        print(machine.table(["input", "lines", "MB", "CPU s", "ratio", "peak MB"], list(command(options.command))))
        return 0
    rows = []
    slowest: dict[str, float] = {}
    for name, text in TEXTS.items():
        if options.only and name not in options.only:
            continue
        for part, times in measured(text, options.size, options.least, options.most):
            rate = times[-1] / options.size / 4 * 1e6
            slowest[part] = max(slowest.get(part, 0), rate)
            rows.append([f"{times[2] / times[1]:.2f}", part, name, *(f"{each:.3f}" for each in times), f"{rate:.1f}"])
    rows.sort(reverse=True)
    head = ["4 n / 2 n", "part", "text", "n: s", "2 n: s", "4 n: s", "µs a character"]
    print(machine.table(head, rows[:40]))
    over = [row for row in rows if float(row[0]) > options.most]
    texts = len(options.only) or len(TEXTS)
    print(f"\n{texts} texts; {len(rows)} measured above {options.least} s, {len(over)} above a ratio of {options.most}")
    return int(bool(over))


def measured(
    text: Callable[[int], str], size: int, least: float, most: float
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """The times of each part that takes long enough to be measured, at three sizes."""
    texts = [text(size * times) for times in (1, 2, 4)]

    def times(name: str) -> tuple[float, float, float]:
        one, two, four = (dict(parts(each, name))[name] for each in texts)
        return one, two, four

    for name, first in list(parts(texts[2])):
        if first < least:
            continue
        found = times(name)
        for _ in range(3):
            if found[2] / found[1] > most:
                found = min(found, times(name), key=lambda each: each[2] / each[1])
        yield name, found


def parts(text: str, only: str = "") -> Iterator[tuple[str, float]]:
    """The seconds of computing of each reader, layer and rule, or of one, the layers being there before the rules."""
    for name, encoding in (("decode", "utf-8"), ("decode by a guess", "cp1252")):
        if only in ("", name):
            data = text.encode(encoding, "replace")
            yield name, _seconds(partial(decode.decode, data))
    for form in FORMATS:
        if only and not only.startswith(form):
            continue
        start = time.process_time()
        document = make_document(text, format=form)
        yield f"{form}: reader", time.process_time() - start
        for layer in LAYERS:
            yield f"{form}: {layer}", _seconds(partial(getattr, document, layer))
        for rule in rules():
            if only in ("", f"{form}: {rule.name}"):
                yield f"{form}: {rule.name}", _seconds(partial(check, rule, [document]))


@cache
def rules() -> Sequence[Rule]:
    """All rules."""
    registry = load_plugins()
    return [registry.load(ref)() for ref in registry.rules]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    with suppress(ReadError):
        work()
    return time.process_time() - start


def command(most: int) -> Iterator[list[object]]:
    """Times of the command with all rules on files of short lines."""
    texts = {
        "equal lines": lambda count: "a\n" * count,
        "numbered lines": lambda count: "".join(f"{number}\n" for number in range(count)),
        "short sentences": lambda count: "".join(f"Le {number} est passé.\n" for number in range(count)),
        "empty lines": lambda count: "\n" * count,
    }
    for name, text in texts.items():
        before = 0.0
        for count in (most // 4, most // 2, most):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "a.txt"
                path.write_text(text(count), encoding="utf-8")
                size = path.stat().st_size
                (Path(folder) / "newslint.toml").write_text("max-file-size = 1000000000\n", encoding="utf-8")
                arguments = ("check", "a.txt", "--fail-on", "never", "-q", "--output-format", "jsonl:out", "-j", "1")
                run = machine.run(machine.newslint(*arguments), folder=Path(folder), timeout=3600)
            ratio = f"{run.cpu / before:.2f}" if before else ""
            before = run.cpu
            yield [name, count, f"{size / 1e6:.1f}", f"{run.cpu:.1f}", ratio, f"{run.peak / 1e6:.0f}"]
            if run.status:
                print(run.error[-500:])


if __name__ == "__main__":
    sys.exit(main())
