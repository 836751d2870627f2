"""From paths to files."""

import os
from pathlib import Path

import pytest

from newslint.config import Resolver, Settings
from newslint.discover import discover
from newslint.globs import Globs
from newslint.model import Problem

SUFFIXES = {".txt", ".md"}


def tree(root: Path, *files: str) -> None:
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Texte.\n", encoding="utf-8")


def shown(
    root: Path, *paths: str, resolver: Resolver | None = None, force_exclude: bool = False
) -> tuple[list[str], list[Problem]]:
    problems: list[Problem] = []
    here = Path.cwd()
    os.chdir(root)
    try:
        resolver = resolver or Resolver(root)
        sources = discover(paths, resolver, SUFFIXES, problems.append, force_exclude=force_exclude)
    finally:
        os.chdir(here)
    return [source.shown for source in sources], problems


def test_folders_are_walked_in_one_order(tmp_path: Path) -> None:
    tree(tmp_path, "b/z.txt", "b/a.md", "a.txt", "c.csvx", ".hidden/x.txt", "node_modules/x.txt")
    assert shown(tmp_path, ".") == (["a.txt", "b/a.md", "b/z.txt"], [])
    assert shown(tmp_path, "b", "a.txt", "b/a.md", ".") == (["a.txt", "b/a.md", "b/z.txt"], [])


def test_a_named_file_is_read_whatever_its_ending(tmp_path: Path) -> None:
    tree(tmp_path, "article")
    assert shown(tmp_path, "article")[0] == ["article"]


def test_missing_and_odd_paths_are_problems(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    tree(tmp_path, "a.txt")
    names, problems = shown(tmp_path, "gone", "pipe.txt", "a.txt")
    assert names == ["a.txt"]
    assert [problem.path for problem in problems] == ["gone", "pipe.txt"]
    assert shown(tmp_path, ".") == (["a.txt"], [])


def test_gitignore_is_honoured_inside_a_repository_only(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "raw/b.txt", "raw/keep.txt", "sub/c.txt", "sub/d.txt")
    (tmp_path / ".gitignore").write_text("raw/*\n!raw/keep.txt\n", encoding="utf-8")
    (tmp_path / "sub/.gitignore").write_text("c.txt\n", encoding="utf-8")
    assert len(shown(tmp_path, ".")[0]) == 5
    (tmp_path / ".git").mkdir()
    assert shown(tmp_path, ".")[0] == ["a.txt", "raw/keep.txt", "sub/d.txt"]
    assert shown(tmp_path, "sub")[0] == ["sub/d.txt"]
    assert shown(tmp_path, "raw")[0] == ["raw/keep.txt"]
    (tmp_path / ".gitignore").write_text("raw/\n!raw/keep.txt\n!\n", encoding="utf-8")
    assert shown(tmp_path, ".")[0] == ["a.txt", "sub/d.txt"]
    assert shown(tmp_path, "raw")[0] == []
    free = Resolver(tmp_path, lambda s: Settings(s.root, respect_gitignore=False))
    assert len(shown(tmp_path, ".", resolver=free)[0]) == 5


def test_exclude(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "raw/b.txt", "deep/raw/c.txt", "deep/d.txt")
    resolver = Resolver(tmp_path, lambda s: Settings(s.root, exclude=(Globs(s.root, ("raw/", "d.*")),)))
    assert shown(tmp_path, ".", resolver=resolver)[0] == ["a.txt"]
    assert shown(tmp_path, "deep/d.txt", resolver=resolver)[0] == ["deep/d.txt"]
    assert shown(tmp_path, "deep/d.txt", resolver=resolver, force_exclude=True)[0] == []


def test_paths_read_the_same_however_they_were_typed(tmp_path: Path) -> None:
    tree(tmp_path, "b/a.txt")
    for typed in ("b", "./b/", "b/../b/a.txt", str(tmp_path / "b")):
        assert shown(tmp_path, typed)[0] == ["b/a.txt"]
    assert shown(tmp_path / "b", "../b/a.txt", str(tmp_path / "b/a.txt"))[0] == ["../b/a.txt"]


def test_a_linked_file_is_read_once(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "other/b.txt")
    (tmp_path / "z.txt").symlink_to("a.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "in").mkdir()
    for name in "xy":
        (tmp_path / "in" / f"{name}.txt").symlink_to("../other/b.txt")
    assert shown(tmp_path, ".") == (["a.txt", "other/b.txt"], [])
    # A folder has no say over what is read outside of all that is named.
    assert shown(tmp_path, "in")[0] == []
    assert shown(tmp_path, "in/x.txt", "in/y.txt")[0] == ["in/x.txt"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    tree(tmp_path, "a/b.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path / "a", target_is_directory=True)
    assert shown(tmp_path, ".")[0] == ["a/b.txt"]


@pytest.mark.skipif(os.name == "nt", reason="names are always Unicode there")
def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"Texte.\n")
    assert shown(tmp_path, ".")[0] == [r"caf\xe9.txt"]
