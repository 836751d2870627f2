"""Repetitions: every cycle is found and is one, the work grows with the text, fixes settle."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.document import Document
from newslint.model import Applicability, Fix, Hit
from newslint.testing import apply, check
from newslint_rules.translation.cycles import Cycle, cycles, may_cycle
from newslint_rules.translation.passage import Passage
from newslint_rules.translation.quotations import Quotations
from newslint_rules.translation.repeated_word import RepeatedWord

FEW_LETTERS = st.lists(st.sampled_from("abc"), max_size=14)
#: Words that stand once in any sentence: no double is natural, no two are alike.
SENTENCE = ["the", "mayor", "of", "our", "city", "opened", "a", "bridge", "and", "praised", "their", "patient", "crew"]
NEVER = ("the", "our", "a", "and", "their")


def squares(words: Sequence[str]) -> set[Cycle]:
    """All maximal cycles, by trying everything."""
    found = set()
    for period in range(1, len(words)):
        start = None
        for at in range(period, len(words) + 1):
            if at < len(words) and words[at] == words[at - period]:
                start = at if start is None else start
            elif start is not None:
                if at - start >= period:
                    found.add(Cycle(period, start - period, at))
                start = None
    return found


@given(FEW_LETTERS)
def test_cycles_are_cycles(words: list[str]) -> None:
    found, all_of_them = set(cycles(words)), squares(words)
    assert found <= all_of_them
    assert may_cycle(words) >= bool(all_of_them)
    for missed in all_of_them - found:
        assert any(
            cycle.period < missed.period and cycle.first < missed.last and missed.first < cycle.last for cycle in found
        ), "only what a shorter phrase explains is left out"


@given(st.integers(1, 20), st.integers(2, 6), st.integers(0, 5), st.integers(0, 5))
def test_a_planted_phrase_is_found_whole(period: int, copies: int, before: int, after: int) -> None:
    phrase = [f"p{n}" for n in range(period)]
    words = [f"b{n}" for n in range(before)] + phrase * copies + [f"a{n}" for n in range(after)]
    assert list(cycles(words)) == [Cycle(period, before, before + period * copies)]
    assert next(cycles(words)).copies == copies


def test_longer_phrases_than_asked_for_are_left() -> None:
    words = [str(n) for n in range(9)] * 2
    assert list(cycles(words, longest=9)) == [Cycle(9, 0, 18)]
    assert list(cycles(words, longest=8)) == []


class Counted(list[str]):
    """A list that counts how often a word is looked at."""

    looks = 0

    def __getitem__(self, key: Any) -> Any:
        self.looks += 1
        return super().__getitem__(key)


@pytest.mark.parametrize(
    "pattern",
    [["a"], ["a", "b"], ["a", "a", "b"], ["a", "b", "a", "c"], [f"w{n}" for n in range(64)], list("abaababaabaab")],
    ids=["one word", "two words", "a double in a phrase", "a phrase in a phrase", "a long phrase", "fibonacci"],
)
def test_steps_grow_with_the_words(pattern: list[str]) -> None:
    looks = []
    for size in (3_000, 6_000):
        words = Counted((pattern * size)[:size])
        assert list(cycles(words))
        looks.append(words.looks)
    assert looks[1] <= 2.1 * looks[0]
    assert looks[1] <= 20 * 6_000


def hits(text: str, language: str = "en") -> tuple[Document, list[Hit]]:
    document = Document("case.txt", text, language=language)
    return document, check(RepeatedWord(), [document])


@given(st.sampled_from(NEVER), st.integers(1, 3))
def test_a_planted_double_is_found_and_mended(word: str, spaces: int) -> None:
    at = SENTENCE.index(word)
    clean = " ".join(SENTENCE) + ".\n"
    broken = " ".join([*SENTENCE[:at], word + " " * spaces + word, *SENTENCE[at + 1 :]]) + ".\n"
    document, found = hits(broken)
    assert hits(clean)[1] == []
    (hit,) = found
    assert document.source[hit.span.start : hit.span.end].split() == [word, word]
    assert hit.fix is not None
    assert hit.fix.applicability is Applicability.SAFE
    assert apply(broken, [hit.fix]) == clean


def fixes(text: str, *wanted: Applicability) -> list[Fix]:
    return [hit.fix for hit in hits(text)[1] if hit.fix and hit.fix.applicability in wanted]


@given(st.lists(st.sampled_from(["the", "of", "bridge", "mayor", "and", "that", "old,", "city.", "The"]), max_size=16))
def test_fixes_settle(words: list[str]) -> None:
    text = " ".join(words)
    safe = apply(text, fixes(text, Applicability.SAFE))
    assert fixes(safe, Applicability.SAFE) == [], "safe fixes are made at once"
    while made := fixes(text, *Applicability):
        shorter = apply(text, made)
        assert len(shorter) < len(text)
        text = shorter


@given(st.text(max_size=60), st.sampled_from(["fr", "en", "de", "es", "it", "pt", "nl", "sv", None]))
def test_any_text_is_read(text: str, language: str | None) -> None:
    for hit in check(RepeatedWord(), [Document("case.txt", text, language=language)]):
        assert hit.fix is not None
        assert all(hit.span.start <= edit.span.start <= edit.span.end <= hit.span.end for edit in hit.fix.edits)


@pytest.mark.parametrize("piece", ["a ", "word ", "the year, ", '"la la" ', "a", "the the of of "])
def test_a_long_loop_is_one_finding_at_most(piece: str) -> None:
    assert len(hits(piece * (200_000 // len(piece)))[1]) <= 1


@given(st.text(alphabet=' a"«»“”„', max_size=20), st.integers(0, 20))
def test_quotations_are_open_or_not(text: str, offset: int) -> None:
    assert Quotations(text).is_open(min(offset, len(text))) in {True, False}


def test_a_passage_folds_words_and_keeps_them() -> None:
    passage = Passage("L’Eau de l’eau")
    assert passage.words == ["l", "eau", "de", "l", "eau"]
    assert passage.raw == ["L", "Eau", "de", "l", "eau"]
