"""The engine: same answer for any number of workers, and no rule can take the others down."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest

from newslint.config import Resolver
from newslint.discover import discover
from newslint.document import Document
from newslint.engine import examine, settle
from newslint.engine.plan import make_plan
from newslint.engine.run import Outcome, run
from newslint.model import Hit, Span
from newslint.plugins import Plugin, Registry, RuleRef, load_plugins
from newslint.rule import Columns, CorpusRule, DocumentRule, Documents, Feature, Option, OptionError, Rule


class Raises(DocumentRule):
    """Raises on some documents."""

    code, name = "TST001", "raises"

    def check(self, document: Document) -> Iterable[Hit]:
        yield Hit(Span(0, 1), "found before the fall")
        if "boum" in document.text:
            raise RuntimeError("boum\nboum")


class Nonsense(DocumentRule):
    """Marks what is not there."""

    code, name = "TST002", "nonsense"

    def check(self, document: Document) -> Iterable[Hit]:
        yield Hit(Span(5, 10_000), "outside")


class First(DocumentRule):
    """Marks the first character."""

    code, name = "TST003", "first"
    width = Option(1, "how many characters", minimum=1, maximum=3)

    def check(self, document: Document) -> Iterable[Hit]:
        yield Hit(Span(0, self.width), "first")


class Lengths(Feature):
    """The length of a document."""

    name = "lengths"
    typecodes: ClassVar[Mapping[str, str]] = {"length": "Q"}

    def rows(self, document: Document) -> Mapping[str, Iterable[int]]:
        return {"length": [len(document.text)]}


class SameLength(CorpusRule):
    """Documents of one length."""

    code, name = "TST004", "same-length"
    features = (Lengths,)

    def match(self, columns: Mapping[str, Columns]) -> Iterable[tuple[int, int]]:
        lengths = columns["lengths"]["length"]
        return [(a, b) for b in range(len(lengths)) for a in range(b) if lengths[a] == lengths[b]]

    def settle(self, candidates: Iterable[Any], documents: Documents) -> Iterator[Hit]:
        for _, later in candidates:
            yield Hit(Span(0, len(documents[later].text)), "as long as another", document=later)


class Endless(DocumentRule):
    """Never comes to an end."""

    code, name = "TST005", "endless"

    def check(self, document: Document) -> Iterable[Hit]:
        while True:
            yield Hit(Span(0, 1), "again")


class EndlessPairs(SameLength):
    """Never comes to an end either."""

    code, name = "TST006", "endless-pairs"

    def settle(self, candidates: Iterable[Any], documents: Documents) -> Iterator[Hit]:
        while True:
            yield Hit(Span(0, 1), "again", document=0)


HERE = __name__
RULES: tuple[type[Rule], ...] = (Raises, Nonsense, First, SameLength, Endless, EndlessPairs)
OWN = Plugin("tests", "0", tuple(RuleRef(c.code, c.name, f"{HERE}:{c.__name__}") for c in RULES), (), ())


@pytest.fixture
def lint(tmp_path: Path) -> Any:
    def run_on(texts: Mapping[str, str], configuration: str) -> Outcome:
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "newslint.toml").write_text(configuration, encoding="utf-8")
        registry = Registry([*load_plugins().plugins, OWN])
        resolver = Resolver(tmp_path)
        sources = discover([str(tmp_path)], resolver, registry.readers, lambda _: None)
        plan, tasks = make_plan(resolver.root, sources, registry)
        return run(plan, tasks, registry, 1)

    return run_on


def test_a_rule_that_raises_costs_its_own_findings_there(lint: Any) -> None:
    outcome = lint({"a.txt": "boum", "b.txt": "calme"}, "select = ['raises', 'first']")
    assert [(Path(f.location.path).name, f.name) for f in outcome.findings] == [
        ("a.txt", "first"), ("b.txt", "raises"), ("b.txt", "first"),
    ]  # fmt: skip
    (problem,) = outcome.problems
    assert problem.rule == "raises"
    assert Path(problem.path).name == "a.txt"
    assert "RuntimeError: boum boum" in problem.message


def test_a_span_outside_the_document_is_a_problem_of_its_rule(lint: Any) -> None:
    outcome = lint({"a.txt": "court"}, "select = ['nonsense', 'first']")
    assert [f.name for f in outcome.findings] == ["first"]
    assert [p.rule for p in outcome.problems] == ["nonsense"]


def test_a_rule_without_end_is_stopped(lint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (examine, settle):
        monkeypatch.setattr(module, "MOST", 50)
    outcome = lint({"a.txt": "abc", "b.txt": "xyz"}, "select = ['endless', 'endless-pairs', 'first']")
    assert [f.name for f in outcome.findings if f.name == "first"] == ["first", "first"]
    told = [(p.rule, "more than" in p.message) for p in outcome.problems]
    assert told == [("endless-pairs", True), ("endless", True), ("endless", True)]


def test_a_corpus_rule_compares_documents(lint: Any) -> None:
    outcome = lint({"a.txt": "abc", "b.txt": "xyz", "c.txt": "long one"}, "select = ['same-length']")
    assert [Path(f.location.path).name for f in outcome.findings] == ["b.txt"]


def test_options_and_severities(lint: Any) -> None:
    outcome = lint({"a.txt": "abc"}, "select = ['first']\n[severity]\nTST003 = 'error'\n[rules.first]\nwidth = 2")
    (finding,) = outcome.findings
    assert (finding.severity.label, finding.location.end.column) == ("error", 3)


def test_per_file_ignores_keep_the_other_side(lint: Any) -> None:
    ignores = "select = ['same-length', 'first']\n[per-file-ignores]\n"
    outcome = lint({"a.txt": "abc", "b.txt": "xyz"}, ignores + "'a.txt' = ['ALL']")
    assert [(Path(f.location.path).name, f.name) for f in outcome.findings] == [
        ("b.txt", "first"),
        ("b.txt", "same-length"),
    ]


def test_columns_join_and_slice() -> None:
    parts = [
        Columns(array("Q", [0, 2, 2]), {"n": array("I", [1, 2])}),
        Columns(array("Q", [0, 1]), {"n": array("I", [3])}),
    ]
    joined = Columns.empty({"n": "I"})
    for part in parts:
        joined.extend(part)
    assert len(joined) == 3
    assert [list(joined["n"][joined.rows(i).start : joined.rows(i).stop]) for i in range(3)] == [[1, 2], [], [3]]
    tail = joined.slice(1, 3)
    assert (list(tail.offsets), list(tail["n"])) == ([0, 0, 1], [3])


@pytest.mark.parametrize(
    ("value", "message"), [("x", "takes a int"), (True, "takes a int"), (0, "between 1 and 3"), (4, "between 1 and 3")]
)
def test_a_wrong_option_says_what_fits(value: object, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        First({"width": value})


def test_an_unknown_option_gets_a_suggestion() -> None:
    with pytest.raises(OptionError, match="did you mean 'width'"):
        First({"widht": 1})


def test_findings_that_fill_memory_go_to_disk_and_come_back_in_order(
    lint: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"{number:02}.txt": "abc" for number in range(20)}
    whole = list(lint(texts, "select = ['first', 'same-length']").findings)
    monkeypatch.setattr("newslint.engine.store.IN_MEMORY", 7)
    monkeypatch.setattr("newslint.engine.store.CHUNK", 2)
    spilled = lint(texts, "select = ['first', 'same-length']").findings
    assert len(whole) == len(spilled) == 20 + 190
    assert list(spilled) == whole
    assert list(spilled) == whole, "a second reader sees the same"
