"""The plugin path: pluggy hooks that hand over light references, and the registry made of them.

A reference names a code, a name and where the class lies (``module:Class``), so that a run imports only what it
selects.
The built-in rules, readers and renderers take the same way as anybody's: an entry point of the group ``newslint`` names
a module whose functions, marked with ``hookimpl``, answer the hooks below.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import pluggy

from newslint.model import Problem

if TYPE_CHECKING:
    from newslint.entrypoints import EntryPoint
    from newslint.rule import CorpusRule, Rule

T = TypeVar("T")

#: What record files may be compressed with, by the ending of their name.
PACKED = (".gz", ".zst")

#: What code that is not ours may end in; an exit is no way out of a run either.
FOREIGN = (Exception, SystemExit)

#: What a code, a name or a report format is made of: what can be typed, listed with commas and followed by a file.
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
#: What a file name ending looks like.
SUFFIX = re.compile(r"\.[^\s/\\A-Z]+")

hookspec = pluggy.HookspecMarker("newslint")
hookimpl = pluggy.HookimplMarker("newslint")


class PluginError(Exception):
    """A plugin does not load, or two plugins claim one name. The message names them."""


class RetoldError(Exception):
    """What code that is not ours raised elsewhere, as ``describe`` has it."""


class RuleRef(NamedTuple):
    """A rule that a plugin offers. ``target`` is ``module:Class``, a subclass of ``newslint.rule.Rule``."""

    code: str
    name: str
    target: str


class ReaderRef(NamedTuple):
    """A reader that a plugin offers.

    Attributes:
        name: the format's name, for example ``markdown``.
        suffixes: the file name endings it reads, in lower case, for example ``.md``.
        target: ``module:function``; see ``newslint.readers.Reader`` for what the function takes and gives.
        records: whether a file holds many documents: ``target`` is then a ``newslint.readers.records.RecordReader``,
            and files that are compressed are read as well.
    """

    name: str
    suffixes: tuple[str, ...]
    target: str
    records: bool = False

    @property
    def endings(self) -> tuple[str, ...]:
        """The file name endings it reads, with those of compressed files."""
        return tuple(suffix + packed for suffix in self.suffixes for packed in ("", *(PACKED * self.records)))


class RendererRef(NamedTuple):
    """A report format that a plugin offers. ``target`` is ``module:function``; see ``newslint.report.Renderer``."""

    name: str
    target: str


class Hooks:
    """The hooks that a plugin may answer, each with a list of references."""

    @hookspec
    def newslint_rules(self) -> Sequence[RuleRef]:  # type: ignore[empty-body]
        """Offer rules."""

    @hookspec
    def newslint_readers(self) -> Sequence[ReaderRef]:  # type: ignore[empty-body]
        """Offer readers of document formats."""

    @hookspec
    def newslint_renderers(self) -> Sequence[RendererRef]:  # type: ignore[empty-body]
        """Offer report formats."""


class Plugin(NamedTuple):
    """A loaded plugin: the name it goes by, its distribution's version and what it offers."""

    name: str
    version: str
    rules: tuple[RuleRef, ...]
    readers: tuple[ReaderRef, ...]
    renderers: tuple[RendererRef, ...]


class Registry:
    """All that the loaded plugins offer, each name once.

    Attributes:
        problems: the plugins and rules that cannot be used, and why. A run goes on with the others, and ends with 2.

    Raises:
        PluginError: two plugins offer the same code, name or file name ending.
    """

    def __init__(self, plugins: Iterable[Plugin], problems: Iterable[Problem] = ()) -> None:
        self.plugins = sorted(plugins)
        self.problems = list(problems)
        self.rules: list[RuleRef] = []
        self.readers: dict[str, ReaderRef] = {}
        self.renderers: dict[str, RendererRef] = {}
        owners: dict[str, str] = {}
        for plugin in self.plugins:
            for rule in plugin.rules:
                _claim(owners, plugin.name, f"rule code {rule.code}", f"rule name {rule.name}")
                self.rules.append(rule)
            for reader in plugin.readers:
                for suffix in reader.endings:
                    _claim(owners, plugin.name, f"file name ending {suffix}")
                    self.readers[suffix] = reader
            for renderer in plugin.renderers:
                _claim(owners, plugin.name, f"report format {renderer.name}")
                self.renderers[renderer.name] = renderer
        self.rules.sort()

    def note(self, problem: Problem) -> None:
        """Note what cannot be used, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def load(self, ref: RuleRef) -> "type[Rule]":
        """Import the rule that a reference names.

        Raises:
            PluginError: it cannot be imported, or is not the rule that the reference promises.
        """
        from newslint.model import Severity
        from newslint.rule import CorpusRule, DocumentRule

        rule = resolve(ref.target, f"rule {ref.name}")
        if not (isinstance(rule, type) and issubclass(rule, DocumentRule | CorpusRule)):
            raise PluginError(f"rule {ref.name}: {ref.target} is neither a DocumentRule nor a CorpusRule")
        named = getattr(rule, "code", None), getattr(rule, "name", None)
        if named != (ref.code, ref.name):
            raise PluginError(f"rule {ref.name}: {ref.target} calls itself {named[0]} {named[1]}")
        missing = sorted(getattr(rule, "__abstractmethods__", ()))
        if issubclass(rule, CorpusRule) and not hasattr(rule, "features"):
            missing.append("features")
        if missing:
            raise PluginError(f"rule {ref.name}: {ref.target} lacks {', '.join(missing)}")
        if not isinstance(rule.severity, Severity):
            raise PluginError(f"rule {ref.name}: severity is {rule.severity!r}: use newslint.model.Severity")
        if issubclass(rule, CorpusRule):
            _check_features(ref, rule)
        return rule


def _check_features(ref: RuleRef, rule: "type[CorpusRule]") -> None:
    from newslint.rule import Columns, Feature

    for feature in rule.features:
        if not (isinstance(feature, type) and issubclass(feature, Feature)):
            raise PluginError(f"rule {ref.name}: {feature!r} is no Feature")
        try:
            Columns.empty(feature.typecodes)
            fits = isinstance(feature.name, str) and isinstance(feature.version, int)
        except FOREIGN:
            fits = False
        if not fits:
            raise PluginError(f"rule {ref.name}: feature {feature.__name__} needs a name, a version and typecodes")
        guarded(feature, f"rule {ref.name}: feature {feature.name} cannot be made")


def _claim(owners: dict[str, str], plugin: str, *names: str) -> None:
    for name in names:
        if name in owners:
            raise PluginError(
                f"{name} is offered twice, by {owners[name]} and by {plugin}: remove one of the two plugins"
            )
        owners[name] = plugin


def resolve(target: str, what: str = "plugin") -> Any:
    """Import what ``module:Name`` names; ``what`` says in an error whose it is.

    Raises:
        PluginError: it is not there, or its import fails.
    """
    from importlib import import_module

    module, _, name = target.partition(":")
    return guarded(lambda: getattr(import_module(module), name), f"{what}: {target} does not load")


def guarded(work: Callable[[], T], what: str) -> T:
    """Do what runs code that is not ours.

    Args:
        work: what to do.
        what: what an error says has gone wrong, before it says how.

    Raises:
        PluginError: it ended in an exception of any kind, an exit among them. An interrupt is the user's: it goes on.
    """
    try:
        return work()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise PluginError(f"{what}: {describe(error)}") from error


def describe(error: BaseException) -> str:
    """An exception in one line: its type, its message and the innermost place in the code."""
    if isinstance(error, RetoldError):
        return str(error)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno})" if trace else ""
    try:
        text = " ".join(str(error).split())
    except Exception:  # the message, too, is made by code that is not ours
        text = "it has no message"
    return f"{type(error).__name__}{': ' + text[:200] if text else ''}{where}"


def load_plugins(local_rules: Iterable[Path] = ()) -> Registry:
    """Load all installed plugins and the local rule folders. Those that do not load are noted in the registry.

    Args:
        local_rules: folders (or single files) of Python modules that hold rules, as the configuration names them.

    Raises:
        PluginError: a plugin claims what another one has.
    """
    from newslint.entrypoints import entry_points

    problems: list[Problem] = []
    plugins: list[Plugin] = []
    for point in entry_points():
        label = point.distribution if point.name == "rules" else f"{point.distribution}:{point.name}"
        try:
            plugins.append(_installed(label, point))
        except PluginError as error:
            problems.append(Problem(str(error)))
    for folder in local_rules:
        from newslint.local_rules import files_of, load_file

        try:
            files = files_of(folder)
        except PluginError as error:
            problems.append(Problem(str(error)))
            continue
        for path in files:
            try:
                plugins.append(load_file(path))
            except PluginError as error:
                problems.append(Problem(str(error)))
    return Registry(plugins, problems)


def _installed(label: str, point: "EntryPoint") -> Plugin:
    """One installed plugin. Each has a manager of its own, so that what a broken one left behind disturbs nobody."""
    manager = pluggy.PluginManager("newslint")
    manager.add_hookspecs(Hooks)

    def register() -> None:
        manager.register(_import(point.module), name=label)
        manager.check_pending()

    guarded(register, f"plugin {label} ({point.module}) does not load")
    hook = manager.hook
    return Plugin(
        label,
        point.version,
        _ask(hook.newslint_rules, label, RuleRef),
        _ask(hook.newslint_readers, label, ReaderRef),
        _ask(hook.newslint_renderers, label, RendererRef),
    )


def _import(module: str) -> ModuleType:
    from importlib import import_module

    import_module(module)
    return sys.modules[module]


def _ask(hook: pluggy.HookCaller, label: str, kind: type[T]) -> tuple[T, ...]:
    """What a plugin answers to a hook.

    Raises:
        PluginError: it raises, or answers with anything else.
    """
    offered: list[T] = []
    for implementation in hook.get_hookimpls():
        asked = cast("Callable[[], Iterable[T]]", implementation.function)
        offered += guarded(partial(_listed, asked), f"plugin {label}: {hook.name}() raised")
    for item in offered:
        if not isinstance(item, kind) or not is_sound(cast("RuleRef", item)):
            raise PluginError(f"plugin {label}: {hook.name}() gave {item!r}, not a sound {kind.__name__}")
    return tuple(offered)


def _listed(asked: Callable[[], Iterable[T]]) -> list[T]:
    return list(asked())


def is_sound(ref: RuleRef | ReaderRef | RendererRef) -> bool:
    """Whether the words of a reference are such that people can type them and files can have them."""
    names: tuple[Any, ...] = (ref.name,)
    suffixes: Any = ()
    if isinstance(ref, RuleRef):
        names = ref.code, ref.name
    elif isinstance(ref, ReaderRef):
        suffixes = ref.suffixes
    return (
        all(isinstance(name, str) and NAME.fullmatch(name) for name in names)
        and isinstance(suffixes, tuple | list)
        and all(isinstance(suffix, str) and SUFFIX.fullmatch(suffix) for suffix in suffixes)
        and isinstance(ref.target, str)
    )
