"""rensa: its batch functions for signatures, its LSH for pairs and its deduplicators, which only flag texts."""

from collections.abc import Sequence
from importlib.util import find_spec

from sides import PERMUTATIONS, Finder, Found, Sketcher, found
from sides.tokens import byte_shingles, text_shingles

SEED = 42


def signatures() -> dict[str, Sketcher]:
    """R-MinHash over all tokens, from bytes and from text, and its "rho" sketch, which samples tokens."""
    if find_spec("rensa") is None:
        return {}
    return {
        "rensa R-MinHash matrix (bytes)": _bytes_matrix,
        "rensa R-MinHash matrix (text)": _text_matrix,
        "rensa rho matrix": _rho_matrix,
        "rensa C-MinHash": _c_digests,
    }


def pairs() -> dict[str, Finder]:
    """LSH with all candidates' estimates, and the deduplicators."""
    if find_spec("rensa") is None:
        return {}
    return {
        "rensa LSH + jaccard": _lsh,
        "rensa RMinHashDeduplicator": _r_deduplicator,
        "rensa CMinHashDeduplicator": _c_deduplicator,
    }


def _bytes_matrix(texts: Sequence[str]) -> object:
    from rensa import RMinHash

    return RMinHash.digest_matrix_from_token_byte_sets(map(byte_shingles, texts), PERMUTATIONS, SEED)


def _text_matrix(texts: Sequence[str]) -> object:
    from rensa import RMinHash

    return RMinHash.digest_matrix_from_token_sets(map(text_shingles, texts), PERMUTATIONS, SEED)


def _rho_matrix(texts: Sequence[str]) -> object:
    from rensa import RMinHash

    return RMinHash.digest_matrix_from_token_sets_rho(map(text_shingles, texts), PERMUTATIONS, SEED)


def _c_digests(texts: Sequence[str]) -> object:
    from rensa import CMinHash

    return CMinHash.digests_from_token_sets(map(text_shingles, texts), PERMUTATIONS, SEED)


def _lsh(texts: Sequence[str], threshold: float) -> Found:
    from rensa import RMinHash, RMinHashLSH

    sketches = RMinHash.from_token_sets(map(text_shingles, texts), PERMUTATIONS, SEED)
    # Sixteen bands of eight rows: half of the pairs with a similarity of 0.7 become candidates.
    index = RMinHashLSH(threshold, PERMUTATIONS, 16)
    index.insert_many(sketches)
    return found(
        {
            (other, number)
            for number, others in enumerate(index.query_all(sketches))
            for other in others
            if other < number and sketches[other].jaccard(sketches[number]) >= threshold
        }
    )


def _r_deduplicator(texts: Sequence[str], threshold: float) -> Found:
    from rensa import RMinHashDeduplicator

    return _flags(RMinHashDeduplicator(threshold, PERMUTATIONS, True, seed=SEED), texts)


def _c_deduplicator(texts: Sequence[str], threshold: float) -> Found:
    from rensa import CMinHashDeduplicator

    return _flags(CMinHashDeduplicator(threshold, PERMUTATIONS, SEED), texts)


def _flags(deduplicator: object, texts: Sequence[str]) -> Found:
    add = deduplicator.add_pairs  # type: ignore[attr-defined]
    kept = add((str(number), text_shingles(text)) for number, text in enumerate(texts))
    return Found(None, {number for number, keep in enumerate(kept) if not keep})
