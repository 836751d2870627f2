"""Lines of JavaScript, JSON and style sheets in text."""

from collections.abc import Iterator, Set

from newslint_rules.encoding.patterns import Hints, compiled
from newslint_rules.encoding.remnants import Kind, Remnant

#: What no sentence has, in the words of the languages themselves and of the trackers of most news sites.
CODE = (
    r"\bfunction\s?\w{0,40}\([\w, ]{0,100}\)\s?\{|\(function\("
    r"|\b(?:window|document)\.[A-Za-z_]\w{0,40}(?:\.\w{1,40}){0,5}\s?(?:=|\()"
    r"|\bgoogletag\.|\bdataLayer\.push\b|\b_gaq\.push\b|\bgtag\(|\bfbq\(|\b(?:jQuery|\$)\([\"'#.\w]{1,60}\)[.;]"
    r"|\}\)\(?\)?;|=>\s?\{|\baddEventListener\("
    r"|@(?:media|font-face|import|keyframes)\s?(?:\(|\{|url|screen|only)"
    r"|\{\s{0,4}[a-z-]{3,30}\s?:\s?[^{};\n]{1,100};|!important;"
    r"|^\s{0,20}[{\[]\s{0,4}\"@?\w{1,40}\"\s?:"
)
#: What stands before the brace of a style sheet.
SELECTOR = r"(?:[.#@]?[A-Za-z][\w-]{0,40}[ ,>:]{0,3}){1,5}\Z"
#: One of these is in every match.
HINTS = Hints(
    *("{", "window.", "document.", "googletag.", "dataLayer", "_gaq", "gtag(", "fbq(", "jQuery(", "$(", "});"),
    *("addEventListener", "!important", "@import", "@media"),
)
LINE_END = r"[\r\n]|\Z"


def scripts(text: str, characters: Set[str]) -> Iterator[Remnant]:
    """Yield the code of a text with these characters, from the first sign of it on a line to the line's end."""
    if not HINTS.are_in(text, characters):
        return
    end = -1
    for match in compiled(CODE, by_line=True).finditer(text):
        if match.start() < end:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        if match.group().startswith("{"):
            selector = compiled(SELECTOR).search(text[max(0, start - 60) : start])
            start -= len(selector.group()) if selector else 0
        line = compiled(LINE_END).search(text, match.end())
        end = line.start() if line else len(text)
        yield Remnant(start, end, Kind.SCRIPT, None)
