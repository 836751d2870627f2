"""A folder that an editor works in: its settings, read again when they change, and the index of its articles."""

import os
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from newslint.baseline import Baseline, load, relative
from newslint.config import ConfigError, Resolver, Settings
from newslint.discover import SKIPPED, IgnoreFiles, Source, discover, show
from newslint.engine.plan import Plan, Task, Workshop, local_rules_of, make_plan
from newslint.model import Problem
from newslint.plugins import PluginError, Registry, load_plugins
from newslint.server.index import Index, Stamp, stamp_of

CONFIGURATION = ("newslint.toml", "pyproject.toml")
#: Of a folder with more articles, a document is compared with those in the folders of open documents only: the index
#: takes some 10 KB an article, and 5 ms to make.
MOST_FILES = 5000


class Desk(NamedTuple):
    """All that is needed to check one file."""

    workshop: Workshop
    task: Task
    settings: Settings
    excluded: bool


class Project:
    """A folder and its settings.

    Args:
        folder: absolute; reports show paths relative to it.
        indexed: whether its articles are compared with each other.
        trusted: whether the local rules that its configuration names may be run.
    """

    def __init__(self, folder: Path, *, indexed: bool, trusted: bool = True) -> None:
        self.folder = folder
        self.trusted = trusted
        self.indexed = indexed
        self.index = Index()
        #: The folders that the index holds the articles of; None: all.
        self.covered: frozenset[str] | None = None
        self._stamps: dict[Path, tuple[Stamp, ...]] = {}
        self._resolver: Resolver | None = None
        self._registries: dict[tuple[Path, ...], Registry] = {}
        self._workshops: dict[int, Workshop] = {}
        self._baselines: dict[Path, Baseline] = {}
        self._ignores = IgnoreFiles()

    def open(self) -> None:
        """Read the settings anew, and forget all that was made with the old ones.

        Raises:
            ConfigError: a configuration file cannot be used.
            PluginError: a plugin does not load.
        """
        # Taken before the files are read: what changes meanwhile is seen the next time.
        before = _stamp(self.folder, ())
        self._stamps = {self.folder: before}
        self._registries, self._workshops, self._baselines = {}, {}, {}
        self._ignores = IgnoreFiles()
        self.index = Index()
        self.covered = None
        try:
            resolver = Resolver(self.folder, local_rules=self.trusted)
            self._registries[resolver.root.local_rules] = load_plugins(resolver.root.local_rules)
        except (ConfigError, PluginError):
            self._resolver = None
            raise
        self._resolver = resolver
        self._stamps = {self.folder: (*before, *_stamps(self._files(), but=_places(self.folder)))}

    def changed(self) -> bool:
        """Whether a configuration file came, went or changed since the settings were read; a few dozen stat calls."""
        files = self._files()
        return not self._stamps or any(_stamp(folder, files) != stamp for folder, stamp in self._stamps.items())

    def _files(self) -> tuple[Path, ...]:
        """The files besides those that lie on the way to the root."""
        root = self._resolver.root if self._resolver else None
        return (*root.files, *((root.baseline,) if root.baseline else ())) if root else ()

    @property
    def problems(self) -> list[Problem]:
        """The plugins and rules that cannot be used, and why."""
        return list(chain.from_iterable(registry.problems for registry in list(self._registries.values())))

    @property
    def untrusted(self) -> tuple[Path, ...]:
        """The local rules that the configuration names and that are switched off."""
        return self._resolver.root.untrusted if self._resolver else ()

    @property
    def is_open(self) -> bool:
        """Whether there are settings to work with."""
        return self._resolver is not None

    def covers(self, folder: str) -> bool:
        """Whether the index is to hold the articles of a folder."""
        return self.covered is None or folder in self.covered

    def page(self, name: str) -> str:
        """A rule's page, as mark-down; empty where no rule has that name."""
        from newslint.render.rule_page import rule_markdown

        for registry in list(self._registries.values()):
            for ref in registry.rules:
                if ref.name == name:
                    return rule_markdown(registry.load(ref))
        return ""

    def desk(self, path: str, data: bytes) -> Desk:
        """What checks a text that goes by ``path`` (absolute).

        Raises:
            ConfigError: its configuration file cannot be used.
            PluginError: a rule does not load.
        """
        assert self._resolver is not None
        folder = Path(path).parent
        if folder not in self._stamps:
            self._stamps[folder] = _stamp(folder, self._files())
        settings = self._resolver.of(folder)
        excluded = any(globs.match(Path(path)) for globs in settings.exclude)
        workshop = self._workshops.get(id(settings))
        if workshop is None:
            registry = self._registry(settings)
            plan, _ = make_plan(self._resolver.root, [Source(path, path, settings)], registry, self._local(settings))
            workshop = self._workshops[id(settings)] = Workshop(plan, registry)
        return Desk(workshop, Task(path, self.shown(path), 0, data), settings, excluded)

    def shown(self, path: str) -> str:
        """The path as messages show it."""
        return show(os.path.relpath(path, self.folder) if Path(path).is_relative_to(self.folder) else path)

    def holds(self, path: str) -> bool:
        """Whether the index is to hold a file that its settings do not exclude, as a run over the folder would."""
        assert self._resolver is not None
        place = Path(path)
        settings = self._resolver.of(place.parent)
        between = place.relative_to(self.folder).parts[:-1]
        ignores = self._ignores
        return (
            place.suffix.lower() in self._registry(settings).readers
            and self.covers(str(place.parent))
            and not any(part.startswith(".") or part in SKIPPED for part in between)
            and not (
                settings.respect_gitignore
                and (ignores.ignored_above(place.parent) or ignores.ignored(place, folder=False))
            )
        )

    def articles(self, open_folders: Iterable[str]) -> tuple[list[Source], int]:
        """The files that the index is made of, and how many there are in all.

        Raises:
            ConfigError: a configuration file cannot be used.
        """
        assert self._resolver is not None
        suffixes = self._registry(self._resolver.root).readers
        # A folder that cannot be read holds nothing to compare with: a run says so, an editor need not.
        found = discover([str(self.folder)], self._resolver, suffixes, lambda _: None)
        own = [source._replace(shown=self.shown(source.path)) for source in found]
        if len(own) <= MOST_FILES:
            return own, len(own)
        folders = set(open_folders)
        return [source for source in own if os.path.dirname(source.path) in folders][:MOST_FILES], len(own)

    def plan(self, sources: Sequence[Source]) -> tuple[Plan, list[Task], Registry]:
        """What reads the articles.

        Raises:
            ConfigError: a configuration file names what is not there.
            PluginError: a plugin does not load.
        """
        assert self._resolver is not None
        root = self._resolver.root
        local_rules = local_rules_of([root, *(source.settings for source in sources)])
        registry = load_plugins(local_rules)
        plan, tasks = make_plan(root, sources, registry, local_rules)
        return plan, [task._replace(context=True) for task in tasks], registry

    def baseline(self) -> Baseline | None:
        """The findings that are known already, where the settings name a baseline.

        Raises:
            BaselineError: it cannot be read.
        """
        assert self._resolver is not None
        file = self._resolver.root.baseline
        if file is None:
            return None
        if file not in self._baselines:
            self._baselines[file] = load(file)
        return self._baselines[file]

    def in_baseline(self, shown: str) -> str:
        """The path that the baseline has for a path that messages show."""
        assert self._resolver is not None
        file = self._resolver.root.baseline
        assert file is not None
        return relative(file.parent)(str(self.folder / shown))

    def _registry(self, settings: Settings) -> Registry:
        local_rules = self._local(settings)
        if local_rules not in self._registries:
            self._registries[local_rules] = load_plugins(local_rules)
        return self._registries[local_rules]

    def _local(self, settings: Settings) -> tuple[Path, ...]:
        return local_rules_of([self._resolver.root, settings] if self._resolver else [settings])


def _stamp(folder: Path, files: Iterable[Path]) -> tuple[Stamp, ...]:
    """The stamps of all configuration files that a folder's settings may come from, and of those that these extend."""
    places = _places(folder)
    return (*_stamps(places), *_stamps(files, but=places))


def _places(folder: Path) -> list[Path]:
    return [place / name for place in (folder, *folder.parents) for name in CONFIGURATION]


def _stamps(files: Iterable[Path], but: Sequence[Path] = ()) -> tuple[Stamp, ...]:
    return tuple(stamp for path in files if path not in but and (stamp := stamp_of(path)))
