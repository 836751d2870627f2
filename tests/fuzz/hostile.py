"""Texts that grow: each repeats what makes a pattern, a rule or a layer look again at what it has seen already."""

from collections.abc import Callable, Mapping


def _of(piece: str, first: str = "", last: str = "") -> Callable[[int], str]:
    return lambda size: first + piece * ((size - len(first) - len(last)) // len(piece)) + last


def _nested(opening: str, closing: str, inside: str = "x") -> Callable[[int], str]:
    def text(size: int) -> str:
        depth = (size - len(inside)) // (len(opening) + len(closing))
        return opening * depth + inside + closing * depth

    return text


def _lines(line: str, end: str = "\n") -> Callable[[int], str]:
    return _of(line + end)


def _backticks(size: int) -> str:
    """Runs of one backtick, of two and so on: none has another one that closes it."""
    runs = int((2 * size) ** 0.5) - 2
    return " ".join("`" * length for length in range(1, runs))


def _words(size: int) -> str:
    """Words that are all different, so that nothing that is remembered helps."""
    text, number = [], 0
    while size > 0:
        text.append("".join("bdfglmnprtvz"[number // 12**place % 12] + "aeiou"[place] for place in range(5)))
        size -= len(text[-1]) + 1
        number += 7
    return " ".join(text)


_PROSE = (
    "La médiathèque de la place du marché rouvre samedi après deux ans de travaux, a dit M. Leduc. “Enfin !”, dit-on. "
    "The harbour board said on Monday that its fish hall would close; nobody had been told before. "
)

#: What makes rules look closer at a line, so that they look at whatever comes after it.
_SIGNALS = (
    "Lire aussi : « Trois noms , dit-on . . (AFP) “ Par Jean Dupont | 12 mai 2024 à 12:30 – Photo: AFP &amp; <b> [b] "
    "{{a Ã©t\u200bé https://a.b/ www.a.b a@b.cd … [...] said. added. de de in the\u00a0town , l' 1. ,, ''"
)

#: Name to what gives a text of about so many characters, not more.
TEXTS: Mapping[str, Callable[[int], str]] = {
    "prose, one line": _of(_PROSE),
    "prose, a line a sentence": lambda size: _of(_PROSE.replace(". ", ".\n"))(size),
    "short lines": _lines("a"),
    "empty lines": _of("\n"),
    "carriage returns": _of("\r"),
    "lines of one space": _lines(" "),
    "spaces": _of(" "),
    "spaces in a line": _of(" ", "Il dit", "x"),
    "no-break spaces": _of("\u00a0", "Il dit", "x"),
    "tabs and line ends": _of("\t\n", "a", "x"),
    "one word": _of("oui "),
    "one word, no end": _of("a"),
    "one word with an end": _of("a", "", " !"),
    "different words": _words,
    "capitals": _of("A"),
    "capitals and spaces": _of("A "),
    "names": _of("Jean Dupont "),
    "digits": _of("7"),
    "digits and points": _of("1."),
    "numbers": _of("1 000 "),
    "dates": _of("12 mai 2024 12:30 "),
    "accents": _of("é"),
    "combining marks": _of("\u0301", "e"),
    "right to left": _of("שלום עליכם "),
    "arabic": _of("السلام عليكم، "),
    "chinese": _of("中文字，"),
    "japanese": _of("日本語です。"),
    "thai": _of("ภาษาไทย"),
    "zero widths": _of("\u200b", "a", "b"),
    "zero widths in words": _of("a\u200d\u200b"),
    "soft hyphens": _of("a\u00ad"),
    "bidi overrides": _of("\u202e\u202c"),
    "emoji": _of("👩\u200d👩\u200d👧"),
    "surrogates": _of("\ud800"),
    "replacements": _of("\ufffd"),
    "abbreviations": _of("M. "),
    "abbreviations without spaces": _of("U.S."),
    "initials": _of("J. K. "),
    "points": _of("."),
    "points and spaces": _of(". "),
    "spaces and points": _of(" ."),
    "commas": _of(" ,"),
    "question marks": _of("?!"),
    "ellipses": _of("… "),
    "dots in brackets": _of("[...] "),
    "dashes": _of("—"),
    "dashes and spaces": _of(" - "),
    "hyphens": _of("a-"),
    "apostrophes": _of("l'"),
    "bullets": _lines("• a"),
    "numbered": _lines("1. a"),
    "bars": _of(" | "),
    "slashes": _of("/"),
    "colons": _of("a: "),
    "semicolons": _of("a; "),
    "asterisks": _of("*"),
    "underscores": _of("_"),
    "open brackets": _of("("),
    "open square brackets": _of("["),
    "open braces": _of("{"),
    "closing brackets": _of(")"),
    "nested brackets": _nested("(", ")"),
    "nested square brackets": _nested("[", "]"),
    "nested brackets and spaces": _nested("( ", " )"),
    "open guillemets": _of("«"),
    "closing guillemets": _of("»"),
    "nested guillemets": _nested("« ", " »"),
    "nested quotes": _nested("“‘", "’”"),
    "open quotes": _of("“a "),
    "straight quotes": _of('"a '),
    "quotes alone": _of('"'),
    "quotes after points": _of('."'),
    "german quotes": _of(",,a"),
    "addresses": _of("https://a.b/c "),
    "address without end": _of("a/", "https://a.b/"),
    "addresses without spaces": _of("http://"),
    "domains": _of("www.a."),
    "mail addresses": _of("a@b.c "),
    "mail without end": _of("a@"),
    "hashtags": _of("#a "),
    "hashes": _of("#"),
    "mentions": _of("@a "),
    "tags without end": _of("<a "),
    "less than": _of("<"),
    "tags": _of("<p></p>"),
    "attributes": _of('a="b" ', "<p "),
    "comments without end": _of("<!--"),
    "comments": _of("<!-- a -->"),
    "entities": _of("&amp;"),
    "ampersands": _of("&"),
    "numeric entities": _of("&#"),
    "shortcodes": _of("[b] "),
    "templates": _of("{{a "),
    "percents": _of("%41"),
    "escapes": _of("\\u00e9"),
    "mojibake": _of("Ã©"),
    "mojibake twice": _of("ÃƒÂ©"),
    "mojibake of quotes": _of("â€™"),
    "mojibake of marks": _of("ï»¿"),
    "mojibake, cyrillic": _of("Ð¿"),
    "control characters": _of("\x13 \x1c"),
    "backticks": _of("`"),
    "backticks of all lengths": _backticks,
    "headings": _lines("# a"),
    "quotations": _of("> "),
    "quotations, a line each": _lines("> a"),
    "lists in lists": _of("- "),
    "list items": _lines("- a"),
    "links": _of("[a](b) "),
    "links without end": _of("[a]("),
    "link definitions": _lines("[a]: b"),
    "table": _lines("| a | b |"),
    "table without end": _of("|a", "|-|-|\n"),
    "fences": _lines("```"),
    "front matter without end": _lines("a: b", "\n"),
    "directives": _lines("<!-- newslint: ignore[ALL] why -->"),
    "directives in a line": _of("<!-- newslint: ignore[ALL] why -->"),
    "credits": _of("(AFP) "),
    "credit lines": _lines("Photo: AFP / Jean Dupont"),
    "bylines": _of("Par Jean Dupont, "),
    "byline lines": _lines("Par Jean Dupont"),
    "datelines": _of("PARIS (Reuters) - "),
    "teasers": _lines("Lire aussi : Trois noms pour une mairie"),
    "calls": _of("Abonnez-vous à la newsletter. "),
    "cut": _of("Lire la suite… "),
    "repeated phrase": _of("de la ville "),
    "repeated letters": _of("aab"),
    "two words": _of("a b "),
    "foreign words": _of("dans the une of le and "),
    "foreign lines": _lines("The mayor of the town said no."),
    "repeated lines": _lines("Le conseil municipal a voté le budget lundi soir."),
    "sentences of a word": _of("Oui. "),
    "sentences without capitals": _of("oui. non "),
    "debris": _of("a dit. ajouté. "),
    **{
        f"signals and {name}": _of(piece, _SIGNALS, last)
        for name, piece, last in (
            ("spaces", " ", "x"), ("tabs", "\t", "x"), ("no-break spaces", "\u00a0", "x"), ("a word", "a", "!"),
            ("capitals", "A", "!"), ("accents", "é", "!"), ("digits", "1", "!"), ("points", ".", "x"),
            ("commas", ",", "x"), ("dashes", "-", "x"), ("quotes", "\"", "x"), ("closing quotes", "»", "x"),
            ("brackets", "(", "x"), ("closing brackets", ")", "x"), ("spaces and commas", ", ", "x"),
            ("words", "a ", "!"), ("names", "Aa ", "!"), ("numbers", "1 ", "!"), ("points and capitals", "A.", "!"),
            ("hyphens", "a-", "!"), ("apostrophes", "a'", "!"), ("slashes", "a/", "!"), ("colons", "a:", "!"),
            ("mixed spaces", " \t", "x"),
        )
    },
    **{f"signals {number} times": _of(_SIGNALS[number:] + " ") for number in range(0, 120, 24)},
}  # fmt: skip
