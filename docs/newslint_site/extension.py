"""What Sphinx does for this site besides its own work: reference pages made from newslint's code, and a link check."""

from collections.abc import Sequence
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from newslint_site import docstrings, links, outside, pages, pictures


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what each event calls."""
    app.connect("builder-inited", _write_rule_pages)
    app.connect("env-get-outdated", _made_from_code)
    app.connect("source-read", _read)
    docstrings.setup(app)
    app.connect("build-finished", links.check)
    app.add_post_transform(pictures.IntoThePage)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _write_rule_pages(app: Sphinx) -> None:
    pages.write_rule_pages(app.srcdir / "reference" / "rules")


def _made_from_code(_app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> Sequence[str]:
    """The pages that may be out of date although their file is not."""
    return [name for name in env.found_docs if pages.is_made_from_code(env.doc2path(name).read_text(encoding="utf-8"))]


def _read(app: Sphinx, name: str, source: list[str]) -> None:
    source[0] = pages.filled(outside.as_pages(source[0], name, app.srcdir))
