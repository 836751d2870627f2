"""Puts the documents of files into an index, over the run's workers."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from newslint.config import ConfigError
from newslint.engine.examine import Examined, digest, read_bytes
from newslint.engine.local import PART, Crew
from newslint.engine.plan import Plan, Task, Workshop
from newslint.index.files import Files
from newslint.index.parts import packed
from newslint.index.source import Source
from newslint.index.writer import Writer
from newslint.model import Problem
from newslint.plugins import Registry
from newslint.readers import ReadError
from newslint.rule import CorpusRule, Feature

#: A file written to within so many ns before it was read may change once more with no other time.
FRESH = 2_000_000_000


def keyed_features(plan: Plan, registry: Registry) -> tuple[Plan, list[Feature]]:
    """The plan with those rules alone that compare by keys, and their features that have some: what an index keeps."""
    plan = plan._replace(refs=tuple(tuple(ref for ref in own if _by_keys(registry.load(ref))) for own in plan.refs))
    return plan, [feature for feature in Workshop(plan, registry).features if feature.keys]


def _by_keys(rule: type) -> bool:
    return issubclass(rule, CorpusRule) and any(feature.keys for feature in rule.features)


def gather(
    writer: Writer,
    plan: Plan,
    tasks: Sequence[Task],
    registry: Registry,
    files: Files,
    jobs: int | None = None,
    done: Callable[[int], None] = lambda _: None,
) -> list[Problem]:
    """Add the documents of files to an index; files that it holds as they are now are passed over.

    Args:
        writer: the index.
        plan: what the files are read with, as ``keyed_features`` gives it.
        tasks: the files; the parts of one follow each other.
        registry: the loaded plugins.
        files: where the files of the index lie.
        jobs: worker processes; None: by the number of files.
        done: called with the number of files just finished.

    Raises:
        ConfigError: the rules in use do not make what the index holds, or a file cannot be named from its root.
        WorkerError: a worker process died.
        OSError: the index cannot be written.
    """
    workshop = Workshop(plan, registry)
    made = {feature.name: feature for feature in workshop.features if feature.keys}
    writer.manifest.require(writer.folder, made.values())
    if missing := writer.manifest.features.keys() - made.keys():
        raise ConfigError(f"{writer.folder}: the index holds {min(missing)!r}, which no rule in use makes: select one")
    problems: list[Problem] = []
    # Documents of a context are sketched and not checked.
    new = [task._replace(context=True) for task in _changed(writer, workshop, tasks, files, done)]
    with Crew(workshop, jobs, sum(PART if task.part else 1 for task in new)) as crew:
        for examined in crew.examine(list(enumerate(new)), done):
            problems += examined.problems
            _add(writer, workshop, new, files, examined, problems)
    return problems


def _changed(
    writer: Writer, workshop: Workshop, tasks: Iterable[Task], files: Files, done: Callable[[int], None]
) -> Iterator[Task]:
    """The tasks of the files that are not in the index as they are now."""
    for path, group in groupby(tasks, key=lambda task: task.path):
        own = list(group)
        known = writer.known(files.path(path))
        if known and (_untouched(path, known[0]) or _equal(workshop, own, known)):
            done(len(own))
        else:
            yield from own


def _untouched(path: str, known: Source) -> bool:
    try:
        status = os.stat(path)
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (known.size, known.time)


def _equal(workshop: Workshop, tasks: Sequence[Task], known: Sequence[Source]) -> bool:
    """Whether the bytes of a file, part by part, are those that are known."""
    try:
        return len(tasks) == len(known) and all(
            digest(read_bytes(workshop, task)) == source.digest for task, source in zip(tasks, known, strict=True)
        )
    except ReadError:
        return False


def _add(
    writer: Writer, workshop: Workshop, tasks: Sequence[Task], files: Files, examined: Examined, problems: list[Problem]
) -> None:
    """Add what came of a batch."""
    sources: list[Source] = []
    columns = {name: own.slice(0, 0) for name, own in examined.columns.items()}
    place = 0
    for number, group in groupby(examined.keys, key=lambda key: key.task):
        keys = list(group)
        first, place = place, place + len(keys)
        task = tasks[number]
        path = files.path(task.path)
        size, modified = _stat(task.path)
        part = packed(task.part, task.path) if task.part else None
        source = Source(path, keys[0].digest, len(keys), size, modified, part)
        if writer.manifest.keep_text or source.elsewhere:
            try:
                source = source._replace(text=read_bytes(workshop, task))
            except ReadError as error:
                problems.append(Problem(str(error), task.shown))
                continue
            if digest(source.text or b"") != source.digest:
                problems.append(Problem("changed while newslint was reading: add it again", task.shown))
                continue
        sources.append(source)
        for name, own in examined.columns.items():
            columns[name].extend(own.slice(first, place))
    writer.add(sources, columns)


def _stat(path: str) -> tuple[int, int]:
    """The size of a file and when it was modified; 0 where that may not tell it again."""
    try:
        status = os.stat(path)
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns if time.time_ns() - status.st_mtime_ns > FRESH else 0


def drop(writer: Writer, paths: Iterable[str], files: Files) -> list[str]:
    """Drop the documents of files, and of all files in folders; gives the paths that the index did not hold."""
    unknown = []
    for path in paths:
        own = files.path(os.path.abspath(path))
        if writer.remove(own):
            continue
        inside = "" if own == "." else f"{own.rstrip('/')}/"
        below = [each for each in writer.paths() if each.startswith(inside)]
        if not below:
            unknown.append(path)
        for each in below:
            writer.remove(each)
    return unknown


def drop_missing(writer: Writer, files: Files) -> int:
    """Drop the documents of files that are gone; gives how many files."""
    gone = [path for path in writer.paths() if not os.path.lexists(files.full(path))]
    for path in gone:
        writer.remove(path)
    return len(gone)


def common_folder(paths: Iterable[str]) -> str:
    """The folder that all paths lie in, absolute.

    Raises:
        ConfigError: they lie on several drives.
    """
    folders = [full if os.path.isdir(full) else os.path.dirname(full) for full in map(os.path.abspath, paths)]
    try:
        return os.path.commonpath(folders)
    except ValueError:
        raise ConfigError("the files lie on several drives: an index holds those of one") from None


def relative_root(root: str, folder: Path) -> str:
    """The root of an index, from its own folder where that can be said: both can then be moved together."""
    try:
        return os.path.relpath(root, folder.absolute()).replace(os.sep, "/")
    except ValueError:
        return root.replace(os.sep, "/")
