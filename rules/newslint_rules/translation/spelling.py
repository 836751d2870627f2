"""How alike two spellings of a name are: accents, hyphens, letters of a transliteration, slips of the keyboard."""

import re
import unicodedata
from functools import cache, lru_cache

JOINTS = re.compile(r"[ \u00a0‐‑-]+")
LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

#: What one sound becomes when names pass from one alphabet, or one language, to another; the first that fits counts.
SOUNDS = (
    ("tsch|tch|sch|sh|ch|cz", "s"),
    ("ck|kh|q|c(?![eiy])", "k"),
    ("ou|oo", "u"),
    ("ph", "f"),
    ("th", "t"),
    ("gh", "g"),
    # Ukrainian г is h or g in other alphabets.
    ("(?<=[aeiouy])h(?=[aeiouy])", "g"),
    ("tz", "ts"),
    ("w", "v"),
    ("x", "ks"),
    ("y|(?<=.)j", "i"),
)
DOUBLED = re.compile(r"(.)\1+")


@cache
def _sounds() -> re.Pattern[str]:
    return re.compile("|".join(f"({pattern})" for pattern, _ in SOUNDS))


@lru_cache(1 << 16)
def fold(word: str, german: bool = False) -> str:
    """The word without accents and capitals; a German umlaut is another letter, since it makes plurals."""
    word = word.lower()
    if word.isascii():
        return word
    word = word.casefold().translate(LETTERS)
    if german:
        word = word.translate(UMLAUTS)
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


@lru_cache(1 << 16)
def sound(folded: str) -> str:
    """A key that spellings of one name share: transliterated letters made equal, doubled ones single."""
    replaced = _sounds().sub(lambda found: SOUNDS[(found.lastindex or 1) - 1][1], folded)
    return DOUBLED.sub(r"\1", replaced)


def parts(name: str) -> list[str]:
    """The words of a name, whether spaces or hyphens join them."""
    return [name] if name.isalnum() else JOINTS.split(name)


def is_slip(a: str, b: str) -> bool:
    """Whether one slip inside the word (a letter more, less, other, or two swapped) makes ``a`` of ``b``.

    Ends of words do not count: there a letter is an inflection.
    """
    if a == b or a[:1] != b[:1] or a[-2:] != b[-2:]:
        return False
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    start = next((i for i in range(len(a)) if a[i] != b[i]), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    return a[start + 1 :] == b[start + 1 :] or (
        a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
    )
