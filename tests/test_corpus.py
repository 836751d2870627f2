"""The manifest, the export, the linter for texts in memory, and the recipes of docs/manifest.md."""

import gzip
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from newslint.linter import Linter

RECIPES = Path(__file__).parents[1] / "docs" / "manifest.md"
STORY = (
    "Le conseil municipal de Saint-Brévin a adopté lundi soir le plan de circulation du centre-ville. "
    "Les élus ont retenu une zone à trente kilomètres par heure autour du marché couvert. "
    "Les commerçants demandent davantage de places de livraison avant la fin de l'année.\n"
)
OTHER = (
    "La médiathèque des Tilleuls rouvrira en septembre après seize mois de travaux. "
    "Le bâtiment gagne une salle d'étude, un jardin de lecture et un ascenseur. "
    "La directrice attend près de deux mille visiteurs durant la première semaine.\n"
)
THIRD = (
    "Le club d'aviron de Port-Maubert a gagné samedi de de justesse la régate des quatre rives. "
    "L'équipage féminin a franchi la ligne une demi-longueur devant les favorites de la saison. "
    "Le président du club espère une place en finale régionale au mois de juin.\n"
)


def manifest_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "in" / "c.txt").write_text(OTHER + "\nLire aussi : la piscine ferme jusqu'en mai\n", encoding="utf-8")
    records = [{"id": "x-1", "body": THIRD, "title": "Aviron"}]
    lines = [*(json.dumps(record) for record in records), '{"id": "x-2", "body": "Trop court."}', "{"]
    (tmp_path / "in" / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


class TestManifest:
    def test_a_row_for_each_document(self, newslint: Run, corpus: Path) -> None:
        result = newslint("manifest", "in", "--isolated")
        rows = manifest_of(result.out)
        assert result.status == 0
        assert [row["id"] for row in rows] == ["in/a.txt", "in/b.txt", "in/c.txt", "x-1", "x-2", "in/d.jsonl#3"]
        assert {row["language"] for row in rows[:4]} == {"fr"}
        assert rows[0]["characters"] == len(STORY)
        assert rows[3]["title"] == "Aviron"

    def test_the_first_of_a_cluster_stands_for_it(self, newslint: Run, corpus: Path) -> None:
        first, second, *_ = manifest_of(newslint("manifest", "in/a.txt", "in/b.txt", "--isolated").out)
        assert first["cluster"] == second["cluster"] is not None
        assert first["representative"] == second["representative"] == "in/a.txt"
        assert first["keep"]
        assert not second["keep"]
        assert second["reason"].startswith("near-duplicate: ")
        assert first["digest"] == second["digest"]

    def test_shares_and_reasons(self, newslint: Run, corpus: Path) -> None:
        rows = {row["id"]: row for row in manifest_of(newslint("manifest", "in", "--isolated").out)}
        line = "Lire aussi : la piscine ferme jusqu'en mai"
        assert rows["in/c.txt"]["boilerplate"] == round(len(line) / rows["in/c.txt"]["characters"], 4)
        assert rows["in/c.txt"]["findings"]["cross-reference"] == 1
        assert rows["in/b.txt"]["duplicated"] > 0.99
        assert rows["x-2"]["reason"] == "too-short: 11 characters, boilerplate aside"
        assert rows["in/d.jsonl#3"]["reason"].startswith("broken-record: ")

    def test_the_policy_is_configured(self, newslint: Run, corpus: Path) -> None:
        policy = '[policy]\ndrop = ["cross-reference"]\nmin-characters = 0\nmax-duplicated = 1.0\nlanguages = ["fr"]\n'
        (corpus / "newslint.toml").write_text(policy, encoding="utf-8")
        rows = {row["id"]: row["reason"] for row in manifest_of(newslint("manifest", "in").out)}
        assert rows["in/b.txt"] is None
        assert rows["in/c.txt"].startswith("cross-reference: ")
        assert rows["in/d.jsonl#3"].startswith("language: ")

    @pytest.mark.parametrize(
        ("policy", "said"),
        [
            ('drop = ["near-duplicat"]', "did you mean 'near-duplicate'?"),
            ("max-duplicated = 2", "max-duplicated takes a number from 0 to 1"),
            ("min-caracters = 2", "did you mean 'min-characters'?"),
        ],
    )
    def test_a_policy_that_cannot_be_used(self, newslint: Run, corpus: Path, policy: str, said: str) -> None:
        (corpus / "newslint.toml").write_text(f"[policy]\n{policy}\n", encoding="utf-8")
        result = newslint("manifest", "in")
        assert result.status == 2
        assert said in result.err

    @pytest.mark.parametrize("name", ["m.jsonl", "m.jsonl.gz", "m.parquet"])
    def test_the_same_rows_in_every_format(self, newslint: Run, corpus: Path, name: str) -> None:
        expected = manifest_of(newslint("manifest", "in", "--isolated").out)
        assert newslint("manifest", "in", "--isolated", "-o", name).status == 0
        if name.endswith(".parquet"):
            parquet = pytest.importorskip("pyarrow.parquet")
            rows = parquet.read_table(corpus / name).to_pylist(maps_as_pydicts="strict")
        else:
            opened = gzip.open if name.endswith(".gz") else open
            with opened(corpus / name, "rt", encoding="utf-8") as stream:
                rows = manifest_of(stream.read())
        assert rows == expected

    def test_a_file_that_is_read_is_not_written(self, newslint: Run, corpus: Path) -> None:
        before = (corpus / "in" / "d.jsonl").read_bytes()
        result = newslint("manifest", "in", "-o", "in/d.jsonl")
        assert result.status == 2
        assert "is one of the files that are read" in result.err
        assert (corpus / "in" / "d.jsonl").read_bytes() == before


class TestExport:
    def test_records(self, newslint: Run, corpus: Path) -> None:
        result = newslint("export", "in", "--isolated", "-o", "out.jsonl", "--manifest", "all.jsonl")
        assert result.status == 0
        rows = manifest_of((corpus / "out.jsonl").read_text(encoding="utf-8"))
        assert [row["id"] for row in rows] == ["in/a.txt", "in/c.txt", "x-1"]
        assert rows[0]["text"] == STORY
        assert rows[1]["text"].rstrip("\n") == OTHER.rstrip("\n")
        assert "samedi de justesse" in rows[2]["text"]
        assert len(manifest_of((corpus / "all.jsonl").read_text(encoding="utf-8"))) == 6

    def test_a_folder(self, newslint: Run, corpus: Path) -> None:
        before = {path: path.read_bytes() for path in (corpus / "in").iterdir()}
        assert newslint("export", "in", "--isolated", "-o", "out").status == 0
        written = sorted(path.relative_to(corpus / "out").as_posix() for path in (corpus / "out").rglob("*.*"))
        assert written == ["in/a.txt", "in/c.txt", "in/d.jsonl.jsonl"]
        assert (corpus / "out" / "in" / "a.txt").read_text(encoding="utf-8") == STORY
        assert {path: path.read_bytes() for path in (corpus / "in").iterdir()} == before

    def test_paths_stay_in_the_folder(self, newslint: Run, corpus: Path) -> None:
        (corpus / "deep").mkdir()
        result = newslint("export", "../in/a.txt", "--isolated", "-o", "out", cwd=corpus / "deep")
        assert result.status == 0
        assert (corpus / "deep" / "out" / "in" / "a.txt").exists()

    @pytest.mark.parametrize("place", ["in", "in/d.jsonl", "there.jsonl"])
    def test_nothing_is_overwritten(self, newslint: Run, corpus: Path, place: str) -> None:
        (corpus / "there.jsonl").write_text("mine", encoding="utf-8")
        before = {path: path.read_bytes() for path in corpus.rglob("*.*")}
        result = newslint("export", "in", "-o", place)
        assert result.status == 2
        assert "is there already" in result.err
        assert {path: path.read_bytes() for path in corpus.rglob("*.*")} == before

    def test_safe_fixes_only(self, newslint: Run, corpus: Path) -> None:
        (corpus / "newslint.toml").write_text("[policy]\nunsafe-fixes = false\n", encoding="utf-8")
        assert newslint("export", "in/c.txt", "-o", "out.jsonl").status == 0
        assert "Lire aussi" in (corpus / "out.jsonl").read_text(encoding="utf-8")


class TestLinter:
    def test_findings_are_those_of_the_command(self, newslint: Run, corpus: Path) -> None:
        result = newslint("in/c.txt", "--isolated", "--output-format", "json")
        found = [(finding["name"], finding["location"]["start"]["line"]) for finding in result.report["findings"]]
        text = (corpus / "in" / "c.txt").read_text(encoding="utf-8")
        assert [(finding.name, finding.location.start.line) for finding in Linter().check(text)] == found != []

    def test_selection_and_language(self) -> None:
        text = "Il a dit que le le vote aura lieu.\n"
        assert [finding.name for finding in Linter(select=["TRA005"]).check(text)] == ["repeated-word"]
        assert Linter(ignore=["TRA005"], language="fr").check(text) == []

    def test_it_travels(self) -> None:
        linter = pickle.loads(pickle.dumps(Linter(ignore=["byline"])))
        assert linter.clean("Le le vote aura lieu mardi soir à la mairie.\n").startswith("Le vote")

    def test_half_characters_do_no_harm(self) -> None:
        assert Linter().clean("Un mot \ud83d seul.") == "Un mot ? seul."

    def test_a_record_file_is_no_text(self) -> None:
        with pytest.raises(ValueError, match="record file"):
            Linter().check('{"text": "a"}\n{"text": "b"}\n', name="a.jsonl")


@pytest.mark.parametrize(
    ("library", "heading"),
    [
        ("duckdb", "From DuckDB"),
        ("datasets", "As a `datasets` map"),
        ("datatrove", "As a step in a datatrove pipeline"),
    ],
)
def test_recipes_run(newslint: Run, corpus: Path, library: str, heading: str) -> None:
    pytest.importorskip(library)
    section = RECIPES.read_text(encoding="utf-8").split(f"## {heading}\n")[1]
    recipe = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert recipe
    records = [
        {"id": "1", "body": OTHER + "\nLire aussi : la piscine\n", "lang": "fr"},
        {"id": "2", "body": "Non.", "lang": "fr"},
    ]
    (corpus / "articles.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    assert newslint("manifest", "in", "-o", "manifest.parquet", "--isolated").status == 0
    shown = {"duckdb": "", "datasets": "\nprint(articles['body'])", "datatrove": ""}[library]
    script = corpus / "recipe.py"
    script.write_text(recipe[1] + shown, encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=corpus, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    if library == "duckdb":
        assert "fr" in done.stdout
    elif library == "datasets":
        assert "médiathèque" in done.stdout
        assert "Lire aussi" not in done.stdout
        assert "Non." not in done.stdout
    else:
        kept = "".join(gzip.decompress(path.read_bytes()).decode() for path in (corpus / "kept").glob("*.gz"))
        assert "médiathèque" in kept
        assert "Lire aussi" not in kept
        assert any((corpus / "dropped").rglob("*.gz"))
