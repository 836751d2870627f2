"""Files of the repository that the site holds as pages: links to the files become links to the pages."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

#: File, from the repository's root, to page.
PAGES: Mapping[str, str] = {
    "CONTRIBUTING.md": "project/contributing",
    "CHANGELOG.md": "project/changelog",
    "benchmarks/README.md": "benchmarks",
}
LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?(?=\))")
INCLUDE = re.compile(r"^```\{include\} (\S+)\n```$", re.MULTILINE)


def as_pages(text: str, page: str, source: Path) -> str:
    """A page with the files that it includes, and with its links to such files as links to their pages.

    Args:
        text: the page.
        page: its name, for example ``project/changelog``.
        source: the folder of all pages.
    """
    here = (source / page).parent

    def include(mark: re.Match[str]) -> str:
        file = (here / mark[1]).resolve()
        return _linked(file.read_text(encoding="utf-8"), file.parent, here, source)

    return INCLUDE.sub(include, _linked(text, here, here, source))


def _linked(text: str, written: Path, shown: Path, source: Path) -> str:
    """Links that were written for one folder, for a page that lies in another one."""

    def target(link: re.Match[str]) -> str:
        file = (written / link[1]).resolve()
        try:
            name = file.relative_to(source.parent).as_posix()
        except ValueError:
            return link[0]
        file = source / f"{PAGES[name]}.md" if name in PAGES else file
        return Path(os.path.relpath(file, shown)).as_posix() + (link[2] or "")

    return LINK.sub(target, text)
