"""Is a line a piece of the page around the article: a button, a form, a request to the reader, a notice?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from newslint.text.patterns import Pattern
from newslint.text.phrases import fold
from newslint_rules.boilerplate.page_words import (
    FIRST_IDEOGRAPH,
    GLUE,
    GLUED,
    PROOF,
    UNKNOWN,
    Label,
    Vocabulary,
    asks,
    networks,
    vocabulary,
)

Value = TypeVar("Value")

# The numbers here were chosen on one half of some thousand labelled pages and checked on the other; none is sharp.
#: A request, and a row of labels, have at most this many characters.
LONGEST_REQUEST, LONGEST_ROW = 300, 140
#: In a longer line only the first sentence may be the request: the others are an article's.
LONGEST_AFTERTHOUGHT = 160
#: A phrase has at most this many words; so many small words may stand before a head, and any words before its tail.
LONGEST_PHRASE, MOST_LEADING, MOST_BETWEEN = 7, 2, 10
#: This share of a request's words has to be known from pages.
LEAST_KNOWN = 0.5
#: So many different labels that are weak alone are a row of buttons; so many networks are a share bar.
ROW, SHARE_BAR = 3, 2
#: The small words in a row of labels: so many, and so many more for each word of a label.
MOST_NEUTRAL, NEUTRAL_PER_WORD = 5, 2

#: For a first look at a line: what parts words, what sticks to them, and how many words may be odd, as "Share0" is.
MARKS, EDGES, MOST_ODD = ".,:!?-/'’", '0123456789;|•·*+^()[]<>«»›→"“”„–—…#&¿¡€$%', 4
#: What tells that a line holds more than one sentence.
STOPS = (". ", "! ", "? ", "|", "•", "…")
#: A word, an ideograph, or a number.
WORD = Pattern(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|\d+")
ADDRESS = Pattern(r"https?://\S+|[^\s@]{0,64}@\w[^\s@]{0,64}")
#: What parts sentences, and the entries of a row; what no request goes over.
SENTENCE, STOP = Pattern(r"[.!?…|•]"), Pattern(r"[.!?…:]")


class Cue(NamedTuple):
    """What a line of a page is for, and whether it is one even without others beside it."""

    kind: str
    sure: bool


class Words(NamedTuple):
    """The words of a line, folded, and for each the signs between it and the word before it."""

    words: Sequence[str]
    gaps: Sequence[str]


def may_be_cue(text: str, words: Sequence[str], looks: Mapping[str, int]) -> bool:
    """Whether a block may be a piece of a page, told from its words one by one; most blocks are not.

    Args:
        text: the block's text.
        words: its words as they are written.
        looks: what a word says in the block's language.
    """
    if len(text) > LONGEST_REQUEST:
        return False
    said = set(map(looks.__getitem__, words))
    if PROOF in said or "@" in text or "://" in text:
        return True
    return len(text) <= LONGEST_ROW and (GLUE in said or UNKNOWN not in said)


def is_call(text: str, language: str | None) -> bool:
    """Whether a line by itself is surely a piece of a page, whatever stands around it."""
    cue = read(text, vocabulary(language))
    return cue is not None and cue.sure


def read(text: str, vocabulary: Vocabulary) -> Cue | None:
    """Tell whether a line is a piece of a page, and what for.

    Args:
        text: a block's text.
        vocabulary: the words of its language.
    """
    if len(text) > LONGEST_REQUEST:
        return None
    if "@" in text or "://" in text:
        text = ADDRESS.sub(" ", text)
    size = len(text)
    if not _may_be(text, vocabulary):
        return None
    words = _cut(text)
    if not words.words:
        return None
    known = sum(word in vocabulary.known or word.isdigit() for word in words.words)
    if size <= LONGEST_ROW and known == len(words.words):
        finished = text.endswith(".") and not text.endswith("...")
        if (cue := _row(words.words, vocabulary, finished=finished)) is not None:
            return cue
    if known < LEAST_KNOWN * len(words.words):
        return None
    kind = _request(words, vocabulary, first_only=size > LONGEST_AFTERTHOUGHT)
    return None if kind is None else Cue(kind, sure=True)


def _may_be(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a look at the words leaves it possible that a line is a piece of a page."""
    spaced = text.lower()
    for mark in MARKS:
        spaced = spaced.replace(mark, " ")
    words = spaced.strip(EDGES).split()
    if not words:
        return False
    if len(text) <= LONGEST_ROW:
        known = vocabulary.known
        odd = [word for word in words if word not in known]
        if len(odd) <= MOST_ODD and all(not (bare := word.strip(EDGES)) or bare in known for word in odd):
            return True
        # Two labels may be glued together, and ideographs are not parted at all.
        if len(words) <= LONGEST_PHRASE and (GLUED.search(text) is not None or max(text) >= FIRST_IDEOGRAPH):
            return True
    if vocabulary.proofs.isdisjoint(words):
        return False
    if len(text) > LONGEST_AFTERTHOUGHT or not any(stop in text for stop in STOPS):
        if words[0] not in vocabulary.starts:
            return False
        last = MOST_LEADING + LONGEST_PHRASE
    else:
        last = len(words)
    opener = next((place for place, word in enumerate(words[:last]) if word in vocabulary.openers), len(words))
    return not vocabulary.proofs.isdisjoint(words[opener + 1 :])


def _cut(text: str) -> Words:
    if len(text) <= LONGEST_ROW:
        text = GLUED.sub(" ", text)
    folded = fold(text)
    words, gaps, end = [], [], 0
    for word in WORD.finditer(folded):
        words.append(word.group())
        gaps.append(text[end : word.start()])
        end = word.end()
    return Words(words, gaps)


def _matches(words: Sequence[str], start: int, table: Mapping[str, Value]) -> Iterator[tuple[int, Value]]:
    """The phrases of a table that start at a word, the shortest first: where each ends, and its value."""
    phrase = ""
    for end in range(start + 1, min(start + LONGEST_PHRASE, len(words)) + 1):
        phrase += " " + words[end - 1] if phrase else words[start]
        if (value := table.get(phrase)) is not None:
            yield end, value


def _row(words: Sequence[str], vocabulary: Vocabulary, *, finished: bool) -> Cue | None:
    """The cue of a line that holds labels and small words alone; fewer small ones if it is ``finished`` by a stop."""
    found: dict[str, Label] = {}
    start = neutral = 0
    while start < len(words):
        if matches := list(_matches(words, start, vocabulary.labels)):
            end, label = matches[-1]
            found[" ".join(words[start:end])] = label
        elif words[start] in vocabulary.neutral or words[start].isdigit():
            end = start + 1
            neutral += 1
        else:
            return None
        start = end
    meant = len(words) - neutral
    if not found or neutral > (meant if finished else MOST_NEUTRAL + NEUTRAL_PER_WORD * meant):
        return None
    labels = list(found.values())
    if (sure := next((label for label in labels if label.sure), None)) is not None:
        headed = len(labels) == 1 and words[0] in vocabulary.articles and next(iter(found)).split()[0] != words[0]
        return Cue(sure.kind, sure=not headed)
    # "Facebook and Twitter" may be what an article is about.
    bar = not neutral and len(networks() & found.keys()) >= SHARE_BAR
    return Cue(labels[0].kind, sure=bar or len(labels) >= ROW)


def _request(line: Words, vocabulary: Vocabulary, *, first_only: bool) -> str | None:
    """The kind of the request that a sentence of a line opens with."""
    words, gaps = line
    if not vocabulary.reports.isdisjoint(words):
        return None
    for start, gap in enumerate(gaps):
        if start and (first_only or SENTENCE.search(gap) is None):
            continue
        for head in range(start, min(start + MOST_LEADING + 1, len(words))):
            for end, heads in _matches(words, head, vocabulary.heads):
                if (kind := _proof(line, end, heads, vocabulary)) is not None:
                    return kind
            if words[head] not in vocabulary.neutral:
                break
    return None


def _proof(line: Words, start: int, heads: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The kind of the request whose head ends before ``start``, if one of its tails follows in the same sentence."""
    words, gaps = line
    for place in range(start, min(start + MOST_BETWEEN + 1, len(words))):
        if STOP.search(gaps[place]) is not None:
            return None
        for _, tails in _matches(words, place, vocabulary.tails):
            for head in heads:
                for tail in tails:
                    if (kind := asks().get((head, tail))) is not None:
                        return kind
    return None
