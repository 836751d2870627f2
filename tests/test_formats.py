"""The report formats for CI services and reviews, on findings made by hand and on the real command's."""

import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import FIXTURES, Run, lines_of, place
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
    Suppression,
)
from newslint.render import markdown, sarif
from newslint.render.places import from_root, numbered
from newslint.render.tally import tally
from newslint.report import RenderOptions, Report
from newslint.rule import DocumentRule

SCHEMAS = Path(__file__).parent / "schemas"
FORMATS = ("sarif", "github", "gitlab", "junit", "rdjson", "rdjsonl", "markdown")
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

STORY = Document(
    "news/côte & marée.txt",
    "The quay [stays](1) open 🐟 to boats of less than twelve metres .\n"
    "Follow @harbour-news, see #12 or https://example.org/a|b\n"
    "Skippers blocked the quay .\n"
    "Skippers blocked the quay .\n",
)
WIRE = Document("wire.jsonl", "The mayor resigned. added.", record=Record(7, 6, "w-123", "/body"))
lines = lines_of(STORY, WIRE)


def finding(
    location: Location,
    rule: str,
    severity: Severity,
    message: str = "Look",
    help: str = "",
    *,
    related: Sequence[RelatedPlace] = (),
    edit: str | None = None,
    status: Status = Status.NEW,
    suppression: Suppression | None = None,
) -> Finding:
    code, _, name = rule.partition(" ")
    fix = None if edit is None else LocatedFix(Applicability.SAFE, (LocatedEdit(location, edit),))
    fingerprint = f"{code}-{location.path}-{message}"
    return Finding(
        location, code, name, severity, message, help, tuple(related), fix, fingerprint, status, {}, suppression
    )


ORPHAN = finding(place(STORY, " .\nSkip"), "TRA002 orphan-punctuation", WARNING, "Orphan: “ .”", "delete it", edit=".")
TWIN = Location("news/twin.txt", Position(1, 1), Position(9, 40))
FINDINGS = [
    finding(
        STORY.location(Span(0, len(STORY.source) - 1)),
        "DUP001 near-duplicate",
        ERROR,
        "Near-duplicate: 91 % alike",
        "keep one, not two",
        related=[RelatedPlace("the [first] one", TWIN), RelatedPlace("the quay", place(STORY, "quay"))],
    ),
    finding(place(STORY, "The quay [stays](1)"), "TRA003 untranslated-words", INFO, "Link: “[stays](1)”"),
    finding(place(STORY, "🐟 to boats"), "LAN001 foreign-caption", WARNING, "Caption", "translate it"),
    finding(place(STORY, " .\nFollow"), "TRA002 orphan-punctuation", WARNING, "Orphan", edit=".\nFollow"),
    finding(
        place(STORY, "Follow @harbour-news, see #12 or https://example.org/a|b"),
        "BOI002 call-to-action",
        WARNING,
        "Call: “Follow @harbour-news, see #12 or https://example.org/a|b <b>`x`</b> \x1b[31m\u202e\ufffe”",
        "drop it,\r\nor: not",
    ),
    finding(place(STORY, " .", "Skippers"), "TRA002 orphan-punctuation", WARNING, "Orphan"),
    finding(place(STORY, "quay", "Skippers"), "TRA004 name-variant", INFO, status=Status.BASELINED),
    finding(
        place(STORY, "Skippers"),
        "TRA004 name-variant",
        WARNING,
        status=Status.SUPPRESSED,
        suppression=Suppression("the house's name", "newslint.toml:4"),
    ),
    finding(place(WIRE, "added."), "TRA001 sentence-debris", WARNING, "Fragment: “added.”", edit=""),
]
PROBLEMS = [
    Problem("it is neither UTF-8 nor any encoding that fits", "news/blob\x1b[31m.txt"),
    Problem("IndexError: list index out of range", rule="name-variant"),
]


class Shouting(DocumentRule):
    """Exclamation marks.

    ## What it does
    Finds
    `!!`.

    ## Example
    ```text
    What a goal!!
    ```
    """

    code = "LOC001"
    name = "shouting"
    severity = Severity.INFO

    def check(self, document: Document) -> Sequence[Any]:
        return []


REPORT = Report(FINDINGS, PROBLEMS, 3, [("newslint_rules", "1.2.0")], "1.2.0", lambda: [Shouting])
CLEAN = Report([], [], 3, [], "1.2.0")


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """No CI service tells where the repository is, even where the tests run on one."""
    for name in ("GITHUB_WORKSPACE", "GITHUB_REPOSITORY", "GITHUB_SHA", "CI_PROJECT_DIR", "CI_PROJECT_URL"):
        monkeypatch.delenv(name, raising=False)


def rendered(format: str, report: Report = REPORT, lines: Callable[[Location], Sequence[str] | None] = lines) -> str:
    out = io.StringIO()
    import_module(f"newslint.render.{format}").render(report, out, RenderOptions(lines=lines))
    return out.getvalue()


def new(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.status is Status.NEW]


def many(*numbers: tuple[Severity, int]) -> list[Finding]:
    """Findings of each severity, the least grave first."""
    return [
        finding(Location(f"{severity.label}/{index:03}.txt", Position(1, 1), Position(1, 3)), "X1 x", severity)
        for severity, number in numbers
        for index in range(number)
    ]


# All formats


@pytest.mark.parametrize("format", FORMATS)
def test_no_control_character_of_a_file_gets_through(format: str) -> None:
    text = rendered(format)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", text)
    text.encode()


@pytest.mark.parametrize("format", FORMATS)
def test_findings_are_only_iterated(format: str) -> None:
    class Stream:
        """A report that can be read again and again, but is no list."""

        def __iter__(self) -> Iterator[Finding]:
            return iter(FINDINGS)

    assert rendered(format, REPORT._replace(findings=Stream())) == rendered(format)


@pytest.mark.parametrize("format", FORMATS)
def test_streams_of_few_characters_get_what_they_can_carry(format: str) -> None:
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, encoding="ascii", newline="\n")
    import_module(f"newslint.render.{format}").render(REPORT, stream, RenderOptions(lines=lines))
    stream.flush()
    text = data.getvalue().decode("ascii")
    if format in ("sarif", "gitlab", "rdjson"):
        assert json.loads(text) == json.loads(rendered(format))
    if format == "junit":
        assert ElementTree.tostring(ElementTree.fromstring(text)) == ElementTree.tostring(
            ElementTree.fromstring(rendered(format))
        )


@pytest.mark.parametrize("format", FORMATS)
def test_text_that_nobody_can_read_again_is_no_hindrance(format: str) -> None:
    assert "wire.jsonl" in rendered(format, lines=lambda _: None)


@pytest.mark.parametrize("format", FORMATS)
def test_records_are_shown_at_their_line_with_their_name(format: str) -> None:
    text = rendered(format, REPORT._replace(findings=FINDINGS[-1:], problems=[]))
    assert "w-123 /body 1:21" in text
    assert re.search(r"wire\.jsonl(#L|:|.{1,99}\D)7\b", text, re.DOTALL)


def test_equal_fingerprints_are_numbered_within_their_document() -> None:
    assert [number for _, number in numbered(FINDINGS)] == [1, 1, 1, 1, 1, 2, 1, 2, 1]


def test_paths_count_from_the_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path / "articles")
    assert from_root("a/b.txt") == "a/b.txt"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert from_root("a/b.txt") == "articles/a/b.txt"
    assert from_root("../other/b.txt") == "other/b.txt"
    assert from_root("/elsewhere/b.txt") == "/elsewhere/b.txt"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "another"))
    assert from_root("a/b.txt") == "a/b.txt"


# SARIF

SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))


def run_of(text: str) -> dict[str, Any]:
    log = json.loads(text)
    SARIF.validate(log)
    [run] = log["runs"]
    assert isinstance(run, dict)
    return run


def results(report: Report = REPORT) -> dict[str, dict[str, Any]]:
    """The results by rule and fingerprint."""
    found = run_of(rendered("sarif", report))["results"]
    return {f"{each['ruleId']} {each['partialFingerprints']['newslint/v1']}": each for each in found}


def test_sarif_follows_the_schema() -> None:
    assert len(run_of(rendered("sarif"))["results"]) == len(FINDINGS)
    run = run_of(rendered("sarif", CLEAN))
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_names_places_in_code_points() -> None:
    run = run_of(rendered("sarif"))
    assert run["columnKind"] == "unicodeCodePoints"
    [caption] = [each for each in run["results"] if each["ruleId"] == "LAN001"]
    [location] = caption["locations"]
    physical = location["physicalLocation"]
    assert unquote(physical["artifactLocation"]["uri"]) == STORY.path
    assert physical["artifactLocation"]["uri"].isascii()
    assert physical["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    assert physical["region"] == {
        "startLine": 1, "startColumn": 26, "endLine": 1, "endColumn": 36, "snippet": {"text": "🐟 to boats"},
    }  # fmt: skip


def test_sarif_quotes_short_places_alone() -> None:
    [whole] = [each for each in results().values() if each["ruleId"] == "DUP001"]
    region = whole["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["endLine"], region["endColumn"]) == (1, 4, 28)
    assert region["snippet"]["text"] == STORY.source.removesuffix("\n")
    wide = run_of(rendered("sarif", lines=lambda _: ["word " * 200] * 9))["results"][0]
    assert "snippet" not in wide["locations"][0]["physicalLocation"]["region"]


def test_sarif_places_end_with_a_line_and_not_where_the_next_begins() -> None:
    location = Location(STORY.path, Position(2, 8), Position(4, 1))
    [result] = results(REPORT._replace(findings=[finding(location, "X1 x", ERROR, edit="")])).values()
    region = result["locations"][0]["physicalLocation"]["region"]
    assert {key: region[key] for key in region if key != "snippet"} == {"startLine": 2, "startColumn": 8, "endLine": 3}
    assert region["snippet"]["text"].endswith("a|b\nSkippers blocked the quay .")
    deleted = result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert (deleted["endLine"], deleted["endColumn"]) == (4, 1)


def test_sarif_messages_link_to_related_places_alone() -> None:
    [whole] = [each for each in results().values() if each["ruleId"] == "DUP001"]
    assert whole["message"]["text"] == (
        "Near-duplicate: 91 % alike. Keep one, not two. See [the \\[first\\] one](1), [the quay](2)."
    )
    assert [each["id"] for each in whole["relatedLocations"]] == [1, 2]
    [link] = [each for each in results().values() if each["ruleId"] == "TRA003"]
    assert link["message"]["text"] == "Link: “\\[stays\\](1)”."


def test_sarif_says_what_is_known_and_what_is_suppressed() -> None:
    found = results()
    known = [each for each in found.values() if each.get("baselineState") == "unchanged"]
    assert [(each["ruleId"], each["suppressions"][0]["justification"]) for each in known] == [
        ("TRA004", "It is in the baseline.")
    ]
    [hushed] = [each for each in found.values() if each.get("suppressions") and each not in known]
    assert hushed["suppressions"] == [
        {"kind": "external", "justification": "the house's name", "properties": {"source": "newslint.toml:4"}}
    ]
    assert "baselineState" not in hushed
    assert {each["baselineState"] for each in found.values() if "suppressions" not in each} == {"new"}
    comment = FINDINGS[7]._replace(suppression=Suppression("as said", "line 3"))
    [inside] = results(REPORT._replace(findings=[comment])).values()
    assert inside["suppressions"][0]["kind"] == "inSource"


def test_sarif_knows_no_states_without_a_baseline() -> None:
    report = REPORT._replace(findings=new(FINDINGS))
    assert not any("baselineState" in each for each in results(report).values())


def test_sarif_fingerprints_tell_results_apart() -> None:
    assert len(results()) == len(FINDINGS)
    assert all(set(each["partialFingerprints"]) == {"newslint/v1"} for each in results().values())


def test_sarif_fixes_can_be_applied() -> None:
    fixes = [fix for each in results().values() for fix in each.get("fixes", ())]
    [fix] = fixes  # the record's has no place in its file
    [change] = fix["artifactChanges"]
    assert unquote(change["artifactLocation"]["uri"]) == STORY.path
    [edit] = change["replacements"]
    region = edit["deletedRegion"]
    starts = [line.start for line in STORY.lines]
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    end = starts[region["endLine"] - 1] + region["endColumn"] - 1
    fixed = STORY.source[:start] + edit["insertedContent"]["text"] + STORY.source[end:]
    assert fixed == STORY.source.replace("metres .\n", "metres.\n")


def test_sarif_places_a_record_on_its_line() -> None:
    [debris] = [each for each in results().values() if each["ruleId"] == "TRA001"]
    [location] = debris["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 7, "endLine": 7}
    assert location["logicalLocations"][0]["name"] == "w-123"
    assert location["properties"]["record"] == {
        "index": 6, "id": "w-123", "field": "/body", "start": {"line": 1, "column": 21},
        "end": {"line": 1, "column": 27},
    }  # fmt: skip


def test_sarif_documents_its_rules_as_github_requires() -> None:
    driver = run_of(rendered("sarif"))["tool"]["driver"]
    rules = {rule["id"]: rule for rule in driver["rules"]}
    assert list(rules) == sorted({finding.code for finding in FINDINGS} | {"LOC001"})
    for descriptor in (*driver["rules"], *driver["notifications"]):
        for field in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(descriptor[field]["text"]) <= (9999 if field == "help" else 1024)
        assert len(descriptor.get("properties", {}).get("tags", [])) <= 10
    shouting = rules["LOC001"]
    assert shouting["name"] == "shouting"
    assert shouting["shortDescription"]["text"] == "Exclamation marks."
    assert shouting["fullDescription"]["text"] == "Finds `!!`."
    assert shouting["help"]["markdown"].startswith("# shouting (LOC001)")
    assert shouting["defaultConfiguration"] == {"level": "note"}
    for each in results().values():
        assert driver["rules"][each["ruleIndex"]]["id"] == each["ruleId"]


def test_sarif_tells_what_went_wrong() -> None:
    report = REPORT._replace(findings=[finding(TWIN, "TRA004 name-variant", INFO)])
    [invocation] = run_of(rendered("sarif", report))["invocations"]
    assert not invocation["executionSuccessful"]
    first, second = invocation["toolExecutionNotifications"]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "news/blob%1B%5B31m.txt"
    assert second["associatedRule"] == {"id": "TRA004"}
    assert second["message"]["text"] == "IndexError: list index out of range (rule name-variant)."


def test_sarif_keeps_the_gravest_and_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    findings = [finding(TWIN, "X1 x", ERROR, status=Status.BASELINED), *many((INFO, 9), (WARNING, 4), (ERROR, 3))]
    report = REPORT._replace(findings=findings, problems=[])
    monkeypatch.setattr(sarif, "RESULTS", 5)
    run = run_of(rendered("sarif", report))
    assert [each["level"] for each in run["results"]] == ["error"] * 3 + ["warning"] * 2
    [note] = run["invocations"][0]["toolConfigurationNotifications"]
    assert "2 warnings, 9 notes, 1 baselined or suppressed" in note["message"]["text"]
    assert run["invocations"][0]["executionSuccessful"]


def test_sarif_stops_before_the_file_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "COMPRESSED", 20_000)
    findings = [
        each._replace(message=hashlib.sha256(each.location.path.encode()).hexdigest())
        for each in many((INFO, 50), (ERROR, 900))
    ]
    report = REPORT._replace(findings=findings, problems=[])
    run = run_of(rendered("sarif", report))
    assert {each["level"] for each in run["results"]} == {"error"}
    left = 900 - len(run["results"])
    assert 0 < left < 900
    [note] = run["invocations"][0]["toolConfigurationNotifications"]
    assert f"{left} errors, 50 notes" in note["message"]["text"]


def test_sarif_caps_related_places_and_names_files_elsewhere() -> None:
    elsewhere = Location("/data/a b.txt", Position(1, 1), Position(2, 1))
    crowd = finding(elsewhere, "X1 x", ERROR, related=[RelatedPlace("", TWIN)] * 300)
    [result] = results(REPORT._replace(findings=[crowd])).values()
    assert len(result["relatedLocations"]) + 1 == 100
    assert result["message"]["text"].endswith("[news/twin.txt](3) and 297 more places.")
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///data/a%20b.txt"}


# GitHub


def annotations(report: Report = REPORT) -> list[tuple[str, dict[str, str], str]]:
    """Level, properties and text of each command, taken apart in the runner's way."""

    def unescape(text: str, marks: str) -> str:
        for mark in marks:
            text = text.replace(f"%{ord(mark):02X}", mark)
        return text

    commands = []
    for line in rendered("github", report).removesuffix("\n").split("\n") if rendered("github", report) else ():
        head, separator, data = line.removeprefix("::").partition("::")
        assert line.startswith("::")
        assert separator
        level, _, listed = head.partition(" ")
        pairs = (pair.partition("=") for pair in listed.split(","))
        properties = {key: unescape(value, "\r\n:,%") for key, _, value in pairs}
        commands.append((level, properties, unescape(data, "\r\n%")))
    return commands


def test_github_annotates_lines() -> None:
    assert annotations(REPORT._replace(findings=FINDINGS[2:3], problems=[])) == [
        (
            "warning",
            {
                "file": STORY.path, "line": "1", "endLine": "1", "col": "26", "endColumn": "36",
                "title": "LAN001 foreign-caption",
            },
            "Caption\ntranslate it",
        )
    ]  # fmt: skip


def test_github_takes_columns_on_one_line_only() -> None:
    [(_, properties, text)] = annotations(REPORT._replace(findings=FINDINGS[:1], problems=[]))
    assert (properties["line"], properties["endLine"]) == ("1", "4")
    assert "col" not in properties
    assert text == "Near-duplicate: 91 % alike\nkeep one, not two"


def test_github_escapes_what_the_runner_reads() -> None:
    odd = Location("a,b:c%3A.txt", Position(3, 1), Position(3, 9))
    text = "100 %25, ::error::\n::stop-commands::x"
    [(level, properties, data)] = annotations(REPORT._replace(findings=[finding(odd, "X1 x", INFO, text)], problems=[]))
    assert (level, properties["file"], data) == ("notice", odd.path, text.replace("\n", "\\u000a"))


def test_github_reports_failures_first() -> None:
    first, second, *_ = annotations()
    assert first[0] == second[0] == "error"
    assert second[2] == "IndexError: list index out of range (rule name-variant)"
    assert len(annotations()) == len(PROBLEMS) + len(new(FINDINGS))
    assert annotations(CLEAN) == []


def test_github_shows_ten_of_a_level_and_sums_up_the_rest() -> None:
    report = REPORT._replace(findings=many((INFO, 15), (WARNING, 10), (ERROR, 11)))
    shown = annotations(report)
    assert Counter(level for level, _, _ in shown) == {"error": 10, "warning": 10, "notice": 10}
    assert [level for level, _, _ in shown] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert "Not shown: 3 errors, 6 notes." in shown[-1][2]
    none = annotations(report._replace(findings=many((INFO, 10), (WARNING, 10)), problems=[]))
    assert len(none) == 20
    assert not any("Not shown" in text for _, _, text in none)


def test_github_sums_up_failures_too() -> None:
    shown = annotations(CLEAN._replace(problems=PROBLEMS * 6, findings=many((ERROR, 2))))
    assert Counter(level for level, _, _ in shown) == {"error": 10, "notice": 1}
    assert "Not shown: 2 failures, 2 errors." in shown[-1][2]


# GitLab

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "lines": {
                        "type": "object",
                        "required": ["begin", "end"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("report", [REPORT, CLEAN], ids=["findings", "clean"])
def test_gitlab_report_is_as_documented(report: Report) -> None:
    entries = json.loads(rendered("gitlab", report))
    jsonschema.validate(entries, CODE_QUALITY)
    assert len(entries) == len(report.problems) + len(new(report.findings))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_gitlab_entries() -> None:
    _, failed, duplicate, *rest = json.loads(rendered("gitlab"))
    assert (failed["severity"], failed["location"]["path"]) == ("blocker", ".")
    assert duplicate["description"] == "DUP001 near-duplicate: Near-duplicate: 91 % alike"
    assert duplicate["location"] == {"path": STORY.path, "lines": {"begin": 1, "end": 4}}
    assert Counter(entry["severity"] for entry in (duplicate, *rest)) == {"major": 1, "minor": 5, "info": 1}
    assert [entry["fingerprint"] for entry in rest if entry["fingerprint"].endswith("Orphan-2")] != []


# JUnit


def test_junit_has_a_suite_a_document_and_a_case_a_finding() -> None:
    root = ElementTree.fromstring(rendered("junit"))
    names = [suite.get("name") for suite in root]
    assert names == ["newslint", STORY.path, "wire.jsonl (record w-123 /body)"]
    cases = root.findall("testsuite/testcase")
    assert len(cases) == len(PROBLEMS) + len(new(FINDINGS))
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)
    assert {case.get("file") for case in root[1]} == {STORY.path}
    assert [case.get("line") for case in root[1]] == ["1", "1", "1", "1", "2", "3"]
    failure = root[1].find("testcase[1]/failure")
    assert failure is not None
    assert failure.get("message") == "Near-duplicate: 91 % alike"
    assert failure.text == f"{STORY.path}:1:1: error: Near-duplicate: 91 % alike\nkeep one, not two"


def test_junit_counts_are_right() -> None:
    root = ElementTree.fromstring(rendered("junit"))
    for element in (root, *root):
        cases = element.findall(".//testcase")
        assert element.get("tests") == str(len(cases))
        assert element.get("failures") == str(len(element.findall(".//failure")))
        assert element.get("errors") == str(len(element.findall(".//error")))
    assert root.get("failures") == str(sum(finding.severity > INFO for finding in new(FINDINGS)))


def test_junit_lets_notes_pass() -> None:
    root = ElementTree.fromstring(rendered("junit", REPORT._replace(findings=FINDINGS[1:2], problems=[])))
    [case] = root.findall("testsuite/testcase")
    assert [child.tag for child in case] == ["system-out"]


def test_junit_has_a_test_even_where_all_is_well() -> None:
    root = ElementTree.fromstring(rendered("junit", CLEAN))
    [case] = root.findall("testsuite/testcase")
    assert case.get("name") == "no findings in 3 documents"
    assert len(case) == 0


@given(text=st.text(st.characters(), max_size=40))
def test_junit_is_xml_whatever_the_text(text: str) -> None:
    odd = finding(Location(text or "x", Position(1, 1), Position(1, 2)), "X1 x", ERROR, text, text)
    report = REPORT._replace(findings=[odd], problems=[Problem(text, text, text)])
    ElementTree.fromstring(rendered("junit", report, lines=lambda _: None))


# reviewdog

POSITION = {
    "type": "object",
    "required": ["line"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
RANGE = {
    "type": "object",
    "required": ["start", "end"],
    "additionalProperties": False,
    "properties": {"start": POSITION, "end": POSITION},
}
PLACE = {
    "type": "object",
    "required": ["path"],
    "additionalProperties": False,
    "properties": {"path": {"type": "string"}, "range": RANGE},
}
NAMED = {"type": "object", "additionalProperties": False, "properties": {"name": {"type": "string"}}}
DIAGNOSTIC = {
    "type": "object",
    "required": ["message", "location"],
    "additionalProperties": False,  # an unknown key makes reviewdog refuse the whole report
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": PLACE,
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "source": NAMED,
        "code": {"type": "object", "additionalProperties": False, "properties": {"value": {"type": "string"}}},
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["range", "text"],
                "additionalProperties": False,
                "properties": {"range": RANGE, "text": {"type": "string"}},
            },
        },
        "related_locations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["location"],
                "additionalProperties": False,
                "properties": {"message": {"type": "string"}, "location": PLACE},
            },
        },
    },
}
RDJSON = {
    "type": "object",
    "required": ["diagnostics"],
    "additionalProperties": False,
    "properties": {"source": NAMED, "diagnostics": {"type": "array", "items": DIAGNOSTIC}},
}


@pytest.mark.parametrize("report", [REPORT, CLEAN], ids=["findings", "clean"])
def test_rdjson_is_as_documented(report: Report) -> None:
    whole = json.loads(rendered("rdjson", report))
    jsonschema.validate(whole, RDJSON)
    assert len(whole["diagnostics"]) == len(report.problems) + len(new(report.findings))
    rows = rendered("rdjsonl", report).split("\n")[:-1]
    assert [json.loads(row) for row in rows] == whole["diagnostics"]


def cut(text: str, range: dict[str, Any], replacement: str) -> tuple[str, str]:
    """What lies in a range whose columns count bytes, and the text with it replaced."""
    data = text.encode()
    starts = [0, *(match.end() for match in re.finditer(b"\n", data))]
    start, end = (starts[range[side]["line"] - 1] + range[side]["column"] - 1 for side in ("start", "end"))
    return data[start:end].decode(), (data[:start] + replacement.encode() + data[end:]).decode()


def test_rdjson_columns_count_bytes() -> None:
    by_code = {each.get("code", {}).get("value"): each for each in json.loads(rendered("rdjson"))["diagnostics"]}
    caption = by_code["LAN001 foreign-caption"]["location"]["range"]
    assert caption == {"start": {"line": 1, "column": 26}, "end": {"line": 1, "column": 39}}
    assert cut(STORY.source, caption, "")[0] == "🐟 to boats"
    [orphan] = [each for each in json.loads(rendered("rdjson"))["diagnostics"] if each.get("suggestions")]
    [suggestion] = orphan["suggestions"]
    taken, left = cut(STORY.source, suggestion["range"], suggestion["text"])
    assert taken == " .\nFollow"
    assert left == STORY.source.replace("metres .\n", "metres.\n")


def test_rdjson_tells_lines_where_it_knows_no_columns() -> None:
    diagnostics = json.loads(rendered("rdjson"))["diagnostics"]
    [whole] = [each for each in diagnostics if each.get("related_locations")]
    other, own = whole["related_locations"]
    assert other["location"] == {"path": TWIN.path, "range": {"start": {"line": 1}, "end": {"line": 9}}}
    assert own["location"]["range"] == {"start": {"line": 1, "column": 5}, "end": {"line": 1, "column": 9}}
    assert diagnostics[-1]["location"]["range"] == {"start": {"line": 7}, "end": {"line": 7}}
    assert "suggestions" not in diagnostics[-1]


# Mark-down


#: The tags of our own mark-up.
TAGS = {"h2", "h3", "p", "ul", "li", "code", "table", "thead", "tbody", "tr", "th", "td", "a"}


def page(text: str) -> str:
    return MarkdownIt("commonmark").enable("table").render(text)


def test_markdown_has_figures_tables_and_findings() -> None:
    text = rendered("markdown")
    assert "Found 1 error, 5 warnings, 1 note in 3 documents." in text
    assert "| `TRA002 orphan-punctuation` |  | 2 |  | 1 | 1 |" in text
    assert "| `news` | 1 | 4 | 1 | 1 | 1 |" in text
    assert (
        "| error | [`news/côte & marée.txt:1`](news/c%C3%B4te%20%26%20mar%C3%A9e.txt#L1) | `DUP001 near-duplicate` | "
        "Near-duplicate: 91 % alike |"
    ) in text
    assert page(text).count("<tr>") == 3 + 6 + 2 + 7
    assert rendered("markdown", CLEAN) == "## newslint\n\nAll clear: no findings in 3 documents.\n"


def test_markdown_lets_no_text_mean_anything() -> None:
    html = page(rendered("markdown"))
    row = next(line for line in html.split("\n") if "Call:" in line)
    assert "<b>" not in html
    assert "<code>x</code>" not in html
    assert "<code>@harbour-news,</code>" in row
    assert "<code>#12</code>" in row
    assert "https\\://example.org/a\\|b" in rendered("markdown")
    assert set(re.findall('href="([^"]*)"', html)) == {
        "news/c%C3%B4te%20%26%20mar%C3%A9e.txt#L1",
        "news/c%C3%B4te%20%26%20mar%C3%A9e.txt#L2",
        "news/c%C3%B4te%20%26%20mar%C3%A9e.txt#L3",
        "wire.jsonl#L7",
    }


@given(text=st.text(st.sampled_from("a |`\\*_[]()<>&!#@~$:/w."), max_size=40))
def test_markdown_keeps_its_tables_whatever_the_text(text: str) -> None:
    odd = finding(Location(f"x{text}", Position(1, 1), Position(1, 2)), f"X1 {text}", ERROR, text)
    html = page(rendered("markdown", REPORT._replace(findings=[odd], problems=[Problem(text, text)])))
    assert html.count("<tr>") == 6
    assert html.count("<td") == 2 * 6 + 4
    assert set(re.findall(r"<(\w+)", html)) <= TAGS
    mentions = re.sub(r"<code>.*?</code>", "", html)
    assert "@" not in re.sub('href="[^"]*"', "", mentions)


def test_markdown_stays_within_a_comment() -> None:
    long = "|<@" * 400
    findings = [
        finding(Location(f"{day:03}{long}/a.txt", Position(1, 1), Position(1, 2)), f"X{day} {long}", WARNING, long)
        for day in range(300)
    ]
    text = rendered("markdown", REPORT._replace(findings=findings, problems=PROBLEMS * 99))
    assert len(text) <= 65_536
    left = re.search(r"Left out: (\d+) more findings", text)
    assert left
    assert int(left[1]) + text.count("\n| warning |") == 300
    assert re.search(r"… and \d+ more folders", text)
    assert re.search(r"… and \d+ more failures", text)


def test_markdown_shows_the_gravest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "FINDINGS", 3)
    text = rendered("markdown", REPORT._replace(findings=many((INFO, 4), (ERROR, 2)), problems=[]))
    assert text.count("\n| error |") == 2
    assert text.count("\n| info |") == 1
    assert "Left out: 3 more findings." in text


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        (
            {"GITHUB_REPOSITORY": "press/news", "GITHUB_SHA": "c0ffee", "GITHUB_SERVER_URL": "https://github.com"},
            "https://github.com/press/news/blob/c0ffee/a%20b.md?plain=1#L2",
        ),
        (
            {"CI_PROJECT_URL": "https://gitlab.com/press/news", "CI_COMMIT_SHA": "c0ffee"},
            "https://gitlab.com/press/news/-/blob/c0ffee/a%20b.md#L2",
        ),
    ],
)
def test_markdown_links_to_the_commit(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], address: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    odd = finding(Location("a b.md", Position(2, 1), Position(2, 2)), "X1 x", ERROR)
    assert f"[`a b.md:2`]({address})" in rendered("markdown", REPORT._replace(findings=[odd], problems=[]))


# Statistics


def test_statistics_count_by_folder() -> None:
    rows = rendered("statistics").split("\n")
    start = rows.index("findings  documents  safe fixes  folder")
    assert rows[start + 1 : start + 3] == [
        "       6          1           1  news (1 error, 4 warning, 1 info)",
        "       1          1           1  . (warning)",
    ]


def test_statistics_show_the_worst_folders() -> None:
    findings = [finding(Location(f"{day:03}/a.txt", Position(1, 1), Position(1, 2)), "X1 x", INFO) for day in range(99)]
    assert "… and 79 more folders" in rendered("statistics", REPORT._replace(findings=findings))


def test_a_tally_counts_documents_and_not_findings() -> None:
    rules, folders = tally(new(FINDINGS))
    assert {name: (row.findings, row.documents) for name, row in folders.items()} == {"news": (6, 1), ".": (1, 1)}
    assert rules["TRA002 orphan-punctuation"].findings == 2
    records = [
        finding(Location("a.jsonl", Position(1, 1), Position(1, 2), Record(number, number)), "X1 x", INFO)
        for number in (1, 1, 2)
    ]
    assert tally(records).folders["."].documents == 2


# The real command


def test_the_command_writes_all_formats_of_one_run(newslint: Run, tmp_path: Path) -> None:
    names = ("json", *FORMATS)
    wanted = [f"--output-format={name}:{tmp_path / name}" for name in names]
    result = newslint(FIXTURES.name, *wanted, cwd=FIXTURES.parent)
    assert (result.status, result.out, result.err) == (1, "", "")
    text = {name: (tmp_path / name).read_text(encoding="utf-8") for name in names}
    report = json.loads(text["json"])
    found = len(report["findings"])
    run = run_of(text["sarif"])
    assert len(run["results"]) == found
    snippets = 0
    for each in run["results"]:
        place = each["locations"][0]["physicalLocation"]
        source = (FIXTURES.parent / unquote(place["artifactLocation"]["uri"])).read_text(encoding="utf-8").split("\n")
        area = place["region"]
        if "snippet" in area and area["startLine"] == area["endLine"] and "endColumn" in area:
            row = source[area["startLine"] - 1]
            assert row[area["startColumn"] - 1 : area["endColumn"] - 1] == area["snippet"]["text"]
            snippets += 1
    assert snippets > found / 2
    described = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert all("markdown" in rule["help"] for rule in described.values())
    assert {finding["code"] for finding in report["findings"]} < set(described)
    entries = json.loads(text["gitlab"])
    jsonschema.validate(entries, CODE_QUALITY)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == found
    assert len(ElementTree.fromstring(text["junit"]).findall("testsuite/testcase")) == found
    diagnostics = json.loads(text["rdjson"])
    jsonschema.validate(diagnostics, RDJSON)
    assert len(diagnostics["diagnostics"]) == found == text["rdjsonl"].count("\n")
    assert Counter(re.findall("^::(\\w+)", text["github"], re.MULTILINE))["warning"] == 10
    assert len(text["markdown"]) < 65_536
    assert page(text["markdown"]).count("<table>") == 3


@pytest.mark.parametrize("format", FORMATS)
def test_the_command_tells_failures_in_each_format(newslint: Run, tmp_path: Path, format: str) -> None:
    (tmp_path / "a.txt").write_text("The council met on Monday.\n", encoding="utf-8")
    result = newslint("a.txt", "gone.txt", "--output-format", format)
    assert result.status == 2
    assert "gone.txt" in result.out
    assert "gone.txt: no such file" in result.err
    if format == "sarif":
        assert not run_of(result.out)["invocations"][0]["executionSuccessful"]
