"""datatrove: the signatures of its first MinHash stage, in its default configuration (14 buckets of 8, 64 bits)."""

from collections.abc import Sequence
from importlib.util import find_spec
from tempfile import TemporaryDirectory

from sides import SHINGLE, Sketcher


def signatures() -> dict[str, Sketcher]:
    """``MinhashDedupSignature`` with a tokeniser for French, where those of all its languages are installed."""
    if find_spec("datatrove") is None or find_spec("spacy") is None:
        return {}
    return {"datatrove (112 values)": _sketch}


def _sketch(texts: Sequence[str]) -> object:
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature

    with TemporaryDirectory() as folder:
        stage = MinhashDedupSignature(folder, MinhashConfig(n_grams=SHINGLE), language="fra")
        return [stage.get_signature(stage.get_shingles(text)) for text in texts]
