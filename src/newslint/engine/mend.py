"""The fixes of a run, put into its files: pass after pass, until none is left that may be applied."""

import codecs
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from newslint.document import Document
from newslint.engine.examine import check, digest, documents_of, read_bytes
from newslint.engine.open import Ticket
from newslint.engine.plan import Task, Workshop
from newslint.fix import apply, compatible, edits_of
from newslint.model import Applicability, Finding, Problem, Status
from newslint.readers import ReadError

#: Fixes that bring out others end after so many passes; each of them is whole.
PASSES = 20

#: Encodings whose byte order mark says which of two ways the bytes go: Python writes its own.
BIG_ENDIAN = {"utf-16": (codecs.BOM_UTF16_BE, "utf-16-be"), "utf-32": (codecs.BOM_UTF32_BE, "utf-32-be")}
LITTLE_ENDIAN = {"utf-16": (codecs.BOM_UTF16_LE, "utf-16-le"), "utf-32": (codecs.BOM_UTF32_LE, "utf-32-le")}


class Mended(NamedTuple):
    """A file whose text changed.

    Attributes:
        task: the file.
        before, after: its bytes.
        old, new: its text.
        fixed: how many findings of each rule were fixed, by the rule's name.
    """

    task: Task
    before: bytes
    after: bytes
    old: str
    new: str
    fixed: Mapping[str, int]


class RefusalError(Exception):
    """A file cannot be mended. The message says why and what to do, without the path."""


def mend(
    workshop: Workshop,
    tickets: Mapping[str, Ticket],
    findings: Iterable[Finding],
    problems: list[Problem],
    *,
    unsafe: bool,
) -> Iterator[Mended]:
    """Yield the files whose fixes change them; nothing is written.

    Fixes that overlap are applied one pass after the other: those of all rules first, in the text they were found in,
    then those that the document rules find in the text that comes of it. Takes the memory of one file at a time.

    Args:
        workshop: what to check with.
        tickets: what opens a file, by the path that findings show.
        findings: sorted by path.
        problems: where to note why a file was left alone.
        unsafe: apply unsafe fixes as well.
    """
    wanted = (finding for finding in findings if _may(finding, unsafe))
    for shown, own in groupby(wanted, key=lambda finding: finding.location.path):
        try:
            mended = _mend(workshop, tickets[shown], list(own), unsafe)
        except (RefusalError, ReadError) as error:
            problems.append(Problem(f"was not fixed: {error}", shown))
            continue
        if mended.after != mended.before:
            yield mended


def _may(finding: Finding, unsafe: bool) -> bool:
    return (
        finding.status is Status.NEW
        and finding.fix is not None
        and (unsafe or finding.fix.applicability is Applicability.SAFE)
    )


def _mend(workshop: Workshop, ticket: Ticket, findings: Iterable[Finding], unsafe: bool) -> Mended:
    task = ticket.task
    before = read_bytes(workshop, task)
    if digest(before) != ticket.digest:
        raise RefusalError("it changed while newslint was reading: run it again")
    documents = documents_of(workshop, task, before)
    if len(documents) != 1 or documents[0].record is not None:
        raise RefusalError("it holds records, which are not fixed one by one")
    document = documents[0]
    encode = _encoder(document, before)
    old = text = document.source
    after, fixed, seen = before, Counter[str](), {old}
    for _ in range(PASSES):
        named = [(finding.name, edits_of(finding.fix, document)) for finding in findings if finding.fix]
        chosen = compatible(edits for _, edits in named)
        mended = apply(text, (edit for edits in chosen for edit in edits))
        if mended in seen:
            break
        after, text = encode(mended), mended
        seen.add(text)
        done = set(map(id, chosen))
        fixed.update(name for name, edits in named if id(edits) in done)
        (document,) = documents_of(workshop, task, after)
        if document.source != text:
            # Shorter, it was guessed to be in another encoding: what is found in it from here on is not to be trusted.
            break
        found = check(workshop.profiles[task.profile], task, document, [])
        findings = [finding for finding in found if _may(finding, unsafe)]
    return Mended(task, before, after, old, text, fixed)


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
