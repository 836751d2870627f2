"""Writing systems: which script a text is in, told by code-point ranges, and the languages a script leaves open."""

from __future__ import annotations

import re
from functools import cache

_RANGES = {
    "Latin": "A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿﬀ-ﬆＡ-Ｚａ-ｚ",
    "Cyrillic": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "Hebrew": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    "Kana": "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "Hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff",
    "Thai": "\u0e01-\u0e5b",
    "Devanagari": "\u0900-\u097f\ua8e0-\ua8ff",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
    "Lao": "\u0e80-\u0eff",
    "Myanmar": "\u1000-\u109f",
    "Khmer": "\u1780-\u17ff",
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Armenian": "\u0530-\u058f",
    "Ethiopic": "\u1200-\u139f",
}

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
# Languages that share their script with others of the word table.
CYRILLIC = frozenset(("ru", "uk", "bg", "mk", "sr"))
ARABIC = frozenset(("ar", "fa", "ur"))
# Scripts that write a word in one or two signs and put no spaces between words.
UNSPACED = frozenset(("Han", "Kana", "Thai", "Lao", "Myanmar", "Khmer"))

# Whatever is not Latin or shared punctuation; combining marks count as strange too, since they call for composition.
STRANGE = re.compile("[^\x00-ʯʰ-˿Ḁ-ỿ\u2000-\u2bff\u3000-\u3003\u3008-\u3020\ufe00-\ufe0f\ufeff\ufffd\U0001f000-\U0001faff]")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>[{ranges}]+)" for name, ranges in _RANGES.items()))


def script_counts(text: str) -> dict[str, int]:
    """Letters (code points) of each script in the text; scripts without a letter are left out."""
    counts: dict[str, int] = {}
    for run in _runs().finditer(text):
        name = run.lastgroup
        if name is not None:
            counts[name] = counts.get(name, 0) + run.end() - run.start()
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


def script_of_language(language: str) -> str:
    """The script news in a language is written in; Latin for every language that is not known to use another."""
    if language in CYRILLIC:
        return "Cyrillic"
    if language in ARABIC:
        return "Arabic"
    for script, owner in LANGUAGE_OF_SCRIPT.items():
        if owner == language:
            return script
    return "Latin"
