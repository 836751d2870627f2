"""The real command on whole folders of articles."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import FIXTURES, ROOT, SHARED, Run, needs_shared

#: What tools leave behind in a checkout.
HIDDEN = re.compile(r"/(?:__pycache__|\.\w+)/[^/]")

CLEAN = (
    "fr/tramway-de-valmont.txt",
    "fr/observatoire-du-col-de-l-aigle.txt",
    "en/harbour-bridge-reopens.txt",
    "en/night-bus-drivers.txt",
    "es/tren-de-la-sierra.txt",
    "es/biblioteca-de-monteluz.txt",
)


def test_the_fixtures_report_is_exactly_the_expected_one(newslint: Run) -> None:
    result = newslint("fixtures", "--isolated", "--output-format", "json", cwd=ROOT)
    expected = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))
    expected["tool"] = result.report["tool"]
    assert result.report == expected
    assert result.status == 1


def test_clean_fixtures_are_clean(newslint: Run) -> None:
    report = newslint(*CLEAN, "--isolated", "--output-format", "json", cwd=FIXTURES).report
    assert (report["summary"]["documents"], report["findings"], report["errors"]) == (len(CLEAN), [], [])


def test_a_finding_is_where_the_report_says(newslint: Run) -> None:
    """Start and end lead to a span of the file; what is quoted in full in a short message stands there."""
    report = newslint("fixtures", "--isolated", "--output-format", "json", cwd=ROOT).report
    for finding in report["findings"]:
        for location in (finding["location"], *(related["location"] for related in finding["related"])):
            lines = (ROOT / location["path"]).read_bytes().decode().split("\n")
            start, end = location["start"], location["end"]
            assert 1 <= start["line"] <= end["line"] <= len(lines)
            assert (start["line"], start["column"]) < (end["line"], end["column"])
            assert end["column"] <= len(lines[end["line"] - 1]) + 1


@needs_shared
def test_the_reference_articles(newslint: Run) -> None:
    """Nearly all that a careful curator found, and nothing that he would not call a fault."""
    result = newslint("seeds", "--isolated", "--output-format", "json", cwd=SHARED)
    assert result.status == 1
    scored = subprocess.run(
        [sys.executable, SHARED / "tools" / "score_seeds.py"],
        input=result.out,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    last = scored.strip().split("\n")[-1]
    found, total = map(int, last.split()[1].split("/"))
    assert found >= total - 3, scored
    assert "strong pairs 11/11" in last, scored
    assert "unexplained 0," in last, scored
    assert int(last.split("info unexplained ")[1].split(",")[0]) <= 15, scored


@needs_shared
def test_the_reference_articles_give_one_report_for_any_jobs(newslint: Run) -> None:
    one, two = (newslint("seeds", "--isolated", "-j", jobs, "--output-format", "json", cwd=SHARED).out for jobs in "12")
    assert one == two


def test_crlf_and_byte_order_mark_move_nothing(newslint: Run, tmp_path: Path) -> None:
    """The same article with other line ends has the same findings at the same places."""
    source = FIXTURES / "fr" / "port-de-brehan.txt"
    shutil.copy(source, tmp_path / "a.txt")
    plain = newslint("a.txt", "--output-format", "json").report["findings"]
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + source.read_bytes().replace(b"\n", b"\r\n"))
    assert plain
    assert [(f["location"], f["name"]) for f in newslint("a.txt", "--output-format", "json").report["findings"]] == [
        (f["location"], f["name"]) for f in plain
    ]


def test_installed_from_a_wheel(tmp_path: Path) -> None:
    """Both import roots and all data files are in the wheel."""
    import zipfile

    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, package in ((ROOT / "src", "newslint"), (ROOT / "rules", "newslint_rules")):
        files = [
            path for path in (folder / package).rglob("*") if path.is_file() and not HIDDEN.search(path.as_posix())
        ]
        assert {path.relative_to(folder).as_posix() for path in files} <= names
