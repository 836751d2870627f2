"""datatrove: the signatures of its first MinHash stage, with its default 14 buckets of 8 values.

SHA-1 in place of its default hash function: datatrove 0.10 hands xxhash text, which xxhash 4 does not take.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from tempfile import TemporaryDirectory

from sides import SHINGLE, Sketcher


def signatures() -> dict[str, Sketcher]:
    """``MinhashDedupSignature`` with a tokeniser for French, where what it needs is installed: spacy, tokenizers."""
    if any(find_spec(name) is None for name in ("datatrove", "spacy", "tokenizers")):
        return {}
    return {"datatrove (112 values)": _sketch}


def _sketch(texts: Sequence[str]) -> object:
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature
    from datatrove.utils.hashing import HashConfig

    with TemporaryDirectory() as folder:
        stage = MinhashDedupSignature(
            folder, MinhashConfig(n_grams=SHINGLE, hash_config=HashConfig(hash_fc="sha1")), language="fra"
        )
        return [stage.get_signature(stage.get_shingles(text)) for text in texts]
