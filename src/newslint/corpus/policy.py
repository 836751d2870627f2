"""The policy by which documents are kept, dropped and cleaned: ``[policy]`` of the configuration."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from newslint.model import Applicability, Finding, Status
from newslint.selection import Named, telling


class Policy(NamedTuple):
    """Which documents of a corpus to keep, and how to clean them. Rules are named by code, prefix or name.

    Attributes:
        drop: a finding of these rules drops its document.
        duplicated, boilerplate: the rules whose findings count as such text.
        max_duplicated, max_boilerplate: shares of a document's characters, 0 to 1, above which it is dropped; what is
            duplicated and an export cleans away, such as a passage that is there twice, does not count.
        min_characters: a document with fewer, boilerplate aside, is dropped.
        languages: a document in another language is dropped; empty: none is.
        clean: the rules whose fixes an export applies.
        unsafe_fixes: whether it applies those that take words away as well.
    """

    drop: tuple[str, ...] = ("near-duplicate", "broken-record")
    duplicated: tuple[str, ...] = ("near-duplicate", "repeated-passage", "reused-passage")
    boilerplate: tuple[str, ...] = ("BOI", "recurring-line", "teaser-cut")
    max_duplicated: float = 0.5
    max_boilerplate: float = 0.5
    min_characters: int = 200
    languages: tuple[str, ...] = ()
    clean: tuple[str, ...] = ("BOI", "DUP", "CUT", "ENC", "TRA", "TYP")
    unsafe_fixes: bool = True

    def selectors(self) -> tuple[str, ...]:
        """All selectors of rules."""
        return (*self.drop, *self.duplicated, *self.boilerplate, *self.clean)

    def cleans(self, finding: Finding) -> bool:
        """Whether an export applies the fix of a finding."""
        return (
            finding.fix is not None
            and finding.status is not Status.SUPPRESSED
            and (self.unsafe_fixes or finding.fix.applicability is Applicability.SAFE)
            and self.means("clean", finding)
        )

    def means(self, role: str, rule: Named) -> bool:
        """Whether a rule has one of the roles ``drop``, ``duplicated``, ``boilerplate``, ``clean``."""
        return telling(getattr(self, role), rule) > 0


_RULES = {"type": "array", "items": {"type": "string"}}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "drop": _RULES,
        "duplicated": _RULES,
        "boilerplate": _RULES,
        "max-duplicated": _SHARE,
        "max-boilerplate": _SHARE,
        "min-characters": {"type": "integer", "minimum": 0},
        "languages": _RULES,
        "clean": _RULES,
        "unsafe-fixes": {"type": "boolean"},
    },
}


def parse(value: Any) -> Policy:
    """The policy that a configuration states.

    Raises:
        ValueError: it has an unknown key, or a value that does not fit.
    """
    from newslint.config import parse_language
    from newslint.rule import did_you_mean

    if not isinstance(value, dict):
        raise ValueError("takes a table")
    given: dict[str, Any] = {}
    for key, item in value.items():
        if key not in SCHEMA["properties"]:
            raise ValueError(f"unknown key {key!r}{did_you_mean(key, SCHEMA['properties'])}")
        given[key.replace("-", "_")] = _checked(key, SCHEMA["properties"][key], item)
    if "languages" in given:
        try:
            given["languages"] = tuple(map(parse_language, given["languages"]))
        except ValueError as error:
            raise ValueError(f"languages {error}") from None
    return Policy(**given)


def _checked(key: str, schema: Mapping[str, Any], value: Any) -> Any:
    takes: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
        "array": ("a list of strings", lambda item: isinstance(item, list) and _all_strings(item)),
        "number": ("a number from 0 to 1", lambda item: type(item) in (int, float) and 0 <= item <= 1),
        "integer": ("a whole number from 0 on", lambda item: type(item) is int and item >= 0),
        "boolean": ("true or false", lambda item: isinstance(item, bool)),
    }
    words, fits = takes[schema["type"]]
    if not fits(value):
        raise ValueError(f"{key} takes {words}")
    return tuple(value) if isinstance(value, list) else value


def _all_strings(items: Iterable[object]) -> bool:
    return all(isinstance(item, str) and item for item in items)
