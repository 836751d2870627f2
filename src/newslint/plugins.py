"""The plugin path: pluggy hooks that hand over light references, and the registry made of them.

A reference names a code, a name and where the class lies (``module:Class``), so that a run imports only what it
selects.
The built-in rules, readers and renderers take the same way as anybody's: an entry point of the group ``newslint`` names
a module whose functions, marked with ``hookimpl``, answer the hooks below.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import pluggy

if TYPE_CHECKING:
    from newslint.rule import Rule

T = TypeVar("T")

#: What code that is not ours may end in; an exit is no way out of a run either.
FOREIGN = (Exception, SystemExit)

hookspec = pluggy.HookspecMarker("newslint")
hookimpl = pluggy.HookimplMarker("newslint")


class PluginError(Exception):
    """A plugin does not load, or two plugins claim one name. The message names them."""


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
    """

    name: str
    suffixes: tuple[str, ...]
    target: str


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

    Raises:
        PluginError: two plugins offer the same code, name or file name ending.
    """

    def __init__(self, plugins: Iterable[Plugin]) -> None:
        self.plugins = sorted(plugins)
        self.rules: list[RuleRef] = []
        self.readers: dict[str, ReaderRef] = {}
        self.renderers: dict[str, RendererRef] = {}
        owners: dict[str, str] = {}
        for plugin in self.plugins:
            for rule in plugin.rules:
                _claim(owners, plugin.name, f"rule code {rule.code}", f"rule name {rule.name}")
                self.rules.append(rule)
            for reader in plugin.readers:
                for suffix in reader.suffixes:
                    _claim(owners, plugin.name, f"file name ending {suffix}")
                    self.readers[suffix] = reader
            for renderer in plugin.renderers:
                _claim(owners, plugin.name, f"report format {renderer.name}")
                self.renderers[renderer.name] = renderer
        self.rules.sort()

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
        return rule


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
    try:
        return getattr(import_module(module), name)
    except FOREIGN as error:
        raise PluginError(f"{what}: {target} does not load: {type(error).__name__}: {error}") from error


def load_plugins(local_rules: Iterable[Path] = ()) -> Registry:
    """Load all installed plugins and the local rule folders.

    Args:
        local_rules: folders (or single files) of Python modules that hold rules, as the configuration names them.

    Raises:
        PluginError: a plugin does not load, answers an unknown hook, or claims what another one has.
    """
    from newslint.entrypoints import entry_points

    manager = pluggy.PluginManager("newslint")
    manager.add_hookspecs(Hooks)
    versions: dict[str, str] = {}
    for point in entry_points():
        label = point.distribution if point.name == "rules" else f"{point.distribution}:{point.name}"
        try:
            manager.register(_import(point.module), name=label)
            manager.check_pending()
        except FOREIGN as error:
            reason = f"{type(error).__name__}: {error}"
            raise PluginError(f"plugin {label} ({point.module}) does not load: {reason}") from error
        versions[label] = point.version
    plugins = [
        Plugin(
            label,
            version,
            _ask(manager.hook.newslint_rules, label, RuleRef),
            _ask(manager.hook.newslint_readers, label, ReaderRef),
            _ask(manager.hook.newslint_renderers, label, RendererRef),
        )
        for label, version in versions.items()
    ]
    for folder in local_rules:
        from newslint.local_rules import load_folder

        plugins += load_folder(folder)
    return Registry(plugins)


def _import(module: str) -> ModuleType:
    from importlib import import_module

    import_module(module)
    return sys.modules[module]


def _ask(hook: pluggy.HookCaller, label: str, kind: type[T]) -> tuple[T, ...]:
    """What one plugin answers to a hook. Plugins are asked one by one, so that what each offers can be told apart."""
    offered: list[T] = []
    for implementation in hook.get_hookimpls():
        if implementation.plugin_name == label:
            try:
                offered += cast("Iterable[T]", implementation.function())
            except FOREIGN as error:
                raise PluginError(f"plugin {label}: {hook.name}() raised {type(error).__name__}: {error}") from error
    wrong = [item for item in offered if not isinstance(item, kind)]
    if wrong:
        raise PluginError(f"plugin {label}: {hook.name}() gave {wrong[0]!r}, not a {kind.__name__}")
    return tuple(offered)
