"""newslint: the array kernel for signatures, the public functions for pairs. The one place to name what is measured."""

from collections.abc import Sequence
from importlib.util import find_spec

from newslint.duplication import find_near_duplicates
from sides import Finder, Found, Sketcher, found


def signatures() -> dict[str, Sketcher]:
    """The array kernel."""
    if find_spec("newslint.duplication.arrays") is None:
        return {}
    return {"newslint": _sketch}


def pairs() -> dict[str, Finder]:
    """From texts to exactly verified pairs."""
    return {"newslint": _pairs}


def _sketch(texts: Sequence[str]) -> object:
    from newslint.duplication.arrays import batches, read, signatures

    return [signatures(read(batch)) for batch in batches(texts)]


def _pairs(texts: Sequence[str], threshold: float) -> Found:
    twins = find_near_duplicates(texts, threshold=threshold)
    # The others know Jaccard similarity only: what is found as contained does not count.
    return found({(twin.leader, twin.document) for twin in twins if twin.similarity.jaccard >= threshold})
