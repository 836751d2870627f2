"""TRA002 orphan-punctuation."""

import re
from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from newslint.document import Block, Document
from newslint.model import Applicability, Edit, Fix, Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint.text.blocks import prose
from newslint.text.patterns import Pattern
from newslint_rules.translation.quotations import Quotations

#: Marks that spaces keep apart from the word before, or from each other; the first may still stand at its word. It
#: begins nowhere inside the spaces: a search that tried each of them would need quadratic time.
RUN = Pattern(r"(?:[.,;:!?]|(?<![ \t]))(?:[ \t]+(?:,,|[.,]))+(?=[ \t]|$|[\"”»])")
#: A closing bracket between two spaces. A single letter before it would number an item: "a )".
BRACKET = Pattern(r"(?:[^\W\d_]{2}|[^\W\d_a-zA-Z]|,) (\))(?= \w)")
#: One of these is in each of the two; a text without is left at once.
APART_SIGNS = (" .", " ,", "\t.", "\t,", " ) ")
MAY_BE_APART = Pattern(r"[ \t][.,]| \) ")
#: A mark at a word, before a word in lower case; and one that no prose has at a word at all.
ATTACHED = Pattern(r"[!?;:] (?=[a-zß-öø-ÿœ]{1,30}[\s,.;:])")
TYPISTS_MARKS = {mark: Pattern(rf"(?<=[^\W_]){mark}(?= \w)") for mark in "_~"}
#: Two marks of which each ends a part of a sentence in its own way.
CLASH = Pattern(r"[,;:][,;:] (?=[^\W\d_])")
#: What all blocks have that hold such marks.
MAY_BE_ATTACHED = Pattern(r"[!?;:,](?:[,;:] | (?<!, )[a-zß-öø-ÿœ])")
#: The word a mark stands at.
LAST_WORD = Pattern(r"(?<![\w'’.-])[^\W\d_]+$")
#: An exclamation that goes on in lower case is one word of so many letters at least.
EXCLAIMED = 3
#: Every comma and full stop that ends a word, and those among them that stand apart.
MARK = Pattern(r"[.,](?=\s|$)")
APART = Pattern(r"(?<=\s)[.,](?=\s|$)")
#: A text of which so many marks stand apart is tokenised: that is its style.
TOKENISED_SHARE, TOKENISED_MARKS = 0.3, 6
#: How many characters around the marks are looked at.
NEAR = 300
#: A closing quote that may belong to two commas written as a low quote.
CLOSING = ("''", "”", "“", '"', "’’")
#: Languages that write low quotes as two commas, often with a space after them.
LOW_COMMAS = frozenset(("nl",))


class OrphanPunctuation(DocumentRule):
    """Punctuation marks that belong to no word: ". .", " ,", a full stop alone.

    ## What it does
    Looks for commas and full stops that stand apart from the word before them, for two of them in a row, for a
    bracket that closes nothing between two spaces, for a mark right after an article or a preposition ("of! the"), for
    an exclamation that goes on in lower case ("the bridge! stays closed"), for two marks that clash (",;"), and for a
    typist's mark at a word ("bridge_ stays").

    ## Why is this bad
    Such marks are what machine translation and rewriting leave where words were taken out. Sentence splitters fall
    over them.

    ## Example
    ```text
    The bridge will stay closed until March. .
    ```

    ## Fix
    Two equal marks become one, and the space before a comma or before the last full stop is dropped; both are safe.
    Anything else needs an editor.

    A single space before a comma or before a paragraph's last stop is a slip, reported as info.

    ## Limits
    Ellipses, French spaces before ; : ! ?, decimals, file names, low quotes written as two commas, initials, and texts
    in which most marks stand apart (tokenised text) are left alone.
    """

    code: ClassVar[str] = "TRA002"
    name: ClassVar[str] = "orphan-punctuation"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterator[Hit]:
        """Yield a hit for each run of orphan marks."""
        words = self._words(document.language)
        blocks, text = document.blocks, prose(document)
        hits = [
            hit
            for index in (text.holding(MAY_BE_APART) if any(sign in text.text for sign in APART_SIGNS) else ())
            for hit in _orphans(blocks[index], document, words)
        ]
        if hits and not _tokenised(document.text):
            yield from hits
        near = {*text.holding(MAY_BE_ATTACHED)}
        for mark in document.characters & TYPISTS_MARKS.keys():
            near.update(text.holding(TYPISTS_MARKS[mark]))
        for index in sorted(near):
            yield from _attached(blocks[index], document, words)

    def _words(self, language: str | None) -> "Words":
        tables = self.lexicon(language).get(self.name, {})
        return Words(*(frozenset(tables.get(name, "").split()) for name in Words._fields))


class Words(NamedTuple):
    """What a language says of the words that marks stand at; see the tables ``orphan-punctuation`` of the lexicons."""

    articles: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    exclamations: frozenset[str]

    def is_function_word(self, word: str) -> bool:
        """Whether a word cannot end a sentence."""
        return word in self.articles or word in self.determiners or word in self.prepositions


def _orphans(block: Block, document: Document, words: "Words") -> Iterator[Hit]:
    text = block.text
    for found in RUN.finditer(text):
        if not _deliberate(text, found.start(), found.end(), document.language):
            yield _apart(block, found, words)
    if " ) " in text and text.count(")") > text.count("("):
        for found in BRACKET.finditer(text):
            at = block.start + found.start(1)
            yield _hit(Span(at, at + 1), "Closing bracket that closes nothing: “)”")


def _apart(block: Block, found: "re.Match[str]", words: "Words") -> Hit:
    before = block.text[max(found.start() - NEAR, 0) : found.start()].rsplit(None, 1)[-1:]
    function_word = bool(before) and words.is_function_word(before[0])
    run = found[0]
    marks = run.split()
    shown = run.strip()
    rest = block.text[found.end() :].lstrip('"”» ')
    at_end = not rest or (rest[0].isupper() and not function_word)
    fix = severity = None
    if run[0] in " \t" and (marks == [","] or (marks == ["."] and at_end)):
        message, severity = f"Space before “{shown}”", Severity.INFO
    elif marks == ["."]:
        message = "Full stop alone in the sentence"
    else:
        message = f"Orphan punctuation: “{shown}”"
    equal = {*"".join(marks)}
    if found.start() and (severity or equal == {","} or (equal == {"."} and len(marks) == 2 and run[0] == ".")):
        span = Span(block.start + found.start(), block.start + found.end())
        fix = Fix(Applicability.SAFE, (Edit(span, marks[0][0]),))
    return _hit(Span(block.start + found.end() - len(shown), block.start + found.end()), message, fix, severity)


def _deliberate(text: str, start: int, end: int, language: str | None) -> bool:
    """Whether the marks from ``start`` to ``end`` are an ellipsis, a quote, a number, initials or a bullet."""
    run = text[start:end]
    before, after = text[max(start - NEAR, 0) : start], text[end : end + NEAR]
    word = before[-3:].split(" ")[-1]
    if run.count(".") > 2 or before.endswith(".") or after.lstrip().startswith("."):
        return True
    if not before and not run.startswith(", "):
        # A full stop at the start of a line is a bullet, a comma never is.
        return not (run.strip() == "," and after[:1] == " ")
    if before.endswith(("(", "[", "«", "“", "„", "‘", "/", "<", "=", "*", "-", "–", "—")):
        return True
    if ",," in run and (language in LOW_COMMAS or any(quote in after for quote in CLOSING)):
        return True
    if before[-1:].isdigit() and after.lstrip()[:1].isdigit():
        return True
    # Initials set with spaces: "J . R . Hartley".
    return len(word) == 1 and word.isupper() and run.strip() == "."


def _tokenised(text: str) -> bool:
    apart = len(APART.findall(text))
    return apart >= TOKENISED_MARKS and apart >= TOKENISED_SHARE * len(MARK.findall(text))


def _attached(block: Block, document: Document, words: Words) -> Iterator[Hit]:
    """Marks that stand at a word where no author sets them."""
    text = block.text
    quotations = Quotations(text)
    for found in ATTACHED.finditer(text):
        at = found.start()
        before = LAST_WORD.search(text[max(at - NEAR, 0) : at]) if text[at - 1 : at].isalpha() else None
        if before is not None and _is_misplaced(before[0], text[at], words, quotations, at):
            shown = before[0] + text[at]
            yield _hit(Span(block.start + at, block.start + at + 1), f"Punctuation after “{before[0]}”: “{shown}”")
    if words.articles or words.determiners:
        for found in CLASH.finditer(text):
            at, marks = found.start(), found[0].rstrip()
            if "," in marks and len({*marks}) == 2 and text[at - 1 : at].isalnum():
                yield _hit(Span(block.start + at, block.start + at + 2), f"Two marks that clash: “{marks}”")
    for mark, pattern in TYPISTS_MARKS.items() if document.format == "text" else ():
        # Two of them emphasise what stands between them.
        if text.count(mark) == 1 and (alone := pattern.search(text)):
            yield _hit(Span(block.start + alone.start(), block.start + alone.end()), f"Stray “{mark}” at a word")


def _is_misplaced(word: str, mark: str, words: Words, quotations: Quotations, at: int) -> bool:
    """Whether a mark between this word and one in lower case belongs to neither."""
    if mark == ":":
        return word in words.articles
    if mark != "!":
        return word in words.articles or word in words.determiners
    if words.is_function_word(word):
        return True
    known = bool(words.articles or words.determiners)
    plain = len(word) >= EXCLAIMED and word.islower() and word not in words.exclamations
    return known and plain and not quotations.is_open(at)


def _hit(span: Span, message: str, fix: Fix | None = None, severity: Severity | None = None) -> Hit:
    return Hit(span, message, "delete the mark, or restore the words that stood there", severity, fix=fix)
