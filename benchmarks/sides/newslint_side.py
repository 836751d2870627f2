"""newslint: the array kernel for signatures, the public functions for pairs. The one place to name what is measured."""

from collections import deque
from collections.abc import Sequence
from importlib.util import find_spec

from newslint.duplication import Texts, Twins, find_near_duplicates
from sides import Finder, Found, Sketcher, found


def signatures() -> dict[str, Sketcher]:
    """The array kernel."""
    if find_spec("newslint.duplication.arrays") is None:
        return {}
    return {"newslint": _sketch}


def pairs() -> dict[str, Finder]:
    """From texts to exactly verified pairs and passages with their lines, and to the pairs alone."""
    return {"newslint: pairs and passages": _pairs_and_passages, "newslint: pairs": _pairs}


def _sketch(texts: Sequence[str]) -> object:
    from newslint.duplication.arrays import batches, read, signatures

    return [signatures(read(batch)) for batch in batches(texts)]


def _pairs(texts: Sequence[str], threshold: float) -> Found:
    return _found(find_near_duplicates(texts, threshold=threshold), threshold)


def _pairs_and_passages(texts: Sequence[str], threshold: float) -> Found:
    kept = Texts(texts)
    twins = kept.near_duplicates(threshold=threshold)
    deque(kept.shared_passages(), 0)
    return _found(twins, threshold)


def _found(twins: Sequence[Twins], threshold: float) -> Found:
    # The others know Jaccard similarity only: what is found as contained does not count.
    return found({(twin.leader, twin.document) for twin in twins if twin.similarity.jaccard >= threshold})
