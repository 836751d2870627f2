"""Which documents of an index are worth being compared with some others: the context of a run.

What follows is the run's own: its rules see the columns of these few as if a folder with them had been named.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from newslint.duplication.postings import CROWD
from newslint.index.archive import Archive
from newslint.rule import Columns, Feature

#: Of a key that more documents have, the first and the last count: as in a run, where together with the document at
#: hand they are a crowd.
MOST = CROWD - 1
#: What has this part of its keys in common with a document is its copy or its source: what is so related to that is of
#: the context, too, so that a cluster is there as a whole and its first document is named.
COPY = 0.2
#: So many documents are looked for beyond those related to the documents of the run.
BEYOND = 1000

Keys = Set[tuple[str, int]]


def related(
    archive: Archive,
    features: Iterable[Feature | type[Feature]],
    columns: Mapping[str, Columns],
    numbers: Sequence[int] | None = None,
    skip: Set[int] = frozenset(),
) -> list[int]:
    """The documents of an index that are worth being compared with some others, by path and place.

    Time and memory do not depend on how many documents the index holds, but for the depth of a binary search.

    Args:
        archive: the index.
        features: what to compare by; those without keys say nothing.
        columns: the columns of the others, by feature.
        numbers: which of these are to be compared; None: all.
        skip: documents of the index that are left out.

    Raises:
        VersionError: the index does not hold these features, as they are now.
    """
    wanted = [feature for feature in features if feature.keys]
    archive.manifest.require(archive.folder, wanted)
    found: set[int] = set()
    for feature in wanted:
        own = columns[feature.name]
        found |= _related(_Lookup(archive, feature, skip), own, range(len(own)) if numbers is None else numbers)
    return sorted(found, key=lambda document: (archive.path(document), document))


def _related(lookup: "_Lookup", own: Columns, numbers: Iterable[int]) -> set[int]:
    found: set[int] = set()
    copies: set[int] = set()
    for number in numbers:
        for document, copy in lookup(*lookup.keys_in(own, number)):
            found.add(document)
            if copy:
                copies.add(document)
    pending = sorted(copies)
    most = len(found) + BEYOND
    while pending and len(found) < most:
        for other, copy in lookup(*lookup.keys_of(pending.pop())):
            if copy and other not in copies:
                copies.add(other)
                found.add(other)
                pending.append(other)
    return found


class _Lookup:
    """Finds the documents that have enough keys in common with another, and tells which are its copies."""

    def __init__(self, archive: Archive, feature: Feature | type[Feature], skip: Set[int]) -> None:
        self._archive = archive
        self._feature = feature
        self._skip = skip

    def keys_in(self, columns: Columns, number: int) -> tuple[Keys, int]:
        """The keys of a document of some columns, and how many rows it has there."""
        rows = columns.rows(number)
        keys = {(column, key) for column in self._feature.keys for key in columns[column][rows.start : rows.stop]}
        return keys, len(rows)

    def keys_of(self, document: int) -> tuple[Keys, int]:
        """The same of a document of the index."""
        name = self._feature.name
        return self._archive.keys_of(name, document), self._archive.size_of(name, document)

    def __call__(self, keys: Keys, rows: int) -> Sequence[tuple[int, bool]]:
        """The documents with enough of these keys, and whether they have so many as only copies have."""
        name = self._feature.name
        find, size_of = self._archive.find, self._archive.size_of
        common = Counter(document for column, key in keys for document in find(name, column, key, MOST, self._skip))
        found = []
        for document, count in sorted(common.items()):
            fewer = min(rows, size_of(name, document))
            if self._feature.alike(count, fewer, len(self._archive)):
                found.append((document, count >= COPY * fewer))
        return found
