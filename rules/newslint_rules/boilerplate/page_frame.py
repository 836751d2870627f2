"""The frame of a page: the menus, share bars, boxes and footers that were copied along with an article.

One such line proves little: "Weather" may head a paragraph. But a frame comes in runs of short lines, and several of
them are entries that every page has ("Home", "Contact us", "Print", "Most read"). So lines are weighed as marks of a
frame, and what stands among enough marks, or behind them at the end of a text, belongs to the frame as well.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newslint.document import WORD
from newslint.text.blocks import ends_sentence
from newslint.text.lexicon import load
from newslint.text.patterns import Pattern
from newslint.text.phrases import fold
from newslint_rules.boilerplate.names import WIDE_FROM

#: What a line proves: half as much a word that also heads parts of an article, twice as much the heading of a box.
#: The weights and the numbers below were set by reading labelled pages of news sites; both halves of them score alike.
SECTION, FURNITURE, BOX = 1, 2, 4
ENOUGH = 4
#: Prose has this many characters and ends with a stop, or so many whatever its end; a wide character counts for more.
SHORTEST_PROSE, LONGEST_LINE = 60, 220
WIDE = 2.5
#: A title has this many characters and words; between marks at the head of a text it is the article's own.
SHORTEST_TITLE, TITLE_WORDS = 25, 4
#: An entry, a list of entries in one line, and one part of such a list, in characters.
LONGEST_ENTRY, LONGEST_LIST, LONGEST_PART = 50, 500, 30
#: Of the parts of a list so many are known: where signs part them, and where only spaces do.
LEAST_KNOWN, LEAST_KNOWN_WORDS = 0.5, 0.75
#: A list that spaces part has at most so many words, and each of its entries at most so many.
MOST_TOKENS, LONGEST_PHRASE = 60, 4
#: So many names of sections in one line may be a heading ("Science and technology").
MOST_SECTIONS = 3
#: How many parts make a list of links whose words nobody knows.
LINK_LIST = 5
#: A second mark confirms the first within so many lines, and a frame goes on so far without any.
CONFIRMED_WITHIN, SILENT = 12, 25
#: The name of a section stands alone among so many lines above the title.
FIRST_LINES = 6
#: Between the marks of a menu at most so many lines are unknown.
GAP = 1
#: No list of entries ends with one of these.
STOPS = (".", "!", "?", "…", "»", "”", ",", ";", "。")
#: What surrounds an entry: ornaments, and the number of comments or shares.
EDGE = " \t\u00a0\u202f.,:;!?…\"'«»‹›<>()[]{}|*•·–—-_+#/\\=~→←↑↓▲▼►▶◄◀■□●○★☆✓✔×&©0123456789"
#: The time of another article as a program writes it.
STAMP = Pattern(r"\W{0,3}\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?\W{0,3}$")
#: The time and the path of sections ("Home > News"), alone, are the article's own: a byline's.
OWN = Pattern(rf"^{STAMP.pattern}|\w ?[>›»] ?\w")
NUMBERED = Pattern(r"\s*\d+[.)]")
BARS = Pattern(r"\s*[|•·/»›>‖¦]\s*|\s{2,}|\t")
BAR = Pattern(r"[|•·/»›>‖¦\t]|  ")
GLUE = Pattern(r"[a-zß-ÿ)][A-ZÀ-Þ]")
GLUED = Pattern(r"(?<=[a-zß-ÿ)])(?=[A-ZÀ-Þ])")
#: Words of which it is kept whether they belong to an entry; then they are gathered anew.
KEPT = 50_000


class Words(NamedTuple):
    """The entries of pages, folded: those that only a page has, and those that may head a part of an article."""

    furniture: frozenset[str]
    sections: frozenset[str]
    #: Every word of these entries: what a line has to consist of to be a list of them.
    words: frozenset[str]
    #: Whether a word as it is written, or a figure, may be a part of one of these words.
    may_belong: Mapping[str, bool]


class _Parts(dict[str, bool]):
    """Whether words belong to entries, told as they are met."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self._parts = frozenset(WORD.findall(" ".join(words)))

    def __missing__(self, word: str) -> bool:
        if len(self) >= KEPT:
            self.clear()
        self[word] = belongs = word[0].isdigit() or fold(word).strip(EDGE) in self._parts
        return belongs


class Frame(NamedTuple):
    """A part of the page's frame: the indices of its first and last block."""

    first: int
    last: int


@cache
def words(language: str | None) -> Words:
    """The entries that pages in a language have. English ones and the networks' names stand on pages of any."""
    folder = Path(__file__).parent / "lexicon"
    tables = [
        table for name in ("mul", "en", language) if name is not None and (table := load(folder, name).get("page"))
    ]
    furniture, sections = (
        frozenset(map(str.strip, fold(",".join(",".join(table[key]) for table in tables)).split(",")))
        for key in ("furniture", "sections")
    )
    all_words = frozenset(" ".join(furniture | sections).split())
    return Words(furniture - sections, sections, all_words, _Parts(all_words))


def is_prose(text: str) -> bool:
    """Whether a block is running text: long, or a sentence of some length that is finished."""
    size = len(text) * WIDE if _is_wide(text) else len(text)
    if size >= LONGEST_LINE:
        return True
    return size >= SHORTEST_PROSE and ends_sentence(text) and not text.endswith(("…", "...", ":"))


def _is_wide(text: str) -> bool:
    return not text.isascii() and max(text[:40]) >= WIDE_FROM


def may_weigh(text: str, own: Sequence[str], lexicon: Words) -> bool:
    """Whether a line may prove anything: most of its words are those of entries, or signs part its entries."""
    known = sum(map(lexicon.may_belong.__getitem__, own))
    if known == len(own) or known >= LEAST_KNOWN_WORDS * len(text.split()):
        return True
    return BAR.search(text) is not None or GLUE.search(text) is not None


def weigh(text: str, lexicon: Words) -> int:
    """How much a line proves that it belongs to the frame of a page: 0, ``SECTION`` or ``FURNITURE``."""
    return _weigh_entry(text, lexicon) or (_weigh_list(text, lexicon) if len(text) <= LONGEST_LIST else 0)


def _weigh_entry(text: str, lexicon: Words) -> int:
    """How much a line proves that is an entry and nothing else, but for ornaments and numbers."""
    if len(text) > LONGEST_ENTRY:
        return 0
    folded = fold(text)
    entry = folded.strip(EDGE)
    # "3. Contact" heads a part of a list; "3 comments" counts them.
    if STAMP.match(text) is not None:
        return FURNITURE
    if not entry or NUMBERED.match(folded) is not None:
        return 0
    for known, weight in ((lexicon.furniture, FURNITURE), (lexicon.sections, SECTION)):
        if entry in known or folded in known:
            return weight
    return 0


def _weigh_list(text: str, lexicon: Words) -> int:
    """How much a line of several entries proves: "News | Sport | Culture", "Facebook Twitter Print", "ShareTweet"."""
    if text.endswith(STOPS):
        return 0
    bars = BARS.split(text) if BAR.search(text) is not None else []
    for parts in (bars, GLUED.split(text) if GLUE.search(text) is not None else []):
        entries = [entry for part in parts if (entry := fold(part).strip(EDGE))]
        if (weight := _weigh_entries(entries, len(entries) * LEAST_KNOWN, lexicon)) > 0:
            return weight
    if (weight := _weigh_words(text, lexicon)) > 0:
        return weight
    links = len(bars) >= LINK_LIST and all(0 < len(part) <= LONGEST_PART and part[0].isalpha() for part in bars)
    return SECTION if links else 0


def _weigh_words(text: str, lexicon: Words) -> int:
    """How much a line proves whose entries only spaces part: "Facebook Twitter Print this page"."""
    tokens = text.split()
    if not 1 < len(tokens) <= MOST_TOKENS:
        return 0
    tokens = fold(text).split()
    if sum(token.strip(EDGE) in lexicon.words for token in tokens) < LEAST_KNOWN_WORDS * len(tokens):
        return 0
    entries = list(_phrases(tokens, lexicon))
    if _weigh_entries(entries, len(entries) * LEAST_KNOWN_WORDS, lexicon) == 0:
        return 0
    return FURNITURE if sum(entry in lexicon.furniture for entry in entries) > 1 else SECTION


def _weigh_entries(entries: Sequence[str], least: float, lexicon: Words) -> int:
    """What a list of folded entries proves; nothing if fewer of them than ``least``, or fewer than two, are known."""
    furniture = sum(entry in lexicon.furniture for entry in entries)
    known = furniture + sum(entry in lexicon.sections for entry in entries)
    if known < max(2, least):
        return 0
    return FURNITURE if furniture or known > MOST_SECTIONS else SECTION


def _phrases(tokens: Sequence[str], lexicon: Words) -> Iterator[str]:
    """Cut a line of words into the longest entries that are known, and single words between them."""
    start = 0
    while start < len(tokens):
        for end in range(min(start + LONGEST_PHRASE, len(tokens)), start, -1):
            phrase = " ".join(tokens[start:end]).strip(EDGE)
            if end == start + 1 or phrase in lexicon.furniture or phrase in lexicon.sections:
                break
        if phrase:
            yield phrase
        start = end


def frames(
    texts: Sequence[str], lexicon: Words, links: Sequence[bool], words_of: Callable[[int], Sequence[str]] | None = None
) -> Iterator[Frame]:
    """Yield the parts of a document that belong to the frame of its page, in order.

    Args:
        texts: the text of each block.
        lexicon: the entries of the document's language.
        links: for each block, whether it is a link to another article or heads a box of them.
        words_of: gives the words of each block as they are written, where they are known.
    """

    def weight(index: int) -> int:
        if links[index]:
            return BOX
        likely = words_of is None or may_weigh(texts[index], words_of(index), lexicon)
        return weigh(texts[index], lexicon) if likely else 0

    prose = [is_prose(text) for text in texts]
    article_end = _article_end(prose)
    start = 0
    while start < len(texts):
        end = start
        while end < len(texts) and not prose[end]:
            end += 1
        weights = list(map(weight, range(start, end)))
        if any(weights):
            run = texts[start:end]
            above, below = start == 0, end == len(texts) or start > article_end
            for first, last in _frames_of(run, weights, above=above, below=below):
                yield Frame(start + first, start + last)
        start = end + 1


def _frames_of(texts: Sequence[str], weights: Sequence[int], *, above: bool, below: bool) -> Iterator[tuple[int, int]]:
    """The frames in a run of lines without prose, above, below or inside the article."""
    sections = sum(weight > 0 for weight in weights) > 1
    done = 0
    parts = _below(weights) if below and not above else _menus(texts, weights, above=above)
    for first, last in (*parts, (len(weights), len(weights))):
        for index in range(done, first):
            section = weights[index] == SECTION and (
                (above and index < FIRST_LINES and index + 1 < len(weights)) or (below and sections)
            )
            if (section or weights[index] == FURNITURE) and OWN.search(texts[index]) is None:
                yield index, index
        # Links alone are no frame; the caller knows them already.
        if any(weight < BOX for weight in weights[first : last + 1]):
            yield first, last
        done = last + 1


def _article_end(prose: Sequence[bool]) -> int:
    """Where the article is over at the latest: behind the last two paragraphs in a row; a teaser stands alone."""
    pairs = (index for index in range(len(prose) - 1, 0, -1) if prose[index] and prose[index - 1])
    return next(pairs, len(prose))


def _below(weights: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The frame below an article: from the first mark that a second one confirms on."""
    marks = [index for index, weight in enumerate(weights) if weight >= FURNITURE]
    for number, first in enumerate(marks):
        if sum(weights[first : first + CONFIRMED_WITHIN]) < ENOUGH:
            continue
        last = first
        for mark in marks[number:]:
            if mark - last > SILENT:
                break
            last = mark
        yield first, len(weights) - 1 if len(weights) - last <= SILENT else last
        return


def _menus(texts: Sequence[str], weights: Sequence[int], *, above: bool) -> Iterator[tuple[int, int]]:
    """The menus and share bars above or inside an article: marks with at most a short line between them."""
    index = 0
    while index < len(weights):
        if not weights[index]:
            index += 1
            continue
        last = index
        for place in range(index, len(weights)):
            if place - last > GAP + 1 or (not weights[place] and is_title(texts[place])):
                break
            if weights[place]:
                last = place
        menu = weights[index : last + 1]
        furniture = sum(weight >= FURNITURE for weight in menu)
        if len(menu) > 1 and sum(menu) >= ENOUGH and (above or furniture > 1):
            yield index, last
        index = last + 1


def is_title(text: str) -> bool:
    """Whether a line is as long as a title."""
    if _is_wide(text):
        return len(text) * WIDE >= SHORTEST_TITLE
    return len(text) >= SHORTEST_TITLE and text.count(" ") >= TITLE_WORDS - 1
