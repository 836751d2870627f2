"""The words of a batch of texts as arrays of 64-bit hashes."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newslint.duplication.arrays.batches import BATCH, pieces
from newslint.duplication.arrays.folding import BLANK, END, fold
from newslint.duplication.tokens import HASHED_BYTES, K1, K2, KL

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: Little-endian, as ``tokens.word_hash`` reads bytes.
BLOCK = np.dtype("<u8")
#: Of a block, the bytes that belong to a word of so many bytes.
LOW_BYTES = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)


class Words(NamedTuple):
    """The words of a batch. About 9 bytes a word.

    Attributes:
        hashes: those of ``tokens.word_hashes``, text by text.
        offsets: (texts + 1); text ``i`` has the words ``offsets[i]:offsets[i + 1]``.
        numbers: for each word whether it begins with a digit.
        feeds: for each line end in the batch, how many words of the batch stand before it.
        feed_offsets: (texts + 1); text ``i`` has the line ends ``feed_offsets[i]:feed_offsets[i + 1]``.
    """

    hashes: Hashes
    offsets: Numbers
    numbers: Flags
    feeds: Numbers
    feed_offsets: Numbers

    def __len__(self) -> int:
        """The number of texts."""
        return len(self.offsets) - 1

    def lines(self) -> Numbers:
        """The line of each word, from 0 in each text."""
        before = np.searchsorted(self.feeds, np.arange(len(self.hashes)), side="right")
        return before - np.repeat(self.feed_offsets[:-1], np.diff(self.offsets))

    def take(self, texts: Sequence[int]) -> "Words":
        """The words of some of the texts, in that order."""
        chosen = np.asarray(texts, np.int64)
        own, offsets = _rows(self.offsets, chosen)
        feeds, feed_offsets = _rows(self.feed_offsets, chosen)
        moved = np.repeat(offsets[:-1] - self.offsets.take(chosen), np.diff(feed_offsets))
        feeds = self.feeds.take(feeds) + moved
        return Words(self.hashes.take(own), offsets, self.numbers.take(own), feeds, feed_offsets)


def _rows(offsets: Numbers, chosen: Numbers) -> tuple[Numbers, Numbers]:
    """The numbers of the rows of the chosen texts, one text after the other, and the offsets of these texts then."""
    counts = np.diff(offsets).take(chosen)
    cuts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    return np.arange(cuts[-1]) + np.repeat(offsets.take(chosen) - cuts[:-1], counts), cuts


def read(texts: Sequence[str]) -> Words:
    """The words of texts, in order.

    Texts above the size of a batch are read in pieces, so that memory beyond the result stays bounded, save for one
    word without an end: about 4 bytes a byte of it.
    """
    if sum(map(len, texts)) <= BATCH:
        return _read(texts)
    # Group by group; then the pieces of one text are put together again.
    groups: list[list[str]] = [[]]
    counts: list[int] = []
    size = 0
    parts: list[Words] = []
    for text in texts:
        cut = 0
        for piece in pieces(text):
            if groups[-1] and size + len(piece) > BATCH:
                parts.append(_read(groups.pop()))
                groups.append([])
                size = 0
            groups[-1].append(piece)
            size += len(piece)
            cut += 1
        counts.append(cut)
    parts.append(_read(groups.pop()))
    return _join(parts, counts)


def _join(parts: Sequence[Words], counts: Sequence[int]) -> Words:
    """The parts as one; ``counts`` says how many of their texts are pieces of each whole text."""
    ends = np.cumsum(np.array([0, *counts], np.int64))
    words_before = np.cumsum([0, *(len(part.hashes) for part in parts)])
    return Words(
        np.concatenate([part.hashes for part in parts]),
        _offsets([part.offsets for part in parts])[ends],
        np.concatenate([part.numbers for part in parts]),
        np.concatenate([part.feeds + before for part, before in zip(parts, words_before, strict=False)]),
        _offsets([part.feed_offsets for part in parts])[ends],
    )


def _offsets(parts: Iterable[Numbers]) -> Numbers:
    """The offsets of parts that follow each other."""
    sizes = np.concatenate([np.zeros(1, np.int64), *(np.diff(part) for part in parts)])
    return np.cumsum(sizes)


def _read(texts: Sequence[str]) -> Words:
    folded = fold(texts)
    # A word's last block may reach beyond its end by two blocks.
    size = len(folded)
    folded += bytes(24 - size % 8)
    data = np.frombuffer(folded, np.uint8, size)
    inside = data > BLANK
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    edges += 1
    if inside[:1].any():
        edges = np.concatenate((np.zeros(1, edges.dtype), edges))
    # The last byte is the end of a text: every word has both edges.
    starts = edges[::2].copy()
    lengths = edges[1::2] - starts
    breaks = np.flatnonzero(data < BLANK)
    last = data.take(breaks) == END
    before = np.searchsorted(starts, breaks)
    ends = np.flatnonzero(last)
    return Words(
        _hash(np.frombuffer(folded, BLOCK), starts, lengths),
        np.concatenate((np.zeros(1, np.int64), before[ends])),
        data.take(starts) <= ord("9"),
        before.compress(~last),
        np.concatenate((np.zeros(1, np.int64), ends - np.arange(len(ends)))),
    )


def _hash(blocks: Hashes, starts: Numbers, lengths: Numbers) -> Hashes:
    """``tokens.word_hash`` of the words that begin at those bytes and have so many."""
    hashes = _load(blocks, starts, lengths)
    hashes += lengths.view(np.uint64) * np.uint64(KL)
    hashes *= np.uint64(K1)
    hashes ^= hashes >> np.uint64(32)
    longer = np.flatnonzero(lengths > 8)
    starts, lengths, values = starts.take(longer), lengths.take(longer), hashes.take(longer)
    for _ in range(8, HASHED_BYTES, 8):
        if not longer.size:
            break
        starts += 8
        lengths -= 8
        values *= np.uint64(K2)
        values += _load(blocks, starts, lengths)
        values *= np.uint64(K1)
        values ^= values >> np.uint64(32)
        hashes[longer] = values
        left = np.flatnonzero(lengths > 8)
        longer, starts, lengths, values = longer.take(left), starts.take(left), lengths.take(left), values.take(left)
    return hashes


def _load(blocks: Hashes, starts: Numbers, lengths: Numbers) -> Hashes:
    """Eight bytes from each start, those beyond the length cleared: two aligned loads, shifted together."""
    at = starts >> 3
    bits = (starts & 7).view(np.uint64) << np.uint64(3)
    low = blocks.take(at)
    low >>= bits
    at += 1
    high = blocks.take(at)
    # By 64 bits in all: numpy defines a shift of 64 as zero.
    high <<= np.uint64(64) - bits
    low |= high
    low &= LOW_BYTES.take(np.minimum(lengths, 8))
    return low
