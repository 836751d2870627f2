"""Word lists as data: one TOML file per language in a ``lexicon`` folder beside the rules that read it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any


@cache
def load(folder: Path, language: str) -> Mapping[str, Any]:
    """Return the tables of ``folder/<language>.toml``, read once per process; empty where there is no such file.

    Raises:
        ValueError: the file is not TOML (``tomli.TOMLDecodeError``).
    """
    path = folder / f"{language}.toml"
    if not path.is_file():
        return MappingProxyType({})
    # The standard library's, compiled: reading the words of a language takes a third of the time.
    import tomli

    with path.open("rb") as file:
        return MappingProxyType(tomli.load(file))
