"""Show what two versions of newslint find differently in a folder: findings gained, lost and changed, rule by rule.

    python scripts/compare_findings.py v0.1.0 main articles
    python scripts/compare_findings.py main . articles -- --isolated --select BOI
    python scripts/compare_findings.py --commands old/bin/newslint "python -m newslint" articles
    python scripts/compare_findings.py --reports before.json after.json articles

A version is a git revision of this checkout, or ``.`` for what lies in it now: each is unpacked into a temporary folder
and installed into a virtual environment of its own, with the dependencies that it asks for. What follows ``--`` goes to
both commands. Paths of ready-made reports are relative to the folder. The exit status is 0 where both find the same, 1
where they do not, 2 where one of them could not do its work.
"""

import argparse
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
#: Characters of text that stand around a finding, and of a finding itself.
AROUND, INSIDE = 20, 80
KINDS = ("gained", "lost", "changed")

#: A finding of a JSON report, as its schema describes it.
Finding = Mapping[str, Any]
Report = Mapping[str, Any]


class FailedError(Exception):
    """A version cannot be made or run. The message says which and why."""


class Change(NamedTuple):
    """A difference: a finding before, after, or both where it only looks different."""

    before: Finding | None
    after: Finding | None

    @property
    def kind(self) -> str:
        """``lost``, ``gained`` or ``changed``."""
        return "lost" if self.after is None else "gained" if self.before is None else "changed"

    @property
    def finding(self) -> Finding:
        """The later of the two."""
        found = self.before if self.after is None else self.after
        assert found is not None
        return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print; the result is the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    place = arguments.index("--") if "--" in arguments else len(arguments)
    arguments, rest = arguments[:place], arguments[place + 1 :]
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n\n")[0], epilog="What follows -- goes to both commands."
    )
    parser.add_argument("before", help="a git revision of this checkout, or . for what lies in it now")
    parser.add_argument("after", help="likewise")
    parser.add_argument("folder", type=Path, help="the articles")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--commands", action="store_true", help="before and after are commands that run newslint")
    kind.add_argument("--reports", action="store_true", help="before and after are JSON reports of the folder")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="differences to show for each rule and kind")
    options = parser.parse_args(arguments)
    try:
        if not options.folder.is_dir():
            raise FailedError(f"{options.folder}: no such folder")
        if options.reports:
            reports = [read_report(Path(path)) for path in (options.before, options.after)]
        elif options.commands:
            reports = [run(shlex.split(command), options.folder, rest) for command in (options.before, options.after)]
        else:
            with tempfile.TemporaryDirectory(prefix="newslint-") as temporary:
                reports = [
                    run(install(revision, Path(temporary) / name), options.folder, rest)
                    for name, revision in (("before", options.before), ("after", options.after))
                ]
    except FailedError as error:
        print(f"compare_findings: error: {error}", file=sys.stderr)
        return 2
    before, after = reports
    changes = compare(before["findings"], after["findings"])
    for line in show(changes, before, after, options.folder, options.limit):
        print(line)
    return 2 if before["errors"] or after["errors"] else int(bool(changes))


def install(revision: str, folder: Path) -> list[str]:
    """Install a version below a folder; the command that runs it.

    Raises:
        FailedError: there is no such revision, or it cannot be installed.
    """
    print(f"installing {revision} ...", file=sys.stderr)
    source = ROOT
    if revision != ".":
        # An archive, not a worktree: nothing is left in the repository, whenever this is interrupted.
        packed = _call(["git", "-C", str(ROOT), "archive", "--format=tar", revision], f"no revision {revision}")
        source = folder / "source"
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(source, filter="data")
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    _call([str(programs / "python"), "-m", "pip", "install", "--quiet", str(source)], f"{revision} does not install")
    return [str(programs / "python"), "-m", "newslint"]


def run(command: Sequence[str], folder: Path, options: Sequence[str]) -> Report:
    """Run a version over a folder; its report.

    Raises:
        FailedError: it does not run, or gives no report.
    """
    asked = [*command, "check", ".", "--output-format", "json", "--no-cache", "--quiet", *options]
    try:
        # Programs are named from here, while paths in the report are to be relative to the folder.
        asked[0] = os.path.abspath(asked[0]) if os.path.exists(asked[0]) else asked[0]
        done = subprocess.run(asked, cwd=folder, stdout=subprocess.PIPE, check=False)
    except OSError as error:
        raise FailedError(f"{command[0]}: {error.strerror}") from None
    return _parsed(done.stdout, shlex.join(command))


def read_report(path: Path) -> Report:
    """Read a JSON report.

    Raises:
        FailedError: it cannot be read, or is none.
    """
    try:
        return _parsed(path.read_bytes(), str(path))
    except OSError as error:
        raise FailedError(f"{path}: {error.strerror}") from None


def _parsed(data: bytes, what: str) -> Report:
    try:
        report: Report = json.loads(data)
        if not isinstance(report["findings"], list) or not isinstance(report["errors"], list):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise FailedError(f"{what}: gave no JSON report of newslint") from None
    return report


def _call(command: Sequence[str], problem: str) -> bytes:
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout
    except subprocess.CalledProcessError as error:
        raise FailedError(f"{problem}: {error.stderr.decode(errors='replace').strip()}") from None
    except OSError as error:
        raise FailedError(f"{problem}: {command[0]}: {error.strerror}") from None


def compare(before: Iterable[Finding], after: Iterable[Finding]) -> list[Change]:
    """What differs, in the order of rule and place.

    Findings at one place by one rule are the same; they changed where severity, message or fix did. Of what is left,
    findings by one rule that overlap in one document are paired, and changed in their span. The rest is lost or gained.
    """
    olds, news = _by_place(before), _by_place(after)
    changes = []
    for place in sorted(olds.keys() & news.keys()):
        paired = min(len(olds[place]), len(news[place]))
        pairs = zip(olds[place][:paired], news[place][:paired], strict=True)
        changes += [Change(old, new) for old, new in pairs if _look(old) != _look(new)]
        del olds[place][:paired], news[place][:paired]
    waiting: dict[Any, list[Finding]] = defaultdict(list)
    for place in sorted(news):
        waiting[place[:3]] += news[place]
    for place in sorted(olds):
        for old in olds[place]:
            candidates = waiting[place[:3]]
            number = next((n for n, new in enumerate(candidates) if _overlap(old, new)), None)
            changes.append(Change(old, None if number is None else candidates.pop(number)))
    changes += [Change(None, new) for left in waiting.values() for new in left]
    return sorted(changes, key=lambda change: (_place(change.finding), change.kind))


def _place(finding: Finding) -> tuple[str, str, int, tuple[int, int], tuple[int, int]]:
    """Rule, path, record, start and end."""
    location = finding["location"]
    record = (location.get("record") or {}).get("index", -1)
    start, end = ((location[side]["line"], location[side]["column"]) for side in ("start", "end"))
    return finding["name"], location["path"], record, start, end


def _by_place(findings: Iterable[Finding]) -> dict[Any, list[Finding]]:
    found = defaultdict(list)
    for finding in findings:
        found[_place(finding)].append(finding)
    return found


def _overlap(one: Finding, other: Finding) -> bool:
    (*_, start, end), (*_, first, last) = _place(one), _place(other)
    return start < last and first < end


def _look(finding: Finding) -> tuple[Any, ...]:
    """What of a finding its reader sees, its place aside."""
    fix = finding["fix"]
    return finding["severity"], finding["message"], fix and fix["applicability"], finding["status"]


def show(changes: Sequence[Change], before: Report, after: Report, folder: Path, limit: int) -> Iterator[str]:
    """The lines of the comparison: figures by rule, then the differences, with the text they are about."""
    counts = [Counter(finding["name"] for finding in report["findings"]) for report in (before, after)]
    kinds = Counter((change.finding["name"], change.kind) for change in changes)
    yield f"{'rule':28}{'before':>8}{'after':>8}{'gained':>8}{'lost':>8}{'changed':>9}"
    for name in sorted({name for name, _ in kinds}):
        yield _row(name, [count[name] for count in counts], [kinds[name, kind] for kind in KINDS])
    total = [sum(kinds[key] for key in kinds if key[1] == kind) for kind in KINDS]
    yield _row("all rules", [count.total() for count in counts], total)
    excerpts = Excerpts(folder)
    for name in sorted({name for name, _ in kinds}):
        for kind in KINDS:
            group = [change for change in changes if (change.finding["name"], change.kind) == (name, kind)]
            if group:
                yield f"\n{name}: {len(group)} {kind}"
            for change in group[:limit]:
                yield from _lines(change, excerpts)
            if len(group) > limit:
                yield f"  … {len(group) - limit} more (--limit)"
    for label, report in (("before", before), ("after", after)):
        for error in report["errors"]:
            yield f"\n{label} could not do all its work: {error.get('path', '')} {error['message']}".replace("  ", " ")


def _row(name: str, counts: Sequence[int], kinds: Sequence[int]) -> str:
    return f"{name:28}{counts[0]:8}{counts[1]:8}{kinds[0]:8}{kinds[1]:8}{kinds[2]:9}"


def _lines(change: Change, excerpts: "Excerpts") -> Iterator[str]:
    finding = change.finding
    location = finding["location"]
    record = location.get("record")
    path = f"{location['path']}#{record['index']}" if record else location["path"]
    place = f"{path}:{location['start']['line']}:{location['start']['column']}"
    yield f"  {place} {_said(finding)}"
    yield from excerpts.of(location)
    if change.before is not None and change.after is not None:
        if _look(change.before) != _look(change.after):
            yield f"      was {_said(change.before)}"
        if _place(change.before) != _place(change.after):
            yield "      was about"
            yield from excerpts.of(change.before["location"])


def _said(finding: Finding) -> str:
    fix = f" ({finding['fix']['applicability']} fix)" if finding["fix"] else ""
    status = "" if finding["status"] == "new" else f"{finding['status']} "
    return f"{status}{finding['severity']}: {finding['message']}{fix}"


class Excerpts:
    """The text that findings are about, read from a folder's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = cache(self._lines_of)

    def of(self, location: Mapping[str, Any]) -> Iterator[str]:
        """The line that a place begins in, the place marked; nothing for records and for files that cannot be read."""
        lines = self._read(location["path"]) if not location.get("record") else ()
        start, end = location["start"], location["end"]
        if start["line"] > len(lines):
            return
        line = lines[start["line"] - 1]
        first = start["column"] - 1
        last = end["column"] - 1 if end["line"] == start["line"] else len(line)
        marked = line[first:last]
        if len(marked) > INSIDE:
            marked = f"{marked[: INSIDE // 2]} … {marked[-INSIDE // 2 :]}"
        more = f" … {end['line'] - start['line']} more lines" if end["line"] > start["line"] else ""
        text = f"{line[max(0, first - AROUND) : first]}⟦{marked}⟧{line[last : last + AROUND]}{more}"
        yield "      " + "".join(char if char.isprintable() else "␣" for char in text)

    def _lines_of(self, path: str) -> Sequence[str]:
        try:
            return re.split(r"\r\n|\r|\n", (self._folder / path).read_bytes().decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return ()


if __name__ == "__main__":
    sys.exit(main())
