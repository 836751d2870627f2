"""What the commands that look at articles share: which files, with which rules, and the run over them."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.cli.parser import Parser
from newslint.cli.progress import Progress
from newslint.config import ConfigError, Resolver, Settings, parse_fail_on, parse_language
from newslint.discover import Source, discover, show
from newslint.engine.plan import Plan, Task, local_rules_of, make_plan
from newslint.engine.run import LEAST_CACHED, MOST_CACHED, Judge, Outcome
from newslint.engine.run import run as run_engine
from newslint.globs import Globs
from newslint.model import Problem, Severity
from newslint.plugins import Registry, load_plugins
from newslint.selection import Layer

if TYPE_CHECKING:
    from newslint.cache import Cache

LEVELS = ("info", "warning", "error")


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
        "--context", action="append", metavar="DIR",
        help="compare with all documents there, and report on the named files only",
    )  # fmt: skip
    files("--force-exclude", action="store_true", help="leave out excluded files even where they are named")
    files("--stdin-filename", metavar="NAME", help="the name that standard input goes by")
    files("--config", metavar="FILE", help="use this configuration file")
    files("--isolated", action="store_true", help="use no configuration file")
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


class Session:
    """What one command line is about: settings, rules, files.

    Attributes:
        root: the settings of the folder where newslint was started.
        registry: the loaded plugins.
        plan: what to check with what, once the files are found.
        tasks: the files, once they are found.
        problems: what kept newslint from its work so far.
        folders: the folders that are looked at as a whole, absolute.

    Raises:
        ConfigError: a configuration file or an option cannot be used.
        PluginError: a plugin does not load.
    """

    plan: Plan
    tasks: list[Task]

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._resolver = make_resolver(options)
        self.root = self._resolver.root
        self.registry = load_plugins(self.root.local_rules)
        self.problems: list[Problem] = []
        self.folders = [Path(os.path.abspath(path)) for path in options.paths or ["."] if os.path.isdir(path)]

    def discover(self) -> None:
        """Find the files, and plan what to check them with.

        Raises:
            ConfigError: a configuration file cannot be used, or names what is not there.
            PluginError: a plugin does not load.
        """
        sources = _sources(self._options, self._resolver, self.registry, self.problems)
        context = self._context(sources)
        local_rules = local_rules_of([self.root, *(source.settings for source in (*context, *sources))])
        if local_rules != self.root.local_rules:
            self.registry = load_plugins(local_rules)
        self.plan, self.tasks = make_plan(self.root, sources, self.registry, local_rules, context)

    def _context(self, sources: Sequence[Source]) -> list[Source]:
        """The files that the named ones are compared with, these aside."""
        if not self._options.context:
            return []
        named = {os.path.realpath(source.path) for source in sources}
        found = discover(self._options.context, self._resolver, self.registry.readers, self.problems.append)
        return [source for source in found if os.path.realpath(source.path) not in named]

    def examine(self, judge: Judge | None = None) -> Outcome:
        """Look at all files; see ``engine.run.run``."""
        with Progress(len(self.tasks), enabled=not self._options.quiet) as progress, self._cache() as cache:
            return run_engine(
                self.plan, self.tasks, self.registry, self._options.jobs, progress.advance, progress.stage,
                self.folders, judge, cache,
            )  # fmt: skip

    @contextmanager
    def _cache(self) -> "Iterator[Cache | None]":
        """The cache, where it is wanted and worth its opening."""
        if self._options.no_cache or not LEAST_CACHED <= len(self.tasks) <= MOST_CACHED:
            yield None
            return
        from newslint.cache import Cache, default_folder

        folder = Path(self._options.cache_dir) if self._options.cache_dir else default_folder()
        with closing(Cache(folder)) as cache:
            yield cache


def make_resolver(options: argparse.Namespace) -> Resolver:
    """The settings' resolver, with the command line on top of the files.

    Raises:
        ConfigError: a configuration file or an option cannot be used.
    """
    try:
        language = None if options.language is None else parse_language(options.language)
    except ValueError as error:
        raise ConfigError(f"--language {error}") from None
    layer = Layer(_split(options.select) or None, _split(options.extend_select), _split(options.ignore))
    exclude = Globs(Path.cwd(), tuple(options.exclude or ()))

    def override(settings: Settings) -> Settings:
        return settings._replace(
            selection=(*settings.selection, layer),
            exclude=(*settings.exclude, exclude),
            language=language or settings.language,
            fail_on=parse_fail_on(options.fail_on) if options.fail_on else settings.fail_on,
            min_severity=Severity.parse(options.min_severity) if options.min_severity else settings.min_severity,
        )

    file = None
    if options.config:
        file = Path(options.config).absolute()
        if not file.is_file():
            raise ConfigError(f"{options.config}: no such configuration file")
    return Resolver(Path.cwd(), override, file=file, isolated=options.isolated)


def _split(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())


def _jobs(value: str) -> int:
    jobs = int(value) if value.isdecimal() else 0
    if jobs < 1:
        raise argparse.ArgumentTypeError(f"takes a number from 1 on, not {value!r}")
    return jobs


def _sources(
    options: argparse.Namespace, resolver: Resolver, registry: Registry, problems: list[Problem]
) -> list[Source]:
    paths = options.paths or ["."]
    named = [path for path in paths if path != "-"]
    force = options.force_exclude
    sources = discover(named, resolver, registry.readers, problems.append, force_exclude=force)
    if "-" in paths:
        name = options.stdin_filename or "-"
        full = os.path.abspath(name)
        settings = resolver.of(Path(full).parent) if options.stdin_filename else resolver.root
        sources.append(Source(full, show(name), settings, sys.stdin.buffer.read()))
        sources.sort(key=lambda source: (source.shown, source.path))
    elif options.stdin_filename:
        raise ConfigError("--stdin-filename goes with the path -")
    if not sources and not problems:
        print("newslint: warning: no files to check under " + ", ".join(map(show, paths)), file=sys.stderr)
    return sources
