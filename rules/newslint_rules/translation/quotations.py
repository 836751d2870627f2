"""Whether a quotation is open at a place, as far as one block tells; where nobody can tell, it is."""

import re
from bisect import bisect_left
from functools import cached_property


class Quotations:
    """The quotation marks of a block, looked for when first asked.

    Args:
        text: a block's text.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def is_open(self, offset: int) -> bool:
        """Whether the nearest mark before opens a quotation in some language, or the next one closes one."""
        if bisect_left(self._straight, offset) % 2:
            return True
        at = bisect_left(self._curly, offset)
        if at and self._text[self._curly[at - 1]] in "«“„":
            return True
        return at < len(self._curly) and self._text[self._curly[at]] in "”»"

    @cached_property
    def _straight(self) -> list[int]:
        return [mark.start() for mark in re.finditer('"', self._text)]

    @cached_property
    def _curly(self) -> list[int]:
        return [mark.start() for mark in re.finditer("[«»“”„]", self._text)]
