"""Runs of letters in another script than the document's, which is Latin."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint.text.language import detect
from newslint.text.scripts import LANGUAGE_OF_SCRIPT, UNSPACED, main_script, script_counts

#: Letters of other scripts, from Greek to the ideographs, with the marks and joiners that stand among them.
RUN = re.compile(
    "[\u0370-\u1cff\u1f00-\u1fff\u2de0-\u2dff\u3041-\u318f\u31f0-\u31ff\u3400-\ua4cf\ua640-\ua69f\ua8e0-\ud7a3"
    "\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc\uff66-\uffdc\U00020000-\U0003ffff"
    "][\u0370-\u1cff\u1f00-\u1fff\u200c\u200d\u2de0-\u2dff\u3005-\u3007\u3041-\u318f\u31f0-\u31ff\u3400-\ua4cf\ua640-\ua69f"
    "\ua8e0-\ud7a3\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc\uff66-\uffdc\U00020000-\U0003ffff]*"
)
LETTER = re.compile(r"[^\W\d_]")
LATIN = re.compile("[A-Za-zÀ-ʯḀ-ỿ]")
#: Letters a run must have: single ones are formulas, units, names of stars and medicines, faces, slips of the keyboard.
LEAST_LETTERS = {"Han": 1, "Greek": 3, "Cyrillic": 3}
LEAST_OTHERS = 2
#: So many characters before a run are looked at for the name that it spells.
NEAR = 40
#: The host's letters must be so many times the others in the sentence; a sign of an unspaced script counts double.
LATIN_SHARE = 2


class ScriptRun(NamedTuple):
    """A run in another script: offsets, the script, and the language, None where the letters leave it open."""

    start: int
    end: int
    script: str
    language: str | None


def script_runs(text: str, start: int, end: int) -> Iterator[ScriptRun]:
    """Yield the runs of another script in a sentence in Latin letters, from ``start`` to ``end`` of a text.

    Letters that touch Latin ones are left alone (they are wrongly decoded, or stand in for a Latin letter), and so is
    what looks like the original spelling of the name before it.
    """
    found = list(RUN.finditer(text, start, end))
    if not found or len(LATIN.findall(text, start, end)) < LATIN_SHARE * sum(map(_weight, found)):
        return
    for match in found:
        script = main_script(script_counts(match.group()))
        if script is None or script == "Latin" or _is_sign(match.group(), script):
            continue
        if LATIN.match(text, match.end()) or (match.start() > start and LATIN.match(text, match.start() - 1)):
            continue
        if not _is_gloss(text, start, match.start(), match.end()):
            yield ScriptRun(match.start(), match.end(), script, _language(match.group(), script))


def _weight(match: re.Match[str]) -> int:
    letters = len(LETTER.findall(match.group()))
    return 2 * letters if main_script(script_counts(match.group())) in UNSPACED else letters


def _is_sign(run: str, script: str) -> bool:
    return len(LETTER.findall(run)) < LEAST_LETTERS.get(script, LEAST_OTHERS)


def _is_gloss(text: str, start: int, at: int, end: int) -> bool:
    """Whether a name in Latin letters stands before and nothing of the sentence directly after."""
    words = text[max(start, at - NEAR) : at].split()
    after = text[end : end + 2].strip()
    return len(words) > 1 and words[-1][0].isupper() and words[-1][-1].isalpha() and not after[:1].isalnum()


def _language(run: str, script: str) -> str | None:
    return LANGUAGE_OF_SCRIPT.get(script) or detect(run).language
