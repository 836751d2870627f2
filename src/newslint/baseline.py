"""The baseline: findings that were there when newslint came, so that only new ones count.

The file is JSON, path by path and rule by rule, with the fingerprint and the number of findings that have it. It holds
no line numbers and no dates: it stays as it is when lines are added, and two branches merge. Paths are relative to the
folder that the file lies in.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newslint.model import Finding, Status
from newslint.remote import is_remote

#: What the file is called where nothing else is said.
NAME = "newslint-baseline.json"


class BaselineError(Exception):
    """A baseline cannot be read. The message names the file and says what to do."""


class Entry(NamedTuple):
    """What findings have in common that the baseline cannot tell apart."""

    path: str
    rule: str
    fingerprint: str


class Baseline:
    """Entries, each with how many findings it stands for.

    Args:
        counts: a number from 1 on for each entry.
    """

    def __init__(self, counts: Mapping[Entry, int] | None = None) -> None:
        self.counts = dict(counts or {})

    def __len__(self) -> int:
        return sum(self.counts.values())

    def judge(self, findings: Iterable[Finding], where: Callable[[str], str]) -> Iterator[Finding]:
        """Yield the findings, those that the baseline knows marked so: of equal ones so many as it counts, the first.

        Args:
            findings: in the order of the report.
            where: the path in the baseline of a path that findings show.
        """
        left = Counter(self.counts)
        for finding in findings:
            if finding.status is Status.NEW:
                entry = entry_of(finding, where)
                if left[entry] > 0:
                    left[entry] -= 1
                    yield finding._replace(status=Status.BASELINED)
                    continue
            yield finding

    def updated(self, found: "Baseline", was_looked_at: Callable[[Entry], bool], *, add: bool = True) -> "Baseline":
        """The baseline after a run.

        Args:
            found: what the run found.
            was_looked_at: whether the run would have found an entry's finding, were it still there.
            add: whether what is new goes in.
        """
        counts = {entry: count for entry, count in self.counts.items() if not was_looked_at(entry)}
        for entry, count in found.counts.items():
            known = self.counts.get(entry, 0)
            own = count if add else min(count, known)
            if not was_looked_at(entry):
                own = max(own, known)
            if own:
                counts[entry] = own
        return Baseline(counts)

    def dump(self) -> str:
        """The text of the file."""
        tree: dict[str, dict[str, dict[str, int]]] = {}
        for entry, count in sorted(self.counts.items()):
            tree.setdefault(entry.path, {}).setdefault(entry.rule, {})[entry.fingerprint] = count
        return (
            json.dumps(tree, indent=1, sort_keys=True, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
            + "\n"
        )


def of(findings: Iterable[Finding], where: Callable[[str], str]) -> Baseline:
    """The baseline of a report's findings, those that are suppressed aside."""
    return Baseline(Counter(entry_of(each, where) for each in findings if each.status is not Status.SUPPRESSED))


def entry_of(finding: Finding, where: Callable[[str], str]) -> Entry:
    """The entry that stands for a finding."""
    return Entry(where(finding.location.path), finding.name, finding.fingerprint)


def relative(folder: Path) -> Callable[[str], str]:
    """Gives the path relative to a folder, with forward slashes, of a path relative to where newslint was started."""
    known: dict[str, str] = {}

    def where(path: str) -> str:
        if path not in known:
            local = path if is_remote(path) else os.path.relpath(os.path.abspath(path), folder)
            known[path] = local.replace(os.sep, "/")
        return known[path]

    return where


def load(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        BaselineError: it cannot be read, or is none.
    """
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BaselineError(f"{path}: no such baseline: `newslint baseline create` makes one") from None
    except OSError as error:
        raise BaselineError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{path}: is no baseline ({error}): restore it, or make it anew") from None
    return Baseline(dict(_entries(tree, path)))


def _entries(tree: Any, path: Path) -> Iterator[tuple[Entry, int]]:
    for file, rules in _items(tree, path, "the file"):
        for rule, counts in _items(rules, path, file):
            for fingerprint, count in _items(counts, path, f"{file}, {rule}"):
                if not isinstance(count, int) or isinstance(count, bool) or count < 1:
                    reason = f"is no baseline: {file}, {rule}: a count is a number from 1 on, not {count!r}"
                    raise BaselineError(f"{path}: {reason}")
                yield Entry(file, rule, fingerprint), count


def _items(tree: Any, path: Path, where: str) -> Iterable[tuple[str, Any]]:
    if not isinstance(tree, dict):
        raise BaselineError(f"{path}: is no baseline: {where} holds no table: restore it, or make it anew")
    return tree.items()
