"""Pictures that speak the theme's colours."""

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class IntoThePage(SphinxPostTransform):
    """Puts an SVG that uses the theme's colours into the page itself, so that the reader's choice of theme reaches it.

    Elsewhere the same file is an ordinary picture, and goes by the reader's system.
    """

    default_priority = 8  # before Sphinx collects the pictures to copy
    formats = ("html",)

    def run(self, **_options: Any) -> None:
        """Replace the pictures of one page."""
        for image in list(self.document.findall(nodes.image)):
            path = Path(self.env.srcdir, image["uri"])
            if path.suffix == ".svg" and "var(--color-" in (svg := path.read_text(encoding="utf-8")):
                label = f'<svg role="img" aria-label="{escape(image.get("alt", ""))}" '
                image.replace_self(nodes.raw("", svg.replace("<svg ", label, 1), format="html"))
