"""What was lost in decoding: characters that nothing brings back, and bytes whose value the rest still tells.

A byte may have become U+FFFD, a question mark or a space, or be gone. Where one value alone is possible ("Ã" and a
space is "à": its second byte is the no-break space) the text is mended; elsewhere it is reported.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint_rules.encoding.signal import QUESTION

#: The characters that Windows-1252 and Latin-1 have for the bytes that continue a character of UTF-8.
MORE = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
#: U+FFFD after what is left of a character; its own UTF-8 read as each of the pages, read twice, and read as GBK.
REPLACED = re.compile(
    f"(?:[Â-ðĂĹ][{MORE}]{{0,2}})?\ufffd+|ï¿½|ďż˝|ï¿œ|пїЅ|ÔøΩ|οΏ½|∩┐╜|´┐¢|ļæ½|ן¿½|ï؟½|๏ฟฝ|锟斤拷|Ã¯Â¿Â½"
)
#: A lead of UTF-8 whose next byte became a question mark, or is gone from the middle or the end of a word.
QUESTIONED = re.compile(r"[ÃÂ]\?(?<=[a-zß-ÿ][ÃÂ]\?)|â€\?|â\?[€¬¢]")
GONE = re.compile(r"[ÃÂ](?<=[a-zß-ÿ][ÃÂ])(?=[a-z.,;:!)\"']|$)")
#: The same in a document that is known to be damaged.
GONE_TOO = re.compile(r"[ÃÂ]\?|(?<!\w)Ã(?=[a-z])")
#: "à" whose second byte became a space, which may have merged with the space after it, but not in Portuguese "às".
GRAVE = re.compile(r"Ã(?<![^\W\d_a-zß-ÿ]Ã)(?: (?=[ \u00a0]|s\b|quel[ea]s?\b|quilo\b)|(?= ))")
#: "Š" and the no-break space, likewise.
CARON = re.compile(r"(?<!\w)Å (?=[a-zß-ž])")
NO_BREAK = re.compile(r"Â(?<![^\W\d_a-zß-ÿ]Â) ")
#: The closing quotation mark: of its row of Unicode, Windows-1252 lacks the third byte of this sign alone.
UNCLOSED = re.compile(rf"â€(?![{MORE}?\ufffd])")

#: One alone is believed where an apostrophe or œ was: "l?eau", "jusqu?ici", "s?ur".
FRENCH = re.compile(
    r"(?:(?<![^\W\d_])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd)\?[aeiouyhâàéèêëîïô]"
    r"|[bcfmnsvn]\?u(?:rs?|vres?|ds?|fs?|x)?\b)",
    re.IGNORECASE,
)
#: A word with one of these is an address or a piece of code, or two words that somebody set in one.
NO_WORD = re.compile(r"[/=.&@:#_\d()\[\]]|\?.*[A-ZÀ-Ý]|\?\?")
#: So many words with a question mark inside prove one another.
WORDS = 2


class Loss(NamedTuple):
    """A place where bytes were lost, what it was (None where nothing tells), and whether the place itself shows it."""

    start: int
    end: int
    text: str | None
    proven: bool


def questions(text: str) -> list[Loss]:
    """The question marks of a document that stand for something that was lost."""
    found = []
    for match in QUESTION.finditer(text):
        at = match.start()
        before = re.split(r"\s", text[max(0, at - 40) : at])[-1]
        after = re.split(r"\s", text[at + 1 : at + 41], maxsplit=1)[0]
        word = f"{before}?{after}".rstrip(".,;:!?)»”\"'")
        if not NO_WORD.search(word):
            found.append((at, word))
    if len({word for _, word in found}) < WORDS:
        found = [(at, word) for at, word in found if FRENCH.search(word)]
    return [Loss(at, at + 1, None, proven=True) for at, _ in found]


def losses(line: str, *, known: bool) -> Iterator[Loss]:
    """Yield the places of a line where bytes were lost; some may overlap.

    Args:
        line: its text.
        known: whether something else of the document was decoded wrongly as Windows-1252.
    """
    for pattern in (REPLACED, QUESTIONED, GONE, GONE_TOO)[: 4 if known else 3]:
        for found in pattern.finditer(line):
            yield Loss(found.start(), found.end(), None, proven=True)
    for pattern, text in ((UNCLOSED, "”"), (GRAVE, "à"), (NO_BREAK, "\u00a0"), (CARON, "Š")):
        for found in pattern.finditer(line):
            # A capital after a small letter is wrong in any text, a capital that stands alone is not.
            proven = text == "”" or line[max(found.start() - 1, 0) : found.start()].islower()
            if proven or known:
                yield Loss(found.start(), found.end(), text, proven)
