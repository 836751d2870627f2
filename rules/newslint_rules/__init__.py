"""The rules that come with newslint: a plugin like any other, registered by the entry point ``newslint``.

To add a rule: ``newslint new-rule NAME --in FAMILY`` writes ``<family>/<rule_name>.py`` with one class, its cases
``<rule_name>.toml`` beside it, and a line here.
"""

from newslint.plugins import RuleRef, hookimpl


@hookimpl
def newslint_rules() -> list[RuleRef]:
    """The built-in rules, by code."""
    return [
        RuleRef(
            code, name, f"newslint_rules.{family}.{name.replace('-', '_')}:{''.join(map(str.title, name.split('-')))}"
        )
        for code, name, family in RULES
    ]


RULES = (
    ("DUP001", "near-duplicate", "duplication"),
    ("DUP002", "repeated-passage", "duplication"),
    ("DUP003", "reused-passage", "duplication"),
    ("DUP004", "recurring-line", "duplication"),
    ("BOI001", "cross-reference", "boilerplate"),
    ("BOI002", "call-to-action", "boilerplate"),
    ("BOI003", "credit-line", "boilerplate"),
    ("BOI004", "byline", "boilerplate"),
    ("BOI005", "dateline", "boilerplate"),
    ("BOI006", "contents-leftover", "boilerplate"),
    ("TRA001", "sentence-debris", "translation"),
    ("TRA002", "orphan-punctuation", "translation"),
    ("TRA003", "untranslated-words", "translation"),
    ("TRA004", "name-variant", "translation"),
    ("TRA005", "repeated-word", "translation"),
    ("LAN001", "foreign-caption", "language"),
    ("LAN002", "foreign-passage", "language"),
    ("CUT001", "truncated-sentence", "truncation"),
    ("CUT002", "teaser-cut", "truncation"),
    ("ENC001", "mojibake", "encoding"),
    ("ENC002", "invisible-character", "encoding"),
    ("ENC003", "trailing-space", "encoding"),
    ("ENC004", "markup-remnant", "encoding"),
    ("TYP001", "unbalanced-quotes", "typography"),
    ("TYP002", "mixed-quotes", "typography"),
)
