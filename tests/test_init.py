"""``newslint init``: the configuration it writes, and the files it leaves alone."""

import re
import tomllib
from pathlib import Path

import pytest

from conftest import Run
from newslint.cli.init import template
from newslint.config import FILE_KEYS, KEYS, load
from newslint.plugins import load_plugins

OURS = "[project]\nname = 'archive'\n"


def uncommented(text: str) -> str:
    """The text with every setting in force."""
    return re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)


class TestTemplate:
    def test_every_key_is_there_and_explained(self) -> None:
        text = template(load_plugins())
        plain = " ".join(text.replace("\n# ", " ").split())
        for name, key in {**FILE_KEYS, **KEYS}.items():
            assert re.search(rf"^#\[?\[?{name}\b|^# {name} = ", text, re.MULTILINE), name
            assert key.help[1:] in plain, name

    def test_nothing_is_in_force(self) -> None:
        assert tomllib.loads(template(load_plugins())) == {}
        assert tomllib.loads(template(load_plugins(), "tool.newslint")) == {"tool": {"newslint": {}}}

    def test_every_setting_can_be_put_in_force(self, tmp_path: Path) -> None:
        table = tomllib.loads(uncommented(template(load_plugins())))
        assert set(table) == {*FILE_KEYS, *KEYS} - {"extend"}
        project = tomllib.loads(uncommented(template(load_plugins(), "tool.newslint")))
        assert project == {"tool": {"newslint": table}}

    def test_no_line_is_long(self) -> None:
        assert max(map(len, template(load_plugins()).split("\n"))) <= 100


class TestOwnFile:
    def test_it_is_a_configuration(self, newslint: Run, tmp_path: Path) -> None:
        result = newslint("init")
        assert (result.status, result.out) == (0, "Wrote newslint.toml.\n")
        assert newslint("config").out.startswith(f"# from {tmp_path / 'newslint.toml'}")

    def test_it_is_one_with_every_setting_in_force(self, newslint: Run, tmp_path: Path) -> None:
        newslint("init")
        file = tmp_path / "newslint.toml"
        file.write_text(uncommented(file.read_text(encoding="utf-8")), encoding="utf-8")
        assert load(file).language == "fr"
        result = newslint("config")  # which knows the rules and their options as well
        assert (result.status, result.err) == (0, "")

    @pytest.mark.parametrize("option", [[], ["--pyproject"]])
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("newslint.toml", "language = 'fr'\n"),
            ("newslint.toml", ""),
            ("pyproject.toml", f"{OURS}[tool.newslint]\n"),
            ("pyproject.toml", f"{OURS}tool.newslint = 1\n[broken"),
        ],
    )
    def test_a_folder_that_has_one_stays_as_it_is(
        self, newslint: Run, tmp_path: Path, name: str, text: str, option: list[str]
    ) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")
        result = newslint("init", *option)
        assert result.status == 2
        assert f"{name} configures newslint here already" in result.err
        assert [path.name for path in tmp_path.iterdir()] == [name]
        assert (tmp_path / name).read_text(encoding="utf-8") == text

    def test_a_link_to_nowhere_is_not_followed(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "newslint.toml").symlink_to("gone.toml")
        result = newslint("init")
        assert (result.status, "is there already" in result.err) == (2, True)
        assert not (tmp_path / "gone.toml").exists()


class TestProject:
    @pytest.mark.parametrize("text", [OURS, OURS.rstrip("\n"), "", "[tool.other]\nx = 1\n"])
    def test_a_table_is_appended(self, newslint: Run, tmp_path: Path, text: str) -> None:
        file = tmp_path / "pyproject.toml"
        file.write_text(text, encoding="utf-8")
        result = newslint("init", "--pyproject")
        assert (result.status, result.out) == (0, "Appended [tool.newslint] to pyproject.toml.\n")
        after = file.read_text(encoding="utf-8")
        assert after.startswith(text)
        assert tomllib.loads(after).pop("tool")["newslint"] == {}
        assert newslint("config").out.startswith(f"# from {file}")

    def test_line_ends_are_kept(self, newslint: Run, tmp_path: Path) -> None:
        file = tmp_path / "pyproject.toml"
        file.write_bytes(OURS.replace("\n", "\r\n").encode())
        assert newslint("init", "--pyproject").status == 0
        assert re.search(rb"(?<!\r)\n", file.read_bytes()) is None

    @pytest.mark.parametrize(
        ("text", "message"),
        [(None, "no such file"), ("[project\n", "cannot be appended"), ("tool = { x = 1 }\n", "cannot be appended")],
    )
    def test_where_it_cannot_be(self, newslint: Run, tmp_path: Path, text: str | None, message: str) -> None:
        file = tmp_path / "pyproject.toml"
        if text is not None:
            file.write_text(text, encoding="utf-8")
        result = newslint("init", "--pyproject")
        assert (result.status, message in result.err) == (2, True)
        assert (file.read_text(encoding="utf-8") if file.exists() else None) == text
