"""TRA005 repeated-word."""

from collections.abc import Iterator
from functools import cache
from typing import ClassVar

from newslint.document import Block, Document
from newslint.duplication import recurrences
from newslint.model import Applicability, Edit, Fix, Hit, Severity, Span
from newslint.rule import DocumentRule
from newslint_rules.boilerplate.quoting import quoted
from newslint_rules.translation.cycles import Cycle, cycles, may_cycle
from newslint_rules.translation.doubles import CLAUSE, Lists, is_double
from newslint_rules.translation.loops import is_loop, is_slip
from newslint_rules.translation.passage import SPACE, WORD, Passage

#: Languages whose words are known. In any other only a phrase that goes on and on is a mistake for sure.
KNOWN = frozenset(("fr", "en", "es", "de", "it", "pt", "nl"))


class RepeatedWord(DocumentRule):
    """A word, a phrase or a sentence that stands twice or more in a row.

    ## What it does
    Looks for a word that is doubled by mistake ("of the the council"), for phrases that go round in a loop ("of the
    year of the year of the year"), and for clauses and sentences that are said twice in a row inside a line.

    ## Why is this bad
    Machine translation that loses its place says the same words over and over; typing and editing leave doubled words.
    Readers stumble, and counts of words and phrases go wrong.

    ## Example
    ```text
    The mayor of the the city spoke of the opening of the bridge of the opening of the bridge.
    ```

    ## Fix
    One copy stays. That is safe for a function word that grammar never doubles ("the the"); otherwise an editor should
    see whether another word was meant.

    ## Limits
    Words that grammar or emphasis doubles ("they had had", "nous nous", "die die", "muy muy"), repetition after a comma
    ("very, very"), names ("Duran Duran"), calls and sounds, numbers, slogans and refrains in quotation marks, and
    turns of speech ("day after day after day") are left alone. In languages other than English, French, German,
    Spanish, Italian, Portuguese and Dutch only loops are reported.
    """

    code: ClassVar[str] = "TRA005"
    name: ClassVar[str] = "repeated-word"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterator[Hit]:
        """Yield a hit for each run of copies."""
        for index in recurrences(document).loops:
            block = document.blocks[index]
            words = WORD.findall(block.text.lower())
            if may_cycle(words) and any(True for _ in cycles(words)):
                yield from self._repetitions(block, document)

    def _repetitions(self, block: Block, document: Document) -> Iterator[Hit]:
        lists = _lists(document.language if document.language in KNOWN else None)
        passage = Passage(block.text)
        found = [
            cycle
            for cycle in map(passage.aligned, cycles(passage.words))
            if is_loop(passage, cycle, lists.interjections)
            or (lists.language and _is_slip(passage, cycle, lists, block, document.source))
        ]
        taken = bytearray(len(passage.words))
        for cycle in sorted(found, key=lambda cycle: (-cycle.repeated, cycle)):
            if not any(taken[cycle.first : cycle.last]):
                taken[cycle.first : cycle.last] = bytes([1]) * (cycle.last - cycle.first)
                yield _hit(block, passage, cycle, lists.never)


@cache
def _lists(language: str | None) -> Lists:
    tables = [RepeatedWord.lexicon(tag).get(RepeatedWord.name, {}) for tag in ("mul", language)]
    return Lists.read(language or "", *tables)


def _is_slip(passage: Passage, cycle: Cycle, lists: Lists, block: Block, source: str) -> bool:
    if cycle.period > 1:
        return is_slip(passage, cycle, lists)
    if passage.joints(cycle) != {SPACE} or not passage.is_free(cycle):
        return False
    between = source[block.start + passage.ends[cycle.first] : block.start + passage.starts[cycle.last - 1]]
    raw = passage.raw[cycle.first : cycle.last]
    before, after = passage.clause(cycle.first, CLAUSE), passage.around(cycle)[1]
    # The end of a line may be the end of a heading or an entry.
    return not {"\n", "\r"} & {*between} and is_double(raw, before, after, lists)


def _hit(block: Block, passage: Passage, cycle: Cycle, never: frozenset[str]) -> Hit:
    first, last = cycle.first, cycle.first + cycle.copies * cycle.period
    start, kept, end = passage.starts[first], passage.ends[first + cycle.period - 1], passage.ends[last - 1]
    text = block.text[start:kept]
    if cycle.period == 1 and cycle.copies == 2:
        message = f"Word doubled: {quoted(block.text[start:end])}"
    else:
        kind = "Word" if cycle.period == 1 else "Words"
        message = f"{kind} repeated {cycle.copies} times in a row: {quoted(text)}"
    is_safe = cycle.period == 1 and cycle.copies == 2 and passage.words[first] in never
    copies = Edit(Span(block.start + kept, block.start + end), "")
    return Hit(
        Span(block.start + start, block.start + passage.ends[cycle.last - 1]),
        message,
        "delete the copy" if is_safe else "delete the copies, or restore the words that stood there",
        fix=Fix(Applicability.SAFE if is_safe else Applicability.UNSAFE, (copies,)),
        data={"copies": cycle.copies, "words": cycle.period},
    )
