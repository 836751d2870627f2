"""The configuration: ``newslint.toml`` or ``[tool.newslint]`` in ``pyproject.toml``; the nearest one wins.

Every key is described once, in ``KEYS``: checking, ``newslint schema config`` and the documentation read it there.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newslint import globs
from newslint.corpus.policy import SCHEMA as POLICY_SCHEMA
from newslint.corpus.policy import Policy
from newslint.corpus.policy import parse as parse_policy
from newslint.globs import Globs
from newslint.model import Severity
from newslint.readers import fields
from newslint.rule import did_you_mean
from newslint.selection import Layer
from newslint.suppress import SCHEMA as SUPPRESS_SCHEMA
from newslint.suppress import Placed
from newslint.suppress import parse as parse_suppress
from newslint.suppress import placed as place_entries

#: A document larger than this, in bytes, is no article; see the key ``max-file-size``.
MAX_FILE_SIZE = 16 << 20
#: Seconds of computing after which a rule is ended; see the key ``rule-timeout``. Ours take some milliseconds.
RULE_TIMEOUT = 10
#: The environment variable that, set to anything, switches local rules off.
NO_LOCAL_RULES = "NEWSLINT_NO_LOCAL_RULES"
NOTHING: Mapping[str, Any] = {}


class ConfigError(Exception):
    """A configuration file, or an option of the command line, cannot be used. The message says where and why."""


class Settings(NamedTuple):
    """What one configuration file, with the command line on top of it, asks for."""

    #: The folder of the nearest configuration file, or where newslint was started.
    root: Path
    #: The files the settings came from, the nearest first.
    files: tuple[Path, ...] = ()
    #: What each file, and last the command line, says about which rules to use.
    selection: tuple[Layer, ...] = ()
    severity: Mapping[str, Severity] = NOTHING
    per_file_ignores: tuple[tuple[Globs, tuple[str, ...]], ...] = ()
    exclude: tuple[Globs, ...] = ()
    respect_gitignore: bool = True
    language: str | None = None
    fail_on: Severity | None = Severity.WARNING
    min_severity: Severity = Severity.INFO
    local_rules: tuple[Path, ...] = ()
    #: Local rules that the files name and that are switched off; names that no rule has may be theirs.
    untrusted: tuple[Path, ...] = ()
    max_file_size: int = MAX_FILE_SIZE
    rule_timeout: int = RULE_TIMEOUT
    baseline: Path | None = None
    words: tuple[str, ...] = ()
    suppress: tuple[Placed, ...] = ()
    #: What is read of record files, by glob; of several that fit, what the later says goes before.
    records: tuple[tuple[Globs, fields.Fields], ...] = ()
    policy: Policy = Policy()
    rules: Mapping[str, Mapping[str, object]] = NOTHING


class Key(NamedTuple):
    """A key of the configuration.

    Attributes:
        help: what it does, in one sentence.
        schema: its JSON Schema.
        parse: the value checked and in the settings' form; raises ValueError with a sentence on what it takes.
    """

    help: str
    schema: Mapping[str, Any]
    parse: Callable[[Any], Any]


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("takes a list of strings")
    return tuple(value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("takes true or false")
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("takes a string")
    return value


def parse_language(value: Any) -> str:
    """A language code: two letters of ISO 639-1, or ``fil``, which has none.

    Raises:
        ValueError: it is no such code.
    """
    if isinstance(value, str) and (value.lower() == "fil" or (len(value) == 2 and value.isascii() and value.isalpha())):
        return value.lower()
    raise ValueError(f"takes a two-letter language code such as fr, not {value!r}")


def _severity(value: Any) -> Severity:
    return Severity.parse(_string(value))


def parse_fail_on(value: Any) -> Severity | None:
    """A severity, or None for ``never``.

    Raises:
        ValueError: it is neither.
    """
    return None if value == "never" else _severity(value)


def _severities(value: Any) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise ValueError("takes a table of rule to severity")
    return {rule: _severity(severity) for rule, severity in value.items()}


def _ignores(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError("takes a table of glob to list of rules")
    for glob in value:
        globs.check(glob)
    return {glob: _strings(rules) for glob, rules in value.items()}


def _globs(value: Any) -> tuple[str, ...]:
    patterns = _strings(value)
    for pattern in patterns:
        globs.check(pattern)
    return patterns


def _tables(value: Any) -> dict[str, dict[str, object]]:
    if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
        raise ValueError("takes a table of options for each rule")
    return value


def _path(value: Any) -> Path:
    return Path(_string(value))


def _paths(value: Any) -> tuple[Path, ...]:
    return tuple(map(Path, _strings(value)))


def _positive(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("takes a whole number above 0")
    return value


_LIST = {"type": "array", "items": {"type": "string"}}
_SEVERITY = {"enum": ["info", "warning", "error"]}

KEYS: Mapping[str, Key] = {
    "select": Key("rules to use, by code, prefix, name or ALL (default: ALL)", _LIST, _strings),
    "extend-select": Key("rules to use besides `select`", _LIST, _strings),
    "ignore": Key("rules to leave out", _LIST, _strings),
    "severity": Key(
        "severity by rule, in place of the rule's own",
        {"type": "object", "additionalProperties": _SEVERITY},
        _severities,
    ),
    "per-file-ignores": Key(
        "rules to leave out by glob of paths; such documents still serve as the other side of a comparison",
        {"type": "object", "additionalProperties": _LIST},
        _ignores,
    ),
    "exclude": Key("globs of files and folders not to read, as in .gitignore", _LIST, _globs),
    "respect-gitignore": Key("leave out what .gitignore names (default: true)", {"type": "boolean"}, _boolean),
    "language": Key(
        "the documents' language; default: detected document by document",
        {"type": "string", "pattern": "^([A-Za-z]{2}|fil)$"},
        parse_language,
    ),
    "fail-on": Key(
        "lowest severity that makes the exit status 1, or never (default: warning)",
        {"enum": ["info", "warning", "error", "never"]},
        parse_fail_on,
    ),
    "min-severity": Key("lowest severity to report (default: info)", _SEVERITY, _severity),
    "local-rules": Key(
        "folders of Python files with rules of your own; they are run, so trust them, or use --no-local-rules",
        _LIST,
        _paths,
    ),
    "max-file-size": Key(
        "bytes above which a file is refused (default: 16 MiB)", {"type": "integer", "minimum": 1}, _positive
    ),
    "rule-timeout": Key(
        "seconds that a rule may compute for a document, and again for each million characters (default: 10)",
        {"type": "integer", "minimum": 1},
        _positive,
    ),
    "baseline": Key(
        "file of findings that are known already, relative to this one", {"type": "string", "minLength": 1}, _path
    ),
    "words": Key("names and terms of the house, which no rule questions", _LIST, _strings),
    "suppress": Key(
        "findings to live with: tables of `rules`, `reason` and, to narrow it down, `path`, `text`, `fingerprint`",
        SUPPRESS_SCHEMA,
        parse_suppress,
    ),
    "records": Key(
        "which fields of record files to read: tables of `text`, `id`, `title`, `language`, `format`, for a `path`",
        fields.SCHEMA,
        fields.parse,
    ),
    "policy": Key(
        "which documents `newslint manifest` and `newslint export` keep, and what an export cleans",
        POLICY_SCHEMA,
        parse_policy,
    ),
    "rules": Key("options of rules: a table for each, by name", {"type": "object"}, _tables),
}
#: Keys that are about configuration files themselves.
FILE_KEYS: Mapping[str, Key] = {
    "extend": Key("another configuration file to start from, relative to this one", {"type": "string"}, _string),
    "required-version": Key(
        "a version specifier that newslint must meet, for example >=0.2", {"type": "string"}, _string
    ),
}


def load(path: Path, root: Path | None = None, _seen: tuple[Path, ...] = ()) -> Settings:
    """Read a configuration file, with what it extends.

    Args:
        path: the file.
        root: the folder that its globs are relative to; default: the file's own.

    Raises:
        ConfigError: it cannot be read, is no TOML, has an unknown key or a wrong value.
    """
    import tomli

    if path in _seen:
        raise ConfigError(f"{path}: extends itself, by way of {' → '.join(map(str, [*_seen, path]))}")
    try:
        if path.exists() and not path.is_file():  # a pipe or a device may have no end
            raise ConfigError(f"{path}: is not a regular file")
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:  # the path holds NUL
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    try:
        table = tomli.loads(data.decode())
    except (ValueError, RecursionError) as error:  # not all that the parser raises is its own: endless numbers, nesting
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None
    if path.name == "pyproject.toml":
        table = _own_table(table)
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: tool.newslint: takes a table")
    base = Settings(root or path.parent)
    if "required-version" in table:
        _check_version(path, table["required-version"])
    if "extend" in table:
        other = Path(os.path.normpath(path.parent / _parse(path, "extend", FILE_KEYS["extend"], table["extend"])))
        base = load(other, None, (*_seen, path))._replace(root=root or path.parent)
    return _apply(base, table, path)


def _own_table(table: Any) -> Any:
    """What ``pyproject.toml`` says under ``tool.newslint``; an empty table where it says nothing."""
    for key in ("tool", "newslint"):
        table = table.get(key, {}) if isinstance(table, dict) else {}
    return table


def _apply(base: Settings, table: Mapping[str, Any], path: Path) -> Settings:
    changes: dict[str, Any] = {}
    selectors: dict[str, tuple[str, ...]] = {}
    for name, value in table.items():
        if name in FILE_KEYS:
            continue
        if name not in KEYS:
            raise ConfigError(f"{path}: unknown key {name!r}{did_you_mean(name, [*KEYS, *FILE_KEYS])}")
        parsed = _parse(path, name, KEYS[name], value)
        attribute = name.replace("-", "_")
        if attribute in Layer._fields:
            selectors[attribute] = parsed
            continue
        changes[attribute] = _joined(base, name, parsed, path)
    selection = (*base.selection, Layer(**selectors)) if selectors else base.selection
    return base._replace(files=(path, *base.files), selection=selection, **changes)


def _joined(base: Settings, name: str, value: Any, path: Path) -> Any:
    """The value of a key, joined with what the extended file says where the two add up."""
    if name == "severity":
        return {**base.severity, **value}
    if name == "rules":
        return {**base.rules, **{rule: {**base.rules.get(rule, {}), **options} for rule, options in value.items()}}
    if name == "per-file-ignores":
        return (*base.per_file_ignores, *((Globs(base.root, (glob,)), rules) for glob, rules in value.items()))
    if name == "exclude":
        return (*base.exclude, Globs(base.root, value))
    if name == "baseline":
        return Path(os.path.normpath(path.parent / value))
    if name == "words":
        return (*base.words, *value)
    if name == "suppress":
        return (*base.suppress, *place_entries(value, base.root, path))
    if name == "records":
        return (*base.records, *((Globs(base.root, (path,) if path else ()), own) for path, own in value))
    if name == "local-rules":
        return (*base.local_rules, *(path.parent / folder for folder in value))
    return value


def _parse(path: Path, name: str, key: Key, value: Any) -> Any:
    try:
        return key.parse(value)
    except ValueError as error:
        raise ConfigError(f"{path}: {name}: {error}") from None


def _check_version(path: Path, specifier: Any) -> None:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    from newslint import __version__

    try:
        wanted = SpecifierSet(specifier if isinstance(specifier, str) else "?")
    except InvalidSpecifier:
        reason = f"{specifier!r} is no version specifier, such as '>=0.2'"
        raise ConfigError(f"{path}: required-version: {reason}") from None
    if not wanted.contains(__version__, prereleases=True):
        raise ConfigError(f"{path}: needs newslint {specifier}, this is {__version__}: install a version that fits")


def find(folder: Path) -> Path | None:
    """The configuration file in a folder, if it holds one; ``newslint.toml`` before ``pyproject.toml``."""
    own, project = folder / "newslint.toml", folder / "pyproject.toml"
    if own.is_file():
        return own
    return project if project.is_file() and _has_table(project) else None


def _has_table(project: Path) -> bool:
    # The cheap look first: most projects' pyproject.toml says nothing about newslint.
    try:
        return b"newslint" in project.read_bytes() and _parsed_has_table(project)
    except OSError:
        return False


def _parsed_has_table(project: Path) -> bool:
    import tomli

    try:
        table = tomli.loads(project.read_text(encoding="utf-8")).get("tool")
        return isinstance(table, dict) and "newslint" in table
    except (ValueError, RecursionError):
        # Whether it speaks about newslint cannot be told; reading it will say what is wrong.
        return True


class Resolver:
    """Gives each folder its settings: those of the nearest configuration file, with the command line on top.

    Args:
        folder: where the run starts; its settings are the root settings, which corpus rules use.
        override: puts the command line on top of what a file says.
        file: the one configuration file to use everywhere; its globs are relative to ``folder``.
        isolated: use no configuration file at all.
        local_rules: whether the local rules that configuration files name may be run; ``NEWSLINT_NO_LOCAL_RULES`` in
            the environment has the last word.

    Raises:
        ConfigError: a configuration file cannot be used.
    """

    def __init__(
        self,
        folder: Path,
        override: Callable[[Settings], Settings] = lambda settings: settings,
        *,
        file: Path | None = None,
        isolated: bool = False,
        local_rules: bool = True,
    ) -> None:
        self._override = override
        self._trusts = local_rules and not os.environ.get(NO_LOCAL_RULES)
        self._searches = file is None and not isolated
        self._by_folder: dict[Path, Settings] = {}
        self._default = self._made(Settings(folder) if file is None else load(file, folder))
        self.root = self.of(folder)

    def of(self, folder: Path) -> Settings:
        """The settings for what lies directly in a folder (absolute).

        Raises:
            ConfigError: its configuration file cannot be used.
        """
        if not self._searches:
            return self._default
        missing = []
        while folder not in self._by_folder:
            file = find(folder)
            if file is not None:
                self._by_folder[folder] = self._made(load(file))
            elif folder.parent == folder:
                self._by_folder[folder] = self._default
            else:
                missing.append(folder)
                folder = folder.parent
        settings = self._by_folder[folder]
        self._by_folder.update(dict.fromkeys(missing, settings))
        return settings

    def _made(self, settings: Settings) -> Settings:
        settings = self._override(settings)
        return settings if self._trusts else settings._replace(local_rules=(), untrusted=settings.local_rules)
