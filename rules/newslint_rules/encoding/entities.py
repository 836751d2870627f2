"""Character references of HTML in text that is no HTML: ``&eacute;``, ``&#8217;``, ``&amp;amp;``, ``& quot ;``."""

from collections.abc import Iterator

from newslint_rules.encoding.patterns import compiled
from newslint_rules.encoding.remnants import Kind, Remnant

#: A reference, escaped any number of times; without its semicolon, or with spaces that a tokeniser put in.
REFERENCE = (
    r"&(?:(?:amp;){0,5}(?:#\d{2,7};|#[xX][0-9a-fA-F]{2,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
    r"|nbsp(?![\w=])|#\d{2,5}(?![\d;])"
    r"|(?:[AEIOUYaeiouy](?:acute|grave|circ|uml)|[ANOano]tilde|[Cc]cedil|szlig|[lr][sad]quo|[nm]dash|hellip)(?![\w=;])"
    r"| ?(?:amp|quot|apos|lt|gt|nbsp|#\d{2,5}) ?;)"
)
#: What follows an ampersand in the middle of a word and is surely no second name of a firm ("Face&Body;"): letters with
#: accents, quotation marks, dashes, spaces and the five of XML.
COMMON = (
    r"&(?:amp;)*(?:#[xX]?[0-9a-fA-F]+;|(?:[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)|[A-Za-z]{2}lig|"
    r"amp|lt|gt|quot|apos|nbsp|[en]nsp|thinsp|shy|zwn?j|[lr][sad]quo|[sb]dquo|[nm]dash|hellip|bull|middot|euro|pound|"
    r"cent|copy|reg|trade|deg|ordf|ordm|sup[123]|frac\d\d|times|para|sect|eth|ETH|thorn|THORN|rsaquo|lsaquo);)"
)
#: Characters that show nothing: with the reference they go.
UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""))
#: Within an address an ampersand separates fields; only its own reference is one.
ADDRESS = r"(?:https?://|www\.)\S{0,1000}\Z"


def entities(text: str) -> Iterator[Remnant]:
    """Yield the references of a text, with the character each stands for."""
    if "&" not in text:
        return
    for found in compiled(REFERENCE).finditer(text):
        source = found.group()
        if text[found.start() - 1 : found.start()].isalnum() and not compiled(COMMON).match(source) and ";" in source:
            continue
        if source != "&amp;" and compiled(ADDRESS).search(text, max(0, found.start() - 1000), found.start()):
            continue
        meant = character(source)
        if meant is not None:
            yield Remnant(found.start(), found.end(), Kind.ENTITY, meant)


def escaped_again(text: str) -> Iterator[Remnant]:
    """Yield only what is no reference to a reader of HTML either: escaped twice, or broken up."""
    for found in entities(text):
        source = text[found.start : found.end]
        if " " in source or (source.count("&amp;") and len(source) > len("&amp;")):
            yield found


def character(source: str) -> str | None:
    """What a reference stands for, however often it is escaped; None if it is none."""
    from html import unescape
    from html.entities import html5

    name = source.replace(" ", "").strip("&;").rpartition("amp;")[2]
    if name.startswith("#"):
        # Numbers from 128 to 159 mean Windows-1252 to all browsers, and to this function.
        meant = unescape(f"&{name};")
        return None if "\ufffd" in meant else meant.translate(UNSEEN)
    found = html5.get(f"{name};")
    return None if found is None else found.translate(UNSEEN)
