"""Targets: what users write for newslint: configuration, .gitignore, baseline."""

import random
import re

from fuzz.shared import folder, is_sentence, registry, rules, split, word
from newslint import baseline
from newslint.config import FILE_KEYS, KEYS, ConfigError, Resolver
from newslint.discover import IgnoreFiles
from newslint.document import Document
from newslint.engine.locate import locate
from newslint.engine.plan import Profile, check_settings

FIELDS = ("rules", "reason", "path", "text", "fingerprint", "id", "title", "language", "format")
WORDS = (
    "ALL", "DUP", "byline", "near-duplicate", "ENC001", "info", "warning", "error", "never", "fr", "fil", "*.txt", "!a",
    "a/**/b", "[", "\\", "/", "", ".", "..", ">=0.1", "newslint.toml", "/body", "Lire aussi", "(", "text", "markdown",
)  # fmt: skip


def configuration(data: bytes) -> None:
    """A configuration file of any bytes is used, or refused with its name and the reason."""
    choice, body = split(data)
    own = folder() / "configuration"
    own.mkdir(exist_ok=True)
    for name in ("newslint.toml", "pyproject.toml"):
        (own / name).unlink(missing_ok=True)
    path = own / ("newslint.toml" if choice < 192 else "pyproject.toml")
    # What mutations make is hardly ever TOML: of every other input the values are made by its dice.
    path.write_bytes(body if choice % 2 else _toml(random.Random(data)).encode("utf-8", "backslashreplace"))
    try:
        settings = Resolver(own).root
        check_settings(settings, registry())
    except ConfigError as error:
        is_sentence(str(error))
        return
    for globs in (*settings.exclude, *(globs for globs, _ in settings.per_file_ignores)):
        globs.match(own / "a" / "b.txt")
    if settings.local_rules:
        return
    profile = Profile(settings, registry().rules, registry())
    document = Document("a.txt", "Le maire part. . Lire aussi : Trois noms\n", language=settings.language)
    for rule in profile.document_rules:
        if rule.name not in profile.ignored(str(own / "a.txt")):
            for hit in rule.check(document):
                locate(hit, rule, document, profile)


def _toml(rng: random.Random) -> str:
    """A configuration of known keys and unlikely values."""
    options = [f"rules.{rule.name}.{name}" for rule in rules() for name in rule.options()]
    names = [*KEYS, *FILE_KEYS]
    tables = [f"severity.{_quoted(rng)}", f"per-file-ignores.{_quoted(rng)}", f"rules.{_quoted(rng)}.x", _quoted(rng)]
    chosen = [rng.choice(rng.choice((names, names, options, tables))) for _ in range(rng.randint(1, 4))]
    text = "".join(f"{name} = {_value(rng, 0)}\n" for name in dict.fromkeys(chosen))
    return text + f"[[suppress]]\nrules = {_value(rng, 1)}\nreason = {_quoted(rng)}\npath = {_value(rng, 2)}\n" * (
        rng.random() < 0.2
    )


def _value(rng: random.Random, depth: int) -> str:
    kind = rng.randrange(10 if depth < 3 else 5)
    if kind < 4:
        return _quoted(rng)
    if kind == 4:
        return rng.choice(
            ("0", "-1", "1", "10", "0.5", "1e999", "nan", "true", "false", "1979-05-27", "9" * 30, "9" * 5000)
        )
    if kind < 8:
        return f"[{', '.join(_value(rng, depth + 1) for _ in range(rng.randrange(4)))}]"
    size = rng.choice((2, 3000))
    pairs = (
        f"{_quoted(rng) if rng.random() < 0.3 else rng.choice(FIELDS)} = {_value(rng, depth + 1)}" for _ in range(2)
    )
    return f"{{{', '.join(pairs)}}}" if kind == 8 else "[" * size + "]" * size


def _quoted(rng: random.Random) -> str:
    text = rng.choice(WORDS) + (word(rng) if rng.random() < 0.2 else "")
    shown = "".join(
        f"\\u{ord(c):04x}" if c < " " or "\x7f" <= c <= "\uffff" else c for c in text if not "\ud800" <= c <= "\udfff"
    )
    return '"' + re.sub(r'(?<!\\)["]|\\(?!u[0-9a-f]{4})', lambda match: "\\" + match[0], shown) + '"'


def ignoring(data: bytes) -> None:
    """A .gitignore of any bytes says of any path whether it is left out."""
    own = folder() / "ignoring"
    (own / ".git").mkdir(parents=True, exist_ok=True)
    (own / ".gitignore").write_bytes(data)
    ignores = IgnoreFiles()
    for path in ("a.txt", "b/c.md", "é ñ/[x].txt"):
        ignores.ignored(own / path, folder=False)
        ignores.ignored_above((own / path).parent)


def known(data: bytes) -> None:
    """A baseline of any bytes is read, and written as it was read, or refused with its name."""
    path = folder() / "baseline.json"
    path.write_bytes(data)
    try:
        loaded = baseline.load(path)
    except baseline.BaselineError as error:
        is_sentence(str(error))
        return
    assert all(count >= 1 for count in loaded.counts.values())
    path.write_text(loaded.dump(), encoding="utf-8")
    again = baseline.load(path)
    assert len(again) == len(loaded)
    assert again.dump() == loaded.dump()
