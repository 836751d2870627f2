"""CUT001 truncated-sentence."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import ClassVar

from newslint.document import OBJECT, Block, Document
from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint.text.blocks import HEADING_LENGTH, HEADING_WORDS, ends_sentence

#: A block of fewer words or characters says too little to be called cut.
FEWEST_WORDS = 3
SHORTEST = 20
#: A word that few know proves nothing in fewer words than these: a motto, a button.
SHORT_WORDS = 5
#: From so many words on a block is a paragraph by which the file's style is judged.
PROSE_WORDS = 8
#: A file ends its prose with stops where it has so many such paragraphs and at most one other in so many.
STYLE_PARAGRAPHS, STYLE_EXCEPTIONS = 3, 20
#: Titles and credits are full of names; prose has at most so many capitals inside, and neither colon nor dash.
CAPITALS_SHARE = 0.25
LABEL = re.compile(r"[:;]| [-–—] ")
#: Shorter words are too often abbreviations and symbols to be called unknown.
UNKNOWN_LETTERS = 2
#: The languages of which the word table holds enough to call a word unknown.
WELL_KNOWN = frozenset(("fr", "en", "es", "de", "it", "pt", "nl"))
#: An unknown word whose last letters are rarer than this at a word's end (in the table's steps) is half a word.
RARE_ENDING = 40

ELLIPSIS = re.compile(r"\s?(?:\.\.\.|…)$")
OPEN_END = re.compile(r"(?:[^\W_],|\s[(\[{«„“]|[^\W\d_]-)$")
LETTERS = re.compile(r"[^\W\d_]+")
LAST_WORD = re.compile(r"(?:^|[\s(\[«“„\"'’])([^\W\d_]+['’]?)$")
#: Signs of a list of links, a credit, an item of an enumeration or an invitation to read on, rather than of prose.
NO_PROSE = re.compile(
    rf"[|©@→{OBJECT}]|://|^[-–—]|;\s\w{{1,4}}$|:\s\S+(?:\s\S+)?$|(?:…|\.\.\.)\]?\s\S+(?:\s\S+){{0,3}}$"
)
#: A clause after a comma.
CLAUSE = re.compile(r"[^\W_], [a-zà-öø-ÿ]")
#: A clause of one word.
SINGLE = re.compile(r", [^\W\d_]+$")
#: Brackets and quotes that are told apart by their shape.
PAIRS = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))
#: A straight quote that opens, the last of its text.
OPENING = re.compile(r"(?:^|[\s(])\"[^\"]*$")
#: A first word that is lower case on purpose: a brand, an address, a name's particle before its name.
DELIBERATE = re.compile(r"\w*[A-Z]|\S*[\w/]\.\w|\S*[:@/]|\S+['’ ][A-ZÀ-Þ]")


class TruncatedSentence(DocumentRule):
    """Prose that stops in mid-sentence or mid-word, at the end of a paragraph or of the file.

    ## What it does
    Looks at paragraphs that end without a full stop and asks for proof that they are prose and not a heading, a
    caption or a byline: they end with a word that ends no sentence ("of the"), with a comma or an open bracket, or the
    file ends its other paragraphs with stops and this one is long, opens like a sentence, or breaks off in a word that
    nobody knows. An ellipsis that ends a text, and a paragraph whose start was cut off, are found too.

    ## Why is this bad
    Feeds and descriptions are cut at a number of characters, pay walls and crawlers stop in mid-paragraph. The reader
    is left without the end, and a model learns that texts stop anywhere.

    ## Example
    ```text
    The council will vote on the new harbour next week. The mayor said that the
    ```

    ## Limits
    Headings, list items, captions, bylines, crossheads and standfirsts without a final stop are left alone, and so are
    wrapped lines. A short last line without proof is left alone too: it may be the title of another article.
    """

    code: ClassVar[str] = "CUT001"
    name: ClassVar[str] = "truncated-sentence"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterator[Hit]:
        """Yield a hit for the last word of each cut paragraph, and for the first word of each that starts cut."""
        article = _Article(document, self.lexicon(document.language).get(self.name, {}))
        for number, block in enumerate(document.blocks):
            if block.kind == "item":
                continue
            if not ends_sentence(block.text):
                reason = article.stops(number)
            elif block.text.endswith(("...", "…")):
                reason = article.fades(number)
            else:
                reason = ""
            if reason:
                shown = " ".join(block.text[-50:].split(" ")[1:] if len(block.text) > 50 else [block.text])
                yield Hit(
                    Span(block.start + block.text.rfind(" ", 0, len(block.text.rstrip(" .…"))) + 1, block.end),
                    f"Text stops {reason}: “… {shown}”",
                    "restore the missing end, or delete the unfinished sentence",
                )
            if block.text[:1].islower() and article.starts_cut(number):
                yield Hit(
                    Span(block.start, block.start + len(block.text.split(None, 1)[0])),
                    f"Paragraph starts in mid-sentence: “{block.text[:40].rstrip()}…”",
                    "restore the missing start, or join it to the paragraph before",
                    # Some sites write whole paragraphs so.
                    Severity.INFO,
                )


class _Article:
    """What the paragraphs of a document say about one of them."""

    def __init__(self, document: Document, words: dict[str, object]) -> None:
        self.document = document
        self.blocks: Sequence[Block] = document.blocks
        self.never = frozenset(str(words.get("never", "")).split())
        self.seldom = frozenset(str(words.get("seldom", "")).split())
        openers = words.get("openers", ())
        self.weak = frozenset(str(words.get("weak", "")).split())
        self.openers = (
            tuple(f"{opener}{end}" for opener in openers for end in " ,") if isinstance(openers, list) else ()
        )

    def stops(self, number: int) -> str:
        """How the block, which has no stop at its end, stops where it should not; empty where it may."""
        text = self.blocks[number].text
        size = text.count(" ") + 1
        if size < FEWEST_WORDS or NO_PROSE.search(text) or self._goes_on(number):
            return ""
        word = _last_word(text)
        if word in self.never:
            return f"after “{word}”"
        long = size > HEADING_WORDS or len(text) > HEADING_LENGTH
        last = number + 1 == len(self.blocks)
        alone = len(self.blocks) == 1 and long
        if OPEN_END.search(text):
            prose = size >= PROSE_WORDS and (self.has_stops or alone)
            return f"after “{text[-1]}”" if prose and not self._listed(number) else ""
        if size < SHORT_WORDS:
            return ""
        unknown, broken = self._unknown(word)
        if broken and size >= PROSE_WORDS and (last or number > 0):
            return "in mid-word"
        rare = word in self.seldom and size >= PROSE_WORDS
        if (last and rare) or (alone and word in self.weak):
            return f"after “{word}”"
        if not self.has_stops or number == 0:
            return ""
        opens = text.lower().startswith(self.openers)
        weak = word in self.weak
        if rare or (weak and (last or long or opens or SINGLE.search(text))):
            return f"after “{word}”"
        if _opened(text) and (last or size >= PROSE_WORDS):
            return "with an open quotation or bracket"
        # In the last block one proof is enough: it heads nothing. Further up captions are as long as sentences.
        proofs = unknown or opens or long or CLAUSE.search(text) or self._plain(text)
        if last and word and (opens or size >= PROSE_WORDS) and proofs:
            return "in mid-sentence"
        return "in mid-sentence" if unknown and long else ""

    def _plain(self, text: str) -> bool:
        """Whether the block reads like prose: hardly a capital, no colon. German nouns tell nothing."""
        words = text.split()[1:]
        capitals = sum(word[0].isupper() for word in words)
        return (
            self.document.language != "de"
            and capitals <= CAPITALS_SHARE * len(words)
            and text[0].isupper()
            and not LABEL.search(text)
        )

    def fades(self, number: int) -> str:
        """How the block, which ends with an ellipsis, stops where it should not; empty where it may."""
        text = ELLIPSIS.sub("", self.blocks[number].text)
        # Chinese and Japanese have no spaces to count.
        if len(text) < SHORTEST or self._goes_on(number):
            return ""
        word = _last_word(text)
        if word in self.never and not _opened(text):
            return f"after “{word}”"
        if number + 1 < len(self.blocks):
            return ""
        alone = len(self.blocks) == 1 or self.has_stops
        if text.count(" ") + 1 < PROSE_WORDS and len(self.blocks) > 1:
            return ""
        ellipses = sum(ELLIPSIS.search(block.text) is not None for block in self.blocks)
        return "with an ellipsis" if alone and ellipses == 1 else ""

    def starts_cut(self, number: int) -> bool:
        """Whether the block, which starts in lower case, lacks its start."""
        text = self.blocks[number].text
        if not self.starts_high or text.count(" ") + 1 < PROSE_WORDS or not ends_sentence(text):
            return False
        if DELIBERATE.match(text):
            return False
        if number == 0:
            return True
        before = self.blocks[number - 1].text
        return ends_sentence(before) and not before.endswith((":", ";", "…", "..."))

    def _listed(self, number: int) -> bool:
        """Whether the block before or after ends with a comma too, as the lines of a list or of a poem do."""
        beside = (*self.blocks[max(number - 1, 0) : number], *self.blocks[number + 1 : number + 2])
        return any(block.text.endswith((",", ";")) for block in beside)

    def _goes_on(self, number: int) -> bool:
        """Whether the next block reads on in lower case: a line broken by hand, not a cut."""
        following = self.blocks[number + 1 : number + 2]
        return bool(following) and following[0].text[:1].islower()

    @cached_property
    def _prose(self) -> list[Block]:
        return [block for block in self.blocks if block.kind == "paragraph" and block.text.count(" ") >= PROSE_WORDS]

    @cached_property
    def has_stops(self) -> bool:
        """Whether the file ends its paragraphs with stops."""
        prose = self._prose
        without = sum(not ends_sentence(block.text) for block in prose)
        return len(prose) - without >= STYLE_PARAGRAPHS and without <= 1 + len(prose) // STYLE_EXCEPTIONS

    @cached_property
    def starts_high(self) -> bool:
        """Whether the file starts its paragraphs with capitals."""
        prose = self._prose
        low = sum(block.text[:1].islower() for block in prose)
        return len(prose) - low >= STYLE_PARAGRAPHS and low <= 1 + len(prose) // STYLE_EXCEPTIONS

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(LETTERS.findall(self.document.text))

    def _unknown(self, word: str) -> tuple[bool, bool]:
        """Whether the word is unknown to the language and to the rest of the document; whether no word ends so."""
        language = self.document.language
        if len(word) < UNKNOWN_LETTERS or not word.isalpha() or not word.islower():
            return False, False
        from newslint.text.wordtable import load, trigrams

        table = load()
        if language not in WELL_KNOWN:
            return False, False
        index = table.languages.index(language)
        if any(found == index for found, _ in table.words.find(word)):
            return False, False
        if self._counts[word] > 1:
            return False, False
        ending = max((value for found, value in table.trigrams.find(trigrams(word)[-1]) if found == index), default=0)
        return True, ending < RARE_ENDING


def _last_word(text: str) -> str:
    found = LAST_WORD.search(text[-60:])
    return found[1].replace("’", "'") if found else ""


def _opened(text: str) -> bool:
    """Whether a quotation or a bracket is still open at the end."""
    if not text[-1:].isalnum():
        return False
    if "„" in text:
        return text.count("„") > text.count("“") + text.count("”")
    if any(text.count(left) == text.count(right) + 1 for left, right in PAIRS):
        return True
    return text.count('"') % 2 == 1 and OPENING.search(text) is not None
