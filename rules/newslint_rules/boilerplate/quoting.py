"""How a message quotes what was found."""

from newslint.document import OBJECT

#: Longer quotations are shortened, in characters.
LONGEST = 60


def quoted(text: str) -> str:
    """``text`` in quotation marks on one line, without masked objects, at most 60 characters of it."""
    words = " ".join(text.replace(OBJECT, "").split())
    return f"“{words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + '…'}”"
