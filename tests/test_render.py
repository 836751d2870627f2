"""The report formats, on findings made by hand. ``UPDATE_GOLDEN=1 pytest tests/test_render.py`` renews ``golden/``."""

import io
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from conftest import lines_of, place
from newslint.document import Document
from newslint.model import (
    Applicability,
    Finding,
    LocatedEdit,
    LocatedFix,
    Location,
    Position,
    Problem,
    Record,
    RelatedPlace,
    Severity,
    Span,
    Status,
)
from newslint.render.excerpt import changed, excerpt, wrap
from newslint.render.rule_page import render_rule, rule_markdown
from newslint.report import RenderOptions, Report
from newslint.rule import DocumentRule, Option

GOLDEN = Path(__file__).parent / "golden"

HARBOUR = Document(
    "news/harbour.txt",
    """\
Harbour closes its fish hall after three lean winters
The harbour board said on Monday that the fish hall would hold its last auction in March, and that the \
nineteen people who work there would be offered other posts or a payment. . Nobody had been told before.
Skippers blocked the quay for two hours.

Read also: Three ideas for an empty quay

The board's chair promised that the crane, the ice tower and the cold store would stay open to boats of \
less than twelve metres, whatever becomes of the hall itself, and that the slipway, which the town paid \
for only four years ago, would be kept free of sand until the end of the decade. He took no questions.
Skippers blocked the quay for two hours.
A spokesman for the buyers called it a sad day.
Seven firms buy two thirds of the catch.
Five of them want to wait for the summer.
The prefect will hear both sides next week.\t """,
)
MARKET = Document(
    "news/市場.txt",
    "市場は火曜日に最後の競りを開き、来月から閉鎖されると発表した。\n"
    "Le cafe\u0301 du port reste ouvert\u202e aux marins 🐟 et aux visiteurs , dit-on.\n",
)
WIRE = Document("wire.jsonl", "The mayor resigned. added.", record=Record(7, 6, "w-123", "/body"))
lines = lines_of(HARBOUR, MARKET, WIRE)


def span_of(document: Document, text: str) -> Span:
    start = document.source.index(text)
    return Span(start, start + len(text))


def finding(
    location: Location,
    rule: str,
    severity: Severity,
    message: str,
    help: str = "",
    *,
    related: Sequence[RelatedPlace] = (),
    edits: Sequence[tuple[Location, str]] = (),
    safe: bool = True,
    status: Status = Status.NEW,
    data: Mapping[str, Any] | None = None,
) -> Finding:
    code, _, name = rule.partition(" ")
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    fix = LocatedFix(applicability, tuple(LocatedEdit(*edit) for edit in edits)) if edits else None
    fingerprint = f"{code}-{location.start.line}-{location.start.column}"
    return Finding(location, code, name, severity, message, help, tuple(related), fix, fingerprint, status, data or {})


def whole_lines(document: Document, first: int, last: int) -> Location:
    """Lines first to last, the last line end excluded."""
    return document.location(Span(document.lines[first - 1].start, document.lines[last - 1].end))


def with_line_end(document: Document, first: int, last: int) -> Location:
    return document.location(Span(document.lines[first - 1].start, document.lines[last].start))


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
ORPHAN = HARBOUR.location(Span(HARBOUR.source.index(" . Nobody"), HARBOUR.source.index(". Nobody") + 1))
TWIN = Location("news/twin.txt", Position(1, 1), Position(9, 40))
FINDINGS = [
    finding(
        whole_lines(HARBOUR, 1, 12),
        "DUP001 near-duplicate",
        ERROR,
        "Nearly the same text as news/twin.txt",
        "keep one of the two",
        related=[RelatedPlace("the twin", TWIN)],
        data={"jaccard": 0.91, "cluster": 3},
    ),
    finding(
        ORPHAN,
        "TRA002 orphan-punctuation",
        WARNING,
        "Punctuation mark on its own: “.”",
        "delete it",
        edits=[(ORPHAN, "")],
    ),
    finding(
        place(HARBOUR, "Read also: Three ideas for an empty quay"),
        "BOI001 cross-reference",
        WARNING,
        "Cross-reference to another article: “Read also: Three ideas for an empty quay”",
        "delete the line",
        edits=[(with_line_end(HARBOUR, 5, 6), "")],
        safe=False,
    ),
    finding(
        place(HARBOUR, HARBOUR.lines[6].text.removesuffix(" He took no questions.")),
        "DUP003 reused-passage",
        INFO,
        "Passage stands in other documents too",
        "keep it in one of them",
        related=[
            RelatedPlace("the same passage", place(HARBOUR, "would be offered other posts")),
            RelatedPlace("the same passage", whole_lines(HARBOUR, 8, 9)),
            RelatedPlace("nearly the same", TWIN),
            RelatedPlace("nearly the same", TWIN),
            RelatedPlace("nearly the same", TWIN),
        ],
    ),
    finding(
        whole_lines(HARBOUR, 8, 11),
        "DUP002 repeated-passage",
        ERROR,
        "4 lines repeat lines 3 to 6",
        "drop the copy",
        edits=[(with_line_end(HARBOUR, 8, 11), "")],
        safe=False,
    ),
    finding(whole_lines(HARBOUR, 3, 11), "DUP002 repeated-passage", ERROR, "Known already", status=Status.BASELINED),
    finding(
        place(HARBOUR, "\t "),
        "ENC003 trailing-space",
        INFO,
        "White space at the end of a line",
        edits=[(place(HARBOUR, "\t "), ""), (place(HARBOUR, " whatever"), "")],
    ),
    finding(place(MARKET, "最後の競り"), "TRA005 repeated-word", WARNING, "Repeated: “最後の競り”"),
    finding(
        place(MARKET, "cafe\u0301"),
        "TRA004 name-variant",
        INFO,
        "Spelled “cafe\u0301” here",
        edits=[(place(MARKET, "cafe\u0301"), "café")],
    ),
    finding(place(MARKET, "\u202e"), "ENC002 invisible-character", WARNING, "Override “\u202e”", safe=True),
    finding(place(MARKET, "🐟 et"), "TRA003 untranslated-words", WARNING, "Foreign words"),
    finding(place(MARKET, " ,"), "TRA002 orphan-punctuation", WARNING, "Ignored", status=Status.SUPPRESSED),
    finding(place(WIRE, "added."), "TRA001 sentence-debris", WARNING, "Fragment: “added.”", "delete it"),
]
PROBLEMS = [
    Problem("it is neither UTF-8 nor any encoding that fits", "news/blob\x1b[31m.txt"),
    Problem("IndexError: list index out of range", rule="name-variant"),
]
REPORT = Report(FINDINGS, PROBLEMS, 3, [("newslint_rules", "1.2.0")], "1.2.0")
CLEAN = Report([], [], 3, [], "1.2.0")


def rendered(format: str, report: Report = REPORT, **options: Any) -> str:
    out = io.StringIO()
    import_module(f"newslint.render.{format}").render(report, out, RenderOptions(**{"lines": lines, **options}))
    return out.getvalue()


def rendered_in(encoding: str, format: str) -> str:
    """The report as a stream of that encoding carries it."""
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, encoding=encoding, newline="\n")
    import_module(f"newslint.render.{format}").render(REPORT, stream, RenderOptions(lines=lines, width=80))
    stream.flush()
    return data.getvalue().decode(encoding)


def one(finding: Finding) -> Report:
    return REPORT._replace(findings=[finding], problems=[])


def marked(text: str, row: str, marks: str = "^") -> str:
    """What stands above the carets of the row of ``text`` that holds ``row``."""
    rows = text.split("\n")
    [index] = [number for number, line in enumerate(rows) if "│ " in line and row in line]
    carets = rows[index + 1]
    first = carets.index(marks)
    last = first + len(re.match(rf"{re.escape(marks)}+", carets[first:])[0])  # type: ignore[index]
    shown, column = "", 0
    for character in rows[index]:
        if first <= column < last or (column == last and cell_len(character) == 0):
            shown += character
        column += cell_len(character)
    return shown


# full


@pytest.mark.parametrize("width", [40, 80, 120])
def test_full_report_looks_as_it_should(width: int) -> None:
    golden = GOLDEN / f"full-{width}.txt"
    shown = rendered("full", width=width)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_colours_change_nothing_but_colour(width: int) -> None:
    colored = rendered("full", width=width, color=True)
    assert "\x1b[1;31m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == rendered("full", width=width)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize(
    ("document", "text"),
    [
        (MARKET, "最後の競り"),
        (MARKET, "市"),
        (MARKET, "した。"),
        (MARKET, "cafe\u0301"),
        (MARKET, "🐟 et"),
        (MARKET, "visiteurs ,"),
        (HARBOUR, "Monday"),
        (HARBOUR, "told before."),
        (HARBOUR, "decade"),
    ],
)
def test_carets_stand_below_the_mark(document: Document, text: str, width: int) -> None:
    report = one(finding(place(document, text), "X1 x", WARNING, "Look"))
    assert marked(rendered("full", report, width=width), text) == text


@pytest.mark.parametrize(
    ("text", "mark", "seen"),
    [("cafe\u0301", "\u0301", "\\u0301"), ("a \t", " \t", "·→   "), ("a\u00a0", "\u00a0", "\\u00a0")],
)
def test_a_mark_that_has_no_ink_is_spelled_out(text: str, mark: str, seen: str) -> None:
    document = Document("x.txt", text)
    report = one(finding(place(document, mark), "X1 x", WARNING, "Look"))
    shown = rendered("full", report, width=80, lines=lambda _: [text])
    assert marked(shown, seen) == seen


def test_long_line_is_shown_around_the_mark_without_cutting_words() -> None:
    shown = rendered("full", one(finding(place(HARBOUR, "the slipway"), "X1 x", WARNING, "Look")), width=80)
    [row] = [line for line in shown.split("\n") if "the slipway" in line]
    window = row.partition("│ ")[2]
    assert window.startswith("…")
    assert window.endswith("…")
    assert cell_len(row) <= 80
    words = re.findall(r"\w+", window)
    assert set(words) <= set(re.findall(r"\w+", HARBOUR.lines[6].text))
    assert len(window) > 60


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ((5, 1), (6, 1), "delete the line"),
        ((4, 1), (6, 1), "delete the line"),
        ((8, 1), (10, 1), "delete 2 lines"),
        ((11, 42), (12, 46), "delete the line"),
        ((10, 41), (12, 46), "delete 2 lines"),
    ],
)
def test_a_fix_counts_the_lines_that_it_deletes(start: tuple[int, int], end: tuple[int, int], said: str) -> None:
    edit = Location(HARBOUR.path, Position(*start), Position(*end))
    shown = rendered("full", one(finding(whole_lines(HARBOUR, 8, 8), "X1 x", WARNING, "Look", edits=[(edit, "")])))
    assert f"= safe fix: {said}\n" in shown


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize(
    ("document", "old", "new"),
    [
        (HARBOUR, ". .", "."),
        (HARBOUR, "nineteen", "19"),
        (MARKET, "最後の競り", "競り"),
        (MARKET, "cafe\u0301", "café"),
        (MARKET, "ouvert\u202e", "ouvert"),
        (MARKET, "🐟", "🐟 🐟"),
        (MARKET, " ,", ","),
    ],
)
def test_a_fix_is_seen_below_the_mark_letter_by_letter(document: Document, old: str, new: str, width: int) -> None:
    at = place(document, old)
    report = one(finding(at, "X1 x", WARNING, "Look", "Mend it", edits=[(at, new)]))
    rows = rendered("full", report, width=width).split("\n")
    [before] = [row for row in rows if row.startswith(f"{at.start.line:3} │ ")]
    [after] = [row for row in rows if row.startswith("    + ")]
    assert "    = help: Mend it (safe fix)" in rows
    assert max(map(cell_len, rows)) <= width
    carets = next(row for row in rows if "^" in row).index("^")
    same = next(number for number in range(6, len(before)) if before[number] != after[number : number + 1])
    assert cell_len(before[:same]) >= carets
    assert new in after


def test_places_of_the_same_document_need_no_path() -> None:
    beside = [RelatedPlace("and here", place(HARBOUR, "Seven")), RelatedPlace("and here", place(HARBOUR, "Five"))]
    report = one(finding(place(HARBOUR, "Skippers"), "X1 x", WARNING, "Look", related=beside))
    assert rendered("full", report, width=80).split("\n")[2:9] == [
        "    │",
        "  3 │ Skippers blocked the quay for two hours.",
        "    │ ^^^^^^^^",
        " 10 │ Seven firms buy two thirds of the catch.",
        "    │ ----- and here",
        " 11 │ Five of them want to wait for the summer.",
        "    │ ----",
    ]
    late = [RelatedPlace("and, 漢, here too", place(HARBOUR, "sad day."))]
    report = one(finding(place(HARBOUR, "Skippers"), "X1 x", WARNING, "Look", related=late))
    assert rendered("full", report, width=56).split("\n")[5:7] == [
        "  9 │ A spokesman for the buyers called it a sad day.",
        "    │                      and, 漢, here too --------",
    ]


def test_insertion_point_gets_one_caret() -> None:
    start = place(HARBOUR, "closes").start
    shown = rendered("full", one(finding(Location(HARBOUR.path, start, start), "X1 x", WARNING, "Here")), width=80)
    assert marked(shown, "Harbour closes") == "c"


def test_places_outside_the_text_and_unknown_texts_are_still_reported() -> None:
    beyond = Location(HARBOUR.path, Position(99, 5), Position(99, 9))
    late = Location(HARBOUR.path, Position(3, 900), Position(3, 950))
    unknown = Location("gone.txt", Position(3, 4), Position(5, 1))
    report = REPORT._replace(findings=[finding(at, "X1 x", WARNING, "Look") for at in (beyond, late, unknown)])
    shown = rendered("full", report, width=80)
    for where in ("news/harbour.txt:99:5", "news/harbour.txt:3:900", "gone.txt:3:4"):
        assert where in shown


def test_no_control_character_of_a_file_reaches_the_terminal() -> None:
    nasty = Document("e\x1b]0;x\x07.txt", "one \x1b[2J two \x9b31m \r three \u2066\u200b\u2028 four\udc80")
    at = nasty.location(Span(0, 20))
    report = REPORT._replace(
        findings=[finding(at, "X1 x", WARNING, "say \x1b[2J\u202e", "do \x1b[2J", related=[RelatedPlace("\x1b", at)])]
    )
    for name in ("full", "concise", "statistics"):
        shown = rendered(name, report, width=80, lines=lambda _: [line.text for line in nasty.lines])
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e\u2066\ud800-\udfff]", shown)
        shown.encode()
    assert "say \\u001b[2J\\u202e" in rendered("concise", report)


def test_joiners_stay_where_they_work_and_show_where_they_do_not() -> None:
    family = Document("f.txt", "Une famille 👨\u200d👩\u200d👧 et un mot\u200dcollé")
    at = place(family, "famille")
    shown = rendered("full", one(finding(at, "X1 x", WARNING, "Look")), lines=lambda _: [family.source], width=80)
    assert "👨\u200d👩\u200d👧 et un mot\\u200dcollé" in shown


def test_a_stream_of_few_characters_gets_stand_ins() -> None:
    shown = rendered_in("ascii", "full")
    assert "  5 | Read also: Three ideas for an empty quay" in shown
    assert shown.isascii()


def test_a_huge_line_costs_no_more_than_a_short_one() -> None:
    huge = "word " * 4_000_000
    seen = excerpt([huge], Location("x", Position(1, 9_000_001), Position(1, 9_000_005)), 70)
    assert [row.marked for row in seen] == ["word"]
    assert len(excerpt([huge], Location("x", Position(1, 1), Position(1, len(huge))), 70)) == 3


@given(
    text=st.text(st.sampled_from("ab  .,é\u0301漢🐟\t\u200b\ufe0f\u200d\x00"), max_size=300),
    start=st.integers(0, 300),
    length=st.integers(0, 300),
    room=st.integers(20, 90),
)
def test_no_row_is_too_wide(text: str, start: int, length: int, room: int) -> None:
    location = Location("x", Position(1, start + 1), Position(1, start + length + 1))
    for row in excerpt([text], location, room):
        assert cell_len(row.text) + 2 * row.barred <= room
        assert row.carets[1] >= 1


@given(
    text=st.text(st.sampled_from("ab  .,é\u0301漢🐟\t\u200b\ufe0f"), max_size=200),
    replacement=st.text(st.sampled_from("a é漢\t\x00"), max_size=40),
    start=st.integers(0, 200),
    length=st.integers(0, 30),
    room=st.integers(20, 90),
)
def test_a_row_that_is_mended_fits_too(text: str, replacement: str, start: int, length: int, room: int) -> None:
    location = Location("x", Position(1, start + 1), Position(1, start + length + 1))
    for row in excerpt([text], location, room)[:1]:
        after = changed(text, row, start, start + length, replacement, room)
        assert after is None or cell_len(after.text) <= room


@given(text=st.text(st.sampled_from("ab  é\u0301漢🐟"), max_size=200), room=st.integers(10, 60))
def test_wrapping_keeps_every_word(text: str, room: int) -> None:
    rows = wrap(text, room)
    assert "".join("".join(rows).split()) == "".join(text.split())
    assert all(cell_len(row) <= room for row in rows)


def test_clean_report_says_so() -> None:
    assert rendered("full", CLEAN) == "All clear: no findings in 3 documents.\n"
    assert rendered("concise", CLEAN) == "All clear: no findings in 3 documents.\n"
    assert rendered("full", CLEAN._replace(documents=0)) == "No documents to check.\n"
    failed = CLEAN._replace(problems=PROBLEMS[1:])
    assert "All clear" not in rendered("full", failed)
    assert rendered("full", CLEAN, quiet=True) == ""


# concise and statistics


def test_concise_is_one_line_a_finding() -> None:
    assert rendered("concise").split("\n") == [
        "news/harbour.txt:1:1: error DUP001 near-duplicate: Nearly the same text as news/twin.txt",
        "news/harbour.txt:2:177: warning TRA002 orphan-punctuation: Punctuation mark on its own: “.” [*]",
        (
            "news/harbour.txt:5:1: warning BOI001 cross-reference: "
            "Cross-reference to another article: “Read also: Three ideas for an empty quay”"
        ),
        "news/harbour.txt:7:1: info DUP003 reused-passage: Passage stands in other documents too",
        "news/harbour.txt:8:1: error DUP002 repeated-passage: 4 lines repeat lines 3 to 6",
        "news/harbour.txt:12:44: info ENC003 trailing-space: White space at the end of a line [*]",
        "news/市場.txt:1:8: warning TRA005 repeated-word: Repeated: “最後の競り”",
        "news/市場.txt:2:4: info TRA004 name-variant: Spelled “cafe\u0301” here [*]",
        "news/市場.txt:2:30: warning ENC002 invisible-character: Override “\\u202e”",
        "news/市場.txt:2:43: warning TRA003 untranslated-words: Foreign words",
        "wire.jsonl:7:1: warning TRA001 sentence-debris: Fragment: “added.” (record w-123 /body 1:21)",
        "failed: news/blob\\u001b[31m.txt: it is neither UTF-8 nor any encoding that fits",
        "failed: IndexError: list index out of range (rule name-variant)",
        (
            "Found 2 errors, 6 warnings, 3 notes in 3 documents. "
            "3 safe and 2 unsafe fixes available: `--fix` and `--fix --unsafe-fixes`. "
            "Not shown: 1 suppressed, 1 in the baseline. 2 failures: not everything could be checked."
        ),
        "",
    ]


def test_quiet_concise_has_findings_and_failures_alone() -> None:
    assert rendered("concise", quiet=True).split("\n") == [*rendered("concise").split("\n")[:-2], ""]


def test_statistics_count_by_rule() -> None:
    twice = REPORT._replace(findings=[*FINDINGS, FINDINGS[3]._replace(severity=WARNING)], problems=[])
    rows = rendered("statistics", twice).split("\n")
    assert rows[:3] == [
        "findings  documents  safe fixes  rule",
        "       2          1              DUP003 reused-passage (1 warning, 1 info)",
        "       1          1              BOI001 cross-reference (warning)",
    ]
    assert "       1          1           1  TRA002 orphan-punctuation (warning)" in rows
    assert rows[-4:-1] == [
        "Found 2 errors, 7 warnings, 3 notes in 3 documents.",
        "3 safe and 2 unsafe fixes available: `--fix` and `--fix --unsafe-fixes`.",
        "Not shown: 1 suppressed, 1 in the baseline.",
    ]


# JSON

SCHEMA = json.loads(files("newslint.render").joinpath("report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_schema_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", [REPORT, CLEAN], ids=["findings", "clean"])
def test_json_report_follows_the_schema(report: Report) -> None:
    VALIDATOR.validate(json.loads(rendered("json", report)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda report: report.update(extra=1),
        lambda report: report.pop("errors"),
        lambda report: report["findings"][0].update(extra=1),
        lambda report: report["findings"][0].pop("fingerprint"),
        lambda report: report["findings"][0].update(severity="fatal"),
        lambda report: report["findings"][0]["location"].update(record=None),
        lambda report: report["findings"][0]["location"]["start"].update(line=0),
        lambda report: report["findings"][1]["fix"].update(edits=[]),
        lambda report: report["errors"][0].update(code=1),
    ],
)
def test_schema_is_strict(spoil: Callable[[dict[str, Any]], object]) -> None:
    report = json.loads(rendered("json"))
    spoil(report)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(report)


def test_json_report_says_all() -> None:
    report = json.loads(rendered("json"))
    assert report["tool"] == {"version": "1.2.0", "plugins": [{"name": "newslint_rules", "version": "1.2.0"}]}
    summary = report["summary"]
    assert [summary[key] for key in ("documents", "findings", "suppressed", "baselined")] == [3, 11, 1, 1]
    assert list(summary["by_rule"]) == sorted(summary["by_rule"])
    assert sum(summary["by_rule"].values()) == 11
    assert len(report["findings"]) == 13
    first, wire = report["findings"][0], report["findings"][-1]
    assert first == {
        "code": "DUP001",
        "name": "near-duplicate",
        "severity": "error",
        "message": "Nearly the same text as news/twin.txt",
        "help": "keep one of the two",
        "location": {"path": "news/harbour.txt", "start": {"line": 1, "column": 1}, "end": {"line": 12, "column": 46}},
        "related": [
            {
                "message": "the twin",
                "location": {
                    "path": "news/twin.txt",
                    "start": {"line": 1, "column": 1},
                    "end": {"line": 9, "column": 40},
                },
            }
        ],
        "fix": None,
        "fingerprint": "DUP001-1-1",
        "status": "new",
        "data": {"cluster": 3, "jaccard": 0.91},
    }
    assert wire["location"]["record"] == {"line": 7, "index": 6, "id": "w-123", "field": "/body"}
    assert report["errors"][1] == {"message": "IndexError: list index out of range", "rule": "name-variant"}


def test_json_report_has_a_finding_a_line() -> None:
    text = rendered("json")
    rows = [line for line in text.split("\n") if line.startswith("  {")]
    assert len(rows) == len(FINDINGS) + len(PROBLEMS)
    assert "市場" in text
    assert text == rendered("json", color=True, width=20)


def test_json_can_be_written_and_shown_whatever_it_holds() -> None:
    odd = finding(
        place(HARBOUR, "Monday"),
        "X1 x",
        WARNING,
        "lone \ud800 override \u202e escape \x1b end \u2028",
        data={"b": float("nan"), "a": {2: (1, 2)}, "c": {"y", "x"}, "d": Path("p")},
    )
    text = rendered("json", one(odd))
    text.encode()
    assert not re.search("[\x1b\u202e\u2028]", text)
    [back] = json.loads(text)["findings"]
    assert back["message"] == odd.message
    assert list(back["data"].items()) == [("a", {"2": [1, 2]}), ("b", None), ("c", ["x", "y"]), ("d", "p")]


def test_json_is_ascii_where_the_stream_is_not_unicode() -> None:
    text = rendered_in("cp1252", "json")
    assert text.isascii()
    assert json.loads(text) == json.loads(rendered("json"))


def test_jsonl_has_the_objects_of_the_json_report() -> None:
    whole = json.loads(rendered("json"))
    *rows, last = [json.loads(line) for line in rendered("jsonl").removesuffix("\n").split("\n")]
    assert [row.pop("type") for row in rows] == ["finding"] * 13 + ["error"] * 2
    assert rows == whole["findings"] + whole["errors"]
    assert last == {"type": "summary", "schema_version": 1, "tool": whole["tool"], **whole["summary"]}


# a rule's page


class Shouting(DocumentRule):
    """Exclamation marks.

    ## What it does
    Finds `!!`.

    ## Example
    ```text
    What a goal!!
    ```
    """

    code = "LOC001"
    name = "shouting"
    severity = Severity.INFO
    limit = Option(1, "marks in a row that are\n    still fine", minimum=0, maximum=9)
    share = Option(0.5, "share of the text", minimum=0)
    places = Option("all", "title | body | all", choices=("title", "all"))
    strict = Option(False, "no mercy")

    def check(self, document: Document) -> Sequence[Any]:
        return []


def test_rule_page_in_a_pipe_is_mark_down() -> None:
    out = io.StringIO()
    render_rule(Shouting, out, color=False, width=None)
    assert out.getvalue() == rule_markdown(Shouting)
    assert out.getvalue().startswith(
        "# shouting (LOC001)\n\nSeverity: **info**\n\nExclamation marks.\n\n## What it does\n"
    )
    assert out.getvalue().split("\n")[-7:] == [
        "| option | default | values | what it does |",
        "|---|---|---|---|",
        "| `limit` | `1` | 0 to 9 | marks in a row that are still fine |",
        "| `share` | `0.5` | at least 0 | share of the text |",
        '| `places` | `"all"` | `"title"`, `"all"` | title \\| body \\| all |',
        "| `strict` | `false` | `true`, `false` | no mercy |",
        "",
    ]


def test_rule_page_on_a_terminal_is_laid_out() -> None:
    out = io.StringIO()
    render_rule(Shouting, out, color=True, width=60)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert plain != out.getvalue()
    assert plain.startswith("shouting (LOC001)")
    assert "  What a goal!!" in plain
    assert "```" not in plain
    assert "48;" not in out.getvalue()
    assert max(map(cell_len, plain.split("\n"))) <= 60
