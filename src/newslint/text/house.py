"""Words of the house: names and terms that a user vouches for."""

import re
from collections.abc import Iterable

#: Compiled when first used: most users vouch for no words.
WORD = r"\w+(?:['’\-.]\w+)*"


class HouseWords:
    """Names and terms that no rule questions, whatever their case.

    Args:
        terms: words, or several words that belong together.
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        phrases = {tuple(re.findall(WORD, term.casefold())) for term in terms}
        self._phrases = frozenset(phrase for phrase in phrases if phrase)
        self._longest = max(map(len, self._phrases), default=0)
        self.words = frozenset(word for phrase in self._phrases for word in phrase)

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def cover(self, text: str) -> bool:
        """Whether a text has words, and all of them are terms of the house."""
        if not self._phrases:
            return False
        words = tuple(re.findall(WORD, text.casefold()))
        place = 0
        while place < len(words):
            sizes = range(min(self._longest, len(words) - place), 0, -1)
            size = next((size for size in sizes if words[place : place + size] in self._phrases), 0)
            if not size:
                return False
            place += size
        return bool(words)
