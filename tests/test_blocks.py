"""Blocks of plain text: which lines belong together, and what kind of block they make."""

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.document import Document
from newslint.text.blocks import ends_sentence, wrap_width

PARAGRAPHS = [
    " ".join(words.split())
    for words in (
        """The harbour board has closed the eastern basin for the winter, after divers found cracks in two of the gates
        that keep the tide out. Boats that were moored there have been towed to the fish market, where they will stay,
        said the board, until the steel has been replaced and the concrete has had time to set.""",
        """Owners were told on Tuesday. Most of them shrugged: the basin has been closed three times in ten years, and
        the fish market has better coffee. A few, who live on their boats and send their children to the school on the
        quay, are less amused, and have asked the mayor for a bus.""",
        """The repair is expected to cost 2.4 million, of which the region pays half. Tenders close on the 12th of
        December.""",
    )
]
HEADING = "Better coffee at the fish market"


def texts(source: str) -> list[str]:
    return [re.sub(r"\s+", " ", block.text) for block in Document("a.txt", source).blocks]


def kinds(source: str) -> list[str]:
    return [block.kind for block in Document("a.txt", source).blocks]


def wrapped(paragraph: str, width: int, hyphens: bool = True) -> str:
    return textwrap.fill(paragraph, width, break_long_words=False, break_on_hyphens=hyphens)


def test_one_paragraph_a_line() -> None:
    source = "\n".join(PARAGRAPHS) + "\n"
    assert texts(source) == PARAGRAPHS
    assert wrap_width(Document("a.txt", source).lines) is None


def test_blank_lines_between_paragraphs() -> None:
    assert texts("\n\n".join(PARAGRAPHS)) == PARAGRAPHS


@pytest.mark.parametrize("width", range(60, 101, 4))
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_hard_wrapped(width: int, between: str) -> None:
    source = between.join(wrapped(paragraph, width, hyphens=False) for paragraph in PARAGRAPHS)
    assert wrap_width(Document("a.txt", source).lines) is not None
    found = texts(source)
    if between == "\n\n":
        assert found == PARAGRAPHS
    else:
        # Without blank lines a paragraph whose last line happens to be full runs into the next one.
        assert " ".join(found) == " ".join(PARAGRAPHS)
        assert all(ends_sentence(text) for text in found)


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_an_address_wider_than_the_margin(width: int) -> None:
    address = "https://port.example/" + "tides/" * 20
    paragraph = f"{PARAGRAPHS[0]} The tables are at {address} and are renewed each month. {PARAGRAPHS[1]}"
    assert texts(wrapped(paragraph, width, hyphens=False)) == [paragraph]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_heading_stands_alone(width: int) -> None:
    paragraphs = [wrapped(paragraph, width) for paragraph in PARAGRAPHS]
    source = f"{HEADING}\n{paragraphs[0]}\n\n{HEADING}\n\n{paragraphs[1]}\n\n{paragraphs[2]}\n"
    assert texts(source) == [HEADING, PARAGRAPHS[0], HEADING, *PARAGRAPHS[1:]]
    assert kinds(source) == ["heading", "paragraph", "heading", "paragraph", "paragraph"]


def test_a_heading_wider_than_the_margin() -> None:
    heading = "The harbour board closes the eastern basin for the winter, and nobody is pleased"
    source = "\n\n".join([heading, *(wrapped(paragraph, 66) for paragraph in PARAGRAPHS)])
    assert texts(source) == [heading, *PARAGRAPHS]


def test_a_date_or_a_dash_at_the_start_of_a_wrapped_line() -> None:
    paragraph = (
        "Die Schleuse bleibt nach Angaben der Hafenverwaltung voraussichtlich bis zum 12. Dezember geschlossen, weil "
        "die neuen Tore erst im Januar geliefert werden und - wie es aus dem Rathaus hieß - niemand die alten noch "
        "einmal schweißen will, solange der Beton nicht trocken ist. Die Schiffe liegen solange am Fischmarkt, was den "
        "Wirten dort gefällt und den Anwohnern weniger."
    )
    for width in range(60, 100):
        source = textwrap.fill(paragraph, width)
        if re.search(r"^(12|-)", source, re.MULTILINE):
            assert texts(source) == [paragraph]


def test_list_items() -> None:
    source = "\n".join(
        [
            wrapped(PARAGRAPHS[0], 72),
            "",
            "- boats in the eastern basin",
            "- boats at the quay, which may stay where they are until the gates of",
            "  the inner harbour are opened again, which is planned for days of",
            "  January, weather permitting",
            "2) the ferry",
        ]
    )
    assert kinds(source) == ["paragraph", "item", "item", "item"]
    assert texts(source)[2].endswith("planned for days of January, weather permitting")


def test_an_indent_starts_a_paragraph() -> None:
    source = "\n".join(textwrap.fill(paragraph, 70, initial_indent="    ") for paragraph in PARAGRAPHS)
    assert texts(source) == PARAGRAPHS


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends(end: str) -> None:
    source = "\n\n".join(wrapped(paragraph, 72) for paragraph in PARAGRAPHS).replace("\n", end)
    assert texts(source) == PARAGRAPHS


def test_a_next_line_character_ends_no_line() -> None:
    source = PARAGRAPHS[0][:50] + "\x85" + PARAGRAPHS[0][50:]
    (block,) = Document("a.txt", source).blocks
    assert (block.first, block.last, block.text) == (0, 0, source)


def test_a_single_wrapped_sentence() -> None:
    source = "The harbour board has closed the eastern basin for the winter, after\ndivers found cracks in two gates.\n"
    assert len(texts(source)) == 1


def test_short_lines_are_no_wrapped_text() -> None:
    source = (
        "Opening hours of the harbour office in winter\nMonday to Friday\nSaturday, by appointment\nSunday closed\n"
    )
    assert len(texts(source)) == 4


@pytest.mark.parametrize("text", ["Fin.", "Fin ?", "« Fin. »", "„Ende.“", "(fin.)", "Fin…", "終わり。」", ",,Einde.''"])
def test_ends_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["Fin", "« Fin »", "fin,", "2.4 million", ""])
def test_does_not_end_sentence(text: str) -> None:
    assert not ends_sentence(text)


LINES = st.lists(st.text(alphabet="aZé,.!- \t\x85\u2028\u00a0«»12", max_size=130), max_size=14)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_blocks_are_ordered_and_cover_the_text(lines: list[str], end: str) -> None:
    document = Document("a.txt", end.join(lines))
    covered: set[int] = set()
    last = -1
    for block in document.blocks:
        assert block.start > last
        assert len(block.text) == block.end - block.start
        assert document.lines[block.first].start <= block.start < block.end <= document.lines[block.last].end
        assert not re.search("[\r\n]", block.text)
        covered.update(range(block.start, block.end))
        last = block.end - 1
    assert all(character.isspace() or offset in covered for offset, character in enumerate(document.text))
