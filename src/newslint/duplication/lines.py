"""Hashes of whole lines, with which a line is known again in other documents whatever number or date it holds."""

from newslint.document import LINE_END
from newslint.duplication.shingles import K3, mix
from newslint.duplication.tokens import MASK, word_hash, word_hashes, words

#: Stands for a run of numbers, in place of its words' hashes.
NUMBER = word_hash("0")
DIGITS = frozenset("0123456789")


def line_hashes(text: str) -> tuple[list[int], list[int]]:
    """The hash of each line of ``text`` that has a word, and the index of that line, from 0.

    Case, accents and punctuation do not count, and a run of words that begin with a digit ("12", "10h30", "3.5") is one
    number, whichever.
    """
    hashes: list[int] = []
    numbers: list[int] = []
    for number, line in enumerate(LINE_END.split(text)):
        value = line_hash(line)
        if value is not None:
            hashes.append(value)
            numbers.append(number)
    return hashes, numbers


def line_hash(line: str) -> int | None:
    """The 64-bit hash of one line; None where it has no word.

    A polynomial over its words' hashes modulo 2**64, the first word having the lowest power.
    """
    masked: list[int] = []
    number = False
    for word, value in zip(words(line), word_hashes(line), strict=True):
        if word[0] not in DIGITS:
            masked.append(value)
            number = False
        elif not number:
            masked.append(NUMBER)
            number = True
    if not masked:
        return None
    total = 0
    for value in reversed(masked):
        total = (total * K3 + value) & MASK
    return mix(total)
