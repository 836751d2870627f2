"""Tags, comments and attributes of HTML, Word and XML in text, and the marks of language models."""

import re
from collections.abc import Iterator

from newslint_rules.encoding.patterns import compiled
from newslint_rules.encoding.remnants import Kind, Remnant

#: The elements of HTML, living and obsolete (the HTML standard's index, and its list of obsolete features).
ELEMENTS = frozenset(
    (
        *("a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont"),
        *("bdi", "bdo", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite"),
        *("code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl"),
        *("dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img"),
        *("input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "marquee", "menu", "meta"),
        *("meter", "nav", "nobr", "noframes", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param"),
        *("path", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "section", "select"),
        *("small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody"),
        *("td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "use"),
        *("var", "video", "wbr"),
    )
)
#: Elements that stand alone; their tags need no partner.
VOID = frozenset(
    ("br", "hr", "img", "input", "wbr", "embed", "source", "meta", "link", "param", "col", "area", "track")
)
TAG = r"</?([A-Za-z][A-Za-z0-9]{0,11})(\s[^<>]{0,2000})?\s?/?>"
#: A name in a namespace, as Word and social networks write them; the marks of language models; what else XML has.
OTHER = (
    r"</?(?:o|w|v|m|x|st1|fb|g|svg|xsl|fn|php|c):[A-Za-z][\w-]{0,30}(?:\s[^<>]{0,500})?/?>"
    r"|<(?:extra_id_\d{1,3}|unk|pad|eos|bos|mask|/s)>|<\|[A-Za-z_]{2,30}\|>"
    r"|<!--|<!\[CDATA\[|<!DOCTYPE\b[^<>]{0,200}>?|<\?(?:xml|php)\b"
)
#: What ends a comment and character data; what is not closed is reported by its beginning.
ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?xml": "?>", "<?php": "?>"}
#: A tag that was cut: its first attribute is there, its end is not.
CUT = r"<(?:a|img|div|span|p|iframe|script|font|table|td|li|ul|h[1-6])\s{1,2}[a-z-]{2,20}=[\"'][^<>\n]{0,500}$"
#: Attributes whose tag is gone: one before a bracket, or two in a row.
ATTRIBUTES = (
    r"\b(?:href|src|class|style|target|rel|width|height|alt|id|srcset|title)=([\"'])[^\"'\n<>]{0,300}\1"
    r"(?:\s{0,2}/?>|(?:\s{1,2}[a-z-]{2,20}=[\"'][^\"'\n<>]{0,300}[\"']){1,20}(?:\s{0,2}/?>)?)"
)
#: So far before an attribute its tag may begin.
REACH = 300


def tags(text: str) -> Iterator[Remnant]:
    """Yield the tags, comments and loose attributes of a text."""
    if "<" in text:
        found = [match for match in compiled(TAG).finditer(text) if _is_tag(match)]
        closed = {match.group(1).lower() for match in found if match.group().startswith("</")}
        for match in found:
            if _is_left(text, match, closed):
                yield Remnant(match.start(), match.end(), Kind.TAG, "")
        yield from _others(text)
        for match in compiled(CUT, by_line=True).finditer(text):
            yield Remnant(match.start(), match.end(), Kind.TAG, None)
    if '="' in text or "='" in text:
        for match in compiled(ATTRIBUTES).finditer(text):
            first = max(0, match.start() - REACH)
            # Attributes inside a whole tag belong to it.
            if text.rfind("<", first, match.start()) <= text.rfind(">", first, match.start()):
                yield Remnant(match.start(), match.end(), Kind.TAG, None)


def _others(text: str) -> Iterator[Remnant]:
    """Yield comments, character data and foreign tags; what stands in a comment goes with it."""
    reached = 0
    unclosed: set[str] = set()
    for match in compiled(OTHER).finditer(text):
        opening = match.group()
        end = match.end()
        if match.start() < reached:
            continue
        if opening in ENDS and opening not in unclosed:
            close = text.find(ENDS[opening], end)
            if close < 0:
                unclosed.add(opening)
            else:
                end = close + len(ENDS[opening])
        yield Remnant(match.start(), end, Kind.TAG, "")
        reached = end


def _is_tag(match: re.Match[str]) -> bool:
    attributes = (match.group(2) or "").strip(" /")
    return match.group(1).lower() in ELEMENTS and (not attributes or "=" in attributes)


def _is_left(text: str, match: re.Match[str], closed: set[str]) -> bool:
    """Whether a tag was left behind; a bare one that stands alone and is closed nowhere may be spoken of."""
    name = match.group(1).lower()
    if match.group(2) or match.group().startswith("</") or name in VOID or name in closed:
        return True
    return text[match.start() - 1 : match.start()].isalnum() or text[match.end() : match.end() + 1].isalnum()
