"""The page that reports are read on: what is written, and how it behaves in a real browser, where one is installed."""

import base64
import hashlib
import io
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
)
from newslint.render.html import page, render, texts
from newslint.render.html.charts import Charts
from newslint.render.html.texts import parts
from newslint.report import RenderOptions, Report
from newslint.rule import DocumentRule

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

FIRST = Document(
    "coast/<img src=x onerror=hacked=1>.txt",
    "Lighthouse keepers leave the point\n"
    "\n"
    "The last two keepers of the lighthouse on Garrow Point handed over their keys on Tuesday morning.\n"
    "\n"
    "Their successor is a lamp that needs no one, and a cable that brings its news to an office in town 🐟.\n"
    "\n"
    "</script><script>hacked=1</script><img src=x onerror=hacked=1> \u202egnitirw\u202c \x07 \u200bend ,\n",
)
COPY = Document(
    "coast/garrow.txt",
    "Lighthouse keepers leave Garrow Point\n"
    "\n"
    "The last two keepers of the lighthouse on Garrow Point gave up their keys on Tuesday morning.\n"
    "\n"
    "The minister sent flowers.\n"
    "\n"
    "Their successor is a lamp that needs no one, and a cable that brings its news to an office in town 🐟.\n",
)
WIRE = Document("wire/july.jsonl", "The mayor resigned. added.", record=Record(7, 6, "w-123", "/body"))
lines = lines_of(FIRST, COPY, WIRE)


def finding(
    location: Location,
    rule: str,
    severity: Severity = WARNING,
    message: str = "Look",
    *,
    related: Sequence[RelatedPlace] = (),
    edit: str | None = None,
    status: Status = Status.NEW,
    **data: Any,
) -> Finding:
    code, _, name = rule.partition(" ")
    fix = None if edit is None else LocatedFix(Applicability.SAFE, (LocatedEdit(location, edit),))
    return Finding(location, code, name, severity, message, "mend it", tuple(related), fix, "x", status, data)


def whole(document: Document) -> Location:
    return document.location(Span(0, len(document.source) - 1))


HOSTILE = "</script><script>hacked=1</script><img src=x onerror=hacked=1> \u202egnitirw\u202c \x07 \u200bend"
FINDINGS = [
    finding(place(FIRST, HOSTILE), "ENC004 markup-remnant", message=f"Markup: “{HOSTILE}”"),
    finding(place(FIRST, " ,"), "TRA002 orphan-punctuation", INFO, "Space before “,”", edit=","),
    finding(
        whole(COPY), "DUP001 near-duplicate", ERROR, "Near-duplicate: 80 % alike",
        related=[RelatedPlace("the first document", whole(FIRST))], jaccard=0.8, cluster=0,
    ),
    finding(place(COPY, "🐟"), "TRA003 untranslated-words", message="Fish"),
    finding(place(COPY, "minister"), "TRA004 name-variant", INFO, "Known", status=Status.BASELINED),
    finding(place(WIRE, "added."), "TRA001 sentence-debris", message="Fragment: “added.”"),
]  # fmt: skip
PROBLEMS = [Problem("it is neither UTF-8 nor anything else", "coast/<b>blob\x1b</b>.txt")]


class Shouting(DocumentRule):
    """Exclamation marks.

    ## What it does
    Finds `!!`, and <b onclick="x()">nothing</b> else.
    """

    code = "TRA001"
    name = "sentence-debris"
    severity = WARNING

    def check(self, document: Document) -> Sequence[Any]:
        return []


REPORT = Report(FINDINGS, PROBLEMS, 3, [("newslint", "1.2.0"), ("harbour", "3.0")], "1.2.0", lambda: [Shouting])
CLEAN = Report([], [], 3, [], "1.2.0")


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """No CI service tells where the repository is, even where the tests run on one."""
    for name in ("GITHUB_REPOSITORY", "GITHUB_SHA", "CI_PROJECT_URL", "CI_COMMIT_SHA"):
        monkeypatch.delenv(name, raising=False)


def rendered(report: Report = REPORT, lines: Callable[[Location], Sequence[str] | None] = lines) -> str:
    out = io.StringIO()
    render(report, out, RenderOptions(lines=lines))
    return out.getvalue()


class Read(HTMLParser):
    """What a browser finds in a page: elements by name, scripts, and the data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.data: dict[str, Any] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.elements[-1] if self.elements else ("", {})
        if tag == "script" and attributes.get("type") == "application/json" and data.strip():
            self.data[attributes["id"] or ""] = json.loads(data)
        elif tag == "script" and data.strip():
            self.scripts.append(data)
        elif tag == "style" and data.strip():
            self.styles.append(data)


# What is written


def test_nothing_of_a_file_is_markup() -> None:
    text = rendered()
    read = Read(text)
    assert not any(tag in ("img", "b") and attributes for tag, attributes in read.elements)
    assert len(read.scripts) == 1
    assert not any(name.startswith("on") for _, attributes in read.elements for name in attributes)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)
    assert read.data["text-0"]["0"][0][2] == FIRST.source.removesuffix("\n")


def test_the_policy_allows_our_own_style_and_script_alone() -> None:
    read = Read(rendered())
    [policy] = [a["content"] for tag, a in read.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for directive, [text] in (("style-src", read.styles), ("script-src", read.scripts)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in policy
    addresses = [a[name] for _, a in read.elements for name in ("src", "href", "action") if a.get(name)]
    assert not [address for address in addresses if address and not address.startswith(("#", "data:,"))]
    assert not any(a.get("style") for _, a in read.elements)


def test_scripts_and_styles_are_ascii_so_that_any_stream_carries_them() -> None:
    read = Read(rendered())
    for text in read.scripts + read.styles:
        assert text.isascii()
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, "cp1252", write_through=True)
    render(REPORT, stream, RenderOptions(lines=lines))
    assert raw.getvalue().isascii()
    assert Read(raw.getvalue().decode("ascii")).data["index"] == read.data["index"]


def test_the_index_names_each_document_rule_and_sentence_once() -> None:
    index = Read(rendered()).data["index"]
    assert len(index["findings"]) == 5
    assert index["rules"][0] == ["ENC004", "markup-remnant"]
    assert index["sentences"] == ["", "mend it", "the first document"]
    assert [document[0] for document in index["documents"]] == [FIRST.path, COPY.path, WIRE.path]
    assert index["documents"][2][1] == [7, "w-123", "record w-123 /body"]


def test_names_that_no_encoding_carries_are_written_all_the_same() -> None:
    document = Document("fo\udcff/b\udc80.txt", "Odd \udc81 one")
    text = rendered(
        REPORT._replace(findings=[finding(whole(document), "X1 x\udc80", message="\udc82")]), lambda _: ["Odd"]
    )
    text.encode()
    assert Read(text).data["index"]["documents"][0][0] == "fo\ufffd/b\ufffd.txt"


def test_rule_pages_are_laid_out_without_their_html() -> None:
    text = rendered()
    assert "<h3>What it does</h3>" in text
    assert "&lt;b onclick=" in text
    assert "with harbour 3.0" in text


def test_a_clean_report_says_so() -> None:
    assert "All clear" in rendered(CLEAN)
    assert "No documents" in rendered(CLEAN._replace(documents=0))
    assert "coast/&lt;b&gt;blob\\u001b&lt;/b&gt;.txt" in rendered()


def test_findings_are_only_iterated() -> None:
    class Stream:
        def __iter__(self) -> Iterator[Finding]:
            return iter(FINDINGS)

    assert rendered(REPORT._replace(findings=Stream())) == rendered()


def test_above_the_limit_the_gravest_findings_stay_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "FINDINGS", 2)
    text = rendered()
    assert [entry[3] for entry in Read(text).data["index"]["findings"]][1] == "Near-duplicate: 80 % alike"
    assert "Left out: 2 warnings, 1 note." in text
    assert "5 findings" in text


def test_texts_above_the_limit_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "TOTAL", 10)
    monkeypatch.setattr(texts, "BLOCK", 10)
    data = Read(rendered()).data
    assert [document[2] for document in data["index"]["documents"]] == [0, -1, -1]
    assert data["index"]["textless"] == 2
    assert "text-1" in data


def test_the_figures_are_those_of_the_report() -> None:
    charts = Charts.of(REPORT.new())
    assert [(bar.name, bar.number) for bar in charts.folders] == [("coast", 4), ("wire", 1)]
    assert [bar.name for bar in charts.files] == [FIRST.path, COPY.path, WIRE.path]
    assert charts.folders[0].parts == [("error", 1, 0, 250), ("warning", 2, 250, 500), ("info", 1, 750, 250)]


def test_links_lead_to_the_service_that_ran_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "harbour/news")
    monkeypatch.setenv("GITHUB_SHA", "abc")
    address = Read(rendered()).data["index"]["address"]
    assert address == "https://github.com/harbour/news/blob/abc/{path}#L{line}"


def test_links_lead_from_the_page_to_the_folder_of_the_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    with open("out/report.html", "w", encoding="utf-8") as stream:
        render(CLEAN, stream, RenderOptions())
    assert Read((tmp_path / "out/report.html").read_text("utf-8")).data["index"]["folder"] == "../"


@given(st.lists(st.text("ab é🐟", max_size=900), min_size=1, max_size=6), st.data())
def test_parts_hold_every_place_whole(rows: list[str], data: st.DataObject) -> None:
    def position() -> Position:
        line = data.draw(st.integers(1, len(rows)))
        return Position(line, data.draw(st.integers(1, len(rows[line - 1]) + 1)))

    places = [Location("a.txt", *sorted((position(), position()))) for _ in range(3)]
    found = list(parts(rows, places))
    text = "\n".join(rows)
    starts = [sum(len(row) + 1 for row in rows[:number]) for number in range(len(rows))]
    spans = []
    for line, column, part in found:
        start = starts[line - 1] + column - 1
        assert text[start : start + len(part)] == part
        spans.append((start, start + len(part)))
    assert all(one[1] < two[0] for one, two in pairwise(spans))
    for location in places:
        first, last = (starts[line - 1] + column - 1 for line, column in (location.start, location.end))
        assert any(start <= first and last <= end for start, end in spans)


def test_a_place_beyond_the_text_is_no_error() -> None:
    assert list(parts(["a"], [Location("a.txt", Position(4, 9), Position(7, 1))])) == [[1, 1, "a"]]
    assert list(parts([], [Location("a.txt", Position(1, 1), Position(1, 1))])) == [[1, 1, ""]]
    [[_, _, text]] = parts(["x" * 50_000], [Location("a.txt", Position(1, 1), Position(1, 50_001))])
    assert len(text) <= texts.PLACE + texts.AROUND


def test_the_real_command_writes_the_page(newslint: Run, tmp_path: Path) -> None:
    result = newslint("check", "fixtures", "--output-format", f"html:{tmp_path}/report.html", cwd=FIXTURES.parent)
    assert result.status == 1
    read = Read((tmp_path / "report.html").read_text("utf-8"))
    assert len(read.data["index"]["findings"]) == len(json.loads((FIXTURES / "expected.json").read_text())["findings"])


# How it behaves


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = _chromium()
    if executable is None:
        pytest.skip("no Chromium on the PATH, nor in CHROMIUM")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Opened:
    """A page in the browser, with what it asked for and complained of."""

    def __init__(self, browser: Any, file: Path, width: int = 1440, **options: Any) -> None:
        self.file = file
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))

    def go(self, view: str = "") -> Any:
        self.page.goto(f"{self.file.as_uri()}#{view}")
        return self.page

    def messages(self) -> list[str]:
        return [
            re.sub(r"^(error|warning|note):\s*", "", text) for text in self.page.locator(".message").all_inner_texts()
        ]

    def close(self) -> None:
        self.context.close()
        assert self.complaints == []
        assert {url.partition("#")[0] for url in self.requests} <= {self.file.as_uri(), "data:,"}


Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a report; at the end nothing may have gone wrong, and no request may have left the page."""
    pages: list[Opened] = []

    def open_report(
        report: Report = REPORT, lines: Callable[[Location], Sequence[str] | None] = lines, **options: Any
    ) -> Opened:
        file = tmp_path / "report.html"
        file.write_text(rendered(report, lines), encoding="utf-8")
        pages.append(Opened(browser, file, **options))
        return pages[-1]

    yield open_report
    for each in pages:
        each.close()


def test_hostile_text_is_inert(opened: Open) -> None:
    report = opened()
    tab = report.go("findings?f=0")
    assert tab.locator("#detail mark.fault").inner_text() == (
        "</script><script>hacked=1</script><img src=x onerror=hacked=1> \\u202egnitirw\\u202c \\u0007 \\u200bend"
    )
    report.go("copies")
    report.go("overview")
    assert tab.evaluate("typeof hacked") == "undefined"
    assert tab.locator("img").count() == 0


def test_findings_are_filtered_searched_and_sorted(opened: Open) -> None:
    report = opened()
    tab = report.go("findings")
    assert len(report.messages()) == 5
    tab.get_by_text("warnings", exact=True).click()
    assert report.messages() == ["Space before “,”", "Near-duplicate: 80 % alike"]
    tab.select_option("#sort", "severity")
    assert report.messages() == ["Near-duplicate: 80 % alike", "Space before “,”"]
    tab.click("#clear")
    tab.fill("#query", "GARROW fish")
    tab.locator("#shown", has_text="1 of 5 findings").wait_for()
    assert report.messages() == ["Fish"]
    assert "q=GARROW+fish" in tab.url
    tab.fill("#query", "nothing like it")
    tab.locator("#shown", has_text="0 of 5 findings").wait_for()
    assert "Nothing fits" in tab.inner_text("#detail")
    report.go("overview")
    tab.get_by_role("link", name="wire", exact=True).click()
    assert report.messages() == ["Fragment: “added.”"]
    assert tab.inner_text("#detail .place").startswith("wire/july.jsonl:7:1")
    report.go("findings?kind=safe")
    assert report.messages() == ["Space before “,”"]


def test_a_copy_is_read_beside_its_original(opened: Open) -> None:
    report = opened()
    tab = report.go("copies")
    assert "2 documents 1 near-copy" in tab.inner_text(".group h2")
    tab.get_by_role("link", name="80 % alike").click()
    rows = tab.locator(".compare .row:not(.head)")
    sides = [[side.inner_text() for side in row.locator(".side").all()] for row in rows.all()]
    starts = [["Lighthouse", "Lighthouse"], ["The last", "The last"], [None, "The minister"], ["Their", "Their"]]
    for side, start in zip(sides, starts, strict=False):
        for text, words in zip(side, start, strict=True):
            assert words is None or words in text
    same = rows.nth(1).locator("mark.same").all_inner_texts()
    assert same[0] == "The last two keepers of the lighthouse on Garrow Point"
    assert same[1].strip() == "their keys on Tuesday morning."
    own = rows.nth(1).locator("span.own").all_inner_texts()
    assert [text.strip() for text in own] == ["handed over", "gave up"]
    tab.get_by_label("mark what differs instead").check()
    assert tab.locator(".compare.differences").count() == 1


def test_moved_text_is_found_and_chance_is_not(opened: Open) -> None:
    moved = "Their successor is a lamp that needs no one."
    one = Document("a.txt", f"{moved}\nThe keepers of the lighthouse left the point on Tuesday with all they had.\n")
    two = Document(
        "b.txt",
        f"The keepers of the lighthouse left the point on Tuesday with all they had.\nNobody of us came.\n{moved}\n",
    )
    known = {document.path: [line.text for line in document.lines] for document in (one, two)}
    pair = finding(whole(two), "DUP001 near-duplicate", ERROR, related=[RelatedPlace("first", whole(one))])
    tab = opened(REPORT._replace(findings=[pair]), lambda location: known[location.path]).go("findings")
    assert tab.locator("mark.moved:not(.key *)").all_inner_texts() == [moved, moved]
    assert "Nobody of us came." in tab.locator(".compare span.own").all_inner_texts()


def test_everything_can_be_reached_from_the_keyboard(opened: Open) -> None:
    report = opened()
    tab = report.go("findings")
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "query"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") == "list"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    chosen = tab.get_attribute("#list", "aria-activedescendant")
    assert tab.get_attribute(f"#{chosen}", "aria-selected") == "true"
    assert tab.locator("[role=option][aria-selected=true]").count() == 1
    assert tab.get_attribute(f"#{chosen}", "aria-posinset") == "3"
    assert tab.inner_text("#detail h2") == "Near-duplicate: 80 % alike"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "detail"
    while tab.evaluate("document.activeElement.className") != "rule-name":
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.locator("dialog[open] h2").inner_text() == "near-duplicate"
    tab.keyboard.press("Escape")
    assert tab.locator("dialog[open]").count() == 0
    assert tab.evaluate("document.activeElement.className") == "rule-name"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") == "list"
    tab.keyboard.press("End")
    tab.keyboard.press("Enter")
    tab.click(".rule-name")
    assert "Finds !!" in tab.inner_text("dialog .page")


def test_the_system_chooses_dark_or_light_and_so_may_the_reader(opened: Open) -> None:
    report = opened(color_scheme="dark")
    tab = report.go()
    background = "getComputedStyle(document.body).backgroundColor"
    assert tab.evaluate(background) == "rgb(22, 24, 27)"
    tab.get_by_role("button", name="Light").click()
    assert tab.evaluate(background) == "rgb(253, 252, 249)"
    tab.reload()
    assert tab.evaluate(background) == "rgb(253, 252, 249)"


def test_a_phone_shows_the_list_or_a_finding(opened: Open) -> None:
    report = opened(width=390)
    tab = report.go("findings")
    assert tab.locator("#detail").is_hidden()
    tab.get_by_text("Near-duplicate: 80 % alike").first.click()
    assert tab.locator("#detail h2").is_visible()
    assert tab.locator("#list").is_hidden()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.go_back()
    assert tab.locator("#list").is_visible()
    for view in ("overview", "copies", "rules"):
        report.go(view)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_place_without_its_text_says_so(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "TOTAL", 0)
    report = opened()
    tab = report.go("findings?f=0")
    assert "does not hold the text" in tab.inner_text("#detail")
    report.go("findings?f=2")
    assert "cannot be shown side by side" in tab.inner_text("#detail")
    report.go("overview")
    assert "no room for the texts of 3 documents" in tab.inner_text("#view-overview")


def test_paper_gets_the_whole_list(opened: Open) -> None:
    findings = [finding(place(COPY, "minister"), "TRA003 untranslated-words", message=f"No. {n}") for n in range(300)]
    report = opened(REPORT._replace(findings=findings))
    tab = report.go("findings")
    assert tab.locator(".finding").count() < 60
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.locator(".finding").count() == 300
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.locator(".finding").count() < 60


def test_links_open_the_file_or_what_the_reader_says(opened: Open) -> None:
    report = opened()
    tab = report.go("findings?f=3")
    link = tab.locator("#detail .place a")
    assert link.get_attribute("href") == "./coast/garrow.txt"
    tab.click("#opener summary")
    tab.fill("#address", "vscode://file/home/{path}:{line}:{column}")
    tab.keyboard.press("Tab")
    assert link.get_attribute("href") == "vscode://file/home/coast/garrow.txt:7:100"
    tab.fill("#address", "javascript://x%0aalert(1)")
    tab.keyboard.press("Tab")
    assert link.get_attribute("href") == "./coast/garrow.txt"


WORDS = ("harbour", "board", "fish", "hall", "last", "auction", "March", "people", "work", "crane", "slipway", "buyers")


@lru_cache(maxsize=16)
def story(number: int) -> Document:
    body = "\n\n".join(" ".join(WORDS[(number * word + row + word) % 12] for word in range(60)) for row in range(7))
    return Document(f"news/{number % 40:02}/story-{number:05}.txt", f"Story {number}\n\n{body}.\n")


def many(number: int) -> Iterable[Finding]:
    for index in range(number):
        document = story(index // 4)
        if index % 12 == 3:
            other = story(index // 4 // 2)
            related = [RelatedPlace("first", whole(other))]
            yield finding(whole(document), "DUP001 near-duplicate", ERROR, f"Like {other.path}", related=related)
        else:
            start = 40 + index % 400
            yield finding(
                document.location(Span(start, start + 5)), "TRA002 orphan-punctuation", message=f"No. {index}"
            )


def test_ten_thousand_findings_open_at_once(opened: Open) -> None:
    report = opened(
        REPORT._replace(findings=list(many(10_000))),
        lambda location: [line.text for line in story(int(location.path[-9:-4])).lines],
    )
    start = time.monotonic()
    tab = report.go("findings")
    tab.locator(".finding").first.wait_for()
    assert time.monotonic() - start < 2
    assert tab.locator(".finding").count() < 60
    tab.focus("#list")
    tab.keyboard.press("End")
    assert tab.inner_text("#detail h2") == f"Like {story(1249).path}"
    start = time.monotonic()
    tab.fill("#query", "no. 77 story-0193")
    tab.locator("#shown", has_text="of 10,000 findings").wait_for()
    assert time.monotonic() - start < 2
    report.go("copies")
    tab.locator(".group").first.wait_for()
