"""Signatures for datasketch's ``MinHashLSH``, and back: whatever keeps its tables, here, in Redis or in Cassandra.

lsh = MinHashLSH(threshold=0.7, storage_config={"type": "redis", …})
for names, rows in signatures(archive, documents):
hand_over(lsh, names, rows)
similar = lsh.query(to_lean_minhashes(rows)[0])
names, rows = take_back(lsh)
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from newslint.duplication.arrays import batches, is_empty, read, to_lean_minhashes
from newslint.duplication.arrays import signatures as sign
from newslint.duplication.arrays.signatures import PERMUTATIONS, SEED, Signatures
from newslint.index.archive import Archive
from newslint.rule import Documents

if TYPE_CHECKING:
    from datasketch import MinHashLSH  # type: ignore[import-untyped]

#: Documents that are signed at a time.
BATCH = 512


def signatures(
    archive: Archive, documents: Documents, permutations: int = PERMUTATIONS, seed: int = SEED
) -> Iterator[tuple[list[int], Signatures]]:
    """Yield the numbers of documents of an index and their signatures, some hundreds at a time.

    Documents without a word are left out. Memory: the texts of a batch.

    Args:
        archive: the index.
        documents: gives their text.
        permutations: how many values a signature has: the ``num_perm`` of whom they are for.
        seed: the seed of datasketch's permutations.
    """
    numbers = iter(archive)
    while batch := list(islice(numbers, BATCH)):
        texts = [documents[number].text for number in batch]
        rows = np.concatenate([sign(read(part), permutations, seed) for part in batches(texts)])
        kept = ~is_empty(rows)
        yield [number for number, keep in zip(batch, kept.tolist(), strict=True) if keep], rows[kept]


def hand_over(lsh: "MinHashLSH", names: Iterable[Hashable], rows: Signatures, seed: int = SEED) -> None:
    """Put signatures into datasketch's index, under these names, with its own buffered insertion.

    Args:
        lsh: the index; its ``num_perm`` is the signatures' size.
        names: what each document is called there; storages other than ``dict`` and Redis want bytes.
        rows: the signatures: (documents, permutations).
        seed: the seed that they were made with.

    Raises:
        ValueError: they have another size, or a name is taken already.
    """
    with lsh.insertion_session() as session:
        for name, minhash in zip(names, to_lean_minhashes(rows, seed), strict=True):
            session.insert(name, minhash)


def take_back(lsh: "MinHashLSH", names: Sequence[Hashable] | None = None) -> tuple[list[Hashable], Signatures]:
    """The names and signatures in datasketch's index: of each the values that its bands use, ``b * r`` of them.

    Args:
        lsh: the index.
        names: which documents; None: all.

    Raises:
        ValueError: the index keeps hashes of the bands in place of the values (``hashfunc``).
        KeyError: it has no document of that name.
    """
    from pickle import dumps, loads

    if lsh.hashfunc is not None:
        raise ValueError("this MinHashLSH was made with a hashfunc: it keeps no signatures")
    # A storage that takes bytes alone has names that datasketch pickled.
    pack, unpack = (dumps, loads) if lsh.prepickle else (_same, _same)
    stored = [*lsh.keys.keys()] if names is None else [*map(pack, names)]
    rows = np.empty((len(stored), lsh.b * lsh.r), np.uint32)
    for row, key in zip(rows, stored, strict=True):
        bands = list(lsh.keys.get(key))
        if not bands:
            raise KeyError(key)
        # A band's key is its values, big-endian.
        row[:] = np.frombuffer(b"".join(bands), _width(bands[0], lsh.r))
    return [*map(unpack, stored)], rows


def _width(band: bytes, values: int) -> str:
    return f">u{len(band) // values}"


def _same(key: Any) -> Any:
    return key
