"""What newslint does with what it has no reason to trust: texts, names, configurations, folders of strangers."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import LINK, Run
from newslint.cli.fixing import quoted
from newslint.render.terminal import inert, line_writer, visible
from test_plugins import install

#: What no output may hold as it is: control characters, overrides and isolates, marks of direction, zero widths.
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
NASTY = "\x1b]0;t\x07\x1b[2J\x9b31m\x7f\x85\u202e\u2066\u2069\u061c\u200e\u200f\u200b\u200c\u200d\u2060\ufeff\xad"
COMMANDS = "::error::owned ##[add-mask]x ##vso[task.setvariable variable=PATH]x ##teamcity[x]"
FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "rdjsonl", "markdown")

QUOTING = """
from newslint.model import *
from newslint.rule import DocumentRule, Option


class Quoting(DocumentRule):
    '''Quotes all there is.'''

    code, name = "QUO001", "quoting"
    words = Option("none", "what to say")

    def check(self, document):
        whole = Span(0, len(document.source))
        text = document.source
        fix = Fix(Applicability.SAFE, (Edit(Span(0, 1), text[:200]),))
        yield Hit(whole, text + self.words, text, related=(Place(text, whole),), fix=fix, data={text: text})
        if "crash" in text:
            raise ValueError(text)
"""


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    """A folder of hostile texts with hostile names, hostile words in its configuration, and a rule that quotes all."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "quoting.py").write_text(QUOTING, encoding="utf-8")
    words = "".join(f"\\u{ord(character):04x}" for character in NASTY)
    (news / "newslint.toml").write_text(
        f'local-rules = ["quoting.py"]\nselect = ["quoting"]\n[rules.quoting]\nwords = "{words}"\n', encoding="utf-8"
    )
    for name, text in (("a\x1b[31m\u202e\x07.txt", "Un texte"), ("::error ::b.txt", "crash")):
        (news / name).write_text(f"{text} {NASTY}\n{COMMANDS} {NASTY}\n", encoding="utf-8")
    return news


@pytest.mark.skipif(os.name == "nt", reason="file names there hold no control characters")
@pytest.mark.parametrize("color", ["never", "always"])
def test_no_report_lets_text_act(newslint: Run, nasty: Path, color: str) -> None:
    options = [f"--output-format={name}:../{name}" for name in (*FORMATS, "html")]
    result = newslint(".", "--color", color, *options, cwd=nasty, env={"COLUMNS": "100"})
    assert result.status == 2
    written = {name: (nasty.parent / name).read_text(encoding="utf-8") for name in FORMATS}
    written |= {
        "errors": result.err,
        **{
            " ".join(arguments): "".join(newslint(*arguments, "--color", color, cwd=nasty)[1:])
            for arguments in ((".",), (".", "--output-format=full"), (".", "--statistics"), ("rule", "quoting"))
        },
        **{command: "".join(newslint(command, cwd=nasty)[1:]) for command in ("config", "rules")},
    }
    if color == "always":
        written = {name: re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", text) for name, text in written.items()}
    for name, text in written.items():
        assert not ACTIVE.search(text), (name, ACTIVE.search(text))
        if name != "junit":
            assert not re.search(r"##\[|##vso\[|##teamcity\[", text), name
        if name != "github":
            assert not re.search(r"^\s*::[^:]", text, re.MULTILINE), name
    # In the page, texts are data; what shows them spells them out.
    html = (nasty.parent / "html").read_text(encoding="utf-8")
    assert not ACTIVE.search(re.sub("(?s)<script.*?</script>", "", html))


def test_a_mistake_is_told_without_acting(newslint: Run, tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('select = ["\\u001b[2J\\u202e"]\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    for arguments in (
        ("a.txt",), ("--isolated", "gone\x1b[2J\u202e"), ("--isolated", "--fal\x1b[2J"), ("rule", "\x1b[2J"),
        ("--isolated", "--select", "\x1b[2J", "a.txt"), ("--config", "\x1b[2J", "a.txt"),
        ("--isolated", "--output-format", "json:\x1b[2J/x", "a.txt"),
    ):  # fmt: skip
        result = newslint(*arguments)
        assert result.status == 2
        assert re.search(r"\\(x|u00)1b\[2J", result.err + result.out)
        assert not ACTIVE.search(result.err + result.out), arguments


def test_joiners_that_do_nothing_are_seen() -> None:
    assert visible("\u200da\u200c’\u200d") == "\\u200da\\u200c’\\u200d"
    assert visible("می\u200cخواهم 👩\u200d🚒 ❤\ufe0f\u200d🔥") == "می\u200cخواهم 👩\u200d🚒 ❤\ufe0f\u200d🔥"


def test_what_a_ci_service_would_obey_is_broken_up() -> None:
    assert inert("  ::error::x") == "  \\u003a:error::x"
    assert inert("\x1b[1m::error::x") == "\x1b[1m\\u003a:error::x"
    assert inert("a ##vso[x] ##[y] ##teamcity[z] ## C# #[") == (
        "a \\u0023#vso[x] \\u0023#[y] \\u0023#teamcity[z] ## C# #["
    )
    assert inert("   ::: b.txt:1:1") == "   ::: b.txt:1:1"
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    line_writer(stream)("::stop-commands::é")
    stream.seek(0)
    assert stream.read() == "\\u003a:stop-commands::?\n"


class TestDiff:
    ODD = "Le conseil \x1b[2J a voté  de de la loi \u202e.\n"

    def test_a_patch_is_the_bytes_of_the_file(self, newslint: Run, tmp_path: Path) -> None:
        files = {
            "plain.txt": self.ODD.encode(),
            "with space.txt": "Il a parlé de de tout.\n".encode("cp1252") * 3,
            "marked.txt": b"\xef\xbb\xbf" + b"Il parle de de tout.\r\nEt il dort.\r\n",
            "unended.txt": b"Il parle de de tout.",
            'qu"ote.txt': b"Il parle de de tout.\n",
        }
        if os.name != "nt":
            files["esc\x1b[2J\u202e.txt"] = b"Il parle de de tout.\n"
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        done = subprocess.run(
            [sys.executable, "-m", "newslint", ".", "--diff", "--select", "repeated-word,invisible-character"],
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert newslint(".", "--fix", "--select", "repeated-word,invisible-character").status in (0, 1)
        mended = {name: (tmp_path / name).read_bytes() for name in files}
        assert mended["with space.txt"] == "Il a parlé de tout.\n".encode("cp1252") * 3
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        applied = subprocess.run(
            ["git", "apply", "-p0", "--unsafe-paths"], cwd=tmp_path, input=done.stdout, capture_output=True, check=False
        )
        assert applied.stderr == b""
        assert {name: (tmp_path / name).read_bytes() for name in files} == mended

    def test_to_be_looked_at_it_is_spelled_out(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(self.ODD.encode())
        out = newslint("a.txt", "--diff", "--color", "always").out
        assert "-Le conseil \\u001b[2J a voté  de de la loi \\u202e." in out
        assert not ACTIVE.search(re.sub(r"\x1b\[[0-9;]*m", "", out))

    def test_names_are_quoted_as_git_does(self) -> None:
        assert quoted("a/é.txt") == "a/é.txt"
        assert quoted("a b") == "a b\t"
        assert quoted('a"b\\') == '"a\\"b\\\\"'
        assert quoted("a\x1b\u202e") == '"a\\033\\342\\200\\256"'


class TestLocalRules:
    TOUCH = "open('TOUCHED', 'w').close()\n"

    @pytest.fixture
    def stranger(self, shouting: Path) -> Path:
        rule = shouting / "house" / "shouting.py"
        rule.write_text(self.TOUCH + rule.read_text(encoding="utf-8"), encoding="utf-8")
        (shouting / "newslint.toml").write_text(
            'local-rules = ["house"]\nextend-select = ["shouting"]\nseverity = {LOC001 = "error"}\n'
            'per-file-ignores = {"b.txt" = ["shouting"]}\n[rules.shouting]\nlimit = 2\n',
            encoding="utf-8",
        )
        (shouting / "a.txt").write_text(LINK, encoding="utf-8")
        return shouting

    def test_they_can_be_switched_off(self, newslint: Run, stranger: Path) -> None:
        for result in (
            newslint("a.txt", "--no-local-rules", "--output-format", "json"),
            newslint("a.txt", "--output-format", "json", env={"NEWSLINT_NO_LOCAL_RULES": "1"}),
            newslint(".", "-j2", "--no-local-rules", "--output-format", "json"),
        ):
            assert result.found() == [("a.txt", 3, "cross-reference")]
            assert result.status == 1
            assert result.err == (
                "newslint: note: newslint.toml: local-rules house are switched off: their rules were not run\n"
            )
        for command in ("rules", "plugins", "config"):
            assert newslint(command, "--no-local-rules").status == 0
        assert newslint("rule", "byline", "--no-local-rules").status == 0
        for command in ("schema config", "rules", "plugins", "config", "baseline create"):
            newslint(*command.split(), env={"NEWSLINT_NO_LOCAL_RULES": "1"})
        assert not (stranger / "TOUCHED").exists()
        assert newslint("a.txt").status == 1
        assert (stranger / "TOUCHED").exists()

    def test_asked_for_by_name_they_are_missed(self, newslint: Run, stranger: Path) -> None:
        result = newslint("a.txt", "--no-local-rules", "--select", "shouting")
        assert result.status == 2
        assert "switched off" in result.err
        assert "no rule is called 'shouting'" in result.err
        assert newslint("rule", "shouting", "--no-local-rules").status == 2


def test_a_folder_brings_no_plugin_by_lying_there(newslint: Run, tmp_path: Path) -> None:
    install(tmp_path, "evil", "open('TOUCHED', 'w')")
    for name in ("tomli", "pluggy", "rich"):
        (tmp_path / f"{name}.py").write_text("open('TOUCHED', 'w')", encoding="utf-8")
    (tmp_path / "newslint.toml").write_text("", encoding="utf-8")
    assert newslint(".").status == 0
    assert not (tmp_path / "TOUCHED").exists()


class TestPaths:
    @pytest.fixture
    def linked(self, tmp_path: Path) -> Path:
        (tmp_path / "private.txt").write_text(LINK, encoding="utf-8")
        news = tmp_path / "news"
        (news / "more").mkdir(parents=True)
        (news / "more" / "own.text").write_text("Il parle de de tout.\n", encoding="utf-8")
        try:
            (news / "out.txt").symlink_to("../private.txt")
            (news / "more" / "in.txt").symlink_to("own.text")
            (news / "folder").symlink_to("..")
        except OSError:
            pytest.skip("no links here")
        return news

    def test_a_link_does_not_lead_outside(self, newslint: Run, linked: Path) -> None:
        before = (linked.parent / "private.txt").read_bytes()
        result = newslint("news", "--fix", "--unsafe-fixes", cwd=linked.parent)
        assert (linked.parent / "private.txt").read_bytes() == before
        assert "cross-reference" not in result.out
        assert "news/out.txt" in result.err
        assert "outside" in result.err
        assert (linked / "more" / "own.text").read_text(encoding="utf-8") == "Il parle de tout.\n"

    def test_a_link_that_is_named_is_the_users_wish(self, newslint: Run, linked: Path) -> None:
        assert newslint("out.txt", "--output-format", "json", cwd=linked).found() == [("out.txt", 3, "cross-reference")]
        assert newslint(".", "../private.txt", cwd=linked).status == 1

    def test_a_configuration_extends_files_only(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "newslint.toml").write_text(f'extend = "{os.devnull}"\n'.replace("\\", "/"), encoding="utf-8")
        result = newslint(".")
        assert result.status == 2
        assert "is not a regular file" in result.err


#: Started before newslint, it ends every process that looks for the network.
GUARD = """
import os, sys

NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"}

def guard(event, arguments):
    if event in NETWORK and not (event == "socket.connect" and isinstance(arguments[1], (str, bytes))):
        os.write(2, f"NETWORK {event} {arguments}\\n".encode())
        os._exit(99)

sys.addaudithook(guard)
"""


def test_nothing_looks_for_the_network(newslint: Run, tmp_path: Path) -> None:
    """Sockets of the machine itself, by which workers are started, have paths and are no network."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    environment = {"PYTHONPATH": str(tmp_path / "guard")}
    probe = subprocess.run(
        [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"],
        env={**os.environ, **environment}, capture_output=True, check=False,
    )  # fmt: skip
    assert probe.returncode == 99
    news = tmp_path / "news"
    news.mkdir()
    for number in range(3):
        (news / f"{number}.txt").write_text(LINK, encoding="utf-8")
    for command in (
        ".", ". -j2 --fix --unsafe-fixes", ". --diff", "rule byline --color always", "rules", "config", "plugins",
        "schema config", "init", "baseline create", "baseline audit", "completion bash", "clean --cache-dir cache",
        " ".join((".", *(f"--output-format={name}:{name}" for name in (*FORMATS, "html")))),
    ):  # fmt: skip
        result = newslint(*command.split(), cwd=news, env=environment)
        assert result.status in (0, 1), (command, result.err)
    assert newslint("server", cwd=news, env=environment).status in (0, 1)
