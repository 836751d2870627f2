"""Runs of foreign words inside a sentence, told from names and typing errors by what stands around them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from newslint.text.strangers import LANGUAGES, weights
from newslint.text.vocabulary import spelling
from newslint_rules.translation.suspects import PLAIN_NOUN_GAP, STRONG_HOME, Strength, Suspect

TOKEN = re.compile(r"\S+")
CORE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: The last part of "l'été" and "porte-parole" says what the whole is.
LAST_PART = re.compile(r"[^\W\d_]+$")

# Nats by which words are more frequent in one language than in the other, or above the table's floor; tuned as those of
# ``suspects``.
#: From this gap on a word belongs to a run of the other language.
OTHER_GAP = 2.5
#: From this value on the host knows a word.
KNOWN = -1.0
#: Words between the capitals of a name lean to its language, or are frequent in it.
NAME_GAP, FREQUENT = 1.0, 8.0
#: A name has so many words before the run at most.
LONGEST_NAME = 12
#: What a run must reach in all if none of its words may stand alone; each word gives so much at most.
RUN_TOTAL, MOST = 10.0, 7.0
#: A run of several words that reaches this much needs no word of the host beside it.
SURE_TOTAL = 12.0
#: The gap of a single word beside a name.
SURE_GAP = 8.0
#: A capitalised German word of so many letters may be a compound that the table lacks.
COMPOUND = 8
#: By so much the spelling of a single word may speak against its language.
UNLIKE = 3.2
#: A host's word that one typing error makes a foreign one has this value at least.
TYPO_KNOWN = 1.0
ACCENTS = {"a": "àâäáãå", "e": "éèêë", "i": "íîïì", "o": "óôöòõ", "u": "úûüù", "c": "ç", "n": "ñ"}
PLAIN = {accented: plain for plain, many in ACCENTS.items() for accented in many}


#: Of the nats of the likeliest language another one must have so much to be looked at for a name.
LIKELY = 0.8
#: A run without function words but links ("coq au vin") needs a word that is this frequent, and this much more so.
TERM_GAP, TERM_ABROAD = 7.5, 4.0


class Kind(Enum):
    """What a token is, seen from a run of another language."""

    OTHER = auto()  # a word of that language
    HOST = auto()
    NAME = auto()
    UNKNOWN = auto()
    NOTHING = auto()  # punctuation, an acronym, or no token at all


class Run(NamedTuple):
    """A run of foreign words.

    Attributes:
        start, end: offsets in the text.
        language: the code of the language it is in.
        first, last: numbers of its first and last token.
        nats: the largest gap of one of its words.
    """

    start: int
    end: int
    language: str
    first: int
    last: int
    nats: float


class Extent(NamedTuple):
    """Where a run may lie, seen from one language: its first and last token, and the nats of all its words."""

    language: str
    first: int
    last: int
    total: float


class Token:
    """A token of a sentence, cut at white space.

    Args:
        text: the token, with its punctuation.
        start: its offset.
        opens: whether it opens the sentence.
        host: the language of the document.
    """

    def __init__(self, text: str, start: int, opens: bool, host: str) -> None:
        core = CORE.search(text)
        self.core = core.group() if core else ""
        self.start, self.end = (start + core.start(), start + core.end()) if core else (start, start + len(text))
        self.opens = opens
        self.is_number = core is None and any(map(str.isdigit, text))
        self.is_capital = core is not None and not self.core.islower()
        # Punctuation that parts it from the token before and after.
        self.parted_before, self.parted_after = not text[0].isalnum(), not text[-1].isalnum()
        self.host = host

    @cached_property
    def word(self) -> str:
        """Its last part in lower case: what tables are asked for."""
        last = LAST_PART.search(self.core)
        return last.group().lower() if last else ""

    def gap(self, language: str) -> float:
        """Nats by which its word is more frequent in a language than in the host's."""
        return weights(self.host, language)[self.word].gap

    def kind(self, language: str) -> Kind:
        """What it is, seen from a run in that language."""
        if not self.core:
            return Kind.HOST if self.is_number else Kind.NOTHING
        if self.core.isupper() and len(self.core) > 1:
            return Kind.NOTHING
        weight = weights(self.host, language)[self.word]
        if not self.is_capital:
            if weight.gap >= OTHER_GAP:
                return Kind.OTHER
            return Kind.HOST if weight.home > KNOWN else Kind.UNKNOWN
        if language == "de" and weight.gap >= PLAIN_NOUN_GAP and weight.home <= STRONG_HOME:
            return Kind.OTHER
        if weight.home > 0 and (self.opens or self.host == "de"):
            return Kind.HOST
        if self.host == "de" and len(self.word) >= COMPOUND and not _leans(self.word, language, "de"):
            return Kind.HOST
        return Kind.NAME

    def is_inside_name(self, language: str) -> bool:
        """Whether a name in that language may have it between its capitals ("des", "nationale")."""
        if self.is_capital or not self.core:
            return False
        weight = weights(self.host, language)[self.word]
        if weight.gap >= NAME_GAP or weight.abroad >= FREQUENT:
            return True
        return weight.home <= KNOWN and _leans(self.word, language, self.host)

    def opens_name(self, language: str) -> bool:
        """Whether it has a capital and may open a name in that language ("Médecins sans frontières")."""
        if not self.is_capital:
            return False
        weight = weights(self.host, language)[self.word]
        return weight.gap > NAME_GAP or (weight.home <= 0 and _leans(self.word, language, self.host))

    def is_typo(self) -> bool:
        """Whether one accent or one doubled letter makes a word of the host of it."""
        known = weights(self.host)
        return any(known[variant].home >= TYPO_KNOWN for variant in _variants(self.word))


class Passage:
    """A sentence as tokens, in which runs of foreign words are looked for.

    Args:
        text: a text without its quotations.
        start, end: where the sentence lies in it.
        host: the language of the document.
        suspects: the suspect words of the sentence by their offset.
        determiners: words of the host that stand before nouns.
        links: gives the words of another language that join the nouns of a term.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        host: str,
        suspects: Mapping[int, Suspect],
        determiners: Collection[str],
        links: Callable[[str], Collection[str]],
    ) -> None:
        found = TOKEN.finditer(text, start, end)
        self.tokens = [Token(match.group(), match.start(), number == 0, host) for number, match in enumerate(found)]
        self._host = host
        self._suspects = suspects
        self._determiners = determiners
        self._links = links

    def runs(self) -> Iterator[Run]:
        """Yield the runs of foreign words that are neither names nor terms nor typing errors."""
        done = 0
        for number, token in enumerate(self.tokens):
            if number < done or token.start not in self._suspects:
                continue
            extents = [self._extent(number, done, language) for language in LANGUAGES if language != self._host]
            best = max(extents, key=lambda extent: (extent.total, extent.last - extent.first))
            done = best.last + 1
            # Words that several languages share may belong to a name in any of them.
            likely = [extent for extent in extents if extent.total >= LIKELY * best.total]
            if self._is_enough(best) and not any(map(self._is_named, likely)) and self._stands(best):
                inside = self.tokens[best.first : done]
                nats = max(part.gap(best.language) for part in inside)
                yield Run(inside[0].start, inside[-1].end, best.language, best.first, best.last, nats)

    def _extent(self, number: int, least: int, language: str) -> Extent:
        """The run around a token in a language."""
        first = last = number
        while first > least and self._joined(first) and self.tokens[first - 1].kind(language) is Kind.OTHER:
            first -= 1
        while self._joined(last + 1) and self.tokens[last + 1].kind(language) is Kind.OTHER:
            last += 1
        total = sum(min(MOST, part.gap(language)) for part in self.tokens[first : last + 1])
        return Extent(language, first, last, total)

    def _joined(self, number: int) -> bool:
        """Whether no punctuation parts a token from the one before it."""
        tokens = self.tokens
        return 0 < number < len(tokens) and not tokens[number].parted_before and not tokens[number - 1].parted_after

    def _is_enough(self, extent: Extent) -> bool:
        """Whether a run has a word that may stand as it does, or enough weak ones, and more than a term has."""
        first, last = extent.first, extent.last
        strengths = {
            suspect.strength
            for part in self.tokens[first : last + 1]
            if (suspect := self._suspects.get(part.start)) is not None and suspect.weight.language == extent.language
        }
        if last > first:
            if Strength.STRONG not in strengths and extent.total < RUN_TOTAL:
                return False
            inside = self.tokens[first : last + 1]
            return self._is_clause(extent) or any(self._is_everyday(part, extent.language) for part in inside)
        if Strength.DETERMINED in strengths and self._joined(first):
            before = self.tokens[first - 1]
            return before.is_number or before.core.lower() in self._determiners
        return Strength.STRONG in strengths

    def _is_clause(self, extent: Extent) -> bool:
        """Whether a run has a function word that does not just join the nouns of a term."""
        links = self._links(extent.language)
        return any(
            weights(self._host, extent.language)[part.word].abroad >= FREQUENT and part.word not in links
            for part in self.tokens[extent.first : extent.last + 1]
        )

    def _is_everyday(self, token: Token, language: str) -> bool:
        """Whether a word is more frequent than those of dishes, offices and works, and no link."""
        weight = weights(self._host, language)[token.word]
        return weight.gap >= TERM_GAP and weight.abroad >= TERM_ABROAD and token.word not in self._links(language)

    def _is_named(self, extent: Extent) -> bool:
        """Whether a run belongs to a name in its language that opens before it."""
        left = extent.first
        least = left - LONGEST_NAME
        while left > least and self._joined(left) and self.tokens[left - 1].is_inside_name(extent.language):
            left -= 1
        if not self._joined(left):
            return False
        opener = self.tokens[left - 1]
        return opener.opens_name(extent.language) or (left < extent.first and opener.is_capital)

    def _stands(self, extent: Extent) -> bool:
        """Whether a run is foreign to its sentence: the host's words beside it, and no names."""
        first, last, language = extent.first, extent.last, extent.language
        before = self.tokens[first - 1].kind(language) if self._joined(first) else Kind.NOTHING
        # A comma after the first word does not part it: "Bisher, the council ...".
        linked = self._joined(last + 1) or (last == 0 and len(self.tokens) > 1)
        after = self.tokens[last + 1].kind(language) if linked else Kind.NOTHING
        named = Kind.NAME in (before, after)
        hosted = Kind.HOST in (before, after)
        if last == first:
            return hosted and self._stands_alone(self.tokens[first], language, named=named)
        inside = self.tokens[first : last + 1]
        if inside[0].is_capital and not inside[0].opens:
            return False  # "Gesellschaft für Bergbahnen"
        if named:
            return hosted and self._is_clause(extent)
        return hosted or extent.total >= SURE_TOTAL

    def _stands_alone(self, token: Token, language: str, *, named: bool) -> bool:
        """Whether a single word is foreign; ``named`` is whether a name stands beside it."""
        if named and (token.is_capital or token.gap(language) < SURE_GAP):
            return False
        return not token.is_typo() and not _leans(token.word, self._host, language, UNLIKE)


def _leans(word: str, language: str, other: str, by: float = 0.0) -> bool:
    """Whether a word is spelled more like one language than like another, by more than so many nats."""
    values = spelling(word)
    return values.get(language, 0.0) > values.get(other, 0.0) + by


def _variants(word: str) -> Iterator[str]:
    """The word with one letter doubled, one of two equal letters left out, one accent set, changed or taken away."""
    for place, char in enumerate(word):
        yield word[:place] + char + word[place:]
        if place and word[place - 1] == char:
            yield word[:place] + word[place + 1 :]
        for accented in ACCENTS.get(char, PLAIN.get(char, "")):
            yield word[:place] + accented + word[place + 1 :]
