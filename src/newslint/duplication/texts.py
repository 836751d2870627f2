"""The same for plain texts, without documents, rules or files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint.document import LINE_END, Document
from newslint.duplication.features import Fingerprints
from newslint.duplication.kernel import use_arrays
from newslint.duplication.near import Pair, Twins, candidates, chunks, members, near_duplicates
from newslint.duplication.passages import LEAST_RUN, Run, common_runs
from newslint.duplication.postings import document_pairs
from newslint.duplication.shingles import SHINGLE, WINDOW
from newslint.duplication.similarity import CONTAINMENT, JACCARD, LEAST_WORDS, Figures, Measure, compare
from newslint.duplication.tokens import Tokens, tokenize, word_hashes
from newslint.model import Span
from newslint.rule import Columns

#: Pairs of texts compared at a time.
CHUNK = 256
#: A seed of a passage that stands in more places of one text counts for so many of them only.
MOST_PLACES = 16


class SharedPassage(NamedTuple):
    """Words that a text shares, one for one, with an earlier text.

    Attributes:
        earlier: the number of the earlier text.
        later: the number of the other one.
        run: the number of its first word in each (as ``tokenize`` numbers them), and how many words it has.
        lines_of_earlier: its first and last line there, from 0.
        lines_of_later: the same in the other text.
    """

    earlier: int
    later: int
    run: Run
    lines_of_earlier: tuple[int, int]
    lines_of_later: tuple[int, int]


def sketch(texts: Iterable[str]) -> Columns:
    """The fingerprints of texts, which are all that finding candidates takes: half a byte a byte of text.

    Texts are taken from the iterable some at a time and not kept, so that they may come from anywhere.

    Args:
        texts: any number of texts; they are numbered from 0.
    """
    return Fingerprints().columns(Document("", text) for text in texts)


class Texts:
    """Texts in memory, sketched once, to be asked for near-duplicates and passages.

    Memory, beyond the texts: half a byte a byte of text, and while it is asked 50 bytes a pair of texts.

    Args:
        texts: any number of texts; they are numbered from 0.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)
        self._prints = sketch(self._texts)

    def near_duplicates(
        self, *, threshold: float = JACCARD, containment: float = CONTAINMENT, minimum_words: int = LEAST_WORDS
    ) -> list[Twins]:
        """See ``find_near_duplicates``."""
        measure = Measure(threshold, containment, minimum_words)
        return list(near_duplicates(candidates(self._prints, measure), self._compared, measure))

    def shared_passages(self, least: int = LEAST_RUN) -> Iterator[SharedPassage]:
        """See ``find_shared_passages``."""
        if least < SHINGLE + WINDOW - 1:
            raise ValueError(f"a passage has at least {SHINGLE + WINDOW - 1} words, not {least}")
        fingerprints = 1 + (least >= SHINGLE + 2 * WINDOW - 1)
        pairs = document_pairs(self._prints, fingerprints)
        for chunk in chunks(pairs, CHUNK):
            for (earlier, later), runs in zip(chunk, _shared_runs(self._members(chunk), chunk, least), strict=True):
                for run, lines_of_earlier, lines_of_later in runs:
                    yield SharedPassage(earlier, later, run, lines_of_earlier, lines_of_later)

    def _compared(self, chunks: Iterable[Sequence[Pair]]) -> Iterator[list[Figures]]:
        for chunk in chunks:
            yield compare(self._members(chunk), chunk)

    def _members(self, pairs: Iterable[Pair]) -> Mapping[int, str]:
        return {number: self._texts[number] for number in members(pairs)}


def find_near_duplicates(
    texts: Iterable[str],
    *,
    threshold: float = JACCARD,
    containment: float = CONTAINMENT,
    minimum_words: int = LEAST_WORDS,
) -> list[Twins]:
    """Which texts are nearly others, by number: for each but the first text of every cluster, its twins.

    Candidates are texts that share fingerprints; each is verified on all of the texts' words.

    Args:
        texts: any number of texts; they are numbered from 0.
        threshold: the Jaccard similarity of five-word runs from which two texts are near-duplicates.
        containment: the same for the part of the shorter text's runs that stand in the longer one.
        minimum_words: shorter texts are never near-duplicates.
    """
    return Texts(texts).near_duplicates(threshold=threshold, containment=containment, minimum_words=minimum_words)


def find_shared_passages(texts: Iterable[str], least: int = LEAST_RUN) -> Iterator[SharedPassage]:
    """Yield the passages, word for word, that texts share with earlier ones, near-duplicates included.

    Case, accents and punctuation do not count. Passages are as long as they can be. Of a passage that stands in more
    than sixteen texts, each place is compared with the first and with the one before it, so that a passage that stands
    everywhere is found everywhere at linear cost. Texts that hang together come one after the other. A passage that
    says the same few words over and over may be missed: candidates need two different fingerprints in common.

    Args:
        texts: any number of texts; they are numbered from 0.
        least: the fewest words of a passage.

    Raises:
        ValueError: ``least`` is less than 8: fewer words may have no fingerprint.
    """
    return Texts(texts).shared_passages(least)


def _shared_runs(texts: Mapping[int, str], pairs: Sequence[Pair], least: int) -> Iterable[list[tuple[Run, Pair, Pair]]]:
    if use_arrays(texts.values()):
        from newslint.duplication.arrays.passages import shared_runs
        from newslint.duplication.arrays.words import read

        return shared_runs(read(list(texts.values())), list(texts), pairs, least, MOST_PLACES)
    words = {number: word_hashes(text) for number, text in texts.items()}
    return [
        [
            (run, _lines(texts[one], run.one, run.length), _lines(texts[other], run.other, run.length))
            for run in common_runs(words[one], words[other], least, MOST_PLACES)
        ]
        for one, other in pairs
    ]


def _lines(text: str, first: int, length: int) -> Pair:
    span = _span(tokenize(text), first, length)
    return len(LINE_END.findall(text, 0, span.start)), len(LINE_END.findall(text, 0, span.end))


def find_common_passages(one: str, other: str, least: int = LEAST_RUN) -> Iterator[tuple[Span, Span]]:
    """Yield where two texts have ``least`` or more words in a row in common: the span in each, by place in ``other``.

    Case, accents and punctuation do not count. Passages are as long as they can be.

    Raises:
        ValueError: ``least`` is less than 1.
    """
    first, second = tokenize(one), tokenize(other)
    for run in common_runs(first.words, second.words, least):
        yield _span(first, run.one, run.length), _span(second, run.other, run.length)


def _span(tokens: Tokens, first: int, length: int) -> Span:
    return Span(tokens.starts[first], tokens.ends[first + length - 1])
