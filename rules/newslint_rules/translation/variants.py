"""When two spellings are one name: what differs between them, and how sure that is."""

from collections.abc import Iterator
from typing import NamedTuple

from newslint_rules.translation.names import Names, openers
from newslint_rules.translation.spelling import fold, is_slip, parts, sound

ACCENT, CASE, HYPHEN, SPELLING, SLIP = "accent", "case", "hyphen", "spelling", "slip"
#: Languages in which a hyphen does not make an adjective of a name ("a White-House official").
PLAIN_HYPHENS = frozenset(("fr", "es", "it", "pt"))
SAINTS = frozenset(("saint", "sainte", "saints", "st", "ste", "san", "santa", "santo", "sankt", "sant", "sint"))
INFLECTIONS = frozenset(("s", "e", "n", "es", "en", "er"))
ACRONYM_LETTERS = range(3, 7)


class Difference(NamedTuple):
    """What differs between two spellings, and whether that is all but certain to be a mistake.

    Accents and capitals ("Etat", "Nato") are a matter of style, even where an article has two of them.
    """

    kind: str
    sure: bool


def keys(names: Names, language: str) -> Iterator[tuple[str, str]]:
    """Yield a key and a name for every way in which another spelling of the name may be found."""
    german = language == "de"
    for name in names.pairs:
        words = [fold(word, german) for word in parts(name)]
        yield "=" + " ".join(map(sound, words)), name
        if len(words) == 2 and len(words[1]) >= 6:
            # Slips leave the other word, the ends of this one and (nearly always) its set of consonants.
            yield f"~{words[0]} {words[1][0]}{''.join(sorted(set(words[1]) - set('aeiouy')))}", name
    for name in names.alone:
        words = [fold(word, german) for word in parts(name)]
        if len(words) > 1:
            yield "=" + " ".join(map(sound, words)), name
        elif len(name) >= 3 and ((not german and name not in names.joined) or name.isupper()):
            yield "!" + words[0], name


def difference(name: str, other: str, language: str) -> Difference | None:
    """What differs between two spellings that share a key; None where they may well be two names."""
    german = language == "de"
    one, two = parts(name), parts(other)
    if len(one) != len(two):
        return None
    folded = [(fold(a, german), fold(b, german)) for a, b in zip(one, two, strict=True)]
    unlike = [(a, b) for a, b in folded if a != b]
    if unlike:
        return _respelled(folded, unlike, language)
    if _joints(name) != _joints(other):
        # German joins words with hyphens or leaves them out, by rules of its own.
        if german or folded[0][0] in SAINTS:
            return None
        return Difference(HYPHEN, language in PLAIN_HYPHENS and all(len(a) >= 4 for a, _ in folded))
    if name.lower() != other.lower():
        if len(one) == 1 and (german or name[-1].lower() != other[-1].lower()):
            return None
        return Difference(ACCENT, False)
    return _recased(name, other, len(one))


def _respelled(folded: list[tuple[str, str]], unlike: list[tuple[str, str]], language: str) -> Difference | None:
    if folded[0] not in unlike and folded[0][0] in openers(language):
        return None
    if len(unlike) == len(folded) and any(min(len(a), len(b)) < 6 for a, b in unlike):
        return None
    if any(min(len(a), len(b)) < 4 for a, b in unlike):
        return None
    if any(_inflected(a, b) for a, b in unlike):
        return None
    if all(sound(a) == sound(b) for a, b in unlike):
        return Difference(SPELLING, language != "de")
    a, b = folded[-1]
    if unlike == [(a, b)] and len(folded) == 2 and min(len(a), len(b)) >= 6 and is_slip(a, b):
        return Difference(SLIP, False)
    return None


def _inflected(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    ending = long[len(short) :]
    return long.startswith(short) and ending in INFLECTIONS and not short.endswith(ending)


def _recased(name: str, other: str, words: int) -> Difference | None:
    if words > 1:
        return Difference(CASE, False)
    upper, title = sorted((name, other))
    if upper.isupper():
        acronym = len(upper) in ACRONYM_LETTERS and title == upper.capitalize()
        return Difference(CASE, False) if acronym else None
    return Difference(CASE, False) if len(name) >= 5 else None


def _joints(name: str) -> list[bool]:
    return [char in " \u00a0" for char in name if char in " \u00a0-‐‑"]
