"""Which kernel reads a batch of texts: plain Python, or arrays. They give the same, byte for byte."""

import os
import sys
from collections.abc import Iterable

#: From so many characters on, arrays are faster although numpy must be imported first, and where it is already there.
WORTH_IMPORTING, WORTH_USING = 1 << 18, 1 << 13


def use_arrays(texts: Iterable[str]) -> bool:
    """Whether a batch is worth the array kernel. ``NEWSLINT_KERNEL`` (``python`` or ``arrays``) decides for all.

    Raises:
        ValueError: ``NEWSLINT_KERNEL`` has another value.
    """
    return worth_arrays(sum(map(len, texts)))


def worth_arrays(characters: int) -> bool:
    """The same for what comes of so many characters."""
    forced = os.environ.get("NEWSLINT_KERNEL", "")
    if forced:
        if forced not in ("python", "arrays"):
            raise ValueError(f"NEWSLINT_KERNEL is python or arrays, not {forced!r}")
        return forced == "arrays"
    return characters >= (WORTH_USING if "numpy" in sys.modules else WORTH_IMPORTING)
