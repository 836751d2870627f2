"""One language: its words as tables to draw from, and its sentences as patterns over them.

Every table has 65 536 places, filled in proportion to its entries' frequency (Zipf's law), so that a random 16-bit
number draws an entry: this is what makes the generator fast.
"""

import random
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from operator import getitem
from pathlib import Path
from typing import Any, NamedTuple

PLACES = 1 << 16
PATTERNS = 1 << 12
#: What a noun phrase begins with, by slot: masculine, feminine, and before these letters.
VOWELS = {"fr": "aàâeéèêiîoôuûyhœ", "en": "aeiou", "es": ""}
SINGULAR: dict[str, dict[str, tuple[str, str, str | None]]] = {
    "fr": {
        "le": ("le ", "la ", "l’"),
        "du": ("du ", "de la ", "de l’"),
        "au": ("au ", "à la ", "à l’"),
        "un": ("un ", "une ", None),
        "denue": ("de ", "de ", "d’"),
    },
    "en": {"le": ("the ", "the ", None), "du": ("of the ", "of the ", None), "un": ("a ", "a ", "an ")},
    "es": {
        "le": ("el ", "la ", None),
        "du": ("del ", "de la ", None),
        "au": ("al ", "a la ", None),
        "un": ("un ", "una ", None),
    },
}
PLURAL = {
    "fr": {"les": ("les ", "les "), "des": ("des ", "des "), "nues": ("", "")},
    "en": {"les": ("the ", "the "), "des": ("of the ", "of the "), "nues": ("", "")},
    "es": {"les": ("los ", "las "), "des": ("de los ", "de las "), "nues": ("", "")},
}
#: How steeply frequencies fall with the rank: nouns and adjectives (their product makes the phrases), names, places.
STEEPNESS, NAMES_STEEPNESS = 0.6, 0.7

Numbers = Iterator[int]


class Pattern(NamedTuple):
    """A sentence with ``%s`` for its slots, and the table that each slot is drawn from."""

    form: str
    tables: tuple[Sequence[str], ...]

    def fill(self, numbers: Numbers) -> str:
        """One sentence, its first letter capital; takes one number a slot."""
        text = self.form % tuple(map(getitem, self.tables, numbers))
        return text[:1].upper() + text[1:]


class Language(NamedTuple):
    """Patterns (``PATTERNS`` of sentences, few of the rest) and the table of single words for edits."""

    code: str
    sentences: Sequence[Pattern]
    headlines: Sequence[Pattern]
    bylines: Sequence[Pattern]
    appeals: Sequence[Pattern]
    first_lines: Sequence[Pattern]
    last_lines: Sequence[Pattern]
    words: Sequence[str]


@cache
def language(code: str) -> Language:
    """Build the tables and patterns of ``fr``, ``en`` or ``es``: the same in every run; about half a second."""
    source = tomllib.loads((Path(__file__).parent / "languages" / f"{code}.toml").read_text(encoding="utf-8"))
    rng = random.Random(code)
    tables = _tables(code, source, rng)
    build = _Builder(tables, source["quotes"])
    sentences = [build(f"{rng.choice(source['openers'])}{rng.choice(source['clauses'])}{rng.choice(source['tails'])}.")
                 for _ in range(PATTERNS * 15 // 16)]  # fmt: skip
    sentences += [build(rng.choice(source["quotations"]) + ".") for _ in range(PATTERNS - len(sentences))]
    headlines, bylines, appeals, first_lines, last_lines = (
        [build(pattern) for pattern in source[key]]
        for key in ("headlines", "byline", "appeal", "lines_first", "lines_last")
    )
    return Language(code, sentences, headlines, bylines, appeals, first_lines, last_lines, tables["word"])


class _Builder:
    """Turns ``{slot}`` patterns into patterns over tables."""

    def __init__(self, tables: dict[str, Sequence[str]], quotes: Sequence[str]) -> None:
        self._tables = tables
        self._quotes = quotes

    def __call__(self, pattern: str) -> Pattern:
        used: list[Sequence[str]] = []
        # A quotation begins with a capital.
        pattern = pattern.replace("{Q}{", "{Q}{^")
        pieces = pattern.replace("{Q}", self._quotes[0]).replace("{q}", self._quotes[1]).replace("%", "%%").split("{")
        form = pieces[0]
        for piece in pieces[1:]:
            slot, rest = piece.split("}")
            used.append(self._table(slot))
            form += "%s" + rest
        return Pattern(form, tuple(used))

    def _table(self, slot: str) -> Sequence[str]:
        if slot not in self._tables:
            table = self._tables[slot.removeprefix("^")]
            capital = {entry: entry[:1].upper() + entry[1:] for entry in set(table)}
            self._tables[slot] = [capital[entry] for entry in table]
        return self._tables[slot]


def _tables(code: str, source: dict[str, Any], rng: random.Random) -> dict[str, Sequence[str]]:
    verbs = [verb.strip() for verb in " ".join(source["transitive"].split()).split("|")]
    plural_verbs = [f"ont {verb[2:]}" for verb in verbs if verb.startswith("a ")] or verbs
    said = [verb.strip() for verb in " ".join(source["said"].split()).split("|")]
    places = _names(rng, source["place_syllables"], 3000)
    months, days = source["months"].split(), source["weekdays"].split()
    numbers = [_number(round(10 ** rng.uniform(0.5, 5)), source["thousands"]) for _ in range(PLACES)]
    decimals = [f"{rng.uniform(0.1, 99):.1f}".replace(".", source["decimal"]) for _ in range(PLACES)]
    years = [str(rng.randint(2003, 2025)) for _ in range(PLACES)]
    tables: dict[str, Sequence[str]] = {
        "nom": _spread(_people(rng, source), NAMES_STEEPNESS),
        "lieu": _spread(places, NAMES_STEEPNESS),
        "org": _spread(_names(rng, source["company_syllables"], 600), NAMES_STEEPNESS),
        "vt": _spread(verbs, STEEPNESS),
        "vts": _spread(plural_verbs, STEEPNESS),
        "dit": _spread(said, STEEPNESS),
        "adv": _spread(source["adverbs"].split(), STEEPNESS),
        "adjn": _spread([role.strip() for role in source["roles"].split("|")], STEEPNESS),
        "n": numbers,
        "pct": [source["percent"].format(d=decimal) for decimal in decimals],
        "eur": [rng.choice(source["money"]).format(n=n, d=d) for n, d in zip(numbers, reversed(decimals), strict=True)],
        "year": years,
        "month": _spread(months, 0),
        "jour": _spread(days, 0),
        "heure": [source["hour"].format(hour=rng.randint(0, 23), minute=f"{rng.randint(0, 59):02}") for _ in years],
        "date": [source["date"].format(day=rng.randint(1, 28), month=rng.choice(months), year=year) for year in years],
    }
    tables |= _noun_phrases(code, source, rng)
    tables["word"] = [word for pair in zip(tables["bare"], tables["adv"], places * 22, strict=False) for word in pair]
    tables["word"] = (list(tables["word"]) * 2)[:PLACES]
    return tables


def _noun_phrases(code: str, source: dict[str, Any], rng: random.Random) -> dict[str, Sequence[str]]:
    """Nouns with and without an adjective, in the forms a sentence needs: with article, preposition, plural."""
    nouns = [(noun, False) for noun in source["masculine"].split()] + [
        (noun, True) for noun in source["feminine"].split()
    ]
    adjectives = [pair.partition("/") for pair in source["adjectives"].split()]
    rng.shuffle(nouns)
    rng.shuffle(adjectives)
    weights: list[float] = []
    phrases: list[tuple[str, str, bool]] = []
    plain = 0.6 * sum((rank + 2) ** -STEEPNESS for rank in range(len(adjectives)))
    for rank, (noun, feminine) in enumerate(nouns):
        weight = (rank + 2) ** -STEEPNESS
        phrases.append((noun, _plural(code, noun), feminine))
        weights.append(weight * plain)
        for place, (one, _, other) in enumerate(adjectives):
            adjective = other if feminine else one
            many = _plural(code, adjective)
            both = (f"{adjective} {noun}", f"{adjective} {_plural(code, noun)}") if code == "en" else (
                f"{noun} {adjective}", f"{_plural(code, noun)} {many}")  # fmt: skip
            phrases.append((*both, feminine))
            weights.append(weight * (place + 2) ** -STEEPNESS)
    tables: dict[str, Sequence[str]] = {}
    for slot, starts in SINGULAR[code].items():
        tables[slot] = _weighted([_start(code, starts, one, feminine) + one for one, _, feminine in phrases], weights)
    for slot, (masculine, other) in PLURAL[code].items():
        tables[slot] = _weighted([(other if feminine else masculine) + many for _, many, feminine in phrases], weights)
    tables["bare"] = _spread([noun for noun, _ in nouns], 0.3)
    return tables


def _start(code: str, starts: tuple[str, str, str | None], phrase: str, feminine: bool) -> str:
    masculine, other, elided = starts
    if elided is not None and phrase[0] in VOWELS[code]:
        return elided
    return other if feminine else masculine


def _plural(code: str, word: str) -> str:
    if code == "en":
        if word.endswith("y") and word[-2] not in "aeiou":
            return word[:-1] + "ies"
        return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
    if word.endswith(("s", "x")) and not (code == "es" and word.endswith("és")):
        return word
    if code == "fr":
        if word.endswith("al"):
            return word[:-2] + "aux"
        return word + ("x" if word.endswith(("eau", "eu", "au")) else "s")
    if word.endswith("ón"):
        return word[:-2] + "ones"
    if word.endswith("z"):
        return word[:-1] + "ces"
    return word + ("s" if word[-1] in "aeioué" else "es")


def _number(value: int, separator: str) -> str:
    return f"{value:,}".replace(",", separator)


def _names(rng: random.Random, syllables: Sequence[str], count: int) -> list[str]:
    """``count`` or fewer distinct names, one syllable of each list."""
    lists = [part.split() for part in syllables]
    return list(dict.fromkeys("".join(rng.choice(part) for part in lists) for _ in range(count)))


def _people(rng: random.Random, source: dict[str, Any]) -> list[str]:
    first = source["first_names"].split()
    return [f"{rng.choice(first)} {name}" for name in _names(rng, source["name_syllables"], 20000)]


def _spread(entries: Sequence[str], steepness: float) -> list[str]:
    """A table in which an entry's frequency falls with its rank, by Zipf's law."""
    return _weighted(entries, [(rank + 2) ** -steepness for rank in range(len(entries))])


def _weighted(entries: Sequence[str], weights: Iterable[float]) -> list[str]:
    sums = list(accumulate(weights))
    table: list[str] = []
    for entry, end in zip(entries, sums, strict=True):
        table += [entry] * (round(PLACES * end / sums[-1]) - len(table))
    return table
