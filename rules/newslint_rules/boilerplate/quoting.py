"""How a message quotes what was found."""

#: Longer quotations are shortened, in characters.
LONGEST = 60


def quoted(text: str) -> str:
    """``text`` in quotation marks on one line, at most 60 characters of it."""
    words = " ".join(text.split())
    return f"“{words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + '…'}”"
