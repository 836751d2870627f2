"""TRA004 name-variant."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import chain
from typing import ClassVar, NamedTuple

from newslint.document import Document
from newslint.model import Hit, Place, Severity, Span
from newslint.rule import Columns, CorpusRule, DocumentRule, Documents, Feature, Option, Parts, Rows
from newslint_rules.translation.names import names, places, small_words
from newslint_rules.translation.spelling import fold, sound
from newslint_rules.translation.variant_groups import Candidate, candidates
from newslint_rules.translation.variants import CASE, SLIP, Difference, difference, keys

#: A report lists at most this many other places.
RELATED = 50


class NameKeys(Feature):
    """A row for each name of a document and each key under which another spelling of it may be found.

    ``key`` and ``form`` are hashes of the key (with the language) and of the name as it is spelled; ``count`` says how
    often it stands there. A row takes 14 bytes; a news article has some 20 to 60 rows.
    """

    name: ClassVar[str] = "name-keys"
    typecodes: ClassVar[Mapping[str, str]] = {"key": "Q", "form": "I", "count": "H"}
    partition: ClassVar[str] = "key"

    def rows(self, document: Document) -> Mapping[str, Iterable[int]]:
        """The rows of one document, sorted; none where the language has no rules for names."""
        language = document.language or ""
        found = names(document)
        rows = sorted(
            (_hash(f"{language}{key}"), _form(name), min(found.pairs.get(name) or found.alone[name], 0xFFFF))
            for key, name in keys(found, language)
        )
        return {name: [row[column] for row in rows] for column, name in enumerate(self.typecodes)}


def _candidates(rows: Mapping[str, Rows], established: int) -> list[Candidate]:
    return list(candidates(rows[NameKeys.name].columns(), established))


class _Spelling(NamedTuple):
    name: str
    spans: list[Span]


class NameVariant(DocumentRule, CorpusRule):
    """One name spelled in two ways, in an article or over several.

    ## What it does
    Compares the names of a text, and of all texts of a run: pairs of words with capitals that share a word and sound
    alike (Karl Brettner, Karl Bretner), names that differ in accents, hyphens or capitals (États-Unis and Etats-Unis,
    NATO and Nato), and slips of the keyboard. It reports the rarer spelling and names the more frequent one.

    ## Why is this bad
    A name in two spellings is wrong in one of them. Machine translation carries the transliterations of several
    languages into one text, and no search finds all of them.

    ## Example
    ```text
    President Volodymyr Karpensky landed at noon. [...] Volodymir Karpenski will meet the press tonight.
    ```

    ## Limits
    Names come from the text alone, so something must say that two spellings are one name: a shared first name, surname
    or title, or the same letters. A surname alone that has another spelling than the full name is reported as likely.
    Spellings that many articles of a run share (`established`) are a matter of style. Inflected forms, lines in
    capitals, Saint and St, German nouns, and languages without a lexicon are left alone.
    """

    code: ClassVar[str] = "TRA004"
    name: ClassVar[str] = "name-variant"
    severity: ClassVar[Severity] = Severity.INFO
    features: ClassVar[tuple[type[Feature], ...]] = (NameKeys,)

    established = Option(
        100, "a spelling that stands in more documents than this is a style and no variant over documents", minimum=1
    )

    def check(self, document: Document) -> Iterator[Hit]:
        """Yield a hit for each spelling in ``document`` that is rarer than another one of the same name."""
        taken: set[int] = set()
        for major, minor, what in self._pairs(document):
            spans = [span for span in minor.spans if taken.isdisjoint(range(*span))]
            if not spans:
                continue
            taken.update(offset for span in spans for offset in range(*span))
            others = [Place(f"“{minor.name}” again", span) for span in spans[1:RELATED]]
            yield Hit(
                spans[0],
                f"{_here(major, minor)} {_times(len(major.spans))} in this text",
                f"use one spelling, most likely “{major.name}”",
                severity=Severity.WARNING if what.sure else Severity.INFO,
                related=(Place(f"“{major.name}”", major.spans[0]), *others),
                data={"suggestion": major.name, "kind": what.kind, "count": len(spans), "others": len(major.spans)},
                key=minor.name,
            )

    def _pairs(self, document: Document) -> Iterator[tuple[_Spelling, _Spelling, Difference]]:
        """The frequent and the rare spelling of every name that has two."""
        language = document.language or ""
        found = names(document)
        groups: dict[str, list[str]] = {}
        for key, name in keys(found, language):
            groups.setdefault(key, []).append(name)
        several = [group for group in groups.values() if len(group) > 1]
        where = places(document, {name for group in several for name in group})
        for group in several:
            spellings = [_Spelling(name, where[name]) for name in group if name in where]
            spellings.sort(key=lambda spelling: (-len(spelling.spans), spelling.spans[0]))
            for minor in spellings[1:]:
                major = spellings[0]
                what = difference(major.name, minor.name, language)
                if not what or (what.kind == SLIP and len(major.spans) == len(minor.spans)):
                    continue
                if what.kind != CASE or not (_is_common(document, major.name) or _is_common(document, minor.name)):
                    yield major, minor, what
        if language != "de":
            yield from self._surnames(document)

    def _surnames(self, document: Document) -> Iterator[tuple[_Spelling, _Spelling, Difference]]:
        """Surnames alone, in another spelling than that of the full name."""
        found = names(document)
        full: dict[str, list[str]] = {}
        for pair in found.pairs:
            surname = pair.split(" ")[1]
            if len(surname) >= 5:
                full.setdefault(sound(fold(surname)), []).append(surname)
        pairs = [
            (spelled[0], name)
            for name in found.alone
            if len(name) >= 5 and name not in found.joined and not name.isupper()
            if len(set(spelled := full.get(sound(fold(name)), []))) == 1
        ]
        where = places(document, {name for pair in pairs for name in pair}) if pairs else {}
        for name, other in pairs:
            major, minor = (_Spelling(word, where.get(word, [])) for word in (name, other))
            if minor.spans and len(major.spans) > len(minor.spans):
                yield major, minor, Difference("surname", False)

    def match(self, columns: Mapping[str, Columns]) -> Iterator[Candidate]:
        """Yield the spellings of each key under which several stand, by their hashes."""
        return candidates(columns[NameKeys.name], self.established)

    def match_parts(self, parts: Parts) -> Iterator[Candidate]:
        """The same over many machines: all spellings of a key lie in one part."""
        return chain.from_iterable(parts.map(_candidates, self.established))

    def settle(self, candidates: Iterable[Candidate], documents: Documents) -> Iterator[Hit]:
        """Look the spellings up in their documents, and yield a hit for each document and rare spelling."""
        chosen = sorted(candidates, key=lambda candidate: (-candidate.support, candidate))
        wanted: dict[int, set[int]] = {}
        for candidate in chosen:
            for number, form in (candidate.major, *candidate.minors):
                wanted.setdefault(number, set()).add(form)
        found: dict[tuple[int, int], _Spelling] = {}
        common: set[tuple[int, int]] = set()
        languages: dict[int, str] = {}
        for number in sorted(wanted):
            document = documents[number]
            languages[number] = document.language or ""
            known = names(document)
            forms = {name: form for name in (*known.pairs, *known.alone) if (form := _form(name)) in wanted[number]}
            for name, spans in places(document, forms).items():
                found[number, forms[name]] = _Spelling(name, spans)
                if _is_common(document, name):
                    common.add((number, forms[name]))
        taken: dict[int, set[int]] = {}
        for candidate in chosen:
            for place in candidate.minors:
                if candidate.major not in found or place not in found:
                    continue
                major, minor = found[candidate.major], found[place]
                what = difference(major.name, minor.name, languages[place[0]])
                if not what or (what.kind == SLIP and candidate.support < 2):
                    continue
                # Short acronyms of one article may be words of another.
                short = " " not in minor.name and len(minor.name) < 4
                if what.kind == CASE and (short or candidate.major in common or place in common):
                    continue
                offsets = taken.setdefault(place[0], set())
                if offsets.isdisjoint(range(*minor.spans[0])):
                    offsets.update(offset for span in minor.spans for offset in range(*span))
                    yield _corpus_hit(candidate, place[0], major, minor, what)


def _corpus_hit(candidate: Candidate, document: int, major: _Spelling, minor: _Spelling, what: Difference) -> Hit:
    number = candidate.support
    where = "another document" if number == 1 else f"{number} other documents"
    return Hit(
        minor.spans[0],
        f"{_here(major, minor)} in {where}",
        f"use one spelling, most likely “{major.name}”",
        related=(
            Place(f"“{major.name}”", major.spans[0], candidate.major[0]),
            *(Place(f"“{minor.name}” again", span, document) for span in minor.spans[1:RELATED]),
        ),
        data={"suggestion": major.name, "kind": what.kind, "documents": number},
        key=minor.name,
        document=document,
    )


def _is_common(document: Document, name: str) -> bool:
    """Whether the word stands in small letters, too: an acronym and a common word may look alike ("SUD", "Sud")."""
    return name.lower() in small_words(document)


def _here(major: _Spelling, minor: _Spelling) -> str:
    return f"Two spellings of one name: “{minor.name}” here, “{major.name}”"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")


def _form(name: str) -> int:
    return zlib.crc32(name.encode())
