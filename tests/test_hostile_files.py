"""What a file system may hold besides articles: pipes, devices, loops, odd names, files that change under our eyes."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ARTICLE, LINK, Result, Run
from newslint.config import Resolver
from newslint.discover import discover

TRAILING = "Le maire a ouvert la séance. \n"
MENDED = "Le maire a ouvert la séance.\n"
#: Every format, each to a file of its own.
FORMATS = ("concise", "full", "github", "gitlab", "html", "json", "jsonl", "junit", "markdown", "rdjson", "rdjsonl",
           "sarif")  # fmt: skip

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
needs_bytes = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="file names are always Unicode on this system"
)


def errors(result: Result) -> dict[str, str]:
    """The messages of a JSON report's errors, by path."""
    return {error["path"]: error["message"] for error in result.report["errors"]}


@needs_pipes
class TestNoFiles:
    @pytest.fixture
    def odd(self, tmp_path: Path) -> Path:
        folder = tmp_path / "odd"
        folder.mkdir()
        (folder / "a.txt").write_text(TRAILING, encoding="utf-8")
        os.mkfifo(folder / "pipe.txt")
        (folder / "device.txt").symlink_to("/dev/zero")
        (folder / "gone.txt").symlink_to("nowhere")
        (folder / "loop.txt").symlink_to("loop.txt")
        (folder / "here.txt").symlink_to(".")
        (folder / "up").symlink_to("..")
        return folder

    def test_in_a_folder_are_skipped_with_a_note(self, newslint: Run, odd: Path) -> None:
        result = newslint("odd", "--isolated", "--output-format", "json")
        assert (result.status, result.report["errors"]) == (0, [])
        assert [finding["location"]["path"] for finding in result.report["findings"]] == ["odd/a.txt"]
        notes = [line for line in result.err.split("\n") if "note:" in line]
        assert len(notes) == 5
        assert all("skipped" in note for note in notes)
        assert "note:" not in newslint("odd", "--isolated", "-q").err

    def test_that_are_named_are_failures(self, newslint: Run, odd: Path) -> None:
        names = ["odd/device.txt", "odd/gone.txt", "odd/loop.txt", "odd/pipe.txt"]
        result = newslint(*names, "odd/a.txt", "--isolated", "--output-format", "json")
        assert result.status == 2
        assert sorted(errors(result)) == names
        assert result.report["summary"]["documents"] == 1
        assert "not a regular file" in errors(result)["odd/pipe.txt"]

    def test_in_place_of_settings_do_not_block(self, newslint: Run, odd: Path) -> None:
        (odd / ".git").mkdir()
        for name in (".gitignore", "newslint.toml", "pyproject.toml"):
            os.mkfifo(odd / name)
        assert newslint("odd").status == 0


class TestFolders:
    @pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="longer paths cannot be made on this system")
    def test_deeper_than_paths_may_be(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "beside.txt").write_text(TRAILING, encoding="utf-8")
        name = "d" * 250
        place = os.open(tmp_path, os.O_RDONLY)
        for _ in range(20):
            os.mkdir(name, dir_fd=place)
            file = os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=place)
            os.write(file, TRAILING.encode())
            os.close(file)
            deeper = os.open(name, os.O_RDONLY, dir_fd=place)
            os.close(place)
            place = deeper
        os.close(place)
        result = newslint(".", "--output-format", "json")
        shutil.rmtree(tmp_path / name)
        assert result.status == 2
        assert set(errors(result).values()) == {"folder cannot be read: File name too long"}
        assert result.report["summary"]["findings"] > 10

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may read everything")
    def test_that_may_not_be_read_are_failures(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TRAILING, encoding="utf-8")
        (tmp_path / "closed").mkdir(mode=0)
        result = newslint(".", "--isolated", "--output-format", "json")
        (tmp_path / "closed").chmod(0o700)
        assert (result.status, list(errors(result)), result.report["summary"]["documents"]) == (2, ["closed"], 1)


@needs_bytes
class TestNames:
    @pytest.fixture
    def names(self, tmp_path: Path) -> list[bytes]:
        """Two names that differ in a byte that is no UTF-8, and names that could act on a reader."""
        names = [b"caf\xe8.txt", b"caf\xe9.txt", b"line\nbreak.txt", b"\x1b[31mred.txt", "\u202etxt".encode() + b".txt"]
        for number, name in enumerate(names):
            (tmp_path / os.fsdecode(name)).write_text("Rien.\n" * number + ARTICLE + TRAILING, encoding="utf-8")
        return names

    def test_every_format_tells_them_apart(self, newslint: Run, tmp_path: Path, names: list[bytes]) -> None:
        outputs = [f"--output-format={name}:out/{name}" for name in FORMATS]
        (tmp_path / "out").mkdir()
        result = newslint(".", "--isolated", "--fail-on", "never", *outputs)
        assert (result.status, result.err) == (0, "")
        for name in FORMATS:
            text = (tmp_path / "out" / name).read_bytes().decode("utf-8")
            for spelled in ("xe8.txt", "xe9.txt"):
                assert spelled in text, name
            assert "\x1b" not in text, name
        report = json.loads((tmp_path / "out" / "json").read_bytes())
        assert len({finding["location"]["path"] for finding in report["findings"]}) == len(names)

    def test_each_is_fixed_as_itself(self, newslint: Run, tmp_path: Path, names: list[bytes]) -> None:
        assert newslint(".", "--isolated", "--fix", "--select", "ENC003").status == 0
        for number, name in enumerate(names):
            mended = "Rien.\n" * number + ARTICLE + MENDED
            assert (tmp_path / os.fsdecode(name)).read_text(encoding="utf-8") == mended

    def test_a_baseline_knows_them(self, newslint: Run, names: list[bytes]) -> None:
        assert newslint("baseline", "create", ".", "--isolated").status == 0
        result = newslint(".", "--isolated", "--baseline", "newslint-baseline.json", "--output-format", "json")
        assert (result.status, result.report["findings"][0]["status"]) == (0, "baselined")

    def test_no_two_files_are_shown_alike(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        for name in (b"caf\xe9.txt", rb"caf\xe9.txt"):
            (tmp_path / os.fsdecode(name)).write_text(TRAILING, encoding="utf-8")
        problems: list[str | None] = []
        sources = discover(["."], Resolver(tmp_path), {".txt"}, lambda problem: problems.append(problem.path))
        assert [source.shown for source in sources] == [r"caf\xe9.txt"]
        assert problems == [r"caf\xe9.txt"]


#: A rule that, when it sees the file that holds its name, does something to the files beside it.
MISCHIEF = '''
import os
from pathlib import Path

from newslint.rule import DocumentRule


class Mischief(DocumentRule):
    """Does harm."""

    code = "LOC001"
    name = "mischief"

    def check(self, document):
        if "mischief" in document.text:
            HARM
        return ()
'''


class TestChanges:
    @pytest.fixture
    def corpus(self, tmp_path: Path) -> Callable[[str], Path]:
        """Makes a folder of articles, and a rule that does harm when it sees the first of them."""

        def make(harm: str) -> Path:
            (tmp_path / "house").mkdir()
            (tmp_path / "house" / "mischief.py").write_text(MISCHIEF.replace("HARM", harm), encoding="utf-8")
            (tmp_path / "newslint.toml").write_text('local-rules = ["house"]\n', encoding="utf-8")
            folder = tmp_path / "corpus"
            folder.mkdir()
            (folder / "a.txt").write_text("Un mischief.\n", encoding="utf-8")
            for name in "bcd":
                (folder / f"{name}.txt").write_text(ARTICLE + LINK, encoding="utf-8")
            return folder

        return make

    @pytest.mark.parametrize(
        "harm",
        [
            "Path('corpus/c.txt').unlink()",
            "Path('corpus/c.txt').unlink(); Path('corpus/c.txt').mkdir()",
            pytest.param("Path('corpus/c.txt').unlink(); os.mkfifo('corpus/c.txt')", marks=needs_pipes),
        ],
        ids=["gone", "a-folder", "a-pipe"],
    )
    def test_between_finding_and_reading(self, newslint: Run, corpus: Callable[[str], Path], harm: str) -> None:
        corpus(harm)
        result = newslint("corpus", "-j", "1", "--output-format", "json", "--fail-on", "never")
        assert (result.status, list(errors(result))) == (2, ["corpus/c.txt"])
        names = {(finding["location"]["path"], finding["name"]) for finding in result.report["findings"]}
        assert ("corpus/d.txt", "near-duplicate") in names

    def test_between_reading_and_comparing(self, newslint: Run, corpus: Callable[[str], Path]) -> None:
        # Each worker sees one file; when all have been read, two of the copies are others.
        folder = corpus("pass")
        rule = folder.parent / "house" / "mischief.py"
        harm = "if document.path.endswith(('c.txt', 'd.txt')): Path(document.path).write_text('Rien.')"
        rule.write_text(MISCHIEF.replace('if "mischief" in document.text:\n            HARM', harm), encoding="utf-8")
        result = newslint("corpus", "-j", "2", "--output-format", "json", "--fail-on", "never")
        assert result.status == 2
        assert set(errors(result).values()) == {"changed while newslint was reading: run it again"}
        assert "near-duplicate" not in {finding["name"] for finding in result.report["findings"]}

    def test_between_reading_and_fixing(self, newslint: Run, corpus: Callable[[str], Path]) -> None:
        folder = corpus("pass")
        rule = folder.parent / "house" / "mischief.py"
        harm = "if document.path.endswith('c.txt'): Path(document.path).write_text('Rien. \\n')"
        rule.write_text(MISCHIEF.replace('if "mischief" in document.text:\n            HARM', harm), encoding="utf-8")
        arguments = ("--select", "cross-reference,mischief", "--fix", "--unsafe-fixes", "--output-format", "json")
        result = newslint("corpus", "-j", "1", *arguments)
        assert result.status == 2
        assert errors(result)["corpus/c.txt"] == "was not fixed: it changed while newslint was reading: run it again"
        assert (folder / "c.txt").read_text(encoding="utf-8") == "Rien. \n"
        assert "Lire aussi" not in (folder / "d.txt").read_text(encoding="utf-8")


class TestSizes:
    def test_a_file_above_the_limit_is_not_read(self, newslint: Run, tmp_path: Path) -> None:
        with (tmp_path / "large.txt").open("wb") as file:
            file.truncate(1 << 30)
        result = newslint("large.txt", "--isolated", "--output-format", "json")
        assert result.status == 2
        assert errors(result)["large.txt"].startswith("is too large for an article: 1024 MiB, the limit is 16 MiB")

    def test_the_limit_holds_for_standard_input(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "newslint.toml").write_text("max-file-size = 100\n", encoding="utf-8")
        result = newslint("-", "--output-format", "json", stdin=TRAILING.encode() * 10)
        assert (result.status, list(errors(result))) == (2, ["-"])

    def test_standard_input_stands_in_place_of_its_file(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TRAILING * 3, encoding="utf-8")
        arguments = ("--stdin-filename", "a.txt", "--isolated", "--output-format", "json")
        result = newslint("-", ".", *arguments, stdin=TRAILING.encode())
        assert result.report["summary"]["documents"] == 1
        assert "1 line" in result.report["findings"][0]["message"]
