"""Strangers: single words that a language hardly uses and another one uses all the time.

What tells a word that a translation left from a loan word is how often the host's own texts have it: a loan word is
some ten times rarer abroad than at home, an untranslated word a thousand times. So the measure is the difference of
two logarithms of frequency, and it needs lists of the host's rare words, which the table has for its well-known
languages.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from newslint.text import wordtable

LANGUAGES = wordtable.WELL_KNOWN
"""The languages that can be hosts, and those that strangers can come from."""

_KEPT = 50_000  # words kept for a host; then the cache starts anew


class Weight(NamedTuple):
    """How frequent a word is in a host language and in the other one that uses it most.

    Attributes:
        language: the code of the other language.
        gap: nats by which it is more frequent there than in the host.
        home: nats above the table's floor in the host; negative for rare words.
    """

    language: str
    gap: float
    home: float

    @property
    def abroad(self) -> float:
        """Nats above the table's floor in the other language."""
        return self.home + self.gap


class Weights(dict[str, Weight]):
    """The weight of lower-case words for one host, looked up when first asked for.

    Args:
        host: one of ``LANGUAGES``.
        rivals: the languages to compare it with; default: all others of ``LANGUAGES``.
    """

    def __init__(self, host: str, rivals: tuple[str, ...] | None = None) -> None:
        super().__init__()
        table = wordtable.load()
        self._entries = table.words.entries
        self._host = table.languages.index(host)
        names = [name for name in (rivals or LANGUAGES) if name != host]
        self._rivals: Mapping[int, str] = {table.languages.index(name): name for name in names}
        self._nowhere = Weight(names[0], 0.0, wordtable.UNUSED)

    def __missing__(self, word: str) -> Weight:
        home = best = 0
        language = -1
        for entry in self._entries(word):
            of, value = entry >> 8 & 0xFF, entry & 0xFF
            if of == self._host:
                home = value
            elif value > best and of in self._rivals:
                best, language = value, of
        if best:
            weight = Weight(self._rivals[language], nats(best) - nats(home), nats(home))
        else:
            weight = Weight(self._nowhere.language, 0.0, nats(home)) if home else self._nowhere
        if len(self) >= _KEPT:
            self.clear()
        self[word] = weight
        return weight


def nats(value: int) -> float:
    """Nats above the floor that a value of a well-known language stands for; below the floor it is negative."""
    if value > len(wordtable.RARE):
        return value * wordtable.STEP
    return wordtable.RARE[value - 1] if value else wordtable.UNUSED


@lru_cache(maxsize=64)
def weights(host: str, *rivals: str) -> Weights:
    """The weights for a host of ``LANGUAGES``, made once per process."""
    return Weights(host, rivals or None)
