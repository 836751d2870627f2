"""Every rule runs its own cases, and says about itself what a page needs."""

import re
from pathlib import Path

import pytest

from newslint.plugins import Registry, load_plugins
from newslint.rule import Rule
from newslint.testing import Case, CaseError, cases_of, check, make_document, unmark

REGISTRY: Registry = load_plugins()
RULES: list[type[Rule]] = [REGISTRY.load(ref) for ref in REGISTRY.rules if ref.target.startswith("newslint_rules.")]


@pytest.mark.parametrize("case", [case for rule in RULES for case in cases_of(rule)], ids=str)
def test_case(case: Case) -> None:
    case.run()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
class TestEveryRule:
    def test_has_cases_of_both_kinds(self, rule: type[Rule]) -> None:
        assert {case.fails for case in cases_of(rule)} == {True, False}

    def test_page_has_its_parts(self, rule: type[Rule]) -> None:
        page = rule.__doc__ or ""
        for part in ("## What it does", "## Why is this bad", "## Example"):
            assert part in page
        assert re.match(r"[A-Z].*\.\n", page), "the first line is a sentence"

    def test_options_say_what_they_do(self, rule: type[Rule]) -> None:
        for option in rule.options().values():
            assert option.help
            assert option.check(option.default) == option.default

    def test_silent_on_nothing(self, rule: type[Rule]) -> None:
        for text in ("", "\n", " \n\n", "\r\n\r\n"):
            assert rule.name == "trailing-space" or check(rule(), [make_document(text)]) == []


def test_kit_marks() -> None:
    assert unmark("a⟦b⟪c⟫⟧d") == ("abcd", [(1, 3)], [(2, 3)])
    with pytest.raises(CaseError, match="never closed"):
        unmark("a⟦b")
    with pytest.raises(CaseError, match="closes nothing"):
        unmark("a⟧b")


def test_kit_reports_a_wrong_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that marks another place than the rule finds must fail, or the kit proves nothing."""
    rule = next(rule for rule in RULES if rule.name == "trailing-space")
    case = next(case for case in cases_of(rule) if case.fails)
    moved = case._replace(texts={path: "⟦x⟧" + text for path, text in case.texts.items()})
    with pytest.raises(AssertionError, match="expected"):
        moved.run()
