"""NL003: suppressions that suppress nothing, in the configuration and in comments."""

from collections.abc import Iterable, Iterator, Sequence, Set
from hashlib import blake2b
from pathlib import Path
from typing import ClassVar

from newslint import selection
from newslint.discover import show
from newslint.document import Document, Ignore
from newslint.engine.locate import locate
from newslint.engine.plan import Plan, Profile, Task, severity_of, source_of
from newslint.model import Finding, Hit, Location, Position, Severity, Status
from newslint.plugins import RuleRef
from newslint.rule import DocumentRule
from newslint.suppress import Placed


class UnusedSuppression(DocumentRule):
    """A suppression that suppresses nothing.

    ## What it does
    Reports `[[suppress]]` entries of the configuration and `newslint: ignore[…]` comments in mark-down that no finding
    needs any more.

    ## Why is this bad
    What was once excused is mended, or the entry never meant what it says. It would hide the next finding unseen.

    ## Example
    ```toml
    [[suppress]]
    rules = ["cross-reference"]
    path = "archive/1998/*.txt"     # nothing is found there
    reason = "the printed edition had these lines"
    ```

    ## Limits
    An entry is reported where its rules run and the files it is about are looked at: all below its configuration file,
    or, with a `path`, a file that this matches. Comments about rules that compare documents are never reported.
    """

    code: ClassVar[str] = "NL003"
    name: ClassVar[str] = "unused-suppression"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterable[Hit]:
        """Nothing: what is not needed shows when all other rules have looked."""
        del document
        return ()


def unused_comments(document: Document, profile: Profile, used: Set[str]) -> Iterator[Finding]:
    """The findings for comments of a document that none of its findings needs.

    Args:
        document: the document.
        profile: what it was checked with.
        used: the sources of the suppressions that its findings name.
    """
    rule = UnusedSuppression()
    own = {name.name for name in profile.document_rules}
    for ignore in document.ignores:
        if source_of(ignore, document) not in used and (reason := _why_unused(ignore, profile, own)):
            yield locate(Hit(ignore.place, reason, "drop the comment"), rule, document, profile)


def _why_unused(ignore: Ignore, profile: Profile, own: Set[str]) -> str:
    """Why a comment suppresses nothing; empty where that cannot be told."""
    if not ignore.rules:
        return "Comment names no rules: newslint: ignore[RULES] reason"
    meant = [[ref.name for ref in profile.refs if selection.matches(rule, ref)] for rule in ignore.rules]
    if all(names and own >= set(names) for names in meant):
        return f"Suppression of {', '.join(ignore.rules)} is not needed"
    return ""


def unused_entries(
    plan: Plan, tasks: Sequence[Task], used: Set[str], folders: Sequence[Path], corpus: Set[str]
) -> Iterator[Finding]:
    """The findings for entries of the configuration that no finding of a run needs.

    Args:
        plan: what was checked with what.
        tasks: the files that were.
        used: the sources of the suppressions that findings name.
        folders: the folders that were looked at as a whole, absolute.
        corpus: the names of the rules that compare documents.
    """
    known: set[tuple[Path, int]] = set()
    for number, (settings, refs) in enumerate(zip(plan.settings, plan.refs, strict=True)):
        own_ref = next((ref for ref in refs if ref.name == UnusedSuppression.name), None)
        if own_ref is None:
            continue
        for placed in settings.suppress:
            place = placed.file, placed.line
            if place in known or placed.suppression.source in used:
                continue
            own = (task for task in tasks if task.profile == number)
            if _was_put_to_use(placed, refs, own, folders, corpus):
                known.add(place)
                yield _finding(placed, severity_of(settings, own_ref) or UnusedSuppression.severity)


def _was_put_to_use(
    placed: Placed, refs: Sequence[RuleRef], tasks: Iterable[Task], folders: Sequence[Path], corpus: Set[str]
) -> bool:
    """Whether the rules of an entry were run on all that it is about."""
    meant = [ref.name for ref in refs if selection.telling(placed.entry.rules, ref)]
    whole = any(placed.globs.root.is_relative_to(folder) for folder in folders)
    if not meant or not (whole or placed.entry.path) or not (whole or corpus.isdisjoint(meant)):
        return False
    return whole or any(placed.globs.match(Path(task.path)) for task in tasks)


def _finding(placed: Placed, severity: Severity) -> Finding:
    rules = ", ".join(placed.entry.rules)
    path = show(str(placed.file))
    place = Location(path, Position(placed.line, 1), Position(placed.line, 1))
    key = "\0".join((UnusedSuppression.name, placed.file.name, *map(str, placed.entry)))
    return Finding(
        place,
        UnusedSuppression.code,
        UnusedSuppression.name,
        severity,
        f"Suppression of {rules} is not needed: nothing it is about is found",
        "drop the entry",
        (),
        None,
        blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        Status.NEW,
        {"reason": placed.entry.reason},
    )
