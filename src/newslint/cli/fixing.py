"""``--fix`` and ``--diff``: what the fixes of a run make of its files, written or shown."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, groupby
from pathlib import Path
from typing import BinaryIO

from newslint.cli.parser import wants_color
from newslint.engine.mend import Mended
from newslint.files import replace, rewriting
from newslint.model import Problem
from newslint.readers import ReadError
from newslint.remote import is_remote
from newslint.render.terminal import BOLD, Paint, count, failure, inert, visible

Rewrite = Callable[[Iterable[Mended], BinaryIO], None]

#: A line as the tools that read diffs know it.
LINE = re.compile(r"[^\n]*\n|[^\n]+")
LINE_BYTES = re.compile(LINE.pattern.encode())


def write(
    mended: Iterable[Mended], problems: list[Problem], options: argparse.Namespace, rewrite: Rewrite
) -> Mapping[str, bytes]:
    """Write the files back, each at once, and say how many; standard input goes to standard output.

    Takes the memory of one file, of a record file that of one part, at a time.

    Args:
        mended: the files that change, the parts of one together.
        problems: where to note which could not be written; they stay as they are.
        options: the command line.
        rewrite: writes a record file again, given its parts that changed.

    Returns:
        The paths of the files, with the new bytes of standard input.
    """
    files: dict[str, bytes] = {}
    fixed: Counter[str] = Counter()
    for path, group in groupby(mended, key=lambda each: each.task.path):
        own, counted = iter(group), Counter[str]()
        first = next(own)
        parts = _counting(chain((first,), own), counted)
        if first.task.data is not None:
            files[path] = _new_bytes(first, parts, rewrite)
            sys.stdout.buffer.write(files[path])
        elif reason := _written(first, parts, rewrite):
            problems.append(Problem(f"was not fixed: {reason}", first.task.shown))
            continue
        else:
            files[path] = b""
        fixed.update(counted)
    if files and not options.quiet:
        print(f"Fixed {_figures(fixed, files)}.", file=sys.stderr)
    return files


def _counting(parts: Iterable[Mended], fixed: "Counter[str]") -> Iterator[Mended]:
    """The same parts, counting what is fixed in those that are asked for."""
    for each in parts:
        fixed.update(each.fixed)
        yield each


def _new_bytes(first: Mended, parts: Iterator[Mended], rewrite: Rewrite) -> bytes:
    if first.task.part is None:
        return next(parts).after
    stream = BytesIO()
    rewrite(parts, stream)
    return stream.getvalue()


def _written(first: Mended, parts: Iterator[Mended], rewrite: Rewrite) -> str:
    """Write one file, of which the parts are those that changed; what kept that from being done, if anything did."""
    if is_remote(first.task.path):
        return "it lies in a remote store, where newslint does not write: fix a copy of it"
    path = Path(first.task.path)
    try:
        # A new file could take the place of one that is read-only: that would go round its owner's wish.
        with path.open("r+b") as file:
            current = None if first.task.part else file.read(len(first.before) + 1)
        if current is None:
            with rewriting(path) as stream:
                rewrite(parts, stream)
        elif current == first.before:
            replace(path, next(parts).after)
        else:
            return "it changed while newslint was at work: run it again"
    except ReadError as error:
        return str(error)
    except OSError as error:
        return f"it cannot be written ({error.strerror or error})"
    return ""


def show(mended: Iterable[Mended], problems: Sequence[Problem], options: argparse.Namespace) -> int:
    """Write what would change to standard output, as a unified diff that ``patch -p0`` takes; gives the exit status.

    As with git, a patch has the bytes of the files as they are. On a terminal or with colours it is there to be looked
    at: characters that could act on the terminal are spelled out.
    """
    paint = Paint(wants_color(options.color, sys.stdout))
    raw = not (sys.stdout.isatty() or paint.color)
    files: dict[str, bytes] = {}
    fixed: Counter[str] = Counter()
    for each in mended:
        if raw:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(patch(each))
        else:
            for line in diff(each):
                sys.stdout.write(_painted(inert(_legible(line)), paint) + "\n")
        files[each.task.path] = b""
        fixed.update(each.fixed)
    sys.stdout.flush()
    for problem in problems:
        print(failure(problem, Paint(wants_color(options.color, sys.stderr))), file=sys.stderr)
    if not options.quiet:
        print(f"Would fix {_figures(fixed, files)}.", file=sys.stderr)
    return 2 if problems else int(bool(files))


def diff(mended: Mended) -> Iterator[str]:
    """The lines of a unified diff, without the line feeds that end them; of a record file, one for each text."""
    from difflib import unified_diff

    for text in mended.texts:
        shown = quoted(mended.task.shown)
        if text.record is not None:
            shown += f"#{text.record.index + 1}{text.record.field or ''}"
        for line in unified_diff(LINE.findall(text.old), LINE.findall(text.new), shown, shown):
            yield line.removesuffix("\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def patch(mended: Mended) -> Iterator[bytes]:
    """The same as bytes, with line feeds: those of the file, or UTF-8 where these are no lines (UTF-16, records)."""
    from difflib import diff_bytes, unified_diff

    before, after = mended.before, mended.after
    if mended.task.part is not None or b"\0" in before:
        for text in diff(mended):
            yield f"{text}\n".encode("utf-8", "surrogateescape")
        return
    name = quoted(mended.task.shown).encode("utf-8", "surrogateescape")
    for line in diff_bytes(unified_diff, LINE_BYTES.findall(before), LINE_BYTES.findall(after), name, name):
        yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def quoted(name: str) -> str:
    """A file's name as git writes it into a patch: between quotes, in C's escapes, where it holds anything odd."""
    if visible(name) == name and not set(name) & set('"\\'):
        return f"{name}\t" if " " in name else name
    return f'"{"".join(map(_octal, name))}"'


def _octal(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if visible(character) == character:
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "replace"))


def _legible(line: str) -> str:
    """A line with all characters spelled out that could act on a terminal; a tab is none."""
    return "\t".join(map(visible, line.split("\t")))


def _painted(line: str, paint: Paint) -> str:
    if line.startswith(("---", "+++")):
        return paint(line, BOLD)
    color = {"-": "31", "+": "32", "@": "36"}.get(line[:1])
    return paint(line, color) if color else line


def _figures(fixed: "Counter[str]", files: Mapping[str, bytes]) -> str:
    return f"{count(fixed.total(), 'finding')} in {count(len(files), 'file')}"
