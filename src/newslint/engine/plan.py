"""The plan of a run: which rules look at which files, with which options. It is sent to workers as it is."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from newslint import globs, selection
from newslint.config import ConfigError, Settings
from newslint.discover import Source
from newslint.model import Severity
from newslint.plugins import Registry, RuleRef, resolve
from newslint.readers import Reader
from newslint.rule import CorpusRule, DocumentRule, Feature, OptionError, Rule


class Task(NamedTuple):
    """A file to read and the number of the profile it is checked with; ``data`` where its bytes are already here."""

    path: str
    shown: str
    profile: int
    data: bytes | None = None


class Plan(NamedTuple):
    """All that a worker needs to know. Profile 0 belongs to the root settings.

    Attributes:
        settings: the settings of each profile.
        refs: the rules that each profile selects.
        readers: file name ending to the target of its reader.
        local_rules: folders of Python files to load rules from.
    """

    settings: tuple[Settings, ...]
    refs: tuple[tuple[RuleRef, ...], ...]
    readers: Mapping[str, str]
    local_rules: tuple[Path, ...]


def make_plan(root: Settings, sources: Sequence[Source], registry: Registry) -> tuple[Plan, list[Task]]:
    """Plan a run over ``sources``.

    Raises:
        ConfigError: a selector or an option table names no rule.
    """
    profiles = {id(root): 0}
    settings = [root]
    tasks = []
    for source in sources:
        number = profiles.get(id(source.settings))
        if number is None:
            number = profiles[id(source.settings)] = len(settings)
            settings.append(source.settings)
        tasks.append(Task(source.path, source.shown, number, source.data))
    refs = tuple(tuple(selected(each, registry)) for each in settings)
    readers = {suffix: ref.target for suffix, ref in registry.readers.items()}
    return Plan(tuple(settings), refs, readers, root.local_rules), tasks


def selected(settings: Settings, registry: Registry) -> list[RuleRef]:
    """The rules that settings select.

    Raises:
        ConfigError: a selector, a severity or an option table names no rule.
    """
    where = f"{settings.files[0]}: " if settings.files else ""
    ignores = [selector for selectors in settings.per_file_ignores.values() for selector in selectors]
    named = [*settings.select, *settings.extend_select, *settings.ignore, *settings.severity, *ignores, *settings.rules]
    try:
        selection.check(named, registry.rules)
    except selection.SelectionError as error:
        raise ConfigError(f"{where}{error}") from None
    return selection.select(registry.rules, (*settings.select, *settings.extend_select), settings.ignore)


class Profile:
    """The rules of one profile, ready to run, made once per process.

    Raises:
        PluginError: a rule does not load.
        ConfigError: an option does not fit.
    """

    def __init__(self, settings: Settings, refs: Sequence[RuleRef], registry: Registry) -> None:
        self.settings = settings
        self.rules = [_instance(settings, ref, registry) for ref in refs]
        self.document_rules = [rule for rule in self.rules if isinstance(rule, DocumentRule)]
        self.names = {rule.name for rule in self.rules}

    def severity(self, rule: Rule, own: Severity | None) -> Severity:
        """The severity of a hit: what the settings say, else what the hit says, else the rule's."""
        override = self.settings.severity.get(rule.name, self.settings.severity.get(rule.code))
        return override or own or rule.severity

    def ignored(self, path: str) -> frozenset[str]:
        """The names of the rules that per-file settings leave out for a file."""
        full = Path(path)
        return frozenset(
            rule.name
            for glob, selectors in self.settings.per_file_ignores.items()
            if globs.matches([glob], self.settings.root, full)
            for rule in self.rules
            if any(selection.matches(selector, RuleRef(rule.code, rule.name, "")) for selector in selectors)
        )


def _instance(settings: Settings, ref: RuleRef, registry: Registry) -> Rule:
    table = {**settings.rules.get(ref.code, {}), **settings.rules.get(ref.name, {})}
    try:
        return registry.load(ref)(table)
    except OptionError as error:
        where = f"{settings.files[0]}: " if settings.files else ""
        raise ConfigError(f"{where}rules.{ref.name}: {error}") from None


class Workshop:
    """A plan brought to life in one process: readers, profiles, corpus rules and their features.

    Raises:
        PluginError: a rule or a reader does not load.
        ConfigError: an option does not fit.
    """

    def __init__(self, plan: Plan, registry: Registry) -> None:
        self.plan = plan
        self._registry = registry
        self._readers: dict[str, Reader] = {}
        self.profiles = [
            Profile(settings, refs, registry) for settings, refs in zip(plan.settings, plan.refs, strict=True)
        ]

    @cached_property
    def corpus_rules(self) -> list[CorpusRule]:
        """The corpus rules that any profile selects; their options are those of the root settings alone."""
        refs = sorted({ref for refs in self.plan.refs for ref in refs})
        instances = (_instance(self.plan.settings[0], ref, self._registry) for ref in refs)
        return [rule for rule in instances if isinstance(rule, CorpusRule)]

    @cached_property
    def features(self) -> list[Feature]:
        """The features that the corpus rules need, each once, by name."""
        needed = {feature.name: feature for rule in self.corpus_rules for feature in rule.features}
        return [needed[name]() for name in sorted(needed)]

    def reader(self, suffix: str) -> Reader:
        """The reader for a file name ending; plain text where nothing else is known."""
        target = self.plan.readers.get(suffix) or self.plan.readers[".txt"]
        if target not in self._readers:
            self._readers[target] = resolve(target, "reader")
        return self._readers[target]
