"""Fixes: which go together, what is written, and what is left alone."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import SHARED, Run
from newslint.fix import apply, compatible
from newslint.model import Edit, Span

TRAILING = "Le maire a ouvert la séance. \nPersonne n'a parlé.\t\n"
CLEAN = "Le maire a ouvert la séance.\nPersonne n'a parlé.\n"
LINK = "Le conseil a voté le budget lundi soir.\n\nLire aussi : Trois listes pour une mairie\n\nLa séance est levée.\n"


def edits(*spans: tuple[int, int]) -> list[Edit]:
    return [Edit(Span(*span), "x") for span in spans]


class TestCompatible:
    def test_the_earlier_goes_first(self) -> None:
        one, other = edits((4, 8)), edits((2, 6))
        assert compatible([one, other]) == [other]

    def test_a_fix_goes_whole_or_not_at_all(self) -> None:
        one, other, third = edits((0, 2), (10, 12)), edits((4, 6), (11, 13)), edits((4, 6))
        assert compatible([one, other, third]) == [one, third]

    def test_edits_may_touch(self) -> None:
        assert len(compatible([edits((0, 4)), edits((4, 8))])) == 2

    def test_nothing_begins_where_another_does(self) -> None:
        assert len(compatible([edits((4, 4)), edits((4, 8))])) == 1

    @given(st.lists(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6)), min_size=1, max_size=3), max_size=8))
    def test_no_two_of_them_overlap(self, drawn: list[list[tuple[int, int]]]) -> None:
        fixes = [edits(*((start, start + size) for start, size in spans)) for spans in drawn]
        touched: set[int] = set()
        for fix in compatible(fixes):
            for span, _ in fix:
                assert touched.isdisjoint(range(span.start, span.end))
                touched |= set(range(span.start, span.end))

    @given(st.text("abc", max_size=20), st.sets(st.integers(0, 19)))
    def test_everything_outside_stays(self, source: str, places: set[int]) -> None:
        chosen = [Edit(Span(place, place + 1), "") for place in places if place < len(source)]
        kept = "".join(letter for place, letter in enumerate(source) if place not in places)
        assert apply(source, chosen) == kept


class TestFix:
    def test_safe_fixes_are_written_and_reported_no_more(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TRAILING, encoding="utf-8")
        result = newslint("a.txt", "--fix", "--fail-on", "info")
        assert (result.status, result.out) == (0, "All clear: no findings in 1 document.\n")
        assert "Fixed 1 finding in 1 file." in result.err
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == CLEAN

    def test_unsafe_fixes_need_their_word(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(LINK, encoding="utf-8")
        assert newslint("a.txt", "--fix").status == 1
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == LINK
        assert newslint("a.txt", "--fix", "--unsafe-fixes").status == 0
        kept = "Le conseil a voté le budget lundi soir.\n\nLa séance est levée.\n"
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == kept

    def test_unsafe_fixes_alone_do_nothing(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(LINK, encoding="utf-8")
        result = newslint("a.txt", "--unsafe-fixes")
        assert (result.status, "--unsafe-fixes goes with --fix" in result.err) == (2, True)

    @pytest.mark.parametrize(
        ("encoding", "mark"),
        [
            ("utf-8", b""), ("utf-8-sig", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"),
            ("utf-32-be", b"\x00\x00\xfe\xff"), ("cp1252", b""),
        ],
    )  # fmt: skip
    def test_bytes_outside_the_edits_stay(self, newslint: Run, tmp_path: Path, encoding: str, mark: bytes) -> None:
        text = "Le maire a été réélu à Orléans dès l’été. \r\nPersonne n’a protesté,\rni crié.\nFin à midi."
        (tmp_path / "a.txt").write_bytes(mark + text.encode(encoding))
        newslint("a.txt", "--fix", "--select", "ENC003")
        assert (tmp_path / "a.txt").read_bytes() == mark + text.replace(". \r", ".\r").encode(encoding)

    def test_a_link_stays_a_link_and_the_mode_stays(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TRAILING, encoding="utf-8")
        (tmp_path / "a.txt").chmod(0o640)
        (tmp_path / "b.txt").symlink_to("a.txt")
        newslint("b.txt", "--fix")
        assert (tmp_path / "b.txt").is_symlink()
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == CLEAN
        assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything can be written by this user")
    def test_what_cannot_be_written_is_named(self, newslint: Run, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(TRAILING, encoding="utf-8")
        (tmp_path / "a.txt").chmod(0o440)
        result = newslint(".", "--fix")
        assert (result.status, "a.txt: was not fixed: it cannot be written" in result.out) == (2, True)
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == TRAILING
        assert (tmp_path / "b.txt").read_text(encoding="utf-8") == CLEAN

    def test_standard_input_goes_to_standard_output(self, newslint: Run) -> None:
        result = newslint("-", "--fix", stdin=TRAILING.encode())
        assert (result.status, result.out) == (0, CLEAN)

    def test_nothing_else_is_left_in_the_folder(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TRAILING, encoding="utf-8")
        newslint(".", "--fix")
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


class TestDiff:
    def test_shows_and_writes_nothing(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TRAILING, encoding="utf-8")
        result = newslint("a.txt", "--diff")
        assert result.status == 1
        assert result.out.splitlines()[:2] == ["--- a.txt", "+++ a.txt"]
        assert "-Le maire a ouvert la séance. \n+Le maire" not in result.out
        assert "-Le maire a ouvert la séance. \n" in result.out
        assert "Would fix 1 finding in 1 file." in result.err
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == TRAILING

    def test_nothing_to_change(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
        result = newslint("a.txt", "--diff")
        assert (result.status, result.out) == (0, "")

    def test_a_missing_last_line_end_is_said(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TRAILING[:-1], encoding="utf-8")
        assert "\\ No newline at end of file" in newslint("a.txt", "--diff").out


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference articles are not there")
def test_the_reference_articles_once_mended_stay_mended(newslint: Run, tmp_path: Path) -> None:
    for article in (SHARED / "seeds").glob("*.txt"):
        (tmp_path / article.name).write_bytes(article.read_bytes())
    newslint(".", "--fix", "--unsafe-fixes", "--fail-on", "never")
    mended = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    result = newslint(".", "--fix", "--unsafe-fixes", "--fail-on", "never", "--output-format", "json")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == mended
    assert [finding["name"] for finding in result.report["findings"] if finding["fix"]] == []
    third = next(data.decode() for name, data in mended.items() if name.startswith("003"))
    original = next((SHARED / "seeds").glob("003*")).read_text(encoding="utf-8")
    kept = [line for line in third.split("\n") if line.strip()]
    assert len(kept) == len(set(kept))
    places = [original.find(line[:60]) for line in kept]
    assert places == sorted(places)
