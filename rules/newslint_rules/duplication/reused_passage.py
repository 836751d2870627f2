"""reused-passage (DUP003)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from newslint.duplication import Fingerprints, Passage, reuse_candidates, reused
from newslint.duplication.parted import document_pairs
from newslint.duplication.reuse import least_shared
from newslint.model import Hit, Place, Severity
from newslint.rule import Columns, CorpusRule, Documents, Feature, Option, Parts


class ReusedPassage(CorpusRule):
    """A passage that also stands, verbatim or reworded, in another document.

    ## What it does
    Compares the sentences of documents that have runs of words in common, and reports in the later document each
    passage that stands in an earlier one: both places, and whether the words are the same or only nearly. Case,
    accents, quotes and punctuation do not count.

    ## Why is this bad
    Wire copy, quotations and paragraphs that come back in several articles make a collection poorer than it looks, and
    an article that borrows a third of its words is hardly one of its own: from that share on (`share`) the finding is a
    warning.

    ## Example
    ```text
    port.txt:     The harbour council voted on Monday to dredge the northern channel before the winter storms arrive.
    bridge.txt:   On Monday the harbour council voted to dredge the northern channel before the winter storms arrive.
    ```

    ## Limits
    Sentences of fewer than twelve words are never compared by themselves: headings, titles with names, short
    quotations. One reworded sentence alone must share a good part of its words in runs; stock phrases stay silent.
    Documents that are near-duplicates are reported as such and not passage by passage.
    """

    code: ClassVar[str] = "DUP003"
    name: ClassVar[str] = "reused-passage"
    severity: ClassVar[Severity] = Severity.INFO
    features: ClassVar[tuple[type[Feature], ...]] = (Fingerprints,)

    share = Option(
        0.3, "the share of the shorter document's words from which the finding is a warning", minimum=0, maximum=1
    )
    places = Option(50, "how many other places a finding names", minimum=1)

    def match(self, columns: Mapping[str, Columns]) -> Iterable[tuple[int, int]]:
        """Pairs of documents, the earlier first, that share fingerprints."""
        return reuse_candidates(columns[Fingerprints.name])

    def match_parts(self, parts: Parts) -> Iterable[tuple[int, int]]:
        """The same over many machines."""
        return document_pairs(parts, least_shared(parts.documents))

    def settle(self, candidates: Iterable[tuple[int, int]], documents: Documents) -> Iterator[Hit]:
        """Verify the pairs in the text and word one finding a passage of a later document."""
        for document in reused(candidates, documents):
            for passage in document.passages:
                yield Hit(
                    passage.span,
                    self._message(passage, document.paths[passage.twins[0][0]]),
                    "keep the passage in one document, or say where it comes from",
                    severity=Severity.WARNING if passage.share > self.share else None,
                    related=tuple(
                        Place("the same passage" if passage.verbatim else "nearly the same passage", span, number)
                        for number, span in passage.twins[: self.places]
                    ),
                    data={
                        "kind": "verbatim" if passage.verbatim else "reworded",
                        "words": passage.words,
                        "share": round(passage.share, 3),
                        "size": passage.size,
                    },
                    document=document.document,
                )

    @staticmethod
    def _message(passage: Passage, path: str) -> str:
        # Reworded passages hang together by steps: only those compared with this one are named.
        others = (passage.size - 1 if passage.verbatim else len(passage.twins)) - 1
        more = f" and {others} other document{'s' * (others > 1)}" if others else ""
        how = "also stands" if passage.verbatim else "stands reworded"
        return f"Passage of {passage.words} words {how} in {path}{more}"
