"""Loading plugins: what they offer, and what happens where one is broken."""

import re
import sys
from pathlib import Path

import pytest

from newslint.entrypoints import entry_points
from newslint.plugins import PluginError, load_plugins


def install(folder: Path, name: str, module: str) -> None:
    """Write a distribution as pip would lay it out."""
    info = folder / f"{name}-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        f"[console_scripts]\nx = y:z\n\n[newslint]\nrules = {name}_rules\n", encoding="utf-8"
    )
    (folder / f"{name}_rules.py").write_text(module, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


OFFER = """
from newslint.plugins import RuleRef, hookimpl

@hookimpl
def newslint_rules():
    return [RuleRef({!r}, {!r}, 'm:C')]
"""


def test_an_installed_plugin_is_found_with_its_version(site: Path) -> None:
    install(site, "good", OFFER.format("GOO001", "good-rule"))
    registry = load_plugins()
    assert [(p.name, p.version, p.rules[0].name) for p in registry.plugins if p.name == "good"] == [
        ("good", "1.2", "good-rule")
    ]
    assert "DUP001" in {ref.code for ref in registry.rules}


def test_the_same_entry_points_as_the_standard_library_finds(site: Path) -> None:
    from importlib import metadata

    install(site, "good", OFFER.format("GOO001", "good-rule"))
    ours = {(point.name, point.module) for point in entry_points()}
    assert ours == {(point.name, point.value) for point in metadata.entry_points(group="newslint")}


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("raise RuntimeError('broken at birth')", "plugin bad .*broken at birth"),
        ("import nowhere_at_all", "plugin bad .*nowhere_at_all"),
        ("from newslint.plugins import hookimpl\n@hookimpl\ndef newslint_ruels(): pass", "plugin bad .*newslint_ruels"),
        ("from newslint.plugins import hookimpl\n@hookimpl\ndef newslint_rules(): return [3]", "plugin bad.*gave 3"),
        (
            "from newslint.plugins import hookimpl\n@hookimpl\ndef newslint_rules(): 1/0",
            "plugin bad.*ZeroDivisionError",
        ),
        ("import sys; sys.exit(0)", "plugin bad .*SystemExit: 0"),
        ("class Odd(BaseException): pass\nraise Odd", "plugin bad .*Odd"),
        (OFFER.format("BAD001", "two words"), "plugin bad: .*not a sound RuleRef"),
        (OFFER.format("BAD001", "x\x1b[2J"), "plugin bad: .*not a sound RuleRef"),
        (OFFER.format("BAD001", "fine").replace("'m:C'", "3"), "plugin bad: .*not a sound RuleRef"),
        (
            "from newslint.plugins import *\n@hookimpl\ndef newslint_readers(): return [ReaderRef('x', '.x', 'm:f')]",
            "plugin bad: .*not a sound ReaderRef",
        ),
    ],
)
def test_a_broken_plugin_is_named_and_the_others_are_there(site: Path, module: str, message: str) -> None:
    install(site, "bad", module)
    sys.modules.pop("bad_rules", None)
    registry = load_plugins()
    sys.modules.pop("bad_rules", None)
    (problem,) = registry.problems
    assert re.search(message, problem.message)
    assert "near-duplicate" in {ref.name for ref in registry.rules}


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (OFFER.format("DUP001", "my-own"), "rule code DUP001 is offered twice, by bad and by newslint"),
        (OFFER.format("BAD001", "byline"), "rule name byline is offered twice"),
    ],
)
def test_two_plugins_of_one_name_are_refused(site: Path, module: str, message: str) -> None:
    install(site, "bad", module)
    sys.modules.pop("bad_rules", None)
    with pytest.raises(PluginError, match=message):
        load_plugins()
    sys.modules.pop("bad_rules", None)


def test_a_rule_that_is_none_is_refused(site: Path) -> None:
    install(site, "odd", OFFER.format("ODD001", "odd").replace("m:C", "collections:Counter"))
    registry = load_plugins()
    with pytest.raises(PluginError, match="neither a DocumentRule nor a CorpusRule"):
        registry.load(next(ref for ref in registry.rules if ref.name == "odd"))
    sys.modules.pop("odd_rules", None)
