"""Record files through the real command: the same findings in every format, broken records, fixes, reports."""

import csv
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ARTICLE, CLEAN, LINK, Result, Run
from newslint.fix import apply
from newslint.model import Edit, Span
from newslint.readers import ReadError, fields
from newslint.readers.fields import Fields, NoTextError
from newslint.readers.jsonl import READER, changed, documents, parse, split
from newslint.readers.records import Layout, Part

SPACED = "La séance , a duré trois heures.\n"
RECORDS: Sequence[Mapping[str, Any]] = [
    {"id": "a", "lang": "fr", "text": CLEAN},
    {"id": "b", "lang": "fr", "text": LINK},
    {"id": "c", "lang": "fr", "text": SPACED},
    {"id": "d", "lang": "fr", "text": ARTICLE},
    {"id": "e", "lang": "fr", "text": ARTICLE.replace("samedi", "lundi") + "Un « mot\u200b » , dit-il.\n"},
]


def lines(records: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def table(records: Sequence[Mapping[str, Any]], delimiter: str, encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerows([records[0].keys(), *(record.values() for record in records)])
    return stream.getvalue().encode(encoding)


def parquet(records: Sequence[Mapping[str, Any]]) -> bytes:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    stream = io.BytesIO()
    pytest.importorskip("pyarrow.parquet").write_table(pa.Table.from_pylist(list(records)), stream, row_group_size=2)
    return stream.getvalue()


def zst(data: bytes) -> bytes:
    compressed: bytes = pytest.importorskip("zstandard", reason="zstandard is not installed").compress(data)
    return compressed


def unzst(data: bytes) -> bytes:
    plain: bytes = pytest.importorskip("zstandard").ZstdDecompressor().decompressobj().decompress(data)
    return plain


FORMATS: Mapping[str, Callable[[Sequence[Mapping[str, Any]]], bytes]] = {
    "press.jsonl": lines,
    "press.ndjson": lines,
    "press.jsonl.gz": lambda records: gzip.compress(lines(records)),
    "press.jsonl.zst": lambda records: zst(lines(records)),
    "press.csv": lambda records: table(records, ","),
    "press.csv.gz": lambda records: gzip.compress(table(records, ";")),
    "press.tsv": lambda records: table(records, "\t", "utf-16"),
    "press.parquet": parquet,
}


def json_report(newslint: Run, *arguments: object, **options: Any) -> Result:
    return newslint(*arguments, "--isolated", "--output-format", "json", **options)


def told(result: Result) -> list[tuple[Any, ...]]:
    """What a report says of records: rule, place in the text, number and name of the record."""
    return [
        (f["name"], f["location"]["start"], f["location"]["record"]["index"], f["location"]["record"]["id"], f["data"])
        for f in result.report["findings"]
    ]


def broken(result: Result) -> list[tuple[int, int, str]]:
    """Line, number and message of each broken record."""
    return [
        (f["location"]["record"]["line"], f["location"]["record"]["index"], f["message"].removeprefix("The record "))
        for f in result.report["findings"]
        if f["name"] == "broken-record"
    ]


class TestFormats:
    @pytest.mark.parametrize("name", FORMATS)
    def test_all_find_the_same(self, newslint: Run, tmp_path: Path, name: str) -> None:
        (tmp_path / "first.jsonl").write_bytes(lines(RECORDS))
        expected = told(json_report(newslint, "first.jsonl"))
        assert {finding[0] for finding in expected} >= {"cross-reference", "orphan-punctuation", "near-duplicate"}
        (tmp_path / name).write_bytes(FORMATS[name](RECORDS))
        result = json_report(newslint, name)
        assert told(result) == expected
        assert result.report["summary"]["documents"] == len(RECORDS)
        assert f"{name}: guessed: text from" in result.err

    @pytest.mark.parametrize("name", FORMATS)
    def test_fixes_change_the_texts_alone(self, newslint: Run, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_bytes(FORMATS[name](RECORDS))
        result = json_report(newslint, name, "--fix")
        assert "Fixed 3 findings in 1 file" in result.err
        mended = [
            {**record, "text": record["text"].replace(" ,", ",").replace("\u200b", "")} for record in RECORDS
        ]  # fmt: skip
        if name.endswith("parquet"):
            assert pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist() == mended
        else:
            unpack = {".gz": gzip.decompress, ".zst": unzst}.get(path.suffix, bytes)
            assert unpack(path.read_bytes()) == unpack(FORMATS[name](mended))
        assert "Fixed" not in json_report(newslint, name, "--fix").err

    def test_any_number_of_workers_kernel_and_cache(self, newslint: Run, tmp_path: Path) -> None:
        words = ARTICLE.split()
        records = [
            {"id": f"r{number}", "text": LINK if number % 9 == 0 else " ".join(words[number:] + words[:number]) + "\n"}
            for number in range(60)
        ]
        for number in range(0, 60, 3):
            (tmp_path / f"{number}.jsonl").write_bytes(lines(records[number : number + 3]))
            (tmp_path / f"{number}.csv.gz").write_bytes(gzip.compress(table(records[number : number + 2], ",")))
            (tmp_path / f"{number}.txt").write_text(f"{number} {CLEAN}", encoding="utf-8")
            (tmp_path / f"{number}.ndjson").write_bytes(lines(records[number : number + 1]))
        for path in tmp_path.iterdir():
            os.utime(path, (1, 1))
        select = ["--select", "NL,BOI,TRA,near-duplicate,recurring-line"]
        first = json_report(newslint, ".", "--no-cache", "-j", 1, *select)
        assert first.status == 1
        assert first.report["summary"]["by_rule"].keys() >= {"cross-reference", "near-duplicate"}
        for jobs in (2, 1, 2):
            assert json_report(newslint, ".", "--cache-dir", "cache", "-j", jobs, *select).out == first.out
        for kernel in ("python", "arrays"):
            again = json_report(newslint, ".", "--no-cache", *select, env={"NEWSLINT_KERNEL": kernel})
            assert again.out == first.out

    def test_from_standard_input(self, newslint: Run) -> None:
        expected = lines(RECORDS).replace(b" ,", b",").replace("\u200b".encode(), b"")
        for name, data, mended in (
            ("a.jsonl", lines(RECORDS), expected),
            ("a.jsonl.gz", gzip.compress(lines(RECORDS)), expected),
        ):
            result = subprocess.run(
                [sys.executable, "-m", "newslint", "-", "--stdin-filename", name, "--fix", "--isolated"],
                input=data, capture_output=True, check=False,
            )  # fmt: skip
            out = gzip.decompress(result.stdout) if name.endswith("gz") else result.stdout
            assert out == mended, result.stderr


class TestBrokenRecords:
    def test_each_is_one_finding_and_the_rest_goes_on(self, newslint: Run, tmp_path: Path) -> None:
        rows: list[bytes] = [
            b'\xef\xbb\xbf{"id": 1, "body": "Le conseil."}', b"", b'{"id": 2, "body": "coup', b'{"id": 3}', b"  ",
            b'{"id": 4, "body": 5}', rb'{"id": 5, "body": "a\ud800b"}', b"[1]", b'{"id": 7, "body": null}',
            b'{"id": 8, "body": "\xe9"}', b'{"body": "x", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
            b'{"body": NaN}', b'{"body": "x", "n": 1' + b"0" * 5000 + b"}", b'{"body": ["x"]}', b"{} {}",
            b'{"id": 14, "body": "Le conseil , encore."}',
        ]  # fmt: skip
        (tmp_path / "press.jsonl").write_bytes(b"\r\n".join(rows))
        result = json_report(newslint, "press.jsonl", "--select", "NL,TRA")
        assert result.status == 1
        assert broken(result) == [
            (3, 1, "is not JSON: unterminated string starting at column 19"),
            (4, 2, "has no text in /body"),
            (6, 3, "has a number in /body, not a text"),
            (7, 4, r"has half a character (\ud800) in /body"),
            (8, 5, "is a list, not an object"),
            (9, 6, "has no text in /body"),
            (10, 7, "is not UTF-8 at byte 20"),
            (11, 8, "is nested too deeply"),
            (12, 9, "has a number in /body, not a text"),
            (13, 10, "holds a number of too many digits"),
            (14, 11, "has a list in /body, not a text"),
            (15, 12, "is not JSON: extra data at column 4"),
        ]
        last = result.report["findings"][-1]["location"]
        assert last["record"] == {"line": 16, "index": 13, "id": "14", "field": "/body"}

    def test_one_that_is_too_large(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "newslint.toml").write_text("max-file-size = 2000\nselect = ['NL', 'BOI']\n")
        records = [{"text": LINK}, {"text": "x" * 3000}, {"text": LINK}, {"text": "y" * 3000}]
        for name, line in (("press.jsonl", 2), ("press.csv", 6)):
            (tmp_path / name).write_bytes(FORMATS[name](records))
            result = newslint(name, "--output-format", "json")
            places = [(f["name"], f["location"]["record"]["index"]) for f in result.report["findings"]]
            assert places == [
                ("cross-reference", 0), ("broken-record", 1), ("cross-reference", 2), ("broken-record", 3),
            ]  # fmt: skip
            assert broken(result)[0] == (line, 1, "is too large: 0 MiB; raise `max-file-size`")

    def test_rows_with_other_cells_than_the_header(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "press.csv").write_bytes(b'id,text\n1,"a\nb"\n2,c,d\n3,"e" f\n4,g\n')
        found = broken(json_report(newslint, "press.csv"))
        assert [(line, index) for line, index, _ in found] == [(4, 1), (5, 2)]
        assert found[0][2] == "has 3 cells, the header has 2"

    @pytest.mark.parametrize(
        ("name", "data", "reason"),
        [
            ("a.jsonl", b'[{"text": "x"},\n{"text": "y"}]\n', "is one JSON array, not JSON lines"),
            ("a.jsonl", b'[{"text": "x"}]', "is one JSON array, not JSON lines"),
            ("a.jsonl", b'{\n "text": "x"\n}\n', "is one JSON object over several lines, not JSON lines"),
            ("a.jsonl", b"abc\nde\n", "has no JSON object in its first 2 lines: the first is not JSON"),
            ("a.jsonl", '{"text": "x"}\n'.encode("utf-16"), "is not UTF-8, as JSON lines must be"),
            ("a.jsonl", b'{"corp": "x"}\n', "has no field that looks like an article's text, only /corp"),
            ("a.jsonl.gz", b"abc", "is not gzip throughout"),
            ("a.jsonl.zst", b"abcdefgh", "is not Zstandard throughout"),
            ("a.parquet", b"abc", "is no Parquet file, or was cut short"),
            ("a.csv", b"\0\1\2\3" * 99, "looks binary"),
        ],
    )
    def test_what_is_no_record_file(self, newslint: Run, tmp_path: Path, name: str, data: bytes, reason: str) -> None:
        (tmp_path / name).write_bytes(data)
        result = json_report(newslint, name)
        assert result.status == 2
        (error,) = result.report["errors"]
        assert error["path"] == name
        assert error["message"].startswith(reason)

    @pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
    def test_one_without_records_is_none(self, newslint: Run, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "a.jsonl").write_bytes(data)
        result = json_report(newslint, "a.jsonl")
        assert (result.status, result.report["summary"]["documents"]) == (0, 0)

    @pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.csv.gz"])
    def test_what_came_before_the_cut_is_checked(self, newslint: Run, tmp_path: Path, name: str) -> None:
        records = [{"id": f"{number} {os.urandom(200).hex()}", "text": LINK} for number in range(900)]
        data = table(records, ",") if "csv" in name else lines(records)
        data = zst(data) if name.endswith("zst") else gzip.compress(data)
        (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
        result = json_report(newslint, name, "--select", "cross-reference")
        assert result.status == 2
        assert result.report["errors"][0]["message"].startswith("is cut short: its compressed data ends in the middle")
        assert result.report["summary"]["by_rule"]["cross-reference"] > 150
        before = (tmp_path / name).read_bytes()
        result = newslint(name, "--isolated", "--fix", "--unsafe-fixes", "--select", "cross-reference", "-q")
        assert (result.status, (tmp_path / name).read_bytes()) == (2, before)
        assert f"{name}: was not fixed: it is damaged, and what could not be read would be lost" in result.out

    def test_in_a_folder_what_holds_no_texts_is_left_out(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "log.jsonl").write_bytes(b'{"level": "info", "n": 1}\n')
        (tmp_path / "a.jsonl").write_bytes(lines(RECORDS[:1]))
        result = json_report(newslint, ".")
        assert result.status == 0
        assert "note: log.jsonl is left out: it has no field that looks like an article's text" in result.err
        assert json_report(newslint, "log.jsonl").status == 2


class TestFields:
    def test_by_pointer(self, newslint: Run, tmp_path: Path) -> None:
        record = {"a/b": {"m~n": ["x", {"t": LINK}]}, "parts": [CLEAN, LINK], "key": 5}
        (tmp_path / "a.jsonl").write_bytes(lines([record]))
        options = ["--text-field", "/a~1b/m~0n/1/t", "--text-field", "/parts/1", "--id-field", "key"]
        result = json_report(newslint, "a.jsonl", *options, "--select", "BOI")
        assert [f["location"]["record"] for f in result.report["findings"]] == [
            {"line": 1, "index": 0, "id": "5", "field": "/a~1b/m~0n/1/t"},
            {"line": 1, "index": 0, "id": "5", "field": "/parts/1"},
        ]
        assert "guessed" not in result.err
        fixed = json_report(newslint, "a.jsonl", *options, "--select", "BOI", "--fix", "--unsafe-fixes")
        assert fixed.status == 0
        record = json.loads((tmp_path / "a.jsonl").read_text())
        left = LINK.split("\n")[0] + "\n"
        assert record == {"a/b": {"m~n": ["x", {"t": left}]}, "parts": [CLEAN, left], "key": 5}

    def test_of_the_configuration(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "newslint.toml").write_text(
            "select = ['BOI', 'NL']\n[[records]]\npath = 'wire/*.jsonl'\ntext = ['/head', '/body']\nid = ''\n"
            "[[records]]\npath = '*.csv'\ntext = 'corps'\n"
        )
        (tmp_path / "wire").mkdir()
        (tmp_path / "wire" / "a.jsonl").write_bytes(lines([{"id": "x", "head": CLEAN, "body": LINK}, {"head": LINK}]))
        (tmp_path / "b.csv").write_bytes(b"corps,text\nLire aussi : Trois listes pour une mairie,x\n")
        result = newslint(".", "--output-format", "json")
        assert [(f["location"]["path"], *f["location"]["record"].values()) for f in result.report["findings"]] == [
            ("b.csv", 2, 0, None, "corps"),
            ("wire/a.jsonl", 1, 0, None, "/body"),
            ("wire/a.jsonl", 2, 1, None, "/head"),
        ]

    def test_wrong_names(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(lines(RECORDS))
        result = json_report(newslint, "a.jsonl", "--text-field", "corps")
        assert result.status == 2
        message = "has no field corps in its first 5 records; it has /id, /lang, /text: mend `[[records]]`"
        assert result.report["errors"][0]["message"] == message

    def test_the_language_of_each_record(self, newslint: Run, tmp_path: Path) -> None:
        # A word that stands twice by right in one of the two languages.
        text = "Lire aussi : Trois listes pour une mairie\n"
        records = [{"text": text, "lang": "de"}, {"text": text, "lang": "fr-CA"}, {"text": text, "lang": "FR"}]
        (tmp_path / "a.jsonl").write_bytes(lines(records))
        result = json_report(newslint, "a.jsonl", "--select", "cross-reference")
        assert [f["location"]["record"]["index"] for f in result.report["findings"]] == [1, 2]

    def test_markdown_with_comments(self, newslint: Run, tmp_path: Path) -> None:
        comment = "<!-- newslint: ignore[cross-reference] we link our own -->\n"
        records = [{"text": LINK}, {"text": LINK.replace("Lire", comment + "Lire")}, {"text": f"```\n{LINK}```\n"}]
        (tmp_path / "a.jsonl").write_bytes(lines(records))
        (tmp_path / "newslint.toml").write_text(
            "select = ['BOI', 'NL']\n[[records]]\nformat = 'markdown'\ntext = 'text'\n"
        )
        result = newslint("a.jsonl", "--output-format", "json")
        assert [(f["location"]["record"]["index"], f["status"]) for f in result.report["findings"]] == [
            (0, "new"), (1, "suppressed"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ({"url": "u", "maintext": "x"}, Fields(("/maintext",), "/url")),
            (
                {"meta": {"id": 1, "lang": "fr"}, "doc": {"Text": "x", "Title": "t"}},
                Fields(("/doc/Text",), "/meta/id", "/doc/Title", "/meta/lang"),
            ),
            ({"a": "x" * 300, "b": "y" * 250, "id": None}, Fields(("/a",))),
            ({"id": True, "a/b": {"body": "x"}}, Fields(("/a~1b/body",))),
        ],
    )  # fmt: skip
    def test_guesses(self, record: dict[str, Any], expected: Fields) -> None:
        assert fields.settle(Fields(), [record])[0] == expected

    def test_messages_stay_short(self) -> None:
        with pytest.raises(NoTextError) as error:
            fields.settle(Fields(), [{"k" * 500 + str(number): 1 for number in range(5000)}])
        assert len(str(error.value)) < 2000
        assert "and 4980 more" in str(error.value)


class TestReports:
    @pytest.mark.parametrize(
        "name",
        ["full", "concise", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "rdjsonl", "markdown", "html"],
    )
    def test_every_format_names_the_record(self, newslint: Run, tmp_path: Path, name: str) -> None:
        (tmp_path / "a.jsonl").write_bytes(lines(RECORDS) + b'{"id": "kaputt\n')
        result = newslint("a.jsonl", "--isolated", "--output-format", name)
        assert result.status == 1
        assert "broken-record" in result.out
        assert "cross-reference" in result.out
        assert "a.jsonl" in result.out
        assert "unterminated string starting at column 8" in " ".join(result.out.split()).replace("&#x27;", "'")

    def test_a_record_that_cannot_be_read_has_no_excerpt(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(lines(RECORDS[:1]) + b"{}\n")
        out = newslint("a.jsonl", "--isolated", "--output-format", "full", "-q").out
        assert out == (
            "error[NL002 broken-record]: The record has no text in /text\n   --> a.jsonl:2:1 (record 2 1:1)\n"
            "    = help: mend the record, or take it out\n\n"
        )


class TestDecisions:
    def test_a_baseline_knows_a_record_that_moved(self, newslint: Run, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_bytes(lines(RECORDS))
        assert newslint("baseline", "create", "a.jsonl").status == 0
        baseline = ["--baseline", "newslint-baseline.json", "--output-format", "json"]
        path.write_bytes(lines([{"id": "z", "lang": "fr", "text": CLEAN.replace("lundi", "jeudi")}, *RECORDS]))
        assert newslint("a.jsonl", *baseline).status == 0
        path.write_bytes(lines([*RECORDS, {"id": "z", "lang": "fr", "text": LINK}]))
        result = newslint("a.jsonl", *baseline)
        assert result.status == 1
        assert [f["location"]["record"]["id"] for f in result.report["findings"] if f["status"] == "new"] == ["z"]

    def test_per_file_ignores_and_suppressions(self, newslint: Run, tmp_path: Path) -> None:
        for name in ("a.jsonl", "b.jsonl", "c.jsonl"):
            (tmp_path / name).write_bytes(lines([{"id": "x", "text": LINK}]))
        (tmp_path / "newslint.toml").write_text(
            "select = ['BOI']\n[per-file-ignores]\n'a.*' = ['cross-reference']\n"
            "[[suppress]]\nrules = ['cross-reference']\npath = 'b.jsonl'\ntext = 'Trois listes'\nreason = 'ours'\n"
        )
        result = newslint(".", "--output-format", "json")
        assert [(f["location"]["path"], f["status"]) for f in result.report["findings"]] == [
            ("b.jsonl", "suppressed"), ("c.jsonl", "new"),
        ]  # fmt: skip

    def test_compared_with_other_record_files(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "archive").mkdir()
        (tmp_path / "archive" / "old.csv.gz").write_bytes(gzip.compress(table(RECORDS[3:4], ",")))
        (tmp_path / "new.jsonl").write_bytes(lines(RECORDS[4:]))
        result = json_report(newslint, "new.jsonl", "--context", "archive", "--select", "DUP")
        (finding,) = result.report["findings"]
        assert finding["location"]["record"] == {"line": 1, "index": 0, "id": "e", "field": "/text"}
        beside = finding["related"][0]["location"]
        assert (beside["path"], beside["record"]) == (
            "archive/old.csv.gz", {"line": 2, "index": 0, "id": "d", "field": "text"},
        )  # fmt: skip


#: A rule that meddles with the file that is checked.
MEDDLER = '''
import os
from pathlib import Path
from newslint.rule import DocumentRule


class Meddler(DocumentRule):
    """Writes to the file."""

    code = "LOC001"
    name = "meddler"

    def check(self, document):
        path = Path(document.path)
        path.write_bytes(path.read_bytes() + b"\\n")
        return ()
'''


class TestFixes:
    def test_a_file_that_changed_meanwhile_is_left_alone(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "house").mkdir()
        (tmp_path / "house" / "meddler.py").write_text(MEDDLER)
        (tmp_path / "newslint.toml").write_text("local-rules = ['house']\nselect = ['meddler', 'TRA']\n")
        for name in ("a.jsonl", "b.jsonl.gz", "c.csv"):
            data = FORMATS[name.replace(name[0], "press", 1)](RECORDS)
            (tmp_path / name).write_bytes(data)
            result = newslint(name, "--fix")
            assert result.status == 2
            assert f"{name}: was not fixed: it changed while newslint was at work: run it again" in result.out
            assert (tmp_path / name).read_bytes() == data + b"\n" * ((tmp_path / name).stat().st_size - len(data))

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write to what is read-only")
    def test_a_file_that_is_read_only_is_left_alone(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(lines(RECORDS))
        (tmp_path / "a.jsonl").chmod(0o444)
        result = newslint("a.jsonl", "--fix", "--isolated")
        assert (result.status, (tmp_path / "a.jsonl").read_bytes()) == (2, lines(RECORDS))

    @pytest.mark.skipif(shutil.which("sh") is None or os.name != "posix", reason="there is no `ulimit`")
    @pytest.mark.parametrize("name", ["press.jsonl", "press.jsonl.gz", "press.csv", "press.parquet"])
    def test_a_disk_that_is_full(self, tmp_path: Path, name: str) -> None:
        many = [{"id": str(number), "text": SPACED + os.urandom(150).hex()} for number in range(1000)]
        data = FORMATS[name](many)
        (tmp_path / name).write_bytes(data)
        # In blocks of 512 bytes, or of 1024: more than what is unpacked where nothing must be, less than what is fixed.
        command = f'ulimit -f 100; exec "{sys.executable}" -m newslint {name} --fix --isolated --select TRA --no-cache'
        result = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert result.returncode == 2
        assert "Traceback" not in result.stderr
        assert "File too large" in result.stdout
        assert (tmp_path / name).read_bytes() == data
        assert [path.name for path in tmp_path.iterdir()] == [name]

    def test_a_diff_names_the_text(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(table(RECORDS[:3], ","))
        out = newslint("a.csv", "--diff", "--isolated").out
        assert out == (
            "--- a.csv#3text\n+++ a.csv#3text\n@@ -1 +1 @@\n"
            "-La séance , a duré trois heures.\n+La séance, a duré trois heures.\n"
        )

    def test_without_zstandard_or_pyarrow(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "hidden").mkdir()
        for library in ("pyarrow", "zstandard"):
            (tmp_path / "hidden" / f"{library}.py").write_text("raise ImportError\n")
        (tmp_path / "a.jsonl.zst").write_bytes(b"x")
        (tmp_path / "a.parquet").write_bytes(b"x")
        env = {"PYTHONPATH": str(tmp_path / "hidden")}
        out = newslint("a.jsonl.zst", "a.parquet", "--isolated", env=env).out
        assert "a.jsonl.zst: is Zstandard data: pip install 'newslint[zst]' to read it" in out
        assert "a.parquet: is Parquet: pip install 'newslint[parquet]' to read it" in out


CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(st.one_of(st.sampled_from('a"\\/\n\r\t\u2028é😀\x00\x7f'), CHARACTERS), max_size=20)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=8,
)
SPACES = st.sampled_from(["", " ", "\t", " \r"])


@st.composite
def literal(draw: st.DrawFn, text: str) -> str:
    """A JSON string with some of its characters escaped, in one way or another."""
    pieces = []
    for character in text:
        ways = [json.dumps(character)[1:-1], json.dumps(character)[1:-1].upper().replace("\\U", "\\u")]
        ways = ways if "\\u" in ways[0] else ways[:1]
        if character == "/":
            ways.append("\\/")
        if ord(character) < 0x10000:
            ways.append(f"\\u{ord(character):04X}")
        if character not in '"\\' and ord(character) >= 0x20:
            ways.append(character)
        pieces.append(draw(st.sampled_from(ways)))
    return '"' + "".join(pieces) + '"'


@st.composite
def value(draw: st.DrawFn, of: Any) -> str:
    """A value as JSON, with any white space."""
    space = draw(SPACES)
    if isinstance(of, str):
        return space + draw(literal(of)) + space
    if isinstance(of, list):
        return f"{space}[{','.join(draw(value(each)) for each in of) or space}]"
    if isinstance(of, dict):
        members = (f"{draw(value(key))}:{draw(value(each))}" for key, each in of.items())
        return f"{space}{{{','.join(members) or space}}}"
    return space + json.dumps(of) + space


@st.composite
def edits(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    return [
        Edit(Span(start, end), draw(TEXT)) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if start < end
    ]


class TestEdits:
    @given(st.data(), st.dictionaries(TEXT, VALUES, max_size=3), TEXT, TEXT, st.sampled_from([b"\n", b"\r\n", b"\n\n"]))
    def test_every_other_byte_stays(
        self, data: st.DataObject, record: dict[str, Any], text: str, inner: str, end: bytes
    ) -> None:
        record = {**record, "t": text, "o": {"x": 1, "/~": [None, inner]}}
        steps, other = ("o", "/~", "1"), "/o/~1~0/1"
        written = data.draw(value(record)).encode()
        # The same record before and after, which must stay as they are.
        source = end.join([b"\xef\xbb\xbf" + written, written, b"{broken", written]) + data.draw(
            st.sampled_from([b"", end])
        )
        part = Part(0, len(source), 0, 1, Layout(Fields(("t", other))), "")
        own, others = data.draw(edits(text)), data.draw(edits(inner))
        result = changed(source, part, {(1, "t"): own, (1, other): others})
        head = len(b"\xef\xbb\xbf" + written + end)
        assert result.startswith(source[:head])
        tail = source[head + len(written) :]
        assert result.endswith(tail)
        after = parse(result[head : len(result) - len(tail)])
        expected = {**record, "t": apply(text, own), "o": {"x": 1, "/~": [None, apply(inner, others)]}}
        assert json.dumps(after, sort_keys=True) == json.dumps(expected, sort_keys=True)
        assert fields.value_at(after, steps) == apply(inner, others)
        if not own and not others:
            assert result == source

    @given(TEXT, st.data())
    def test_of_equal_keys_the_last_counts(self, text: str, data: st.DataObject) -> None:
        source = f'{{"t": "first", "t": {data.draw(literal(text))}, "u": 1}}'.encode()
        part = Part(0, len(source), 0, 1, Layout(Fields(("t",))), "")
        (document,) = documents("a.jsonl", source, part, None)
        assert document.source == text
        after = changed(source, part, {(0, "t"): [Edit(Span(0, len(text)), "new")]} if text else {})
        assert after == source if not text else b'"first"' in after and parse(after)["t"] == "new"


class TestParts:
    @given(st.lists(st.sampled_from([b'{"text": "x"}', b"", b" \t", b"{", b"\x0c", b'{"text": "' + b"y" * 50 + b'"}'])))
    def test_cover_the_file_and_count_alike(self, rows: list[bytes]) -> None:
        source = b"\xef\xbb\xbf" + b"\r\n".join(rows)
        layout = Layout(Fields(("text",)))
        parts = list(split(io.BytesIO(source), "", layout, 40))
        assert b"".join(source[part.start : part.end] for part in parts) == source
        found = [document for part in parts for document in documents("", source[part.start : part.end], part, None)]
        wanted = [(number, row) for number, row in enumerate(rows, 1) if row.strip(b" \t")]
        assert [(document.record.line, document.record.index) for document in found if document.record] == [
            (line, index) for index, (line, _) in enumerate(wanted)
        ]

    def test_a_first_line_that_is_very_long(self) -> None:
        record = b'{"text": "' + b"x" * (5 << 20) + b'"}'
        assert READER.layout(io.BytesIO(record), Fields()).fields.text == ("/text",)
        with pytest.raises(ReadError, match="is one JSON array"):
            READER.layout(io.BytesIO(b"[" + b" " * (5 << 20)), Fields())
