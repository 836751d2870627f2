"""Linear time: no rule, pattern or layer does more than twice the work for twice the text, however hostile it is.

``benchmarks/linear.py`` measures the time.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fuzz.hostile import TEXTS
from fuzz.patterns import is_ambiguous, seconds
from fuzz.work import LIMIT, LONG, counted, growing
from newslint.testing import make_document

TESTS = Path(__file__).parent


def test_counted_work_grows_no_faster_than_the_text() -> None:
    """Of all layers and rules on all texts; nor can a pattern take more than linear time. One count serves all."""
    done = subprocess.run(
        [sys.executable, "-m", "fuzz.work"], cwd=TESTS, capture_output=True, text=True, encoding="utf-8", check=True
    )
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["growing"] == []
    assert report["ambiguous"] == [], "patterns that can match some text in ever more ways"
    assert report["slow"] == [], "searches through long texts that begin again and again"
    assert report["texts"] > 150
    assert report["patterns"] > 150, "the patterns were not watched"
    assert report["searched"] > 30, "the searches were not watched"


@pytest.mark.parametrize("name", ["directives", "directives in a line", "list items", "headings", "table", "comments"])
def test_reading_mark_down_is_linear(name: str) -> None:
    """Its constructs are long: there must be more of them than fit the texts above."""
    one, two = (
        counted(lambda size=size: make_document(TEXTS[name](size), format="markdown").blocks)["calls"]  # type: ignore[misc]
        for size in (8_000, 16_000)
    )
    assert two < 2.3 * one


# What finds nothing must be known to find something.


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b", "(a*)*b", r"(?:\w+\s?)+!", "(?:ab|a|b)*c", "a*a*b", "a*b?a*c", r"\s*\s*x", ".*.*x", r"\d+[\d.]*x",
        r'"[^"]*(?:x[^"]*)*"', "(?i:a*A*)b", "(?:a?b*)*c", "(?:[ab]{1,9}c?)*d", r"(?:\s*,\s*)*x",
    ],
)  # fmt: skip
def test_ambiguous_patterns_are_told(pattern: str) -> None:
    assert is_ambiguous(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "a+b+", "a{0,9}a", r'"[^"]*(?:""[^"]*)*"', r"\w+(?:-\w+)*", "(?:ab*)*", "a*b*c*", "(?:a*+)*+b", r"(?>a+)b*",
        r"(?:[ab]c)*", r"#{1,6}(?:[ \t]+|$)", r"(?:#{1,6}(?:[ \t]+|$))*", r"[^,]*(?:,[^,]*)*$", r"(?:\d{1,9}[.)] )*",
    ],
)  # fmt: skip
def test_others_are_not(pattern: str) -> None:
    assert not is_ambiguous(pattern)


@pytest.mark.parametrize("pattern", [r"\s+$", r"[ \t]+y", "a.*!?b", r"\s*[|•]\s*"])
def test_searches_that_begin_again_are_slow(pattern: str) -> None:
    compiled = re.compile(pattern)
    texts = (TEXTS[name](LONG) for name in ("spaces in a line", "one word, no end"))
    assert max(seconds(compiled, text) for text in texts) > LIMIT


def test_quadratic_work_is_counted() -> None:
    def square(size: int) -> None:
        for first in range(size):
            for second in range(first):
                abs(second)

    once, twice = (counted(lambda size=size: square(size))["calls"] for size in (200, 400))  # type: ignore[misc]
    assert 3.5 < twice / once < 4.5
    assert growing(TEXTS["short lines"]) == {}


@pytest.mark.parametrize("size", [400, 4000])
def test_texts_are_as_long_as_asked(size: int) -> None:
    for name, text in TEXTS.items():
        assert size / 2 <= len(text(size)) <= size + 20, name
