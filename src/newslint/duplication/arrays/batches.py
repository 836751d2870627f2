"""Batches of texts of the size at which arrays are fastest, and pieces of texts that are larger than that."""

import re
from collections.abc import Iterable, Iterator

#: Characters of a batch. Arrays of this size stay in the processor's cache: of 64 MB, six times slower was measured.
BATCH = 1 << 19
#: After any of these a text can be cut without cutting a word. Not after a carriage return: a line feed may follow.
CUT = re.compile("[\x00-\x0c\x0e-/:-@\\[-`{-\x7f\u3000-\u3002\uff0c\uff0e]")


def batches(texts: Iterable[str], characters: int = BATCH) -> Iterator[list[str]]:
    """Yield the texts in lists of up to so many characters; a text of that size or more is a list of its own."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > characters:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def pieces(text: str, characters: int = BATCH) -> Iterator[str]:
    """Yield ``text`` in pieces of about so many characters, cut between words; one word is never cut.

    The words of the pieces, one after the other, are the words of the text.
    """
    start = 0
    while len(text) - start > characters:
        cut = CUT.search(text, start + characters - 1)
        if cut is None:
            break
        yield text[start : cut.end()]
        start = cut.end()
    yield text[start:]
