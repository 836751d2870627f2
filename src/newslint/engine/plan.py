"""The plan of a run: which rules look at which files, with which options. It is sent to workers as it is."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint import selection
from newslint.config import ConfigError, Settings
from newslint.discover import Source
from newslint.document import Document, Ignore
from newslint.model import Problem, Severity, Span, Suppression
from newslint.plugins import PluginError, Registry, RuleRef, guarded, resolve
from newslint.readers import Reader, ending
from newslint.rule import CorpusRule, DocumentRule, Feature, OptionError, Rule
from newslint.text.house import HouseWords

if TYPE_CHECKING:
    from newslint.readers.records import Part, RecordReader


class Task(NamedTuple):
    """A file to read.

    Attributes:
        path: where it lies.
        shown: the path that reports show.
        profile: the number of the profile it is checked with.
        data: its bytes, where they are already here.
        context: whether it only serves as the other side of comparisons.
        part: of a record file, the part that is read.
    """

    path: str
    shown: str
    profile: int
    data: bytes | None = None
    context: bool = False
    part: "Part | None" = None


class Plan(NamedTuple):
    """All that a worker needs to know.

    Attributes:
        root: the settings of the folder where newslint was started: corpus rules take their options from there.
        settings: the settings of each profile: files with the same settings share one.
        refs: the rules that each profile selects.
        readers: file name ending to the target of its reader.
        local_rules: folders of Python files to load rules from.
    """

    root: Settings
    settings: tuple[Settings, ...]
    refs: tuple[tuple[RuleRef, ...], ...]
    readers: Mapping[str, str]
    local_rules: tuple[Path, ...]


def make_plan(
    root: Settings,
    sources: Sequence[Source],
    registry: Registry,
    local_rules: tuple[Path, ...] = (),
    context: Sequence[Source] = (),
) -> tuple[Plan, list[Task]]:
    """Plan a run over ``sources``.

    Files of the context come first: of two documents that are alike, the later one has the finding.

    Raises:
        ConfigError: a selector or an option table names no rule, or an option does not fit.
    """
    settings: dict[int, Settings] = {id(source.settings): source.settings for source in (*context, *sources)}
    numbers = {key: number for number, key in enumerate(settings)}
    tasks = [
        Task(source.path, source.shown, numbers[id(source.settings)], source.data, beside)
        for own, beside in ((context, True), (sources, False))
        for source in own
    ]
    for each in (root, *settings.values()):
        check_settings(each, registry)
    refs = tuple(_usable(each, registry) for each in settings.values())
    readers = {suffix: ref.target for suffix, ref in registry.readers.items()}
    return Plan(root, tuple(settings.values()), refs, readers, local_rules), tasks


def local_rules_of(settings: Iterable[Settings]) -> tuple[Path, ...]:
    """The folders of local rules that any of the settings names, each once."""
    return tuple(dict.fromkeys(folder for each in settings for folder in each.local_rules))


def check_settings(settings: Settings, registry: Registry) -> None:
    """Make sure that whatever names a rule means one, and that all options fit.

    Where a plugin did not load, or local rules are switched off, a name may be one of theirs: it is let be.

    Raises:
        ConfigError: a selector, a severity or an option table names no rule, or an option does not fit.
    """
    named = [*settings.severity]
    named += (selector for layer in settings.selection for selector in layer.selectors())
    named += (selector for _, selectors in settings.per_file_ignores for selector in selectors)
    named += (selector for placed in settings.suppress for selector in placed.entry.rules)
    if not (registry.problems or settings.untrusted):
        try:
            selection.check(named, registry.rules)
            selection.check(settings.rules, registry.rules, least=selection.EXACT)
        except selection.SelectionError as error:
            raise ConfigError(f"{_where(settings)}{error}") from None
    for ref in registry.rules:
        if ref.name in settings.rules or ref.code in settings.rules:
            try:
                _instance(settings, ref, registry)
            except PluginError as error:
                registry.note(Problem(str(error), rule=ref.name))


def _usable(settings: Settings, registry: Registry) -> tuple[RuleRef, ...]:
    """The rules that the settings select, less those that do not load, which are noted.

    Raises:
        ConfigError: an option does not fit.
    """
    usable = []
    for ref in selection.select(registry.rules, settings.selection):
        try:
            _instance(settings, ref, registry)
        except PluginError as error:
            registry.note(Problem(str(error), rule=ref.name))
        else:
            usable.append(ref)
    return tuple(usable)


def _where(settings: Settings) -> str:
    return f"{settings.files[0]}: " if settings.files else ""


def _instance(settings: Settings, ref: RuleRef, registry: Registry) -> Rule:
    options: dict[str, object] = {}
    for key, table in settings.rules.items():
        if key in (ref.name, ref.code):
            options.update(table)
    rule = registry.load(ref)

    def made() -> Rule | OptionError:
        try:
            return rule(options)
        except OptionError as error:
            return error

    instance = guarded(made, f"rule {ref.name} cannot be made")
    if isinstance(instance, OptionError):
        raise ConfigError(f"{_where(settings)}rules.{ref.name}: {instance}")
    return instance


class Profile:
    """The rules of one profile, ready to run, made once per process.

    Raises:
        PluginError: a rule does not load.
        ConfigError: an option does not fit.
    """

    def __init__(self, settings: Settings, refs: Sequence[RuleRef], registry: Registry) -> None:
        self.settings = settings
        self.refs = refs
        rules = [_instance(settings, ref, registry) for ref in refs]
        self.document_rules = [rule for rule in rules if isinstance(rule, DocumentRule)]
        self.names = {ref.name for ref in refs}
        self._severities = {ref.name: severity_of(settings, ref) for ref in refs}
        self._suppressions = {
            ref.name: tuple(placed for placed in settings.suppress if selection.telling(placed.entry.rules, ref))
            for ref in refs
        }
        self.house = HouseWords(settings.words)

    def severity(self, rule: Rule, own: Severity | None) -> Severity:
        """The severity of a hit: what the settings say, else what the hit says, else the rule's."""
        return self._severities[rule.name] or own or rule.severity

    def suppression(self, rule: Rule, document: Document, span: Span, fingerprint: str) -> Suppression | None:
        """What suppresses a finding: an entry of the configuration, or a comment in the document."""
        for placed in self._suppressions.get(rule.name, ()):
            if placed.covers(self.settings.root / document.identity, document.source[slice(*span)], fingerprint):
                return placed.suppression
        for ignore in document.ignores:
            if ignore.covers(span) and selection.telling(ignore.rules, rule):
                return Suppression(ignore.reason, source_of(ignore, document))
        return None

    def ignored(self, path: str) -> frozenset[str]:
        """The names of the rules that per-file settings leave out for a file."""
        if not self.settings.per_file_ignores:
            return frozenset()
        full = Path(path)
        return frozenset(
            ref.name
            for globs, selectors in self.settings.per_file_ignores
            if globs.match(full)
            for ref in self.refs
            if selection.telling(selectors, ref)
        )


def source_of(ignore: Ignore, document: Document) -> str:
    """What a finding says suppresses it, where a comment does."""
    return f"line {document.location(ignore.place).start.line}"


def severity_of(settings: Settings, ref: RuleRef) -> Severity | None:
    """What the settings say about a rule's severity: the most telling selector, of two that say as much the later."""
    best, severity = 0, None
    for selector, value in settings.severity.items():
        if (how := selection.matches(selector, ref)) and how >= best:
            best, severity = how, value
    return severity


class Workshop:
    """A plan brought to life in one process: readers, profiles, corpus rules and their features.

    Raises:
        PluginError: a rule or a reader does not load.
        ConfigError: an option does not fit.
    """

    def __init__(self, plan: Plan, registry: Registry) -> None:
        self.plan = plan
        self._registry = registry
        self._readers: dict[str, Reader | RecordReader] = {}
        self.profiles = [
            Profile(settings, refs, registry) for settings, refs in zip(plan.settings, plan.refs, strict=True)
        ]

    @cached_property
    def corpus_rules(self) -> list[CorpusRule]:
        """The corpus rules that any profile selects; their options are those of the root settings alone."""
        refs = sorted({ref for refs in self.plan.refs for ref in refs})
        instances = (_instance(self.plan.root, ref, self._registry) for ref in refs)
        return [rule for rule in instances if isinstance(rule, CorpusRule)]

    @cached_property
    def features(self) -> list[Feature]:
        """The features that the corpus rules need, each once, by name."""
        needed: dict[str, type[Feature]] = {}
        for rule in self.corpus_rules:
            for feature in rule.features:
                known = needed.setdefault(feature.name, feature)
                if known is not feature:
                    raise PluginError(f"rule {rule.name}: two features are called {feature.name}: {known}, {feature}")
        return [guarded(needed[name], f"feature {name} cannot be made") for name in sorted(needed)]

    def reader(self, path: str) -> "Reader | RecordReader":
        """The reader for a file, by the ending of its name; plain text where nothing else is known."""
        target = self.plan.readers.get(ending(path, self.plan.readers)) or self.plan.readers[".txt"]
        if target not in self._readers:
            self._readers[target] = resolve(target, "reader")
        return self._readers[target]
