"""Rules on characters: what was decoded wrongly is found and restored, and clean text is left alone."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newslint.document import Document
from newslint.testing import apply, check
from newslint_rules.encoding.codepages import pages
from newslint_rules.encoding.controls import strays
from newslint_rules.encoding.damage import damage
from newslint_rules.encoding.invisible_character import InvisibleCharacter
from newslint_rules.encoding.markup_remnant import MarkupRemnant
from newslint_rules.encoding.mojibake import Mojibake
from newslint_rules.encoding.signal import pairs

#: Words of our own choice with what their languages write: accents, capitals, quotation marks, no-break spaces, signs.
WORDS = {
    "fr": "été élève où naïve Noël cœur ÉCOLE Évry forêt l’œuvre «\u00a0déjà\u00a0» ça… août 25\u00a0€ Ÿ À Où – hôtel",
    "de": "Straße über Äpfel schön MÜNCHEN „größer“ Öl ÜBER heißt – füllt “Maß” fünf ÄRZTE",
    "es": "año ¿Qué? mañana ¡Sí! también ESPAÑA José pingüino corazón «niño» único ÚLTIMA",
    "pt": "não ações À às lições MANHÃ coração avó avô é três “pão” É Índia SÃO",
    "it": "città perché è più PERCHÉ però così Là lunedì «università» È gioventù",
    "nl": "één reünie coördinatie ’s-Hertogenbosch België “zeeën” café €\u00a05 cliënt",
    "en": "résumé café “well” it’s naïve £5 – façade 20\u00a0°C ‘no’ Brontë… ½ ©",
    "pl": "żółw gęś łódź ŻYCIE Święta „być” ścieżka źródło mąż ĆMA",
    "cs": "příliš žluťoučký kůň Řím ďábel ŠKODA něco ČESKÝ „úpěl“ ťuk",
    "hu": "őrült tűz ŐSZ űrhajó kérdés ÁRVÍZ öröm „hős” gyűjtő",
    "ro": "țară și România ÎN așa „cărți” viață ȘTIRI mâine",
    "tr": "İstanbul ağaç çiçek GÜNEŞ ışık öğretmen şöyle IĞDIR",
    "vi": "người Việt đường Hồ được những HỌC phố nước",
    "ru": "город ёлка Москва мир человек РОССИЯ день «слово» это",
    "el": "πόλη ένας Ελλάδα ημέρα ΑΘΗΝΑ λόγος «ζωή» είναι",
    "he": "שלום עיר ילדים ספר ארץ",
    "ar": "سلام مدينة كتاب العالم يوم",
}


@st.composite
def texts(draw: st.DrawFn, *languages: str) -> str:
    """A few words of one language; the first is long enough to show what happened to the text."""
    words = WORDS[draw(st.sampled_from(languages or tuple(WORDS)))].split(" ")
    return " ".join([words[0], *draw(st.lists(st.sampled_from(words), max_size=12))])


def as_page(codec: str) -> dict[int, str]:
    """How software reads bytes as a code page: those the page lacks become control characters."""
    table = {}
    for byte in range(0x100):
        try:
            table[byte] = bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            table[byte] = chr(byte)
    return table


def misread(text: str, codec: str) -> str:
    table = as_page(codec)
    return "".join(table[byte] for byte in text.encode())


def mended(text: str) -> str:
    """The text after the fixes, in as many passes as there is something to fix."""
    for _ in range(5):
        fixes = [hit.fix for hit in check(Mojibake(), [Document("case.txt", text)]) if hit.fix]
        if not fixes:
            break
        text = apply(text, fixes)
    return text


class TestMojibake:
    @given(texts())
    @example("“MANHÔ «SÃO» MANHÃ… NÃO")
    def test_silent_on_clean_text(self, text: str) -> None:
        assert check(Mojibake(), [Document("case.txt", text)]) == []

    @given(texts("fr", "de", "es", "pt", "it", "nl", "en"), st.sampled_from(["cp1252", "latin-1", "cp1254"]))
    def test_restores_western_text(self, text: str, codec: str) -> None:
        assert mended(misread(text, codec)) == text

    @given(texts(), st.sampled_from(["cp1252", "latin-1"]))
    def test_restores_every_script(self, text: str, codec: str) -> None:
        assert mended(misread(text, codec)) == text

    @given(texts("fr", "de", "es", "it", "pl", "ru"), st.integers(2, 3))
    def test_restores_what_was_misread_more_than_once(self, text: str, times: int) -> None:
        damaged = text
        for _ in range(times):
            damaged = misread(damaged, "cp1252")
        assert mended(damaged) == text

    @given(texts("fr", "de", "es"), st.sampled_from(["cp1250", "cp1251", "cp1253", "mac_roman", "cp437", "cp850"]))
    def test_finds_other_pages(self, text: str, codec: str) -> None:
        """A page may leave a doubtful place; what is changed is right, and nothing clean is touched."""
        sentence = f"préféré l’été {text}"
        assert mended(misread(sentence, codec)) == sentence

    @given(texts())
    def test_mending_is_idempotent(self, text: str) -> None:
        once = mended(misread(text, "cp1252"))
        assert mended(once) == once

    @given(texts("fr", "de", "es"), st.integers(0, 3))
    def test_lines_are_related(self, text: str, lines: int) -> None:
        damaged = "\n\n".join([misread("été", "cp1252")] * (lines + 1))
        (hit,) = check(Mojibake(), [Document("case.txt", damaged)])
        assert len(hit.related) == lines
        assert hit.data["lines"] == [1 + 2 * line for line in range(lines + 1)]

    @given(st.text(alphabet="é\ufffdaÃ© â€™\x93\n", max_size=40))
    def test_places_are_in_order_and_apart(self, text: str) -> None:
        places = damage(Document("case.txt", text))
        for before, after in pairwise(places):
            assert before.start < before.end <= after.start
        assert all(place.text is not None or not place.page for place in places)

    @pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
    def test_the_cheap_look_sees_every_page(self, page: object) -> None:
        for lead in page.leads:  # type: ignore[attr-defined]
            for more in page.continuations:  # type: ignore[attr-defined]
                assert list(pairs(lead + more)) == [0]


class TestInvisibleCharacter:
    @given(texts(), st.sampled_from("\u200b\u2060\ufeff\u00ad\u202e\u2066\u0007"), st.integers(0, 10))
    def test_finds_and_removes_what_was_put_in(self, text: str, char: str, at: int) -> None:
        at = min(at, len(text))
        damaged = f"{text[:at]} {char}{text[at:]}."
        hits = [hit for hit in check(InvisibleCharacter(), [Document("case.txt", damaged)]) if hit.severity is None]
        if char == "\u2066" and any(
            unicodedata.bidirectional(letter) in "RAL" and letter > "\u0590" for letter in text
        ):
            return
        assert apply(damaged, [hit.fix for hit in hits if hit.fix]) == f"{text[:at]} {text[at:]}."

    @given(texts())
    def test_silent_on_clean_text(self, text: str) -> None:
        hits = check(InvisibleCharacter(), [Document("case.txt", text)])
        assert [hit for hit in hits if hit.severity is None] == []

    @given(st.text(max_size=30))
    def test_strays_are_in_order(self, text: str) -> None:
        found = list(strays(text, set(text)))
        assert found == sorted(set(found))


class TestMarkupRemnant:
    @given(texts())
    def test_silent_on_clean_text(self, text: str) -> None:
        assert check(MarkupRemnant(), [Document("case.txt", text)]) == []

    @given(texts(), st.sampled_from(["number", "hexadecimal", "twice"]))
    def test_restores_references(self, text: str, how: str) -> None:
        pattern = {"number": "&#{};", "hexadecimal": "&#x{:x};", "twice": "&amp;#{};"}[how]
        written = "".join(char if char.isascii() else pattern.format(ord(char)) for char in text)
        hits = check(MarkupRemnant(), [Document("case.txt", written)])
        assert apply(written, [hit.fix for hit in hits if hit.fix]) == text

    @given(st.text(alphabet="<>&;[]{}()!/\\\"'=%*#-:abnpuxE20\n ", max_size=60))
    def test_fixes_never_overlap(self, text: str) -> None:
        hits = check(MarkupRemnant(), [Document("case.txt", text)])
        apply(text, [hit.fix for hit in hits if hit.fix])
