"""``newslint baseline``: keep the findings that are known already in a file, so that only new ones count."""

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

from newslint import baseline
from newslint.baseline import NAME, Baseline, Entry
from newslint.cli.arguments import add_selection
from newslint.cli.parser import Parser
from newslint.cli.session import Session
from newslint.config import ConfigError
from newslint.files import replacing
from newslint.render.terminal import Paint, count, failure, visible
from newslint.rule import CorpusRule
from newslint.selection import select

ACTIONS = {
    "create": "put all findings into a new baseline",
    "update": "take up what is new in the files looked at, and drop what is no longer found there",
    "prune": "drop what is no longer found in the files looked at",
    "audit": "say what the baseline holds, and what of it is no longer found; writes nothing",
}


def build(parser: Parser) -> None:
    """Declare the arguments."""
    listed = "; ".join(f"{name}: {purpose}" for name, purpose in ACTIONS.items())
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help=listed)
    add_selection(parser)
    parser.add_argument(
        "--output", metavar="FILE", help=f"the baseline's file (default: what the configuration says, else {NAME})"
    )


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Run the action.

    Raises:
        ConfigError: the file to be created is there, or a configuration cannot be used.
        BaselineError: the baseline cannot be read.
    """
    options = parser.parse(arguments)
    session = Session(options)
    file = Path(options.output).absolute() if options.output else session.root.baseline or Path.cwd() / NAME
    if options.action == "create" and file.exists():
        raise ConfigError(f"{file}: is there already: `newslint baseline update` takes up what is new")
    known = Baseline() if options.action == "create" else baseline.load(file)
    session.discover()
    outcome = session.examine()
    problems = session.problems + outcome.problems
    for problem in problems:
        print(failure(problem, Paint(False)))
    if problems and options.action != "audit":
        print(f"{visible(str(file))} was left as it is: mend what failed first")
        return 2
    where = baseline.relative(file.parent)
    found = baseline.of(outcome.findings, where)
    looked_at = _looked_at(session, file.parent, where)
    if options.action == "audit":
        _audit(known, found, looked_at)
        return 2 if problems else 0
    new = known.updated(found, looked_at, add=options.action != "prune")
    if new.counts != known.counts or not file.exists():
        with replacing(file) as stream:
            stream.write(new.dump())
    _tell(file, known, new, options)
    return 0


def _looked_at(session: Session, root: Path, where: Callable[[str], str]) -> Callable[[Entry], bool]:
    """Tells whether the run would have found an entry's finding, were it still there.

    That takes its rule, its file, which may be gone from a folder that was looked at, and for a rule that compares
    documents all files there are: the other side may be any.
    """
    # Where a folder is empty by now, no file of it says which rules are in use.
    refs = {*select(session.registry.rules, session.root.selection), *chain.from_iterable(session.plan.refs)}
    selected = {ref.name for ref in refs}
    comparing = {ref.name for ref in refs if issubclass(session.registry.load(ref), CorpusRule)}
    files = {where(task.shown) for task in session.tasks}
    whole = any(root.is_relative_to(folder) for folder in session.folders)

    def looked_at(entry: Entry) -> bool:
        if entry.rule not in selected or (entry.rule in comparing and not whole):
            return False
        return entry.path in files or any((root / entry.path).is_relative_to(folder) for folder in session.folders)

    return looked_at


def _audit(known: Baseline, found: Baseline, looked_at: Callable[[Entry], bool]) -> None:
    gone = Counter(
        {
            entry: number - min(number, found.counts.get(entry, 0))
            for entry, number in known.counts.items()
            if looked_at(entry)
        }
    )
    rules: Counter[str] = Counter()
    stale: Counter[str] = Counter()
    for entry, number in known.counts.items():
        rules[entry.rule] += number
        stale[entry.rule] += gone[entry]
    for rule, number in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
        print(f"{number:8}  {visible(rule)}" + (f"  ({stale[rule]} no longer found)" if stale[rule] else ""))
    print(f"{count(len(known), 'finding')} in {count(len({entry.path for entry in known.counts}), 'file')}.")
    if gone.total():
        print(f"{gone.total()} no longer found: `newslint baseline prune` drops them.")


def _tell(file: Path, known: Baseline, new: Baseline, options: argparse.Namespace) -> None:
    if options.quiet:
        return
    added = sum((Counter(new.counts) - Counter(known.counts)).values())
    dropped = sum((Counter(known.counts) - Counter(new.counts)).values())
    print(f"{visible(str(file))}: {count(len(new), 'finding')} ({added} added, {dropped} dropped)")
