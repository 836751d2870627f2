"""What the finders of markup hand to the rule."""

import enum
from typing import NamedTuple


class Kind(enum.StrEnum):
    """What sort of markup it is, as messages call it."""

    ENTITY = "HTML entity"
    ESCAPE = "Escape sequence"
    TAG = "HTML tag"
    SHORTCODE = "Shortcode"
    LINK = "Mark-down or wiki markup"
    TEMPLATE = "Template placeholder"
    SCRIPT = "Script or style sheet"


class Remnant(NamedTuple):
    """A place where markup was left: offsets, the kind, and what it stands for; None where nobody knows."""

    start: int
    end: int
    kind: Kind
    text: str | None
