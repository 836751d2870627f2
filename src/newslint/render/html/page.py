"""Puts the page together, and keeps it bounded: a report may hold millions of findings, a browser tab may not."""

import base64
import hashlib
import heapq
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any, TextIO

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from newslint.model import Finding, Severity
from newslint.render.html.charts import Charts
from newslint.render.html.entries import Entries
from newslint.render.html.rules import RulePage, rule_pages
from newslint.render.html.texts import Texts
from newslint.render.objects import dump, needs_ascii
from newslint.render.places import counted, sound
from newslint.render.terminal import NOUNS, count, visible
from newslint.report import RenderOptions, Report, Summary

#: Findings that the page lists. A browser opens ten thousand in well under a second; above, nobody reads a list.
FINDINGS = 20_000

#: The page's script, in the order of what builds on what.
SCRIPTS = ("dom", "texts", "compare", "list", "detail", "copies", "main")


def render(report: Report, stream: TextIO, options: RenderOptions) -> None:
    """Write the page."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["shown"] = visible
    environment.filters["sound"] = sound
    template = environment.from_string(_resource("page.html.j2"))
    ascii_only = needs_ascii(stream)
    for piece in template.generate(page=_Page(report, stream, options, ascii_only)):
        stream.write(piece.encode("ascii", "xmlcharrefreplace").decode("ascii") if ascii_only else piece)


class _Page:
    """What the template asks for. The texts are read and written one by one, and the entries come after them."""

    def __init__(self, report: Report, stream: TextIO, options: RenderOptions, ascii_only: bool) -> None:
        self.report = report
        self.style = Markup(_resource("page.css"))  # noqa: S704 - our own
        self.script = Markup(_script())  # noqa: S704 - our own
        self._folder = _folder(stream)
        self._lines = options.lines
        self._ascii_only = ascii_only

    @property
    def policy(self) -> str:
        """The content security policy: our own style and script, and nothing from anywhere."""
        style, script = _digest(self.style), _digest(self.script)
        own = f"style-src '{style}'; script-src '{script}'; img-src data:"  # the image is an empty icon
        return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"

    @cached_property
    def summary(self) -> Summary:
        """The report in figures."""
        return self.report.summary()

    @property
    def plugins(self) -> list[tuple[str, str]]:
        """Name and version of each plugin that is not newslint's own."""
        return [(name, version) for name, version in self.report.plugins if name.partition(":")[0] != "newslint"]

    @cached_property
    def severities(self) -> list[tuple[str, str, int]]:
        """Label, words and number of the findings of each severity, the gravest first."""
        return [
            (severity.label, count(number, NOUNS[severity]).partition(" ")[2], number)
            for severity, number in self.summary.by_severity.items()
        ]

    @cached_property
    def charts(self) -> Charts:
        """Figures by rule, folder and file."""
        return Charts.of(self.report.new())

    @cached_property
    def rules(self) -> Sequence[RulePage]:
        """The rules' pages, those that found something first."""
        return rule_pages(self.report.rules(), self.summary.by_rule)

    @cached_property
    def _entries(self) -> Entries:
        return Entries(_gravest(self.report, FINDINGS))

    @property
    def left_out(self) -> str:
        """The findings that the page has no room for, in words."""
        missing: Counter[Severity] = Counter(dict(self.summary.by_severity))
        missing.subtract(finding.severity for finding in self._entries.findings)
        return counted(missing)

    @property
    def blocks(self) -> Iterator[Markup]:
        """The documents' texts as blocks of JSON, each small enough to be parsed when it is first looked at."""
        self._texts = Texts(self._entries.wanted, self._lines)
        for block in self._texts.blocks():
            yield self._json(block)

    @property
    def index(self) -> Markup:
        """Everything but the texts, which have to be written before."""
        return self._json({**self._entries.index(), **self._texts.index(), **self._addresses()})

    def _addresses(self) -> dict[str, Any]:
        environment = os.environ
        template = ""
        if "GITHUB_REPOSITORY" in environment and "GITHUB_SHA" in environment:
            server = environment.get("GITHUB_SERVER_URL", "https://github.com")
            template = (
                f"{server}/{environment['GITHUB_REPOSITORY']}/blob/{environment['GITHUB_SHA']}/{{path}}#L{{line}}"
            )
        elif "CI_PROJECT_URL" in environment and "CI_COMMIT_SHA" in environment:
            template = f"{environment['CI_PROJECT_URL']}/-/blob/{environment['CI_COMMIT_SHA']}/{{path}}#L{{line}}"
        return {"folder": self._folder, "address": template}

    def _json(self, value: Any) -> Markup:
        """JSON that stands in a script element: no markup can begin in it."""
        text = dump(value, self._ascii_only)
        return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


def _gravest(report: Report, limit: int) -> list[Finding]:
    """At most ``limit`` findings, the gravest being kept, in the order of the report."""
    kept = heapq.nsmallest(limit, enumerate(report.new()), key=lambda entry: -entry[1].severity)
    return [finding for _, finding in sorted(kept, key=lambda entry: entry[0])]


def _resource(name: str) -> str:
    return files("newslint.render.html").joinpath(name).read_text(encoding="utf-8")


def _script() -> str:
    parts = "\n".join(_resource(f"script/{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _folder(stream: TextIO) -> str:
    """The way from the page to the folder that paths count from, so that its links to files lead there."""
    name = getattr(stream, "name", None)
    if not isinstance(name, str) or not os.path.isfile(name):
        return ""
    try:
        way = os.path.relpath(os.getcwd(), os.path.dirname(os.path.abspath(name)))
    except ValueError:  # on another drive
        return ""
    return "" if way == "." else way.replace(os.sep, "/") + "/"
