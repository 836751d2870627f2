"""What the formats for people share: visible characters, colours, places, and the closing summary."""

import re
from collections.abc import Callable
from typing import TextIO

from newslint.model import Location, Problem, Severity
from newslint.report import Summary

# Characters that would move the cursor, reorder the line (bidirectional controls) or not show at all. A zero-width
# joiner is left alone where it does its work: between emoji and in the scripts that need it, from Arabic to Indic ones.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?<![\u0600-\u1cff\u2190-\u2bff\ua800-\uabff\ufb50-\ufdff\ufe0f\ufe70-\ufefc\U00010a00-\U0001faff])[\u200c\u200d]"
)

# What a CI service that shows our output would take for a command to itself: GitHub's at a line's beginning, and its
# old form, Azure's and TeamCity's anywhere in it.
_COMMAND = re.compile(r"^((?:\x1b\[[0-9;]*m|\s)*):(?=:[^:])")
_OLD_COMMAND = re.compile(r"#(?=#\[|#vso\[|#teamcity\[)")

# Stand-ins, one column each, for a stream that cannot carry our own marks.
_STAND_INS = {"│": "|", "┃": "|", "⋮": ":", "…": "~", "“": '"', "”": '"', "→": ">", "·": "_", "–": "-"}

BOLD, DIM, GREEN = "1", "2", "32"

#: Colours of the terminal's own palette, which its theme keeps readable on its background, dark or light.
SEVERITY_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}

#: What people call a finding of a severity.
NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def escape(character: str) -> str:
    r"""Spell a character out, for example ``\u202e``."""
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def escapes(text: str) -> dict[int, str]:
    """The characters of ``text`` that must be spelled out: offset to spelling."""
    return {match.start(): escape(match[0]) for match in _UNSEEN.finditer(text)}


def visible(text: str) -> str:
    """Return ``text`` on one line, with control, bidirectional and invisible characters spelled out."""
    return _UNSEEN.sub(lambda match: escape(match[0]), text)


def inert(line: str) -> str:
    """Return a line in which no CI service that shows it finds a command: what text would spell one is spelled out."""
    return no_old_command(_COMMAND.sub(r"\1\\u003a", line))


def no_old_command(line: str) -> str:
    """The same for a line that is itself a command of GitHub's."""
    return _OLD_COMMAND.sub(r"\\u0023", line)


class Paint:
    """Colours text, or leaves it alone where colours are off."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, *codes: str) -> str:
        """Wrap ``text`` in the colour codes."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.color and text else text


def line_writer(stream: TextIO, safe: Callable[[str], str] = inert) -> Callable[[str], None]:
    """Return what writes a line and its end, even where the stream's encoding lacks characters.

    Args:
        stream: where to.
        safe: makes a line harmless.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if encoding.lower().startswith("utf"):

        def write(line: str) -> None:
            stream.write(safe(line) + "\n")

        return write

    lacking = {ord(mark): stand_in for mark, stand_in in _STAND_INS.items() if not mark.encode(encoding, "ignore")}

    def write_lossy(line: str) -> None:
        stream.write(safe(line).translate(lacking).encode(encoding, "replace").decode(encoding) + "\n")

    return write_lossy


def place(location: Location) -> str:
    """``path:line:column``, which editors and terminals open. In a record file the line is the record's."""
    line, column = location.start if location.record is None else (location.record.line, 1)
    return f"{visible(location.path)}:{line}:{column}"


def record_place(location: Location) -> str:
    """Which record, field, line and column a place in a record file is; empty for other files."""
    record = location.record
    if record is None:
        return ""
    name = visible(record.id) if record.id is not None else f"{record.index + 1}"
    field = f" {visible(record.field)}" if record.field is not None else ""
    return f"record {name}{field} {location.start.line}:{location.start.column}"


def failure(problem: Problem, paint: Paint) -> str:
    """A problem in one line."""
    path = f"{visible(problem.path)}: " if problem.path is not None else ""
    rule = f" (rule {visible(problem.rule)})" if problem.rule is not None else ""
    return f"{paint('failed', BOLD, '31')}: {path}{visible(problem.message)}{rule}"


def count(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def closing(summary: Summary, paint: Paint) -> list[str]:
    """The report in one to four sentences."""
    documents = count(summary.documents, "document")
    lines = []
    if summary.findings:
        found = ", ".join(
            paint(count(number, NOUNS[severity]), BOLD, SEVERITY_COLORS[severity])
            for severity, number in summary.by_severity.items()
        )
        lines.append(f"Found {found} in {documents}.")
    elif summary.failures:
        lines.append(f"No findings in {documents}.")
    elif summary.documents:
        lines.append(f"{paint('All clear', BOLD, '32')}: no findings in {documents}.")
    else:
        lines.append("No documents to check.")
    if summary.safe or summary.unsafe:
        kinds = ((summary.safe, "safe"), (summary.unsafe, "unsafe"))
        fixes = " and ".join(f"{number} {kind}" for number, kind in kinds if number)
        noun = "fix" if summary.safe + summary.unsafe == 1 else "fixes"
        how = " and ".join(["`--fix`"] * bool(summary.safe) + ["`--fix --unsafe-fixes`"] * bool(summary.unsafe))
        lines.append(f"{fixes} {noun} available: {how}.")
    hidden = [
        f"{number} {status}"
        for number, status in ((summary.suppressed, "suppressed"), (summary.baselined, "in the baseline"))
        if number
    ]
    if hidden:
        lines.append(f"Not shown: {', '.join(hidden)}.")
    if summary.failures:
        lines.append(f"{paint(count(summary.failures, 'failure'), BOLD, '31')}: not everything could be checked.")
    return lines
