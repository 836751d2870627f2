"""``newslint index`` and ``--context INDEX``: what is found beside an archive is what is found beside its files."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import ARTICLE, Result, Run
from newslint.index import MANIFEST, Archive
from newslint.index.reopen import open_documents

pytest.importorskip("numpy")

#: Reads the whole folder, and is compared with.
COMPARE = ("--isolated", "--select", "near-duplicate,reused-passage", "--fail-on", "never", "-q")
WORDS = (
    "port", "bac", "digue", "marée", "phare", "quai", "barque", "voile", "treuil", "amarre", "jetée", "chenal",
    "écluse", "bouée", "radeau", "gréement", "cale", "proue", "sillage", "houle", "brise", "récif", "sonde", "lest",
    "ancre", "hublot", "passerelle", "cabine", "équipage", "pilote", "douane", "remorque", "balise", "crique",
)  # fmt: skip


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(12, 24))).capitalize() + "."


def article(chance: random.Random) -> list[str]:
    return [sentence(chance) for _ in range(chance.randint(4, 12))]


def corpus(count: int, seed: int) -> dict[str, str]:
    """Articles: some new, some copies, excerpts and rewordings of others, some with a passage of another."""
    chance = random.Random(seed)
    made: list[list[str]] = []
    for _ in range(count):
        lines = article(chance)
        if made:
            other = chance.choice(made)
            kind = chance.randrange(6)
            if kind == 0:
                lines = list(other)
                lines[chance.randrange(len(lines))] = sentence(chance)
            elif kind == 1:
                lines = other[: max(3, len(other) // 2)]
            elif kind == 2:
                lines.insert(chance.randrange(len(lines)), chance.choice(other))
            elif kind == 3:
                words = chance.choice(other).split()
                words[chance.randrange(len(words))] = chance.choice(WORDS)
                lines.insert(chance.randrange(len(lines)), " ".join(words))
        if chance.random() < 0.1:
            lines.append("Toute la rédaction du journal du port vous souhaite un bon dimanche en mer et à terre.")
        made.append(lines)
    return {f"{number % 7}/{number:03}.txt": "\n\n".join(lines) + "\n" for number, lines in enumerate(made)}


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def findings(result: Result) -> list[dict[str, Any]]:
    """What was found, less the number of the cluster, which a run gives."""
    assert result.report["errors"] == [], result.report["errors"]
    found: list[dict[str, Any]] = result.report["findings"]
    for finding in found:
        finding["data"].pop("cluster", None)
    return found


@pytest.fixture
def archived(newslint: Run, tmp_path: Path) -> Path:
    """An index of a folder with an article."""
    write(tmp_path / "old", {"a.txt": ARTICLE, "deep/b.txt": "Le bac est resté au port lundi.\n"})
    result = newslint("index", "build", "old.index", "old", "--isolated")
    assert (result.status, result.out) == (0, "old.index: 2 documents added, 2 in all\n"), result.err
    return tmp_path / "old.index"


Check = Callable[..., Result]


@pytest.fixture
def check(newslint: Run) -> Check:
    """Checks files beside a context."""
    return lambda *named, context="old.index", **options: newslint(
        "check", *named, "--context", context, *COMPARE, "--output-format", "json", **options
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_findings_are_those_beside_the_folder(newslint: Run, check: Check, tmp_path: Path, seed: int) -> None:
    write(tmp_path / "old", corpus(90, seed))
    write(tmp_path / "new", corpus(30, seed))
    write(tmp_path / "new", {f"x{name}": text for name, text in corpus(12, seed + 100).items()})
    assert newslint("index", "build", "old.index", "old", "--isolated").status == 0
    new = sorted(path.relative_to(tmp_path) for path in (tmp_path / "new").rglob("*.txt"))
    some = 0
    for named in (["old/3/003.txt"], ["new/3/024.txt", "new/5/012.txt"], new[:3], ["old/0/000.txt", "new/1/001.txt"]):
        beside_folder = findings(check(*named, context="old"))
        assert findings(check(*named)) == beside_folder
        some += len(beside_folder)
    assert some > 4


def test_the_archived_document_is_named(check: Check, archived: Path, tmp_path: Path) -> None:
    write(tmp_path, {"today.txt": f"Nouvelles du jour.\n\n{ARTICLE}"})
    (finding,) = findings(check("today.txt"))
    assert finding["name"] == "near-duplicate"
    assert finding["related"][0]["location"]["path"] == "old/a.txt"


def test_the_paths_are_those_beside_the_folder(check: Check, archived: Path, tmp_path: Path) -> None:
    write(tmp_path / "desk", {"today.txt": ARTICLE})
    for context in ("../old", str(tmp_path / "old")):
        beside_folder = findings(check("today.txt", context=context, cwd=tmp_path / "desk"))
        beside_index = findings(check("today.txt", context=f"{context}.index", cwd=tmp_path / "desk"))
        assert beside_folder == beside_index


def test_a_document_is_not_compared_with_itself(check: Check, archived: Path, tmp_path: Path) -> None:
    assert findings(check("old/a.txt")) == []
    (tmp_path / "link.txt").symlink_to(tmp_path / "old" / "a.txt")
    assert findings(check("link.txt")) == []


def test_folders_and_indexes_together(newslint: Run, archived: Path, tmp_path: Path) -> None:
    other = ARTICLE.replace("médiathèque", "piscine").replace("lecteurs", "nageurs") + "Le port est gelé.\n" * 3
    write(tmp_path, {"today.txt": ARTICLE, "more/c.txt": other})
    result = newslint(
        "check", "today.txt", "--context", "old.index", "--context", "more", *COMPARE, "--output-format", "json"
    )
    (finding,) = findings(result)
    assert {place["location"]["path"] for place in finding["related"]} == {"old/a.txt", "more/c.txt"}
    assert result.report["summary"]["documents"] == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_named_files(newslint: Run, check: Check, tmp_path: Path, jobs: str) -> None:
    write(tmp_path / "old", corpus(40, 8))
    write(tmp_path / "new", corpus(40, 8))
    assert newslint("index", "build", "old.index", "old", "--isolated").status == 0
    found = findings(check("new", "-j", jobs))
    assert {finding["location"]["path"] for finding in found} >= {f"new/{name}" for name in corpus(40, 8)}


class TestChanges:
    def test_add_takes_up_what_is_new_or_changed(self, newslint: Run, archived: Path, tmp_path: Path) -> None:
        result = newslint("index", "add", "old.index", "old", "--isolated")
        assert result.out == "old.index: 0 documents added, 2 in all\n"
        write(tmp_path / "old", {"a.txt": "Autre chose.\n", "c.txt": ARTICLE})
        result = newslint("index", "add", "old.index", "old", "--isolated")
        assert result.out == "old.index: 2 documents added, 1 document replaced, 3 in all\n"
        assert sorted(Archive(archived).paths()) == ["a.txt", "c.txt", "deep/b.txt"]

    def test_remove(self, newslint: Run, archived: Path, tmp_path: Path) -> None:
        assert newslint("index", "remove", "old.index", "old/deep").out == "old.index: 1 document removed, 1 in all\n"
        result = newslint("index", "remove", "old.index", "old/nowhere.txt")
        assert (result.status, result.err) == (2, "failed: old/nowhere.txt: is not in the index\n")
        (tmp_path / "old" / "a.txt").unlink()
        assert newslint("index", "remove", "old.index", "--missing").out == "old.index: 1 document removed, 0 in all\n"
        assert newslint("index", "compact", "old.index").status == 0
        assert [path.name for path in archived.glob("*.segment")] == []

    def test_a_file_that_is_gone_or_has_changed(self, check: Check, archived: Path, tmp_path: Path) -> None:
        write(tmp_path, {"today.txt": ARTICLE})
        write(tmp_path / "old", {"a.txt": "Autre chose.\n"})
        result = check("today.txt")
        assert result.status == 2
        (problem,) = result.report["errors"]
        assert problem["path"] == "old/a.txt"
        assert "has changed since it was indexed: `newslint index add`" in problem["message"]
        (tmp_path / "old" / "a.txt").unlink()
        (problem,) = check("today.txt").report["errors"]
        assert "is gone, and the index keeps no text" in problem["message"]

    def test_texts_that_are_kept(self, newslint: Run, check: Check, archived: Path, tmp_path: Path) -> None:
        write(tmp_path, {"today.txt": ARTICLE})
        expected = findings(check("today.txt"))
        assert newslint("index", "build", "kept.index", "old", "--keep-text", "--isolated").status == 0
        shutil.rmtree(tmp_path / "old")
        assert findings(check("today.txt", context="kept.index")) == expected

    def test_index_and_files_move_together(self, newslint: Run, check: Check, archived: Path, tmp_path: Path) -> None:
        (tmp_path / "archive").mkdir()
        for name in ("old", "old.index"):
            (tmp_path / name).rename(tmp_path / "archive" / name)
        write(tmp_path, {"today.txt": ARTICLE})
        (finding,) = findings(check("today.txt", context="archive/old.index"))
        assert finding["related"][0]["location"]["path"] == "archive/old/a.txt"


#: A rule with a feature of its own, and what it finds: two documents that begin with the same three words.
OPENINGS = """
from newslint.model import Hit, Place, Severity, Span
from newslint.duplication import shingle_hash
from newslint.rule import CorpusRule, Feature


class Openings(Feature):
    name = "openings"
    typecodes = {"opening": "Q", "length": "H"}
    keys = ("opening",)

    def rows(self, document):
        words = document.text.split()[:3]
        return {"opening": [shingle_hash(" ".join(words)) << 32], "length": [len(words)]} if words else {
            "opening": [], "length": []
        }


class SameOpening(CorpusRule):
    \"\"\"Documents that begin alike.\"\"\"

    code = "LOC002"
    name = "same-opening"
    severity = Severity.WARNING
    features = (Openings,)

    def match(self, columns):
        seen = {}
        own = columns["openings"]
        for number in range(len(own)):
            for row in own.rows(number):
                first = seen.setdefault((own["opening"][row], own["length"][row]), number)
                if first != number:
                    yield first, number

    def settle(self, candidates, documents):
        for first, number in candidates:
            other = documents[first]
            yield Hit(
                Span(0, 3), f"Begins as {other.path}", related=(Place("here", Span(0, 3), first),), document=number
            )
"""


def test_a_rule_with_a_feature_of_its_own(newslint: Run, tmp_path: Path) -> None:
    write(tmp_path, {"house/openings.py": OPENINGS, "newslint.toml": 'local-rules = ["house"]\nselect = ["LOC"]\n'})
    write(tmp_path / "old", {"a.txt": "Le bac attend la marée.\n", "b.txt": "La digue tient bon.\n", "c.txt": ""})
    assert newslint("index", "build", "old.index", "old").status == 0
    assert list(Archive(tmp_path / "old.index").manifest.features) == ["openings"]
    write(tmp_path, {"today.txt": "La digue tient toujours.\n"})
    report = newslint("check", "today.txt", "--context", "old.index", "--output-format", "json").report
    assert [finding["message"] for finding in report["findings"]] == ["Begins as old/b.txt"]
    result = newslint("check", "today.txt", "--context", "old.index", "--select", "DUP001")
    assert (result.status, "was built without 'fingerprints'" in result.err) == (2, True)
    result = newslint("index", "add", "old.index", "today.txt", "--select", "DUP001")
    assert (result.status, "was built without 'fingerprints'" in result.err) == (2, True)
    result = newslint("index", "add", "old.index", "today.txt", "--select", "BOI")
    assert (result.status, "the index holds 'openings', which no rule in use makes" in result.err) == (2, True)


class TestRecords:
    @pytest.mark.parametrize("packed", [False, True])
    @pytest.mark.parametrize("keep", [False, True])
    def test_records(self, newslint: Run, check: Check, tmp_path: Path, packed: bool, keep: bool) -> None:
        texts = list(corpus(150, 4).values())
        data = "".join(json.dumps({"id": f"n{number}", "text": text}) + "\n" for number, text in enumerate(texts))
        (tmp_path / "old").mkdir()
        if packed:
            import gzip

            (tmp_path / "old" / "wire.jsonl.gz").write_bytes(gzip.compress(data.encode()))
        else:
            (tmp_path / "old" / "wire.jsonl").write_text(data)
        option = ["--keep-text"] if keep else []
        result = newslint("index", "build", "old.index", "old", "--isolated", *option)
        assert (result.status, len(Archive(tmp_path / "old.index"))) == (0, len(texts)), result.err
        again = newslint("index", "add", "old.index", "old", "--isolated")
        assert again.out == f"old.index: 0 documents added, {len(texts)} in all\n"
        write(tmp_path, {"today.txt": texts[140] + texts[3]})
        expected = findings(check("today.txt", context="old"))
        assert expected
        assert expected[0]["related"][0]["location"]["record"]["id"]
        assert findings(check("today.txt")) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="there is no ulimit")
def test_no_room(newslint: Run, archived: Path, tmp_path: Path) -> None:
    write(tmp_path / "old", corpus(60, 2))
    before = {path.name: path.read_bytes() for path in archived.iterdir()}
    command = ["sh", "-c", 'ulimit -f 32; exec "$@"', "sh", sys.executable, "-m", "newslint"]
    done = subprocess.run(
        [*command, "index", "add", "old.index", "old", "--isolated", "-j", "1"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("newslint: error: old.index: File too large: the index holds what it held")
    assert {path.name: path.read_bytes() for path in archived.iterdir()} == before
    result = newslint("index", "add", "old.index", "old", "--isolated")
    assert result.out == "old.index: 60 documents added, 62 in all\n"


class TestMessages:
    def test_info_and_verify(self, newslint: Run, archived: Path) -> None:
        info = newslint("index", "info", "old.index")
        assert info.status == 0
        assert "documents  2\nroot       old\nfeatures   fingerprints 1\n" in info.out
        assert newslint("index", "verify", "old.index").out == "old.index: nothing is wrong\n"
        (segment,) = archived.glob("*.segment")
        data = bytearray(segment.read_bytes())
        data[100] ^= 255
        segment.write_bytes(data)
        result = newslint("index", "verify", "old.index")
        assert (result.status, result.err) == (2, f"failed: old.index/{segment.name}: its content has changed\n")

    def test_another_version(self, check: Check, archived: Path, tmp_path: Path) -> None:
        write(tmp_path, {"today.txt": ARTICLE})
        path = archived / MANIFEST
        path.write_text(json.dumps({**json.loads(path.read_text()), "newslint-index": 2}))
        result = check("today.txt")
        assert result.status == 2
        assert "the index has format 2" in result.err
        assert "build the index anew" in result.err

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["build", "old.index", "old"], "is an index already"),
            (["build", "new.index"], "takes files or folders"),
            (["info", "old"], "is no index: `newslint index build` makes one"),
            (["info", "old.index", "old"], "takes no files"),
            (["build", "old", "old"], "holds something else"),
            (["build", "new.index", "old", "--select", "recurring-line"], "there is nothing to keep"),
            (["duplicates", "old.index", "--threshold", "2"], "takes a number from 0.2 to 1"),
        ],
    )
    def test_what_cannot_be(self, newslint: Run, archived: Path, arguments: list[str], message: str) -> None:
        result = newslint("index", *arguments)
        assert result.status == 2
        assert message in result.err


def test_duplicates_are_those_of_a_run(newslint: Run, tmp_path: Path) -> None:
    write(tmp_path / "old", corpus(200, 6))
    assert newslint("index", "build", "old.index", "old", "--isolated").status == 0
    write(tmp_path / "old", {"7/900.txt": ARTICLE, "7/901.txt": ARTICLE, "0/000.txt": "Autre chose.\n"})
    assert newslint("index", "add", "old.index", "old", "--isolated").status == 0
    run = newslint("check", "old", *COMPARE, "--select", "near-duplicate", "--output-format", "json").report
    expected = {
        (
            finding["location"]["path"], finding["related"][0]["location"]["path"], finding["data"]["jaccard"],
            finding["data"]["containment"], finding["data"]["size"],
        )
        for finding in run["findings"] if finding["name"] == "near-duplicate"
    }  # fmt: skip
    result = newslint("index", "duplicates", "old.index", "--isolated")
    rows = [json.loads(line) for line in result.out.split("\n") if line]
    assert result.status == 0
    pairs = {frozenset((path, of)) for path, of, *_ in expected}
    # The earlier one of two is the one that was indexed earlier: 0/000.txt was changed later.
    assert {frozenset((row["path"], row["of"])) for row in rows} == pairs
    assert {(row["path"], row["of"], row["jaccard"], row["containment"], row["size"]) for row in rows} >= {
        each for each in expected if "0/000.txt" not in each[0] + each[1]
    }
    assert len(rows) > 20


def test_signatures_go_to_datasketch_and_come_back(newslint: Run, tmp_path: Path) -> None:
    datasketch = pytest.importorskip("datasketch")
    import numpy as np

    from newslint.duplication.arrays import to_lean_minhashes
    from newslint.index.lsh import hand_over, signatures, take_back

    write(tmp_path / "old", {**corpus(60, 9), "empty.txt": ""})
    assert newslint("index", "build", "old.index", "old", "--isolated").status == 0
    archive = Archive(tmp_path / "old.index")
    problems: list[Any] = []
    batches = list(signatures(archive, open_documents(archive, problems)))
    names = [number for numbers, _ in batches for number in numbers]
    rows = np.concatenate([own for _, own in batches])
    assert (len(names), problems) == (60, [])
    for prepickle in (False, True):
        lsh = datasketch.MinHashLSH(threshold=0.6, num_perm=128, prepickle=prepickle)
        for numbers, own in batches:
            hand_over(lsh, numbers, own)
        bands = rows[:, : lsh.b * lsh.r].reshape(len(rows), lsh.b, lsh.r)
        for minhash, own in zip(to_lean_minhashes(rows), bands, strict=True):
            alike = (bands == own).all(axis=2).any(axis=1)
            assert set(lsh.query(minhash)) == {name for name, same in zip(names, alike.tolist(), strict=True) if same}
        back, values = take_back(lsh)
        assert back == names
        assert (values == rows[:, : lsh.b * lsh.r]).all()
        one, value = take_back(lsh, [names[5]])
        assert one == [names[5]]
        assert (value == values[5]).all()
        with pytest.raises(KeyError):
            take_back(lsh, [9999])
    hashed = datasketch.MinHashLSH(threshold=0.6, num_perm=128, hashfunc=lambda band: band[:4])
    with pytest.raises(ValueError, match="keeps no signatures"):
        take_back(hashed)
