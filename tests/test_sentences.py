"""Sentence boundaries: what ends a sentence in seven languages, and what holds for any text."""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.text.sentences import fragments, split

LANGUAGES = ["fr", "en", "es", "de", "it", "pt", "nl"]


def sentences(text: str, language: str | None = None) -> list[str]:
    return [text[start:end] for start, end in split(text, language)]


def parts(text: str, language: str | None = None) -> list[str]:
    return [text[start:end] for start, end in fragments(text, language)]


def check(marked: str, language: str | None) -> None:
    """Splits the text without its marks; "|" stands where a sentence must end."""
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("fr", "Le maire a reçu M. Roux. | Mme Le Bihan attendait avec le Dr Petit et MM. Blanc et Noir."),
        ("fr", "Voir l'art. 12 et la p. 40. | Le port fut fondé vers 300 av. J.-C. par des marins."),
        ("fr", "On y vend du sel, du miel, etc. | Les prix montent. | M. D. Morel n'a rien dit de cet art. | Il part."),
        ("en", "Mr. Hale met Dr. Ann B. Stone at 5 p.m. on Friday. | The U.S. Navy left at 6 p.m. | They slept."),
        ("en", "See fig. 3 and No. 7. | No. | Main St. | The shop moved to St. Mary in Jan. 2019."),
        ("en", "Orders at Baker Inc. rose. | Profit at Baker Inc. | It grew again. | J. R. Moss, Jr. Partner, agreed."),
        ("es", "El Sr. Gil y la Sra. Paz viven en EE. UU. desde 2010. | Véase la pág. 12."),
        ("es", "Abrió a las 8 a.m. | ¿Por qué tan tarde? | ¡Quién sabe! | D. Luis calló."),
        ("de", "Am 3. Oktober kam Dr. Weber z. B. nach Bonn. | Er blieb bis zum 5. | Das war lang."),
        (
            "de",
            "Im 2. Weltkrieg fiel die Brücke, vgl. Abs. 4. | Der Hof Ludwig XIV. Nachfolger zahlte ca. 3 Mio. Mark.",
        ),
        ("it", "Il dott. Verdi e l'on. Neri, cfr. pag. 12, vendono pane, vino, ecc. | Il resto segue."),
        ("pt", "O Sr. Lima mora na av. Central. | Comprou pão, leite etc. | Depois saiu. | D. Rita ficou."),
        ("nl", "Volgens mr. Smit kost het ca. 5 euro. | 's Avonds was het stil. | 't Is bijv. Jan die klaagt."),
        (None, "Prof. Lund met Mr. Berg. | Nobody else came."),
    ],
)
def test_abbreviations(language: str | None, marked: str) -> None:
    check(marked, language)


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("fr", "« Il viendra. » | Elle a souri. | « C'est non », dit-il."),
        ("fr", "« Quoi ? » demanda la préfète. | « Rien ! » répondit-il. | « Bon. » | « Soit. »"),
        ("fr", "\u201cNous partons.\u201d | \u00ab\u00a0Déjà\u00a0?\u00a0\u00bb | Personne n'a bougé."),
        ("fr", 'Il a tranché. | " Oui. " | Puis " non ". | La salle a ri.'),
        ("en", '"We won." | "Really?" | She said "Who? | Not me!" and left. | (It was late.) | He slept.'),
        ("en", "'We won.' | Rivals of Mr. Bell's team wept."),
        ("de", "„Nein.“ | »Doch.« | »Neue Töne!« | Es half nichts."),
        ("es", "«Ya basta». | «¿Quién va?» | Nadie respondió."),
        ("nl", ",,Wij gaan.'' | ,,Goed.'' | Het bleef stil."),
    ],
)
def test_closing_quotes_stay_with_their_sentence(language: str, marked: str) -> None:
    check(marked, language)


@pytest.mark.parametrize("language", [*LANGUAGES, None])
@pytest.mark.parametrize(
    "marked",
    [
        "Total: 3.5 and 1.200,50 for v2.0 at example.org today. | Zero.",
        "Alpha... beta went on… and beta. | Gamma! delta. | Omega… | Sigma.",
        "Alpha (...) Beta […] Gamma. | (...) Delta.",
        "1. Alpha. | 2. Beta. | 3. Gamma.",
        "Alpha?! | Beta!!! | Gamma. . | Delta.",
        "Alpha. | iPhone beta. | 12 gamma. | – Delta. | – Epsilon.",
        "Alpha. | …And beta. | ...Gamma.",
    ],
)
def test_in_every_language(marked: str, language: str | None) -> None:
    check(marked, language)


def test_scripts_without_spaces() -> None:
    assert sentences("今日は。明日も！「はい。」終わり。", "ja") == ["今日は。", "明日も！", "「はい。」", "終わり。"]
    check("क्या हुआ। | कुछ नहीं।", "hi")


def test_language_tags() -> None:
    text = "Chegou o Sr. Lima, etc. Depois saiu."
    assert split(text, "pt-BR") == split(text, "pt_PT") == split(text, "PT") == split(text, "pt")
    assert split(text, "x-unknown") == split(text, "")


def test_offsets_are_code_points() -> None:
    text = "  \U0001f600 Oui. Cafe\u0301. \U0001d49c dit.\n\tFin \ufffc. \ufffc suit.  "
    assert split(text, "fr") == [(2, 8), (9, 15), (16, 22), (24, 30), (31, 38)]
    assert split("Cafe\u0301.\u200b Oui.\ufeff\n", "fr") == [(0, 7), (8, 13)]


def test_wrapped_lines_are_one_text() -> None:
    assert sentences("Le maire a\nparlé à M.\nRoux.\nPuis il est\nparti.", "fr") == [
        "Le maire a\nparlé à M.\nRoux.",
        "Puis il est\nparti.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\u00a0", "\u2028"])
def test_no_text(text: str) -> None:
    assert split(text) == fragments(text) == []


@pytest.mark.parametrize("text", [".", "...", '"', "« »", "? !", ". . .", "Mot", "mot.", "(…)"])
def test_one_sentence(text: str) -> None:
    assert split(text, "fr") == [(0, len(text))]


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("fr", "Le pont rouvrira, a promis la préfète. | précisé. | Le reste suit."),
        ("fr", "Il cite « un long hiver ». | longue. | La fin. . | route barrée."),
        ("en", "The bridge opens in May, the mayor said. | added. | See the list of the EU. | bridges."),
        ("es", "El puente abre en mayo, dijo. | agregó."),
        ("de", "Die Brücke öffnet im Mai. | sagte er."),
        ("it", "Il ponte apre a maggio. | ha aggiunto."),
        ("pt", "A ponte abre em maio. | acrescentou."),
        ("nl", "De brug gaat open in mei. | voegde toe."),
    ],
)
def test_fragments_show_broken_prose(language: str, marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = " ".join(expected)
    assert parts(text, language) == expected
    assert len(sentences(text, language)) < len(expected)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les prix, loyers, etc. montent de 3 km. environ, cf. plus bas, av. le 3."),
        ("fr", "« Quoi ? » dit-il. « Non. » a-t-il répété… puis rien ! ou presque."),
        ("en", "It rose approx. two points, e.g. in the U.S. market, by 5 p.m. today."),
        ("en", "A stray . point is another fault."),
        ("de", "Am 3. oder 4. des Monats, d. h. bald, usw. bis zum Ende."),
        ("nl", "Hij kocht brood, melk enz. bij dhr. de Vries."),
        ("es", "Compró pan, leche, etc. en la av. principal."),
        ("it", "Comprò pane, vino, ecc. dal sig. del piano di sotto."),
        ("pt", "Comprou pão, leite etc. na av. principal."),
    ],
)
def test_fragments_keep_sound_prose_whole(language: str, text: str) -> None:
    assert [span for span in fragments(text, language) if text[span[0]].islower()] == []
    assert fragments(text, language) == split(text, language)


LIKELY = st.sampled_from([*"aàM.!?…»«”“\"'()[]-–, \n\u00a0\u200b\ufffc13。😀\u0301", ". ", "M. ", "etc. ", '." '])
ANY_TEXT = st.text() | st.lists(LIKELY).map("".join)


@given(ANY_TEXT, st.sampled_from([*LANGUAGES, None, "fi"]))
def test_spans_cover_any_text(text: str, language: str | None) -> None:
    for spans in (split(text, language), fragments(text, language)):
        covered = 0
        for start, end in spans:
            assert covered <= start < end <= len(text)
            assert not text[covered:start].strip()
            assert text[start:end] == text[start:end].strip()
            covered = end
        assert not text[covered:].strip()


@given(ANY_TEXT, st.sampled_from([*LANGUAGES, None]))
def test_fragments_refine_sentences(text: str, language: str | None) -> None:
    assert {end for _, end in split(text, language)} <= {end for _, end in fragments(text, language)}


HOSTILE = [
    "a.",
    ".",
    ". ",
    '"',
    "» ",
    '. " ',
    "A. ",
    "1. ",
    "é.» ",
    ". (",
    ".\u200b",
    "'",
    " ",
    "a",
    "m. ",
    ". a",
    "…a ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_grows_with_the_text(unit: str) -> None:
    def calls(size: int) -> int:
        count = 0

        def tally(frame: FrameType, event: str, argument: object) -> None:
            nonlocal count
            count += 1

        text = unit * size
        sys.setprofile(tally)
        try:
            fragments(text, "fr")
        finally:
            sys.setprofile(None)
        return count

    assert calls(2000) <= 2 * calls(1000) + 100


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_hostile_text_ends(unit: str) -> None:
    # Backtracking inside a pattern makes no calls: at this size, the square of the length would not end.
    text = unit * (300_000 // len(unit))
    spans = fragments(text, "fr")
    assert not text.strip() or spans[-1][1] == len(text.rstrip())
