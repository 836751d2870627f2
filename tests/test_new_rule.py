"""``newslint new-rule``: what it writes works at once, wherever it is asked, and it never overwrites."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT, Run
from newslint.cli.rule_edits import EditError, with_local_rules, with_reference
from newslint.plugins import RuleRef

RULES = '''"""The rules."""

from newslint.plugins import RuleRef, hookimpl


@hookimpl
def newslint_rules() -> list[RuleRef]:
    """The rules."""
    return [RuleRef(code, name, f"newslint_rules.{family}:X") for code, name, family in RULES]


RULES = (
    ("DUP001", "near-duplicate", "duplication"),
    ("ENC001", "mojibake", "encoding"),
    ("ENC002", "invisible-character", "encoding"),
    ("TYP001", "unbalanced-quotes", "typography"),
)
'''


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What tells newslint's own checkout from other projects, and no more."""
    write(tmp_path / "pyproject.toml", '[project]\nname = "newslint"\n')
    package = tmp_path / "rules" / "newslint_rules"
    write(package / "__init__.py", RULES)
    for family in ("duplication", "encoding", "typography"):
        write(package / family / "__init__.py")
    write(
        package / "encoding" / "mojibake.py",
        "import newslint\n\nclass Mojibake(newslint.R):\n    code = 'ENC001'\n    name = 'mojibake'\n",
    )
    return package


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A plugin package without rules."""
    write(
        tmp_path / "pyproject.toml",
        '[project]\nname = "newslint-harbour"\n\n[project.entry-points.newslint]\nharbour = "harbour_rules"\n',
    )
    folder = tmp_path / "src" / "harbour_rules"
    folder.mkdir(parents=True)
    return folder


def lints(folder: str, cwd: Path, *widths: int) -> None:
    """Ruff with a strict choice, its formatter at some widths, and mypy find nothing."""
    choice = "A,ARG,B,C4,D,E,F,I,N,PERF,PIE,RET,RUF,S,SIM,UP,W"
    ruff = (sys.executable, "-m", "ruff")
    for command in (
        (*ruff, "check", "--isolated", "--select", choice, "--config", "lint.pydocstyle.convention='google'"),
        *((*ruff, "format", "--isolated", "--check", "--line-length", str(width)) for width in widths),
        (sys.executable, "-m", "mypy", "--strict", "--cache-dir", ROOT / ".mypy_cache"),
    ):
        done = subprocess.run([*command, folder], cwd=cwd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


class TestProject:
    def test_it_runs_tests_and_lints_at_once(self, newslint: Run, tmp_path: Path) -> None:
        made = newslint("new-rule", "figure-on-trial")
        assert made.status == 0, made.err
        assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
            "figure_on_trial.py", "figure_on_trial.toml", "newslint.toml",
        ]  # fmt: skip
        tested = newslint("test-rules", "local-rules")
        assert (tested.status, tested.out.split("\n")[-2]) == (0, "4 cases of 1 rule: 4 passed, 0 failed")
        page = newslint("rule", "figure-on-trial").out
        example = "The bridge cost TK million euros."
        assert example in page
        write(tmp_path / "a.txt", example + "\n")
        found = newslint("--select", "LOC001", "a.txt", "--output-format", "json")
        assert (found.status, found.found()) == (1, [("a.txt", 1, "figure-on-trial")])

    def test_a_rule_that_compares(self, newslint: Run, tmp_path: Path) -> None:
        assert newslint("new-rule", "headline-on-trial", "--corpus").status == 0
        assert "2 passed, 0 failed" in newslint("test-rules").out
        for name in "ab":
            write(tmp_path / f"{name}.txt", f"The harbour bridge reopens\n\nText {name}.\n")
        found = newslint("--select", "LOC001", ".", "--output-format", "json")
        assert found.found() == [("b.txt", 1, "headline-on-trial")]

    def test_what_is_written_lints(self, newslint: Run, tmp_path: Path) -> None:
        """Whatever the name's length, and with the next code each time."""
        for arguments in (("ab",), ("a" * 20 + "-" + "b" * 19,), ("twins", "--corpus"), ("a" * 40, "--corpus")):
            assert newslint("new-rule", *arguments).status == 0
        assert [f"LOC00{n}" in newslint("rules").out for n in range(1, 6)] == [True] * 4 + [False]
        lints("local-rules", tmp_path, 88, 120)
        assert newslint("test-rules").status == 0

    def test_a_rule_goes_to_the_folder_that_the_configuration_names(self, newslint: Run, shouting: Path) -> None:
        before = (shouting / "newslint.toml").read_text(encoding="utf-8")
        made = newslint("new-rule", "figure-on-trial", cwd=shouting)
        assert (shouting / "house" / "figure_on_trial.py").is_file()
        assert (shouting / "newslint.toml").read_text(encoding="utf-8") == before
        assert "LOC002 figure-on-trial" in made.out
        assert "selects other rules" in made.out

    def test_another_folder_is_named_besides(self, newslint: Run, shouting: Path) -> None:
        assert newslint("new-rule", "figure-on-trial", "--in", "house/new").status == 0
        table = tomllib.loads((shouting / "newslint.toml").read_text(encoding="utf-8"))
        assert table == {"local-rules": ["house/new", "house"], "select": ["shouting"]}

    def test_a_table_in_pyproject(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "pyproject.toml", '[tool.newslint]\nlanguage = "en"\n\n# ours\n[tool.other]\nx = 1\n')
        assert newslint("new-rule", "figure-on-trial").status == 0
        assert (tmp_path / "pyproject.toml").read_text(encoding="utf-8") == (
            '[tool.newslint]\nlanguage = "en"\nlocal-rules = ["local-rules"]\n\n# ours\n[tool.other]\nx = 1\n'
        )

    def test_what_init_wrote(self, newslint: Run, tmp_path: Path) -> None:
        newslint("init")
        before = (tmp_path / "newslint.toml").read_text(encoding="utf-8")
        assert newslint("new-rule", "figure-on-trial").status == 0
        after = (tmp_path / "newslint.toml").read_text(encoding="utf-8")
        assert after.replace('local-rules = ["local-rules"]\n', "", 1) == before
        assert "figure-on-trial" in newslint("rules").out


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("byline",), "a rule called byline is there already: BOI004"),
            (("figure-on-trial", "--code", "boi004"), "BOI004 is taken: byline"),
            (("figure-on-trial", "--code", "L1"), "'L1' is no code"),
            (("Missing_Figure",), "is no name for a rule"),
            (("a" * 41,), "is no name for a rule"),
            (("test-figure",), "choose another name"),
            (("document",), "would hide another one"),
            (("hit",), "would hide another one"),
            (("none",), "would hide another one"),
            (("calendar",), "Python has a module calendar"),
        ],
    )
    def test_a_name_or_code_that_cannot_be(
        self, newslint: Run, tmp_path: Path, arguments: tuple[str, ...], message: str
    ) -> None:
        made = newslint("new-rule", *arguments)
        assert made.status == 2
        assert message in made.err
        assert list(tmp_path.iterdir()) == []

    def test_nothing_is_overwritten(self, newslint: Run, tmp_path: Path) -> None:
        kept = write(tmp_path / "local-rules" / "figure_on_trial.toml", "mine")
        made = newslint("new-rule", "figure-on-trial")
        assert (made.status, "figure_on_trial.toml is there already" in made.err) == (2, True)
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept]
        assert kept.read_text(encoding="utf-8") == "mine"

    def test_a_rule_that_no_configuration_names_yet_counts(self, newslint: Run, tmp_path: Path) -> None:
        newslint("new-rule", "figure-on-trial")
        (tmp_path / "newslint.toml").unlink()
        made = newslint("new-rule", "other-figure", "--code", "LOC001")
        assert made.status == 2
        assert "LOC001 is taken: figure-on-trial in local-rules/figure_on_trial.py" in made.err

    def test_a_configuration_that_cannot_be_added_to(self, newslint: Run, tmp_path: Path) -> None:
        config = write(tmp_path / "newslint.toml", '"local-rules" = []\n')
        made = newslint("new-rule", "figure-on-trial")
        assert made.status == 2
        assert 'write local-rules = ["local-rules"] there' in made.err
        assert list(tmp_path.iterdir()) == [config]


class TestPackage:
    def test_from_an_empty_package(self, newslint: Run, tmp_path: Path, package: Path) -> None:
        made = newslint("new-rule", "figure-on-trial")
        assert made.status == 0, made.err
        assert "pip install --editable ." in made.out
        assert newslint("new-rule", "twins", "--corpus", "--in", "src/harbour_rules/pairs").status == 0
        assert newslint("test-rules", "src").out.endswith("6 cases of 2 rules: 6 passed, 0 failed\n")
        lints("src", tmp_path, 88)
        # What installing would do.
        info = tmp_path / "src" / "newslint_harbour-1.0.dist-info"
        write(info / "entry_points.txt", "[newslint]\nharbour = harbour_rules\n")
        environment = {"PYTHONPATH": str(tmp_path / "src")}
        listed = newslint("plugins", env=environment).out
        assert "HAR001 figure-on-trial, HAR002 twins" in listed
        write(tmp_path / "a.txt", "The bridge cost TK million euros.\n")
        assert "HAR001 figure-on-trial" in newslint("--select", "HAR", "a.txt", env=environment).out
        assert "pip install" not in newslint("new-rule", "third", env=environment).out

    def test_a_hook_that_cannot_be_added_to(self, newslint: Run, package: Path) -> None:
        write(package / "__init__.py", "from newslint.plugins import hookimpl\n\nRULES = []\n")
        made = newslint("new-rule", "figure-on-trial")
        assert made.status == 2
        assert "def newslint_rules() -> list[RuleRef]:" in made.err
        assert [path.name for path in package.iterdir()] == ["__init__.py"]


class TestCheckout:
    def test_a_rule_of_a_family(self, newslint: Run, checkout: Path) -> None:
        made = newslint("new-rule", "figure-on-trial", "--in", "encoding")
        assert made.status == 0, made.err
        assert (checkout / "encoding" / "figure_on_trial.py").is_file()
        row = '    ("{}", "figure-on-trial", "encoding"),\n'.format(made.out.split("\n\n")[1].split()[0])
        after = (checkout / "__init__.py").read_text(encoding="utf-8")
        assert after.replace(row, "") == RULES
        assert after.index("invisible-character") < after.index(row) < after.index("unbalanced-quotes")
        assert newslint("test-rules", checkout / "encoding" / "figure_on_trial.py").status == 0

    def test_without_a_family_the_families_are_named(self, newslint: Run, checkout: Path) -> None:
        made = newslint("new-rule", "figure-on-trial")
        assert made.status == 2
        assert "--in FAMILY (duplication, encoding, typography;" in made.err

    def test_a_new_family(self, newslint: Run, checkout: Path) -> None:
        made = newslint("new-rule", "figure-on-trial", "--in", checkout / "figures", "--corpus")
        assert "FIG001 figure-on-trial" in made.out
        assert ".pre-commit-hooks.yaml" in made.out
        assert (checkout / "figures" / "__init__.py").is_file()


class TestEdits:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("", 'local-rules = ["n"]\n'),
            ("x = 1\n", 'x = 1\nlocal-rules = ["n"]\n'),
            ("x = 1\r\n", 'x = 1\r\nlocal-rules = ["n"]\r\n'),
            ("x = 1\n\n# about t\n[t]\n", 'x = 1\nlocal-rules = ["n"]\n\n# about t\n[t]\n'),
            ("local-rules = []\n", 'local-rules = ["n"]\n'),
            ('local-rules = ["a"] # ours\n', 'local-rules = ["n", "a"] # ours\n'),
            ('local-rules = [\n  "a",\n]\n', 'local-rules = ["n",\n  "a",\n]\n'),
            ("[t]\nx = 1\n", 'local-rules = ["n"]\n[t]\nx = 1\n'),
        ],
    )
    def test_configuration(self, before: str, after: str) -> None:
        assert with_local_rules(before, "n").rstrip() == after.rstrip()

    @pytest.mark.parametrize("text", ['"local-rules" = ["a"]\n', "local-rules = [ # [\n]\n\n[t]\nlocal-rules=[]\n"])
    def test_configuration_that_is_left_alone(self, text: str) -> None:
        try:
            assert tomllib.loads(with_local_rules(text, "n"))["local-rules"] == ["n"]
        except EditError:
            assert text.startswith('"')

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("[]", '[\n        RuleRef("N1", "n", "m:N"),\n    ]'),
            (
                "[RuleRef('É', 'e', 'm:E')]",
                "[\n        RuleRef('É', 'e', 'm:E'),\n        RuleRef(\"N1\", \"n\", \"m:N\"),\n    ]",
            ),
            (
                "[\n        A,  # first\n        # last\n    ]",
                '[\n        A,  # first\n        # last\n        RuleRef("N1", "n", "m:N"),\n    ]',
            ),
        ],
    )
    def test_list_of_references(self, before: str, after: str) -> None:
        source = "É = 1\n\n\ndef newslint_rules():\n    return {}\n\n\nX = 1\n"
        assert with_reference(source.format(before), RuleRef("N1", "n", "m:N"), 88) == source.format(after)

    @pytest.mark.parametrize("returned", ["RULES", "[A for A in B]", "[\n        A\n    ]", "sorted([])"])
    def test_other_things_that_are_returned(self, returned: str) -> None:
        with pytest.raises(EditError):
            with_reference(f"def newslint_rules():\n    return {returned}\n", RuleRef("N1", "n", "m:N"), 88)
