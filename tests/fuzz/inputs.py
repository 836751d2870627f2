"""Inputs that are likely to hurt: the fixtures and the rules' own cases, and what can be done to them."""

import random
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from newslint.plugins import load_plugins
from newslint.testing import cases_of, unmark

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"

#: Pieces of text that some reader, layer or rule takes for something, or that programs trip over.
TOKENS: Sequence[bytes] = [
    token if isinstance(token, bytes) else token.encode("utf-8", "surrogatepass")
    for token in (
        "\u200b", "\u200d", "\u202e", "\u2066", "\u00a0", "\u202f", "\u00ad", "\ufeff", "\u0301", "\u20dd", "\x00",
        "\x85", "\u2028", "\x1b[31m", "\x0b", "\x0c", "\ufffd", "\ud800", "\U0010ffff", "\U000e0041", "👩‍👩‍👧", "🇫🇷",
        "\r", "\r\n", "\n", "\n\n", "\t", "   ", "«", "»", "“", "”", "„", "‘", "’", '"', "'", "(", ")", "[", "]", "{",
        "}", "<", ">", "…", "...", ". .", " ,", "!?", ";", " : ", "—", "–", "- ", "• ", "* ", "1. ", "# ", "> ", "| ",
        "|---|", "`", "```\n", "---\n", "+++\n", "<!--", "-->", "<p>", "</p>", "<a href=", "&amp;", "&#8217;", "&#x",
        "[caption]", "[/b]", "Ã©", "Ã", "â€™", "ï¿½", "é", "e\u0301", "ß", "İ", "ﬁ", "ǆ", "中文字", "ไทย", "עברית",
        "العربية", "हिन्दी", "Ελλάδα", "Москва", "日本語", "한국어", "https://a.b/c?d=e#f", "www.a.b", "a@b.cd", "@a",
        "#a", "newslint: ignore[", "newslint: ignore-file[ALL] why", "M. ", "Mme ", "etc. ", "U.S. ", "p. 3",
        "12 mai 2024", "12:30", "3,5 %", "1 000", "Par Jean Dupont", "By Jane Doe", "Photo: AFP", "(AFP)",
        "PARIS (Reuters) - ",
        "Lire aussi : ", "Read also: ", "[…]", "Lire la suite", "de de ", "the the ", "a a a a ", "said. added.",
        b"\xff", b"\xc3", b"\xe9", b"\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"\xf4\x90",
    )
]  # fmt: skip


#: What users write for newslint, as files.
CONFIGURATIONS: Sequence[str] = (
    """\
select = ["ALL", "DUP", "near-duplicate"]
extend-select = ["ENC"]
ignore = ["TYP002"]
exclude = ["*.tmp", "!a", "b/**/c", "[x-z]", "\\\\#"]
respect-gitignore = false
language = "fr"
fail-on = "never"
min-severity = "info"
max-file-size = 1_000
baseline = "known.json"
words = ["Sainte-Aurance", "l'Aigle"]

[severity]
ALL = "error"
byline = "info"

[per-file-ignores]
"a/*.txt" = ["BOI"]

[[suppress]]
rules = ["cross-reference"]
path = "archive/*.txt"
text = "Lire aussi"
fingerprint = "00ff"
reason = "printed so"

[rules.near-duplicate]
threshold = 0.8

[rules.byline]
extend-phrases = ["au clavier :"]
""",
    'extend = "newslint.toml"\nrequired-version = ">=0.1,<9"\n',
    '[project]\nname = "x"\n[tool.newslint]\nselect = ["BOI"]\nsuppress = [{rules = ["BOI"], reason = "r"}]\n',
    '[[records]]\npath = "*.jsonl"\ntext = ["/body", "title"]\nid = "id"\n',
    'words = [1979-05-27T07:32:00Z, 0x1F, 1e400, nan, """a\\\nb""", {a.b = 1}]\n"\\u00e9" = 1\n',
)
BASELINES: Sequence[str] = (
    '{\n "a.txt": {\n  "byline": {\n   "0011": 1,\n   "00ff": 20\n  }\n },\n  "b/é.md": {"byline": {"ab": 2}}\n}\n',
    "{}", '{"a": {}}', "[1, 1e5, -0, true, null, NaN]",
)  # fmt: skip
IGNORE_FILES: Sequence[str] = ("# why\n*.txt\n!/a.txt\nb/\n**/c.md\n\\#x\n[a-z]?.md \n", "a\\ \n/\n!\n[\n***\n")
#: Record files of each format, by what a record file may hold.
RECORDS: Sequence[str] = (
    '{"id": "1", "title": "T", "text": "Le maire part. . Lire aussi : Trois", "lang": "fr"}\n{"text": 3}\nnull\n\n{"',
    'id,title,text\n1,T,"Le maire part. .\nLire aussi : ""Trois"" noms"\n2,,\n3\n',
    "id\ttext\r\n1\tThe mayor resigned. added.\r\n",
)  # fmt: skip


@cache
def seeds(target: str) -> Sequence[bytes]:
    """What the inputs of a target are made of, without their first byte."""
    own = {"configuration": CONFIGURATIONS, "baseline": BASELINES, "gitignore": IGNORE_FILES, "files": RECORDS}
    written = [text.encode() for text in own.get(target, ())]
    # Files of any format may be articles; what users write for newslint is best made of the like.
    return [*written * (60 if target == "files" else 1), *(texts() if target == "files" or not written else ())]


@cache
def texts() -> Sequence[bytes]:
    """The fixtures, in pieces of a few paragraphs, and the texts of all rules' cases, as files."""
    found = []
    for path in sorted(FIXTURES.rglob("*")):
        if path.suffix in (".txt", ".md"):
            lines = path.read_bytes().splitlines(keepends=True)
            found += [b"".join(lines[start : start + 8]) for start in range(0, len(lines), 8)]
    registry = load_plugins()
    for ref in registry.rules:
        rule = registry.load(ref)
        module = sys.modules[rule.__module__].__file__ or ""
        if Path(module).with_suffix(".toml").is_file():
            for case in cases_of(rule):
                found += [unmark(text)[0].encode("utf-8", "surrogatepass") for text in case.texts.values()]
    return found


def mutated(data: bytes, rng: random.Random, most: int = 4096) -> bytes:
    """The input with one to eight changes: pieces put in, taken out, repeated, moved, or taken from another input."""
    for _ in range(1 << rng.randrange(4)):
        at = rng.randint(0, len(data))
        piece = data[at : at + rng.choice((1, 3, 10, 40, 200))]
        kind = rng.randrange(8)
        if kind < 3:
            data = data[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 2, 30)) + data[at:]
        elif kind == 3:
            data = data[:at] + data[at + len(piece) :]
        elif kind == 4:
            data = data[:at] + piece * rng.choice((1, 2, 20)) + data[at:]
        elif kind == 5:
            to = rng.randint(0, len(data))
            data = data[:to] + piece + data[to:]
        elif kind == 6 and data:
            at = min(at, len(data) - 1)
            data = data[:at] + bytes((rng.randrange(256),)) + data[at + 1 :]
        else:
            other = rng.choice(texts())
            start = rng.randint(0, len(other))
            data = data[:at] + other[start : start + rng.choice((10, 100, 1000))] + data[at:]
    return data[:most]
