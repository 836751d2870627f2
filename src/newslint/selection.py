"""Which rules a run uses: codes, code prefixes, names and ``ALL``, selected and ignored.

As with ruff, the more telling selector wins: a full code or a name over a prefix, a longer prefix over a shorter one,
any of them over ``ALL``; where two say as much, ignoring wins.
"""

from collections.abc import Iterable, Sequence

from newslint.plugins import RuleRef
from newslint.rule import did_you_mean

ALL = "ALL"


class SelectionError(ValueError):
    """A selector names no rule. The message suggests one."""


def matches(selector: str, ref: RuleRef) -> int:
    """How telling ``selector`` is for a rule: 0 where it does not mean it, more the closer it names it."""
    if selector == ALL:
        return 1
    if selector in (ref.name, ref.code):
        return 100
    return 1 + len(selector) if selector and ref.code.startswith(selector) else 0


def check(selectors: Iterable[str], refs: Sequence[RuleRef], *, engine_codes: Iterable[str] = ()) -> None:
    """Make sure that each selector means a rule.

    Raises:
        SelectionError: one does not.
    """
    known = set(engine_codes)
    for selector in selectors:
        if selector not in known and not any(matches(selector, ref) for ref in refs):
            names = [name for ref in refs for name in (ref.name, ref.code)]
            raise SelectionError(
                f"no rule is called {selector!r}{did_you_mean(selector, names)} (`newslint rules` lists them)"
            )


def select(refs: Iterable[RuleRef], chosen: Sequence[str], ignored: Sequence[str]) -> list[RuleRef]:
    """The rules that the selectors ``chosen`` mean and ``ignored`` do not take away, in the order of ``refs``."""

    def telling(selectors: Sequence[str], ref: RuleRef) -> int:
        return max((matches(selector, ref) for selector in selectors), default=0)

    return [ref for ref in refs if telling(chosen, ref) > telling(ignored, ref)]
