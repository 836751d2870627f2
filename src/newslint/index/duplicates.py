"""The documents of an index that are nearly others: as in a run, with the disk in place of memory."""

from collections.abc import Iterator
from typing import NamedTuple

from newslint.config import Settings
from newslint.document import Document
from newslint.duplication import Fingerprints, Measure, documents_compared, near_duplicates
from newslint.duplication.near import enough
from newslint.engine.local import Crew
from newslint.engine.plan import Workshop
from newslint.index.archive import Archive
from newslint.index.pairs import document_pairs
from newslint.index.reopen import ArchiveTickets, plan_of
from newslint.model import Problem
from newslint.plugins import Registry


class Duplicate(NamedTuple):
    """A document that is nearly another one.

    Attributes:
        path: its file, as reports show it.
        record: of a record file, the number of the record, from 0.
        id: what the record is called.
        of: the file of the first document of its cluster.
        of_record: the number of that one's record.
        of_id: what that is called.
        jaccard, containment: how alike the two are, from 0 to 1.
        size: how many documents the cluster has.
    """

    path: str
    record: int | None
    id: str | None
    of: str
    of_record: int | None
    of_id: str | None
    jaccard: float
    containment: float
    size: int


def duplicates(
    archive: Archive,
    measure: Measure,
    registry: Registry,
    settings: Settings,
    jobs: int | None,
    problems: list[Problem],
) -> Iterator[Duplicate]:
    """Yield the near-duplicates among all documents of an index, by cluster: those of a run, to the last one.

    Memory: 24 bytes a document of the index, 50 bytes a pair that may be alike, and 300 bytes a document of a cluster.

    Args:
        archive: the index.
        measure: when two documents are near-duplicates.
        registry: the loaded plugins.
        settings: what the files are read with.
        jobs: worker processes; None: by the number of documents.
        problems: where to note which files are gone or have changed.

    Raises:
        VersionError: the index does not hold fingerprints, as they are now.
        WorkerError: a worker process died.
    """
    archive.manifest.require(archive.folder, [Fingerprints])
    least, part = enough(measure)
    pairs = document_pairs(archive, Fingerprints.name, Fingerprints.keys[0], least, part)
    with Crew(Workshop(plan_of(registry, settings), registry), jobs, len(archive)) as crew:
        documents = crew.documents(ArchiveTickets(archive), problems)
        compare = documents_compared(documents, measure.shingle_size)
        for twins in near_duplicates(pairs, compare, measure):
            jaccard, containment = twins.similarity
            own, other = _place(documents[twins.document]), _place(documents[twins.leader])
            yield Duplicate(*own, *other, round(jaccard, 3), round(containment, 3), len(twins.cluster))


def _place(document: Document) -> tuple[str, int | None, str | None]:
    record = document.record
    return document.path, record and record.index, record and record.id
