"""The first and the last word of each block: what most blocks are told by, before anything else of them is read."""

from collections.abc import Sequence
from typing import NamedTuple

from newslint.document import Document
from newslint.text.phrases import fold


class Edges(NamedTuple):
    """For each block its first and its last word (letters and digits), folded as ``phrases.fold`` does; or nothing."""

    first: Sequence[str]
    last: Sequence[str]


def edges(document: Document) -> Edges:
    """The first and the last words of a document's blocks, told once."""
    return document.layer(_edges)


def _edges(document: Document) -> Edges:
    first, last = [""] * len(document.blocks), [""] * len(document.blocks)
    for sentence, words in zip(document.sentences, document.words, strict=True):
        if words:
            last[sentence.block] = words[-1]
            if not first[sentence.block]:
                first[sentence.block] = words[0]
    # Folding them at once is several times as fast as one by one.
    folded = fold("\0".join((*first, *last))).split("\0")
    return Edges(folded[: len(first)], folded[len(first) :])
