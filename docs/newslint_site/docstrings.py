"""How our docstrings are read: in Google's style, with two habits of ours that its reader takes for something else."""

import re

from docutils import nodes
from sphinx.application import Sphinx

#: Two attributes that one line describes: ``first, last: numbers of its first word and of its last one.``
TWO_NAMES = re.compile(r"^( +\w+), (\w+: )")
#: What is described by a sentence alone: a colon in it does not end a type.
PROSE = ("attribute", "data", "property")


def setup(app: Sphinx) -> None:
    """Look at docstrings before and after the reader of Google's style, which has priority 500."""
    prose: dict[str, list[str]] = {}

    def before(_app: Sphinx, what: str, name: str, _thing: object, _options: object, lines: list[str]) -> None:
        lines[:] = [TWO_NAMES.sub(r"\1/\2", line) for line in lines]
        if what in PROSE:
            prose[name] = list(lines)

    def after(_app: Sphinx, _what: str, name: str, _thing: object, _options: object, lines: list[str]) -> None:
        lines[:] = prose.pop(name, lines)

    app.connect("autodoc-process-docstring", before, priority=400)
    app.connect("autodoc-process-docstring", after, priority=600)
    app.connect("autodoc-skip-member", _skip)
    app.connect("doctree-read", _dashes)


def _skip(_app: Sphinx, what: str, name: str, member: object, _skip: bool, _options: object) -> bool | None:
    """Leave out constants of modules, and what a named tuple says of each field: its class says it better."""
    field = (getattr(member, "__doc__", None) or "").startswith("Alias for field number")
    return True if field or (what == "module" and name.isupper()) else None


def _dashes(_app: Sphinx, page: nodes.document) -> None:
    """Between a parameter and what it is Sphinx puts two hyphens, and leaves the rest to smart quotes."""
    for text in list(page.findall(lambda node: isinstance(node, nodes.Text) and node == " -- ")):
        text.parent.replace(text, nodes.Text(" – "))
