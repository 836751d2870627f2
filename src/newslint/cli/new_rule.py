"""``newslint new-rule NAME``: a rule to start from, which runs, passes its cases and lints as it is written."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template

from newslint.cli.parser import Parser
from newslint.cli.rule_files import show
from newslint.cli.rule_homes import Checkout, Draft, Home, Project, home_of
from newslint.config import ConfigError, Resolver
from newslint.files import replace
from newslint.plugins import RuleRef, load_plugins
from newslint.selection import select

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
CODE = re.compile(r"[A-Z]{2,}\d{3,}")
#: Longer names make lines that no formatter can break.
LONGEST = 40


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", metavar="RULE", help="what people will type and read, for example missing-figure")
    parser.add_argument(
        "--in", dest="folder", metavar="DIR",
        help="the folder of rules, plugin package or family to put it in (default: found from the current folder)",
    )  # fmt: skip
    parser.add_argument("--code", help="its code, for example LOC007 (default: the next free one)")
    parser.add_argument("--corpus", action="store_true", help="a rule that compares documents")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the rule, its cases, and what makes it known.

    Raises:
        ConfigError: the name or the code is taken or cannot be used, or a file is there already.
        PluginError: a rule that is there does not load.
        OSError: a file cannot be written.
    """
    options = parser.parse(arguments)
    _check_name(options.name)
    home = home_of(options.folder)
    settings = Resolver(home.root).root
    refs = load_plugins(settings.local_rules).rules
    draft = _draft(options.name, options.code, home, refs)
    created = _render(draft, home, "corpus_rule" if options.corpus else "document_rule")
    for path in created:
        if path.exists():
            raise ConfigError(f"{show(path)} is there already, and was left as it is")
    # All is known to fit before the first file is written.
    for path, text in {**created, **home.register(draft)}.items():
        _write(path, text)
    ref = RuleRef(draft.code, draft.name, "")
    _tell(draft, home, options.corpus, ref in select([*refs, ref], settings.selection))
    return 0


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise ConfigError(
            f"{name!r} is no name for a rule: up to {LONGEST} small letters, digits and hyphens, such as missing-figure"
        )
    if name.startswith("test-"):
        raise ConfigError(f"{name}: files that start with test_ hold tests and are not loaded: choose another name")


def _draft(name: str, code: str | None, home: Home, refs: Sequence[RuleRef]) -> Draft:
    """What the rule is called, once nobody else is called that.

    Raises:
        ConfigError: somebody is, or the code is none.
    """
    taken = {code: (name, "") for code, name, _ in refs}
    taken |= {rule.code: (rule.name, f" in {show(rule.path)}") for rule in home.written}
    for other, (named, where) in taken.items():
        if named == name:
            raise ConfigError(f"a rule called {name} is there already: {other}{where}")
    if code is None:
        numbers = [int(other.removeprefix(home.prefix)) for other in taken if re.fullmatch(home.prefix + r"\d+", other)]
        code = f"{home.prefix}{max(numbers, default=0) + 1:03}"
    code = code.upper()
    if not CODE.fullmatch(code):
        raise ConfigError(f"--code: {code!r} is no code: two or more letters and three or more digits, such as LOC007")
    if code in taken:
        named, where = taken[code]
        raise ConfigError(f"--code: {code} is taken: {named}{where}; without --code a rule gets the next free one")
    return Draft(code, name, name.replace("-", "_"), "".join(part.title() for part in name.split("-")))


def _render(draft: Draft, home: Home, template: str) -> dict[Path, str]:
    """The rule's two files.

    Raises:
        ConfigError: its name would hide another one that Python knows.
    """
    texts = {}
    for suffix in (".py", ".toml"):
        source = files("newslint.cli").joinpath("templates", f"{template}{suffix}.tmpl").read_text(encoding="utf-8")
        texts[home.folder / f"{draft.module}{suffix}"] = Template(source).substitute(draft._asdict())
    if Counter(_bound(texts[home.folder / f"{draft.module}.py"]))[draft.class_name] != 1:
        raise ConfigError(f"{draft.name}: its class {draft.class_name} would hide another one: choose another name")
    if isinstance(home, Project) and draft.module in sys.stdlib_module_names:
        raise ConfigError(f"{draft.name}: Python has a module {draft.module} of its own: choose another name")
    return texts


def _bound(source: str) -> Iterator[str]:
    """The names that a module binds at its top, as often as it does; none where it is not Python."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a class called None or True
        return
    for node in body:
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ClassDef):
            yield node.name


def _write(path: Path, text: str) -> None:
    if path.exists():
        replace(path, text.encode())
        print(f"Changed {show(path)}")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    print(f"Wrote {show(path)}")


def _tell(draft: Draft, home: Home, corpus: bool, selected: bool) -> None:
    file = show(home.folder / f"{draft.module}.py")
    print(f"\n{draft.code} {draft.name} works already, on an example of ours; make it yours:")
    steps = [
        (home.advice(), "so that newslint finds it"),
        (f"newslint test-rules {file}", "runs its cases"),
        (f"newslint --select {draft.name} FOLDER", "shows what it finds"),
        (f"newslint rule {draft.name}", "shows its page"),
    ]
    steps = [step for step in steps if step[0]]
    width = max(len(command) for command, _ in steps)
    for command, purpose in steps:
        print(f"  {command:{width}}  {purpose}")
    if not selected:
        print(f"The configuration selects other rules: add {draft.name} there to have it in every run.")
    if corpus and isinstance(home, Checkout):
        print(f"It only compares: add {draft.name} to what .pre-commit-hooks.yaml ignores for changed files.")
