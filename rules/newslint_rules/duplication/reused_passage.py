"""reused-passage (DUP003)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from newslint.duplication import (
    Link,
    Passage,
    Phrases,
    Reading,
    Recent,
    clusters,
    is_near_duplicate,
    links,
    passages,
    readings,
    shared,
)  # fmt: skip
from newslint.model import Hit, Place, Severity
from newslint.rule import Columns, CorpusRule, Documents, Feature, Option

#: A document's unit as one number: the document's number above, the unit's number in these bits.
UNIT_BITS = 32


class ReusedPassage(CorpusRule):
    """A passage that also stands, verbatim or reworded, in another document.

    ## What it does
    Compares the sentences of all documents with each other, by the runs of three words they share, and reports in the
    later document each passage that stands in an earlier one: both places, and whether the words are the same or only
    nearly. Case, accents, quotes and punctuation do not count.

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
    features: ClassVar[tuple[type[Feature], ...]] = (Phrases,)

    share = Option(
        0.3, "the share of the shorter document's words from which the finding is a warning", minimum=0, maximum=1
    )
    places = Option(50, "how many other places a finding names", minimum=1)

    def match(self, columns: Mapping[str, Columns]) -> Iterable[tuple[int, int, int, int]]:
        """Pairs of units with phrases in common: later document, earlier document, earlier unit, later unit."""
        phrases = columns[Phrases.name]
        units = phrases["unit"]
        numbers = [number << UNIT_BITS | units[row] for number in range(len(phrases)) for row in phrases.rows(number)]
        mask = (1 << UNIT_BITS) - 1
        for earlier, later, _ in shared(phrases["hash"], numbers, 4):
            if earlier >> UNIT_BITS != later >> UNIT_BITS:
                yield later >> UNIT_BITS, earlier >> UNIT_BITS, earlier & mask, later & mask

    def settle(self, candidates: Iterable[tuple[int, int, int, int]], documents: Documents) -> Iterator[Hit]:
        """Verify the pairs in the text and word one finding a passage of a later document."""
        pairs: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for later, earlier, twin, unit in candidates:
            pairs.setdefault((later, earlier), []).append((twin, unit))
        texts = readings(documents)
        found: dict[int, list[Link]] = {}
        twins = []
        for later, earlier in sorted(pairs):
            linked = links(earlier, texts[earlier], texts[later], pairs[later, earlier])
            if linked and is_near_duplicate(texts[earlier].tokens.words, texts[later].tokens.words):
                twins.append((earlier, later))
            found.setdefault(later, []).extend(linked)
        family = {member: group[0] for group in clusters(twins) for member in group}
        sizes = self._sizes(found)
        for later, linked in found.items():
            own = family.get(later, -1)
            linked = [link for link in linked if family.get(link.document) != own]
            yield from self._hits(later, linked, texts, documents, sizes)

    @staticmethod
    def _sizes(found: Mapping[int, list[Link]]) -> Mapping[int, int]:
        """How many units hang together with each linked unit, by the unit's number."""
        groups = clusters(
            (link.document << UNIT_BITS | link.twin, later << UNIT_BITS | link.unit)
            for later, linked in found.items()
            for link in linked
        )
        return {unit: len(group) for group in groups for unit in group}

    def _hits(
        self, later: int, linked: list[Link], texts: Recent[Reading], documents: Documents, sizes: Mapping[int, int]
    ) -> Iterator[Hit]:
        reading = texts[later]
        shares = {}
        for document in {link.document for link in linked}:
            words = sum(link.likeness.words for link in linked if link.document == document)
            shares[document] = min(1, words / min(len(reading.tokens.words), len(texts[document].tokens.words)))
        for passage in passages(reading, linked, texts):
            share = max(shares[document] for document, _ in passage.twins)
            size = max(len(passage.twins) + 1, *(sizes[later << UNIT_BITS | link.unit] for link in passage.links))
            yield Hit(
                passage.span,
                self._message(passage, documents, size),
                "keep the passage in one document, or say where it comes from",
                severity=Severity.WARNING if share > self.share else None,
                related=tuple(
                    Place("the same passage" if passage.verbatim else "nearly the same passage", span, document)
                    for document, span in passage.twins[: self.places]
                ),
                data={
                    "kind": "verbatim" if passage.verbatim else "reworded",
                    "words": passage.words,
                    "share": round(share, 3),
                    "size": size,
                },
                document=later,
            )

    @staticmethod
    def _message(passage: Passage, documents: Documents, size: int) -> str:
        path = documents[passage.twins[0][0]].path
        # Reworded passages hang together by steps: only those compared with this one are named.
        others = (size - 1 if passage.verbatim else len(passage.twins)) - 1
        more = f" and {others} other document{'s' * (others > 1)}" if others else ""
        how = "also stands" if passage.verbatim else "stands reworded"
        return f"Passage of {passage.words} words {how} in {path}{more}"
