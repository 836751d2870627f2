"""The example, tested with the public kit as any plugin can be."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from newslint.document import Document
from newslint.model import Finding, Location, Position, Severity, Status
from newslint.plugins import load_plugins
from newslint.report import RenderOptions, Report
from newslint.testing import Case, cases_of, check

from newslint_example.subtitles import read
from newslint_example.tsv import render
from newslint_example.weekday_mismatch import WeekdayMismatch

SUBTITLES = (
    "1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>The ferry will return to service</i>\r\n\r\n"
    "2\r\n00:00:03,500 --> 00:00:05,000\r\non Monday, 2 March 2027.\r\n\r\n"
    "3\r\n00:00:06,000 --> 00:00:07,000\r\n{\\an8}1897\r\n"
)


@pytest.mark.parametrize("case", cases_of(WeekdayMismatch), ids=str)
def test_weekday_mismatch(case: Case) -> None:
    case.run()


def subtitles() -> Document:
    (document,) = read("a.srt", SUBTITLES.encode(), "en")
    return document


def test_what_is_said_is_what_is_read() -> None:
    document = subtitles()
    assert [" ".join(block.text.split()) for block in document.blocks] == [
        "The ferry will return to service on Monday, 2 March 2027.",
        "1897",
    ]
    assert [document.source[block.start : block.end][-5:] for block in document.blocks] == ["2027.", "1897"]


def test_a_finding_in_subtitles_is_where_the_file_has_it() -> None:
    document = subtitles()
    (hit,) = check(WeekdayMismatch(), [document])
    assert document.location(hit.span).start == Position(7, 4)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", []), ("\n", []), ("1\n", ["1"]), ("-->\n", ["-->"]), ("1\n00:00:01,000 --> 00:00:02,000\n", [])],
)
def test_odd_subtitles(text: str, said: list[str]) -> None:
    (document,) = read("a.srt", text.encode(), None)
    assert [block.text for block in document.blocks] == said


def test_one_line_a_finding() -> None:
    place = Location("a\tb.srt", Position(3, 1), Position(3, 9))
    finding = Finding(
        place, "EXA001", "weekday-mismatch", Severity.WARNING, "two\nlines", "", (), None, "f", Status.NEW, {}
    )
    stream = io.StringIO()
    render(Report([finding], [], 1, [], "0"), stream, RenderOptions())
    assert stream.getvalue() == (
        "path\tline\tcolumn\tseverity\tcode\tname\tmessage\n"
        "a b.srt\t3\t1\twarning\tEXA001\tweekday-mismatch\ttwo lines\n"
    )


def test_newslint_finds_the_plugin(tmp_path: Path) -> None:
    """Installed, all three work together."""
    assert "newslint_example:example" in {plugin.name for plugin in load_plugins().plugins}
    (tmp_path / "a.srt").write_bytes(SUBTITLES.encode())
    command = [sys.executable, "-m", "newslint", ".", "--select", "EXA", "--language", "en", "--output-format", "tsv"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.split("\n")[1].startswith("a.srt\t7\t4\twarning\tEXA001\tweekday-mismatch\t")
