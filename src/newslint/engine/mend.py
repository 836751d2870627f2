"""The fixes of a run, put into its files: pass after pass, until none is left that may be applied."""

import codecs
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from newslint.document import Document
from newslint.engine.examine import check, digest, documents_of, read_bytes
from newslint.engine.open import Ticket, Tickets
from newslint.engine.plan import Task, Workshop
from newslint.fix import apply, compatible, edits_of
from newslint.model import Applicability, Edit, Finding, Problem, Record, Status
from newslint.readers import ReadError

#: Fixes that bring out others end after so many passes; each of them is whole.
PASSES = 20

#: Encodings whose byte order mark says which of two ways the bytes go: Python writes its own.
BIG_ENDIAN = {"utf-16": (codecs.BOM_UTF16_BE, "utf-16-be"), "utf-32": (codecs.BOM_UTF32_BE, "utf-32-be")}
LITTLE_ENDIAN = {"utf-16": (codecs.BOM_UTF16_LE, "utf-16-le"), "utf-32": (codecs.BOM_UTF32_LE, "utf-32-le")}


class Text(NamedTuple):
    """A text that changed: of a file, or of one of its records."""

    old: str
    new: str
    record: Record | None = None


class Mended(NamedTuple):
    """A file, or a part of a record file, in which texts changed.

    Attributes:
        task: the file.
        before, after: its bytes.
        texts: its texts that changed.
        fixed: how many findings of each rule were fixed, by the rule's name.
    """

    task: Task
    before: bytes
    after: bytes
    texts: Sequence[Text]
    fixed: Mapping[str, int]


class RefusalError(Exception):
    """A file cannot be mended. The message says why and what to do, without the path."""


def mend(
    workshop: Workshop,
    tickets: Tickets,
    findings: Iterable[Finding],
    problems: list[Problem],
    wanted: Callable[[Finding], bool],
) -> Iterator[Mended]:
    """Yield the files whose fixes change them, a record file part by part; nothing is written.

    Fixes that overlap are applied one pass after the other: those of all rules first, in the text they were found in,
    then those that the document rules find in the text that comes of it. Takes the memory of one file, or part, at a
    time.

    Args:
        workshop: what to check with.
        tickets: what opens the documents.
        findings: in the order of reports.
        problems: where to note why a file was left alone.
        wanted: says of a finding that has a fix whether to apply it; see ``new_fixes``.
    """
    numbers = tickets.by_path()

    def number(finding: Finding) -> int:
        own, record = numbers[finding.location.path], finding.location.record
        return own[0] if record is None else tickets.part_of(own, record)

    fixable = (finding for finding in findings if finding.fix and wanted(finding))
    for first, own in groupby(fixable, key=number):
        task = tickets[first].task
        try:
            mended = _mend(workshop, tickets[first], list(own), wanted)
        except (RefusalError, ReadError) as error:
            problems.append(Problem(f"was not fixed: {error}", task.shown))
            continue
        if mended.after != mended.before:
            yield mended


def new_fixes(*, unsafe: bool) -> Callable[[Finding], bool]:
    """Says yes to the fixes of new findings: to safe ones, or to all."""

    def wanted(finding: Finding) -> bool:
        safe = finding.fix is not None and finding.fix.applicability is Applicability.SAFE
        return finding.status is Status.NEW and (unsafe or safe)

    return wanted


def _mend(workshop: Workshop, ticket: Ticket, findings: Sequence[Finding], wanted: Callable[[Finding], bool]) -> Mended:
    task = ticket.task
    before = read_bytes(workshop, task)
    if digest(before) != ticket.digest:
        raise RefusalError("it changed while newslint was reading: run it again")
    documents = documents_of(workshop, task, before)
    if task.part is None and (len(documents) != 1 or documents[0].record is not None):
        raise RefusalError("it holds records, which are not fixed one by one")
    after, fixed, texts = before, Counter[str](), list[Text]()
    for record, own in groupby(findings, key=lambda finding: finding.location.record):
        document = next(document for document in documents if document.record == record)
        mender = _Mender(workshop, task, document, after)
        fixed.update(mender.passes(list(own), wanted))
        after = mender.data
        if mender.document.source != document.source:
            texts.append(Text(document.source, mender.document.source, record))
    return Mended(task, before, after, texts, fixed)


def mended_text(
    workshop: Workshop, task: Task, document: Document, findings: Sequence[Finding], wanted: Callable[[Finding], bool]
) -> str:
    """A text that is no record with its fixes put in, as ``mend`` does: those that are wanted.

    Raises:
        RefusalError: what a fix writes cannot be encoded.
    """
    mender = _Mender(workshop, task, document, task.data or b"")
    mender.passes([finding for finding in findings if finding.fix and wanted(finding)], wanted)
    return mender.document.source


class _Mender:
    """Puts fixes into one text of a file, pass after pass.

    Args:
        workshop: what to check with.
        task: the file.
        document: the text.
        data: the file's bytes.

    Raises:
        RefusalError: the text cannot be written back as it was.
    """

    def __init__(self, workshop: Workshop, task: Task, document: Document, data: bytes) -> None:
        self.document = document
        self.data = data
        self._workshop = workshop
        self._task = task
        self._encode = _encoder(document, data) if document.record is None else None

    def passes(self, findings: Sequence[Finding], wanted: Callable[[Finding], bool]) -> Mapping[str, int]:
        """Apply fixes until none is left; gives how many there were, by the name of the rule.

        Args:
            findings: those to begin with, all of them wanted.
            wanted: says of a finding that comes out later whether to apply its fix.

        Raises:
            RefusalError: what a fix writes has no bytes in the file's encoding.
        """
        fixed, seen = Counter[str](), {self.document.source}
        for _ in range(PASSES):
            named = [(finding.name, edits_of(finding.fix, self.document)) for finding in findings if finding.fix]
            chosen = compatible(edits for _, edits in named)
            edits = [edit for edits in chosen for edit in edits]
            text = apply(self.document.source, edits)
            if text in seen:
                break
            data, document = self._edited(edits, text)
            done = set(map(id, chosen))
            fixed.update(name for name, edits in named if id(edits) in done)
            self.data = data
            if document.source != text:
                # Shorter, it was guessed to be in another encoding: what is found in it is not to be trusted.
                self.document = Document(document.path, text)
                break
            self.document = document
            seen.add(text)
            found = check(self._workshop.profiles[self._task.profile], self._task, document, [])
            findings = [finding for finding in found if finding.fix and wanted(finding)]
        return fixed

    def _edited(self, edits: Sequence[Edit], text: str) -> tuple[bytes, Document]:
        """The file's bytes with some edits made in the text, and the document that is read from them."""
        record, part = self.document.record, self._task.part
        if self._encode is not None:
            data = self._encode(text)
        else:
            from newslint.readers.jsonl import changed

            assert record is not None
            assert part is not None
            data = changed(self.data, part, {(record.index, record.field or ""): edits})
        documents = documents_of(self._workshop, self._task, data)
        document = next(document for document in documents if document.record == record)
        # Whoever has the text at hand may know its language, which its bytes do not state.
        document.stated_language = self.document.stated_language
        return data, document


def _encoder(document: Document, data: bytes) -> Callable[[str], bytes]:
    """What turns the text into bytes again as it was: byte for byte, but for what is edited.

    Raises:
        RefusalError: nothing does.
    """
    encoding = document.encoding
    ways = [(b"", encoding)] + [table[encoding] for table in (LITTLE_ENDIAN, BIG_ENDIAN) if encoding in table]
    for mark, name in ways:
        if mark + document.source.encode(name, "surrogatepass" if name.startswith("utf") else "strict") == data:
            break
    else:
        raise RefusalError(f"its bytes are not those that its text has in {encoding}: convert it to UTF-8 first")

    def encode(text: str) -> bytes:
        try:
            return mark + text.encode(name)
        except UnicodeEncodeError as error:
            character = text[error.start]
            raise RefusalError(
                f"{encoding} has no {character!r}, which a fix writes: convert it to UTF-8 first"
            ) from None

    return encode
