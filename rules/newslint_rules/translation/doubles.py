"""Whether a single word that stands twice in a row does so by mistake, in the languages whose words are known."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

#: How well known a word has to be (nats above the floor of the word table) where its length does not vouch for it.
#: Unknown short words are loans and names that are made by doubling ("pili pili", "tuk tuk").
FAMILIAR, LONG_WORD = 0.5, 7
#: The most frequent words, about sixty a language: if the lists do not name one, nobody said that it cannot double.
CLOSED_CLASS = 9.3
#: Names and titles are made by doubling ("Duran Duran"), but not long ones, nor those that everybody knows by one word.
LONG_NAME, SHORT_NAME, KNOWN_NAME = 8, 4, 5.0
#: How far back the word may stand that opens the clause, in words.
CLAUSE = 12
FIRST_WORD = re.compile(r"\s+([^\W\d_]+)")
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


class Lists(NamedTuple):
    """The words of a language by what doubling them means; see the tables ``repeated-word`` of the lexicons."""

    language: str
    never: frozenset[str]
    seldom: frozenset[str]
    natural: frozenset[str]
    verbs: frozenset[str]
    relatives: frozenset[str]
    determiners: frozenset[str]
    links: frozenset[str]
    conjunctions: frozenset[str]
    subjects: frozenset[str]
    kin: frozenset[str]
    interjections: frozenset[str]
    names: frozenset[str]
    particles: frozenset[str]
    adverbs: frozenset[str]

    @classmethod
    def read(cls, language: str, *tables: Mapping[str, Any]) -> "Lists":
        """The lists of a language from its own table and that of all languages."""
        joined = {name: text for table in tables for name, text in table.items()}
        return cls(language, *(frozenset(joined.get(name, "").split()) for name in cls._fields[1:]))

    def says_much(self, letter: str) -> bool:
        """Whether a single letter is a word that may be judged."""
        return any(letter in words for words in (self.never, self.seldom, self.verbs))


def is_double(raw: Sequence[str], before: Sequence[str], after: str, lists: Lists) -> bool:
    """Whether a doubled word is one too many.

    Args:
        raw: the copies as they stand in the text, two or more.
        before: the words of the sentence before it, the last ones at least.
        after: the text right after it, two characters at least unless it ends.
        lists: the words of the language.
    """
    word = raw[0].lower()
    if word in lists.natural or (len(raw) > 2 and word in lists.conjunctions):
        return False  # "und und und": and so on
    if word in lists.interjections and word not in lists.never and word not in lists.seldom:
        return False
    if word.isdigit():
        return YEAR.fullmatch(word) is not None and bool(before) and before[-1].isalpha()
    if not word.isalpha() or (len(word) < 2 and not lists.says_much(word)):
        return False
    if raw[1].islower():
        # A capital at the start of a sentence; elsewhere a name met its word.
        may_be = raw[0].islower() or word in lists.never
        return may_be and _is_lower_double(word, before, after, lists)
    return len(set(raw)) == 1 and not raw[0].isupper() and _is_doubled_name(word, before, lists)


def _is_lower_double(word: str, before: Sequence[str], after: str, lists: Lists) -> bool:
    following = FIRST_WORD.match(after)
    if following and (
        (word in lists.particles and following[1][0].isupper()) or (len(word) == 1 and following[1] in lists.adverbs)
    ):
        return False
    if word in lists.never:
        return True
    earlier = [word.lower() for word in before]
    if (not lists.verbs or word in lists.verbs) and not lists.relatives.isdisjoint(earlier):
        return False
    is_noun = bool(earlier) and earlier[-1] in lists.determiners and following is not None and following[1][0].islower()
    if is_noun and (word in lists.verbs or word[-1] in "ea"):
        # Noun and verb of one spelling: "le reste reste", "la marcha marcha".
        return False
    if word in lists.seldom or word in lists.verbs:
        return True
    known = _familiarity(word, lists.language)
    return known < CLOSED_CLASS and (known >= FAMILIAR or len(word) >= LONG_WORD)


def _is_doubled_name(word: str, before: Sequence[str], lists: Lists) -> bool:
    if word in lists.names or not before:
        return False
    if len(word) >= LONG_NAME:
        return True
    known = _familiarity(word, lists.language) >= KNOWN_NAME
    # German writes every noun like a name.
    inside = before[-1] in lists.links or before[-1][0].isupper() or lists.language == "de"
    return known and len(word) >= SHORT_NAME and inside


def _familiarity(word: str, language: str) -> float:
    """How often the language has the word, in nats above the floor of the word table."""
    from newslint.text.vocabulary import KNOWN

    return KNOWN[word].get(language, 0.0)
