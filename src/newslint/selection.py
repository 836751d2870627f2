"""Which rules a run uses: codes, code prefixes, names and ``ALL``, selected and ignored, layer by layer.

A layer is a configuration file or the command line; a later layer has the last word on what it speaks about. Within a
layer, as with ruff, the more telling selector wins: a full code or a name over a prefix, a longer prefix over a shorter
one, any of them over ``ALL``; where two say as much, ignoring wins.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from newslint.plugins import RuleRef
from newslint.rule import did_you_mean

ALL = "ALL"
#: How telling a full code or a name is; prefixes stay below.
EXACT = 100


class Named(Protocol):
    """A rule or a reference to one."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """Its name."""


class SelectionError(ValueError):
    """A selector names no rule. The message suggests one."""


class Layer(NamedTuple):
    """What one configuration file or the command line says.

    Attributes:
        select: use these and no others; None: start from what the layers before use.
        extend_select: use these besides.
        ignore: leave these out.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def selectors(self) -> tuple[str, ...]:
        """All selectors of the layer."""
        return (*(self.select or ()), *self.extend_select, *self.ignore)


def matches(selector: str, ref: Named) -> int:
    """How telling ``selector`` is for a rule: 0 where it does not mean it, more the closer it names it."""
    if selector == ALL:
        return 1
    if selector in (ref.name, ref.code):
        return EXACT
    return 1 + len(selector) if selector and ref.code.startswith(selector) else 0


def telling(selectors: Iterable[str], ref: Named) -> int:
    """How telling the most telling of some selectors is."""
    return max((matches(selector, ref) for selector in selectors), default=0)


def check(selectors: Iterable[str], refs: Sequence[RuleRef], *, least: int = 1) -> None:
    """Make sure that each selector means a rule.

    Args:
        selectors: codes, prefixes, names, ``ALL``.
        refs: the rules there are.
        least: how telling each has to be; ``EXACT`` asks for full codes and names.

    Raises:
        SelectionError: one does not.
    """
    for selector in selectors:
        if not any(matches(selector, ref) >= least for ref in refs):
            names = [name for ref in refs for name in (ref.name, ref.code)]
            near = (
                f": did you mean {selector.upper()!r}?" if selector.upper() in names else did_you_mean(selector, names)
            )
            raise SelectionError(f"no rule is called {selector!r}{near} (`newslint rules` lists them)")


def select(refs: Iterable[RuleRef], layers: Iterable[Layer]) -> list[RuleRef]:
    """The rules in use after all layers, in the order of ``refs``; before any layer, all are."""
    used = dict.fromkeys(refs, True)
    for layer in layers:
        for ref in used:
            wanted = telling((*(layer.select or ()), *layer.extend_select), ref)
            unwanted = telling(layer.ignore, ref)
            if wanted or unwanted or layer.select is not None:
                used[ref] = wanted > unwanted
    return [ref for ref, use in used.items() if use]
