"""The site's pages, without building it: what is made from code, and what they link to."""

import re
import shlex
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from conftest import ROOT
from newslint.cli.main import COMMANDS
from newslint.cli.parser import Parser
from newslint.config import FILE_KEYS, KEYS
from newslint.plugins import load_plugins

DOCS = ROOT / "docs"
RULE_PAGES = DOCS / "reference" / "rules"
PAGES = sorted({*DOCS.rglob("*.md")} - {*RULE_PAGES.rglob("*"), *(DOCS / "_build").rglob("*")})
#: A link to a file; addresses and headings of the same page aside.
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)\s#]+)")
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
PLACES = {"FOLDER", "NAME", "PATH"}


@pytest.fixture(scope="module", autouse=True)
def _makers() -> Iterator[None]:
    """The modules that make pages from code."""
    sys.path.insert(0, str(DOCS))
    yield
    sys.path.remove(str(DOCS))


def made(name: str) -> str:
    """What stands in a page for a mark."""
    text: str = import_module("newslint_site.pages").MAKERS[name]()
    return text


def rule_page(name: str) -> str:
    rules = import_module("newslint_site.rules")
    (rule,) = (rule for family in rules.families() for rule in family.rules if rule.name == name)
    page: str = rules.page(rule)
    return page


class TestMadeFromCode:
    def test_every_rule_has_a_page_that_shows_its_cases(self) -> None:
        families = import_module("newslint_site.rules").families()
        names = {rule.name for family in families for rule in family.rules}
        own = {ref.name for ref in load_plugins().rules if ref.target.startswith(("newslint.", "newslint_rules."))}
        assert names == own
        index = made("rules")
        assert all(f"(rules/{name}.md)" in index for name in names)

    def test_a_case_is_shown_with_its_marks_and_what_is_said(self) -> None:
        page = rule_page("trailing-space")
        assert "<pre>The ferry leaves at noon.<mark> </mark>\nNobody was hurt.</pre>" in page
        assert "White space at the end of 1 line" in page
        assert "safe fix" in page
        assert page.count("<mark") == page.count("</mark>")

    def test_text_of_a_case_is_no_markup(self) -> None:
        page = rule_page("markup-remnant")
        assert "<mark>&lt;" in page
        assert "<script" not in page

    def test_what_nobody_would_see_is_spelled_out(self) -> None:
        assert '<span class="unseen">\\u200b</span>' in rule_page("invisible-character")

    def test_other_rules_are_linked(self) -> None:
        page = rule_page("near-duplicate")
        assert "see [reused-passage](reused-passage.md)" in page
        assert "](near-duplicate.md)" not in page

    def test_every_option_of_the_command_line_is_listed(self) -> None:
        commands = made("commands")
        for name, (module, _) in COMMANDS.items():
            parser = Parser()
            import_module(module).build(parser)
            section = commands.partition(f"## newslint {name}\n")[2].partition("\n## ")[0]
            assert all(option in section for option in parser._option_string_actions if option not in ("-h", "--help"))

    def test_every_key_is_listed(self) -> None:
        settings = made("settings")
        assert all(f"| `{key}` |" in settings for key in (*KEYS, *FILE_KEYS))

    def test_every_field_of_a_finding_is_listed(self) -> None:
        finding = made("report").partition("### `finding`\n")[2].partition("\n### ")[0]
        assert all(f"| `{field}` |" in finding for field in ("code", "location", "fix", "fingerprint", "suppression"))

    def test_every_mark_is_known(self) -> None:
        pages = import_module("newslint_site.pages")
        marks = {mark[1] for path in PAGES for mark in pages.MARK.finditer(path.read_text(encoding="utf-8"))}
        assert marks == set(pages.MAKERS)


class TestPages:
    @pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(DOCS)))
    def test_links_lead_to_files(self, path: Path) -> None:
        """On the site the build looks; here it is the files as they lie, which is where most people read them."""
        text = FENCED.sub("", path.read_text(encoding="utf-8"))
        targets = {(path.parent / target).resolve() for target in LINK.findall(text)}
        assert [target for target in targets if not target.exists() and RULE_PAGES not in target.parents] == []

    def test_commands_are_understood(self) -> None:
        lines = [line for path in PAGES for line in _command_lines(path.read_text(encoding="utf-8"))]
        assert lines
        for words in lines:
            command, arguments = (words[0], words[1:]) if words and words[0] in COMMANDS else ("check", words)
            parser = Parser(prog=f"newslint {command}")
            import_module(COMMANDS[command][0]).build(parser)
            parser.parse(arguments)


def _command_lines(text: str) -> Iterator[list[str]]:
    """The arguments of the commands that a page's blocks show, less those that are meant to be wrong."""
    for block in re.findall(r"^```(?:sh|console)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        for line in re.findall(r"^(?:\$ )?newslint (.*)$", block, re.MULTILINE):
            yield [word for word in shlex.split(line, comments=True) if word not in PLACES]
