"""Patterns watched at work, and whether one can take more than linear time.

What is told from a pattern alone is whether it is *infinitely ambiguous*: whether some text can be matched in ever more
ways as it grows (Weber and Seidl, On the degree of ambiguity of finite automata, 1991). A matcher that tries one way
after the other then needs quadratic or exponential time to find that none fits. The automaton is Glushkov's, with a
What is told from a pattern alone is whether it is *infinitely ambiguous*: whether some text is matched in ever more
and what asks for a beginning are passed over; a repeat with an end counts as few repetitions.

A search that begins anew at each place of a text can be quadratic without any ambiguity, as ``\\s+$`` is in a text of
spaces. That is told by trying: on a hostile text of some thousand characters such a search takes hundreds of times as
long as others.
"""

import re
import re._compiler as compiler
import re._constants as sre
import re._parser as parser
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

#: Repetitions that stand for a repeat with an end.
FEW = 3
#: Characters besides a pattern's own that sets are compared by.
COMMON = " \t\n\r.,:;-_'\"()[]/!?0719azAZéÉßœ\u0301\u00a0\u200b«»“”’…–中あ한שع"
CATEGORIES = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
}
OPPOSITES = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}
#: Characters of a text that a search is tried on, and the seconds that it may take: a linear one takes a thousandth.
SIZE, LIMIT = 8000, 0.02


class Part(NamedTuple):
    """A part of a pattern: whether it can be empty, and the states that it can begin and end with."""

    empty: bool
    first: frozenset[int]
    last: frozenset[int]


NOTHING = Part(True, frozenset(), frozenset())


class Automaton:
    """Glushkov's automaton of a pattern.

    Attributes:
        sets: for each state the characters that it takes, as bits of ``alphabet``.
        edges: for each state, how many ways lead to each next one.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        tree = parser.parse(pattern, flags & ~re.DEBUG)
        self._fold = bool(tree.state.flags & re.IGNORECASE)
        self.alphabet = sorted({*COMMON, *_characters(tree)})
        self.sets: list[int] = []
        self.edges: list[Counter[int]] = []
        self._part(tree)

    def _part(self, items: Iterable[Any]) -> Part:
        whole = NOTHING
        for item in items:
            whole = self._then(whole, self._item(*item))
        return whole

    def _item(self, kind: Any, value: Any) -> Part:
        if kind in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY):
            return self._state(self._set(kind, value))
        if kind is sre.AT and value in (sre.AT_END, sre.AT_END_STRING):
            # A character of its own, which ends the text: nothing comes after it.
            return self._state(1 << len(self.alphabet))
        if kind is sre.BRANCH:
            parts = [self._part(each) for each in value[1]]
            first, last = (frozenset().union(*(getattr(part, name) for part in parts)) for name in ("first", "last"))
            return Part(any(part.empty for part in parts), first, last)
        if kind is sre.SUBPATTERN:
            self._fold = self._fold or bool(value[1] & re.IGNORECASE)
            return self._part(value[-1])
        if kind is sre.ATOMIC_GROUP:
            return self._part(value)
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            return self._repeat(kind, *value)
        return NOTHING

    def _repeat(self, kind: Any, least: int, most: Any, items: Any) -> Part:
        endless = most is sre.MAXREPEAT and kind is not sre.POSSESSIVE_REPEAT
        copies = 1 if most is sre.MAXREPEAT else min(most, FEW)
        whole, last = NOTHING, frozenset[int]()
        for number in range(1, copies + 1):
            part = self._part(items)
            if endless:
                for state in part.last:
                    self.edges[state].update(part.first)
            whole = self._then(whole, part)
            if number >= least or number == copies:
                last |= whole.last
        return Part(whole.empty or least == 0, whole.first, last)

    def _then(self, before: Part, after: Part) -> Part:
        for state in before.last:
            self.edges[state].update(after.first)
        return Part(
            before.empty and after.empty,
            before.first | after.first if before.empty else before.first,
            after.last | before.last if after.empty else after.last,
        )

    def _state(self, characters: int) -> Part:
        self.sets.append(characters)
        self.edges.append(Counter())
        own = frozenset((len(self.sets) - 1,))
        return Part(False, own, own)

    def _set(self, kind: Any, value: Any) -> int:
        return sum(1 << bit for bit, each in enumerate(self.alphabet) if self._takes(kind, value, each))

    def _takes(self, kind: Any, value: Any, character: str) -> bool:
        cases = {character, *((character.lower(), character.upper()) if self._fold else ())}
        return any(len(case) == 1 and _takes(kind, value, case) for case in cases)

    def ambiguous(self) -> bool:
        """Whether some text can be matched in ever more ways as it grows."""
        loops = list(self._loops())
        return any(
            any(count > 1 and to in loop for state in loop for to, count in self.edges[state].items())
            or any(self._splits(state, loop) for state in loop)
            for loop in loops
        ) or any(
            self._leads(one, other, first, second)
            for first in loops
            for second in loops
            if first is not second
            for one in first
            for other in second
        )

    def _loops(self) -> Iterator[frozenset[int]]:
        """The strongly connected components that have an edge inside."""
        reached = [self._reach(state) for state in range(len(self.sets))]
        seen: set[int] = set()
        for state in range(len(self.sets)):
            if state not in seen and state in reached[state]:
                loop = frozenset(other for other in reached[state] if state in reached[other])
                seen |= loop
                yield loop

    def _reach(self, state: int) -> frozenset[int]:
        found: set[int] = set()
        pending = [state]
        while pending:
            new = self.edges[pending.pop()].keys() - found
            found |= new
            pending += new
        return frozenset(found)

    def _splits(self, state: int, loop: frozenset[int]) -> bool:
        """Whether one text leads from a state back to it in two ways."""
        apart = {pair for pair in self._steps(((state, state),), (loop, loop)) if pair[0] != pair[1]}
        return bool(apart) and (state, state) in self._steps(apart, (loop, loop))

    def _leads(self, one: int, other: int, first: frozenset[int], second: frozenset[int]) -> bool:
        """Whether one text leads from a state to itself and to another one, and from that to itself."""
        return (one, other, other) in self._steps(((one, one, other),), (first, None, second))

    def _steps(
        self, starts: Iterable[tuple[int, ...]], within: Sequence[frozenset[int] | None]
    ) -> set[tuple[int, ...]]:
        """All tuples of states that one text leads to from some tuple of states, in one step or more."""
        found: set[tuple[int, ...]] = set()
        pending = deque(starts)
        while pending:
            for new in self._step(pending.popleft(), within):
                if new not in found:
                    found.add(new)
                    pending.append(new)
        return found

    def _step(self, states: tuple[int, ...], within: Sequence[frozenset[int] | None]) -> Iterator[tuple[int, ...]]:
        ways: list[tuple[tuple[int, ...], int]] = [((), -1)]
        for state, own in zip(states, within, strict=True):
            ways = [
                ((*before, to), common & self.sets[to])
                for before, common in ways
                for to in self.edges[state]
                if (own is None or to in own) and common & self.sets[to]
            ]
        return (way for way, _ in ways)


def _takes(kind: Any, value: Any, character: str) -> bool:
    if kind is sre.LITERAL:
        return ord(character) == value
    if kind is sre.NOT_LITERAL:
        return ord(character) != value
    if kind is sre.ANY:
        return character != "\n"
    if kind is sre.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    if kind is sre.CATEGORY:
        opposite = OPPOSITES.get(value)
        return not CATEGORIES[opposite](character) if opposite else CATEGORIES[value](character)
    negated = value[0][0] is sre.NEGATE
    return negated != any(_takes(*item, character) for item in value[negated:])


def _characters(tree: Iterable[Any]) -> Iterator[str]:
    """The characters that a pattern names."""
    for kind, value in tree:
        if kind in (sre.LITERAL, sre.NOT_LITERAL):
            yield chr(value)
        elif kind is sre.RANGE:
            yield from map(chr, value)
        elif kind is sre.IN:
            yield from _characters(value)
        elif kind is sre.BRANCH:
            for each in value[1]:
                yield from _characters(each)
        elif kind in (sre.SUBPATTERN, sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            yield from _characters(value[-1])
        elif kind is sre.ATOMIC_GROUP:
            yield from _characters(value)


@cache
def is_ambiguous(pattern: str, flags: int = 0) -> bool:
    """Whether a pattern can take more than linear time at one place of a text."""
    return Automaton(pattern, flags).ambiguous()


class Watched:
    """A pattern that counts what it is asked; all else is the pattern's own.

    Attributes:
        place: file and line that compiled it.
        scanned: characters that were looked at: up to the end of what was found, or all.
        longest: the longest text that was searched from place to place.
    """

    all: ClassVar[list["Watched"]] = []

    def __init__(self, pattern: re.Pattern[str], place: str) -> None:
        self.own = pattern
        self.place = place
        self.scanned = 0
        self.longest = 0
        self.all.append(self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own, name)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self._found(self.own.match(text, start, end), start)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self._found(self.own.fullmatch(text, start, end), start)

    def _found(self, found: re.Match[str] | None, start: int) -> re.Match[str] | None:
        self.scanned += found.end() - start if found else 1
        return found

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        found = self.own.search(text, start, end)
        last = found.end() if found else min(end, len(text))
        self._searched(max(0, last - start))
        return found

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        for found in self.own.finditer(text, start, end):
            self._searched(found.end() - start)
            start = found.end()
            yield found
        self._searched(min(end, len(text)) - start)

    def findall(self, text: str, *rest: int) -> list[Any]:
        self._searched(len(text))
        return self.own.findall(text, *rest)

    def split(self, text: str, *rest: int) -> list[Any]:
        self._searched(len(text))
        return self.own.split(text, *rest)

    def sub(self, new: Any, text: str, *rest: int) -> str:
        self._searched(len(text))
        return self.own.sub(new, text, *rest)

    def subn(self, new: Any, text: str, *rest: int) -> tuple[str, int]:
        self._searched(len(text))
        return self.own.subn(new, text, *rest)

    def _searched(self, size: int) -> None:
        self.scanned += size
        self.longest = max(self.longest, size)


def watch() -> None:
    """Watch all patterns that are compiled from now on by files of ours."""
    compile_pattern = compiler.compile

    def compile_watched(pattern: Any, flags: int = 0) -> Any:
        compiled = compile_pattern(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        place = Path(frame.f_code.co_filename)
        ours = isinstance(pattern, str) and {"newslint", "newslint_rules"} & set(place.parts)
        return Watched(compiled, f"{place.name}:{frame.f_lineno}") if ours else compiled

    compiler.compile = compile_watched


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """The time that a search for all matches takes."""
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start
