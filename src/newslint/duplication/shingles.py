"""Shingles: hashed runs of words, and the few of them (fingerprints) that are enough to find a common passage."""

from collections.abc import Sequence

from newslint.duplication.tokens import K1, K2, MASK, word_hashes

K3 = 0xFF51AFD7ED558CCD
#: Words in a shingle.
SHINGLE = 5
#: Two texts with so many shingles in a row in common, eight words, are sure to share a fingerprint.
WINDOW = 4


def shingles(hashes: Sequence[int], size: int = SHINGLE) -> list[int]:
    """The hash of each run of ``size`` words, in order; empty where the text is shorter.

    A polynomial over the words' hashes modulo 2**64 (Karp & Rabin, 1987), rolled from one run to the next, and mixed so
    that every bit of the result is fit for comparing and sampling.
    """
    if len(hashes) < size:
        return []
    value = 0
    for word in hashes[: size - 1]:
        value = (value + word) * K3 & MASK
    # What the run's first word has become when it leaves the run.
    weight = pow(K3, size - 1, 1 << 64)
    result: list[int] = []
    append = result.append
    for first, last in zip(hashes, hashes[size - 1 :], strict=False):
        value = (value + last) & MASK
        mixed = (value ^ value >> 33) * K2 & MASK  # ``mix``, not called: half of the time would go into calls
        append((mixed ^ mixed >> 29) * K1 & MASK)
        value = (value - first * weight) * K3 & MASK
    return result


def mix(value: int) -> int:
    """``value`` with every bit spread over all 64, the way of MurmurHash's finalizer."""
    value = (value ^ value >> 33) * K2 & MASK
    return (value ^ value >> 29) * K1 & MASK


def shingle_hash(shingle: str) -> int:
    """The 32-bit hash of a shingle (words in any spelling) that signatures are made of: ``hashfunc`` for datasketch.

    It is 0 where there is no word.
    """
    hashes = word_hashes(shingle)
    return shingles(hashes, len(hashes))[0] >> 32 if hashes else 0


def winnow(hashes: Sequence[int], window: int) -> list[int]:
    """The positions that stand for all: wherever a hash is the smallest of ``window`` consecutive ones it is in.

    Two texts with ``window`` consecutive hashes in common share the hash of at least one position, and about two in
    ``window + 1`` are kept: winnowing of Schleimer, Wilkerson & Aiken, "Winnowing: local algorithms for document
    fingerprinting" (SIGMOD 2003). They keep one of several equal hashes, which one depends on all the text before;
    here each is kept, so that a position depends on its neighbours alone and equal passages keep equal positions.
    (That costs nothing in prose; at worst, in one word said over and over, every position is kept.)
    """
    if not hashes:
        return []
    kept: list[int] = []
    count = len(hashes)
    last = smallest = -1
    for start in range(max(1, count - window + 1)):
        end = min(start + window, count)
        if last < start:
            inside = hashes[start:end]
            smallest = min(inside)
            kept += [position for position, value in enumerate(inside, start) if value == smallest]
            last = kept[-1]
        elif hashes[end - 1] <= smallest:
            last = end - 1
            smallest = hashes[last]
            kept.append(last)
    return kept


def fingerprints(text: str) -> tuple[list[int], list[int]]:
    """The hashes of the shingles that stand for ``text``, and the position (in words) of each."""
    hashes = shingles(word_hashes(text))
    positions = winnow(hashes, WINDOW)
    return [hashes[position] for position in positions], positions
