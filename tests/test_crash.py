"""Killed, or out of room, at any moment: what users have is what it was or what it should become, and all heals."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ARTICLE, LINK, Result, Run
from newslint.cache import NAME, Cache
from newslint.files import _sweep, replace, replacing

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")

FILES = 40
OLD, NEW = b"old " * 1000, b"new " * 2000

#: Writes NEW in place of a file, and dies when it comes to a function.
DIES = """
import os, signal, sys
from pathlib import Path

function, path = sys.argv[1:]
setattr(os, function, lambda *arguments, **options: os.kill(os.getpid(), signal.SIGKILL))
from newslint.files import replace

replace(Path(path), b"new " * 2000)
"""

#: Fills a cache until it dies.
FILLS = """
import sys
from pathlib import Path

from newslint.cache import Cache, Stat

cache = Cache(Path(sys.argv[1]))
for number in range(10_000_000):
    cache.put(b"%d" % number, [number] * 50)
    cache.note(str(number), Stat(number, number, number), b"digest")
"""

#: Runs newslint where no file may grow beyond 4 KB: a disk that is full.
FULL = """
import resource

resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
from newslint.__main__ import main

main()
"""


def python(script: str, *arguments: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)], stderr=subprocess.DEVNULL)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(FILES):
        text = f"Le conseil numéro {number} a voté le budget. \n{ARTICLE}{LINK}" * (12 if number % 8 == 0 else 1)
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


class TestReplace:
    @pytest.mark.parametrize("function", ["fsync", "chmod", "utime", "replace"])
    def test_killed_it_leaves_the_old_file(self, tmp_path: Path, function: str) -> None:
        file = tmp_path / "a.txt"
        file.write_bytes(OLD)
        assert python(DIES, function, file).wait() == -signal.SIGKILL
        assert file.read_bytes() == OLD
        (left,) = (path for path in tmp_path.iterdir() if path != file)
        assert (left.suffix, left.name[0]) == (".tmp", ".")

    def test_what_killed_runs_left_goes_when_it_is_old(self, tmp_path: Path) -> None:
        names = [".newslint-abcdefgh.tmp", ".newslint-12345678.tmp", ".newslint-settings", ".newslint-abcdefghi.tmp"]
        for name in names:
            (tmp_path / name).touch()
            os.utime(tmp_path / name, (0, 0))
        os.utime(tmp_path / names[1])
        _sweep.cache_clear()
        replace(tmp_path / "a.txt", NEW)
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.txt", *names[1:]])

    def test_a_writer_that_raises_leaves_the_old_file(self, tmp_path: Path) -> None:
        file = tmp_path / "a.json"
        file.write_bytes(OLD)

        def write() -> None:
            with replacing(file) as stream:
                stream.write("half" * 10_000)
                raise KeyError

        with pytest.raises(KeyError):
            write()
        assert contents(tmp_path) == {"a.json": OLD}

    def test_mode_and_attributes_stay(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_bytes(OLD)
        file.chmod(0o604)
        os.utime(file, (0, 0))
        named = hasattr(os, "setxattr")
        if named:
            try:
                os.setxattr(file, "user.source", b"afp")
            except OSError:
                named = False
        replace(file, NEW)
        assert file.stat().st_mode & 0o777 == 0o604
        assert time.time() - file.stat().st_mtime < 60
        assert not named or os.getxattr(file, "user.source") == b"afp"

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only the administrator gives files away")
    def test_the_owner_stays(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_bytes(OLD)
        os.chown(file, 12345, 23456)
        replace(file, NEW)
        assert (file.stat().st_uid, file.stat().st_gid, file.read_bytes()) == (12345, 23456, NEW)

    def test_a_file_of_somebody_else_is_written_all_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*arguments: object) -> None:
            raise PermissionError

        file = tmp_path / "a.txt"
        file.write_bytes(OLD)
        monkeypatch.setattr(os, "chown", refuse, raising=False)
        replace(file, NEW)
        assert contents(tmp_path) == {"a.txt": NEW}


def test_a_fix_that_is_killed_damages_no_file(corpus: Path) -> None:
    command = [sys.executable, "-m", "newslint", "corpus", "--isolated", "-q", "--fix", "--unsafe-fixes"]
    command += ["--select", "ENC,BOI", "--fail-on", "never"]
    old = contents(corpus)
    start = time.monotonic()
    subprocess.run(command, cwd=corpus.parent, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - start
    new = contents(corpus)
    assert all(old[name] != new[name] for name in old)
    for _ in range(4):
        for name, data in old.items():
            (corpus / name).write_bytes(data)
        run = subprocess.Popen(command, cwd=corpus.parent, stdout=subprocess.DEVNULL)
        time.sleep(random.uniform(0.3, 1) * seconds)
        run.kill()
        run.wait()
        now = contents(corpus)
        assert all(now[name] in (old[name], new[name]) for name in old)
        for name in now.keys() - old.keys():
            assert name.startswith(".newslint-")
            (corpus / name).unlink()


def test_a_cache_whose_writer_was_killed_holds_nothing_false(tmp_path: Path) -> None:
    for _ in range(3):
        fillers = [python(FILLS, tmp_path) for _ in range(2)]
        while not (tmp_path / NAME).exists():
            time.sleep(0.01)
        time.sleep(random.uniform(0.05, 0.25))
        for each in fillers:
            each.kill()
            each.wait()
        cache = Cache(tmp_path)
        assert all(cache.get(key) == [int(key)] * 50 for key in list(cache.keys() - {b"after"})[:500])
        assert all(stat.size == int(path) for path, (stat, _) in cache.digests().items())
        cache.put(b"after", True)
        cache.close()
        again = Cache(tmp_path)
        assert again.get(b"after") is True
        again.close()


#: Makes a folder to unpack to, and waits to be killed.
UNPACKS = """
import time

from newslint.engine.scratch import Scratch

scratch = Scratch()
print(scratch.path, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell whose run is gone")
def test_what_a_killed_run_unpacked_goes_with_the_next(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", UNPACKS]
    runs = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    folders = [Path(run.stdout.readline().decode().strip()) for run in runs if run.stdout]
    other = tmp_path / "newslint-somebody"
    other.mkdir()
    runs[0].kill()
    runs[0].communicate()
    third = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    assert third.stdout
    third.stdout.readline()
    assert [folder.exists() for folder in (*folders, other)] == [False, True, True]
    for run in (runs[1], third):
        run.kill()
        run.communicate()


class FullDisk:
    """Runs newslint in a folder where no file may grow beyond 4 KB."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-c", FULL, *arguments], cwd=self.folder, capture_output=True, check=False, timeout=120
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.err, result.err
        return result


class TestNoRoom:
    @pytest.fixture
    def full(self, corpus: Path) -> FullDisk:
        pytest.importorskip("resource")
        return FullDisk(corpus.parent)

    def test_reports_are_named_and_the_others_written(self, full: FullDisk, newslint: Run) -> None:
        for name in ("a.json", "a.html"):
            (full.folder / name).write_text("old", encoding="utf-8")
        outputs = ("--output-format", "json:a.json", "--output-format", "html:a.html", "--output-format", "concise")
        # A cache of so many files has no room either.
        for number in range(40):
            (full.folder / "corpus" / f"more{number}.txt").write_text(ARTICLE, encoding="utf-8")
        result = full.run("corpus", "--isolated", "--cache-dir", "cache", *outputs)
        assert result.status == 2
        assert "newslint: error: a.json: the json report cannot be written: " in result.err
        assert "newslint: error: a.html: the html report cannot be written: " in result.err
        assert result.out == newslint("corpus", "--isolated", "--output-format", "concise", "--no-cache").out
        assert {(full.folder / name).read_text(encoding="utf-8") for name in ("a.json", "a.html")} == {"old"}
        assert not list(full.folder.glob(".newslint-*"))

    def test_files_that_do_not_fit_stay(self, full: FullDisk) -> None:
        old = contents(full.folder / "corpus")
        result = full.run("corpus", "--isolated", "--fix", "--unsafe-fixes", "--select", "ENC,BOI")
        assert result.status == 2
        assert result.out.count("was not fixed: it cannot be written") == FILES // 8
        new = contents(full.folder / "corpus")
        assert new.keys() == old.keys()
        assert all((new[name] == old[name]) == (len(old[name]) > 4096) for name in old)

    def test_a_baseline_that_does_not_fit_stays(self, full: FullDisk, newslint: Run) -> None:
        assert newslint("baseline", "create", "corpus", "--isolated", "--select", "ENC").status == 0
        old = (full.folder / "newslint-baseline.json").read_bytes()
        result = full.run("baseline", "update", "corpus", "--isolated")
        assert result.status == 2
        assert "newslint-baseline.json: " in result.err
        assert (full.folder / "newslint-baseline.json").read_bytes() == old


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [("corpus",), ("corpus", "--diff"), ("rules",)])
def test_a_full_standard_output_is_said_once(corpus: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "newslint", *arguments]
        done = subprocess.run(command, cwd=corpus.parent, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    lines = done.stderr.decode().rstrip("\n").split("\n")
    assert lines[-1].startswith("newslint: error: ")
    assert sum("No space left" in line for line in lines) == 1
