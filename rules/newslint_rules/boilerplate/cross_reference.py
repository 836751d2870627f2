"""BOI001: links to other articles, and the menus and boxes of the page, left in the text."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import ClassVar, NamedTuple

from newslint.document import OBJECT, Block, Document
from newslint.model import Hit, Span
from newslint.text.edges import edges
from newslint.text.patterns import Pattern
from newslint.text.phrases import Phrases, first_word, fold
from newslint_rules.boilerplate.own_phrases import PhraseRule
from newslint_rules.boilerplate.page_frame import frames, is_prose, is_title, words
from newslint_rules.boilerplate.page_lines import is_call
from newslint_rules.boilerplate.quoting import quoted
from newslint_rules.boilerplate.removal import without_lines

#: A cue and the title after it are at most this long, in characters.
LONGEST = 250
#: A title that follows its cue without a colon or a dash.
LONGEST_UNMARKED = 140
#: The titles in a box of links: how many at most, and below a heading that is none by itself at least; their length.
MOST_TITLES, FEWEST_TITLES = 15, 2
LONGEST_TITLE = 140
#: No first word of a cue is longer, in characters.
LONGEST_WORD = 40
#: A pointing sentence or a heading with its subject ("More on the budget").
LONGEST_REQUEST = 120
#: The heading of a box that names its subject, in characters and in words.
LONGEST_TOPIC, TOPIC_WORDS = 50, 7
#: A list of the article's subjects: how many at least, and the length of each in characters.
FEWEST_TAGS, LONGEST_TAG = 2, 40

#: Arrows, bullets, brackets and pictures that may stand before the cue.
ORNAMENT = Pattern(r"[\W_]{0,8}")
MARKED = Pattern(r"\s*[:：|>›»→►▶]\s*|\s*[-–—]+\s+|\s+[-–—]+\s*")
LABELLED = (":", "：", "|", ">", "»", "›")
TAG_MARK = Pattern(r"\s*[:：>›»|]\s*")
TAG_JOINT = Pattern(r"\s*[,;、，|•·#/]\s*")
TRAILING = " \u00a0\u202f:：.…!?>›»→►▶|)]*_–—-"
CLOSING = " \u00a0\u202f)]»”\"'"
#: What stands before a title.
OPENING = " \u00a0\u202f«“„\"'‘>›»"


#: The lists of a language.
LISTS = ("cues", "labels", "boxes", "topics", "headings", "tags", "requests")


class Cues(NamedTuple):
    """A language's cues, ready to be looked up."""

    openers: Phrases
    labels: Phrases
    headings: frozenset[str]
    boxes: frozenset[str]
    topics: Phrases
    tags: Phrases
    requests: tuple[tuple[str, str], ...]
    #: The first words of all of these but the topics.
    first_words: frozenset[str]


class CrossReference(PhraseRule):
    """Links to other articles, and the menus and boxes around one, that were copied along with the text.

    ## What it does
    Looks for lines that send the reader to another page: a cue with the title after it (“Lire aussi : …”,
    “Read more: …”, “Mehr zum Thema: …”), the heading of a box of links (“Related articles”) with the titles below it,
    a list of subjects (“Tags: budget, taxes”), and sentences that do nothing but point (“Mehr dazu lesen Sie hier”).

    It finds the frame of the page, too: runs of short lines that hold several entries which every page has (“Home”,
    “Contact us”, “Print”, “Most read”), above the article, between its paragraphs, or from the first such entry below
    it to the end.

    ## Why is this bad
    The title belongs to another article. It interrupts this one, its link is lost, and a program that reads the text
    takes the other story's names and facts for this one's.

    ## Example
    ```text
    Le conseil a voté le budget jeudi soir.

    Lire aussi : Trois questions sur la taxe foncière
    ```

    ## Limits
    The cue has to open the line, and the line has to be short and without a final stop, unless a colon or a dash
    follows the cue. An article about reading, or a sentence that advises to read something, is left alone. A single
    entry (“Weather”) proves no frame, and a list of titles without an entry near it is left alone. What call-to-action
    finds by itself (“Share this article”) is left to it.
    """

    code: ClassVar[str] = "BOI001"
    name: ClassVar[str] = "cross-reference"
    what: ClassVar[str] = "Cross-reference to another article"

    def find(self, document: Document) -> Iterable[Hit]:
        """Yield each part of the page's frame, and each block outside of them that is a link to another article."""
        page = _page(document)
        done = 0
        # In mark-down a line without its objects may have other words.
        words_of = None if OBJECT in document.characters else document.words_of
        for frame in frames(page.texts, words(document.language), page.links, words_of):
            yield from _references(document, page, done, frame.first)
            done = frame.last + 1
            if frame.first == frame.last and is_call(page.texts[frame.first], document.language):
                # A line by itself, which call-to-action names better.
                continue
            first = page.blocks[frame.first]
            below = _below(frame.last - frame.first, "line")
            yield _hit(
                document,
                first,
                page.blocks[frame.last],
                f"Menus and links of the page: {quoted(first.text)}{below}",
                "drop the lines: they belong to the page, not to the article",
            )
        yield from _references(document, page, done, len(page.blocks))


class Page(NamedTuple):
    """What is known of a document's blocks.

    Attributes:
        blocks: the blocks.
        texts: the text of each, without the markup of links and emphasis.
        links: for each, whether it is a link to another article or the heading of a box.
        headed: whether the article's own parts have headings.
        cues: the cues of the document's language.
    """

    blocks: Sequence[Block]
    texts: Sequence[str]
    links: Sequence[bool]
    headed: bool
    cues: Cues


def _page(document: Document) -> Page:
    blocks, cues = document.blocks, _cues(document.language)
    texts = [block.text for block in blocks]
    marked = OBJECT in document.characters
    if marked:
        texts = [text.replace(OBJECT, "").strip() if OBJECT in text else text for text in texts]
    # Without objects words may be others.
    links = [
        (marked or word in cues.first_words or text.startswith("#")) and is_reference(text, cues)
        for text, word in zip(texts, edges(document).first, strict=True)
    ]
    return Page(blocks, texts, links, any(links) and _has_headings(texts, links), cues)


def _references(document: Document, page: Page, start: int, end: int) -> Iterator[Hit]:
    """Yield the links among the blocks from ``start`` to ``end``, with the titles below those that head a box."""
    index = start
    while index < end:
        titles = titles_below(page, index)
        if page.links[index] or titles >= FEWEST_TITLES:
            last = min(index + titles, end - 1)
            first = page.blocks[index]
            yield _hit(
                document,
                first,
                page.blocks[last],
                f"Cross-reference to another article: {quoted(first.text)}{_below(last - index, 'title')}",
                "drop the link: it points to another page",
            )
            index = last
        index += 1


def _below(count: int, what: str) -> str:
    return f" and the {count} {what}s below it" if count > 1 else f" and the {what} below it" if count else ""


def _hit(document: Document, first: Block, last: Block, message: str, help: str) -> Hit:
    fix = without_lines(document, first.first, last.last)
    return Hit(Span(first.start, last.end), message, help, fix=fix)


@cache
def _cues(language: str | None) -> Cues:
    lists = CrossReference.lexicon(language).get(CrossReference.name, dict.fromkeys(LISTS, ()))
    openers, labels, topics, tags = (Phrases(lists[key]) for key in ("cues", "labels", "topics", "tags"))
    headings = [*lists["headings"], *lists["boxes"]]
    requests = tuple((fold(start), fold(end)) for start, end in lists["requests"])
    others = Phrases([*headings, *(start for start, _ in requests)])
    return Cues(
        openers,
        labels,
        frozenset(map(fold, headings)),
        frozenset(map(fold, lists["boxes"])),
        topics,
        tags,
        requests,
        frozenset().union(*(phrases.first_words for phrases in (openers, labels, tags, others))),
    )


def titles_below(page: Page, index: int) -> int:
    """How many blocks below the heading at ``index`` are the titles of its box; 0 where it heads no box."""
    blocks, texts, links, cues = page.blocks, page.texts, page.links, page.cues
    heading = texts[index]
    if not _is_topic(heading, cues) and not (links[index] and _bare(fold(heading)) in cues.boxes):
        return 0
    last = index
    lengths: list[int] = []
    for place in range(index + 1, min(index + 1 + MOST_TITLES, len(blocks))):
        text = texts[place]
        # In mark-down a line that is all link needs no other proof.
        link = blocks[place].text.startswith(OBJECT) and blocks[place].text.endswith(OBJECT)
        if links[place] or not (link or (len(text) <= LONGEST_TITLE and not is_prose(text) and not _stops(text))):
            break
        if link or is_title(text):
            lengths.append(len(text) if not link else LONGEST_TITLE)
            last = place
        elif place > last + 1:
            break
    # A title right before prose may head the next part of the article.
    open_end = len(lengths) > 1 and last + 1 < len(blocks) and lengths[-1] < LONGEST_TITLE
    if open_end and (page.headed or lengths[-1] < min(lengths[:-1])):
        last -= 1
    return last - index


def _has_headings(texts: Sequence[str], links: Sequence[bool]) -> bool:
    """Whether a line that is no link stands alone between two paragraphs."""
    prose = [is_prose(text) for text in texts]
    return any(
        prose[index - 1] and prose[index + 1] and not prose[index] and not links[index] and not _stops(texts[index])
        for index in range(1, len(texts) - 1)
    )


def is_reference(text: str, cues: Cues) -> bool:
    """Whether a text is nothing but a link to another article, the heading of a list of them, or a list of tags."""
    if len(text) > LONGEST:
        return False
    start = _start(text)
    if first_word(text[start : start + LONGEST_WORD]) not in cues.first_words:
        return text.startswith("#") and _are_hashtags(text)
    folded = fold(text)
    if (end := cues.openers.end(folded, start, glued=True)) is not None and _opens(text, end):
        return True
    if (end := cues.labels.end(folded, start)) is not None and _labels(text, end):
        return True
    if (end := cues.tags.end(folded, start)) is not None and _are_tags(text, end):
        return True
    if len(text) > LONGEST_REQUEST:
        return False
    bare = _bare(folded)
    return bare in cues.headings or any(bare.startswith(a) and bare.endswith(b) for a, b in cues.requests)


def _is_topic(text: str, cues: Cues) -> bool:
    """Whether a line may head a box: "More from Berlin", "Latest headlines"."""
    if len(text) > LONGEST_TOPIC or text.count(" ") >= TOPIC_WORDS or _stops(text):
        return False
    return cues.topics.end(fold(text), _start(text)) is not None


def _bare(folded: str) -> str:
    """The line without the ornaments before it and the punctuation after it."""
    return folded[_start(folded) :].rstrip(TRAILING)


def _start(text: str) -> int:
    """Where a line starts behind its ornaments."""
    if text[:1].isalnum():
        return 0
    return ORNAMENT.match(text).end()  # type: ignore[union-attr]  # it may match nothing, but matches


def _opens(text: str, end: int) -> bool:
    """Whether a title, and not the rest of a sentence, follows the cue that ends at ``end``."""
    rest = text[end:]
    if not rest.strip(TRAILING):
        return "." not in rest
    if mark := MARKED.match(rest):
        return mark.end() < len(rest)
    if _stops(rest) or len(text) > LONGEST_UNMARKED:
        return False
    title = rest.lstrip(OPENING)
    # "Lire aussiBudget": the link's own markup was all that kept the two apart.
    return title[:1].isupper() and (rest[:1] != title[:1] or text[end - 1].islower())


def _labels(text: str, end: int) -> bool:
    """Whether a colon or a bar and a title follow a cue that is an everyday word by itself."""
    rest = text[end:].lstrip()
    title = rest[1:].strip(OPENING)
    return rest.startswith(LABELLED) and title[:1].isupper() and " " in title and not _stops(title)


def _are_tags(text: str, end: int) -> bool:
    """Whether a list of subjects follows the label that ends at ``end``: "Tags: budget, taxes, Lyon"."""
    mark = TAG_MARK.match(text[end:])
    if mark is None or _stops(text):
        return False
    tags = [tag for tag in TAG_JOINT.split(text[end + mark.end() :]) if tag]
    return len(tags) >= FEWEST_TAGS and all(len(tag) <= LONGEST_TAG for tag in tags)


def _are_hashtags(text: str) -> bool:
    tags = text.replace(",", " ").split()
    return len(tags) >= FEWEST_TAGS and all(tag[0] == "#" and len(tag) > 1 for tag in tags)


def _stops(text: str) -> bool:
    return text.rstrip(CLOSING).endswith((".", ";", "。"))
