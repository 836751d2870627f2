"""What the commands that look at articles share: which files, with which rules, and the run over them."""

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newslint.cli.arguments import check_selectors, make_resolver
from newslint.cli.loading import hush, load, tell_untrusted
from newslint.cli.parser import say
from newslint.cli.progress import Progress
from newslint.cli.sources import sources_of
from newslint.config import ConfigError
from newslint.discover import Source, discover
from newslint.engine.plan import Plan, Task, local_rules_of, make_plan
from newslint.engine.reported import Judge
from newslint.engine.run import LEAST_CACHED, MOST_CACHED, Outcome
from newslint.engine.run import run as run_engine
from newslint.model import Problem
from newslint.readers import ending
from newslint.remote import is_remote

if TYPE_CHECKING:
    from newslint.cache import Cache
    from newslint.engine.mend import Mended
    from newslint.engine.parts import Parts
    from newslint.engine.run import Hire
    from newslint.index.beside import Archives

#: The file that makes a folder an index (``newslint.index.MANIFEST``).
INDEX = "newslint-index.json"


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
        sources = sources_of(self._options, self._resolver, self.registry, self.problems)
        context = self._context(sources)
        local_rules = local_rules_of([self.root, *(source.settings for source in (*context, *sources))])
        if local_rules != self.root.local_rules:
            self.registry = load(local_rules)
        tell_untrusted([self.root, *(source.settings for source in (*context, *sources))])
        check_selectors(self._options, self.registry)
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
