"""``newslint test-rules``: cases run where the rules lie, and what is wrong is said."""

from pathlib import Path

import pytest

from conftest import ROOT, SHOUTING, Run

CASES = """
[[fail]]
why = "two marks"
text = "Quel but ⟦!!⟧"

[[pass]]
why = "one mark is fine"
text = "Quel but !"
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with a rule and its cases; no configuration names it."""
    write(tmp_path / "house" / "shouting.py", SHOUTING)
    write(tmp_path / "house" / "shouting.toml", CASES)
    return tmp_path / "house"


@pytest.mark.parametrize("path", ["house", "house/shouting.py", ".", None])
def test_all_pass(newslint: Run, house: Path, path: str | None) -> None:
    result = newslint("test-rules", *([path] if path else []))
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "house/shouting.py: LOC001 shouting\n"
        "  ok      [[pass]] one mark is fine\n"
        "  ok      [[fail]] two marks\n"
        "2 cases of 1 rule: 2 passed, 0 failed\n"
    )


def test_a_difference_is_shown(newslint: Run, house: Path) -> None:
    write(house / "shouting.toml", CASES.replace("⟦!!⟧", "⟦!⟧!"))
    result = newslint("test-rules", "house")
    assert result.status == 1
    assert "  ok      [[pass]] one mark is fine\n  FAILED  [[fail]] two marks\n" in result.out
    assert "expected:\n              case.txt:9-10 '!'\n" in result.out
    assert "found:\n              case.txt:9-11 '!!'\n" in result.out
    assert result.out.endswith("2 cases of 1 rule: 1 passed, 1 failed\n")


def test_a_rule_that_raises_is_shown_from_its_own_line_on(newslint: Run, house: Path) -> None:
    write(house / "shouting.py", SHOUTING.replace('run = "!"', 'run = 1 / 0 * "!"'))
    result = newslint("test-rules", "house")
    assert result.status == 1
    assert "ZeroDivisionError: division by zero" in result.out
    assert "shouting.py" in result.out
    assert "testing.py" not in result.out


@pytest.mark.parametrize(
    ("text", "cases", "ran"),
    [
        ("one mark", 1, "one mark is fine"),
        ("TWO", 1, "two marks"),
        ("loc0", 2, "two marks"),
        ("shouting", 2, "one mark"),
    ],
)
def test_some_cases(newslint: Run, house: Path, text: str, cases: int, ran: str) -> None:
    result = newslint("test-rules", "house", "-k", text)
    assert f"{cases} case" in result.out.split("\n")[-2]
    assert ran in result.out


def test_no_case_is_no_success(newslint: Run, house: Path) -> None:
    result = newslint("test-rules", "house", "-k", "nothing like it")
    assert (result.status, "no case" in result.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("shouting.toml", "[[fail]]\nwhy = 'x'\n", "a case has `why`, and either `text` or `documents`"),
        ("shouting.toml", "[[fail]]\nwhy = 'x'\nlanguge = 'fr'\n", "no key 'languge': did you mean 'language'?"),
        ("shouting.toml", "[[fail]]\nwhy = 'x'\nbogus = 1\n", "no key 'bogus': use documents, fixed"),
        ("shouting.toml", "[[fail]]\nwhy = 'x'\ntext = 'y'\n", "'x' marks nothing"),
        ("shouting.toml", "[[fail]\n", "shouting.toml"),
        ("shouting.toml", "", "shouting has no cases: write a [[fail]]"),
        ("shouting.toml", "[[pass]]\nwhy = 'x'\ntext = 3\n", "shouting.toml"),
        ("shouting.py", SHOUTING + "\nimport nowhere\n", "No module named 'nowhere'"),
        ("shouting.py", SHOUTING + "\nraise SystemExit(3)\n", "SystemExit: 3"),
        ("shouting.py", SHOUTING + "\ndef (:\n", "is not Python"),
        ("shouting.py", SHOUTING.replace("def check", "def chekc"), "lacks check"),
        ("shouting.py", SHOUTING.replace("Severity.WARNING", "'warning'"), "use newslint.model.Severity"),
    ],
)
def test_what_does_not_load_is_named(newslint: Run, house: Path, name: str, text: str, message: str) -> None:
    write(house / name, text)
    result = newslint("test-rules", "house")
    assert result.status == 2
    assert message in result.err


def test_a_rule_without_cases_does_not_stop_the_others(newslint: Run, house: Path) -> None:
    write(house / "other.py", SHOUTING.replace("LOC001", "LOC002").replace('"shouting"', '"other"'))
    result = newslint("test-rules", "house")
    assert result.status == 2
    assert "other has no cases: write other.toml beside it" in result.err
    assert "2 passed, 0 failed" in result.out


def test_paths_that_hold_nothing(newslint: Run, tmp_path: Path) -> None:
    write(tmp_path / "plain.py", "import newslint\n")
    assert "no rule there" in newslint("test-rules").err
    missing = newslint("test-rules", "gone")
    assert (missing.status, "gone: no such file or folder" in missing.err) == (2, True)


def test_other_peoples_folders_are_left_out(newslint: Run, house: Path) -> None:
    for folder in (".hidden", "venv", "node_modules"):
        write(house / folder / "shouting.py", SHOUTING)
    write(house / "venv" / "pyvenv.cfg", "")
    assert newslint("test-rules", "house").status == 0


def test_rules_of_a_package_import_each_other(newslint: Run, tmp_path: Path) -> None:
    package = tmp_path / "src" / "harbour"
    write(package / "__init__.py", "")
    write(package / "base.py", "LIMIT = 1\n")
    write(package / "loud" / "__init__.py", "")
    write(package / "loud" / "shouting.py", "from harbour.base import LIMIT\nfrom ..base import LIMIT\n" + SHOUTING)
    write(package / "loud" / "shouting.toml", CASES)
    result = newslint("test-rules", "src")
    assert (result.status, result.err) == (0, "")


def test_a_package_that_is_installed_from_elsewhere_is_not_mistaken(newslint: Run, tmp_path: Path) -> None:
    """What lies under PATH is run, not what an import of that name gives otherwise."""
    for place, limit in (("installed", "1"), ("mine", "5")):
        package = tmp_path / place / "harbour"
        write(package / "__init__.py", "")
        write(package / "shouting.py", SHOUTING.replace("Option(1", f"Option({limit}"))
        write(package / "shouting.toml", CASES)
    environment = {"PYTHONPATH": str(tmp_path / "installed")}
    assert newslint("test-rules", "installed", env=environment).status == 0
    assert newslint("test-rules", "mine", env=environment).status == 1


def test_the_rules_that_come_with_newslint(newslint: Run) -> None:
    result = newslint("test-rules", "rules", "-k", "trailing-space", cwd=ROOT)
    assert (result.status, "0 failed" in result.out) == (0, True)
