"""What the commands that look at articles share: which files, with which rules, and the run over them."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newslint.cli.loading import add_local_rules, hush, load, tell_untrusted
from newslint.cli.parser import Parser, say
from newslint.cli.progress import Progress
from newslint.config import ConfigError, Resolver, Settings, parse_fail_on, parse_language
from newslint.discover import Source, discover, show
from newslint.engine.examine import too_large
from newslint.engine.plan import Plan, Task, local_rules_of, make_plan
from newslint.engine.run import LEAST_CACHED, MOST_CACHED, Judge, Outcome
from newslint.engine.run import run as run_engine
from newslint.globs import Globs
from newslint.model import Problem, Severity
from newslint.plugins import Registry
from newslint.readers import ReadError, ending
from newslint.readers.fields import Fields
from newslint.remote import is_remote
from newslint.selection import Layer, SelectionError, check

if TYPE_CHECKING:
    from newslint.cache import Cache
    from newslint.engine.mend import Mended
    from newslint.engine.parts import Parts
    from newslint.engine.run import Hire
    from newslint.index.beside import Archives

#: The file that makes a folder an index (``newslint.index.MANIFEST``).
INDEX = "newslint-index.json"
LEVELS = ("info", "warning", "error")
#: So many of what is skipped in folders are named.
MOST_SKIPPED = 10


def add_selection(parser: Parser) -> None:
    """Declare the arguments that say what to look at."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; - reads standard input (default: .)")
    rules = parser.add_argument_group("rules").add_argument
    rules(
        "--select",
        action="append",
        metavar="RULES",
        help="use only these rules: codes, prefixes or names, separated by commas",
    )
    rules("--extend-select", action="append", metavar="RULES", help="use these rules besides")
    rules("--ignore", action="append", metavar="RULES", help="leave these rules out")
    rules("--language", metavar="CODE", help="the documents' language (default: detected)")
    files = parser.add_argument_group("files").add_argument
    files("--exclude", action="append", metavar="GLOB", help="leave out files and folders, as in .gitignore")
    files(
        "--context", action="append", metavar="DIR-OR-INDEX",
        help="compare with all documents there, and report on the named files only",
    )  # fmt: skip
    files(
        "--text-field", action="append", metavar="FIELD",
        help="the field of a record that holds its text, by name or JSON Pointer; repeatable (default: guessed)",
    )  # fmt: skip
    files("--id-field", metavar="FIELD", help="the field that names a record")
    files("--language-field", metavar="FIELD", help="the field that states a record's language")
    files("--force-exclude", action="store_true", help="leave out excluded files even where they are named")
    files("--stdin-filename", metavar="NAME", help="the name that standard input goes by")
    files("--config", metavar="FILE", help="use this configuration file")
    files("--isolated", action="store_true", help="use no configuration file")
    add_local_rules(parser)
    parser.add_argument("--min-severity", choices=LEVELS, help="leave out what is below (default: info)")
    parser.add_argument(
        "--fail-on", choices=(*LEVELS, "never"), help="exit with 1 from this severity on (default: warning)"
    )
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep what earlier runs found")
    parser.add_argument("--cache-dir", metavar="DIR", help="where that is kept (default: the user's cache folder)")
    parser.add_argument("-q", "--quiet", action="store_true", help="findings only: no summary, no progress")
    parser.add_argument(
        "-j", "--jobs", type=_jobs, metavar="N", help="worker processes (default: by the number of files)"
    )
    parser.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="where the work is done (default: local)"
    )
    parser.add_argument(
        "--ray-address", metavar="HOST:PORT",
        help="with --engine ray: the cluster's head, or auto (default: RAY_ADDRESS, else a Ray on this machine alone)",
    )  # fmt: skip


class Session:
    """What one command line is about: settings, rules, files.

    Attributes:
        root: the settings of the folder where newslint was started.
        registry: the loaded plugins.
        plan: what to check with what, once the files are found.
        tasks: the files, once they are found.
        archives: the indexes that they are compared with.
        problems: what kept newslint from its work so far.
        folders: the folders that are looked at as a whole, absolute.

    Raises:
        ConfigError: a configuration file or an option cannot be used.
        PluginError: a plugin does not load.
    """

    plan: Plan
    tasks: list[Task]
    archives: "Archives | None" = None

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        if options.ray_address and options.engine != "ray":
            raise ConfigError("--ray-address goes with --engine ray")
        self._resolver = make_resolver(options)
        self.root = self._resolver.root
        self.registry = load(self.root.local_rules)
        self.problems: list[Problem] = []
        self._parts: Parts | None = None
        self.folders = [Path(os.path.abspath(path)) for path in options.paths or ["."] if os.path.isdir(path)]

    def discover(self) -> None:
        """Find the files, and plan what to check them with.

        Raises:
            ConfigError: a configuration file cannot be used, or names what is not there.
            PluginError: two plugins claim the same name.
        """
        sources = _sources(self._options, self._resolver, self.registry, self.problems)
        context = self._context(sources)
        local_rules = local_rules_of([self.root, *(source.settings for source in (*context, *sources))])
        if local_rules != self.root.local_rules:
            self.registry = load(local_rules)
        tell_untrusted([self.root, *(source.settings for source in (*context, *sources))])
        _check_selectors(self._options, self.registry)
        with hush():
            self.plan, tasks = make_plan(self.root, sources, self.registry, local_rules, context)
            self._files = tasks
        self.problems += self.registry.problems
        self.tasks = self._expand(tasks, self.problems)
        self.archives = self._open_indexes([source.path for source in sources])

    def take_up(self, written: Mapping[str, bytes]) -> None:
        """Take files up as they were written: of standard input, the new bytes."""
        self._files = [
            task if task.data is None else task._replace(data=written.get(task.path, task.data)) for task in self._files
        ]
        # What cannot be read was said at the first look.
        self.tasks = self._expand(self._files, [])

    def rewrite(self, mended: "Iterable[Mended]", target: BinaryIO) -> None:
        """Write a record file again; see ``engine.parts``."""
        assert self._parts is not None
        self._parts.rewrite(mended, target)

    def _expand(self, tasks: list[Task], problems: list[Problem]) -> list[Task]:
        """The tasks, each record file's replaced by those of its parts."""
        readers = self.registry.readers
        if not any(readers[end].records for task in tasks if (end := ending(task.path, readers)) in readers):
            return tasks
        from newslint.engine.parts import Parts

        # It holds what is unpacked for as long as the session lasts.
        self._parts = Parts(self.registry, _silent if self._options.quiet else _note)
        named = (path if is_remote(path) else os.path.abspath(path) for path in self._options.paths)
        return self._parts.expand(self.plan, tasks, named, problems)

    def _context(self, sources: Sequence[Source]) -> list[Source]:
        """The files that the named ones are compared with, these aside."""
        folders = [path for path in self._options.context or () if not os.path.isfile(os.path.join(path, INDEX))]
        if not folders:
            return []
        named = {os.path.realpath(source.path) for source in sources}
        found = discover(folders, self._resolver, self.registry.readers, self.problems.append)
        return [source for source in found if os.path.realpath(source.path) not in named]

    def _open_indexes(self, named: Sequence[str]) -> "Archives | None":
        """The indexes that the named files are compared with.

        Raises:
            ConfigError: one is damaged, or of another version.
        """
        folders = [path for path in self._options.context or () if os.path.isfile(os.path.join(path, INDEX))]
        if not folders:
            return None
        from newslint.index.archive import Archive
        from newslint.index.beside import Archives

        opened = []
        for archive in map(Archive, folders):
            settings = self._resolver.of(Path(os.path.abspath(archive.root)))
            if settings not in self.plan.settings:
                # What it is read with; no rule has anything to say about it.
                self.plan = self.plan._replace(settings=(*self.plan.settings, settings), refs=(*self.plan.refs, ()))
            opened.append((archive, self.plan.settings.index(settings)))
        return Archives(opened, named)

    def examine(self, judge: Judge | None = None) -> Outcome:
        """Look at all files; see ``engine.run.run``."""
        with hush(), Progress(len(self.tasks), enabled=not self._options.quiet) as progress, self._cache() as cache:
            return run_engine(
                self.plan, self.tasks, self.registry, self._options.jobs, progress.advance, progress.stage,
                self.folders, judge, cache, self.archives, self._hire(),
            )  # fmt: skip

    def _hire(self) -> "Hire | None":
        """What makes the crew, where it is not the usual one."""
        if self._options.engine == "local":
            return None
        from newslint.engine.ray.crew import RayCrew

        jobs, address = self._options.jobs, self._options.ray_address
        return lambda workshop, whole: RayCrew(workshop, jobs, address, whole=whole)

    @contextmanager
    def _cache(self) -> "Iterator[Cache | None]":
        """The cache, where it is wanted and worth its opening."""
        # What an index holds is no part of what a kept result depends on; a cluster's columns do not come here.
        if (
            self._options.no_cache
            or self._options.engine != "local"
            or self.archives
            or not LEAST_CACHED <= len(self.tasks) <= MOST_CACHED
        ):
            yield None
            return
        from newslint.cache import Cache, default_folder

        folder = Path(self._options.cache_dir) if self._options.cache_dir else default_folder()
        with closing(Cache(folder)) as cache:
            yield cache


def _note(text: str) -> None:
    say("note", text)


def _silent(text: str) -> None:
    del text


def _tell_skipped(skipped: Sequence[Problem]) -> None:
    """Say what is called like an article and is no file: a pipe, a device, a link that leads nowhere."""
    for each in skipped[:MOST_SKIPPED]:
        _note(f"{each.path} {each.message}")
    if len(skipped) > MOST_SKIPPED:
        _note(f"{len(skipped) - MOST_SKIPPED} more were skipped that are no files")


def make_resolver(options: argparse.Namespace) -> Resolver:
    """The settings' resolver, with the command line on top of the files.

    Raises:
        ConfigError: a configuration file or an option cannot be used.
    """
    try:
        language = None if options.language is None else parse_language(options.language)
    except ValueError as error:
        raise ConfigError(f"--language {error}") from None
    layer = _layer(options)
    exclude = Globs(Path.cwd(), tuple(options.exclude or ()))
    fields = Fields(tuple(options.text_field or ()), options.id_field, language=options.language_field)

    def override(settings: Settings) -> Settings:
        return settings._replace(
            selection=(*settings.selection, layer),
            exclude=(*settings.exclude, exclude),
            records=(*settings.records, (Globs(Path.cwd(), ()), fields)),
            language=language or settings.language,
            fail_on=parse_fail_on(options.fail_on) if options.fail_on else settings.fail_on,
            min_severity=Severity.parse(options.min_severity) if options.min_severity else settings.min_severity,
        )

    file = None
    if options.config:
        file = Path(options.config).absolute()
        if not file.is_file():
            raise ConfigError(f"{options.config}: no such configuration file")
    return Resolver(Path.cwd(), override, file=file, isolated=options.isolated, local_rules=not options.no_local_rules)


def _layer(options: argparse.Namespace) -> Layer:
    return Layer(_split(options.select) or None, _split(options.extend_select), _split(options.ignore))


def _check_selectors(options: argparse.Namespace, registry: Registry) -> None:
    """Make sure that the command line names rules that there are.

    Raises:
        ConfigError: it does not.
    """
    if registry.problems:  # it may name a rule of what did not load, which is told
        return
    try:
        check(_layer(options).selectors(), registry.rules)
    except SelectionError as error:
        raise ConfigError(str(error)) from None


def _split(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())


def _jobs(value: str) -> int:
    jobs = int(value) if value.isdecimal() else 0
    if jobs < 1:
        raise argparse.ArgumentTypeError(f"takes a number from 1 on, not {value!r}")
    return jobs


def _standard_input(limit: int | None) -> bytes:
    """What standard input holds.

    Raises:
        ReadError: it is closed, or holds more bytes than the limit.
    """
    if sys.stdin is None:
        raise ReadError("standard input is closed")
    data = sys.stdin.buffer.read(-1 if limit is None else limit + 1)
    if limit is not None and len(data) > limit:
        raise ReadError(too_large(limit))
    return data


def _sources(
    options: argparse.Namespace, resolver: Resolver, registry: Registry, problems: list[Problem]
) -> list[Source]:
    paths = options.paths or ["."]
    named = [path for path in paths if path != "-"]
    force = options.force_exclude
    skipped: list[Problem] = []
    sources = discover(named, resolver, registry.readers, problems.append, note=skipped.append, force_exclude=force)
    _tell_skipped(() if options.quiet else skipped)
    if "-" in paths:
        name = options.stdin_filename or "-"
        full = os.path.abspath(name)
        settings = resolver.of(Path(full).parent) if options.stdin_filename else resolver.root
        # What an editor sends stands in place of the file that it was.
        sources = [source for source in sources if source.path != full]
        try:
            reader = registry.readers.get(ending(full, registry.readers))
            # Of records the limit is one for each.
            data = _standard_input(None if reader and reader.records else settings.max_file_size)
            sources.append(Source(full, show(name), settings, data))
        except ReadError as error:
            problems.append(Problem(str(error), show(name)))
        sources.sort(key=lambda source: (source.shown, source.path))
    elif options.stdin_filename:
        raise ConfigError("--stdin-filename goes with the path -")
    if not sources and not problems:
        say("warning", f"no files to check under {', '.join(map(show, paths))}")
    return sources
