"""Characters that a living language or its typography uses: what wrongly decoded text may decode to.

Written from the alphabets of the languages (CLDR's exemplar sets have the same) and the blocks of Unicode; phonetic
letters, dead scripts, private and unassigned code points are left out, since chance pairs of clean text decode to them.
"""

import re

PLAUSIBLE = re.compile(
    "["
    # Signs of Latin-1; letters of Latin-1 and Latin Extended-A but kra, long s and the ligatures nobody writes.
    "\u00a0-\u0131\u0134-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u017e"
    # Vietnamese, Romanian, Azerbaijani; letters and marks that stand for apostrophes and accents; combining accents.
    "\u018f\u0192\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u0259\u02bb\u02bc\u02c6\u02c7\u02d8-\u02dd"
    "\u0300-\u0304\u0306-\u030c\u0323\u0327\u0328\u0336"
    "\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9"
    # Greek, Cyrillic with the letters of Central Asia, Armenian, Hebrew, Arabic, Persian, Urdu.
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u1f00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f50-\u1f57"
    "\u0400-\u045f\u0490-\u0493\u0496-\u0499\u049a-\u049d\u04a0-\u04a3\u04ae-\u04b3\u04b6-\u04b9\u04ba\u04bb"
    "\u04d8\u04d9\u04e2\u04e3\u04e8\u04e9\u04ee\u04ef"
    "\u0531-\u0556\u0561-\u0587\u0589\u05b0-\u05bc\u05be\u05d0-\u05ea\u05f3\u05f4"
    "\u060c\u061b\u061f\u0621-\u063a\u0640-\u0652\u0660-\u066c\u0670\u0671\u0679\u067e\u0686\u0688\u0691\u0698"
    "\u06a9\u06af\u06ba\u06be\u06c0-\u06c3\u06cc\u06d2-\u06d4\u06f0-\u06f9"
    # India, Sri Lanka, Thailand, Laos, Myanmar, Georgia, Ethiopia, Cambodia.
    "\u0901-\u0d7f\u0d82-\u0df4\u0e01-\u0e5b\u0e81-\u0edd\u1000-\u109f\u10d0-\u10fa\u1200-\u137c\u1780-\u17f9"
    # China, Japan, Korea.
    "\u3001-\u3017\u3041-\u3096\u3099-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\uffe0-\uffe6"
    # Spaces, dashes, quotes, invisible characters; raised and lowered figures; currencies, letter-like signs,
    # fractions, arrows, reckoning, technical signs, figures in circles, drawing, pictures.
    "\u2000-\u2027\u202a-\u203a\u203c\u203d\u2044\u2047-\u2049\u2060\u2070-\u2071\u2074-\u208e\u20a0-\u20bf"
    "\u2100-\u213b\u2150-\u218b\u2190-\u23ff\u2460-\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55"
    "\ufb00-\ufb04\ufe0e\ufe0f\ufeff\ufffd"
    "\U0001f000-\U0001faff\U000e0067-\U000e007f"
    "]*"
)


def plausible(text: str) -> bool:
    """Whether all characters of ``text`` are such as a text of today has."""
    return PLAUSIBLE.fullmatch(text) is not None
