"""Units: the sentences of a document as ranges of words, the grain at which passages are compared."""

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple

from newslint.document import Document
from newslint.duplication.tokens import Tokens, is_plain, plain_words, tokenize, words
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


class Reading:
    """A document read for comparison: its words and its units. About 250 bytes a word, once offsets are asked for.

    Args:
        text: the document's text.
        all_words: its folded words.
        units: its units.
    """

    def __init__(self, text: str, all_words: list[str], units: list[Unit]) -> None:
        self._text = text
        self.all_words = all_words
        self.units = units

    @cached_property
    def tokens(self) -> Tokens:
        """The words with their offsets."""
        return tokenize(self._text)

    def words(self, unit: Unit) -> Sequence[str]:
        """The folded words of a unit."""
        return self.all_words[unit.first : unit.last]

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


def sentence_words(document: Document) -> tuple[list[str], Sequence[int]]:
    """The folded words of a document, and for each of its sentences the number of the first word after it."""
    if is_plain(document.characters):
        own = plain_words("\n".join([block.text for block in document.blocks]), document.characters)
        return own, list(accumulate(map(len, document.words)))
    sentences = [words(sentence.text) for sentence in document.sentences]
    return list(chain.from_iterable(sentences)), list(accumulate(map(len, sentences)))


def read(document: Document) -> Reading:
    """The words and the units of a document, made once; units without a word are left out."""
    return document.layer(_read)


def _read(document: Document) -> Reading:
    own, ends = sentence_words(document)
    units: list[Unit] = []
    reading = Reading(document.text, own, units)
    first = 0
    for sentence, last in zip(document.sentences, ends, strict=True):
        start = sentence.start
        while last - first > LONGEST:
            piece = first + PIECE
            units.append(Unit(start, reading.tokens.ends[piece - 1], first, piece, sentence.block))
            first, start = piece, reading.tokens.starts[piece]
        if last > first:
            units.append(Unit(start, sentence.end, first, last, sentence.block))
        first = last
    return reading
