"""``--fix`` and ``--diff``: what the fixes of a run make of its files, written or shown."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from newslint.cli.parser import wants_color
from newslint.engine.mend import Mended
from newslint.files import replace
from newslint.model import Problem
from newslint.render.terminal import BOLD, Paint, count, failure, visible

#: A line as the tools that read diffs know it.
LINE = re.compile(r"[^\n]*\n|[^\n]+")


def write(mended: Iterable[Mended], problems: list[Problem], options: argparse.Namespace) -> Mapping[str, bytes]:
    """Write the files back, each at once, and say how many; standard input goes to standard output.

    Args:
        mended: the files that change.
        problems: where to note which could not be written; they stay as they are.
        options: the command line.

    Returns:
        The new bytes of each file, by its path.
    """
    files: dict[str, bytes] = {}
    fixed: Counter[str] = Counter()
    for each in mended:
        if each.task.data is not None:
            sys.stdout.buffer.write(each.after)
        elif reason := _written(each):
            problems.append(Problem(f"was not fixed: {reason}", each.task.shown))
            continue
        files[each.task.path] = each.after
        fixed.update(each.fixed)
    if files and not options.quiet:
        print(f"Fixed {_figures(fixed, files)}.", file=sys.stderr)
    return files


def _written(mended: Mended) -> str:
    """Write one file; what kept that from being done, if anything did."""
    path = Path(mended.task.path)
    try:
        # A new file could take the place of one that is read-only: that would go round its owner's wish.
        with path.open("r+b") as file:
            current = file.read(len(mended.before) + 1)
        if current != mended.before:
            return "it changed while newslint was at work: run it again"
        replace(path, mended.after)
    except OSError as error:
        return f"it cannot be written ({error.strerror or error})"
    return ""


def show(mended: Iterable[Mended], problems: Sequence[Problem], options: argparse.Namespace) -> int:
    """Write what would change to standard output, as a unified diff that ``patch -p0`` takes; gives the exit status.

    On a terminal, characters that could act on it are spelled out.
    """
    paint = Paint(wants_color(options.color, sys.stdout))
    terminal = sys.stdout.isatty()
    files: list[str] = []
    fixed: Counter[str] = Counter()
    for each in mended:
        for line in diff(each):
            sys.stdout.write(_painted(visible(line) if terminal else line, paint) + "\n")
        files.append(each.task.path)
        fixed.update(each.fixed)
    sys.stdout.flush()
    for problem in problems:
        print(failure(problem, Paint(wants_color(options.color, sys.stderr))), file=sys.stderr)
    if not options.quiet:
        print(f"Would fix {_figures(fixed, files)}.", file=sys.stderr)
    return 2 if problems else int(bool(files))


def diff(mended: Mended) -> Iterator[str]:
    """The lines of a unified diff, without the line feeds that end them."""
    from difflib import unified_diff

    shown = mended.task.shown
    for line in unified_diff(LINE.findall(mended.old), LINE.findall(mended.new), shown, shown):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _painted(line: str, paint: Paint) -> str:
    if line.startswith(("---", "+++")):
        return paint(line, BOLD)
    color = {"-": "31", "+": "32", "@": "36"}.get(line[:1])
    return paint(line, color) if color else line


def _figures(fixed: "Counter[str]", files: Sequence[str] | Mapping[str, bytes]) -> str:
    return f"{count(fixed.total(), 'finding')} in {count(len(files), 'file')}"
