"""Shortcodes, BBCode, wiki and mark-down links, placeholders of templates: what brackets and braces leave in text."""

from collections.abc import Iterator, Set

from newslint_rules.encoding.patterns import Hints, compiled
from newslint_rules.encoding.remnants import Kind, Remnant

#: How everything in brackets begins; "[…]" does not.
OPENING = r"\[[/\[A-Za-z]|\]\("
#: A shortcode of WordPress and its kin with an attribute, or one that is closed: [caption id="…"], [/embed].
SHORTCODE = (
    r"\[/?[a-z][a-z0-9_-]{1,30}(?:\s{1,2}(?:[a-z_-]{1,30}="
    r"(?:\"[^\"\]\n]{0,300}\"|'[^'\]\n]{0,300}'|[“”″«»][^“”″«»\]\n]{0,300}[“”″«»])"
    r"|(?:ids?|width|height|src|url|href|type|class|size|link|columns|align|title|number|category|slug|post|video)="
    r"[^\s\]\"'“”″«»]{1,200})){1,20}\s?/?\]"
)
#: Names that need no attribute: no editor writes them in brackets. Words that one does ([video], [photo]) are not here.
BARE = (
    r"\[/?(?:embed|caption|gallery|playlist|sourcecode|dropcap|pullquote|raw|vc_\w{1,30}|et_pb_\w{1,30}|fusion_\w{1,30}|"
    r"su_\w{1,30}|one_half|one_third|two_third|adrotate|contact-form(?:-7)?|shareaholic|wp_ad_camp_\d|"
    r"ihc-\w{1,30}|mc4wp_form|INST|end_?if)\]"
)
#: Shortcodes and BBCode that are believed if they are opened and closed on one line.
PAIR = r"(?i)(\[([a-z]{1,12})(?:=[^\]\n]{1,200})?\])[^\[\]\n]{0,500}(\[/\2\])"
#: BBCode with an argument; tokens of Drupal, and what its editor stores for pictures.
BBCODE = (
    r"\[(?:url|img|quote|size|color|font|email)=[^\]\n]{1,300}\]|\[img\]https?://"
    r"|\[(?:node|site|user|current-user|current-page|term|date):[a-z:_-]{2,40}\]|\[\[\{\"(?:fid|type|view_mode)\""
)
#: Mark-down: links and pictures with an address; wiki links to files and with another text.
LINK = (
    r"!?\[([^\[\]\n]{0,300})\]\((?:https?://|/|mailto:|#)"
    r"[^()\s]{0,500}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s\"[^\"\n]{0,200}\")?\)"
    r"|\[\[(?:[^\[\]|\n]{1,150}\|[^\[\]\n]{1,300}"
    r"|(?:File|Image|Category|Fichier|Catégorie|Datei|Bild|Kategorie|Archivo|Imagen|Categoría|Immagine|Categoria"
    r"|Ficheiro|Bestand|Categorie):[^\[\]\n]{1,300})\]\]"
)
#: Mark-down: strong words, headings of the second rank and lower.
MARKDOWN = r"\*\*(?<![\w*]\*\*)(?=[^\s*])([^*\n]{1,200})(?<=[^\s*])\*\*(?![\w*])|^\#{2,6} (?=\S)"
#: Placeholders of Mustache, Jinja, ERB, JavaScript and mail programs.
TEMPLATE = (
    r"\{\{\{?[^{}\n]{1,200}\}\}\}?|\{%-?\s[^{}\n]{1,200}%\}|[$#]\{[A-Za-z_][\w.]{0,60}\}|<%=?\s?[^<>\n]{1,200}%>"
    r"|%%[A-Za-z_]{2,40}%%|\*\|[A-Z_:]{2,40}\|\*|(?<!\w)\[%[-=]?\s[^\]\n]{1,200}%\]"
)
#: One of these is in every placeholder.
HINTS = Hints("{{", "{%", "${", "#{", "<%", "%%", "*|", "[%")


def brackets(text: str, characters: Set[str]) -> Iterator[Remnant]:
    """Yield what markup in brackets, braces and stars is left in a text with these characters."""
    if "[" in text and compiled(OPENING).search(text):
        for pattern in (SHORTCODE, BARE, BBCODE):
            for match in compiled(pattern).finditer(text):
                yield Remnant(match.start(), match.end(), Kind.SHORTCODE, None if pattern is BBCODE else "")
        for match in compiled(PAIR).finditer(text):
            yield Remnant(*match.span(1), Kind.SHORTCODE, "")
            yield Remnant(*match.span(3), Kind.SHORTCODE, "")
        if "](" in text or "[[" in text:
            for match in compiled(LINK).finditer(text):
                yield Remnant(match.start(), match.end(), Kind.LINK, match.group(1))
    if "**" in text or "## " in text:
        for match in compiled(MARKDOWN, by_line=True).finditer(text):
            yield Remnant(match.start(), match.end(), Kind.LINK, match.group(1) or "")
    if HINTS.are_in(text, characters):
        for match in compiled(TEMPLATE).finditer(text):
            yield Remnant(match.start(), match.end(), Kind.TEMPLATE, None)
