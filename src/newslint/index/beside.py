"""Documents of indexes as the context of a run: what ``--context INDEX`` compares the named files with."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from newslint.engine.examine import DocumentKey
from newslint.engine.plan import Task
from newslint.index.archive import Archive
from newslint.index.context import related
from newslint.index.reopen import Reopener
from newslint.model import Problem
from newslint.rule import Columns, Feature


class Beside(NamedTuple):
    """Documents that a run compares its own with.

    Attributes:
        tasks: their files.
        keys: how to find each again; the numbers of their tasks follow those of the run.
        columns: their columns by feature.
    """

    tasks: list[Task]
    keys: list[DocumentKey]
    columns: dict[str, Columns]


class Archives:
    """Indexes that a run is compared with.

    Args:
        archives: the indexes, each with the number of the profile that its files are read with.
        named: the files of the run, absolute: documents that came from them are left out.
    """

    def __init__(self, archives: Iterable[tuple[Archive, int]], named: Iterable[str]) -> None:
        self._archives = [(archive, Reopener(archive, profile)) for archive, profile in archives]
        self._named = {path for each in named for path in (each, os.path.realpath(each))}
        for archive, _ in self._archives:
            archive.expect_random()

    def beside(
        self,
        features: Sequence[Feature],
        columns: Mapping[str, Columns],
        numbers: Sequence[int],
        tasks: int,
        problems: list[Problem],
    ) -> Beside:
        """What documents of a run are to be compared with.

        Args:
            features: what the rules of the run compare by.
            columns: the columns of the run's documents, by feature.
            numbers: which of them are to be compared.
            tasks: how many tasks the run has.
            problems: where to note which files are gone or have changed.

        Raises:
            VersionError: an index does not hold these features, as they are now.
        """
        found = Beside([], [], {feature.name: Columns.empty(feature.typecodes) for feature in features})
        for archive, reopener in self._archives:
            skip = {number for path in self._named for number in archive.documents_at(reopener.files.path(path))}
            documents = []
            for document in related(archive, features, columns, numbers, skip):
                reason = reopener.why_not(document)
                if reason:
                    problems.append(Problem(reason, reopener.ticket(document).task.shown))
                    continue
                documents.append(document)
                ticket = reopener.ticket(document)
                if not found.tasks or found.tasks[-1] is not ticket.task:
                    found.tasks.append(ticket.task)
                found.keys.append(DocumentKey(tasks + len(found.tasks) - 1, ticket.place, ticket.digest))
            for name, own in found.columns.items():
                if name in archive.manifest.features:
                    own.extend(archive.columns(name, documents))
                else:
                    own.offsets.extend(own.offsets[-1:] * len(documents))
        return found
