"""The rows of a manifest: what a run found about each document, and whether the policy keeps it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint.corpus.policy import Policy
from newslint.document import Document
from newslint.engine.examine import digest, open_documents
from newslint.engine.open import Tickets
from newslint.engine.plan import Task, Workshop
from newslint.fix import offset_of
from newslint.model import Finding, Location, Problem, Record, Span, Status
from newslint.readers import ReadError

#: What tells a document of a run: the path that reports show, and the record.
Key = tuple[str, Record | None]


class Row(NamedTuple):
    """A row of a manifest.

    Attributes:
        id: the record's own name, else the path.
        path: the file.
        record: the number of the record in its file, from 0; None: the file is the document.
        field: the record's field.
        title: the headline, where the record states one.
        language: two letters; None: nobody can tell.
        characters: of the whole text.
        digest: hash of the text, 32 hexadecimal digits: equal texts have equal ones.
        findings: how many there are, by rule.
        cluster: of near-duplicates: the same number in all its documents; None: it is in none.
        representative: id of the document that stands for the cluster.
        duplicated, boilerplate: shares of the characters, 0 to 1.
        keep: what the policy says.
        reason: why it is dropped: a word, a colon, what was seen.
    """

    id: str
    path: str
    record: int | None
    field: str | None
    title: str | None
    language: str | None
    characters: int
    digest: str
    findings: Mapping[str, int]
    cluster: int | None
    representative: str | None
    duplicated: float
    boilerplate: float
    keep: bool
    reason: str | None


class Described(NamedTuple):
    """A document with its row, and the file or part of a file that it came from."""

    row: Row
    document: Document
    task: Task


def describe(
    workshop: Workshop, tickets: Tickets, findings: Iterable[Finding], policy: Policy, problems: list[Problem]
) -> Iterator[Described]:
    """Yield the documents of a run, in the order of reports, each with its row.

    Every file is read once more. Memory: one file, or part of one, and about 200 bytes a cluster.

    Args:
        workshop: what the run was made with.
        tickets: what opens its documents.
        findings: what it found, in the order of reports, to be iterated twice.
        policy: what to keep.
        problems: where to note which files changed since.
    """
    leaders = _leaders(findings)
    waiting = _Waiting(findings)
    for ticket in tickets.files():
        task = ticket.task
        try:
            content, documents = open_documents(workshop, task)
            if content != ticket.digest:
                raise ReadError("changed while newslint was reading: run it again")
        except ReadError as error:
            problems.append(Problem(str(error), task.shown))
            continue
        own = waiting.of(documents)
        for document in documents:
            key = document.path, document.record
            yield Described(row_of(document, own.get(key, ()), policy, leaders.get(key)), document, task)


class _Waiting:
    """Findings in order, handed out with their documents."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._findings = iter(findings)
        self._next = next(self._findings, None)

    def of(self, documents: Sequence[Document]) -> Mapping[Key, Sequence[Finding]]:
        """The findings of some documents of one file, of which earlier calls had the documents before."""
        found: dict[Key, list[Finding]] = {}
        if not documents:
            return found
        last = _order(documents[-1].path, documents[-1].record)
        while self._next is not None and _order(self._next.location.path, self._next.location.record) <= last:
            found.setdefault((self._next.location.path, self._next.location.record), []).append(self._next)
            self._next = next(self._findings, None)
        return found


def _order(path: str, record: Record | None) -> tuple[str, int]:
    return path, record.index if record else -1


def _leaders(findings: Iterable[Finding]) -> Mapping[Key, int]:
    """The number of the cluster that a document stands for."""
    return {
        (place.path, place.record): finding.data["cluster"]
        for finding in findings
        if finding.status is not Status.SUPPRESSED and _is_twin(finding)
        for place in (finding.related[0].location,)
    }


def _is_twin(finding: Finding) -> bool:
    """Whether a finding says of which cluster a document is; it names the leader first."""
    return type(finding.data.get("cluster")) is int and bool(finding.related)


def row_of(document: Document, findings: Sequence[Finding], policy: Policy, leads: int | None = None) -> Row:
    """The row of one document.

    Args:
        document: the document.
        findings: what was found in it.
        policy: what to keep.
        leads: the number of the cluster that it stands for, if it does.
    """
    counted = [finding for finding in findings if finding.status is not Status.SUPPRESSED]
    twin = next(filter(_is_twin, counted), None)
    own = name_of(document.path, document.record)
    duplicated, boilerplate = (_share(document, counted, role, policy) for role in ("duplicated", "boilerplate"))
    reason = _reason(document, counted, boilerplate, policy)
    text = document.source
    return Row(
        own,
        document.path,
        document.record.index if document.record else None,
        document.record.field if document.record else None,
        document.title,
        document.language,
        len(text),
        digest(text.encode("utf-8", "surrogatepass")).hex(),
        dict(sorted(Counter(finding.name for finding in counted).items())),
        leads if twin is None else twin.data["cluster"],
        _name(twin.related[0].location) if twin else (None if leads is None else own),
        round(duplicated, 4),
        round(boilerplate, 4),
        reason is None,
        reason,
    )


def _reason(document: Document, findings: Sequence[Finding], boilerplate: float, policy: Policy) -> str | None:
    """Why the policy drops a document; None where it does not."""
    for finding in findings:
        if policy.means("drop", finding):
            return f"{finding.name}: {finding.message}"
    if policy.languages and document.language not in policy.languages:
        return f"language: {document.language or 'unknown'}"
    stays = [finding for finding in findings if not policy.cleans(finding)]
    if (duplicated := _share(document, stays, "duplicated", policy)) > policy.max_duplicated:
        return f"duplicated: {duplicated:.0%} of the text stands elsewhere"
    if boilerplate > policy.max_boilerplate:
        return f"boilerplate: {boilerplate:.0%} of the text"
    left = round(len(document.source) * (1 - boilerplate))
    if left < policy.min_characters:
        return f"too-short: {left} characters, boilerplate aside"
    return None


def _share(document: Document, findings: Iterable[Finding], role: str, policy: Policy) -> float:
    """The share of a document's characters that lie in findings of a role's rules."""
    spans = sorted(_span(finding.location, document) for finding in findings if policy.means(role, finding))
    covered = end = 0
    for span in spans:
        covered += max(0, span.end - max(end, span.start))
        end = max(end, span.end)
    return covered / len(document.source) if document.source else 0.0


def _span(location: Location, document: Document) -> Span:
    return Span(offset_of(location.start, document), offset_of(location.end, document))


def _name(location: Location) -> str:
    return name_of(location.path, location.record)


def name_of(path: str, record: Record | None) -> str:
    """What a document goes by: the record's own name, else its path and number."""
    if record is None:
        return path
    return record.id if record.id is not None else f"{path}#{record.index + 1}"
