"""Targets: bytes to text, text to documents, and the layers of a document."""

from collections.abc import Iterator
from contextlib import suppress

from fuzz.shared import is_found_again, is_sentence, registry, split
from newslint.document import Document
from newslint.model import Span
from newslint.plugins import resolve
from newslint.readers import ReadError
from newslint.readers.decode import decode

LANGUAGES = (None, None, None, "fr", "en", "es", "de", "it", "pt", "nl", "zh", "xx")


def decoding(data: bytes) -> None:
    """Bytes are a text, or are refused in words."""
    try:
        text, encoding, guessed = decode(data)
    except ReadError as error:
        is_sentence(str(error))
        return
    assert guessed or text.encode(encoding if encoding != "utf-16" else "utf-16", "surrogatepass") is not None
    if encoding == "utf-8":
        assert text.encode() == data
    if "\0" not in text:
        assert decode(text.encode()).text == text.removeprefix("\ufeff")


def documents(data: bytes) -> Iterator[Document]:
    """The documents that the reader chosen by the first byte makes of the rest; none where that is refused."""
    choice, body = split(data)
    refs = sorted({ref.target: ref for ref in registry().readers.values() if not getattr(ref, "records", False)})
    language = LANGUAGES[choice // len(refs) % len(LANGUAGES)]
    with suppress(ReadError):
        yield from resolve(refs[choice % len(refs)])("a.txt", body, language)


def layers(data: bytes) -> None:
    """The layers of a document lie inside it, in order, and say what its text says."""
    for document in documents(data):
        _layers(document)


def _layers(document: Document) -> None:
    text, lines = document.text, document.lines
    assert len(text) == len(document.source)
    between = [0, *(offset for line in lines for offset in line.span), len(text)]
    assert between == sorted(between)
    assert all(
        text[end:start] in ("", "\n", "\r", "\r\n") for end, start in zip(between[::2], between[1::2], strict=True)
    )
    for number, line in enumerate(lines, 1):
        assert line.number == number
        assert line.text == text[line.start : line.end]
        assert not set("\r\n") & set(line.text)
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end, (end, block)
        assert block.text == text[block.start : block.end].replace("\n", " ").replace("\r", " ")
        assert lines[block.first].start <= block.start
        assert block.end <= lines[block.last].end
        end = block.end
    end = 0
    for sentence in document.sentences:
        block = document.blocks[sentence.block]
        assert max(end, block.start) <= sentence.start < sentence.end <= block.end
        assert sentence.text == block.text[sentence.start - block.start : sentence.end - block.start]
        end = sentence.end
    assert document.sentences == [s for index in range(len(document.blocks)) for s in document.sentences_of(index)]
    assert document.language is None or document.language in LANGUAGES or len(document.language) in (2, 3)
    assert 0 <= document.language_confidence <= 1
    for ignore in document.ignores:
        assert 0 <= ignore.place.start < ignore.place.end <= len(text)
        assert 0 <= ignore.span.start <= ignore.span.end <= len(text)
    for offset in {0, len(text), len(text) // 2, *(line.end for line in lines[:50])}:
        is_found_again(document, Span(offset, len(text)))
