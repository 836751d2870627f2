"""The same for plain texts, without documents, rules or files."""

from collections.abc import Iterable, Iterator

from newslint.duplication.near import Twins, candidates, near_duplicates
from newslint.duplication.passages import LEAST_RUN, common_runs
from newslint.duplication.shingles import fingerprints
from newslint.duplication.similarity import CONTAINMENT, JACCARD, LEAST_WORDS
from newslint.duplication.tokens import Tokens, tokenize, words
from newslint.model import Span


def find_near_duplicates(
    texts: Iterable[str],
    *,
    threshold: float = JACCARD,
    containment: float = CONTAINMENT,
    minimum_words: int = LEAST_WORDS,
) -> list[Twins]:
    """Which texts are nearly others, by number: for each but the first text of every cluster, its twins.

    Args:
        texts: any number of texts; they are numbered from 0.
        threshold: the Jaccard similarity of five-word runs from which two texts are near-duplicates.
        containment: the same for the part of the shorter text's runs that stand in the longer one.
        minimum_words: shorter texts are never near-duplicates.
    """
    kept = list(texts)
    least = min(containment, 2 * threshold / (1 + threshold))
    return list(
        near_duplicates(
            candidates((fingerprints(text)[0] for text in kept), least),
            lambda number: words(kept[number]),
            threshold=threshold,
            containment=containment,
            minimum_words=minimum_words,
        )
    )


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
