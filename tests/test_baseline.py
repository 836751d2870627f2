"""The baseline: known findings stay quiet, new ones never do."""

import json
from pathlib import Path

import pytest

from conftest import Run

LINK = "Lire aussi : Trois listes pour une mairie\n"
TEXT = "Le conseil a voté le budget lundi soir.\n\n"
ARTICLE = (
    "La petite gare de Morvec rouvrira au printemps, sept ans après le passage du dernier train. La région paie les "
    "rails, la commune le toit, et une association de retraités tiendra le guichet trois jours par semaine.\n"
)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def baseline(tmp_path: Path) -> dict[str, dict[str, dict[str, int]]]:
    tree: dict[str, dict[str, dict[str, int]]] = json.loads(
        (tmp_path / "newslint-baseline.json").read_text(encoding="utf-8")
    )
    return tree


def check(newslint: Run, *arguments: object) -> int:
    return newslint("--baseline", "newslint-baseline.json", *arguments).status


class TestCheck:
    def test_known_findings_are_quiet_new_ones_are_not(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", TEXT + LINK)
        assert newslint("baseline", "create").status == 0
        assert check(newslint) == 0
        write(tmp_path / "b.txt", TEXT + LINK)
        result = newslint("--baseline", "newslint-baseline.json", "--output-format", "json")
        assert {(f["location"]["path"], f["status"]) for f in result.report["findings"] if f["code"] == "BOI001"} == {
            ("a.txt", "baselined"), ("b.txt", "new"),
        }  # fmt: skip
        assert result.status == 1

    def test_lines_may_move(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", TEXT + LINK)
        newslint("baseline", "create")
        write(tmp_path / "a.txt", "Une phrase de plus.\n\n" * 5 + TEXT + "\n" + LINK)
        assert check(newslint, "--select", "BOI") == 0

    def test_equal_defects_are_counted(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", TEXT + LINK)
        newslint("baseline", "create", "--select", "BOI")
        write(tmp_path / "a.txt", TEXT + LINK + "\n" + TEXT.upper() + LINK)
        assert check(newslint, "--select", "BOI") == 1

    def test_one_mended_and_one_new_is_not_green(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", TEXT + LINK)
        newslint("baseline", "create")
        write(tmp_path / "a.txt", TEXT + LINK.replace("Trois", "Quatre"))
        assert check(newslint) == 1

    def test_from_the_configuration_and_from_any_folder(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "newslint.toml", 'baseline = "known/base.json"\n')
        write(tmp_path / "x" / "a.txt", TEXT + LINK)
        (tmp_path / "known").mkdir()
        assert newslint("baseline", "create").status == 0
        assert newslint(".").status == 0
        assert newslint(".", cwd=tmp_path / "x").status == 0

    def test_fixes_leave_known_findings_alone(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", TEXT + LINK)
        newslint("baseline", "create")
        check(newslint, "--fix", "--unsafe-fixes")
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == TEXT + LINK


class TestFile:
    def test_is_the_same_however_it_was_made(self, newslint: Run, tmp_path: Path) -> None:
        for name in ("b/b.txt", "a.txt", "c.txt"):
            write(tmp_path / name, TEXT + LINK)
        newslint("baseline", "create")
        first = (tmp_path / "newslint-baseline.json").read_bytes()
        (tmp_path / "newslint-baseline.json").unlink()
        newslint("baseline", "create", "c.txt", "b", "a.txt", "-j2")
        assert (tmp_path / "newslint-baseline.json").read_bytes() == first
        assert list(baseline(tmp_path)) == ["a.txt", "b/b.txt", "c.txt"]

    def test_create_overwrites_nothing(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "newslint-baseline.json", "{}\n")
        result = newslint("baseline", "create")
        assert (result.status, "is there already" in result.err) == (2, True)

    @pytest.mark.parametrize(
        "text", ["", "[1]", '{"a.txt": 3}', '{"a.txt": {"x": {"f": 0}}}', "\x00", "[" * 100_000, '{"a": {"x": []}}']
    )
    def test_a_damaged_one_is_named(self, newslint: Run, tmp_path: Path, text: str) -> None:
        write(tmp_path / "newslint-baseline.json", text)
        write(tmp_path / "a.txt", TEXT)
        for arguments in (("--baseline", "newslint-baseline.json"), ("baseline", "update"), ("baseline", "audit")):
            result = newslint(*arguments)
            assert (result.status, "newslint-baseline.json: is no baseline" in result.err) == (2, True)
        assert (tmp_path / "newslint-baseline.json").read_text(encoding="utf-8") == text

    def test_a_missing_one_is_named(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", TEXT)
        result = newslint("--baseline", "gone.json")
        assert (result.status, "gone.json: no such baseline: `newslint baseline create`" in result.err) == (2, True)


class TestUpdate:
    def test_a_run_over_some_files_keeps_the_others(self, newslint: Run, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            write(tmp_path / name, TEXT + LINK)
        newslint("baseline", "create", "--select", "BOI")
        write(tmp_path / "a.txt", TEXT)
        write(tmp_path / "b.txt", TEXT)
        assert "(0 added, 1 dropped)" in newslint("baseline", "update", "a.txt").out
        assert list(baseline(tmp_path)) == ["b.txt"]

    def test_rules_that_were_not_run_keep_theirs(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", TEXT + LINK)
        newslint("baseline", "create")
        newslint("baseline", "update", "--select", "ENC")
        assert "cross-reference" in baseline(tmp_path)["a.txt"]

    def test_duplicates_are_dropped_only_by_a_run_over_all(self, newslint: Run, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            write(tmp_path / name, ARTICLE)
        newslint("baseline", "create")
        assert "near-duplicate" in baseline(tmp_path)["b.txt"]
        newslint("baseline", "prune", "b.txt")
        assert "near-duplicate" in baseline(tmp_path)["b.txt"]
        write(tmp_path / "a.txt", TEXT)
        newslint("baseline", "prune")
        assert baseline(tmp_path) == {}

    def test_files_that_are_gone_go_with_their_folder(self, newslint: Run, tmp_path: Path) -> None:
        for name in ("x/a.txt", "y/b.txt"):
            write(tmp_path / name, TEXT + LINK)
        newslint("baseline", "create", "--select", "BOI")
        (tmp_path / "x" / "a.txt").unlink()
        (tmp_path / "y" / "b.txt").unlink()
        newslint("baseline", "prune", "x")
        assert list(baseline(tmp_path)) == ["y/b.txt"]

    def test_prune_adds_nothing(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", TEXT + LINK)
        newslint("baseline", "create", "--select", "BOI")
        write(tmp_path / "b.txt", TEXT + LINK)
        newslint("baseline", "prune", "--select", "BOI")
        assert list(baseline(tmp_path)) == ["a.txt"]
        newslint("baseline", "update", "--select", "BOI")
        assert list(baseline(tmp_path)) == ["a.txt", "b.txt"]

    def test_an_unreadable_file_changes_nothing(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", TEXT + LINK)
        newslint("baseline", "create")
        before = (tmp_path / "newslint-baseline.json").read_bytes()
        (tmp_path / "a.txt").write_bytes(b"\0\0")
        assert newslint("baseline", "update").status == 2
        assert (tmp_path / "newslint-baseline.json").read_bytes() == before


def test_audit_counts_and_writes_nothing(newslint: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path / name, TEXT + LINK)
    newslint("baseline", "create", "--select", "BOI")
    write(tmp_path / "b.txt", TEXT)
    before = (tmp_path / "newslint-baseline.json").read_bytes()
    result = newslint("baseline", "audit")
    assert result.status == 0
    assert result.out.splitlines() == [
        "       2  cross-reference  (1 no longer found)",
        "2 findings in 2 files.",
        "1 no longer found: `newslint baseline prune` drops them.",
    ]
    assert (tmp_path / "newslint-baseline.json").read_bytes() == before
