"""The manifest, the export, the linter for texts in memory, and the recipes of docs/manifest.md."""

import gzip
import json
import os
import pickle
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from newslint.cli import export as export_command
from newslint.cli import manifest as manifest_command
from newslint.config import ConfigError
from newslint.corpus import writers
from newslint.corpus.export import Exported, export, record_of
from newslint.corpus.folder import clash, inside, new_folder
from newslint.corpus.policy import parse
from newslint.corpus.rows import Described, Row, row_of
from newslint.document import Document
from newslint.engine.mend import Mended, Text
from newslint.engine.plan import Task
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


TEASER = "\nLire aussi : la piscine ferme jusqu'en mai\n"


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

    def test_a_file_that_could_not_be_read_is_not_written(self, newslint: Run, corpus: Path) -> None:
        damaged = corpus / "in" / "e.jsonl.gz"
        damaged.write_bytes(b"not gzip")
        result = newslint("manifest", "in", "-o", "in/e.jsonl.gz")
        assert result.status == 2
        assert "is one of the files that are read" in result.err
        assert damaged.read_bytes() == b"not gzip"

    def test_a_suppressed_twin_makes_no_cluster(self, newslint: Run, corpus: Path) -> None:
        suppress = '[[suppress]]\nrules = ["near-duplicate"]\npath = "in/b.txt"\nreason = "two editions"\n'
        (corpus / "newslint.toml").write_text(suppress, encoding="utf-8")
        rows = manifest_of(newslint("manifest", "in/a.txt", "in/b.txt", "--ignore", "reused-passage").out)
        assert [(row["cluster"], row["representative"], row["keep"]) for row in rows] == [(None, None, True)] * 2

    def test_texts_of_one_record_and_records_of_one_name(self, newslint: Run, corpus: Path) -> None:
        records = [{"id": "x", "body": OTHER + TEASER, "abstract": "Résumé : " + THIRD}, {"id": "x", "body": STORY}]
        lines = "".join(json.dumps(record) + "\r\n" for record in records)
        (corpus / "r.jsonl").write_bytes(lines.encode())
        fields = "--text-field", "body", "--text-field", "abstract"
        rows = manifest_of(newslint("manifest", "r.jsonl", *fields, "--isolated").out)
        assert [(row["id"], row["record"], row["field"]) for row in rows] == [
            ("x", 0, "body"), ("x", 0, "abstract"), ("x", 1, "body"),
        ]  # fmt: skip
        assert [row["findings"].get("cross-reference") for row in rows] == [1, None, None]
        assert [row["findings"].get("repeated-word") for row in rows] == [None, 1, None]
        texts = manifest_of(newslint("export", "r.jsonl", *fields, "--isolated", "-o", "-").out)
        assert [text["text"].rstrip() for text in texts] == [
            OTHER.rstrip(), "Résumé : " + THIRD.replace("de de", "de").rstrip(), STORY.rstrip(),
        ]  # fmt: skip

    def test_documents_of_the_context_have_no_rows(self, newslint: Run, corpus: Path) -> None:
        rows = manifest_of(newslint("manifest", "in/a.txt", "--context", "in", "--isolated").out)
        assert [(row["id"], row["representative"]) for row in rows] == [("in/a.txt", "in/b.txt")]

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("gone/m.jsonl", "make it first"),
            ("m.csv", "use a name that ends in .jsonl"),
            ("s3://bucket/m.jsonl", "does not write to remote stores"),
            pytest.param(
                "loop.jsonl/m.jsonl", "leads back to itself",
                marks=pytest.mark.skipif(sys.version_info >= (3, 13), reason="such a link is taken for a name there"),
            ),
        ],
    )  # fmt: skip
    def test_a_place_that_cannot_be_written(self, newslint: Run, corpus: Path, name: str, said: str) -> None:
        (corpus / "loop.jsonl").symlink_to("loop.jsonl")
        for command in ("manifest", "export"):
            result = newslint(command, "in", "-o", name)
            assert result.status == 2
            assert said in result.err

    def test_columns_are_the_fields_of_rows(self) -> None:
        row = row_of(Document("a.txt", STORY), (), parse({}))
        assert tuple(manifest_command.COLUMNS) == Row._fields
        assert tuple(export_command.COLUMNS) == tuple(record_of(Exported(row, STORY, cleaned=False)))

    def test_what_writes_a_format_is_asked_for_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writers, "find_spec", lambda _: None)
        writers.check_installed("m.jsonl.gz")
        for name, extra in (("m.jsonl.zst", "zst"), ("M.PARQUET", "parquet")):
            with pytest.raises(writers.MissingError, match=rf"pip install 'newslint\[{extra}\]'"):
                writers.check_installed(name)

    def test_long_texts_are_not_gathered(self, monkeypatch: pytest.MonkeyPatch) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        monkeypatch.setattr(writers, "CHARACTERS", 10)
        file = BytesIO()
        with writers.writer("m.parquet", file, {"text": "string"}) as write:
            for text in ("long enough", "short", "long enough \ud83d"):
                write({"text": text})
        written = parquet.ParquetFile(BytesIO(file.getvalue()))
        assert [written.metadata.row_group(number).num_rows for number in range(2)] == [1, 2]
        assert written.read().column("text").to_pylist() == ["long enough", "short", "long enough ?"]

    def test_languages_are_codes(self) -> None:
        assert parse({"languages": ["FR", "fil"]}).languages == ("fr", "fil")
        with pytest.raises(ValueError, match="languages takes a two-letter language code"):
            parse({"languages": ["French"]})


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

    def test_a_path_with_two_slashes_is_no_way_out(self, newslint: Run, corpus: Path) -> None:
        story = corpus / "in" / "c.txt"
        before = story.read_bytes()
        assert newslint("export", f"/{story}", "--isolated", "-o", "out").status == 0
        assert story.read_bytes() == before
        assert [path.name for path in (corpus / "out").rglob("*.txt")] == ["c.txt"]

    @pytest.mark.parametrize(
        ("path", "place"),
        [
            ("../../a/b.txt", "a/b.txt"),
            ("//a/./b.txt", "a/b.txt"),
            ("s3://bucket/b.txt", "s3/bucket/b.txt"),
            (r"C:\a\b.txt", "C__a_b.txt"),
            (r"caf\xe9.txt", "caf_xe9.txt"),
        ],
    )
    def test_places(self, path: str, place: str) -> None:
        assert inside(path) == place

    def test_two_files_with_one_place(self, newslint: Run, corpus: Path) -> None:
        assert clash(["a.txt", "a.txt", "b/a.txt"]) is None
        assert clash(["a/b/c.txt", "a.txt", "../a"]) == ("../a", "a/b/c.txt")
        (corpus / "deep" / "in").mkdir(parents=True)
        (corpus / "deep" / "in" / "a.txt").write_text(OTHER, encoding="utf-8")
        result = newslint("export", "in", "../in", "--isolated", "-o", "out", cwd=corpus / "deep")
        assert result.status == 2
        assert "../in/a.txt and in/a.txt have one place there: write a file of records" in result.err
        assert not (corpus / "deep" / "out").exists()

    def test_a_folder_that_is_there_and_empty_is_filled(self, newslint: Run, corpus: Path) -> None:
        (corpus / "empty").mkdir()
        (corpus / "link").symlink_to("empty")
        assert newslint("export", "../in", "--isolated", "-o", ".", cwd=corpus / "empty").status == 0
        assert [path.name for path in (corpus / "empty").iterdir()] == ["in"]
        (corpus / "empty").rename(corpus / "full")
        assert newslint("export", "in", "--isolated", "-o", "link").status == 0
        assert (corpus / "link").is_symlink()
        assert [path.name for path in (corpus / "empty").iterdir()] == ["in"]

    def test_an_ending_and_a_slash_make_a_folder(self, newslint: Run, corpus: Path) -> None:
        assert newslint("export", "in/a.txt", "--isolated", "-o", "corpus.v2/").status == 0
        assert (corpus / "corpus.v2" / "in" / "a.txt").exists()

    @pytest.mark.skipif(os.name == "nt", reason="permissions are of another kind there")
    def test_a_folder_is_as_open_as_the_user_wants(self, tmp_path: Path) -> None:
        before = os.umask(0o077)
        try:
            with new_folder(tmp_path / "out"):
                pass
        finally:
            os.umask(before)
        assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700

    def test_a_folder_that_fails_leaves_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        row = row_of(Document("a.txt", STORY), (), parse({}))

        def fail(place: Path) -> None:
            with new_folder(place) as folder:
                folder.write(Exported(row, STORY, cleaned=False))
                raise OSError(28, "No space left on device")

        for place in ("new", "empty"):
            with pytest.raises(OSError, match="No space") as caught:
                fail(tmp_path / place)
            assert caught.value.filename == str(tmp_path / place)
        assert [path.name for path in tmp_path.rglob("*")] == ["empty"]

    def test_what_others_write_meanwhile_stays(self, tmp_path: Path) -> None:
        writing = new_folder(tmp_path)
        writing.__enter__()
        (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(OSError, match="somebody else"):
            writing.__exit__(None, None, None)
        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

    @pytest.mark.parametrize(
        ("output", "manifest", "said"),
        [
            ("out.jsonl", "out.jsonl", "is where the corpus goes"),
            ("out.jsonl", "./in/../out.jsonl", "is where the corpus goes"),
            ("empty", "empty/m.jsonl", "is where the corpus goes"),
            ("-", "-", "standard output has the corpus"),
            ("out", "in/d.jsonl", "is there already"),
            ("out", "m.txt", "--manifest: m.txt: use a name"),
        ],
    )
    def test_corpus_and_manifest_go_apart(
        self, newslint: Run, corpus: Path, output: str, manifest: str, said: str
    ) -> None:
        (corpus / "empty").mkdir()
        before = (corpus / "in" / "d.jsonl").read_bytes()
        result = newslint("export", "in", "-o", output, "--manifest", manifest)
        assert result.status == 2
        assert said in result.err
        assert sorted(path.name for path in corpus.iterdir()) == ["empty", "in"]
        assert (corpus / "in" / "d.jsonl").read_bytes() == before

    def test_a_file_that_changes_once_mended_costs_no_other_its_fixes(self) -> None:
        first, second = Task("/a.txt", "a.txt", 0), Task("/b.txt", "b.txt", 0)
        mended = [Mended(task, b"", b"", [Text(OTHER + TEASER, OTHER)], {}) for task in (first, second)]
        document = Document("b.txt", OTHER + TEASER)
        described = [Described(row_of(document, (), parse({})), document, second)]
        assert [each.text for each in export(described, mended)] == [OTHER]

    def test_line_ends_and_mark_down_stay(self, newslint: Run, corpus: Path) -> None:
        text = f"---\r\ntitle: de de\r\n---\r\n# Aviron\r\n\r\n{THIRD.strip()} Voir `de de`.\r\n"
        (corpus / "m.md").write_bytes(text.encode())
        assert newslint("export", "m.md", "--isolated", "-o", "out").status == 0
        written = (corpus / "out" / "m.md").read_bytes().decode()
        assert written == text.replace("samedi de de", "samedi de")

    def test_what_rules_print_is_no_record(self, newslint: Run, shouting: Path) -> None:
        rule = shouting / "house" / "shouting.py"
        rule.write_text(
            rule.read_text(encoding="utf-8").replace("run =", "print('noise')\n        run ="), encoding="utf-8"
        )
        config = 'local-rules = ["house"]\nselect = ["shouting", "repeated-word"]\n'
        (shouting / "newslint.toml").write_text(config, encoding="utf-8")
        (shouting / "c.txt").write_text(THIRD, encoding="utf-8")
        result = newslint("export", "c.txt", "-o", "-")
        assert [row["id"] for row in manifest_of(result.out)] == ["c.txt"]
        assert "noise" in result.err

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

    def test_a_language_is_a_code(self) -> None:
        text = "Il a dit que le le vote aura lieu.\n"
        assert [Linter().describe(text, language=said).language for said in ("FR", "und")] == ["fr", "fr"]
        assert Linter(language="FR").describe("12").language == "fr"
        with pytest.raises(ConfigError, match="two-letter language code"):
            Linter(language="French")

    def test_only_what_the_policy_wants_is_cleaned(self, tmp_path: Path) -> None:
        (tmp_path / "safe.toml").write_text('[policy]\nclean = ["TRA"]\nunsafe-fixes = false\n', encoding="utf-8")
        linter = Linter(config=tmp_path / "safe.toml")
        assert linter.clean(THIRD + TEASER) == THIRD.replace("de de", "de") + TEASER

    def test_it_travels_to_other_folders(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "own.toml").write_text("[policy]\nmin-characters = 7\n", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        pickled = pickle.dumps(Linter(config="own.toml"))
        (tmp_path / "deep").mkdir()
        monkeypatch.chdir(tmp_path / "deep")
        assert pickle.loads(pickled).policy.min_characters == 7

    def test_it_travels(self) -> None:
        linter = pickle.loads(pickle.dumps(Linter(ignore=["byline"])))
        assert linter.clean("Le le vote aura lieu mardi soir à la mairie.\n").startswith("Le vote")

    def test_half_characters_do_no_harm(self) -> None:
        assert Linter().clean("Un mot \ud83d seul.") == "Un mot ? seul."

    def test_a_record_file_is_no_text(self) -> None:
        linter = Linter()
        for text in ('{"text": "a"}\n{"text": "b"}\n', '{"text": "a"}', "a"):
            for method in (linter.check, linter.clean, linter.describe):
                with pytest.raises(ValueError, match="record file"):
                    method(text, name="a.jsonl")


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
