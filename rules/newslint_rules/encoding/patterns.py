"""Patterns that are compiled when they are first needed: most documents need few of them."""

import re
from functools import cache


@cache
def compiled(pattern: str, *, by_line: bool = False) -> re.Pattern[str]:
    """The compiled pattern; ``by_line`` makes ``^`` and ``$`` match at each line."""
    return re.compile(pattern, re.MULTILINE if by_line else 0)
