"""Patterns that are compiled when they are first needed: most documents need few of them."""

import re
from collections.abc import Set
from functools import cache


class Hints:
    """Pieces of text of which one is in every match of a pattern."""

    def __init__(self, *hints: str) -> None:
        self._hints = [(hint, frozenset(hint)) for hint in hints]

    def are_in(self, text: str, characters: Set[str]) -> bool:
        """Whether one of the hints is in a text with these characters; most lack a character of most hints."""
        return any(own <= characters and hint in text for hint, own in self._hints)


@cache
def compiled(pattern: str, *, by_line: bool = False) -> re.Pattern[str]:
    """The compiled pattern; ``by_line`` makes ``^`` and ``$`` match at each line."""
    return re.compile(pattern, re.MULTILINE if by_line else 0)
