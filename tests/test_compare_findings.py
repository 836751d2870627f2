"""The comparison of two versions' findings, on reports written by hand."""

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT

SPEC = importlib.util.spec_from_file_location("compare_findings", ROOT / "scripts" / "compare_findings.py")
assert SPEC is not None
assert SPEC.loader is not None
script = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = script
SPEC.loader.exec_module(script)

TEXT = "Un début.\r\nLire aussi : Trois noms pour une mairie\r\nUne fin.\r\n"


def finding(
    name: str = "byline",
    path: str = "a.txt",
    start: tuple[int, int] = (2, 1),
    end: tuple[int, int] = (2, 11),
    severity: str = "warning",
    message: str = "A line of the site's",
    **more: Any,
) -> dict[str, Any]:
    places = {side: {"line": place[0], "column": place[1]} for side, place in (("start", start), ("end", end))}
    location = {"path": path, **places, **({"record": more.pop("record")} if "record" in more else {})}
    common = {"name": name, "location": location, "severity": severity, "message": message}
    return {**common, "fix": None, "status": "new", **more}


def report(*findings: dict[str, Any], errors: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    return {"findings": list(findings), "errors": list(errors)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(TEXT, encoding="utf-8", newline="")
    return tmp_path / "articles"


def compared(
    folder: Path, capsys: pytest.CaptureFixture[str], before: Any, after: Any, *options: str
) -> tuple[int, str]:
    for name, content in (("before", before), ("after", after)):
        (folder.parent / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    files = [str(folder.parent / "before.json"), str(folder.parent / "after.json")]
    status = script.main(["--reports", *files, str(folder), *options])
    return status, capsys.readouterr().out


def kinds(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    return [change.kind for change in script.compare(before, after)]


def test_what_differs() -> None:
    one = finding()
    assert kinds([one], [one]) == []
    assert kinds([one], []) == ["lost"]
    assert kinds([], [one]) == ["gained"]
    assert kinds([one, one], [one]) == ["lost"]
    assert kinds([one], [finding(severity="info")]) == ["changed"]
    assert kinds([one], [finding(message="other")]) == ["changed"]
    assert kinds([one], [finding(fix={"applicability": "safe", "edits": []})]) == ["changed"]
    assert kinds([one], [finding(end=(3, 2))]) == ["changed"]
    assert kinds([one], [finding(start=(2, 11), end=(2, 14))]) == ["lost", "gained"]
    assert kinds([one], [finding(name="credit-line")]) == ["lost", "gained"]
    assert kinds([one], [finding(path="b.txt")]) == ["lost", "gained"]
    assert kinds([finding(record={"index": 1})], [finding(record={"index": 2})]) == ["lost", "gained"]


def test_the_fingerprint_and_the_data_do_not_matter() -> None:
    assert kinds([finding(fingerprint="a", data={"x": 1})], [finding(fingerprint="b")]) == []


def test_grouped_by_rule_with_figures_and_excerpts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gained = finding("cross-reference", message="A reference")
    moved = finding(start=(1, 1), end=(2, 3))
    status, out = compared(folder, capsys, report(finding(), finding("dateline")), report(gained, moved))
    assert status == 1
    assert out == (
        "rule                          before   after  gained    lost  changed\n"
        "byline                             1       1       0       0        1\n"
        "cross-reference                    0       1       1       0        0\n"
        "dateline                           1       0       0       1        0\n"
        "all rules                          2       2       1       1        1\n"
        "\n"
        "byline: 1 changed\n"
        "  a.txt:1:1 warning: A line of the site's\n"
        "      ⟦Un début.⟧ … 1 more lines\n"
        "      was about\n"
        "      ⟦Lire aussi⟧ : Trois noms pour u\n"
        "\n"
        "cross-reference: 1 gained\n"
        "  a.txt:2:1 warning: A reference\n"
        "      ⟦Lire aussi⟧ : Trois noms pour u\n"
        "\n"
        "dateline: 1 lost\n"
        "  a.txt:2:1 warning: A line of the site's\n"
        "      ⟦Lire aussi⟧ : Trois noms pour u\n"
    )


def test_no_difference(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = compared(folder, capsys, report(finding()), report(finding()))
    assert status == 0
    assert out.split("\n")[1:] == ["all rules                          1       1       0       0        0", ""]


def test_a_change_says_what_was(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    after = finding(severity="info", fix={"applicability": "safe", "edits": []})
    out = compared(folder, capsys, report(finding()), report(after))[1]
    assert "  a.txt:2:1 info: A line of the site's (safe fix)\n" in out
    assert "      was warning: A line of the site's\n" in out


def test_many_are_cut_short(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = [finding(start=(2, column), end=(2, column + 1)) for column in range(1, 9)]
    out = compared(folder, capsys, report(), report(*many), "--limit", "3")[1]
    assert out.count("a.txt:2:") == 3
    assert "… 5 more (--limit)" in out


def test_files_that_are_gone_have_no_excerpt(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = finding(path="gone.txt"), finding(start=(99, 1), end=(99, 2)), finding(record={"index": 4, "line": 5})
    out = compared(folder, capsys, report(), report(*gone))[1]
    assert "⟦" not in out
    assert "a.txt#4:2:1" in out


def test_errors_make_the_status_two(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = report(errors=({"message": "is not text", "path": "b.txt"},))
    status, out = compared(folder, capsys, report(), broken)
    assert status == 2
    assert "after could not do all its work: b.txt is not text" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--reports", "gone.json", "gone.json", "."), "gone.json: No such file"),
        (("--commands", "no-such-program", "no-such-program", "."), "no-such-program: No such file"),
        (("--commands", "true", "true", "."), "true: gave no JSON report"),
        (("--reports", "a", "b", "gone"), "gone: no such folder"),
        (("no-such-revision", ".", "."), "no revision no-such-revision"),
    ],
)
def test_what_cannot_be_done(arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(arguments) == 2
    assert message in capsys.readouterr().err


def test_two_commands(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command itself, asked twice; what follows -- is passed on."""
    command = f"{sys.executable} -m newslint"
    arguments = ["--commands", command, command, str(folder), "--", "--isolated", "--select", "cross-reference"]
    assert script.main(arguments) == 0
    assert "all rules                          1       1" in capsys.readouterr().out
