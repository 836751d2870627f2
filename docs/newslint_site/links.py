"""Looks whether every link of the built site leads to a page, a file or a heading that is there."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sphinx.application import Sphinx
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)


class Page(HTMLParser):
    """The links of a page, and what can be linked to in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.anchors: set[str] = {"", "top"}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take up what a tag says."""
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            if name == "href" and value and tag == "a":
                self.links.add(value)
            elif value and (name == "src" or (name == "href" and tag == "link")):
                self.fetched.add(value)


def check(app: Sphinx, error: Exception | None) -> None:
    """Warn of links that lead nowhere, and of anything that a page would fetch from the network."""
    if error or app.builder.format != "html":
        return
    pages = {path.resolve(): Page(path) for path in sorted(Path(app.outdir).rglob("*.html"))}
    for path, page in pages.items():
        for link in sorted(page.links | page.fetched):
            reason = _broken(link, path, pages) or ("is on the network" if _far(link) and link in page.fetched else "")
            if reason:
                LOGGER.warning("%s: the link %s %s", path.relative_to(Path(app.outdir).resolve()), link, reason)


def _far(link: str) -> bool:
    parts = urlsplit(link)
    return parts.scheme in ("http", "https") or bool(parts.netloc)


def _broken(link: str, path: Path, pages: dict[Path, Page]) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.exists():
        return "leads to no file"
    if target in pages and unquote(parts.fragment) not in pages[target].anchors:
        return "leads to no heading"
    return ""
