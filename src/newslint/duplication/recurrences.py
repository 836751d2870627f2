"""Where in a document words come back: a quick look at all its words, so that few blocks need a closer one."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import eq
from typing import NamedTuple, TypeAlias

from newslint.document import Document
from newslint.duplication.units import LONGEST, PIECE, sentence_words

#: Words in a seed; two sentences without one in common are never compared.
SEED = 4
#: A copy holds a sentence of so many words or more.
LEAST_COPY = 8
#: The longest phrase that is looked for twice in a row, in words.
LONGEST_LOOP = 64
#: A copied sentence shares so many seeds with its original, or that part of its own where it is edited: an edit costs
#: up to four.
LEAST_SEEDS, LEAST_SHARED = 3, 0.15

#: So many words in a row.
Seed: TypeAlias = tuple[str, ...]


class Recurrences(NamedTuple):
    """What comes back in a document.

    Attributes:
        copies: whether a sentence shares so many seeds with what stands before it that it may be a copy.
        loops: the indices of the blocks in which a word or a phrase may stand twice in a row, in order.
    """

    copies: bool
    loops: Sequence[int]


def recurrences(document: Document) -> Recurrences:
    """What comes back in a document, told once. Takes time and memory linear in its words."""
    return document.layer(_recurrences)


def seeds(words: Sequence[str]) -> list[Seed]:
    """Every run of four words."""
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


def _recurrences(document: Document) -> Recurrences:
    own, ends = sentence_words(document)
    # The number of the first word behind each block.
    block_ends = [0] * len(document.blocks)
    for sentence, end in zip(document.sentences, ends, strict=True):
        block_ends[sentence.block] = end
    again = list(stood_before(seeds(own)))
    # Of what repeats more words than three a seed comes back soon.
    soon = (number for number, before in again if number - before <= LONGEST_LOOP)
    loops = set(_placed(soon, SEED, block_ends))
    for size in range(1, SEED):
        loops.update(_placed(_doubled(own, size), 2 * size, block_ends))
    shared = Counter(_placed((number for number, _ in again), SEED, ends))
    copies = any(
        count >= _least(ends[number] - (ends[number - 1] if number else 0)) for number, count in shared.items()
    )
    return Recurrences(copies, sorted(loops))


def _least(size: int) -> float:
    """How many seeds of a sentence of so many words come back if it is a copy."""
    if size < LEAST_COPY:
        return size
    # Very long sentences are compared piece by piece.
    return max(LEAST_SEEDS, LEAST_SHARED * ((size if size <= LONGEST else PIECE) - SEED + 1))


def stood_before(seeds: Iterable[Seed]) -> Iterator[tuple[int, int]]:
    """The numbers of the seeds that stood before, and where each did last."""
    known: dict[Seed, int] = {}
    for number, seed in enumerate(seeds):
        before = known.get(seed)
        if before is not None:
            yield number, before
        known[seed] = number


def _doubled(words: Sequence[str], size: int) -> Iterator[int]:
    """The words with which a phrase of that size begins that stands twice in a row."""
    same = bytes(map(eq, words, words[size:]))
    phrase = b"\1" * size
    at = same.find(phrase)
    while at >= 0:
        yield at
        at = same.find(phrase, at + 1)


def _placed(places: Iterable[int], size: int, ends: Sequence[int]) -> Iterator[int]:
    """Where runs of so many words lie, given their first words: the numbers of the parts that hold a whole run."""
    for place in places:
        part = bisect_right(ends, place)
        if place + size <= ends[part]:
            yield part
