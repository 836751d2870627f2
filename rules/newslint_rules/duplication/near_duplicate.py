"""near-duplicate (DUP001)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from newslint.document import Document
from newslint.duplication import Fingerprints, Measure, Twins, candidates, documents_compared, near_duplicates
from newslint.duplication.near import enough
from newslint.duplication.parted import document_pairs
from newslint.model import Hit, Place, Severity, Span
from newslint.rule import Columns, CorpusRule, Documents, Feature, Option, Parts


class NearDuplicate(CorpusRule):
    """A document that is nearly another one, or is contained in it.

    ## What it does
    Compares documents by the runs of five words they share. Two documents are near-duplicates where these are nearly
    the same (Jaccard similarity, `threshold`), or where nearly all of the shorter one's stand in the longer one
    (`containment`). Case, accents, quotes and punctuation do not count. Documents that hang together form a cluster;
    each but the first is reported once, against the first.

    ## Why is this bad
    A collection that holds an article twice counts it twice: in figures, in search results, in whatever is learned from
    it.

    ## Example
    ```text
    monday.txt:   The ferry to the islands stays in port until the storm has passed, the harbour master said.
    tuesday.txt:  UPDATE: The ferry to the islands stays in port until the storm has passed, the harbour master said.
    ```

    ## Limits
    Documents of fewer than `minimum-words` words are left out. Texts that say the same in other words are no
    near-duplicates; see reused-passage.
    """

    code: ClassVar[str] = "DUP001"
    name: ClassVar[str] = "near-duplicate"
    severity: ClassVar[Severity] = Severity.ERROR
    features: ClassVar[tuple[type[Feature], ...]] = (Fingerprints,)

    threshold = Option(
        0.7, "the Jaccard similarity of word runs from which two documents count", minimum=0.2, maximum=1
    )
    containment = Option(
        0.85, "the part of the shorter document's word runs that stand in the other", minimum=0.2, maximum=1
    )
    shingle_size = Option(5, "the words of the runs that are compared", minimum=3, maximum=12)
    minimum_words = Option(30, "documents of fewer words are left out", minimum=12)
    places = Option(
        20, "how many others a cluster may have for each finding to name all of them, and not just the first", minimum=1
    )

    @property
    def measure(self) -> Measure:
        """When two documents are near-duplicates."""
        return Measure(self.threshold, self.containment, self.minimum_words, self.shingle_size)

    def match(self, columns: Mapping[str, Columns]) -> Iterable[tuple[int, int]]:
        """Pairs of documents, the earlier first, that share a good part of their fingerprints."""
        return candidates(columns[Fingerprints.name], self.measure)

    def match_parts(self, parts: Parts) -> Iterable[tuple[int, int]]:
        """The same over many machines."""
        return document_pairs(parts, *enough(self.measure))

    def settle(self, candidates: Iterable[tuple[int, int]], documents: Documents) -> Iterator[Hit]:
        """Compare the pairs exactly and word one finding a document of a cluster, save its first."""
        for twins in near_duplicates(candidates, documents_compared(documents, self.shingle_size), self.measure):
            few = len(twins.cluster) <= self.places + 1
            others = [number for number in twins.cluster if number != twins.document] if few else [twins.leader]
            name = documents[twins.leader].label
            yield Hit(
                whole(documents[twins.document]),
                self._message(twins, name),
                "keep one of the documents",
                related=tuple(
                    Place(
                        "the first document of the cluster" if number == twins.leader else "in the same cluster",
                        whole(documents[number]),
                        number,
                    )
                    for number in others
                ),
                data={
                    "jaccard": round(twins.similarity.jaccard, 3),
                    "containment": round(twins.similarity.containment, 3),
                    "cluster": twins.leader,
                    "size": len(twins.cluster),
                },
                key=name,
                document=twins.document,
            )

    def _message(self, twins: Twins, name: str) -> str:
        jaccard, containment = twins.similarity
        if jaccard == 1:
            return f"Same text as {name}"
        if jaccard < self.threshold and containment >= self.containment:
            return f"{int(100 * containment)} % of the shorter text stands in the other: {name}"
        return f"Near-duplicate of {name}: {int(100 * jaccard)} % alike"


def whole(document: Document) -> Span:
    """The span of a document's text without the white space around it."""
    text = document.text
    return Span(len(text) - len(text.lstrip()), len(text.rstrip()))
