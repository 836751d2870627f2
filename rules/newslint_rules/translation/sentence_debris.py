"""TRA001 sentence-debris."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from newslint.document import Block, Document
from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint.text.abbreviations import Abbreviations, abbreviations
from newslint.text.blocks import prose
from newslint.text.patterns import Pattern

#: A full stop and a word in lower case after it. A stop inside a closing quote ends the quotation, not the sentence.
#: Only a single word is left over for sure then.
LOW_START = Pattern(
    r"(?<![.\s])(?P<stop>\.(?: \.)?) (?P<word>[a-zà-öø-ÿœ]\S*)"
    r"|(?P<quote>\.[”\"»]) (?P<left>[a-zà-öø-ÿœ]{3,}\.)(?=\s|$)"
)
STOP_INSIDE = Pattern(r"\.[”\"»]? (?=[a-zà-öø-ÿœ.])")
HIGH_START = Pattern(r"[^\W\d_]{3}[.] [^\W\d_a-zà-öø-ÿœ]")
#: A stop with at most closing quotes after it, before a space or the end.
STOP = Pattern(r"[.!?…]+[\"”»’)\]]*(?=\s|$)")
BOUNDARY = Pattern(r"[.!?…][\"”»’)\]]* (?=[^\W\d_])")
#: How many characters before a stop are looked at.
TAIL = 80
#: The word a stop stands at.
STOPPED = Pattern(r"(\S+)$")
PLAIN_WORD = Pattern(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: A word that is lower case on purpose: a brand, an address, a file, an item "a)", a suffix.
DELIBERATE = Pattern(r"\w*[^\W\d_a-zà-öø-ÿœ]|\S*[\w-]\.\w|\S*[:/@_\\=<>{}]|\w\)|\w\.|\w+['’][A-ZÀ-Þ]")
#: A capitalised word and a comma after a full stop.
BARE_START = Pattern(r"(?<=[^\W\d_][^\W\d_]\. )([^\W\d_]{4,}), ")
MAY_BE_BARE = Pattern(r"\. [^\W\d_]{4,}, ")
ROMAN = Pattern(r"[IVXLC]+")
#: Endings that nearly always mark a finite verb in the Romance languages.
VERB_ENDINGS = (
    "ait",
    "aient",
    "èrent",
    "ront",
    "ra",
    "aron",
    "ieron",
    "aba",
    "ía",
    "ava",
    "avano",
    "rà",
    "rono",
    "ou",
    "eu",
)
#: Words of so few letters are too often abbreviations to end a sentence for sure, unless the language knows them well.
SHORT_WORD, COMMON = 4, 60
#: A text in which so many sentences start in lower case is written so.
STYLE_STARTS, STYLE_SHARE = 6, 0.25
#: A sentence of so few words, next to debris, is debris itself.
FEW_WORDS = 3
#: A name that is written small is said so many times.
LEAST_SAID = 2
#: Languages whose words and abbreviations are known well enough to tell the end of a sentence from an abbreviation.
KNOWN = frozenset(("fr", "en", "es", "de", "it", "pt", "nl"))


class SentenceDebris(DocumentRule):
    """Fragments that machine translation and rewriting leave between sentences.

    ## What it does
    Looks, by shape and never by phrase, for a sentence that starts in lower case after a full stop ("he said. added."),
    for one or two words without a verb beside such a fragment ("Spokesman. official who asked not to be named."), and
    for a sentence without a verb that starts with a bare noun, a comma, and the same noun again.

    ## Why is this bad
    Rewriters that replace sentences one by one leave the words they could not place. The reader stumbles, and the
    article says what nobody wrote.

    ## Example
    ```text
    The council will meet on Monday, said the mayor. added.
    ```

    ## Limits
    Sentences without a verb are natural in news and stay unless a second sign stands beside them. Lower case after an
    abbreviation, an ellipsis, a question or an exclamation, brands ("iPhone") and addresses are right, and texts that
    start their sentences in lower case throughout have chosen to.
    """

    code: ClassVar[str] = "TRA001"
    name: ClassVar[str] = "sentence-debris"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterator[Hit]:
        """Yield a hit for each run of fragments."""
        if document.language not in KNOWN:
            return
        words = self.lexicon(document.language).get(self.name, {})
        shorts = frozenset(words.get("abbreviations", "").split())
        text = prose(document)
        runs = [
            (block, run)
            for block in map(document.blocks.__getitem__, text.holding(STOP_INSIDE))
            for run in _runs(block, document, shorts)
        ]
        if runs and _writes_low(document.text):
            runs = []
        for block, (start, end) in runs:
            yield _hit(block, start, end)
        if "verbs" not in words:
            return
        verbs, determiners = frozenset(words["verbs"].split()), frozenset(words["determiners"].split())
        for block in map(document.blocks.__getitem__, text.holding(MAY_BE_BARE)):
            for start, end in _echoes(block.text, verbs, determiners):
                if not any(block is other and run[0] <= start < run[1] for other, run in runs):
                    yield _hit(block, start, end)


def _writes_low(text: str) -> bool:
    low = len(LOW_START.findall(text))
    return low >= STYLE_STARTS and low > STYLE_SHARE * len(HIGH_START.findall(text))


def _hit(block: Block, start: int, end: int) -> Hit:
    text = block.text[start:end]
    shown = text if len(text) <= 60 else f"{text[:59].rstrip()}…"
    if text.count(" ") < FEW_WORDS:
        message = f"Fragment between sentences: “{shown}”"
    elif text[0].islower():
        message = f"Sentence starts in lower case: “{shown}”"
    else:
        message = f"Fragment without a verb: “{shown}”"
    return Hit(
        Span(block.start + start, block.start + end),
        message,
        "delete the fragment, or restore the sentence it came from",
    )


def _runs(block: Block, document: Document, shorts: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Runs of sentences that start in lower case, with the very short sentence before one."""
    text = block.text
    last: tuple[int, int] | None = None
    for found in LOW_START.finditer(text):
        at, start = (found.start(name) for name in (("stop", "word") if found["word"] else ("quote", "left")))
        if not _ends_sentence(_tail(text, at), document.language, shorts) or _deliberate(text, start):
            continue
        if _low_name(text, start, document):
            continue
        if found["left"] and _abbreviated(found["left"][:-1], abbreviations(document.language), shorts, None):
            continue
        stop = STOP.search(text, start)
        end = stop.end() if stop else len(text)
        if last is not None and start <= last[1] + 3:
            last = (last[0], max(end, last[1]))
            continue
        if last is not None:
            yield last
        last = (_short_before(text, at), end)
        if last[0] < 0:
            last = (start, end)
    if last is not None:
        yield last


def _tail(text: str, end: int) -> str:
    """The few words before ``end``: never the whole text, which may be one endless line."""
    return text[max(end - TAIL, 0) : end]


def _short_before(text: str, stop: int) -> int:
    """Where a sentence of few words that ends at ``stop`` starts, if another one stands before it; otherwise -1."""
    before = _tail(text, stop)
    for found in BOUNDARY.finditer(before):
        start = stop - len(before) + found.end()
        sentence = text[start:stop]
        if sentence.count(" ") < FEW_WORDS - 1 and "," not in sentence and sentence[-1:].isalpha():
            return start
    return -1


def _ends_sentence(before: str, language: str | None, shorts: frozenset[str]) -> bool:
    """Whether a full stop after ``before`` ends a sentence and no abbreviation, number or initial."""
    found = STOPPED.search(before)
    if found is None:
        return False
    word = found[1].lstrip("«“\"'‘„([¿¡").rstrip('"”»’)]%')
    known = abbreviations(language)
    if found[1][-1] in '"”»’)]%':
        return True
    if word[-1:].isdigit():
        return len(word) > 2 and not known.ordinals
    if known.ordinals and ROMAN.fullmatch(word):
        return False
    return PLAIN_WORD.fullmatch(word) is not None and not _abbreviated(word, known, shorts, language)


def _abbreviated(word: str, known: Abbreviations, shorts: frozenset[str], language: str | None) -> bool:
    low = re.split("['’-]", word)[-1].lower()
    if len(low) < 2 or low in shorts or low in known.titles or low in known.closing or low in known.numbered:
        return True
    if len(low) > SHORT_WORD or language is None:
        return False
    from newslint.text.wordtable import load

    table = load()
    index = table.languages.index(language)
    return max((value for found, value in table.words.find(low) if found == index), default=0) < COMMON


def _deliberate(text: str, start: int) -> bool:
    """Whether the word at ``start`` is lower case on purpose."""
    words = text[start : start + 80].split(" ")
    if DELIBERATE.match(words[0].rstrip('.,;:!?”»"')):
        return True
    # A particle and its name: "de Gaulle".
    return len(words) > 1 and words[1][:1].isupper() and len(words[0]) <= SHORT_WORD - 1


def _low_name(text: str, start: int, document: Document) -> bool:
    """Whether a name that is written small starts here: no word of the language, and the document says it again."""
    found = PLAIN_WORD.match(text, start)
    if found is None or document.language is None:
        return False
    word = found.group().removesuffix("'s").removesuffix("’s")
    if document.text.count(word) < LEAST_SAID:
        return False
    from newslint.text.wordtable import load

    table = load()
    index = table.languages.index(document.language)
    return all(language != index for language, _ in table.words.find(word))


def _echoes(text: str, verbs: frozenset[str], determiners: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Sentences without a verb that start with a bare noun and a comma and say the noun again, with its article."""
    for found in BARE_START.finditer(text):
        stop = STOP.search(text, found.end())
        end = stop.end() if stop else len(text)
        words = PLAIN_WORD.findall(text[found.end() : end].replace("’", "'"))
        noun = found[1].lower()
        again = any(word.lower() == noun and before.lower() in determiners for before, word in pairwise(words))
        if again and not any(word.lower() in verbs or word.lower().endswith(VERB_ENDINGS) for word in words):
            yield found.start(1), end
