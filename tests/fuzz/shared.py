"""What the targets share: the plugins, a folder for files, and what holds for every span."""

import random
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz import places
from fuzz.inputs import TOKENS
from newslint.config import Settings
from newslint.document import Document
from newslint.engine.plan import Profile
from newslint.model import Hit, Span
from newslint.plugins import Registry, load_plugins
from newslint.rule import Rule

_FOLDER = TemporaryDirectory(prefix="newslint-fuzz-")


@cache
def registry() -> Registry:
    """The installed plugins."""
    return load_plugins()


@cache
def rules() -> Sequence[Rule]:
    """All rules, with their options as they come."""
    return [registry().load(ref)() for ref in registry().rules]


@cache
def profile() -> Profile:
    """All rules, ready to run."""
    return Profile(Settings(folder()), registry().rules, registry())


def folder() -> Path:
    """A folder for files that must lie on the disk; it goes with the process."""
    return Path(_FOLDER.name)


def split(data: bytes) -> tuple[int, bytes]:
    """A number that the input chooses with, and the rest of it."""
    return (data[0], data[1:]) if data else (0, b"")


def word(rng: random.Random) -> str:
    """Up to three tokens in a row."""
    return "".join(rng.choice(TOKENS).decode("utf-8", "surrogateescape") for _ in range(rng.randrange(4)))


def is_found_again(document: Document, span: Span) -> None:
    location = document.location(span)
    place = places.Place(tuple(location.start), tuple(location.end))
    assert places.span_of(place, document.source) == span, (span, location)


def is_sound(hit: Hit, known: Sequence[Document], document: Document) -> None:
    is_found_again(document, hit.span)
    assert hit.message.strip()
    for place in hit.related:
        is_found_again(document if place.document is None else known[place.document], place.span)
    if hit.fix:
        assert hit.fix.edits
        for edit in hit.fix.edits:
            is_found_again(document, edit.span)
        for before, after in pairwise(sorted(edit.span for edit in hit.fix.edits)):
            assert before.end <= after.start
            assert before.start < after.start
    dumps(dict(hit.data))


def is_sentence(text: str) -> None:
    # It may quote what is in the file, control characters and all: whoever shows it makes them visible.
    assert text.strip()
    assert "Traceback" not in text
