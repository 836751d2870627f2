"""Writing systems: which script a text is in, told by code-point ranges, and the languages a script leaves open."""

import re
from bisect import bisect_right
from collections import Counter

_RANGES = (
    (0x0041, 0x005A, "Latin"),
    (0x0061, 0x007A, "Latin"),
    (0x00AA, 0x00AA, "Latin"),
    (0x00BA, 0x00BA, "Latin"),
    (0x00C0, 0x00D6, "Latin"),
    (0x00D8, 0x00F6, "Latin"),
    (0x00F8, 0x02AF, "Latin"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0750, 0x077F, "Arabic"),
    (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E01, 0x0E5B, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1C80, 0x1C8F, "Cyrillic"),
    (0x1C90, 0x1CBF, "Georgian"),
    (0x1E00, 0x1EFF, "Latin"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x2DE0, 0x2DFF, "Cyrillic"),
    (0x3041, 0x30FF, "Kana"),
    (0x3130, 0x318F, "Hangul"),
    (0x31F0, 0x31FF, "Kana"),
    (0x3400, 0x4DBF, "Han"),
    (0x4E00, 0x9FFF, "Han"),
    (0xA640, 0xA69F, "Cyrillic"),
    (0xA8E0, 0xA8FF, "Devanagari"),
    (0xAC00, 0xD7FF, "Hangul"),
    (0xF900, 0xFAFF, "Han"),
    (0xFB00, 0xFB06, "Latin"),
    (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFC, "Arabic"),
    (0xFF21, 0xFF3A, "Latin"),
    (0xFF41, 0xFF5A, "Latin"),
    (0xFF66, 0xFF9F, "Kana"),
    (0x20000, 0x3FFFF, "Han"),
)
"""First and last code point of each stretch of letters, and its script; in order, none overlapping."""
_FIRSTS = [first for first, _, _ in _RANGES]

# The language that news in a script is in, where the script settles it. Han is Chinese unless kana stand beside it.
LANGUAGE_OF_SCRIPT = {
    "Greek": "el",
    "Hebrew": "he",
    "Han": "zh",
    "Kana": "ja",
    "Hangul": "ko",
    "Thai": "th",
    "Devanagari": "hi",
    "Bengali": "bn",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Lao": "lo",
    "Myanmar": "my",
    "Khmer": "km",
    "Georgian": "ka",
    "Armenian": "hy",
    "Ethiopic": "am",
}
# Scripts that write a word in one or two signs and put no spaces between words.
UNSPACED = frozenset(("Han", "Kana", "Thai", "Lao", "Myanmar", "Khmer"))

# Whatever is not Latin or shared punctuation; combining marks count as strange too, since they call for composition.
STRANGE = re.compile(
    "[^\x00-ʯʰ-˿Ḁ-ỿ\u2000-\u2bff\u3000-\u3003\u3008-\u3020\ufe00-\ufe0f\ufeff\ufffd\U0001f000-\U0001faff]"
)


def has_other_letters(text: str) -> bool:
    """Whether a text may hold letters that are not Latin, or that call for composition; some signs pass as well."""
    return not text.isascii() and STRANGE.search(text) is not None


def script_counts(text: str) -> dict[str, int]:
    """Letters (code points) of each script in the text; scripts without a letter are left out."""
    counts: dict[str, int] = {}
    for char, times in Counter(text).items():
        code = ord(char)
        _, last, script = _RANGES[bisect_right(_FIRSTS, code) - 1]
        if _FIRSTS[0] <= code <= last:
            counts[script] = counts.get(script, 0) + times
    return counts


def main_script(counts: dict[str, int]) -> str | None:
    """The script most of the letters are in; None without letters.

    Signs of an unspaced script and of Hangul say more than a letter, so that a Chinese sentence about "Microsoft
    Windows" stays Chinese: they count double. Kana among Han make the whole Japanese.
    """
    weights = {name: count * (2 if name in UNSPACED or name == "Hangul" else 1) for name, count in counts.items()}
    if "Han" in weights and weights.get("Kana", 0) * 10 > weights["Han"]:
        weights["Kana"] += weights.pop("Han")
    return max(weights, key=lambda name: (weights[name], name)) if weights else None
