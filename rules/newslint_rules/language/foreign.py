"""Where a document leaves its language: whole blocks, runs of blocks, sentences. Shared by the rules of this folder."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newslint.document import Block, Document
from newslint.model import Span
from newslint.text.language import Evidence, foreign

#: Below this confidence in the document's own language nothing in it can be called foreign.
SURE = 0.9
#: A foreign block up to this many words, standing alone, is a caption; above, a passage.
CAPTION_WORDS = 60

#: English names of the languages that reports are likely to name.
NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovene", "sr": "Serbian", "sv": "Swedish", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


class Foreign(NamedTuple):
    """A stretch in another language: its span, the evidence, and whether it is a caption (one short block, alone)."""

    span: Span
    evidence: Evidence
    caption: bool


def language_name(code: str) -> str:
    """The English name of a language, or its code."""
    return NAMES.get(code, code)


def stretches(document: Document) -> Sequence[Foreign]:
    """The foreign stretches of a document, in order; none where the document's own language is not sure."""
    return document.layer(_all_stretches)


def _all_stretches(document: Document) -> Sequence[Foreign]:
    host = document.language
    if host is None or document.language_confidence < SURE:
        return ()
    return tuple(_stretches(document, host))


def _stretches(document: Document, host: str) -> Iterator[Foreign]:
    run: list[tuple[Block, Evidence]] = []
    for index, block in enumerate(document.blocks):
        # A quotation set as a block may well be in the language it was spoken in.
        evidence = None if block.kind == "quote" else foreign(block.text, host)
        if evidence is not None and run and evidence.language != run[0][1].language:
            yield _joined(run)
            run = []
        if evidence is not None and _throughout(document, index, host):
            run.append((block, evidence))
            continue
        if run:
            yield _joined(run)
            run = []
        yield from _sentences(document, index, host)
    if run:
        yield _joined(run)


def _joined(run: Sequence[tuple[Block, Evidence]]) -> Foreign:
    """One stretch of consecutive foreign blocks; the longest block's evidence speaks for all."""
    first, last = run[0][0], run[-1][0]
    evidence = max((evidence for _, evidence in run), key=lambda evidence: evidence.score)
    caption = len(run) == 1 and first.text.count(" ") < CAPTION_WORDS
    return Foreign(Span(first.start, last.end), evidence, caption)


def _throughout(document: Document, index: int, host: str) -> bool:
    """Whether a block that is foreign as a whole is so in most of its sentences, and not by one of them."""
    sentences = document.sentences_of(index)
    if len(sentences) < 2:
        return True
    other = sum(sentence.end - sentence.start for sentence in sentences if foreign(sentence.text, host) is not None)
    return 2 * other > sum(sentence.end - sentence.start for sentence in sentences)


def _sentences(document: Document, index: int, host: str) -> Iterator[Foreign]:
    """Foreign sentences inside a block of the document's own language, neighbours joined."""
    sentences = document.sentences_of(index)
    if len(sentences) < 2 or document.blocks[index].kind == "quote":
        return
    start: int | None = None
    end = 0
    found: Evidence | None = None
    for sentence in sentences:
        evidence = foreign(sentence.text, host)
        if evidence is not None:
            start = sentence.start if start is None else start
            end, found = sentence.end, evidence if found is None or evidence.score > found.score else found
        elif start is not None and found is not None:
            yield Foreign(Span(start, end), found, False)
            start = found = None
    if start is not None and found is not None:
        yield Foreign(Span(start, end), found, False)
