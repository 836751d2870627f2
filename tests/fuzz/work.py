"""Counts what newslint does with hostile texts that grow by 2 and 4: calls of functions, and characters searched.

    PYTHONPATH=tests python -m fuzz.work

It prints, as JSON, what grows faster than its text, and the patterns that may take more than linear time. A process of
its own, since only a pattern that is compiled after ``watch`` can be watched.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any

from fuzz.hostile import TEXTS
from fuzz.patterns import Watched, is_ambiguous, seconds, watch

#: Characters of the smallest text.
SIZE = 200
#: How many times the work at 4 n may be that at 2 n, and how much more for each character: some begins at a length, and
#: samples are taken of texts of any length. Quadratic work is hundreds of calls a character.
RATIO, SLACK = 2.5, 30
#: Characters of the texts that patterns are tried on, and the seconds that a search may take: a thousand times what a
#: linear one does.
LONG, LIMIT = 12_000, 0.07

Work = Mapping[str, int]


def main() -> None:
    """Run the command."""
    watch()
    grown = [
        {"part": part, "text": name, "work": counts}
        for name, text in TEXTS.items()
        for part, counts in growing(text).items()
    ]
    searched = [pattern for pattern in Watched.all if pattern.longest > 2 * SIZE]
    report = {
        "texts": len(TEXTS),
        "patterns": len(Watched.all),
        "searched": len(searched),
        "growing": grown,
        "ambiguous": [_shown(each) for each in Watched.all if is_ambiguous(each.own.pattern, each.own.flags)],
        "slow": [{"pattern": _shown(each), "text": name} for each in searched for name in slow(each)],
    }
    json.dump(report, sys.stdout, indent=1)


def growing(text: Callable[[int], str]) -> dict[str, list[Work]]:
    """The layers and rules whose work grows faster than a text, and their work at its three sizes."""
    found = _growing(text)
    # What is imported or made once for a process counts the first time only.
    return _growing(text) if found else found


def _growing(text: Callable[[int], str]) -> dict[str, list[Work]]:
    counts = [dict(work(text(SIZE * times))) for times in (1, 2, 4)]
    return {
        part: [each[part] for each in counts]
        for part in counts[0]
        if any(most > RATIO * counts[1][part][kind] + SLACK * 4 * SIZE for kind, most in counts[2][part].items())
    }


def work(text: str) -> Iterator[tuple[str, Work]]:
    """What each layer and rule does with a text."""
    from fuzz.shared import rules
    from newslint.testing import check, make_document

    document = make_document(text)
    for layer in ("lines", "blocks", "language", "sentences"):
        yield layer, counted(lambda layer=layer: getattr(document, layer))  # type: ignore[misc]
    for rule in rules():
        yield rule.name, counted(lambda rule=rule: check(rule, [document]))  # type: ignore[misc]
    yield "mark-down", counted(lambda: make_document(text, format="markdown").blocks)


def counted(do: Callable[[], object]) -> Work:
    """Calls of functions, C's among them, and characters that our patterns looked at."""
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        del frame, argument
        calls += event in ("call", "c_call")

    before = sum(pattern.scanned for pattern in Watched.all)
    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return {"calls": calls, "characters": sum(pattern.scanned for pattern in Watched.all) - before}


def slow(pattern: Watched) -> Iterator[str]:
    """The names of the texts that a search takes too long for; twice, since a machine may be busy."""
    for name, text in TEXTS.items():
        long = text(LONG)
        if seconds(pattern.own, long) > LIMIT and seconds(pattern.own, long) > LIMIT:
            yield name


def _shown(pattern: Watched) -> str:
    return f"{pattern.place}: {pattern.own.pattern[:200]}"


if __name__ == "__main__":
    main()
