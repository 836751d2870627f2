"""A document and its layers: lines, blocks, sentences, language. Each is made once, when it is first asked for.

Offsets count code points of ``Document.source``; every layer keeps them, so that a span of any layer is a span of
the document. ``text`` is ``source`` with everything that is not prose (code, addresses, comments, front matter) masked
by characters of the same number.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate, count
from typing import Any, NamedTuple, TypeVar

from newslint.model import Location, Position, Record, Span
from newslint.text.house import HouseWords

T = TypeVar("T")

LINE_END = re.compile(r"\r\n|\r|\n")
#: A run of letters and digits.
WORD = re.compile(r"[^\W_]+")

NO_WORDS = HouseWords()

#: Stands for each character of a masked inline object (a code span, an address): neither a letter nor a space.
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class Line(NamedTuple):
    """A physical line without its line end. ``number`` counts from 1."""

    number: int
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The line's span."""
        return Span(self.start, self.end)


class Block(NamedTuple):
    """A paragraph, a heading, a list item or a quotation: one or more physical lines that belong together.

    Attributes:
        text: the block's text, each line end inside it replaced by spaces, so that offsets hold.
        kind: ``paragraph``, ``heading``, ``item`` or ``quote``.
        first, last: indices of its first and last line in ``Document.lines``.
    """

    start: int
    end: int
    text: str
    kind: str
    first: int
    last: int

    @property
    def span(self) -> Span:
        """The block's span."""
        return Span(self.start, self.end)


class Sentence(NamedTuple):
    """A sentence. ``text`` has no line ends; ``block`` is the index of its block in ``Document.blocks``."""

    start: int
    end: int
    text: str
    block: int

    @property
    def span(self) -> Span:
        """The sentence's span."""
        return Span(self.start, self.end)


class Ignore(NamedTuple):
    """A comment in the text that asks to leave findings of some rules be.

    Attributes:
        rules: selectors of the rules; empty where the comment says none that can be read.
        reason: why, in the author's words; may be empty.
        span: the text it is about.
        place: where the comment stands.
    """

    rules: tuple[str, ...]
    reason: str
    span: Span
    place: Span

    def covers(self, span: Span) -> bool:
        """Whether a finding on a span is meant."""
        return span.start < self.span.end and self.span.start < max(span.end, span.start + 1)


#: Makes the blocks of a document; a reader that knows the structure of its format brings its own.
Blocker = Callable[["Document"], Iterable[Block]]


class Document:
    """One article: a whole text or mark-down file, or one record of a record file.

    Args:
        path: the path that reports show, with forward slashes.
        source: the decoded text.
        text: ``source`` with what is not prose masked, of the same length; default: ``source`` itself.
        language: the language that the configuration or the record states; otherwise it is detected.
        format: the name of the format, for example ``text`` or ``markdown``.
        record: the place in its record file.
        encoding: the encoding the source was decoded from.
        guessed: whether that encoding was a guess.
        blocker: makes the blocks; default: paragraphs of plain text.
        ignores: what comments ask to leave be.
        title: the headline, where a record states it.
        broken: why a record could not be read, in words; its text is empty then.

    Raises:
        ValueError: ``text`` is not as long as ``source``.
    """

    def __init__(
        self,
        path: str,
        source: str,
        *,
        text: str | None = None,
        language: str | None = None,
        format: str = "text",
        record: Record | None = None,
        encoding: str = "utf-8",
        guessed: bool = False,
        blocker: Blocker | None = None,
        ignores: Sequence[Ignore] = (),
        title: str | None = None,
        broken: str | None = None,
    ) -> None:
        self.path = path
        #: What tells the document again in another run, wherever that was started; the engine sets it.
        self.identity = path
        self.source = source
        self.text = source if text is None else text
        if len(self.text) != len(source):
            raise ValueError(f"{path}: the masked text has {len(self.text)} characters, the source {len(source)}")
        self.format = format
        self.record = record
        self.encoding = encoding
        self.guessed = guessed
        self.stated_language = language
        self.ignores = ignores
        self.title = title
        self.broken = broken
        #: Words that the user vouches for; the engine sets them.
        self.house = NO_WORDS
        self._blocker = blocker
        self._layers: dict[Callable[[Document], Any], Any] = {}

    @property
    def label(self) -> str:
        """What a message calls the document: its path, and in a record file which record."""
        if self.record is None:
            return self.path
        name = self.record.id if self.record.id is not None else self.record.index + 1
        return f"{self.path} (record {name})"

    @cached_property
    def lines(self) -> Sequence[Line]:
        r"""The physical lines of ``text``: they end at \n, \r\n or \r only. Text after the last end is one."""
        text = self.text
        if "\r" in text:
            breaks = [end.span() for end in LINE_END.finditer(text)]
            starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)]
            texts = list(map(text.__getitem__, map(slice, starts, ends)))
        else:
            texts = text.split("\n")
            ends = list(accumulate(map(len, texts), lambda end, size: end + 1 + size))
            starts = [0, *(end + 1 for end in ends[:-1])]
        lines = list(map(Line, count(1), starts, ends, texts))
        if not texts[-1] and len(lines) > 1:
            del lines[-1]
        return lines

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """The blocks, in order: wrapped lines joined, blank lines left out."""
        if self._blocker is not None:
            return list(self._blocker(self))
        from newslint.text.blocks import plain_blocks

        return list(plain_blocks(self))

    @cached_property
    def characters(self) -> frozenset[str]:
        """The different characters of ``text``: what marks are not among them need not be looked for."""
        return frozenset(self.text)

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences of all blocks, in order."""
        from newslint.text.sentences import split

        language = self.language
        return [
            Sentence(block.start + start, block.start + end, block.text[start:end], index)
            for index, block in enumerate(self.blocks)
            for start, end in split(block.text, language)
        ]

    @cached_property
    def words(self) -> Sequence[Sequence[str]]:
        """The words of each sentence as they are written: runs of letters and digits. About 65 bytes a word."""
        find = WORD.findall
        return [find(sentence.text) for sentence in self.sentences]

    def layer(self, make: Callable[["Document"], T]) -> T:
        """What ``make`` makes of the document, made once: for what several rules or features of a family look at.

        Args:
            make: a function of the document alone; the result is kept for as long as the document is.
        """
        if make not in self._layers:
            self._layers[make] = make(self)
        result: T = self._layers[make]
        return result

    def sentences_of(self, block: int) -> Sequence[Sentence]:
        """The sentences of the block with that index."""
        return self.sentences[self._first_sentences[block] : self._first_sentences[block + 1]]

    def words_of(self, block: int) -> Sequence[str]:
        """The words of the block with that index."""
        first, last = self._first_sentences[block], self._first_sentences[block + 1]
        if last - first == 1:
            return self.words[first]
        return [word for words in self.words[first:last] for word in words]

    @cached_property
    def _first_sentences(self) -> list[int]:
        """The number of each block's first sentence, and at the end how many there are."""
        counts = [0] * (len(self.blocks) + 1)
        for sentence in self.sentences:
            counts[sentence.block + 1] += 1
        return list(accumulate(counts))

    @cached_property
    def _guess(self) -> tuple[str | None, float]:
        if self.stated_language is not None:
            return self.stated_language, 1.0
        from newslint.text.language import detect

        guess = detect(self.text)
        return guess.language, guess.confidence

    @property
    def language(self) -> str | None:
        """The language's two-letter code (ISO 639-1), stated or detected; None where nobody can tell."""
        return self._guess[0]

    @property
    def language_confidence(self) -> float:
        """How sure the language is, from 0 to 1."""
        return self._guess[1]

    def line_at(self, offset: int) -> Line:
        """The line that holds ``offset``; a line end belongs to the line it ends."""
        return self.lines[bisect_right(self._line_starts, offset) - 1]

    def whole_lines(self, first: int, last: int) -> Span:
        """The lines with the indices ``first`` to ``last``, with the last one's line end."""
        end = self.lines[last + 1].start if last + 1 < len(self.lines) else len(self.source)
        return Span(self.lines[first].start, end)

    def vouched(self, span: Span) -> bool:
        """Whether all words of a span are the user's own: no rule questions them."""
        return self.house.cover(self.source[span.start : span.end])

    def location(self, span: Span) -> Location:
        """Where ``span`` lies, in lines and columns. This is the only place that turns offsets into them.

        Raises:
            ValueError: the span does not lie inside the document.
        """
        start, end = span
        if not 0 <= start <= end <= len(self.source):
            raise ValueError(f"span {start}-{end} is outside {self.path} (0-{len(self.source)})")
        return Location(self.path, self._position(start), self._position(end), self.record)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def _position(self, offset: int) -> Position:
        line = self.line_at(offset)
        return Position(line.number, offset - line.start + 1)

    def __repr__(self) -> str:
        return f"Document({self.path!r}, {len(self.source)} characters)"
