"""TRA003 untranslated-words."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from pathlib import Path
from typing import ClassVar

from newslint.document import Block, Document
from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint.text.foreign_words import bounds
from newslint.text.language import canonical
from newslint.text.lexicon import load
from newslint.text.quotations import unquoted
from newslint.text.scripts import has_other_letters
from newslint.text.strangers import LANGUAGES
from newslint.text.vocabulary import WORD
from newslint_rules.language.foreign import SURE, language_name, stretches
from newslint_rules.translation.foreign_runs import Passage, Run, Token
from newslint_rules.translation.suspects import Strength, Suspect, suspects

#: What of a language other languages use: kept apart from the lexicons, which many rules load for the host.
ABROAD = Path(__file__).parent / "abroad"
#: Words a sentence must have, and how many of them there must be for each suspect one: a sentence with more is in
#: another language or a dialect as a whole.
LEAST_WORDS, WORDS_PER_SUSPECT = 5, 3
#: What a text says more often than this it means.
MOST_TIMES = 2
#: A quotation of so many words, most of which the host knows, is the document's own language.
QUOTED_WORDS, QUOTED_SHARE, QUOTED_BOUND = 6, 0.6, 0.8
#: How far before a run a word may announce it ("known in German as"), and brackets of how many words explain a term.
ANNOUNCED, GLOSS_WORDS = 3, 4
#: No borrowed phrase has more words.
AROUND = 8
#: So many characters before and after a run are looked at for that.
NEAR = 80
CLOSED = re.compile(r"[)\]]")
#: What stands at a word that is no word of its own: a part of a compound, of an address or a tag, an emphasised one.
BEFORE = re.compile(r"[\w'’ʼ´`/.@#&*\\\u0300-\u036f-]")
AFTER = re.compile(r"[\w/@*\u0300-\u036f-]|['’ʼ.]\w")
#: Alarms at these nats were right in nine of ten cases, with every nat more three times as often.
CONFIDENCE_MIDDLE = 3.5


class UntranslatedWords(DocumentRule):
    """Words of another language that a translation left inside a sentence.

    ## What it does
    Looks for words that the language of the article hardly ever uses and another one uses all the time ("verletzt" in
    an English sentence), alone or in a row, and for words in another script. Words in quotation marks or brackets,
    names, terms that the article repeats, and phrases that languages borrow from each other ("coup d'état", "in vitro",
    "made in") stay.

    ## Why is this bad
    Machine translation leaves a word as it was when it cannot make anything of it. The sentence cannot be understood
    without the original.

    ## Example
    ```text
    Two of the hikers were verletzt when the path gave way.
    Le maire a déclaré that the pont resterait fermé.
    ```

    ## Limits
    Works in English, French, German, Spanish, Italian, Portuguese and Dutch. A single word is reported where its
    language is sure: not a word that both languages have, nor an English technical term. Whole sentences in another
    language are the subject of `foreign-passage` and `foreign-caption`.
    """

    code: ClassVar[str] = "TRA003"
    name: ClassVar[str] = "untranslated-words"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterator[Hit]:
        """Yield a hit for each run of foreign words."""
        host = canonical(document.language or "")
        if host is None or host not in LANGUAGES or document.language_confidence < SURE:
            return
        words = frozenset[str]().union(*document.words)
        if found := suspects(words, host):
            # Figures part words.
            holders = {
                word
                for word in words
                if word in found or not (word.isalpha() or found.keys().isdisjoint(WORD.findall(word)))
            }
            yield from self._words(document, host, found, holders)
        if has_other_letters(document.text):
            yield from self._scripts(document, host)

    def _words(self, document: Document, host: str, found: Mapping[str, Suspect], holders: Set[str]) -> Iterator[Hit]:
        near = {
            sentence.block
            for sentence, words in zip(document.sentences, document.words, strict=True)
            if not holders.isdisjoint(words)
        }

        wanted = [index for index in sorted(near) if _may_hold_run(document.blocks[index], found)]
        for block, text, start, end in _sentences(document, host, wanted):
            words = list(WORD.finditer(text, start, end))
            places = {
                match.start(): found[match.group()]
                for match in words
                if match.group() in found and _is_separate(text, match.start(), match.end())
            }
            if not places or len(words) < max(LEAST_WORDS, len(places) * WORDS_PER_SUSPECT):
                continue
            passage = Passage(text, start, end, host, places, self._words_of(host, "determiners"), _links)
            for run in passage.runs():
                if self._is_meant(passage.tokens, run, host) or _is_aside(text, start, run.start, run.end):
                    continue
                noun = "words" if run.last > run.first else "word"
                said = text[run.start : run.end]
                if _may_report(document, block, run.start, run.end):
                    yield _hit(
                        block,
                        run.start,
                        run.end,
                        f"Untranslated {language_name(run.language)} {noun}: “{said}”",
                        {"language": run.language, "host": host, "confidence": _confidence(run.nats)},
                    )

    def _scripts(self, document: Document, host: str) -> Iterator[Hit]:
        # Its patterns over whole scripts take long to compile, and most documents have one script.
        from newslint_rules.translation.script_runs import script_runs

        wanted = [index for index, block in enumerate(document.blocks) if has_other_letters(block.text)]
        for block, text, start, end in _sentences(document, host, wanted):
            if len(WORD.findall(text, start, end)) < LEAST_WORDS:
                continue
            for run in script_runs(text, start, end):
                announced = text[max(start, run.start - NEAR) : run.start].lower().split()[-ANNOUNCED:]
                if not self._words_of(host, "mentions").isdisjoint(announced):
                    continue
                if _is_aside(text, start, run.start, run.end) or not _may_report(document, block, run.start, run.end):
                    continue
                kind = language_name(run.language) if run.language else run.script
                yield _hit(
                    block,
                    run.start,
                    run.end,
                    f"Untranslated {kind} word: “{text[run.start : run.end]}”",
                    {"language": run.language, "host": host, "script": run.script, "confidence": 0.99},
                )

    def _is_meant(self, sentence: Sequence[Token], run: Run, host: str) -> bool:
        """Whether a run is a phrase that other languages borrow, a German institution, or announced as a term."""
        start = max(0, run.first - AROUND)
        words = [token.core.lower().replace("’", "'") for token in sentence[start : run.last + 1 + AROUND]]
        first, last = run.first - start, run.last - start
        if not self._words_of(host, "mentions").isdisjoint(words[max(0, first - ANNOUNCED) : first]):
            return True
        if _has_phrase(words, first, last, _borrowed(run.language)):
            return True
        if run.language != "de" or not sentence[run.first].is_capital or last > first:
            return False
        begins, ends = tuple(_abroad("de", "institutions")), tuple(_abroad("de", "places"))
        return words[first].startswith(begins) or words[first].endswith(ends)

    def _words_of(self, host: str, table: str) -> frozenset[str]:
        return frozenset(self.lexicon(host)[self.name][table].split())


def _may_hold_run(block: Block, found: Mapping[str, Suspect]) -> bool:
    """Whether a block has a suspect word that may stand alone, or several."""
    seen = [found[word] for word in WORD.findall(block.text) if word in found]
    return len(seen) > 1 or (bool(seen) and seen[0].strength is not Strength.WEAK)


@cache
def _borrowed(language: str) -> frozenset[str]:
    """Words and phrases of a language, and Latin ones, that other languages use as they are."""
    lists = (load(ABROAD, code)["borrowed"] for code in (language, "mul"))
    return frozenset(" ".join(phrase.split()) for phrases in lists for phrase in phrases.split(","))


@cache
def _abroad(language: str, name: str) -> frozenset[str]:
    """A list of single words of a language that matters in articles of other languages."""
    return frozenset(load(ABROAD, language)[name].split())


def _links(language: str) -> frozenset[str]:
    return _abroad(language, "links")


def _has_phrase(words: Sequence[str], first: int, last: int, phrases: Collection[str]) -> bool:
    """Whether a phrase holds the words from ``first`` to ``last``; of more than two it may lack one."""
    size = last + 1 - first
    wanted = size if size < 3 else size - 1
    for start in range(max(0, first + 1 - AROUND), last + 1):
        for end in range(max(start, first) + 1, min(start + AROUND, len(words)) + 1):
            inside = min(end, last + 1) - max(start, first)
            if inside >= wanted and " ".join(words[start:end]) in phrases:
                return True
    return False


def _sentences(document: Document, host: str, wanted: Iterable[int]) -> Iterator[tuple[Block, str, int, int]]:
    """Yield the sentences of wanted blocks: the block, its text without quotations, start and end in that text."""
    for index in wanted:
        block = document.blocks[index]
        if block.kind == "quote":
            continue
        text = unquoted(block.text, lambda quotation: _is_own(quotation, host))
        for sentence in document.sentences_of(index):
            yield block, text, sentence.start - block.start, sentence.end - block.start


def _is_separate(text: str, start: int, end: int) -> bool:
    return (start == 0 or BEFORE.match(text, start - 1) is None) and AFTER.match(text, end) is None


def _is_own(quotation: str, host: str) -> bool:
    words = [word for word in WORD.findall(quotation) if word.islower()]
    limit = bounds(host)
    known = sum(limit[word] < QUOTED_BOUND for word in words)
    return len(words) >= QUOTED_WORDS and known >= QUOTED_SHARE * len(words)


def _is_aside(text: str, start: int, at: int, end: int) -> bool:
    """Whether a run stands in short brackets of its own, which explain a term."""
    before = text[max(start, at - NEAR) : at]
    opened = max(before.rfind("("), before.rfind("["))
    if opened < 0 or CLOSED.search(before, opened):
        return False
    closed = CLOSED.search(text, end, end + NEAR)
    return closed is not None and len((before[opened:] + text[at : closed.start()]).split()) <= GLOSS_WORDS


def _may_report(document: Document, block: Block, start: int, end: int) -> bool:
    """Whether the text does not say it again and again, and no foreign sentence is reported at the same place."""
    counts = document.layer(_counts)
    if min((counts[word] for word in WORD.findall(block.text, start, end)), default=0) > MOST_TIMES:
        return False
    return not any(
        stretch.span.start < block.start + end and block.start + start < stretch.span.end
        for stretch in stretches(document)
    )


def _counts(document: Document) -> Counter[str]:
    return Counter(WORD.findall(document.text))


def _hit(block: Block, start: int, end: int, message: str, data: Mapping[str, object]) -> Hit:
    return Hit(
        Span(block.start + start, block.start + end),
        message,
        "translate it, or set it in quotation marks if it is meant to stand as it is",
        data=data,
    )


def _confidence(nats: float) -> float:
    return round(1 / (1 + math.exp(CONFIDENCE_MIDDLE - min(nats, 12.0))), 3)
