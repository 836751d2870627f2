"""The pages of docs/ that show commands: each command is run, and has to print what the page says.

A page's blocks of ``console`` are one session at a terminal of 100 columns without colours. A line ``$ …`` is typed,
what follows is printed; a line ``[...]`` stands for any lines that the page leaves out. A block with a file's name as
its caption is written to that file. What installs newslint stands in blocks of ``sh``, and is not run here.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import FIXTURES, ROOT

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals")
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")

DOCS = ROOT / "docs"
SESSIONS = ("tutorial.md", "known-findings.md", "write-a-rule.md")
BLOCK = re.compile(
    r"^```console\n(?P<console>.*?)^```$|^```\{code-block\} \w+\n:caption: (?P<file>\S+)\n\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
ELIDED = "[...]"
#: The command, without the progress bar that a slow machine would show.
PATIENT = (
    'from newslint.cli import progress; progress.PATIENCE = float("inf"); '
    "from newslint.__main__ import main; raise SystemExit(main())"
)
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Command(NamedTuple):
    """A line to be typed, and the lines that it prints."""

    typed: str
    printed: Sequence[str]


def commands(block: str) -> Iterator[Command]:
    """The commands of a block, each with what it prints."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        typed, *printed = part.rstrip("\n").split("\n")
        yield Command(typed, printed)


def agrees(printed: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether lines are those that a page shows, where ``[...]`` stands for any."""
    pieces = [".*?" if line == ELIDED else re.escape(line + "\n") for line in shown]
    return re.fullmatch("".join(pieces), "".join(line + "\n" for line in printed), re.DOTALL) is not None


class Terminal:
    """A terminal in which ``newslint`` is installed and the current folder is a checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "newslint"
        self.folder.mkdir()
        shutil.copytree(FIXTURES, self.folder / "fixtures")
        command = folder / "bin" / "newslint"
        command.parent.mkdir()
        command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{PATIENT}' \"$@\"\n", encoding="utf-8")
        command.chmod(0o755)
        self._home = os.path.realpath(folder)
        self._pwd = folder / "pwd"
        self._status = 0
        dropped = re.compile("FORCE_COLOR$|NEWSLINT_")
        self._environment = {name: value for name, value in os.environ.items() if not dropped.match(name)} | {
            "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100", "NO_COLOR": "1",
            "TERM": "xterm", "XDG_CACHE_HOME": str(folder / "cache"),
        }  # fmt: skip

    def type(self, line: str) -> list[str]:
        """Run a command line; the result is what it prints."""
        script = f'(exit {self._status})\n{line}\nstatus=$?\npwd > "{self._pwd}"\nexit $status'
        ours, theirs = pty.openpty()
        running = subprocess.Popen(
            ["bash", "--noprofile", "--norc", "-c", script],
            cwd=self.folder, env=self._environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
        )  # fmt: skip
        os.close(theirs)
        printed = b"".join(_read(ours))
        os.close(ours)
        self._status = running.wait()
        self.folder = Path(self._pwd.read_text(encoding="utf-8").strip())
        text = ESCAPE.sub("", printed.decode()).replace("\r\n", "\n").replace(self._home, "/home/you")
        return [line.rstrip() for line in text.removesuffix("\n").split("\n")] if text else []


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(terminal, 1 << 16)
        except OSError:  # on Linux, the end
            return
        if not piece:
            return
        yield piece


@pytest.mark.parametrize("page", SESSIONS)
def test_what_the_page_shows_is_what_is_printed(page: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for block in BLOCK.finditer((DOCS / page).read_text(encoding="utf-8")):
        if block["file"]:
            (terminal.folder / block["file"]).write_text(block["text"], encoding="utf-8")
        for command in commands(block["console"] or ""):
            printed = terminal.type(command.typed)
            assert agrees(printed, command.printed), "\n".join([f"{page} shows something else:", *printed])


def test_the_tutorial_installs_as_the_readme_does() -> None:
    (block,) = re.findall(r"^```sh\n(.*?)^```$", (DOCS / "tutorial.md").read_text(encoding="utf-8"), re.DOTALL | re.M)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(line in readme for line in block.splitlines() if "activate" not in line)


def test_a_line_that_is_missing_is_noticed() -> None:
    assert agrees(["a", "b", "c"], ["a", ELIDED, "c"])
    assert agrees(["a", "c"], ["a", ELIDED, "c"])
    assert not agrees(["a", "b", "c"], ["a", "c"])
    assert not agrees(["a", "b"], ["a", ELIDED, "c"])
