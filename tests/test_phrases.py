"""Phrase lists: folding keeps offsets, cues are found at the start, patterns inside."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.text.phrases import Phrases, fold, pattern


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("À LIRE", "a lire"),
        ("l’île", "l'ile"),
        ("Lire\u00a0aussi\u202f:", "lire aussi :"),
        ("Łódź, Straße, cœur", "łodz, straße, cœur"),
        ("İstanbul", "istanbul"),
        ("한국어", "한국어"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_longest_phrase_wins() -> None:
    cues = Phrases(["Lire", "Lire aussi", "Lire la suite"])
    assert cues.end(fold("LIRE AUSSI : le budget")) == 10
    assert cues.end(fold("Lire : le budget")) == 4


def test_a_phrase_ends_with_its_word() -> None:
    cues = Phrases(["Lire aussi"])
    assert cues.end(fold("Lire aussitôt le dossier")) is None
    assert cues.end(fold("Lire aussiLe dossier")) is None
    assert cues.end(fold("Lire aussiLe dossier"), glued=True) == 10


def test_a_phrase_is_looked_for_at_one_place_only() -> None:
    cues = Phrases(["à voir"])
    assert cues.end(fold("Rien à voir")) is None
    assert cues.end(fold("Rien à voir"), 5) == 11
    assert cues.end("") is None
    assert cues.end("…") is None


def test_a_phrase_starts_with_a_word() -> None:
    with pytest.raises(ValueError, match="starts with a letter"):
        Phrases([": photo"])


def test_a_pattern_finds_whole_phrases_and_prefers_the_longest() -> None:
    search = pattern(["photo", "photo credit", "crédit photo"], after=r"\s?:")
    found = search.search(fold("Le port, hier. Photo Credit : Jeanne Morvan"))
    assert found is not None
    assert found["phrase"] == "photo credit"
    assert search.search(fold("Un photographe : Jeanne Morvan")) is None


PHRASES = st.lists(st.text(alphabet="ab c", min_size=1, max_size=6).map(str.strip).filter(bool), min_size=1)


@given(PHRASES, st.text(alphabet="ab c-", max_size=30))
def test_a_pattern_finds_what_an_alternation_finds(phrases: list[str], text: str) -> None:
    plain = re.compile(rf"\b(?:{'|'.join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))})\b")
    found, expected = pattern(phrases).search(text), plain.search(text)
    assert (found and found.span()) == (expected and expected.span())
