"""Does a text consist of names alone? What tells a credit or a byline from a sentence."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from newslint.text.lexicon import load
from newslint.text.patterns import Pattern

SEPARATORS = Pattern(r"[\s/|,;&+()\[\]·•:–—]+")
#: Dates, years and numbers of licences prove nothing; an address stands for a name.
NUMBER = Pattern(r"[\d.,:%]+$")
ADDRESS = Pattern(r"[\w-]+(?:\.[\w-]+){0,3}\.[a-z]{2,6}$")
#: A name with its initials and hyphens; digits belong to no name.
PERSON_WORD = Pattern(r"[^\W\d_][\w.'’‑-]*$")
JOINT = Pattern(r"\s*(?:[,;|&+/]|\s(?:and|et|und|y|e|ed|en|og|och|avec|with|mit|con|com|met)\s)\s*")
#: The scripts that are wide have no capitals.
WIDE_FROM = "\u2e80"
#: A person's names inside the particles: a first and a last name at least.
FEWEST, MOST = 2, 5


class Particles(NamedTuple):
    """What may stand uncapitalised between and inside names, and the agencies, in lower case."""

    joints: frozenset[str]
    nobiliary: frozenset[str]
    agencies: frozenset[str]


@cache
def particles() -> Particles:
    """The small words of names; read when the first name is checked."""
    table = load(Path(__file__).parent / "lexicon", "mul")
    names = table["names"]
    nobiliary = frozenset(names["nobiliary"])
    return Particles(nobiliary | frozenset(names["joints"]), nobiliary, frozenset(map(str.lower, names["agencies"])))


def all_names(text: str, *, known: frozenset[str] = frozenset(), most: int = 16) -> bool:
    """Whether ``text`` holds names and nothing else.

    Every word is capitalised, a particle between names, a number, an address, or one of the ``known`` lower-case words.

    Args:
        text: a few words, for example what follows ``Photo:``.
        known: more words that count as names however they are written, in lower case.
        most: the largest number of words.
    """
    words = [word for word in SEPARATORS.split(text) if word.strip(".'\"«»“”„")]
    if not 1 <= len(words) <= most:
        return False
    joints = particles().joints
    capitalised = 0
    for word in words:
        bare = word.strip(".'\"«»“”„").lower()
        if NUMBER.match(bare):
            continue
        first = word.lstrip("'\"«“„@")[:1]
        if first.isupper() or first >= WIDE_FROM or bare in known or ("." in bare and ADDRESS.match(bare)):
            capitalised += 1
        elif word not in joints and not word.startswith(("d'", "d’", "l'", "l’", "al-", "el-")):
            return False
    return capitalised > 0


def persons(text: str) -> bool:
    """Whether ``text`` lists persons and nothing else, each with a first and a last name."""
    people = [part for part in JOINT.split(text.strip().rstrip(".")) if part]
    return 1 <= len(people) <= 6 and all(map(is_person, people))


def is_person(text: str) -> bool:
    """Whether ``text`` is one person's name: two to five capitalised words, particles between them."""
    words = text.split()
    if not words or not words[0][:1].isupper() or not words[-1][:1].isupper():
        return False
    names = [word for word in words if word[:1].isupper()]
    if not FEWEST <= len(names) <= MOST:
        return False
    # "Von Tür zu Tür", "Von Mensch zu Mensch": nobody is called that.
    if len(set(names)) < len(names):
        return False
    nobiliary = particles().nobiliary
    return all(PERSON_WORD.match(word) and (word[0].isupper() or word in nobiliary) for word in words)
