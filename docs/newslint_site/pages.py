"""Which pages are made from code, and the marks that say where in a page it goes."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from newslint_site import commands, report, rules, settings

#: ``<!-- made from code: NAME -->`` in a page stands for what the function of that name gives.
MARK = re.compile(r"^<!-- made from code: ([\w-]+) -->$", re.MULTILINE)
MAKERS: Mapping[str, Callable[[], str]] = {
    "commands": commands.every_command,
    "report": report.every_field,
    "report-example": report.example,
    "rules": rules.index,
    "rule-options": settings.every_option,
    "settings": settings.every_key,
}


def is_made_from_code(text: str) -> bool:
    """Whether a page holds a mark."""
    return MARK.search(text) is not None


def filled(text: str) -> str:
    """A page with what its marks stand for.

    Raises:
        KeyError: a mark has an unknown name.
    """
    return MARK.sub(lambda mark: MAKERS[mark[1]](), text)


def write_rule_pages(folder: Path) -> None:
    """Write a page for each rule; pages of rules that are no more go, pages that say the same stay untouched."""
    folder.mkdir(exist_ok=True)
    wanted = {folder / f"{rule.name}.md": rules.page(rule) for family in rules.families() for rule in family.rules}
    for path in set(folder.glob("*.md")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
