"""Subtitles (SubRip, ``.srt``): numbers, times and tags are masked, and what is said is read as running text."""

import re
from collections.abc import Iterable, Iterator

from newslint.document import Block, Document
from newslint.readers.decode import decode
from newslint.text.blocks import ends_sentence

TIMES = re.compile(r"\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3}\s*-->\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3}(?:\s[^\r\n]{0,200})?")
NUMBER = re.compile(r"\s*\d{1,7}\s*")
TAG = re.compile(r"</?[a-zA-Z][^<>\r\n]{0,100}>|\{\\[^{}\r\n]{0,100}\}")


def read(path: str, data: bytes, language: str | None) -> Iterable[Document]:
    """Read a file of subtitles: one document.

    Raises:
        ReadError: the file is not text.
    """
    source, encoding, guessed = decode(data)
    yield Document(
        path, source, text=_masked(source), language=language, format="subtitles",
        encoding=encoding, guessed=guessed, blocker=_blocks,
    )  # fmt: skip


def _masked(source: str) -> str:
    """The source with all that is not said replaced by spaces, so that offsets hold."""
    lines = re.split(r"(\r\n|\r|\n)", source)  # texts at even places, line ends between them
    for place in range(0, len(lines), 2):
        if TIMES.fullmatch(lines[place]):
            lines[place] = " " * len(lines[place])
            if place >= 2 and NUMBER.fullmatch(lines[place - 2]):
                lines[place - 2] = " " * len(lines[place - 2])
        else:
            lines[place] = TAG.sub(lambda tag: " " * len(tag[0]), lines[place])
    return "".join(lines)


def _blocks(document: Document) -> Iterator[Block]:
    """Yield what is said up to the end of a sentence: one often runs over several subtitles."""
    said = [index for index, line in enumerate(document.lines) if line.text.strip()]
    first: int | None = None
    for index in said:
        line = document.lines[index]
        first = index if first is None else first
        if ends_sentence(line.text) or index == said[-1]:
            opening = document.lines[first]
            start = opening.end - len(opening.text.lstrip())
            end = line.start + len(line.text.rstrip())
            text = document.text[start:end].replace("\r", " ").replace("\n", " ")
            yield Block(start, end, text, "paragraph", first, index)
            first = None
