"""Configuration files: where they are found, what they may say, what a mistake gets."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from newslint.config import ConfigError, Resolver, load
from newslint.globs import Globs
from newslint.model import Severity
from newslint.selection import Layer


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_all_keys(tmp_path: Path) -> None:
    settings = load(write(tmp_path / "newslint.toml", """
        select = ["DUP", "byline"]
        extend-select = ["CUT001"]
        ignore = ["DUP003"]
        exclude = ["raw/"]
        language = "fr"
        fail-on = "error"
        min-severity = "warning"
        local-rules = ["house"]
        max-file-size = 1000
        respect-gitignore = false
        required-version = ">=0.1"
        [severity]
        byline = "info"
        [per-file-ignores]
        "letters/*.txt" = ["BOI"]
        [rules.near-duplicate]
        threshold = 0.8
        """))  # fmt: skip
    assert settings.selection == (Layer(("DUP", "byline"), ("CUT001",), ("DUP003",)),)
    assert settings.exclude == (Globs(tmp_path, ("raw/",)),)
    assert settings.fail_on is Severity.ERROR
    assert settings.severity == {"byline": Severity.INFO}
    assert settings.per_file_ignores == ((Globs(tmp_path, ("letters/*.txt",)), ("BOI",)),)
    assert settings.local_rules == (tmp_path / "house",)
    assert settings.rules == {"near-duplicate": {"threshold": 0.8}}
    assert settings.language == "fr"
    assert not settings.respect_gitignore


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", "did you mean 'select'"),
        ("select = 'DUP'", "list of strings"),
        ("fail-on = 'grave'", "unknown severity 'grave'"),
        ("language = 'français'", "language code"),
        ("language = 'fra'", "language code"),
        ("exclude = ['!']", "no glob"),
        ("max-file-size = true", "whole number"),
        ("max-file-size = 0", "whole number"),
        ("rules = 3", "table of options"),
        ("required-version = '>=99'", "needs newslint >=99"),
        ("required-version = 'new'", "version specifier"),
        ("extend = 'gone.toml'", "cannot be read"),
        ("extend = 'newslint.toml'", "extends itself"),
        ("select = [", "not valid TOML"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load(write(tmp_path / "newslint.toml", text))
    assert str(tmp_path) in str(caught.value)


def test_extend_starts_from_the_other_file(tmp_path: Path) -> None:
    base = "ignore = ['DUP003']\nexclude = ['raw/']\nlanguage = 'fr'\n[severity]\nbyline = 'info'\n[rules.x]\na = 1\n"
    write(tmp_path / "base.toml", base)
    own = "extend = '../base.toml'\nignore = ['CUT']\nlanguage = 'en'\n[severity]\nDUP001 = 'info'\n[rules.x]\nb = 2\n"
    settings = load(write(tmp_path / "sub/newslint.toml", own))
    assert settings.selection == (Layer(ignore=("DUP003",)), Layer(ignore=("CUT",)))
    assert settings.exclude == (Globs(tmp_path, ("raw/",)),), "globs stay relative to their file"
    assert settings.rules == {"x": {"a": 1, "b": 2}}
    assert settings.language == "en"
    assert set(settings.severity) == {"byline", "DUP001"}
    assert settings.root == tmp_path / "sub"


def test_the_nearest_file_wins(tmp_path: Path) -> None:
    write(tmp_path / "newslint.toml", "language = 'fr'")
    write(tmp_path / "a/pyproject.toml", "[tool.other]\nname = 'newslint'")
    write(tmp_path / "a/b/pyproject.toml", "[tool.newslint]\nlanguage = 'es'")
    (tmp_path / "a/b/c").mkdir()
    resolver = Resolver(tmp_path)
    assert resolver.of(tmp_path / "a").language == "fr"
    assert resolver.of(tmp_path / "a/b/c").language == "es"
    assert Resolver(tmp_path / "a/b", isolated=True).root.language is None
    assert Resolver(tmp_path / "a/b", file=tmp_path / "newslint.toml").root.language == "fr"


@pytest.mark.parametrize("text", ["[tool]\nnewslint = 3", "tool = 'newslint'"])
def test_a_project_file_of_another_shape(tmp_path: Path, text: str) -> None:
    project = write(tmp_path / "pyproject.toml", text)
    with pytest.raises(ConfigError, match="takes a table") if "[tool]" in text else nullcontext():
        assert load(project).selection == ()
    if "[tool]" not in text:
        assert Resolver(tmp_path).root.files == ()


def test_a_file_outside_of_the_globs_folder_is_matched_by_name(tmp_path: Path) -> None:
    globs = Globs(tmp_path / "a", ("*.bak", "raw/", "deep/x.txt"))
    assert globs.match(tmp_path / "b/x.bak")
    assert globs.match(tmp_path / "raw/x.txt")
    assert not globs.match(tmp_path / "b/deep/x.txt")
    assert globs.match(tmp_path / "a/deep/x.txt")
