"""Passages that repeat earlier passages of the same document, as the fewest blocks a reader would name.

The text is parsed from left to right, as Lempel and Ziv (1977) do: at each sentence the longest run of sentences that
stood earlier is taken as one copy, of runs of one length the earliest. A sentence may differ from its original in a few
words, or be cut off; case, accents and punctuation never count.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newslint.duplication.recurrences import LEAST_COPY, LEAST_SHARED, SEED, Seed, seeds, stood_before
from newslint.duplication.units import Reading, Unit

#: An edited copy is longer than an exact one, so that parallel wording stays silent.
LEAST_EDITED = 10
#: An edited copy has that share of its words, and of the original's, in the same order.
EDITED_SHARE = 0.85
#: In so many words of an edited copy one may be new: more is a parallel sentence, or another wording of the same facts.
NEW_WORDS = 20
#: Places of one seed or sentence that are looked at. Bounds the time on a text that repeats itself endlessly.
PLACES = 6
#: A copy begins at most so many sentences before the first that is a copy by itself: bounds the time as well.
LONGEST_LEAD = 50
#: An edited copy's place is found from seeds on diagonals at most so far apart.
DRIFT = 3


class Copy(NamedTuple):
    """A copy of a passage in one document.

    Attributes:
        first, last: numbers of its first unit and of the unit after its last.
        start, end: the words of the original: number of the first, and of the one after the last.
        exact: whether all words are the same.
    """

    first: int
    last: int
    start: int
    end: int
    exact: bool


class Original(NamedTuple):
    """Where a sentence stood before: words ``start`` to ``end`` (exclusive), and whether all its words are the same.

    ``sufficient`` tells whether the sentence is a copy by itself; a short one only is as a part of a longer passage.
    """

    start: int
    end: int
    exact: bool
    sufficient: bool


def repeats(
    reading: Reading, headings: frozenset[int] = frozenset(), unfinished: frozenset[int] = frozenset()
) -> list[Copy]:
    """The copies in one document, in order; they never overlap.

    Time is linear in the text: seeds, places of a seed and lengths compared are bounded for each sentence.

    Args:
        reading: the document.
        headings: numbers of units that are headings: what repeats only these is no copy.
        unfinished: numbers of units that do not end as a sentence does: only these may be a longer one cut off.
    """
    originals = _originals(reading, headings, unfinished)
    copies: list[Copy] = []
    number = 0
    for anchor in sorted(number for number, places in originals.items() if any(o.sufficient for o in places)):
        number = max(number, anchor - LONGEST_LEAD)
        while number <= anchor:
            copy = _longest(reading.units, originals, number)
            if copy is None:
                number += 1
            else:
                copies.append(copy)
                number = copy.last
    return copies


def _longest(units: Sequence[Unit], originals: dict[int, list[Original]], first: int) -> Copy | None:
    """The longest copy that begins with a unit; of equally long ones that with the earliest original."""
    best: Copy | None = None
    size = 0
    for original in originals.get(first, ()):
        copy = _grow(units, originals, first, original)
        if copy is not None and units[copy.last - 1].last - units[first].first > size:
            best, size = copy, units[copy.last - 1].last - units[first].first
    return best


def _grow(units: Sequence[Unit], originals: dict[int, list[Original]], first: int, original: Original) -> Copy | None:
    """Take in following units as long as their originals follow, too."""
    start = original.start
    chain = [original]
    while True:
        end = chain[-1].end
        places = originals.get(first + len(chain), ())
        following = next((o for o in places if end - 1 <= o.start <= end + DRIFT), None)
        if following is None:
            break
        chain.append(following)
    period = units[first].first - start
    if chain[-1].end > units[first].first and chain[-1].end - start < 2 * period:
        # The original runs into its own copy: a reader names one copy here and the next one after it. Three and more
        # copies in a row are one block.
        chain = [o for o in chain if o.end <= units[first].first]
    while chain and not chain[-1].sufficient and not chain[-1].exact:
        chain.pop()
    if not any(o.sufficient for o in chain):
        return None
    end = min(chain[-1].end, units[first].first)
    return Copy(first, first + len(chain), start, end, all(o.exact for o in chain))


def _originals(reading: Reading, headings: frozenset[int], unfinished: frozenset[int]) -> dict[int, list[Original]]:
    """For each unit that stood earlier in the text where it did, the earliest place first; none if all are short."""
    all_seeds = seeds(reading.all_words)
    again = [position for position, _ in stood_before(all_seeds)]
    likely = [
        number
        for number, unit in enumerate(reading.units)
        if unit.size >= LEAST_COPY and bisect_left(again, unit.first) < bisect_left(again, unit.last - SEED + 1)
    ]
    if not likely:
        return {}
    # Most stand in one place only.
    recurring = {all_seeds[position] for position in again}
    repeated = [position for position, seed in enumerate(all_seeds) if seed in recurring]
    places: dict[Seed, list[int]] = {}
    for position in repeated:
        known = places.setdefault(all_seeds[position], [])
        if len(known) < PLACES:
            known.append(position)
    starts = [unit.first for unit in reading.units]
    found = _twins(reading, headings)
    for number in likely:
        if number not in found:
            originals = [
                original
                for start, end in _windows(all_seeds, places, repeated, reading.units[number])
                if (original := _edited(reading, number, start, end, starts, headings, unfinished)) is not None
            ]
            if originals:
                found[number] = originals
    return found


def _twins(reading: Reading, headings: frozenset[int]) -> dict[int, list[Original]]:
    """For each unit, the earlier units with the same words."""
    wholes: dict[tuple[str, ...], list[int]] = {}
    found: dict[int, list[Original]] = {}
    for number, unit in enumerate(reading.units):
        known = wholes.setdefault(tuple(reading.words(unit)), [])
        if known:
            found[number] = [
                Original(
                    reading.units[twin].first,
                    reading.units[twin].last,
                    True,
                    unit.size >= LEAST_COPY and twin not in headings,
                )
                for twin in known
            ]
        if len(known) < PLACES:
            known.append(number)
        else:
            # The last place, too: a passage repeated many times in a row is one block.
            known[-1] = number
    return found


def _windows(
    seeds: Sequence[Seed], places: dict[Seed, list[int]], repeated: Sequence[int], unit: Unit
) -> Iterator[tuple[int, int]]:
    """Ranges of earlier words that share seeds with a unit, the earliest first."""
    last = bisect_left(repeated, unit.last - SEED + 1)
    own = repeated[bisect_left(repeated, unit.first, 0, last) : last]
    if len(own) < LEAST_SHARED * (unit.size - SEED + 1):
        return
    votes: Counter[int] = Counter()
    for position in own:
        for place in places[seeds[position]]:
            if place >= unit.first:
                break
            votes[position - place] += 1
    done: list[int] = []
    for diagonal, _ in sorted(votes.items(), key=lambda item: (-item[1], -item[0]))[: 2 * PLACES]:
        if all(abs(diagonal - other) > DRIFT for other in done) and len(done) < PLACES:
            done.append(diagonal)
    for diagonal in sorted(done, reverse=True):
        start = max(0, unit.first - diagonal - DRIFT)
        yield start, min(unit.first, unit.last - diagonal + DRIFT)


def _edited(
    reading: Reading,
    number: int,
    start: int,
    end: int,
    starts: Sequence[int],
    headings: frozenset[int],
    unfinished: frozenset[int],
) -> Original | None:
    """The original of an edited, cut or differently divided copy among the words ``start`` to ``end``."""
    unit = reading.units[number]
    words = reading.all_words
    own = words[unit.first : unit.last]
    # Most places share a turn of phrase and little else; aligning them costs much more than this.
    if sum(map(set(words[start:end]).__contains__, own)) < EDITED_SHARE * unit.size:
        return None
    # Most texts never come here, and the module is slow to import.
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, words[start:end], own, autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        return None
    matched = sum(block.size for block in blocks)
    first, last = start + blocks[0].a, start + blocks[-1].a + blocks[-1].size
    exact = matched == unit.size == last - first
    if not exact and (unit.size < LEAST_EDITED or matched < EDITED_SHARE * max(unit.size, last - first)):
        return None
    original = words[first:last]
    if not exact and NEW_WORDS * len(set(own) - set(original)) > unit.size:
        return None
    if not exact and [w for w in own if w[0].isdigit()] != [w for w in original if w[0].isdigit()]:
        return None
    twin = max(0, bisect_left(starts, first + 1) - 1)
    begins = min(abs(first - reading.units[twin].first), abs(first - reading.units[twin].last))
    ends = min(
        abs(last - reading.units[place].last) for place in range(twin, min(number, bisect_left(starts, last + DRIFT)))
    )
    if begins > 2 or twin in headings:
        return None
    cut = ends > 2
    if cut and (number not in unfinished or first != reading.units[twin].first):
        return None
    return Original(first, last, exact, exact or number not in headings)
