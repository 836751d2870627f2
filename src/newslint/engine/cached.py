"""A run that uses what earlier ones found: only files that are new or changed are examined."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from newslint import __version__
from newslint.cache import Cache, Stat
from newslint.engine.examine import DocumentKey, Examined, digest, read_bytes
from newslint.engine.local import Crew
from newslint.engine.plan import Plan, Task, Workshop
from newslint.model import Finding
from newslint.readers import ReadError

#: Findings of the rules that compare documents that are kept as one result.
MOST_COMPARED = 50_000
#: A file written to within so many nanoseconds before it is looked at may change once more with no other time.
FRESH = 2_000_000_000
#: What belongs to a rule besides its code.
DATA = (".py", ".toml", ".bin")


class CachedCrew:
    """Examines files as a ``Crew`` does, but for those whose result is known.

    Args:
        crew: examines the others.
        cache: the results.
        workshop: the plan, ready to run.
        tasks: the files.
    """

    def __init__(self, crew: Crew, cache: Cache, workshop: Workshop, tasks: Sequence[Task]) -> None:
        self._crew = crew
        self._cache = cache
        self._workshop = workshop
        self._tasks = tasks
        self._stamps = _stamps(workshop.plan)
        # From before the files are read: of one that is written to meanwhile it is not known which content that saw.
        self._looked = time.time_ns()
        self._stats = list(map(_stat, tasks))
        keys = cache.keys()
        self._keys = [key if key in keys else None for key in self._lookup(bool(keys))]
        self._whole = all(self._keys)
        self._compared: list[Finding] | None = None
        if self._whole:
            self._compared = cache.get(self._run_key())

    def examine(self, done: Callable[[int], None]) -> Iterator[Examined]:
        """Yield what is known or found of all files, in order."""
        missing = [number for number, key in enumerate(self._keys) if key is None]
        fresh = _by_file(self._crew.examine([(number, self._tasks[number]) for number in missing], done))
        for number, key in enumerate(self._keys):
            known = self._known(number, key) if key else None
            if known:
                yield known
                done(1)
                continue
            if key is None:
                found = next(fresh)
            else:
                # Its result is damaged.
                (found,) = _by_file(self._crew.examine([(number, self._tasks[number])], done))
            self._keep(number, found)
            yield found

    def compared(self) -> list[Finding] | None:
        """What the rules that compare documents found in the very same documents; None where that is not known."""
        return self._compared

    def keep_compared(self, findings: list[Finding]) -> None:
        """Keep what the rules that compare documents found."""
        if all(self._keys) and len(findings) <= MOST_COMPARED:
            self._cache.put(self._run_key(), findings)

    def _lookup(self, filled: bool) -> Iterator[bytes | None]:
        """The key of each file's result; None where its content is not known without examining it."""
        digests = self._cache.digests() if filled else {}
        for task, stat in zip(self._tasks, self._stats, strict=True):
            if stat is None or not filled:
                yield None
                continue
            known = digests.get(_name(task))
            if known is None or known[0] != stat:
                try:
                    content = digest(read_bytes(self._workshop, task))
                except ReadError:
                    yield None
                    continue
                self._note(task, stat, content)
            else:
                content = known[1]
            yield self._key(task, content)

    def _note(self, task: Task, stat: Stat, content: bytes) -> None:
        if self._looked - stat.time > FRESH and _stat(task) == stat:
            self._cache.note(_name(task), stat, content)

    def _known(self, number: int, key: bytes) -> Examined | None:
        found = self._cache.get(key)
        columns = self._cache.get(_columns_key(key)) if self._compared is None and self._workshop.features else {}
        if found is None or columns is None:
            return None
        content, places, findings = found
        keys = [DocumentKey(number, place, content) for place in range(places)]
        return Examined(findings, [], keys, columns, [])

    def _keep(self, number: int, found: Examined) -> None:
        task, stat = self._tasks[number], self._stats[number]
        # A file that could not be examined is looked at again each time.
        if stat is None or found.problems or not found.keys:
            self._keys[number] = None
            return
        content = found.keys[0].digest
        self._keys[number] = key = self._key(task, content)
        self._cache.put(key, (content, len(found.keys), found.findings))
        if self._workshop.features:
            self._cache.put(_columns_key(key), found.columns)
        self._note(task, stat, content)

    def _key(self, task: Task, content: bytes) -> bytes:
        parts = (
            content,
            os.fsencode(task.shown),
            os.fsencode(task.path),
            self._stamps[task.profile],
            b"%d" % task.context,
            # Where it was unpacked to changes from run to run.
            repr(task.part and task.part._replace(file="")).encode("utf-8", "surrogateescape"),
        )
        return blake2b(b"\0".join(parts), digest_size=16).digest()

    def _run_key(self) -> bytes:
        whole = blake2b(self._stamps[-1], digest_size=16, person=b"compared")
        for key in self._keys:
            whole.update(key or b"")
        return whole.digest()


def _by_file(batches: Iterator[Examined]) -> Iterator[Examined]:
    """What came of each file of some batches; a file without documents has none."""
    for batch in batches:
        yield from batch.by_task()


def _columns_key(key: bytes) -> bytes:
    return blake2b(key, digest_size=16, person=b"columns").digest()


def _name(task: Task) -> str:
    """What the content of a file, or of a part of it, is known by."""
    return task.path if task.part is None else f"{task.path}#{task.part.start}-{task.part.end}"


def _stat(task: Task) -> Stat | None:
    if task.data is not None:
        return None
    try:
        status = os.stat(task.path)
    except OSError:
        return None
    return Stat(status.st_size, status.st_mtime_ns, status.st_ino)


def _stamps(plan: Plan) -> list[bytes]:
    """For each profile, and at last for the run, the hash of all that results depend on besides the documents."""
    code = _code(plan)
    parts = [
        (settings._replace(fail_on=None, baseline=None), refs, plan.readers)
        for settings, refs in zip(plan.settings, plan.refs, strict=True)
    ]
    whole = [*parts, (plan.root._replace(fail_on=None, baseline=None), plan.refs, plan.readers)]
    return [blake2b(code + repr(part).encode("utf-8", "surrogateescape"), digest_size=16).digest() for part in whole]


def _code(plan: Plan) -> bytes:
    """The hash of what the code is: versions, and size and time of every file of the packages that hold rules."""
    targets = {ref.target for refs in plan.refs for ref in refs} | set(plan.readers.values())
    folders = {str(folder) for folder in plan.local_rules}
    for package in {target.partition(":")[0].partition(".")[0] for target in targets}:
        file = getattr(sys.modules.get(package), "__file__", None)
        if file:
            folders.add(os.path.dirname(file))
    code = blake2b(f"{__version__} {sys.version}".encode(), digest_size=16)
    for folder in sorted(folders):
        for path in sorted(_files(folder)):
            try:
                status = os.stat(path)
            except OSError:
                continue  # an editor's lock, say: a link that leads nowhere
            code.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return code.digest()


def _files(folder: str) -> Iterator[str]:
    if os.path.isfile(folder):
        yield folder
    for parent, _, names in os.walk(folder):
        yield from (os.path.join(parent, name) for name in names if Path(name).suffix in DATA)
