"""Does a text consist of names alone? What tells a credit or a byline from a sentence."""

import re

#: What may stand uncapitalised inside names, and what joins them; in the languages whose news we read.
PARTICLES = frozenset(
    """a à al and at aus av avec bei bin by c/o com con courtesy da dal dalla das de degli dei del della den der des di do dos du e ed
    el em en et et. for für i ibn im in la las le les lo los l' d' m mit met of op pour por par the ten ter til to u. und van
    vom von y via voor with z za zu zum zur & + x och og""".split()
)
SEPARATORS = re.compile(r"[\s/|,;&+()\[\]·•:–—]+")
#: Dates, years and numbers of licences prove nothing; an address stands for a name.
NUMBER = re.compile(r"[\d.,:%]+$")
ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+){0,3}\.[a-z]{2,6}$")
#: A name with its initials and hyphens; digits belong to no name.
PERSON_WORD = re.compile(r"[^\W\d_][\w.'’‑-]*$")
JOINT = re.compile(r"\s*(?:,|;|\||&|\+|/|\s(?:and|et|und|y|e|ed|en|og|och|avec|with|mit|con|com|met)\s)\s*")
#: A person's names inside the particles: a first and a last name at least.
FEWEST, MOST = 2, 5


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
    capitalised = 0
    for word in words:
        bare = word.strip(".'\"«»“”„").lower()
        if NUMBER.match(bare):
            continue
        if word.lstrip("'\"«“„@")[:1].isupper() or bare in known or ADDRESS.match(bare):
            capitalised += 1
        elif word not in PARTICLES and not word.startswith(("d'", "d’", "l'", "l’", "al-", "el-")):
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
    return all(PERSON_WORD.match(word) and (word[0].isupper() or word in PARTICLES) for word in words)
