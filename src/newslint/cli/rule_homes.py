"""Where a new rule lives: in newslint's own checkout, in a plugin package, or in a project's folder of local rules."""

import ast
import os
import re
import tomllib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from newslint.cli.rule_edits import EditError, with_local_rules, with_reference
from newslint.cli.rule_files import Written, written_rules
from newslint.config import ConfigError, Resolver, find
from newslint.entrypoints import GROUP
from newslint.plugins import RuleRef

#: The folder of local rules where a project names none yet.
LOCAL = "local-rules"
#: The columns of a line where a project does not say.
WIDTH = 88
HOOK = '''\
"""{doc}"""

from newslint.plugins import RuleRef, hookimpl


@hookimpl
def newslint_rules() -> list[RuleRef]:
    """Offer the rules."""
    return []
'''


class Draft(NamedTuple):
    """What a new rule is called; ``module`` is its file's name without the ending."""

    code: str
    name: str
    module: str
    class_name: str


class Home(ABC):
    """A place for rules.

    Args:
        root: the project's folder.
        folder: where the rule's files go.
        area: the folder in which codes and names must differ.
        prefix: what the code of a rule begins with where its neighbours do not say.
    """

    def __init__(self, root: Path, folder: Path, area: Path, prefix: str) -> None:
        self.root = root
        self.folder = folder
        self._area = area
        self._prefix = prefix

    @cached_property
    def written(self) -> Sequence[Written]:
        """The rules that lie here already, whether they are registered or not.

        Raises:
            ConfigError: a file here is not Python.
        """
        try:
            return written_rules([self._area]) if self._area.exists() else ()
        except SyntaxError as error:
            raise ConfigError(f"{error.filename}:{error.lineno}: is not Python: {error.msg}") from None

    @property
    def prefix(self) -> str:
        """The letters that the folder's codes begin with."""
        codes = [rule.code for rule in self.written if rule.path.parent == self.folder]
        return max(codes).rstrip("0123456789") if codes else self._prefix

    @abstractmethod
    def register(self, draft: Draft) -> dict[Path, str]:
        """The files that make the rule known, each with the text that it gets.

        Raises:
            ConfigError: a file cannot be changed as it must be. The message says what to write by hand.
        """

    def advice(self) -> str:
        """What is left to do before newslint finds the rule; empty where nothing is."""
        return ""


class Checkout(Home):
    """A family of the built-in rules, in newslint's own checkout."""

    def __init__(self, root: Path, folder: Path) -> None:
        package = root / "rules" / "newslint_rules"
        families = sorted(path.parent.name for path in package.glob("*/__init__.py"))
        if folder.parent == root and folder.name in families:  # the family's name alone
            folder = package / folder.name
        if folder.parent != package:
            raise ConfigError(
                f"a built-in rule belongs to a family: add --in FAMILY ({', '.join(families)}; a new one by its path)"
            )
        super().__init__(root, folder, package, _letters(folder.name))

    def register(self, draft: Draft) -> dict[Path, str]:
        """Add a line to the table of the rules, below the family's others."""
        table = self.folder.parent / "__init__.py"
        lines = table.read_text(encoding="utf-8").split("\n")
        ending = f'"{self.folder.name}"),'
        row = f'    ("{draft.code}", "{draft.name}", {ending}'
        rows = [number for number, line in enumerate(lines) if re.match(r'    \("[A-Z]+\d+", ', line)]
        if not rows:
            raise ConfigError(f"{table}: no table of rules in it: the line would be {row.strip()}")
        last = max((number for number in rows if lines[number].endswith(ending)), default=rows[-1])
        lines.insert(last + 1, row)
        return {table: "\n".join(lines), **_inits(self.folder.parent, [self.folder.name])}


class Package(Home):
    """A plugin package: a project whose ``pyproject.toml`` has an entry point of our group."""

    def __init__(self, root: Path, folder: Path, project: Mapping[str, Any]) -> None:
        self._module = _entry(project)
        self._hook = _hook_file(root, self._module)
        self._top = self._hook.parent
        self._width = int(_get(project, "tool", "ruff").get("line-length", WIDTH))
        name = str(_get(project, "project").get("name", self._module)).lower()
        inside = folder.is_relative_to(self._top)
        super().__init__(root, folder if inside else self._top, self._top, _letters(name.removeprefix("newslint-")))

    def register(self, draft: Draft) -> dict[Path, str]:
        """Add a reference to the list that the package's hook returns; without a hook in it, the hook."""
        package = self._module if self._hook.name == "__init__.py" else self._module.rpartition(".")[0]
        below = self.folder.relative_to(self._top).parts
        ref = RuleRef(draft.code, draft.name, f"{'.'.join((package, *below, draft.module))}:{draft.class_name}")
        source = self._hook.read_bytes().decode() if self._hook.exists() else ""
        try:
            tree = ast.parse(source)
            doc = ast.get_docstring(tree, clean=False)
            if len(tree.body) == (doc is not None):
                source = HOOK.format(doc=doc or "What this package offers to newslint.")
            changed = with_reference(source, ref, self._width)
        except SyntaxError as error:
            raise ConfigError(f"{self._hook}:{error.lineno}: is not Python: {error.msg}") from None
        except EditError as error:
            example = HOOK.partition("\n\n")[2].replace("[]", f"[{ref!r}]")
            raise ConfigError(f"{self._hook}: {error}: write that, then ask again:\n\n{example}") from None
        return {self._hook: changed, **_inits(self._top, below)}

    def advice(self) -> str:
        """How to install the package, where it is not installed as it lies here."""
        spec = find_spec(self._module.partition(".")[0])
        places = [Path(place).resolve() for place in (spec.submodule_search_locations if spec else None) or ()]
        if any(self._top.resolve().is_relative_to(place) for place in places):
            return ""
        where = os.path.relpath(self.root)
        return f"python -m pip install --editable {where}"


class Project(Home):
    """Any other project: a folder of local rules that its configuration names."""

    def __init__(self, root: Path, folder: Path | None) -> None:
        self._named = Resolver(root).root.local_rules
        own = (path for path in self._named if path.is_relative_to(root) and path.is_dir())
        folder = folder or next(own, root / LOCAL)
        super().__init__(root, folder, folder, "LOC")

    def register(self, draft: Draft) -> dict[Path, str]:
        """Name the folder in the configuration, where it is not named yet."""
        del draft
        if any(os.path.normpath(path) == os.path.normpath(self.folder) for path in self._named):
            return {}
        config = find(self.root) or self.root / "newslint.toml"
        before = config.read_bytes().decode() if config.exists() else ""
        folder = os.path.relpath(self.folder, self.root).replace(os.sep, "/")
        try:
            return {config: with_local_rules(before, folder, ("tool", "newslint") * (config.name == "pyproject.toml"))}
        except EditError as error:
            raise ConfigError(f'{config}: {error}: write local-rules = ["{folder}"] there, then ask again') from None


def home_of(asked: str | None) -> Home:
    """The home that a rule gets in a folder; None: in the current one.

    Raises:
        ConfigError: the folder's project cannot be read, or there is no place in it.
    """
    here = Path.cwd()
    start = Path(os.path.abspath(asked)) if asked else here
    for folder in (start, *start.parents):
        project = _project(folder / "pyproject.toml")
        if (
            _get(project, "project").get("name") == "newslint"
            and (folder / "rules" / "newslint_rules" / "__init__.py").is_file()
        ):
            return Checkout(folder, start)
        if _entry(project):
            return Package(folder, start, project)
        if find(folder) is not None:
            return Project(folder, start if asked and start != folder else None)
    root = here if start.is_relative_to(here) else start.parent
    return Project(root, start if start != root and asked else None)


def _project(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None


def _get(table: Any, *keys: str) -> Mapping[str, Any]:
    for key in keys:
        table = table.get(key) if isinstance(table, Mapping) else None
    return table if isinstance(table, Mapping) else {}


def _entry(project: Mapping[str, Any]) -> str:
    """The module that a package's entry point names; empty where it has none of our group."""
    points = _get(project, "project", "entry-points", GROUP)
    return str(next(iter(points.values()), ""))


def _hook_file(root: Path, module: str) -> Path:
    """The file of the module that answers the hooks; it need not be there yet, its package's folder must."""
    inner = module.replace(".", "/")
    for base in (root / "src", root):
        if (base / inner).is_dir():
            return base / inner / "__init__.py"
        if (base / f"{inner}.py").is_file() and "." in module:
            return base / f"{inner}.py"
    raise ConfigError(
        f"{root / 'pyproject.toml'}: the entry point names {module}, but there is no package {root / 'src' / inner} "
        f"or {root / inner}: make that folder"
    )


def _inits(top: Path, below: Sequence[str]) -> dict[Path, str]:
    """The files that make packages of the folders below ``top``, where they are missing."""
    files = {
        top.joinpath(*below[: depth + 1], "__init__.py"): f'"""Rules: {name}."""\n' for depth, name in enumerate(below)
    }
    return {path: text for path, text in files.items() if not path.exists()}


def _letters(name: str) -> str:
    """Three capital letters that stand for a name."""
    return re.sub("[^A-Z]", "", name.upper())[:3].ljust(3, "X")
