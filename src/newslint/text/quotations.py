"""What in a text is not the article's own words: quotations, titles in quotation marks, addresses, file names."""

import re
from collections.abc import Callable

_QUOTATION = re.compile(
    '«[^»]{1,600}»|»[^«»]{1,600}«|“[^”]{1,600}”|„[^“”]{1,600}[“”]|"[^"]{1,600}"|‘[^’]{3,300}’|「[^」]{1,300}」'
    "|『[^』]{1,300}』|《[^》]{1,300}》|,,[^'\"]{1,300}(?:''|\")|‹[^›]{1,300}›|”[^”]{1,600}”"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.\S{1,200}|[\w-]{1,64}\.(?:com|org|net|html?)\b\S{0,200}"
)
_ADDRESSED = re.compile(r"@|www\.|://|\.(?:com|org|net|htm)")
_MARKED = re.compile('[«»"“„”‘‹「『《@]|,,|www|://|\\.(?:com|org|net|htm)')


def has_quotations(text: str) -> bool:
    """Whether ``unquoted`` may have something to blank out in a text."""
    return _MARKED.search(text) is not None


def unquoted(text: str, is_own: Callable[[str], bool] | None = None) -> str:
    """The text with quotations and addresses blanked out, of the same length. Linear: a quotation has a longest length.

    Args:
        text: a line, a sentence or a block.
        is_own: whether a quotation, with its marks, shall stay; default: none.
    """
    if not has_quotations(text):
        return text
    # Looking for addresses costs several times as much as looking whether there are any.
    if _ADDRESSED.search(text) is not None:
        text = _ADDRESS.sub(_blank, text)
    if is_own is None:
        return _QUOTATION.sub(_blank, text)
    return _QUOTATION.sub(lambda match: match.group() if is_own(match.group()) else _blank(match), text)


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
