"""From texts in memory to signatures: newslint against other libraries, on the same texts and one core.

    python benchmarks/compare_signatures.py --count 2000 --rounds 5

Wall time on one core, medians over interleaved rounds; what counts is the last column, the ratio within one run.
"""

import argparse
from functools import partial

import machine

#: Libraries so slow that a part of the texts is enough; figures are per byte.
SLOW = {"datatrove (112 values)": 10}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="articles")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--core", type=int, help="the core to run on (default: the last)")
    options = parser.parse_args()
    machine.pin(options.core)

    from corpus.plan import Plan
    from sides import daft_side, datasketch_side, datatrove_side, newslint_side, rensa_side

    texts = [article.text for article in Plan(options.count, options.seed)]
    functions = {}
    sizes = {}
    for side in (newslint_side, datasketch_side, rensa_side, daft_side, datatrove_side):
        sketchers = side.signatures()
        if not sketchers:
            print(
                f"skipped: {side.__name__.removesuffix('_side').rpartition('.')[2]} or what it needs is not installed"
            )
        for name, sketcher in sketchers.items():
            part = texts[:: SLOW.get(name, 1)]
            functions[name] = partial(sketcher, part)
            sizes[name] = sum(len(text.encode()) for text in part)
    seconds = machine.rounds(functions, options.rounds)
    rates = {name: sizes[name] / taken / 1e6 for name, taken in seconds.items()}
    base = next(iter(rates))
    print(
        f"{options.count} articles, {sum(len(text.encode()) for text in texts) / 1e6:.1f} MB; "
        f"{machine.about()}; one core\n"
    )
    print(machine.table(
        ["text to signatures", "MB/s", "articles/s", f"{base} is faster by"],
        [[name, f"{rate:.1f}", f"{rate * 1e6 / (sizes[base] / len(texts)):.0f}", f"{rates[base] / rate:.1f} ×"]
         for name, rate in rates.items()],
    ))  # fmt: skip


if __name__ == "__main__":
    main()
