"""MinHash signatures: datasketch's own, bit for bit, for a batch of texts.

The values are those of ``datasketch.MinHash(scheme="affine32")`` (datasketch 2) fed the 32-bit hashes of a text's
five-word shingles; a text of fewer words is one shingle. So signatures can be handed to ``MinHashLSH``, its storages
and every other tool of datasketch, and taken from them. datasketch is imported for its objects only.

A text without a word has datasketch's empty sketch. Two empty sketches look equal: ``is_empty`` tells which texts to
leave out.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from newslint.duplication.arrays.shingles import Shingles, mix, runs, shingle
from newslint.duplication.arrays.words import Hashes, Numbers, Words
from newslint.duplication.shingles import K3, SHINGLE, shingle_hash

if TYPE_CHECKING:
    from datasketch import LeanMinHash, MinHash  # type: ignore[import-untyped]

Signatures = npt.NDArray[np.uint32]

SCHEME = "affine32"
PERMUTATIONS, SEED = 128, 1
#: datasketch's value for "nothing yet".
NOTHING = 0xFFFFFFFF
#: Shingles permuted at a time: all of a batch, and few enough (512 KB) for the processor's second cache.
BLOCK = 1 << 17
#: Words of one text that are made into shingles at a time, which bounds the memory that a huge text takes.
LONG = 1 << 17


def signatures(
    words: Words, permutations: int = PERMUTATIONS, seed: int = SEED, shingles: Shingles | None = None
) -> Signatures:
    """The signatures of the texts of a batch: (texts, permutations).

    Args:
        words: the words of the batch.
        permutations: how many values a signature has.
        seed: the seed of datasketch's random permutations.
        shingles: the words' shingles of five, where they are there already.
    """
    by_value = np.full((permutations, len(words)), NOTHING, np.uint32)
    if shingles is not None:
        _permute(by_value, shingles, seed)
    elif len(words) == 1 and len(words.hashes) > LONG:
        for start in range(0, len(words.hashes) - SHINGLE + 1, LONG):
            values = runs(words.hashes[start : start + LONG + SHINGLE - 1], SHINGLE)
            _permute(by_value, Shingles(values, np.array([0, len(values)])), seed)
    else:
        _permute(by_value, shingle(words), seed)
    result = np.ascontiguousarray(by_value.T)
    factors, summands = _permutations(permutations, seed)
    for rows, values in _whole(words):
        result[rows] = _spread(values)[:, None] * factors + summands
    return result


def is_empty(signatures: Signatures) -> npt.NDArray[np.bool_]:
    """Which of the signatures are those of texts without a word: (texts)."""
    empty: npt.NDArray[np.bool_] = np.all(signatures == NOTHING, axis=1)
    return empty


def to_minhashes(signatures: Signatures, seed: int = SEED) -> "list[MinHash]":
    """The signatures as datasketch's ``MinHash``, to be updated with further shingles (strings), merged, compared."""
    from datasketch import MinHash

    permutations = np.array(_permutations(signatures.shape[1], seed))
    return [
        MinHash(seed=seed, hashfunc=shingle_hash, hashvalues=row, permutations=permutations, scheme=SCHEME)
        for row in signatures
    ]


def to_lean_minhashes(signatures: Signatures, seed: int = SEED) -> "list[LeanMinHash]":
    """The signatures as datasketch's ``LeanMinHash``, as its LSH indices take them."""
    from datasketch import LeanMinHash

    return [LeanMinHash(seed=seed, hashvalues=row, scheme=SCHEME) for row in signatures]


def from_minhashes(minhashes: "Iterable[MinHash]", seed: int = SEED) -> Signatures:
    """The signatures in datasketch's objects, ``MinHash`` or ``LeanMinHash``: (objects, permutations).

    Whether they were made of the same shingles, an object does not tell.

    Raises:
        ValueError: there is none, or one has another scheme, seed or size.
    """
    rows = []
    for minhash in minhashes:
        if minhash.scheme != SCHEME or minhash.seed != seed:
            raise ValueError(
                f"a signature is {SCHEME} with seed {seed}; this MinHash is {minhash.scheme} with seed {minhash.seed}"
            )
        rows.append(minhash.hashvalues)
    return np.stack(rows)


def _permute(by_value: Signatures, shingles: Shingles, seed: int) -> None:
    """Lower each text's values to the smallest that its shingles are permuted to."""
    factors, summands = _permutations(len(by_value), seed)
    filled = np.flatnonzero(np.diff(shingles.offsets))
    hashes = _spread(shingles.hashes)
    starts = shingles.offsets.take(filled)
    permuted = np.empty(min(BLOCK, len(hashes)), np.uint32)
    for start in range(0, len(hashes), BLOCK):
        block = hashes[start : start + BLOCK]
        out = permuted[: len(block)]
        # The first text of a block may have begun in the one before.
        first = int(np.searchsorted(starts, start, side="right")) - 1
        last = int(np.searchsorted(starts, start + len(block)))
        cuts = np.maximum(starts[first:last] - start, 0)
        smallest = np.empty((len(by_value), last - first), np.uint32)
        for number, (factor, summand) in enumerate(zip(factors, summands, strict=True)):
            np.multiply(block, factor, out=out)
            np.add(out, summand, out=out)
            np.minimum.reduceat(out, cuts, out=smallest[number])
        texts = filled[first:last]
        by_value[:, texts] = np.minimum(by_value[:, texts], smallest)


def _whole(words: Words) -> Iterator[tuple[Numbers, Hashes]]:
    """The texts that are shorter than a shingle, by their number of words, and the hash of all their words."""
    counts = np.diff(words.offsets)
    for size in range(1, SHINGLE):
        texts = np.flatnonzero(counts == size)
        if texts.size:
            starts = words.offsets.take(texts)
            values = words.hashes.take(starts)
            for step in range(1, size):
                values *= np.uint64(K3)
                values += words.hashes.take(starts + step)
            yield texts, mix(values)


def _spread(hashes: Hashes) -> Signatures:
    """The 32-bit hash of each shingle, mixed as datasketch does before permuting (MurmurHash3's finalizer)."""
    values = (hashes >> np.uint64(32)).astype(np.uint32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        values ^= values >> np.uint32(shift)
        values *= np.uint32(factor)
    values ^= values >> np.uint32(16)
    return values


@cache
def _permutations(count: int, seed: int) -> tuple[Signatures, Signatures]:
    """The permutations h → factor * h + summand modulo 2**32, drawn as datasketch's ``MinHash`` draws them."""
    generator = np.random.RandomState(seed)
    factors = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, generator.randint(0, 1 << 32, count, dtype=np.uint32)
