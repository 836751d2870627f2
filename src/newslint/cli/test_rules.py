"""``newslint test-rules PATH``: runs the cases that lie beside rules, wherever the rules are; no pytest needed."""

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from newslint.cli.parser import Parser
from newslint.cli.rule_files import Written, show, written_rules
from newslint.config import ConfigError
from newslint.local_rules import load_folder
from newslint.plugins import FOREIGN, PluginError, Registry, RuleRef
from newslint.rule import Rule
from newslint.testing import Case, cases_of


def build(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="FILE", help="files of rules, and folders that hold some (default: .); they are run"
    )
    parser.add_argument("-k", metavar="TEXT", default="", help="only cases whose rule, code or reason contains TEXT")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Run the cases; the result is 0 where all pass, 1 where one fails, 2 where a rule or its cases do not load.

    Raises:
        ConfigError: a path does not exist, or nothing there is to be run.
    """
    options = parser.parse(arguments)
    paths = [Path(path) for path in options.paths or ["."]]
    written = _find(paths)
    counts = {True: 0, False: 0}
    rules = broken = 0
    for item in written:
        try:
            cases = _cases(_load(item))
        except PluginError as error:
            if _wanted(options.k, item.code, item.name):
                broken += 1
                print(f"newslint: error: {error}", file=sys.stderr)
            continue
        cases = [case for case in cases if _wanted(options.k, item.code, str(case))]
        if cases:
            rules += 1
            print(f"{show(item.path)}: {item.code} {item.name}")
            for case in cases:
                counts[_passes(case)] += 1
    if not rules and not broken:
        raise ConfigError(f"no case of the {len(written)} rules there contains {options.k!r}")
    if rules:
        total = _number(counts[True] + counts[False], "case")
        print(f"{total} of {_number(rules, 'rule')}: {counts[True]} passed, {counts[False]} failed")
    return 2 if broken else int(counts[False] > 0)


def _find(paths: Sequence[Path]) -> list[Written]:
    for path in paths:
        if not path.exists():
            raise ConfigError(f"{path}: no such file or folder")
    try:
        written = written_rules(paths)
    except (SyntaxError, UnicodeDecodeError) as error:
        place = f"{error.filename}:{error.lineno}: " if isinstance(error, SyntaxError) else ""
        raise ConfigError(f"{place}is not Python: {error.args[0]}") from None
    if not written:
        raise ConfigError(
            f"{', '.join(map(str, paths))}: no rule there: a rule is a class that states a code and a name "
            "(`newslint new-rule NAME` writes one)"
        )
    return written


def _load(item: Written) -> type[Rule]:
    """Import a rule from the very file it was found in.

    Raises:
        PluginError: it does not load, or is no complete rule.
    """
    if (item.path.parent / "__init__.py").exists():
        module = _module(item.path)
    else:
        refs = [ref for plugin in load_folder(item.path) for ref in plugin.rules]
        if not refs:
            raise PluginError(f"{item.path}: a file whose name starts with _ or test_ is not loaded: rename it")
        module = refs[0].target.partition(":")[0]
    return Registry([]).load(RuleRef(item.code, item.name, f"{module}:{item.class_name}"))


def _module(path: Path) -> str:
    """Import a file as the module of its package that it is; the module's name."""
    path = path.resolve()
    names, folder = [path.stem], path.parent
    while (folder / "__init__.py").exists():
        names.insert(0, folder.name)
        folder = folder.parent
    if str(folder) not in sys.path:
        # First, since an installed package of that name may be another version of it.
        sys.path.insert(0, str(folder))
    name = ".".join(names)
    try:
        module = import_module(name)
    except FOREIGN as error:
        raise PluginError(f"{path}: does not load: {type(error).__name__}: {error}") from error
    if not Path(module.__file__ or "").samefile(path):
        raise PluginError(f"{path}: {name} was imported from {module.__file__}: run this where the other one is not")
    return name


def _cases(rule: type[Rule]) -> list[Case]:
    source = Path(sys.modules[rule.__module__].__file__ or "")
    beside = source.with_suffix(".toml")
    try:
        cases = cases_of(rule)
    except FileNotFoundError:
        raise PluginError(f"{show(source)}: {rule.name} has no cases: write {beside.name} beside it") from None
    except Exception as error:  # whatever a hand-written file may hold
        reason = f"{show(beside)}: {str(error).removeprefix(f'{beside}: ')}"
        raise PluginError(f"{rule.name}: the cases do not load: {reason}") from error
    if not cases:
        raise PluginError(f"{show(beside)}: {rule.name} has no cases: write a [[fail]] and a [[pass]]")
    return cases


def _passes(case: Case) -> bool:
    """Run a case and say what came of it."""
    kind = "fail" if case.fails else "pass"
    try:
        case.run()
    except AssertionError as error:
        # The kit's first line is the case's own name, which stands above already.
        said = str(error).removeprefix(str(case)).lstrip(":").strip("\n")
        difference = said or "\n".join(_frames(case, error))
    except FOREIGN as error:
        difference = "\n".join(_frames(case, error))
    else:
        print(f"  ok      [[{kind}]] {case.why}")
        return True
    print(f"  FAILED  [[{kind}]] {case.why}")
    print("".join(f"            {line}\n" for line in difference.split("\n")), end="")
    return False


def _frames(case: Case, error: BaseException) -> list[str]:
    """The exception, and the way to it from the rule's own file on, a line each."""
    file = sys.modules[case.rule.__module__].__file__
    frames = traceback.extract_tb(error.__traceback__)
    first = next((number for number, frame in enumerate(frames) if frame.filename == file), len(frames))
    way = [f"{show(Path(frame.filename))}:{frame.lineno}: {frame.line}" for frame in frames[first:]]
    return [f"{type(error).__name__}: {error}".rstrip(": "), *way]


def _wanted(text: str, *names: str) -> bool:
    return any(text.lower() in name.lower() for name in names)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
