"""The cache: the same report with and without it, less work, and no harm from whatever befalls it."""

import os
import sqlite3
import time
from pathlib import Path

import pytest

from conftest import Result, Run
from newslint.cache import NAME, Cache, Stat

FILES = 80
ARTICLE = (
    "La petite gare de Morvec rouvrira au printemps, sept ans après le passage du dernier train. La région paie les "
    "rails, la commune le toit, et une association de retraités tiendra le guichet trois jours par semaine.\n"
)
LINK = "\nLire aussi : Trois listes pour une mairie\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(FILES):
        text = f"Le conseil numéro {number} a voté le budget de la ville voisine.\n" + LINK * (number % 7 == 0)
        (folder / f"{number:03}.txt").write_text(ARTICLE if number in (10, 60) else text, encoding="utf-8")
    age(folder)
    return folder


def age(folder: Path) -> None:
    """Make the files old enough to be known by their time."""
    for path in folder.iterdir():
        os.utime(path, (time.time() - 100, path.stat().st_mtime - 100))


def check(newslint: Run, *arguments: object) -> Result:
    result = newslint("corpus", "--cache-dir", "cache", "--output-format", "json", "--isolated", *arguments)
    assert result.status == 1, result.err
    return result


class TestRuns:
    def test_give_the_same_report(self, newslint: Run, corpus: Path) -> None:
        without = check(newslint, "--no-cache")
        assert not (corpus.parent / "cache").exists()
        for jobs in (1, 2, 1):
            assert check(newslint, "-j", jobs).out == without.out
        assert (corpus.parent / "cache" / NAME).exists()

    def test_unchanged_files_are_not_opened(self, newslint: Run, corpus: Path) -> None:
        first = check(newslint)
        check(newslint)
        # The same size and time: only who opens them can know that they are different.
        for path in corpus.iterdir():
            status = path.stat()
            path.write_bytes(b"x" * status.st_size)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert check(newslint).out == first.out

    @pytest.mark.parametrize("how", ["changed", "added", "removed", "renamed", "touched"])
    def test_see_what_changed(self, newslint: Run, corpus: Path, how: str) -> None:
        check(newslint)
        path = corpus / "010.txt"
        match how:
            case "changed":
                path.write_text("Le conseil a voté." + LINK, encoding="utf-8")
            case "added":
                (corpus / "005b.txt").write_text(ARTICLE, encoding="utf-8")
            case "removed":
                path.unlink()
            case "renamed":
                path.rename(corpus / "100.txt")
            case "touched":
                path.touch()
        warm = check(newslint)
        assert warm.out == check(newslint, "--no-cache").out
        assert check(newslint).out == warm.out

    def test_options_and_configuration_count(self, newslint: Run, corpus: Path) -> None:
        check(newslint)
        for arguments in (["--select", "BOI"], ["--ignore", "BOI"], ["--language", "de"]):
            assert check(newslint, *arguments).out == check(newslint, "--no-cache", *arguments).out

    def test_rules_of_the_house_count(self, newslint: Run, corpus: Path) -> None:
        rules = corpus.parent / "house"
        rules.mkdir()
        source = (
            "from newslint.model import Hit, Severity, Span\nfrom newslint.rule import DocumentRule\n\n\n"
            'class Opening(DocumentRule):\n    """First letters."""\n\n    code = "LOC001"\n    name = "opening"\n'
            "    severity = Severity.ERROR\n\n    def check(self, document):\n"
            '        yield Hit(Span(0, 1), "MESSAGE")\n'
        )
        (corpus.parent / "newslint.toml").write_text('local-rules = ["house"]\n', encoding="utf-8")
        for message in ("once", "twice"):
            (rules / "opening.py").write_text(source.replace("MESSAGE", message), encoding="utf-8")
            result = newslint("corpus", "--cache-dir", "cache", "--select", "LOC", "--output-format", "concise")
            assert f"opening: {message}" in result.out

    def test_what_failed_is_tried_again(self, newslint: Run, corpus: Path) -> None:
        (corpus / "000.txt").write_bytes(b"\0\0")
        for _ in range(2):
            result = newslint("corpus", "--cache-dir", "cache", "--output-format", "json", "--isolated")
            assert (result.status, len(result.report["errors"])) == (2, 1)

    def test_fixes_after_a_warm_run(self, newslint: Run, corpus: Path) -> None:
        check(newslint)
        newslint("corpus", "--cache-dir", "cache", "--fix", "--unsafe-fixes", "--select", "BOI", "--isolated")
        assert not any("Lire aussi" in path.read_text(encoding="utf-8") for path in corpus.iterdir())


class TestHarm:
    @pytest.mark.parametrize("harm", ["empty", "noise", "cut", "values", "version", "folder"])
    def test_a_damaged_cache_heals(self, newslint: Run, corpus: Path, harm: str) -> None:
        first = check(newslint)
        file = corpus.parent / "cache" / NAME
        match harm:
            case "empty":
                file.write_bytes(b"")
            case "noise":
                file.write_bytes(os.urandom(10_000))
            case "cut":
                file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
            case "values":
                with sqlite3.connect(file) as connection:
                    connection.execute("update results set value = zeroblob(length(value))")
                connection.close()
            case "version":
                with sqlite3.connect(file) as connection:
                    connection.execute("pragma user_version = 99")
                connection.close()
            case "folder":
                file.unlink()
                file.mkdir()
        assert check(newslint).out == first.out
        assert check(newslint).out == first.out

    def test_a_cache_that_cannot_be_made_is_done_without(self, newslint: Run, corpus: Path) -> None:
        (corpus.parent / "cache").write_text("a file", encoding="utf-8")
        assert check(newslint).out == check(newslint, "--no-cache").out

    def test_clean_removes_it(self, newslint: Run, corpus: Path) -> None:
        check(newslint)
        assert newslint("clean", "--cache-dir", "cache").status == 0
        assert list((corpus.parent / "cache").iterdir()) == []
        assert newslint("clean", "--cache-dir", "cache").out.endswith("0.0 MB freed\n")


class TestCache:
    def test_keeps_results_and_files(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        cache.put(b"a", [1, "é"])
        cache.note("x.txt", Stat(1, 2, 3), b"digest")
        cache.close()
        again = Cache(tmp_path)
        assert (again.get(b"a"), again.get(b"b"), again.keys()) == ([1, "é"], None, {b"a"})
        assert again.digests() == {"x.txt": (Stat(1, 2, 3), b"digest")}
        again.close()

    def test_two_at_once(self, tmp_path: Path) -> None:
        one, other = Cache(tmp_path), Cache(tmp_path)
        one.put(b"a", 1)
        other.put(b"b", 2)
        one.close()
        other.close()
        again = Cache(tmp_path)
        assert again.keys() == {b"a", b"b"}
        again.close()
