"""One document against all others of its workspace, with the rules that compare documents.

A run compares all documents with each other; an editor asks about one, again and again. So the rules see the columns of
those documents alone that have a value in common with it, numbered as in a run but with the document itself last, as
the named files of a run with ``--context`` are: the finding is then always its own. Of what the rules propose, only
what names the document is settled.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from newslint.document import Document
from newslint.engine.plan import Profile, Task
from newslint.engine.settle import settle
from newslint.model import Finding, Problem
from newslint.rule import Columns, CorpusRule, Documents
from newslint.server.index import Entry, Shelf, closed

#: So many other documents are opened for one look, and always those that have most in common with the document: a line
#: that stands everywhere would have all of them opened.
MOST_OPENED, CLOSEST = 256, 64


class StaleError(BaseException):
    """Nobody waits for the answer any more. As a cancellation it is no fault of the rule that it passes through."""


class Compared(Documents):
    """The documents of a comparison by number, opened when a rule asks for them; the last is the one in the editor.

    Args:
        entries: the other documents.
        document: the one in the editor.
        shelf: opens the others.
        stop: whether nobody waits for the answer any more.
    """

    def __init__(self, entries: Sequence[Entry], document: Document, shelf: Shelf, stop: Callable[[], bool]) -> None:
        self._entries = entries
        self._document = document
        self._shelf = shelf
        self._stop = stop
        #: The numbers of documents that are opened even where many are open already.
        self.closest: set[int] = set()
        #: What was opened, by number.
        self.opened: dict[int, Document] = {len(entries): document}

    def __len__(self) -> int:
        return len(self._entries) + 1

    def __getitem__(self, number: int, /) -> Document:
        document = self.opened.get(number)
        if document is None:
            if self._stop():
                raise StaleError
            entry = self._entries[number]
            if len(self.opened) > MOST_OPENED and number not in self.closest:
                return closed(entry)
            document = self.opened[number] = self._shelf.open(entry)
        return document


def compare(
    rules: Sequence[CorpusRule],
    own: Mapping[str, Columns],
    entries: Sequence[Entry],
    documents: Compared,
    profile: Profile,
    task: Task,
    problems: list[Problem],
) -> Iterator[Finding]:
    """What the rules find in the last document.

    Args:
        rules: the rules.
        own: its columns by feature.
        entries: the others.
        documents: all of them.
        profile: what it is checked with.
        task: its file.
        problems: where to note what a rule raised.

    Raises:
        StaleError: nobody waits for the answer any more.
    """
    last = len(entries)
    ignored = profile.ignored(task.path)
    made: dict[str, tuple[Columns, int]] = {}
    for rule in rules:
        if rule.name in ignored or rule.name not in profile.names:
            continue
        for feature in rule.features:
            if feature.name not in made:
                made[feature.name] = _alike(own[feature.name], feature.name, entries, documents.closest)
        columns = {feature.name: made[feature.name][0] for feature in rule.features}
        if not any(made[feature.name][1] for feature in rule.features):
            continue
        match = partial(_naming, rule, columns, last)
        yield from settle(
            rule, match, documents, lambda number: profile if number == last else None, problems, task.shown
        )


def _naming(rule: CorpusRule, columns: Mapping[str, Columns], number: int) -> Iterator[object]:
    """Of what a rule proposes, what may name the document of that number."""
    return (candidate for candidate in rule.match(columns) if _names(candidate, number))


def _alike(own: Columns, name: str, entries: Sequence[Entry], closest: set[int]) -> tuple[Columns, int]:
    """The columns of a feature, without the rows of documents that have nothing in common with the last; how many have.

    What documents are matched by are the columns of hashes, of 64 bits; where a feature has none, all are alike.
    """
    keys = {column: set(values) for column, values in own.data.items() if values.typecode == "Q"}
    joined = Columns.empty({column: values.typecode for column, values in own.data.items()})
    common: Counter[int] = Counter()
    for number, entry in enumerate(entries):
        theirs = entry.columns.get(name)
        shared = 0
        if theirs is not None:
            shared = sum(len(values.intersection(theirs[column])) for column, values in keys.items()) if keys else 1
        if theirs is not None and shared:
            common[number] = shared
            joined.extend(theirs)
        else:
            joined.offsets.append(joined.offsets[-1])
    joined.extend(own)
    closest.update(number for number, _ in common.most_common(CLOSEST))
    return joined, len(common)


def _names(candidate: object, number: int) -> bool:
    """Whether a candidate may name the document of that number; what cannot be looked into may."""
    if candidate is None or isinstance(candidate, str | bytes | float):
        return False
    if isinstance(candidate, Mapping):
        return any(_names(each, number) for pair in candidate.items() for each in pair)
    if isinstance(candidate, Iterable):
        return any(_names(each, number) for each in candidate)
    return candidate == number if isinstance(candidate, int) else True
