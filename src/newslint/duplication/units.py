"""Units: the sentences of a document as ranges of words, the grain at which passages are compared."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from newslint.document import Document
from newslint.duplication.tokens import Tokens, tokenize
from newslint.model import Span

#: A sentence of more words is cut into pieces of ``PIECE`` words, so that comparing two units has a bounded cost.
LONGEST, PIECE = 100, 50


class Unit(NamedTuple):
    """A sentence, or a piece of a very long one.

    Attributes:
        start, end: code-point offsets of the sentence, punctuation included; ``end`` exclusive.
        first, last: numbers of its first word and of the first word after it.
        block: the index of its block in ``Document.blocks``.
    """

    start: int
    end: int
    first: int
    last: int
    block: int

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.last - self.first


class Reading(NamedTuple):
    """A document read for comparison: its words and its units. About 250 bytes a word."""

    tokens: Tokens
    units: list[Unit]

    def words(self, unit: Unit) -> Sequence[str]:
        """The folded words of a unit."""
        return self.tokens.words[unit.first : unit.last]

    def span(self, first: int, last: int) -> Span:
        """The span of the words ``first`` to ``last`` (exclusive).

        Where it begins or ends with a unit it takes that unit's opening and closing punctuation with it.
        """
        start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
        for unit in self.units:
            if unit.first == first:
                start = unit.start
            if unit.last == last:
                end = unit.end
        return Span(start, end)


def read(document: Document) -> Reading:
    """The words and the units of a document, made once; units without a word are left out."""
    return document.layer(_read)


def _read(document: Document) -> Reading:
    tokens = tokenize(document.text)
    starts = tokens.starts
    units = []
    for sentence in document.sentences:
        first = bisect_left(starts, sentence.start)
        last = bisect_left(starts, sentence.end, first)
        start = sentence.start
        while last - first > LONGEST:
            piece = first + PIECE
            units.append(Unit(start, tokens.ends[piece - 1], first, piece, sentence.block))
            first, start = piece, starts[piece]
        if last > first:
            units.append(Unit(start, sentence.end, first, last, sentence.block))
    return Reading(tokens, units)
