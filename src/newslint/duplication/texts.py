"""The same for plain texts, without documents, rules or files."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from newslint.document import LINE_END, Document
from newslint.duplication.features import Fingerprints
from newslint.duplication.kernel import use_arrays
from newslint.duplication.near import Pair, Twins, chunks, enough, members, near_duplicates
from newslint.duplication.passages import LEAST_RUN, Run, SharedRun, anchored_runs, common_runs
from newslint.duplication.postings import document_pairs
from newslint.duplication.shingles import SHINGLE, WINDOW, shingles, winnow
from newslint.duplication.similarity import CONTAINMENT, JACCARD, LEAST_WORDS, Figures, Measure, compare
from newslint.duplication.tokens import Tokens, tokenize, word_hashes
from newslint.model import Span
from newslint.rule import Columns

#: Pairs of texts compared at a time.
CHUNK = 256
#: A fingerprint that stands in more places of a pair's first text counts for so many of them only, the first.
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


class Kept(Protocol):
    """Texts in memory, as one of the kernels keeps them."""

    def candidates(self, least: int, part: float = 0) -> Iterable[Pair]:
        """Pairs of texts that share fingerprints; see ``document_pairs``."""

    def compare(self, pairs: Sequence[Pair], size: int) -> list[Figures]:
        """The figures of pairs of texts; runs of ``size`` words are compared."""

    def shared_runs(self, pairs: Sequence[Pair], least: int, most: int) -> Iterable[SharedRun]:
        """What pairs of texts have in common, by pair, then by place in the second text; see ``anchored_runs``."""


def sketch(texts: Iterable[str]) -> Columns:
    """The fingerprints of texts, which are all that finding candidates takes: half a byte a byte of text.

    Texts are taken from the iterable some at a time and not kept, so that they may come from anywhere.

    Args:
        texts: any number of texts; they are numbered from 0.
    """
    return Fingerprints().columns(Document("", text) for text in texts)


class Texts:
    """Texts in memory, read once, to be asked for near-duplicates and passages.

    Memory, with the texts: three bytes a byte of text (less than a megabyte of text is kept as it is), and while it is
    asked 50 bytes a pair of texts.

    Args:
        texts: any number of texts; they are numbered from 0.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        texts = list(texts)
        self._kept: Kept
        if use_arrays(texts):
            from newslint.duplication.arrays.texts import ArrayTexts

            self._kept = ArrayTexts(texts)
        else:
            self._kept = PlainTexts(texts)

    def near_duplicates(
        self,
        *,
        threshold: float = JACCARD,
        containment: float = CONTAINMENT,
        minimum_words: int = LEAST_WORDS,
        shingle_size: int = SHINGLE,
    ) -> list[Twins]:
        """See ``find_near_duplicates``."""
        measure = Measure(threshold, containment, minimum_words, shingle_size)
        pairs = self._kept.candidates(*enough(measure))
        return list(
            near_duplicates(
                pairs, lambda chunks: (self._kept.compare(chunk, measure.shingle_size) for chunk in chunks), measure
            )
        )

    def shared_passages(self, least: int = LEAST_RUN) -> Iterator[SharedPassage]:
        """See ``find_shared_passages``."""
        if least < SHINGLE + WINDOW - 1:
            raise ValueError(f"a passage has at least {SHINGLE + WINDOW - 1} words, not {least}")
        fingerprints = 1 + (least >= SHINGLE + 2 * WINDOW - 1)
        for chunk in chunks(self._kept.candidates(fingerprints), CHUNK):
            for shared in self._kept.shared_runs(chunk, least, MOST_PLACES):
                earlier, later = chunk[shared.pair]
                yield SharedPassage(earlier, later, shared.run, shared.lines_of_one, shared.lines_of_other)


class PlainTexts:
    """Texts kept as they are, for the plain kernel."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def candidates(self, least: int, part: float = 0) -> Iterable[Pair]:
        """Pairs of texts that share fingerprints."""
        return document_pairs(sketch(self._texts), least, part)

    def compare(self, pairs: Sequence[Pair], size: int) -> list[Figures]:
        """The figures of pairs of texts."""
        return compare({number: self._texts[number] for number in members(pairs)}, pairs, size)

    def shared_runs(self, pairs: Sequence[Pair], least: int, most: int) -> Iterator[SharedRun]:
        """What pairs of texts have in common."""
        words = {number: word_hashes(self._texts[number]) for number in members(pairs)}
        places = {number: _places(own) for number, own in words.items()}
        for pair, (one, other) in enumerate(pairs):
            anchors = (
                (first, second)
                for value in places[one].keys() & places[other].keys()
                for first in places[one][value][:most]
                for second in places[other][value]
            )
            for run in anchored_runs(words[one], words[other], anchors, least):
                ours, theirs = self._lines(one, run.one, run.length), self._lines(other, run.other, run.length)
                yield SharedRun(pair, run, ours, theirs)

    def _lines(self, text: int, first: int, length: int) -> Pair:
        span = _span(tokenize(self._texts[text]), first, length)
        first_line, last_line = (len(LINE_END.findall(self._texts[text], 0, place)) for place in span)
        return first_line, last_line


def _places(words: Sequence[int]) -> dict[int, list[int]]:
    """Where each fingerprint stands."""
    hashes = shingles(words)
    places: dict[int, list[int]] = {}
    for position in winnow(hashes, WINDOW):
        places.setdefault(hashes[position], []).append(position)
    return places


def find_near_duplicates(
    texts: Iterable[str],
    *,
    threshold: float = JACCARD,
    containment: float = CONTAINMENT,
    minimum_words: int = LEAST_WORDS,
    shingle_size: int = SHINGLE,
) -> list[Twins]:
    """Which texts are nearly others, by number: for each but the first text of every cluster, its twins.

    Candidates are texts that share fingerprints; each is verified on all of the texts' words.

    Args:
        texts: any number of texts; they are numbered from 0.
        threshold: the Jaccard similarity of the texts' runs of words from which they are near-duplicates.
        containment: the same for the part of the shorter text's runs that stand in the longer one.
        minimum_words: shorter texts are never near-duplicates.
        shingle_size: the words of a run.
    """
    return Texts(texts).near_duplicates(
        threshold=threshold, containment=containment, minimum_words=minimum_words, shingle_size=shingle_size
    )


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
