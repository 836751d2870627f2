"""CUT001 truncated-sentence."""

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from newslint.document import OBJECT, Document
from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint.text.blocks import HEADING_LENGTH, HEADING_WORDS, ends_sentence, finished
from newslint.text.patterns import Pattern
from newslint_rules.truncation.endings import CERTAIN, STRONG, WEAK, Ends
from newslint_rules.truncation.fragments import first_word, last_word
from newslint_rules.truncation.style import PROSE_WORDS, SHORT_WORDS, Style

#: A block of fewer words or characters says too little to be called cut; a short post may end with an ellipsis.
FEWEST_WORDS = 3
SHORTEST, SHORTEST_ALONE = 20, 50
#: No opener of the lexicon is longer.
LONGEST_OPENER = 40
#: Descriptions are cut at so many characters: what search engines show of them, and what cards show.
LIMITS = (160, 200)
#: A cut at a word's end leaves fewer characters of a limit unused than this: a word and its space.
REST = 9
#: Titles and credits are full of names; prose has at most so many capitals inside, and neither colon nor dash.
CAPITALS_SHARE, GERMAN_CAPITALS_SHARE = 0.25, 0.5
LABEL = Pattern(r"[:;]| [-–—] ")

ELLIPSIS = Pattern(r"\s?(?:\.\.\.|…)$")
OPEN_END = Pattern(r"(?:[^\W_],|\s[(\[{«„“]|[^\W\d_]-)$")
#: Signs of a list of links, a credit, an item of an enumeration or an invitation to read on, rather than of prose.
NO_PROSE = Pattern(
    rf"[|©@→{OBJECT}]|://|^[-–—]|;\s\w{{1,4}}$|:\s[^\s«„“\"]\S*(?:\s\S+)?$|(?:…|\.\.\.)\]?\s\S+(?:\s\S+){{0,3}}$"
)
#: A clause after a comma.
CLAUSE = Pattern(r"[^\W_], [a-zà-öø-ÿ]")
#: A clause of one word, and the same after a word that is no name: "Ann Lee, journalist" is whole.
SINGLE = Pattern(r", [^\W\d_]+$")
LOOSE = Pattern(r"\s[a-zà-öø-ÿ][^\W\d_]*, [a-zà-öø-ÿ][^\W\d_]*$")
#: Brackets and quotes that are told apart by their shape.
PAIRS = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))
#: A straight quote that opens, the last of its text.
OPENING = Pattern(r"(?:^|[\s(])\"[^\"]*$")
#: A first word that is lower case on purpose: a brand, an address, a name's particle before its name.
DELIBERATE = Pattern(r"\w*[A-Z]|\S*[\w/]\.\w|\S*[:@/]|\S+['’ ][A-ZÀ-Þ]")


class TruncatedSentence(DocumentRule):
    """Prose that stops in mid-sentence or mid-word, at the end of a paragraph or of the file.

    ## What it does
    Looks at paragraphs that end without a full stop and asks for proof that they are prose and not a heading, a
    caption or a byline: they end with words that end no sentence ("of the", "for a new", "in accordance"), with a comma
    or an open bracket, in half a word, or where the number of characters was up; or the file ends its other paragraphs
    with stops and this one is long, or reads like a sentence. An ellipsis that ends a text, and a paragraph whose start
    was cut off, are found too.

    ## Why is this bad
    Feeds and descriptions are cut at a number of characters, pay walls and crawlers stop in mid-paragraph. The reader
    is left without the end, and a model learns that texts stop anywhere.

    ## Example
    ```text
    The council will vote on the new harbour next week. The mayor said that the
    ```

    ## Limits
    Headings, list items, captions, bylines, crossheads and standfirsts without a final stop are left alone, and so are
    wrapped lines. A sentence that could well end where it was cut is found only at the end of a file that ends all its
    lines with stops. A paragraph that starts in lower case alone is reported as info: some sites write so.
    """

    code: ClassVar[str] = "CUT001"
    name: ClassVar[str] = "truncated-sentence"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterator[Hit]:
        """Yield a hit for the last word of each cut paragraph, and for the first word of each that starts cut."""
        article = _Article(document)
        for number, (block, ends) in enumerate(zip(document.blocks, finished(document), strict=True)):
            if block.kind == "item":
                continue
            if not ends:
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
            if block.text[:1].islower() and (severity := article.starts(number)) is not None:
                yield Hit(
                    Span(block.start, block.start + len(block.text.split(None, 1)[0])),
                    f"Paragraph starts in mid-sentence: “{block.text[:40].rstrip()}…”",
                    "restore the missing start, or join it to the paragraph before",
                    severity,
                )


class _Article:
    """What a document says about one of its blocks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blocks = document.blocks
        self.style = Style(document)

    @cached_property
    def ends(self) -> Ends:
        return Ends.of(self.document.language)

    def stops(self, number: int) -> str:
        """How the block, which has no stop at its end, stops where it should not; empty where it may."""
        text = self.blocks[number].text
        size = text.count(" ") + 1
        if size < FEWEST_WORDS or self.style.goes_on(number) or NO_PROSE.search(text):
            return ""
        long = size > HEADING_WORDS or len(text) > HEADING_LENGTH
        last = number + 1 == len(self.blocks)
        alone = len(self.blocks) == 1 and long
        if OPEN_END.search(text):
            prose = size >= PROSE_WORDS and (self.style.has_stops or alone)
            return f"after “{text[-1]}”" if prose and not self.style.is_listed(number) else ""
        strength, words = self.ends.judge(text)
        if strength == CERTAIN:
            return f"after “{words}”"
        if size < SHORT_WORDS:
            return ""
        # The first block may be the title, and titles are literature.
        ruled = number > 0 and self.style.has_stops
        firm = ruled and self.style.firm
        if strength == STRONG and (long or firm or (number > 0 and size >= PROSE_WORDS)):
            return f"after “{words}”"
        word = last_word(text, self.document) if last or firm else "whole"
        if word == "broken":
            return "in mid-word"
        opens = text[:LONGEST_OPENER].lower().startswith(self.ends.openers)
        prose = size >= PROSE_WORDS or opens or SINGLE.search(text) is not None
        if strength == WEAK and prose and (alone or firm):
            return f"after “{words}”"
        if ruled and _opened(text) and (last or firm or size >= PROSE_WORDS):
            return "with an open quotation or bracket"
        # The last block heads nothing, so that less proof is needed; further up captions are as long as sentences.
        unknown = word == "unknown"
        proofs = long or (firm and (unknown or opens or CLAUSE.search(text) is not None or self._plain(text)))
        ends = last and ruled and prose and proofs and self.ends.function_words and text[-1].isalpha()
        lacks = firm and ((size >= PROSE_WORDS and LOOSE.search(text)) or (unknown and long))
        return "in mid-sentence" if ends or lacks or (alone and self._fills_a_limit(text)) else ""

    def _fills_a_limit(self, text: str) -> bool:
        """Whether a text of several sentences ends where the next word would have crossed a usual limit."""
        return any(limit - REST < len(text) <= limit for limit in LIMITS) and len(self.document.sentences) > 1

    def _plain(self, text: str) -> bool:
        """Whether the block reads like prose: hardly a capital, no colon."""
        words = text.split()[1:]
        capitals = sum(word[0].isupper() for word in words)
        share = GERMAN_CAPITALS_SHARE if self.document.language == "de" else CAPITALS_SHARE
        return capitals <= share * len(words) and text[0].isupper() and not LABEL.search(text)

    def fades(self, number: int) -> str:
        """How the block, which ends with an ellipsis, stops where it should not; empty where it may."""
        text = ELLIPSIS.sub("", self.blocks[number].text)
        # Chinese and Japanese have no spaces to count.
        if len(text) < SHORTEST or self.style.goes_on(number):
            return ""
        strength, words = self.ends.judge(text)
        if strength == CERTAIN and not _opened(text):
            return f"after “{words}”"
        alone = len(self.blocks) == 1
        if number + 1 < len(self.blocks) or not (len(text) >= SHORTEST_ALONE if alone else self.style.has_stops):
            return ""
        if not alone and text.count(" ") + 1 < (SHORT_WORDS if self.style.firm else PROSE_WORDS):
            return ""
        ellipses = sum(ELLIPSIS.search(block.text) is not None for block in self.blocks)
        return "with an ellipsis" if ellipses == 1 else ""

    def starts(self, number: int) -> Severity | None:
        """How surely the block, which starts in lower case, lacks its start; None where it may be whole."""
        text = self.blocks[number].text
        if text.count(" ") + 1 < PROSE_WORDS or not ends_sentence(text) or not self.style.starts_high:
            return None
        before = self.blocks[number - 1].text if number > 0 else "."
        if DELIBERATE.match(text) or not ends_sentence(before) or before.endswith((":", ";", "…", "...")):
            return None
        if first_word(text, self.document) == "broken" or _closed(text):
            return Severity.WARNING
        # Typewriters and some keyboards have no capitals with accents.
        return Severity.INFO if text[0].isascii() else None


def _opened(text: str) -> bool:
    """Whether a quotation or a bracket is still open at the end."""
    if not text[-1:].isalnum():
        return False
    if "„" in text:
        return text.count("„") > text.count("“") + text.count("”")
    if any(text.count(left) == text.count(right) + 1 for left, right in PAIRS):
        return True
    return text.count('"') % 2 == 1 and OPENING.search(text) is not None


def _closed(text: str) -> bool:
    """Whether the first quotation mark or bracket of its kind closes what was opened before the text."""
    if "„" in text or "»" in text.partition("«")[0][-1:]:
        return False
    return any(-1 < text.find(right) < (text.find(left) if left in text else len(text)) for left, right in PAIRS)
