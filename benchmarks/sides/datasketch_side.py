"""datasketch: ``MinHash.bulk``, ``MinHashLSH`` with its own choice of bands, and the signatures' Jaccard estimate."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec

from sides import PERMUTATIONS, Finder, Found, Sketcher, found
from sides.tokens import byte_shingles


def signatures() -> dict[str, Sketcher]:
    """``MinHash.bulk`` with each scheme, and with a faster hash function than SHA-1."""
    if find_spec("datasketch") is None:
        return {}
    sides = {
        "datasketch bulk (default: affine32, SHA-1)": partial(_bulk, scheme="affine32"),
        "datasketch bulk, legacy scheme": partial(_bulk, scheme="legacy"),
    }
    if find_spec("xxhash") is not None:
        sides["datasketch bulk, xxhash"] = partial(_bulk, scheme="affine32", hashfunc=_xxhash())
    return dict(sides)


def pairs() -> dict[str, Finder]:
    """bulk, then MinHashLSH, then jaccard."""
    if find_spec("datasketch") is None:
        return {}
    sides: dict[str, Finder] = {"datasketch bulk + LSH + jaccard": _pairs}
    if find_spec("xxhash") is not None:
        sides["datasketch, xxhash"] = partial(_pairs, hashfunc=_xxhash())
    return sides


def _bulk(texts: Sequence[str], **options: object) -> object:
    from datasketch import MinHash

    return MinHash.bulk(map(byte_shingles, texts), num_perm=PERMUTATIONS, **options)


def _pairs(texts: Sequence[str], threshold: float, **options: object) -> Found:
    from datasketch import MinHash, MinHashLSH

    sketches = MinHash.bulk(map(byte_shingles, texts), num_perm=PERMUTATIONS, **options)
    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    result = set()
    for number, sketch in enumerate(sketches):
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= threshold:
                result.add((other, number))
        index.insert(number, sketch, check_duplication=False)
    return found(result)


def _xxhash() -> Callable[[bytes], int]:
    from xxhash import xxh32_intdigest

    hashed: Callable[[bytes], int] = xxh32_intdigest
    return hashed
