"""Which documents spell a name in different ways, from columns of hashes alone."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint.rule import Columns

#: From this many rows on, sorting arrays is cheaper than filling a dictionary (and than importing numpy).
MANY_ROWS = 50_000


class Candidate(NamedTuple):
    """Spellings under one key: places are (document, hash of the spelling).

    Attributes:
        key: the key's hash.
        support: the number of documents with the most frequent spelling.
        major: the first document with it.
        minors: the documents with other spellings, in order; none of them has the most frequent one, too.
    """

    key: int
    support: int
    major: tuple[int, int]
    minors: tuple[tuple[int, int], ...]


def candidates(columns: Columns, established: int) -> Iterator[Candidate]:
    """Yield a candidate for each key with several spellings, in the order of keys. Takes memory linear in the rows.

    Args:
        columns: ``key``, ``form`` and ``count``.
        established: spellings in more documents than this are no variants.
    """
    rows = _array_rows(columns) if len(columns["key"]) >= MANY_ROWS else _plain_rows(columns)
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for key, document, row in rows:
        groups.setdefault(key, []).append((document, columns["form"][row], columns["count"][row]))
    for key in sorted(groups):
        candidate = _candidate(key, groups[key], established)
        if candidate:
            yield candidate


def _candidate(key: int, rows: list[tuple[int, int, int]], established: int) -> Candidate | None:
    where: dict[int, list[int]] = {}
    counts: dict[int, int] = {}
    for document, form, count in rows:
        where.setdefault(form, []).append(document)
        counts[form] = counts.get(form, 0) + count
    major = min(where, key=lambda form: (-len(where[form]), -counts[form], where[form][0], form))
    having = set(where[major])
    minors = sorted(
        (document, form)
        for form, documents in where.items()
        if form != major and len(documents) <= established
        for document in documents
        if document not in having
    )
    return Candidate(key, len(having), (where[major][0], major), tuple(minors)) if minors else None


def _plain_rows(columns: Columns) -> Iterable[tuple[int, int, int]]:
    """Key, document and row of all rows whose key has several forms, documents in order."""
    keys, forms = columns["key"], columns["form"]
    seen: dict[int, int] = {}
    several = {key for key, form in zip(keys, forms, strict=True) if seen.setdefault(key, form) != form}
    return [
        (keys[row], document, row)
        for document in range(len(columns))
        for row in columns.rows(document)
        if keys[row] in several
    ]


def _array_rows(columns: Columns) -> Iterable[tuple[int, int, int]]:
    """The same by a sort."""
    import numpy as np

    keys = np.frombuffer(columns["key"], dtype=np.uint64)
    forms = np.frombuffer(columns["form"], dtype=np.uint32)
    order = np.lexsort((forms, keys))
    same = keys[order[1:]] == keys[order[:-1]]
    several = np.unique(keys[order[1:]][same & (forms[order[1:]] != forms[order[:-1]])])
    rows = np.flatnonzero(np.isin(keys, several, assume_unique=False))
    offsets = np.frombuffer(columns.offsets, dtype=np.uint64)
    documents = np.searchsorted(offsets, rows.astype(np.uint64), side="right") - 1
    return zip(keys[rows].tolist(), documents.tolist(), rows.tolist(), strict=True)
