"""Plugins that misbehave: they are named, the run ends with 2, and what all others found is there."""

import json
from pathlib import Path

import pytest

from conftest import LINK, Run
from test_plugins import install

HEAD = """
import os
import sys

from newslint.model import *
from newslint.rule import *

GOOD = Hit(Span(0, 2), "found")
"""

#: What a rule does in ``check``, and what is told of it. Each becomes a local rule of its own.
RULES = {
    "raises": ('raise ValueError("no\\nluck")', "ValueError: no luck (misfits.py:"),
    "raises-midway": ('yield GOOD; raise ValueError("late")', "ValueError: late"),
    "exits": ("sys.exit(0)", "SystemExit: 0"),
    "stray": ("class Odd(BaseException): pass\n        raise Odd", "Odd"),
    "closes": ("raise GeneratorExit", "GeneratorExit"),
    "speechless": (
        "class Mute(Exception):\n            def __str__(self): raise ValueError\n        raise Mute",
        "Mute: it has no message",
    ),
    "recurses": ("self.check(document).__next__()\n        yield", "RecursionError"),
    "nothing": ("return None", "TypeError"),
    "number": ("yield 3", "TypeError: it gave 3, not a Hit"),
    "outside": ("yield Hit(Span(0, 10**6), 'x')", "ValueError: a hit's span is 0-1000000, the document 0-"),
    "negative": ("yield Hit(Span(-3, 1), 'x')", "ValueError: a hit's span is -3-1"),
    "backwards": ("yield Hit(Span(5, 2), 'x')", "ValueError: a hit's span is 5-2"),
    "floats": ("yield Hit(Span(0.0, 1.0), 'x')", "TypeError: a hit's span has 0.0, not a whole number"),
    "no-span": ("yield Hit('abc', 'x')", "TypeError: a hit's span is 'abc', not a Span"),
    "bytes-message": ("yield Hit(Span(0, 1), b'x')", "TypeError: a hit's message is b'x', not a text"),
    "no-help": ("yield Hit(Span(0, 1), 'x', None)", "TypeError: a hit's help is None"),
    "loud": ("yield Hit(Span(0, 1), 'x', severity='loud')", "TypeError: a hit's severity is 'loud'"),
    "key": ("yield Hit(Span(0, 1), 'x', key=7)", "TypeError: a hit's key is 7"),
    "related": ("yield Hit(Span(0, 1), 'x', related=[('x', Span(0, 1))])", "not a Place"),
    "far-place": ("yield Hit(Span(0, 1), 'x', related=(Place('y', Span(0, 10**6)),))", "ValueError: span 0-1000000"),
    "no-fix": ("yield Hit(Span(0, 1), 'x', fix='drop')", "TypeError: a hit's fix is 'drop', not a Fix"),
    "no-edits": ("yield Hit(Span(0, 1), 'x', fix=Fix(Applicability.SAFE, ()))", "ValueError: a fix has no edits"),
    "sure": ("yield Hit(Span(0, 1), 'x', fix=Fix('sure', (Edit(Span(0, 1), ''),)))", "'sure' is not a valid"),
    "edit-outside": (
        "yield Hit(Span(0, 1), 'x', fix=Fix(Applicability.SAFE, (Edit(Span(0, 10**6), ''),)))",
        "ValueError: an edit is 0-1000000",
    ),
    "overlap": (
        "yield Hit(Span(0, 1), 'x', fix=Fix(Applicability.SAFE, (Edit(Span(0, 3), ''), Edit(Span(2, 4), ''))))",
        "ValueError: the edits of a fix overlap at 2",
    ),
    "replaces": (
        "yield Hit(Span(0, 1), 'x', fix=Fix(Applicability.SAFE, (Edit(Span(0, 3), None),)))",
        "TypeError: an edit's replacement is None",
    ),
    "deep": ("d = []; [d := [d] for _ in range(99)]; yield Hit(Span(0, 1), 'x', data={'d': d})", "nested deeper"),
    "astronomer": ("yield Hit(Span(0, 1), 'x', data={'n': 10**5000})", "a number of 16610 bits"),
    "rewrites": ("document.source = document.text = 'gone'; return []", "TypeError: it changed the document"),
    "forgets": ("document.__dict__.clear(); return []", "TypeError: it changed the document"),
}

#: Odd, but nothing that anybody would have to hear of.
FINE = {
    "printing": "print('PRINTED'); os.system('echo CALLED'); yield GOOD",
    "surrogate": "yield Hit(Span(0, 1), 'half of \\udc80 a pair', 'and \\x1b[2J \\u202e', data={'x': '\\ud800'})",
    "not-a-number": "yield Hit(Span(0, 1), 'x', data={'n': float('nan')})",
    "lists": "yield Hit([0, 1], 'x', related=[Place('y', (0, 1))], fix=Fix('safe', [Edit((0, 1), 'L')]))",
}


def class_of(number: int, name: str, body: str) -> str:
    return (
        f"\n\nclass Rule{number}(DocumentRule):\n    code, name = 'MIS{number:03}', '{name}'\n\n"
        f"    def check(self, document):\n        {body}\n"
    )


@pytest.fixture
def misfits(tmp_path: Path) -> Path:
    """A folder with one article, and a configuration with all the rules."""
    bodies = {name: body for name, (body, _) in RULES.items()} | FINE
    source = "".join(class_of(number, *item) for number, item in enumerate(bodies.items()))
    (tmp_path / "misfits.py").write_text(HEAD + source, encoding="utf-8")
    (tmp_path / "newslint.toml").write_text('local-rules = ["misfits.py"]\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text(LINK, encoding="utf-8")
    return tmp_path


def test_a_rule_costs_its_own_findings_whatever_it_does(newslint: Run, misfits: Path) -> None:
    (misfits / "b.txt").write_text("Le conseil a voté.\n", encoding="utf-8")
    reports = []
    for jobs in "12":
        result = newslint(".", "-j", jobs, "--output-format", "json")
        assert result.status == 2
        reports.append(result.report)
    report = reports[0]
    assert reports[1] == report
    assert {name for path, _, name in result.found() if path == "a.txt"} == {"cross-reference", *FINE}
    told = {(error["path"], error["rule"]): error["message"] for error in report["errors"]}
    assert set(told) == {(path, rule) for path in ("a.txt", "b.txt") for rule in RULES}
    for rule, (_, message) in RULES.items():
        assert message in told["a.txt", rule], rule
        assert told["a.txt", rule].startswith(f"rule {rule} raised ")
    assert "PRINTED" in result.err
    assert "CALLED" in result.err


def test_what_survives_goes_through_every_format(newslint: Run, misfits: Path) -> None:
    formats = [
        "full",
        "concise",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "rdjson",
        "rdjsonl",
        "markdown",
        "html",
    ]
    result = newslint("a.txt", *(f"--output-format={name}:report.{name}" for name in formats))
    assert result.status == 2
    for name in formats:
        assert "half of " in (misfits / f"report.{name}").read_text(encoding="utf-8"), name


CORPUS = """

class Ones(Feature):
    name, typecodes = "ones", {"one": "Q"}

    def rows(self, document):
        return {"one": [1]}


class Odd(Ones):
    name = "odd"

    def rows(self, document):
        if "Lire" in document.text:
            raise SystemExit(0)
        return {"one": [1]}


class Lists(Ones):
    name = "lists"

    def columns(self, documents):
        return Columns([0, *range(1, 1 + len(list(documents)))], {"one": [1]})


class Base(CorpusRule):
    features = (Ones,)

    def match(self, columns):
        return range(len(columns["ones"]))

    def settle(self, candidates, documents):
        for number in candidates:
            yield Hit(Span(0, 1), "seen", document=number)


def work(documents, item):
    class Local(Exception):
        def __init__(self, one, two):
            super().__init__("lost")
    raise Local(1, 2)
"""
#: What is different in a rule that compares, and what is told of it.
COMPARING = {
    "fine": ("pass", None),
    "match-raises": ("def match(self, columns): raise BaseException('m')", "BaseException: m"),
    "settle-raises": ("def settle(self, candidates, documents): yield from [1 / 0]", "ZeroDivisionError"),
    "nobody": ("def settle(self, c, documents): yield Hit(Span(0, 1), 'x')", "must name its document"),
    "from-behind": ("def settle(self, c, documents): yield Hit(Span(0, 1), 'x', document=-1)", "no document -1"),
    "beyond": ("def settle(self, c, documents): yield Hit(Span(0, 1), 'x', document=99)", "no document 99"),
    "twin-from-behind": (
        "def settle(self, c, documents): yield Hit(Span(0, 1), 'x', related=(Place('y', Span(0, 1), -1),), document=0)",
        "no document -1",
    ),
    "working": (
        "def settle(self, c, documents): yield from documents.map(work, [1, 2], lambda item: [0])",
        "Local: lost (comparing.py:",
    ),
    "odd-feature": ("features = (Ones, Odd)", None),
    "list-feature": ("features = (Ones, Lists)", None),
}


def test_a_rule_that_compares_costs_its_own_findings_too(newslint: Run, tmp_path: Path) -> None:
    source = "".join(
        f"\n\nclass Rule{number}(Base):\n    code, name = 'CMP{number:03}', '{name}'\n    {body}\n"
        for number, (name, (body, _)) in enumerate(COMPARING.items())
    )
    (tmp_path / "comparing.py").write_text(HEAD + CORPUS + source, encoding="utf-8")
    (tmp_path / "newslint.toml").write_text('local-rules = ["comparing.py"]\nselect = ["CMP"]\n', encoding="utf-8")
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(LINK, encoding="utf-8")
    reports = []
    for jobs in "12":
        result = newslint(".", "-j", jobs, "--output-format", "json")
        assert result.status == 2
        reports.append(result.report)
    report = reports[0]
    assert reports[1] == report
    for path in ("a.txt", "b.txt"):
        own = {name for where, _, name in result.found() if where == path}
        assert own >= {"fine", "odd-feature", "list-feature"}
    told = {error["rule"]: error["message"] for error in report["errors"] if "rule" in error}
    for rule, (_, message) in COMPARING.items():
        assert (message is None) == (rule not in told), rule
        assert message is None or message in told[rule], told[rule]
    features = {error["message"].partition(" raised")[0] for error in report["errors"] if "rule" not in error}
    assert features == {"feature odd", "feature lists"}


PLUGIN = """
from newslint.plugins import *

@hookimpl
def newslint_rules():
    return [RuleRef("PLG001", "absent", "nowhere:Rule"), RuleRef("PLG002", "unborn", "misfit_rules:Unborn")]

@hookimpl
def newslint_readers():
    return [ReaderRef(name, (f".{name}",), f"misfit_rules:{name}") for name in READERS]

@hookimpl
def newslint_renderers():
    return [RendererRef("broken", "misfit_rules:render"), RendererRef("quits", "misfit_rules:quits")]

from newslint.document import Document
from newslint.model import Record
from newslint.rule import DocumentRule

class Unborn(DocumentRule):
    code, name = "PLG002", "unborn"
    def __init__(self, values=None): raise RuntimeError("never")
    def check(self, document): return ()

def render(report, stream, options):
    stream.write("BEGUN")
    raise KeyError("half")

def quits(report, stream, options):
    raise SystemExit(0)

def document(**changes):
    made = Document("x", "text")
    vars(made).update(changes)
    return made

READERS = {
    "raising": lambda: 1 / 0,
    "exiting": lambda: (_ for _ in ()).throw(SystemExit(0)),
    "none": lambda: None,
    "strings": lambda: ["text"],
    "bytes": lambda: [document(source=b"abc", text=b"abc")],
    "coded": lambda: [document(encoding="klingon")],
    "tongued": lambda: [document(stated_language=3)],
    "recorded": lambda: [document(record=Record("1", 0))],
    "lost": lambda: [document(path="elsewhere.txt")],
}
for _name, _make in READERS.items():
    globals()[_name] = lambda path, data, language, make=_make: make()
"""


def test_readers_renderers_and_rules_of_a_broken_package(newslint: Run, tmp_path: Path) -> None:
    install(tmp_path / "site", "misfit", PLUGIN)
    install(tmp_path / "site", "worse", "import nowhere_at_all")
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(LINK, encoding="utf-8")
    endings = ["raising", "exiting", "none", "strings", "bytes", "coded", "tongued", "recorded", "lost"]
    for ending in endings:
        (news / f"b.{ending}").write_text("x", encoding="utf-8")
    environment = {"PYTHONPATH": str(tmp_path / "site")}
    result = newslint(
        *("--output-format=broken", "--output-format=quits:quits", "--output-format=json:report"), cwd=news,
        env=environment,
    )  # fmt: skip
    assert result.status == 2
    assert result.out == "BEGUN"
    assert "report format broken raised KeyError: 'half' (misfit_rules.py:" in result.err
    assert "report format quits raised SystemExit: 0" in result.err
    assert not (news / "quits").exists()
    report = json.loads((news / "report").read_text(encoding="utf-8"))
    assert [(f["location"]["path"], f["name"]) for f in report["findings"]] == [("a.txt", "cross-reference")]
    told = {error.get("path", error.get("rule")): error["message"] for error in report["errors"]}
    assert set(told) == {"absent", "unborn", None, *(f"b.{ending}" for ending in endings if ending != "lost")}
    assert "plugin worse (worse_rules) does not load: ModuleNotFoundError" in told[None]
    assert "nowhere" in told["absent"]
    assert "RuntimeError: never" in told["unborn"]
    for ending in endings[:-1]:
        assert "its reader raised" in told[f"b.{ending}"]
    rules = newslint("rules", cwd=news, env=environment)
    assert rules.status == 2
    assert "near-duplicate" in rules.out
    assert "absent" in rules.err
