"""Patterns that are compiled when they are first used: most texts never ask for most of them."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Pattern:
    """A regular expression with the methods of a compiled one, which it becomes when the first of them is used.

    Args:
        pattern: the expression.
        flags: as for ``re.compile``.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.pattern, self._flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """``re.Pattern.search``."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """``re.Pattern.match``."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """``re.Pattern.fullmatch``."""
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """``re.Pattern.finditer``."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[str]]:
        """``re.Pattern.findall``, of an expression with one group at most."""
        return self.compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        """``re.Pattern.split``, of an expression all groups of which take part."""
        return self.compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        """``re.Pattern.sub``."""
        return self.compiled.sub
