"""Rules without packaging: Python files in a folder that the configuration names under ``local-rules``.

Every class in such a file that subclasses a rule and states a code and a name is a rule. The files are code of the
project that is linted, and are run: name only folders you trust.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from newslint.plugins import Plugin, PluginError, RuleRef, guarded, is_sound
from newslint.rule import CorpusRule, DocumentRule

PREFIX = "newslint_local_"


def load_folder(folder: Path) -> list[Plugin]:
    """Load the rules of a folder, or of one file.

    Raises:
        PluginError: the folder is missing, or a file does not load or holds no rule.
    """
    return [load_file(path) for path in files_of(folder)]


def files_of(folder: Path) -> list[Path]:
    """The files of a folder that hold rules, by name, or the one file; ``_…`` and ``test_…`` hold none.

    Raises:
        PluginError: the folder is missing.
    """
    if not folder.exists():
        raise PluginError(f"local-rules: {folder} does not exist")
    files = sorted(folder.glob("*.py")) if folder.is_dir() else [folder]
    return [path for path in files if not path.name.startswith(("_", "test_"))]


def load_file(path: Path) -> Plugin:
    """Load the rules of a file.

    Raises:
        PluginError: it does not load or holds no rule.
    """
    name = PREFIX + "".join(c if c.isalnum() else "_" for c in str(path.resolve().with_suffix("")))
    module = sys.modules.get(name) or _import_file(name, path)
    refs = tuple(
        RuleRef(value.code, value.name, f"{name}:{attribute}")
        for attribute, value in sorted(vars(module).items())
        if isinstance(value, type)
        and issubclass(value, DocumentRule | CorpusRule)
        and value.__module__ == name
        and hasattr(value, "code")
        and hasattr(value, "name")
    )
    for ref in refs:
        if not is_sound(ref):
            raise PluginError(f"local-rules: {path}: {ref.code!r} and {ref.name!r} are no code and name of a rule")
    if not refs:
        raise PluginError(
            f"local-rules: {path} holds no rule: a rule subclasses DocumentRule or CorpusRule and has a code and a name"
        )
    return Plugin(str(path), "local", refs, (), ())


def _import_file(name: str, path: Path) -> ModuleType:
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PluginError(f"local-rules: {path} is not a Python file")
    module = module_from_spec(spec)
    # Known by name before it runs, so that its classes can be found again (and sent to workers) by that name.
    sys.modules[name] = module
    loader = spec.loader
    try:
        guarded(lambda: loader.exec_module(module), f"local-rules: {path} does not load")
    except PluginError:
        del sys.modules[name]
        raise
    return module
