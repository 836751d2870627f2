"""Lines that recur: both kernels count the same, and as a plain reading of the definition does."""

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from newslint.duplication.recurring import Recurrence, places, recurring
from newslint.rule import Columns


def columns(documents: list[list[int]]) -> Columns:
    made = Columns.empty({"hash": "Q", "line": "I"})
    for own in documents:
        made.extend(Columns(array("Q", [0, len(own)]), {"hash": array("Q", own), "line": array("I", range(len(own)))}))
    return made


HASHES = st.sampled_from([1, 2, 3, 5, 1 << 40, (1 << 62) + 7, (1 << 63) + 1, (1 << 64) - 1])


@given(st.lists(st.lists(HASHES, max_size=6), max_size=9), st.integers(2, 4), st.sampled_from([1, 3, 1 << 21]))
def test_both_kernels_count_the_same(documents: list[list[int]], least: int, part: int) -> None:
    pytest.importorskip("numpy")
    made = columns(documents)
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newslint.duplication.arrays.recurring.PART", part)
        for kernel in ("python", "arrays"):
            patch.setenv("NEWSLINT_KERNEL", kernel)
            found[kernel] = recurring(made, least)
    assert found["python"] == found["arrays"]


def test_copies_of_one_article_count_once() -> None:
    copies = [[10, 20, 99]] * 3 + [[11, 99], [12, 99]]
    assert recurring(columns(copies), 2) == {99: Recurrence(3, 0)}
    assert [number for number, _ in places(columns(copies), {99: Recurrence(3, 0)})] == [0, 1, 2, 3, 4]


def test_each_line_is_shown_where_it_stands_first(newslint: Run, tmp_path: Path) -> None:
    morning = "Toute la rédaction vous souhaite une bonne matinée de lecture."
    evening = "Le journal du soir vous attend dans votre kiosque habituel."
    texts = [["Le bac.", evening], [*(f"Le phare numéro {number} s'allume." for number in range(30)), morning, evening]]
    texts += [[f"La digue {'abcdefghi'[number]} tient.", morning] for number in range(9)]
    texts += [[f"Le quai {'abcdefghijkl'[number]} attend.", evening] for number in range(12)]
    for number, lines in enumerate(texts, 1):
        (tmp_path / f"{number:02}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    report = newslint(".", "--isolated", "--select", "DUP004", "--output-format", "json").report
    assert report["errors"] == []
    places = {
        (place["location"]["path"], place["location"]["start"]["line"])
        for finding in report["findings"]
        for place in finding["related"]
    }
    assert places == {("01.txt", 3), ("02.txt", 61)}
