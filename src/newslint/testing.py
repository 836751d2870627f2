r"""The public kit with which any rule, built in or not, is tested from the cases beside it.

A rule ``my_rule.py`` has its cases in ``my_rule.toml``::

    [[pass]]
    why = "an article about newsletters is not an invitation to one"
    language = "fr"
    text = "Le quotidien relance sa lettre du matin."

    [[fail]]
    why = "the plain case"
    language = "fr"
    text = '''
    Le maire a démissionné.
    ⟦Lire aussi : Trois noms pour une mairie⟧
    '''
    fixed = "Le maire a démissionné.\n"

``⟦ ⟧`` marks what each finding must cover, exactly and completely; ``⟪ ⟫``, where there are any, the related places.
Optional keys: ``message`` (each finding's message must contain it), ``severity``, ``format`` (``markdown``),
``options``, ``fixed`` (the text after the fixes) and, for rules over several documents, ``documents`` (path to text) in
place of ``text``. A text's first line end is dropped, so that a case can start on a line of its own.

In pytest::

    @pytest.mark.parametrize("case", cases_of(MyRule), ids=str)
    def test_case(case):
        case.run()
"""

import re
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from newslint.document import Document
from newslint.fix import apply as apply_edits
from newslint.model import Fix, Hit, Severity, Span
from newslint.rule import CorpusRule, DocumentRule, InMemory, Rule, did_you_mean

MARK = re.compile("[⟦⟧⟪⟫]")
FORMATS = ("text", "markdown")
KEYS = {"why", "language", "text", "documents", "format", "options", "fixed", "message", "severity"}


class CaseError(Exception):
    """The case itself is malformed: an unknown key, an unclosed mark."""


class Case(NamedTuple):
    """One case of a rule, ready to run."""

    rule: type[Rule]
    why: str
    fails: bool
    language: str | None
    texts: Mapping[str, str]
    format: str
    options: Mapping[str, object]
    fixed: str | None
    message: str | None
    severity: Severity | None

    def __str__(self) -> str:
        return f"{self.rule.name}-{'fail' if self.fails else 'pass'}-{self.why}"

    def run(self) -> None:
        """Check the case.

        Raises:
            AssertionError: the rule found something else than is marked; the message shows both.
        """
        marked = {path: unmark(text) for path, text in self.texts.items()}
        documents = [
            make_document(text, path=path, language=self.language, format=self.format)
            for path, (text, _, _) in sorted(marked.items())
        ]
        hits = check(self.rule(self.options), documents)
        expected = sorted((path, span) for path, (_, spans, _) in marked.items() for span in spans)
        found = sorted((documents[hit.document or 0].path, hit.span) for hit in hits)
        assert found == expected, self._difference(documents, expected, found)
        related = sorted((path, span) for path, (_, _, spans) in marked.items() for span in spans)
        if related:
            places = {
                (documents[(hit.document or 0) if place.document is None else place.document].path, place.span)
                for hit in hits
                for place in hit.related
            }
            assert sorted(places) == related, self._difference(documents, related, sorted(places))
        for hit in hits:
            assert self.message is None or self.message in hit.message, f"{self}: message is {hit.message!r}"
            severity = hit.severity or self.rule.severity
            assert self.severity in (None, severity), f"{self}: severity is {severity.label}"
        if self.fixed is not None:
            fixes = [hit.fix for hit in hits if hit.fix is not None and hit.document in (None, 0)]
            text = apply(documents[0].source, fixes)
            assert text == self.fixed, f"{self}: fixed text is\n{text!r}\nnot\n{self.fixed!r}"

    def _difference(
        self, documents: Sequence[Document], expected: Sequence[tuple[str, Span]], found: Sequence[tuple[str, Span]]
    ) -> str:
        sources = {document.path: document.source for document in documents}

        def show(places: Sequence[tuple[str, Span]]) -> str:
            return "".join(f"\n  {path}:{a}-{b} {sources[path][a:b]!r}" for path, (a, b) in places) or " nothing"

        return f"{self}\nexpected:{show(expected)}\nfound:{show(found)}"


def cases_of(rule: type[Rule]) -> list[Case]:
    """The cases in the TOML file beside the rule's module.

    Raises:
        CaseError: a case is malformed.
        FileNotFoundError: there is no such file.
    """
    import tomllib

    path = Path(sys.modules[rule.__module__].__file__ or "").with_suffix(".toml")
    with path.open("rb") as file:
        tables = tomllib.load(file)
    if set(tables) - {"pass", "fail"}:
        raise CaseError(f"{path}: only [[pass]] and [[fail]] are known, not {sorted(tables)}")
    return [_case(rule, kind == "fail", entry, path) for kind in ("pass", "fail") for entry in tables.get(kind, [])]


def _case(rule: type[Rule], fails: bool, entry: Mapping[str, Any], path: Path) -> Case:
    if entry.get("format", "text") not in FORMATS:
        raise CaseError(f"{path}: {entry.get('why')!r}: format is one of {', '.join(FORMATS)}")
    for key in sorted(set(entry) - KEYS):
        known = did_you_mean(key, KEYS) or f": use {', '.join(sorted(KEYS))}"
        raise CaseError(f"{path}: {entry.get('why')!r}: a case has no key {key!r}{known}")
    if "why" not in entry or ("text" in entry) == ("documents" in entry):
        raise CaseError(f"{path}: {entry.get('why')!r}: a case has `why`, and either `text` or `documents`")
    texts = dict(entry["documents"]) if "documents" in entry else {"case.txt": entry["text"]}
    marked = any(unmark(text)[1] for text in texts.values())
    if marked != fails:
        raise CaseError(f"{path}: {entry['why']!r} {'marks nothing' if fails else 'marks a passage'}")
    severity = Severity.parse(entry["severity"]) if "severity" in entry else None
    return Case(
        rule, entry["why"], fails, entry.get("language"), texts, entry.get("format", "text"),
        entry.get("options", {}), entry.get("fixed"), entry.get("message"), severity,
    )  # fmt: skip


def unmark(text: str) -> tuple[str, list[Span], list[Span]]:
    """Take the marks out of a text: the text, the spans that ``⟦ ⟧`` marked, those that ``⟪ ⟫`` marked.

    Raises:
        CaseError: a mark is not closed or not opened.
    """
    opened: list[tuple[str, int]] = []
    spans: dict[str, list[Span]] = {"⟦": [], "⟪": []}
    removed = 0
    for mark in MARK.finditer(text):
        offset = mark.start() - removed
        removed += 1
        if mark.group() in spans:
            opened.append((mark.group(), offset))
            continue
        opener = "⟦" if mark.group() == "⟧" else "⟪"
        place = next((n for n in reversed(range(len(opened))) if opened[n][0] == opener), None)
        if place is None:
            raise CaseError(f"{mark.group()} closes nothing in {text!r}")
        spans[opener].append(Span(opened.pop(place)[1], offset))
    if opened:
        raise CaseError(f"{opened[0][0]} is never closed in {text!r}")
    return MARK.sub("", text), sorted(spans["⟦"]), sorted(spans["⟪"])


def make_document(text: str, *, path: str = "case.txt", language: str | None = None, format: str = "text") -> Document:
    """A document as the reader of ``format`` (``text`` or ``markdown``) would make it from a file of that text."""
    if format == "markdown":
        from newslint.readers.markdown import markdown_document

        return markdown_document(path, text, language=language)
    return Document(path, text, language=language)


def check(rule: Rule, documents: Sequence[Document]) -> list[Hit]:
    """All hits of one rule over some documents, each with its ``document`` number, sorted by place."""
    hits: list[Hit] = []
    if isinstance(rule, DocumentRule):
        for number, document in enumerate(documents):
            hits += (hit._replace(document=number) for hit in rule.check(document))
    if isinstance(rule, CorpusRule):
        columns = {feature.name: feature().columns(documents) for feature in rule.features}
        compared = list(rule.settle(rule.match(columns), InMemory(documents)))
        assert all(hit.document is not None for hit in compared), "a corpus rule's hit must name its document"
        hits += compared
    for hit in hits:
        documents[hit.document or 0].location(hit.span)
    return sorted(hits, key=lambda hit: (hit.document or 0, hit.span, hit.message))


def apply(source: str, fixes: Sequence[Fix]) -> str:
    """The text with the fixes' edits made.

    Raises:
        AssertionError: two edits overlap.
    """
    edits = sorted({edit for fix in fixes for edit in fix.edits})
    for (before, _), (after, _) in pairwise(edits):
        assert after.start >= before.end, f"edits overlap at {after.start}"
    return apply_edits(source, edits)
