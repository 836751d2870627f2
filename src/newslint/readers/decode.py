"""Bytes to text: UTF-8, strictly; what a byte order mark says; else a guess that is reported."""

import codecs
from itertools import repeat
from typing import NamedTuple

from newslint.readers import ReadError

#: The guess looks at this many bytes; a file that decodes on them and fails later is reported.
SAMPLE = 1 << 18

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """A text, the Python name of its encoding, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes) -> Decoded:
    """Decode a file.

    Raises:
        ReadError: the file is binary, or no encoding fits.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding, guessed=False)
            except UnicodeDecodeError as error:
                label = encoding.removesuffix("-sig").upper()
                raise ReadError(
                    f"starts with the byte order mark of {label} but is not {label}: {error.reason}"
                ) from None
    if b"\0" in data:
        raise ReadError("looks binary (it holds NUL bytes): exclude it, or convert it to UTF-8 text")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", guessed=False)
    except UnicodeDecodeError as error:
        if _is_utf8_but_for_little(data):
            reason = f"is UTF-8, but not at byte {error.start} ({error.reason}): mend or re-encode it"
            raise ReadError(reason) from None
        return _guess(data, error.start)


def _is_utf8_but_for_little(data: bytes) -> bool:
    """Whether nearly all that is not ASCII reads as UTF-8: the rest is damage, and a guess would spoil the whole."""
    text = data.decode("utf-8", errors="replace")
    wrong = text.count("\N{REPLACEMENT CHARACTER}")
    return wrong * 20 <= sum(map(str.__gt__, text, repeat("\x7f")))


def _guess(data: bytes, first: int) -> Decoded:
    """Decode by what charset-normalizer thinks possible; of equally clean texts, the one that reads best as a language.

    The library alone takes French in Windows-1252 for Windows-1250, which gives "ŕ" for "à".
    """
    from charset_normalizer import from_bytes

    from newslint.text.language import detect

    # Around the first byte that tells something; cut at line ends, since elsewhere a cut could halve a character.
    start = data.rfind(b"\n", 0, first) + 1
    end = len(data) if len(data) - start <= SAMPLE else data.rfind(b"\n", start, start + SAMPLE) + 1 or start + SAMPLE
    sample = data[start:end]
    # Without a mark at its beginning, or NULs, no text is UTF-16; the library looks for marks in the sample.
    matches = [match for match in from_bytes(sample) if not match.encoding.startswith(("utf_16", "utf_32"))]
    cleanest = [match for match in matches if match.chaos <= matches[0].chaos]
    # What a few words cannot tell, the commonest encoding of the press we read decides.
    best = max(
        cleanest, key=lambda match: (round(detect(str(match)).confidence, 1), match.encoding == "cp1252"), default=None
    )
    if best is None:
        raise ReadError("is neither UTF-8 nor text in any encoding we know: exclude it, or convert it to UTF-8")
    try:
        return Decoded(data.decode(best.encoding), best.encoding, guessed=True)
    except (UnicodeDecodeError, LookupError):
        raise ReadError(f"is not UTF-8 and not {best.encoding} throughout: convert it to UTF-8") from None
