"""Daft: its native normalization and minhash over a column of texts."""

from collections.abc import Sequence
from importlib.util import find_spec

from sides import PERMUTATIONS, SHINGLE, Sketcher


def signatures() -> dict[str, Sketcher]:
    """``minhash`` with its fastest hash function, over texts that Daft has normalized itself."""
    if find_spec("daft") is None:
        return {}
    return {"Daft minhash (xxhash)": _sketch}


def _sketch(texts: Sequence[str]) -> object:
    import daft
    from daft.functions import minhash, normalize

    frame = daft.from_pydict({"text": list(texts)})
    text = normalize(daft.col("text"), remove_punct=True, lowercase=True, white_space=True)
    sketch = minhash(text, num_hashes=PERMUTATIONS, ngram_size=SHINGLE, hash_function="xxhash")
    return frame.select(sketch).to_arrow()
