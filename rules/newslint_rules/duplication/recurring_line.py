"""DUP004: lines that recur over many documents of the corpus."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from newslint.document import Document
from newslint.duplication import parted
from newslint.duplication.features import Lines
from newslint.duplication.lines import line_hash
from newslint.duplication.recurring import Recurrence, places, recurring
from newslint.duplication.tokens import words
from newslint.model import Applicability, Edit, Fix, Hit, Place, Severity, Span
from newslint.rule import Columns, CorpusRule, Documents, Feature, Option, Parts

#: A line of so few words that recurs alone may head a part of each article ("Questions and answers").
RUBRIC = 3
#: Documents that are looked at in one piece of work.
PIECE = 256
LETTER = re.compile(r"[^\W\d_]")


class Candidates(NamedTuple):
    """Documents with the indices of their recurring lines, how often each line recurs, and the corpus' size."""

    documents: Sequence[tuple[int, Sequence[int]]]
    found: Mapping[int, Recurrence]
    corpus: int


class Run(NamedTuple):
    """Recurring lines that follow each other, blank lines aside: indices of the first and last line, and hashes."""

    first: int
    last: int
    hashes: tuple[int, ...]


class RecurringLine(CorpusRule):
    """A line that recurs over many documents of the corpus.

    ## What it does
    Counts in how many documents each line stands, case, accents, punctuation, numbers and dates aside, and reports the
    lines that stand in many, wherever they do; neighbouring ones together. Copies of one article count once.

    ## Why is this bad
    What stands in many articles belongs to none: it is the site's frame. This rule needs no list of phrases: it finds
    boilerplate in any language, and phrases that nobody thought of.

    ## Example
    In a good part of a folder's files:

    ```text
    Votre quotidien vous accompagne : notre édition du 12 mars est en kiosque.
    ```

    ## Limits
    It needs a corpus: in a handful of different articles nothing recurs. A rubric or a standing heading is found, too,
    where it stands in enough documents; ignore the rule for files that are meant to share their lines. A line of up to
    three words without a neighbour that recurs is only a note.
    """

    code: ClassVar[str] = "DUP004"
    name: ClassVar[str] = "recurring-line"
    severity: ClassVar[Severity] = Severity.WARNING
    features: ClassVar[tuple[type[Feature], ...]] = (Lines,)

    documents = Option(8, "documents that a line must stand in, at the least", minimum=2)
    share = Option(
        0.002, "part of the corpus that a line must stand in, at the least, from 0 to 1", minimum=0, maximum=1
    )

    def match(self, columns: Mapping[str, Columns]) -> Iterable[Any]:
        """Find the hashes that recur, and where they stand."""
        lines = columns[Lines.name]
        found = recurring(lines, self._least(len(lines)))
        return [Candidates(places(lines, found), found, len(lines))]

    def match_parts(self, parts: Parts) -> Iterable[Any]:
        """The same over many machines."""
        return [Candidates(*parted.recurring(parts, self._least), parts.documents)]

    def _least(self, corpus: int) -> int:
        return max(self.documents, int(self.share * corpus))

    def settle(self, candidates: Iterable[Any], documents: Documents) -> Iterator[Hit]:
        """Look each line up in its document and yield a hit for every run of them."""
        for documents_with, found, corpus in candidates:
            examples = _Examples(documents, found)
            pieces = [documents_with[start : start + PIECE] for start in range(0, len(documents_with), PIECE)]
            for piece, runs in zip(pieces, documents.map(_runs, pieces, _numbers), strict=True):
                for (number, _), own in zip(piece, runs, strict=True):
                    for run in own:
                        if all(value in found for value in run.hashes):
                            yield self._hit(documents[number], number, run, examples, corpus)

    @staticmethod
    def _hit(document: Document, number: int, run: Run, examples: "_Examples", corpus: int) -> Hit:
        value = min(run.hashes, key=lambda value: examples.found[value].documents)
        rarest = examples.found[value]
        span = Span(document.lines[run.first].start, document.lines[run.last].end)
        count = len(run.hashes)
        rubric = count == 1 and len(words(document.text[span.start : span.end])) <= RUBRIC
        what = "Line recurs" if count == 1 else f"{count} lines recur"
        part = rarest.documents / corpus
        return Hit(
            span,
            f"{what} in {rarest.documents} of {corpus} documents ({part:.0%})",
            "drop what belongs to the site, not to the article",
            severity=Severity.INFO if rubric else None,
            related=() if rarest.first == number else (Place("stands here first", examples[value], rarest.first),),
            fix=Fix(Applicability.UNSAFE, (Edit(document.whole_lines(run.first, run.last), ""),)),
            data={"documents": rarest.documents, "share": round(part, 4), "lines": count},
            document=number,
        )


class _Examples(dict[int, Span]):
    """Where the first document that holds a line has it, by the line's hash."""

    def __init__(self, documents: Documents, found: Mapping[int, Recurrence]) -> None:
        super().__init__()
        self.found = found
        self._documents = documents

    def __missing__(self, value: int) -> Span:
        first = self.found[value].first
        for line in self._documents[first].lines:
            own = line_hash(line.text)
            # What stands here, too, may have stood in an earlier document.
            if own is not None and own in self.found and self.found[own].first == first:
                self.setdefault(own, line.span)
        return self.setdefault(value, Span(0, 0))


def _numbers(piece: Sequence[tuple[int, Sequence[int]]]) -> Iterable[int]:
    return [number for number, _ in piece]


def _runs(documents: Documents, piece: Sequence[tuple[int, Sequence[int]]]) -> list[list[Run]]:
    """The runs of recurring lines of each document of a piece, checked against its text."""
    return [_runs_of(documents[number], indices) for number, indices in piece]


def _runs_of(document: Document, indices: Sequence[int]) -> list[Run]:
    lines = document.lines
    # The end of a wrapped paragraph recurs by chance, and so does a figure in a table.
    whole = {block.first for block in document.blocks if block.first == block.last and LETTER.search(block.text)}
    runs: list[Run] = []
    for index in indices:
        value = line_hash(lines[index].text) if index in whole else None
        if value is None:
            continue
        last = runs[-1] if runs else None
        if last and all(not lines[between].text.strip() for between in range(last.last + 1, index)):
            runs[-1] = Run(last.first, index, (*last.hashes, value))
        else:
            runs.append(Run(index, index, (value,)))
    return runs
