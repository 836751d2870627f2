"""Whether the first or the last word of a text is a whole one, or what a cut left of it."""

import re
from bisect import bisect_left
from collections import Counter
from typing import Literal, TypeAlias

from newslint.document import Document

WORD = re.compile(r"[^\W\d_]+")
FIRST_WORD = re.compile(r"[^\W\d_]+(?=[\s,.;:!?])")
LAST_WORD = re.compile(r"(?:^|[\s(\[«“„\"'’])([^\W\d_]+)$")
#: The languages of which the word table holds enough to call a word unknown.
WELL_KNOWN = frozenset(("fr", "en", "es", "de", "it", "pt", "nl"))
#: An unknown word that starts or ends in a way rarer than this (in the table's steps) is half a word. Measured on words
#: of news text that the table lacks: 3 and 4 in 100 of the whole ones do, 42 and 49 of those that are pieces of words.
RARE = 40
#: So many words that start alike are looked at.
NEIGHBOURS = 20


#: What a word at a text's start or end is.
Fragment: TypeAlias = Literal["whole", "unknown", "broken"]


def last_word(text: str, document: Document) -> Fragment:
    """Judge the last word of ``text``, a part of ``document``, by the language's words and the document's own."""
    found = LAST_WORD.search(text[-60:])
    if found is None:
        return "whole"
    word = found[1]
    # The words of one letter are all function words, known to end nothing.
    if len(word) == 1:
        return "broken" if word.islower() and text[-2:-1] == " " else "whole"
    return _judge(word, document, at_end=True)


def first_word(text: str, document: Document) -> Fragment:
    """Judge the first word of ``text``, a part of ``document``, in the same way."""
    found = FIRST_WORD.match(text)
    return "whole" if found is None or len(found[0]) == 1 else _judge(found[0], document, at_end=False)


def _judge(word: str, document: Document, *, at_end: bool) -> Fragment:
    language = document.language
    if language not in WELL_KNOWN or not word[1:].islower():
        return "whole"
    from newslint.text.wordtable import load, trigrams

    table = load()
    index = table.languages.index(language)
    if any(found == index for found, _ in table.words.find(word.lower())):
        return "whole"
    words = document.layer(_Words)
    # A name or a technical term comes back; what a cut left of a word hardly does.
    if words.counts[word] > 1:
        return "whole"
    if words.complete(word, at_end=at_end):
        return "broken"
    if word[0].isupper():
        return "whole"
    gram = trigrams(word)[-1 if at_end else 0]
    common = max((value for found, value in table.trigrams.find(gram) if found == index), default=0)
    return "broken" if common < RARE else "unknown"


class _Words:
    """The words of a document, to be looked up by their first and by their last letters."""

    def __init__(self, document: Document) -> None:
        self.counts = Counter(WORD.findall(document.text))
        self._forward = sorted(self.counts)
        self._backward = sorted(word[::-1] for word in self.counts)

    def complete(self, piece: str, *, at_end: bool) -> bool:
        """Whether a word longer by two letters starts with the piece of a text's end, or ends with that of a start."""
        words, start = (self._forward, piece) if at_end else (self._backward, piece[::-1])
        at = bisect_left(words, start)
        # What is longer by one letter sorts among the others; there are few of it.
        for word in words[at : at + NEIGHBOURS]:
            if not word.startswith(start):
                break
            if len(word) > len(start) + 1:
                return True
        return False
