"""Suppressions: entries of the configuration, comments in mark-down, words of the house, and what nobody needs."""

from pathlib import Path

import pytest

from conftest import Run
from newslint.text.house import HouseWords

LINK = "Le conseil a voté le budget lundi soir.\n\nLire aussi : Trois listes pour une mairie\n"
ENTRY = '[[suppress]]\nrules = ["cross-reference"]\nreason = "printed so"\n'


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


class TestEntries:
    def test_a_suppressed_finding_fails_nothing_and_is_told_with_its_reason(
        self, newslint: Run, tmp_path: Path
    ) -> None:
        write(tmp_path / "a.txt", LINK)
        write(tmp_path / "newslint.toml", "# ours\n" + ENTRY)
        result = newslint(".", "--output-format", "json")
        (finding,) = result.report["findings"]
        assert (result.status, finding["status"]) == (0, "suppressed")
        assert finding["suppression"] == {"reason": "printed so", "source": "newslint.toml:2"}
        assert result.report["summary"]["suppressed"] == 1
        assert newslint(".").out.endswith("Not shown: 1 suppressed.\n")

    @pytest.mark.parametrize(
        ("more", "status"),
        [
            ('path = "a.txt"', 0), ('path = "b/"', 1), ('text = "Trois  listes"', 0), ('text = "Quatre listes"', 1),
            ('fingerprint = "0123456789abcdef"', 1),
        ],
    )  # fmt: skip
    def test_narrowed_down(self, newslint: Run, tmp_path: Path, more: str, status: int) -> None:
        write(tmp_path / "a.txt", LINK)
        write(tmp_path / "newslint.toml", f"{ENTRY}{more}\n")
        assert newslint(".", "--ignore", "NL003").status == status

    def test_by_fingerprint(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", LINK)
        (finding,) = newslint(".", "--output-format", "json").report["findings"]
        write(tmp_path / "newslint.toml", f'{ENTRY}fingerprint = "{finding["fingerprint"]}"\n')
        assert newslint(".").status == 0

    @pytest.mark.parametrize(
        ("entry", "message"),
        [
            ('[[suppress]]\nrules = ["BOI001"]\n', "needs a `reason`"),
            ('[[suppress]]\nreason = "x"\n', "names its `rules`"),
            ('[[suppress]]\nrules = ["BOI001"]\nreason = " "\n', "reason takes a string"),
            ('[[suppress]]\nrules = ["BOI001"]\nreason = "x"\npaths = "a"\n', "did you mean 'path'?"),
            ('[[suppress]]\nrules = ["BOI999"]\nreason = "x"\n', "no rule is called 'BOI999'"),
            ('suppress = "BOI001"\n', "takes tables"),
        ],
    )
    def test_bad_entries(self, newslint: Run, tmp_path: Path, entry: str, message: str) -> None:
        write(tmp_path / "newslint.toml", entry)
        write(tmp_path / "a.txt", LINK)
        result = newslint(".")
        assert (result.status, message in result.err, "newslint.toml" in result.err) == (2, True, True), result.err


class TestUnused:
    def found(self, newslint: Run, *arguments: str) -> list[tuple[str, int, str]]:
        return newslint(*arguments, "--select", "BOI001,DUP,NL003", "--output-format", "json").found()

    def test_an_entry_that_nothing_needs(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", "Le conseil a voté le budget lundi soir.\n")
        write(tmp_path / "newslint.toml", "\n" + ENTRY)
        assert self.found(newslint, ".") == [("newslint.toml", 2, "unused-suppression")]

    def test_a_run_over_some_files_cannot_tell(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", "Le conseil a voté le budget lundi soir.\n")
        write(tmp_path / "newslint.toml", ENTRY)
        assert self.found(newslint, "a.txt") == []

    def test_unless_the_entry_is_about_one_of_them(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", "Le conseil a voté le budget lundi soir.\n")
        write(tmp_path / "newslint.toml", ENTRY + 'path = "a.txt"\n' + ENTRY + 'path = "b.txt"\n')
        assert self.found(newslint, "a.txt") == [("newslint.toml", 1, "unused-suppression")]

    def test_rules_that_compare_documents_need_the_whole_folder(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", "Le conseil a voté le budget lundi soir.\n")
        write(tmp_path / "newslint.toml", '[[suppress]]\nrules = ["DUP001"]\npath = "a.txt"\nreason = "known"\n')
        assert self.found(newslint, "a.txt") == []
        assert self.found(newslint, ".") == [("newslint.toml", 1, "unused-suppression")]

    def test_rules_that_do_not_run_cannot_tell(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", LINK)
        write(tmp_path / "newslint.toml", ENTRY)
        assert newslint(".", "--select", "ENC,NL003").status == 0

    def test_a_comment_that_nothing_needs(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.md", "# Budget\n\nLe conseil a voté. <!-- newslint: ignore[BOI001] cité -->\n")
        assert self.found(newslint, ".") == [("a.md", 3, "unused-suppression")]

    def test_a_comment_that_names_no_rules(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.md", "# Budget\n\nLe conseil a voté. <!-- newslint: ignore -->\n")
        assert self.found(newslint, ".") == [("a.md", 3, "unused-suppression")]


class TestComments:
    @pytest.mark.parametrize(
        "comment",
        [
            "<!-- newslint: ignore[cross-reference] quoted -->\nLire aussi : Trois listes pour une mairie\n",
            "<!-- newslint: ignore[BOI] -->\n\nLire aussi : Trois listes pour une mairie\n",
            "Lire aussi : Trois listes pour une mairie <!-- newslint: ignore[BOI001, BOI002] quoted -->\n",
            "<!-- newslint: ignore-file[BOI001] -->\n\nUn mot.\n\nLire aussi : Trois listes pour une mairie\n",
        ],
    )
    def test_a_comment_covers(self, newslint: Run, tmp_path: Path, comment: str) -> None:
        write(tmp_path / "a.md", f"# Budget\n\nLe conseil a voté lundi soir.\n\n{comment}\nLa séance est levée.\n")
        result = newslint("a.md", "--output-format", "json", "--select", "BOI001,NL003")
        assert [finding["status"] for finding in result.report["findings"]] == ["suppressed"]
        assert result.status == 0

    def test_and_no_more_than_that(self, newslint: Run, tmp_path: Path) -> None:
        text = "# Budget\n\n<!-- newslint: ignore[BOI001] -->\nLe conseil a voté.\n\nLire aussi : Trois listes\n"
        write(tmp_path / "a.md", text)
        assert newslint("a.md", "--output-format", "json", "--select", "BOI001").found() == [
            ("a.md", 6, "cross-reference")
        ]


class TestWords:
    @pytest.mark.parametrize(
        ("text", "covered"),
        [
            ("Kaja Kallas", True), ("kallas", False), ("KAJA KALLAS, Otan", True), ("le fact-checking", False),
            ("fact-checking", True), ("...", False), ("", False),
        ],
    )  # fmt: skip
    def test_cover(self, text: str, covered: bool) -> None:
        assert HouseWords(["Kaja Kallas", "Otan", "fact-checking", "-"]).cover(text) is covered

    def test_no_rule_questions_them(self, newslint: Run, tmp_path: Path) -> None:
        text = "Le secrétaire Mark Rutte a parlé. Mark Rutte est resté une heure. Puis Mark Rute a salué la presse.\n"
        write(tmp_path / "a.txt", text)
        assert newslint("a.txt", "--select", "TRA004", "--language", "fr").status == 1
        write(tmp_path / "newslint.toml", 'words = ["Mark Rute"]\n')
        assert newslint("a.txt", "--select", "TRA004", "--language", "fr").status == 0
