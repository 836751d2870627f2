"""Mark-down: one file, one document, in which everything that is not prose is masked.

markdown-it-py tells the blocks; what is inside a line (code, links, addresses, emphasis) is masked here, since parsers
keep no offsets of it. Front matter, code, HTML and link definitions become spaces, inline objects ``OBJECT``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from newslint.document import LINE_END, OBJECT, Block, Document, Ignore
from newslint.model import Record, Span
from newslint.readers.decode import decode

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: What a comment says to newslint: `newslint: ignore[RULES] reason`, or ignore-file.
DIRECTIVE = re.compile(r"\s*newslint:\s*ignore(?P<file>-file)?(?:\[(?P<rules>[^\[\]]*)\])?(?P<reason>.*)", re.DOTALL)
FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
#: What stands before the prose of a line: quote marks, list markers, hashes of a heading.
LEAD = re.compile(r"[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|#{1,6}(?:[ \t]+|$))*")
CLOSING_HASHES = re.compile(r"[ \t]#+[ \t]*$")
BACKTICKS = re.compile(r"`+")
INLINE = re.compile(
    r"\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?(?:[ \t]+\"[^\"\n]{0,500}\")?\)"  # ](address "title")
    r"|\]\[[^\[\]\n]{0,200}\]"  # ][reference]
    r"|\[\^[^\[\]\s]{1,50}\]"  # [^note]
    r"|</?[A-Za-z][^<>\n]{0,1000}>"  # a tag
    r"|<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]{0,2000}>"  # <address>
    r"|https?://[^\s<>()\[\]]+|www\.[^\s<>()\[\]]+"
    r"|\*{1,3}|~~|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)"
    r"|!?\[|\]"
)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])


def read(path: str, data: bytes, language: str | None) -> Iterable[Document]:
    """Read a mark-down file.

    Raises:
        ReadError: the file is not text.
    """
    text, encoding, guessed = decode(data)
    yield markdown_document(path, text, language=language, encoding=encoding, guessed=guessed)


def markdown_document(
    path: str,
    source: str,
    *,
    language: str | None = None,
    encoding: str = "utf-8",
    guessed: bool = False,
    record: Record | None = None,
    title: str | None = None,
) -> Document:
    """Make a document of mark-down text. Takes time and memory linear in its length."""
    lines = _lines(source)
    parts = list(_prose(source, lines))
    masked = _masked(source, lines, parts)

    def blocks(document: Document) -> Iterator[Block]:
        for first, last, kind in parts:
            start, end = lines[first][0], lines[last][1]
            text = document.text[start:end]
            body = text.strip()
            if body.strip(OBJECT + " "):
                start += len(text) - len(text.lstrip())
                flat = body.replace("\n", " ").replace("\r", " ")
                yield Block(start, start + len(body), flat, kind, first, last)

    return Document(
        path, source, text=masked, language=language, format="markdown", record=record, title=title,
        encoding=encoding, guessed=guessed, blocker=blocks, ignores=tuple(_ignores(source, lines)),
    )  # fmt: skip


def _lines(source: str) -> list[tuple[int, int]]:
    """Start and end of every line, without its line end."""
    spans = []
    start = 0
    for end in LINE_END.finditer(source):
        spans.append((start, end.start()))
        start = end.end()
    return [*spans, (start, len(source))]


def _prose(source: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield first line, last line and kind of every block of prose, by the parser's word."""
    skipped = _front_matter_lines(source, lines)
    # Comments may hold blank lines, which end an HTML block for the parser; they go first, line ends kept.
    chars = list(source)
    _blank(chars, _comments(source))
    text = "".join(chars)
    body = "".join("\n" for _ in range(skipped)) + text[lines[skipped][0] :] if skipped < len(lines) else ""
    kinds: list[str] = []
    last = -1
    for token in _parser().parse(body):
        if token.nesting > 0:
            kinds.append(_kind(token))
        elif token.nesting < 0:
            kinds.pop()
        elif token.type == "inline" and token.map and token.map[0] > last:
            # Every cell of a table row has the row's lines: the row is one block.
            first, last = token.map[0], min(token.map[1], len(lines)) - 1
            yield first, last, next((kind for kind in reversed(kinds) if kind), "paragraph")


def _kind(token: "Token") -> str:
    return {"heading_open": "heading", "list_item_open": "item", "tr_open": "item", "blockquote_open": "quote"}.get(
        token.type, ""
    )


def _front_matter_lines(source: str, lines: list[tuple[int, int]]) -> int:
    opening = FRONT_MATTER.match(source)
    if not opening:
        return 0
    fence = opening.group(1)
    for number, (start, end) in enumerate(lines[1:], 2):
        if source[start:end].rstrip() in (fence, "..." if fence == "---" else fence):
            return number
    return 0


def _masked(source: str, lines: list[tuple[int, int]], parts: list[tuple[int, int, str]]) -> str:
    """The source with everything but the prose masked, line ends kept."""
    chars = list(re.sub(r"[^\r\n]", " ", source))
    for first, last, kind in parts:
        for start, end in lines[first : last + 1]:
            text = source[start:end]
            lead = LEAD.match(text)
            cut = lead.end() if lead else 0
            hashes = CLOSING_HASHES.search(text, cut) if kind == "heading" else None
            stop = hashes.start() if hashes else len(text)
            chars[start + cut : start + stop] = text[cut:stop]
        start, end = lines[first][0], lines[last][1]
        objects = _inline_objects("".join(chars[start:end]))
        _blank(chars, [(start + a, start + b) for a, b in objects], OBJECT)
    _blank(chars, _comments(source))
    return "".join(chars)


def _comments(source: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of HTML comments; one that never closes is none."""
    start = source.find("<!--")
    while start >= 0 and (end := source.find("-->", start + 4)) >= 0:
        yield start, end + 3
        start = source.find("<!--", end + 3)


def _ignores(source: str, lines: list[tuple[int, int]]) -> Iterator[Ignore]:
    """Yield the comments that speak to newslint.

    One that stands alone on its line is about the paragraph below it, one beside words about its line.
    """
    comments = [(0, 0), *_comments(source), (len(source), len(source))]
    ends: list[int] = []
    for (_, before), (start, end), (after, _) in zip(comments, comments[1:], comments[2:], strict=False):
        comment = DIRECTIVE.fullmatch(source, start + 4, end - 3)
        if comment is None:
            continue
        rules = tuple(rule.strip() for rule in (comment["rules"] or "").split(",") if rule.strip())
        number = _line_of(end, source, lines)
        first, last = lines[_line_of(start, source, lines)][0], lines[number][1]
        if comment["file"]:
            span = Span(0, len(source))
        # Beside another comment the line is not looked through: a line of comments would be, for each of them.
        elif before > first or after < last or source[first:start].strip() or source[end:last].strip():
            span = Span(first, last)
        else:
            ends = ends or _paragraph_ends(source, lines)
            span = Span(end, ends[number + 1])
        yield Ignore(rules, comment["reason"].strip(), span, Span(start, end))


def _line_of(offset: int, source: str, lines: list[tuple[int, int]]) -> int:
    return bisect_right(lines, (offset, len(source))) - 1


def _paragraph_ends(source: str, lines: list[tuple[int, int]]) -> list[int]:
    """For each line, and the one after the last: where the paragraph ends that begins there or, below blanks, later."""
    ends = [lines[-1][1]]
    below = True
    for start, stop in reversed(lines):
        blank = not source[start:stop].strip()
        ends.append(stop if below and not blank else ends[-1])
        below = blank
    return ends[::-1]


def _blank(chars: list[str], spans: Iterable[tuple[int, int]], filler: str = " ") -> None:
    """Overwrite spans with a filler, line ends kept."""
    for start, end in spans:
        for offset in range(start, end):
            if chars[offset] not in "\r\n":
                chars[offset] = filler


def _inline_objects(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a block's inline objects."""
    chars = list(text)
    for start, end in _code_spans(text):
        yield start, end
        chars[start:end] = OBJECT * (end - start)
    opened: list[int] = []
    for match in INLINE.finditer("".join(chars)):
        found = match.group()
        if found == "[":
            opened.append(match.start())
        elif found == "![":
            opened.append(match.start() + 1)
            yield match.start(), match.start() + 1
        elif found.startswith("]"):
            opening = opened.pop() if opened else None
            # A bracket without an address is a bracket of the prose.
            if opening is not None and len(found) > 1:
                yield opening, opening + 1
                yield match.span()
        else:
            yield match.span()


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield code spans: a run of backticks up to the next run of the same length (CommonMark 6.1)."""
    runs = [match.span() for match in BACKTICKS.finditer(text)]
    following: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        following.setdefault(runs[index][1] - runs[index][0], []).append(index)
    index = 0
    while index < len(runs):
        start, end = runs[index]
        later = following[end - start]
        while later and later[-1] <= index:
            later.pop()
        if later:
            index = later[-1]
            yield start, runs[index][1]
        index += 1
