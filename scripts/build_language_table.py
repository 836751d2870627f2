"""Build ``src/newslint/text/data/languages.bin``, the word and trigram table behind ``newslint.text.language``.

Run by hand when the table should change; newslint itself never needs it:

    pip install wordfreq==3.1.1
    python scripts/build_language_table.py

The word frequencies come from wordfreq (Robyn Speer, https://github.com/rspeer/wordfreq, data CC BY-SA 4.0).
The layout of the file is described in ``newslint.text.wordtable``, which reads it.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import wordfreq

from newslint.text.wordtable import MAGIC, RARE, STEP, WELL_KNOWN, trigrams

WORD = re.compile(r"[^\W\d_]+")
TARGET = Path(__file__).resolve().parent.parent / "src/newslint/text/data/languages.bin"

# A language's row: how many of its most frequent words and trigrams get an entry of their own. Languages that news
# text mixes most get more. A language that owns its script (Greek, Thai ...) is told by code points and needs none.
MAJOR, MINOR = 14_000, 8_000
WORDS = {
    **dict.fromkeys(WELL_KNOWN, MAJOR),
    **dict.fromkeys(("ca", "ro", "pl", "cs", "sk", "sl", "hr", "sv", "da", "nb", "fi", "is"), MINOR),
    **dict.fromkeys(("hu", "tr", "id", "ms", "lt", "lv", "vi", "fil"), MINOR),
    **dict.fromkeys(("ru", "uk", "bg", "mk", "sr", "ar", "fa", "ur"), 4_000),
}
TRIGRAMS = 2_000
WORD_FLOOR = 3e-7  # frequency taken for a word that a list lacks; the lists end at 1e-6
TRIGRAM_FLOOR = 2e-5
RARE_FREQUENCIES = (1e-8, 3e-8, 1e-7)  # from which on a rare word has the value 1, 2 and 3

# Serbo-Croatian is one list in wordfreq, in Latin letters: Croatian as it is, Serbian spelled in Cyrillic.
CYRILLIC = {"dž": "џ", "lj": "љ", "nj": "њ"} | dict(
    zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True)
)
TO_CYRILLIC = re.compile("|".join(CYRILLIC))

Frequencies = dict[str, float]


def frequencies(language: str, size: str = "small") -> Frequencies:
    """Frequency of each letter-only word; "don't" counts for "don" and "t", as the reader splits words.

    The ``small`` lists end at one word in a million, the ``large`` ones at one in a hundred million.
    """
    source = {"hr": "sh", "sr": "sh"}.get(language, language)
    counts: defaultdict[str, float] = defaultdict(float)
    for entry, frequency in wordfreq.get_frequency_dict(source, size).items():
        for word in WORD.findall(entry):
            if language == "sr":
                word = TO_CYRILLIC.sub(lambda match: CYRILLIC[match[0]], word)
                if word.isascii():
                    continue
            counts[word] += frequency
    return dict(counts)


def trigram_frequencies(words: Frequencies) -> Frequencies:
    """Share of each trigram of the padded words, weighted by the square root of the word's frequency.

    The model judges words that the table lacks, so that rare words must shape it more than "the" does.
    """
    counts: defaultdict[str, float] = defaultdict(float)
    for word, frequency in words.items():
        for gram in trigrams(word):
            counts[gram] += math.sqrt(frequency)
    total = sum(counts.values())
    return {gram: count / total for gram, count in counts.items()}


def pack(rows: dict[str, dict[int, float]], floor: float, rare: Collection[int] = ()) -> tuple[bytes, int]:
    """One section: rows maps a key to the frequency in each language (by index).

    The languages of ``rare`` keep entries for what is below the floor.
    """
    buckets: list[list[int]] = [[] for _ in range(1 << 16)]
    size = 0
    for key, row in rows.items():
        digest = zlib.crc32(key.encode())
        for language, frequency in row.items():
            value = round(math.log(frequency / floor) / STEP)
            if language in rare and value <= len(RARE):
                value = sum(frequency >= limit for limit in RARE_FREQUENCIES)
            if value > 0:
                buckets[digest >> 16].append((digest & 0xFFFF) << 16 | language << 8 | min(value, 255))
                size += 1
    starts = array("I", [0])
    entries = array("I")
    for bucket in buckets:
        entries.extend(sorted(bucket))
        starts.append(len(entries))
    if sys.byteorder == "big":
        starts.byteswap()
        entries.byteswap()
    return starts.tobytes() + entries.tobytes(), size


def union(lists: list[Frequencies], sizes: list[int], whole: list[Frequencies]) -> dict[str, dict[int, float]]:
    """Rows for the most frequent keys of every list, with each key's frequency in all ``whole`` lists that know it."""
    keys = sorted(
        {
            key
            for counts, size in zip(lists, sizes, strict=True)
            for key in sorted(counts, key=counts.__getitem__, reverse=True)[:size]
        }
    )
    return {key: {i: counts[key] for i, counts in enumerate(whole) if key in counts} for key in keys}


def main() -> None:
    """Build the table and say how big it is."""
    parser = argparse.ArgumentParser(description="Build the language table.")
    parser.add_argument("--output", type=Path, default=TARGET)
    target: Path = parser.parse_args().output
    languages = tuple(WORDS)
    lists = [frequencies(language) for language in languages]
    grams = [trigram_frequencies(words) for words in lists]
    rare = [languages.index(language) for language in WELL_KNOWN]
    whole = [frequencies(languages[i], "large") if i in rare else counts for i, counts in enumerate(lists)]
    words, word_entries = pack(union(lists, list(WORDS.values()), whole), WORD_FLOOR, rare)
    model, model_entries = pack(union(grams, [TRIGRAMS] * len(languages), grams), TRIGRAM_FLOOR)
    names = " ".join(languages).encode()
    names += b" " * (-len(names) % 4)
    header = array("I", [len(names), word_entries, model_entries])
    if sys.byteorder == "big":
        header.byteswap()
    target.write_bytes(MAGIC + header.tobytes() + names + words + model)
    print(f"{target}: {len(languages)} languages, {word_entries} word and {model_entries} trigram entries,", end=" ")
    print(f"{target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
