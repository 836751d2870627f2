"""The archive index: what is written is found again, whatever happens to its writers."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.duplication import Fingerprints
from newslint.index import (
    MANIFEST,
    Archive,
    DamagedError,
    IndexFolderError,
    LockedError,
    Source,
    VersionError,
    is_index,
    related,
    tables,
    writer,
)
from newslint.index import manifest as manifests
from newslint.index.archive import verify
from newslint.index.writer import Writer
from newslint.rule import Columns, Feature

pytest.importorskip("numpy")


class Marks(Feature):
    """Two columns, one of them of keys."""

    name: ClassVar[str] = "marks"
    typecodes: ClassVar[dict[str, str]] = {"mark": "Q", "place": "H"}
    keys: ClassVar[tuple[str, ...]] = ("mark",)

    def rows(self, document):  # type: ignore[no-untyped-def]
        return {}


class Colours(Feature):
    """A column of keys, of documents that have none, mostly."""

    name: ClassVar[str] = "colours"
    typecodes: ClassVar[dict[str, str]] = {"colour": "Q"}
    keys: ClassVar[tuple[str, ...]] = ("colour",)

    def rows(self, document):  # type: ignore[no-untyped-def]
        return {}


#: A file: its path, and the marks of each of its documents.
File = tuple[str, list[list[int]]]
FEATURES = (Marks, Colours)


def columns_of(documents: Sequence[Sequence[int]]) -> dict[str, Columns]:
    marks, colours = Columns.empty(Marks.typecodes), Columns.empty(Colours.typecodes)
    for own in documents:
        size = len(own)
        marks.extend(Columns(array("Q", [0, size]), {"mark": array("Q", own), "place": array("H", range(size))}))
        colours.extend(Columns(array("Q", [0, size // 3]), {"colour": array("Q", own[: size // 3])}))
    return {"marks": marks, "colours": colours}


def source_of(file: File, text: bytes | None = None) -> Source:
    path, documents = file
    digest = blake2b(repr(file).encode(), digest_size=16).digest()
    return Source(path, digest, len(documents), 10 * len(documents), 1_700_000_000_000_000_000, None, text)


def put(own: Writer, files: Sequence[File], text: bytes | None = None) -> None:
    own.add([source_of(file, text) for file in files], columns_of([each for _, held in files for each in held]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive.index"


def holdings(archive: Archive) -> Iterator[tuple[str, int, tuple[int, ...]]]:
    """What an archive holds, looked at document by document: path, place, marks."""
    for path in archive.paths():
        for number in archive.documents_at(path):
            source, place = archive.source(number)
            assert source.path == path
            columns = archive.columns("marks", [number])
            assert columns["place"].tolist() == list(range(len(columns["mark"])))
            yield path, place, tuple(columns["mark"])


HASHES = st.integers(0, (1 << 64) - 1)
MARK = st.one_of(st.sampled_from([0, 1, 1 << 30, 1 << 63, (1 << 64) - 1, (1 << 64) - (1 << 40)]), HASHES)
HELD = st.lists(st.lists(MARK, max_size=7), min_size=1, max_size=3)
STEPS = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from(["a.txt", "b/c.txt", "d\udce9.txt", "ü.jsonl", "e", "f"]), HELD, max_size=4),
        st.sampled_from(["a.txt", "f", "nowhere", "flush", "tiers", "whole"]),
    ),
    max_size=9,
)  # fmt: skip


@given(STEPS, st.booleans())
def test_what_is_written_is_found(tmp_path_factory: pytest.TempPathFactory, steps: list[object], keep: bool) -> None:
    folder = tmp_path_factory.mktemp("index") / "index"
    expected: dict[str, list[list[int]]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "PART", 4)
        patch.setattr(writer, "TIER", 3)
        patch.setattr("os.fsync", lambda _: None)
        with Writer.create(folder, "..", FEATURES, keep_text=keep) as own:
            own.finish()
        for step in steps:
            with Writer.change(folder) as own:
                if isinstance(step, dict):
                    put(own, sorted(step.items()), b"text")
                    expected.update(step)
                    own.finish()
                elif step in ("flush", "tiers", "whole"):
                    own.finish(whole=step == "whole")
                else:
                    assert own.remove(str(step)) == len(expected.pop(str(step), []))
                    own.flush()
    archive = Archive(folder)
    assert all(not wrong for _, wrong in verify(folder))
    documents = {(path, place): tuple(own) for path, held in expected.items() for place, own in enumerate(held)}
    assert {(path, place): marks for path, place, marks in holdings(archive)} == documents
    assert len(archive) == len(documents)
    for path, held in expected.items():
        (source,) = archive.sources_at(path)
        assert source == source_of((path, held))
        first = archive.documents_at(path)[0]
        assert archive.source(first, text=True)[0].text == (b"text" if keep else None)
    bits = max((segment.postings("marks.mark").bits for segment in archive.segments), default=0)
    for mark in {mark for own in documents.values() for mark in own} | {5}:
        having = {key for key, own in documents.items() if any(each >> bits == mark >> bits for each in own)}
        found = archive.find("marks", "mark", mark, 100)
        assert found == sorted(set(found))
        places = {(archive.path(number), archive.source(number)[1]) for number in found}
        assert {key for key, own in documents.items() if mark in own} <= places <= having
        few = archive.find("marks", "mark", mark, 1)
        assert few == (found if len(found) < 2 else [found[0], found[-1]])


def test_add_rewrites_nothing(folder: Path) -> None:
    with Writer.create(folder, "..", FEATURES) as own:
        put(own, [(f"{number}.txt", [[number, 7]]) for number in range(1000)])
        own.finish()
    before = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.segment")}
    for added in range(40):
        with Writer.change(folder) as own:
            put(own, [(f"new{added}-{number}.txt", [[number]]) for number in range(10)])
            own.finish()
    after = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.segment")}
    assert before.items() <= after.items()
    assert len(after) <= 1 + 2 * writer.TIER
    assert len(Archive(folder)) == 1400


def test_a_segment_is_written_whenever_enough_is_gathered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "GATHERED", 1000)
    with Writer.create(folder, "..", FEATURES) as own:
        for number in range(100):
            put(own, [(f"{number}.txt", [[number, number + 1, number + 2]])])
        assert len(own.manifest.segments) >= 2
        assert len(Archive(folder)) < 100
        own.finish(whole=True)
        assert len(own.manifest.segments) == 1
    assert len(Archive(folder)) == 100
    assert [path for path, *_ in holdings(Archive(folder))] == [f"{number}.txt" for number in range(100)]


def test_one_writer_at_a_time(folder: Path) -> None:
    with Writer.create(folder, "..", FEATURES) as own:
        put(own, [("a.txt", [[1]])])
        with pytest.raises(LockedError, match="another newslint"), Writer.change(folder):
            pass
        own.finish()
    with Writer.change(folder):
        pass


def test_a_reader_keeps_what_it_opened(folder: Path) -> None:
    with Writer.create(folder, "..", FEATURES) as own:
        put(own, [("a.txt", [[1], [2]])])
        own.finish()
    archive = Archive(folder)
    with Writer.change(folder) as own:
        put(own, [("a.txt", [[3]]), ("b.txt", [[1]])])
        own.finish(whole=True)
    assert [marks for *_, marks in holdings(archive)] == [(1,), (2,)]
    assert [marks for *_, marks in holdings(Archive(folder))] == [(3,), (1,)]


def test_a_reader_looks_again_where_a_writer_was_faster(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Writer.create(folder, "..", FEATURES) as own:
        put(own, [("a.txt", [[1]])])
        own.finish()
    old = manifests.load(folder)
    with Writer.change(folder) as own:
        put(own, [("b.txt", [[1]])])
        own.finish(whole=True)
    states = iter([old, manifests.load(folder), manifests.load(folder)])
    monkeypatch.setattr("newslint.index.archive.load", lambda _: next(states))
    assert len(Archive(folder)) == 2


class TestDamage:
    @pytest.fixture
    def index(self, folder: Path) -> Path:
        with Writer.create(folder, "..", FEATURES) as own:
            put(own, [(f"{number}.txt", [[number << 50]]) for number in range(50)])
            own.flush()
            own.remove("7.txt")
            own.finish()
        with Writer.change(folder) as own:
            own.remove("9.txt")
            own.finish()
        return folder

    def test_nothing_is_wrong(self, index: Path) -> None:
        assert [wrong for _, wrong in verify(index)] == ["", ""]

    @pytest.mark.parametrize("kind", ["*.segment", "*.gone"])
    def test_a_changed_byte(self, index: Path, kind: str) -> None:
        (path,) = index.glob(kind)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        assert [wrong for file, wrong in verify(index) if file.name == path.name] == ["its content has changed"]

    @pytest.mark.parametrize("kind", ["*.segment", "*.gone"])
    def test_a_file_cut_short(self, index: Path, kind: str) -> None:
        (path,) = index.glob(kind)
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        assert [wrong for file, wrong in verify(index) if file.name == path.name] == [
            f"has {len(data) // 2} bytes, not {len(data)}"
        ]
        with pytest.raises(DamagedError, match="is damaged"):
            Archive(index)

    def test_a_file_that_is_gone(self, index: Path) -> None:
        (path,) = index.glob("*.segment")
        path.unlink()
        with pytest.raises(DamagedError, match="is missing"):
            Archive(index)

    def test_a_manifest_that_was_edited(self, index: Path) -> None:
        path = index / MANIFEST
        path.write_text(path.read_text().replace('"root": ".."', '"root": "."'))
        with pytest.raises(DamagedError, match="is damaged"):
            Archive(index)
        path.write_text("{")
        with pytest.raises(DamagedError, match="is damaged"):
            Archive(index)

    def test_another_format(self, index: Path) -> None:
        path = index / MANIFEST
        path.write_text(json.dumps({**json.loads(path.read_text()), "newslint-index": 99, "written_by": "9.9"}))
        with pytest.raises(VersionError, match=r"format 99, written by newslint 9\.9.*build the index anew"):
            Archive(index)

    def test_no_index(self, tmp_path: Path) -> None:
        assert not is_index(tmp_path)
        with pytest.raises(IndexFolderError, match="is no index"):
            Archive(tmp_path)
        (tmp_path / "letter.txt").write_text("hello")
        with pytest.raises(IndexFolderError, match="holds something else"), Writer.create(tmp_path, "..", FEATURES):
            pass

    def test_an_index_is_not_made_twice(self, index: Path) -> None:
        with pytest.raises(IndexFolderError, match="is an index already"), Writer.create(index, "..", FEATURES):
            pass

    def test_another_version_of_a_feature(self, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        archive = Archive(index)
        assert [archive.path(number) for number in related(archive, FEATURES, columns_of([[3 << 50]]))] == ["3.txt"]
        monkeypatch.setattr(Marks, "version", 2)
        with pytest.raises(VersionError, match=r"'marks' of version 1, .* version 2: build the index anew"):
            related(archive, FEATURES, columns_of([[3]]))
        with pytest.raises(VersionError, match="built without 'fingerprints'"):
            related(archive, [Fingerprints], {})


def test_copies_of_copies_are_related(folder: Path) -> None:
    def marks(*numbers: int) -> list[list[int]]:
        return [[number << 48 for number in numbers]]

    files = {
        "a": range(1, 11),
        "b": range(8, 18),
        "c": range(15, 25),
        "d": [31, *range(100, 130)],
        "e": range(100, 110),
    }
    with Writer.create(folder, "..", FEATURES) as own:
        put(own, [(path, marks(*numbers)) for path, numbers in files.items()])
        own.finish()
    archive = Archive(folder)
    found = related(archive, [Marks], columns_of(marks(*range(22, 32))))
    # d has a key of the document, and e many of d's: that makes e no relative.
    assert [archive.path(number) for number in found] == ["a", "b", "c", "d"]
    found = related(archive, [Marks], columns_of(marks(*range(22, 32))), skip=frozenset(archive.documents_at("c")))
    assert [archive.path(number) for number in found] == ["d"]
    assert related(archive, [Marks], columns_of(marks(*range(22, 32))), numbers=[]) == []


def test_of_a_crowd_the_first_and_the_last_are_related(folder: Path) -> None:
    with Writer.create(folder, "..", FEATURES) as own:
        put(own, [(f"{number:02}", [[1 << 50, number << 52]]) for number in range(40)])
        own.finish()
    archive = Archive(folder)
    assert [archive.path(number) for number in related(archive, [Marks], columns_of([[1 << 50]]))] == ["00", "39"]


def test_a_full_disk_leaves_the_old_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Writer.create(folder, "..", FEATURES) as own:
        put(own, [("a.txt", [[1]])])
        own.finish()
    before = sorted(os.listdir(folder))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with Writer.change(folder) as own:
        put(own, [("b.txt", [[2]])])
        with pytest.raises(OSError, match="No space left"):
            own.finish()
    assert sorted(os.listdir(folder)) == before
    assert [path for path, *_ in holdings(Archive(folder))] == ["a.txt"]


#: Adds a file of three documents, again and again, and merges all; says what it has finished.
BUSY = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_index import put
from newslint.index import writer
from newslint.index.writer import Writer
writer.TIER = 3
for number in range(10**6):
    with Writer.change(Path(sys.argv[1])) as own:
        put(own, [(f"{number}.txt", [[number], [number], [number]]), ("same.txt", [[number]])])
        own.finish(whole=number % 5 == 4)
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_writer_that_is_killed_leaves_one_state_or_the_next(folder: Path) -> None:
    with Writer.create(folder, "..", FEATURES) as own:
        own.finish()
    chance = random.Random(5)
    for _ in range(6):
        with Writer.change(folder) as own:
            for path in list(own.paths()):
                own.remove(path)
            own.finish(whole=True)
        with subprocess.Popen(
            [sys.executable, "-c", BUSY, str(folder), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
        ) as busy:
            assert busy.stdout is not None
            assert busy.stdout.readline() == "0\n"
            end = time.monotonic() + chance.uniform(0.05, 0.5)
            while time.monotonic() < end:
                # Readers see whole states meanwhile.
                self_consistent(Archive(folder))
            busy.send_signal(signal.SIGKILL)
            said = busy.stdout.read().split()
        done = int(said[-1]) if said else 0
        assert all(not wrong for _, wrong in verify(folder))
        last = self_consistent(Archive(folder))
        assert done <= last <= done + 1
        with Writer.change(folder):
            named = {file.name for file in manifests.load(folder).files()}
            assert {name for name in os.listdir(folder) if name.endswith((".segment", ".gone"))} == named


def self_consistent(archive: Archive) -> int:
    """Make sure that the files are those of one state; the number of the last that was added."""
    held = Counter(path for path, *_ in holdings(archive))
    last = int(next(marks[0] for path, _, marks in holdings(archive) if path == "same.txt"))
    assert held == {**{f"{number}.txt": 3 for number in range(last + 1)}, "same.txt": 1}
    return last
