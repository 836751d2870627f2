"""Shingles for libraries that do not make their own, as quickly as Python makes them."""

import re

WORD = re.compile(r"\w+")


def byte_shingles(text: str) -> list[bytes]:
    """The runs of five words of a text, in UTF-8."""
    words = " ".join(WORD.findall(text.lower())).encode().split()
    return list(map(b" ".join, zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)))


def text_shingles(text: str) -> list[str]:
    """The runs of five words of a text."""
    words = WORD.findall(text.lower())
    return list(map(" ".join, zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)))
