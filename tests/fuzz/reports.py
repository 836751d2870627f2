"""Target: the report formats, on any findings in any text, and the places that they state."""

import io
import json
import random
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files as resources
from typing import Any

from fuzz import places
from fuzz.shared import profile, registry, rules, word
from newslint.document import Document
from newslint.engine.locate import locate
from newslint.model import (
    Applicability,
    Edit,
    Finding,
    Fix,
    Hit,
    Place,
    Problem,
    Record,
    Severity,
    Span,
    Status,
    Suppression,
)
from newslint.plugins import resolve
from newslint.report import RenderOptions, Report
from newslint.server.positions import Ruler, units

#: What must not reach a terminal or the reader of a report as it is.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def reports(data: bytes) -> None:
    """Each format shows any finding in any text, and a span is the same span in all that state places."""
    report, sources = _report(data)
    for ref in registry().renderers.values():
        stream = io.StringIO()
        document = sources[0]
        options = RenderOptions(len(data) % 2 == 0, 40 + len(data) % 80, _lines(sources))
        resolve(ref.target)(report, stream, options)
        text = stream.getvalue()
        text.encode()
        shown = re.sub("\x1b\\[[0-9;]*m", "", text) if options.color else text
        assert not CONTROLS.search(shown), (ref.name, CONTROLS.search(shown))
        if ref.name in CHECKS:
            CHECKS[ref.name](text, report, document)
    _in_editor(report, sources[0])


def _report(data: bytes) -> tuple[Report, list[Document]]:
    """A report of findings in one text: the text, and by the dice that it seeds, where and what they are."""
    rng = random.Random(data)
    source = data[1:].decode("utf-8", rng.choice(("surrogateescape", "replace", "backslashreplace")))
    source = source.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")
    record = Record(3, 2, word(rng), word(rng)) if rng.random() < 0.1 else None
    document = Document(rng.choice(("a.txt", "/x/é.md", "../b%20:,.txt", word(rng))), source, record=record)
    other = Document("b.txt", "Another text.\r\nOf two lines.")

    def span(document: Document) -> Span:
        start = rng.randint(0, len(document.source))
        end = start + rng.choice((0, 1, 2, 9, 10**6))
        return Span(start, min(end, len(document.source)))

    findings = []
    for _ in range(rng.randint(1, 4)):
        rule = rng.choice(rules())
        edits = sorted({span(document) for _ in range(rng.randint(0, 2))})
        fix = Fix(rng.choice(list(Applicability)), tuple(Edit(each, word(rng)) for each in edits)) if edits else None
        related = tuple(Place(word(rng), span(document)) for _ in range(rng.randint(0, 2)))
        hit = Hit(
            span(document), word(rng) or "?", word(rng), rng.choice((None, *Severity)), related, fix,
            {word(rng): rng.choice((1, 0.5, float("nan"), None, [word(rng)], {"a": word(rng)}))}, word(rng),
        )  # fmt: skip
        finding = locate(hit, rule, document, profile())
        status = rng.choice((Status.NEW, Status.NEW, *Status))
        why = Suppression(word(rng), word(rng)) if status is Status.SUPPRESSED else None
        findings.append(finding._replace(status=status, suppression=why))
    problems = [
        Problem(word(rng) or "?", rng.choice((None, word(rng))), rng.choice((None, word(rng))))
    ] * rng.randrange(2)
    report = Report(findings, problems, 1, [("p", "1")], "1.0", lambda: [type(rules()[0])])
    return report, [document, other]


def _lines(sources: Sequence[Document]) -> Callable[[Any], Sequence[str] | None]:
    known = {
        document.path: [row.text.rstrip("\r\n") for row in places.lines_of(document.source)] for document in sources
    }
    return lambda location: known.get(location.path)


def _spans(finding: Finding, document: Document) -> Iterator[tuple[Any, Span]]:
    """Each location of a finding with the span that it was made of."""
    for location in (finding.location, *(each.location for each in finding.related)):
        yield location, places.span_of(places.Place(tuple(location.start), tuple(location.end)), document.source)


def _same(place: places.Place, location: Any, document: Document, *, flat: bool = False) -> None:
    wanted = places.span_of(places.Place(tuple(location.start), tuple(location.end)), document.source)
    if flat:
        wanted = places.flat(wanted, document.source)
    assert places.means(place, wanted, document.source), (place, wanted)


@cache
def _schema() -> Any:
    import jsonschema

    schema = json.loads((resources("newslint.render") / "report.schema.json").read_text("utf-8"))
    return jsonschema.Draft202012Validator(schema)


def _in_json(text: str, report: Report, document: Document) -> None:
    value = json.loads(text)
    _schema().validate(value)
    _in_objects(value["findings"], report, document)


def _in_jsonl(text: str, report: Report, document: Document) -> None:
    values = [json.loads(line) for line in text.split("\n")[:-1]]
    assert [value["type"] for value in values] == (
        ["finding"] * len(list(report.findings)) + ["error"] * len(report.problems) + ["summary"]
    )
    _in_objects([value for value in values if value["type"] == "finding"], report, document)


def _in_objects(values: Sequence[Any], report: Report, document: Document) -> None:
    for value, finding in zip(values, report.findings, strict=True):
        stated = [value["location"], *(each["location"] for each in value["related"])]
        for place, (location, _) in zip(stated, _spans(finding, document), strict=True):
            _same(places.of_json(place), location, document)
        edits = finding.fix.edits if finding.fix else ()
        for each, edit in zip(value["fix"]["edits"] if value["fix"] else (), edits, strict=True):
            _same(places.of_json(each["location"]), edit.location, document)


def _in_sarif(text: str, report: Report, document: Document) -> None:
    (run,) = json.loads(text)["runs"]
    unit = run["columnKind"]
    assert len(run["results"]) == len(list(report.findings))
    by_message = sorted(run["results"], key=lambda each: json.dumps(each["locations"]))
    del by_message
    regions = [
        [each["physicalLocation"]["region"] for each in (*result["locations"], *result.get("relatedLocations", ()))]
        for result in run["results"]
    ]
    wanted = [[location for location, _ in _spans(finding, document)] for finding in report.findings]
    if document.record is None:
        for finding in wanted:
            # Results are ordered by gravity: each finding is some result.
            assert any(
                len(places_) == len(finding)
                and all(
                    places.means(places.of_sarif(place, unit), _span(location, document), document.source)
                    for place, location in zip(places_, finding, strict=True)
                )
                for places_ in regions
            ), (finding, regions)


def _span(location: Any, document: Document) -> Span:
    return places.span_of(places.Place(tuple(location.start), tuple(location.end)), document.source)


def _in_rdjson(text: str, report: Report, document: Document) -> None:
    _in_diagnostics(json.loads(text)["diagnostics"], report, document)


def _in_rdjsonl(text: str, report: Report, document: Document) -> None:
    _in_diagnostics([json.loads(line) for line in text.split("\n")[:-1]], report, document)


def _in_diagnostics(values: Sequence[Any], report: Report, document: Document) -> None:
    new = [finding for finding in report.findings if finding.status is Status.NEW]
    assert len(values) == len(new) + len(report.problems)
    if document.record is None:
        for value, finding in zip(values[len(report.problems) :], new, strict=True):
            _same(places.of_rdjson(value["location"]["range"]), finding.location, document, flat=True)
            edits = finding.fix.edits if finding.fix else ()
            for each, edit in zip(value.get("suggestions", ()), edits, strict=True):
                _same(places.of_rdjson(each["range"]), edit.location, document, flat=True)


def _in_editor(report: Report, document: Document) -> None:
    for encoding, unit in (("utf-16", "utf-16"), ("utf-8", "bytes"), ("utf-32", "points")):
        ruler = Ruler(document.source, units(encoding))
        for finding in report.findings:
            for location, span in _spans(finding, document):
                if location.record is None and not places.is_inside_line_end(document, span):
                    _same(places.of_editor(ruler.range(location), unit), location, document)


def _in_lines(text: str, report: Report, document: Document) -> None:
    new = [finding for finding in report.findings if finding.status is Status.NEW]
    assert text.count("\n") >= len(new) + len(report.problems)


def _in_gitlab(text: str, report: Report, document: Document) -> None:
    entries = json.loads(text)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert 1 <= entry["location"]["lines"]["begin"] <= entry["location"]["lines"]["end"]


def _in_github(text: str, report: Report, document: Document) -> None:
    for line in text.split("\n")[:-1]:
        assert re.match(r"::(error|warning|notice) [^:\r\n]*::[^\r\n]+$", line), line


def _in_junit(text: str, report: Report, document: Document) -> None:
    del report, document
    ElementTree.fromstring(text)


CHECKS: Mapping[str, Callable[[str, Report, Document], None]] = {
    "json": _in_json, "jsonl": _in_jsonl, "sarif": _in_sarif, "rdjson": _in_rdjson, "rdjsonl": _in_rdjsonl,
    "concise": _in_lines, "gitlab": _in_gitlab, "github": _in_github, "junit": _in_junit,
}  # fmt: skip
