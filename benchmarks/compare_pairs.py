"""From texts in memory to pairs of near-duplicates: newslint against datasketch and rensa, with recall and precision.

    python benchmarks/compare_pairs.py --count 10000 --rounds 1

newslint verifies its pairs exactly; the others report what their signatures estimate. A pair is right where its exact
Jaccard similarity reaches the threshold. Libraries that only flag texts are measured on the texts they flag.
"""

import argparse
from collections.abc import Sequence
from functools import partial

import machine


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10000, help="articles")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--planted", type=float, default=2, help="times the usual number of copies")
    parser.add_argument("--threshold", type=float, help="Jaccard similarity of a pair (default: 0.7)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--core", type=int, help="the core to run on (default: the last)")
    options = parser.parse_args()
    machine.pin(options.core)

    from corpus.plan import Plan
    from sides import THRESHOLD, Finder, datasketch_side, newslint_side, rensa_side

    threshold = options.threshold or THRESHOLD
    texts, expected = _corpus(Plan(options.count, options.seed, options.planted), threshold)
    size = sum(len(text.encode()) for text in texts)
    finders: dict[str, Finder] = {}
    for side in (newslint_side, datasketch_side, rensa_side):
        offered = side.pairs()
        if not offered:
            print(f"skipped: {side.__name__} (not installed)")
        finders |= offered
    seconds = machine.rounds({name: partial(find, texts, threshold) for name, find in finders.items()}, options.rounds)
    base = next(iter(seconds))
    rows = []
    for name, find in finders.items():
        result = find(texts, threshold)
        recall, precision = _quality(result.pairs, result.flagged, expected, texts, threshold)
        rows.append([
            name, f"{seconds[name]:.2f}", f"{size / seconds[name] / 1e6:.1f}", f"{seconds[name] / seconds[base]:.1f} ×",
            "pairs" if result.pairs is not None else "flags", f"{recall:.3f}", f"{precision:.3f}",
        ])  # fmt: skip
    print(f"{len(texts)} articles, {size / 1e6:.1f} MB, {len(expected)} pairs with J ≥ {threshold}; "
          f"{machine.about()}; one core\n")  # fmt: skip
    print(machine.table(["texts to pairs", "s", "MB/s", f"{base} is faster by", "gives", "recall", "precision"], rows))


def _corpus(plan: "Plan", threshold: float) -> tuple[list[str], set[tuple[int, int]]]:  # type: ignore[name-defined]  # noqa: F821
    """The texts, and the planted pairs that reach the threshold."""
    texts: list[str] = []
    expected = set()
    for unit in range(plan.units):
        articles, truths = plan.make(unit)
        texts += [article.text for article in articles]
        for truth in truths:
            if truth.get("jaccard", 0) >= threshold:
                one, other = sorted(truth["documents"])
                expected.add((one, other))
    return texts, expected


def _quality(
    pairs: set[tuple[int, int]] | None,
    flagged: set[int],
    expected: set[tuple[int, int]],
    texts: Sequence[str],
    threshold: float,
) -> tuple[float, float]:
    """Recall and precision of pairs, or else of flagged texts."""
    if pairs is None:
        later = {other for _, other in expected}
        return len(flagged & later) / max(1, len(later)), len(flagged & later) / max(1, len(flagged))
    from corpus.exact import figures

    right = pairs & expected
    # What was not planted may be right all the same.
    more = sum(figures(texts[one], texts[other]).jaccard >= threshold for one, other in pairs - expected)
    return len(right) / max(1, len(expected)), (len(right) + more) / max(1, len(pairs))


if __name__ == "__main__":
    main()
