"""Whether a phrase that stands twice or more in a row does so by mistake.

Natural prose hardly ever repeats a phrase at once: in 38,000 lines of news and web pages that were taken as clean,
every repetition of two words or more without a mark between the copies was an error, or of one of the few kinds that
are named here; with a comma between them none had more than four words.
"""

from newslint_rules.translation.cycles import Cycle
from newslint_rules.translation.doubles import Lists
from newslint_rules.translation.passage import COMMA, JOINED, SENTENCE, SPACE, Passage

#: From so many copies on a phrase loops, in any language; a single word after commas ("never, never, never") and a
#: chant in a quotation need more.
LOOP, LISTED_LOOP, ENDLESS = 4, 6, 7
#: So many copies are no emphasis any more, outside quotations.
THRICE = 3
#: Two copies with a comma between them are emphasis, or the second goes on ("a skill, a skill that"), unless they have
#: so many words; fewer do where the second copy ends the clause.
LONG_PHRASE, CLOSED_PHRASE = 6, 4
#: Two equal sentences are a slogan unless they have so many words.
LONG_SENTENCE = 8
#: A phrase has a word of so many letters, a word that loops alone has more.
LETTERS, LETTERS_ALONE = 3, 4
#: Turns of speech ("friends of a friend of a friend") repeat at most so many words.
TURN = 4


def is_loop(passage: Passage, cycle: Cycle, interjections: frozenset[str]) -> bool:
    """Whether a word or phrase goes on and on, which is a mistake in any language."""
    words = passage.words[cycle.first : cycle.first + cycle.period]
    if not _says_something(words, LETTERS_ALONE if cycle.period == 1 else LETTERS) or interjections.issuperset(words):
        return False
    joints = passage.joints(cycle)
    if joints == {SPACE}:
        return cycle.copies >= LOOP
    if not joints <= {SPACE, COMMA} or passage.is_quoted(cycle):
        return cycle.period > 1 and cycle.copies >= ENDLESS
    return cycle.copies >= (LOOP if cycle.period > 1 else LISTED_LOOP)


def is_slip(passage: Passage, cycle: Cycle, lists: Lists) -> bool:
    """Whether a phrase of two words or more stands twice or three times in a row by mistake."""
    words = passage.words[cycle.first : cycle.first + cycle.period]
    if not _says_something(words, LETTERS) or not passage.is_alike(cycle) or not passage.is_free(cycle):
        return False
    if JOINED in passage.joints(cycle) or lists.interjections.issuperset(words):
        return False
    joint = passage.heaviest(cycle)
    if joint == SPACE:
        return not _is_turn(passage, cycle, words, lists)
    if joint == COMMA:
        if passage.is_quoted(cycle):
            return False
        closed = passage.around(cycle)[1].lstrip()[:1] in {"", *".,;:!?…)"}
        return cycle.copies >= THRICE or cycle.period >= (CLOSED_PHRASE if closed else LONG_PHRASE)
    least = LONG_SENTENCE if cycle.copies < THRICE else CLOSED_PHRASE
    return joint == SENTENCE and cycle.period >= least and not passage.is_quoted(cycle)


def _says_something(words: list[str], letters: int) -> bool:
    """Whether the words are words: a long enough one, and more letters than figures."""
    is_word = any(len(word) >= letters and word.isalpha() for word in words)
    return is_word and 2 * sum(map(str.isdigit, words)) < len(words)


def _is_turn(passage: Passage, cycle: Cycle, words: list[str], lists: Lists) -> bool:
    """Whether copies without a mark between them are a turn of speech, a name, or two clauses that meet."""
    raw = passage.raw[cycle.first : cycle.first + cycle.period]
    first, last = words[0], words[-1]
    if cycle.copies < THRICE and all(not word[0].islower() for word in raw):
        return True
    if cycle.period <= TURN and not lists.kin.isdisjoint(words):
        return True
    if lists.natural.issuperset(words):
        return True
    is_content = len(first) > 2 and not any(first in known for known in (lists.links, lists.never, lists.natural))
    if (
        is_content
        and cycle.period <= TURN
        and cycle.copies < THRICE
        # "from town to town to ...", "machines made of machines made of machines"
        and (last in lists.links or (cycle.repeated > cycle.period and not lists.links.isdisjoint(words)))
    ):
        return True
    # "on and on and", "how we think we think", "to have to have"
    return cycle.period == 2 and (first in lists.subjects or not lists.conjunctions.isdisjoint(words))
