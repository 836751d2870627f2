"""Shell completion: what newslint answers, and that bash, zsh and fish make use of it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import Run

Answer = Callable[[str], list[str]]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with articles."""
    desk = tmp_path / "desk"
    for folder in ("articles", "two words", ".hidden"):
        (desk / folder).mkdir(parents=True)
    for file in ("articles/a.txt", "articles/b.md", "articles/c.py", "two words/x y.txt", "report.json"):
        (desk / file).touch()
    return desk


@pytest.fixture
def answer(newslint: Run, tmp_path: Path, desk: Path) -> Answer:
    """Asks newslint as the shell's part does."""

    def ask(line: str) -> list[str]:
        out = tmp_path / "answer"
        environment = {
            "_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_STDOUT_FILENAME": str(out),
            "_ARGCOMPLETE_SUPPRESS_SPACE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)),
        }  # fmt: skip
        assert newslint(cwd=desk, env=environment).status == 0
        return out.read_text(encoding="utf-8").split("\n")

    return ask


class TestAnswer:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("newslint articles/", ["articles/a.txt", "articles/b.md"]),
            ("newslint check articles/", ["articles/a.txt", "articles/b.md"]),
            ("newslint --quiet x.txt --fail-on error articles/b", ["articles/b.md"]),
            ("newslint -- articles/b", ["articles/b.md"]),
            ("newslint two", ["two\\ words/"]),
            ("newslint .h", [".hidden/"]),
            ("newslint gone/", [""]),
            ("newslint --config rep", ["report.json"]),
            ("newslint a.txt --extend", ["--extend-select"]),
            ("newslint --fail-on ", ["info", "warning", "error", "never"]),
            ("newslint --fail-on=w", ["--fail-on=warning"]),
            ("newslint --output-format js", ["json", "jsonl"]),
            ("newslint --output-format json:re", ["json:report.json"]),
            ("newslint --ignore DUP00", ["DUP001", "DUP002", "DUP003", "DUP004"]),
            ("newslint --select DUP001,byl", ["DUP001,byline"]),
            ("newslint --select byline,byl", [""]),
            ("newslint --select AL", ["ALL"]),
            ("newslint --stdin-filename ", [""]),
            ("newslint rule bylin", ["byline"]),
            ("newslint rule BOI004", ["BOI004"]),
            ("newslint rules --output-format ", ["text", "json"]),
            ("newslint completion ", ["bash", "zsh", "fish"]),
            ("newslint sche", ["schema"]),
        ],
    )
    def test_a_line(self, answer: Answer, line: str, expected: list[str]) -> None:
        assert answer(line) == expected

    def test_first_comes_a_command_or_a_path(self, answer: Answer) -> None:
        offered = answer("newslint ")
        assert {"check", "rules", "init", "articles/"} <= set(offered)
        assert "--select" not in offered
        assert "check" not in answer("newslint check ")

    def test_rules_by_name_then_by_code(self, answer: Answer) -> None:
        assert {"near-duplicate", "byline"} <= set(answer("newslint --select "))
        assert "DUP001" not in answer("newslint --select ")
        assert {"DUP", "DUP001"} <= set(answer("newslint --select D"))
        assert "DUP" not in answer("newslint rule D")

    def test_local_rules_are_not_run(self, answer: Answer, desk: Path) -> None:
        """A key that only looks runs no code of the folder that it looks at."""
        (desk / "house").mkdir()
        (desk / "house" / "rule.py").write_text("open('ran', 'w')\n", encoding="utf-8")
        (desk / "newslint.toml").write_text("local-rules = ['house']\n", encoding="utf-8")
        assert answer("newslint rule bylin") == ["byline"]
        assert not (desk / "ran").exists()


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """An environment where ``newslint`` is the one under test, and no start-up file of the user speaks."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "newslint"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newslint "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "HOME": str(tmp_path), "TERM": "dumb", "PS1": "> "}


#: What is typed, and what stands on the line after the tabulator.
TYPED = {
    "newslint sche": "newslint schema ",
    "newslint two": "newslint two\\ words/",
    "newslint a.txt --min": "newslint a.txt --min-severity ",
    "newslint --fail-on err": "newslint --fail-on error ",
    "newslint --fail-on=err": "newslint --fail-on=error ",
    "newslint --select DUP001,byl": "newslint --select DUP001,byline ",
    "newslint --output-format json:re": "newslint --output-format json:report.json ",
    "newslint --fail-on error articles/a": "newslint --fail-on error articles/a.txt ",
}


#: The key that takes back what stands on the line.
CLEAR = "\x15"


class Terminal:
    """A shell at a terminal of its own."""

    def __init__(self, command: list[str], cwd: Path, environment: Mapping[str, str]) -> None:
        import pty

        self._master, slave = pty.openpty()
        self._shell = subprocess.Popen(
            command, cwd=cwd, env=environment, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self.seen = ""

    def type(self, text: str) -> None:
        self.seen = ""
        os.write(self._master, text.encode())

    def shows(self, text: str) -> bool:
        """Whether the text appears within half a minute."""
        import select

        end = time.monotonic() + 30
        while text not in self.seen and time.monotonic() < end:
            if select.select([self._master], [], [], 0.1)[0]:
                self.seen += os.read(self._master, 1 << 16).decode(errors="replace").replace("\a", "")
        return text in self.seen

    def close(self) -> None:
        self._shell.kill()
        self._shell.wait()
        os.close(self._master)


class TestShells:
    @pytest.mark.parametrize(
        ("command", "start"),
        [
            pytest.param(["bash", "--norc", "--noprofile", "-i"], "true", marks=needs("bash"), id="bash"),
            pytest.param(["zsh", "-f", "-i"], "autoload -U compinit && compinit -u -D", marks=needs("zsh"), id="zsh"),
        ],
    )
    def test_at_a_terminal(self, command: list[str], start: str, desk: Path, environment: Mapping[str, str]) -> None:
        terminal = Terminal(command, desk, environment)
        try:
            assert terminal.shows("> ")
            terminal.type(f'{start} && eval "$(newslint completion {command[0]})" && echo lear""ned\n')
            assert terminal.shows("learned")
            for typed, completed in TYPED.items():
                terminal.type(f"{CLEAR}{typed}\t")
                assert terminal.shows(completed), terminal.seen
        finally:
            terminal.close()

    @needs("fish")
    def test_fish(self, desk: Path, environment: Mapping[str, str]) -> None:
        script = 'newslint completion fish | source; for line in $argv; complete -C "$line"; end'
        done = subprocess.run(
            ["fish", "--no-config", "-c", script, *TYPED],
            cwd=desk, env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.stderr == ""
        words = [line.split("\t")[0] for line in done.stdout.splitlines()]
        assert words == [
            "schema", "two words/", "--min-severity", "error", "--fail-on=error", "DUP001,byline", "json:report.json",
            "articles/a.txt",
        ]  # fmt: skip

    def test_an_unknown_shell(self, newslint: Run) -> None:
        result = newslint("completion", "tcsh")
        assert (result.status, "choose from" in result.err) == (2, True)
