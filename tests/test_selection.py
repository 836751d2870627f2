"""Which rules selectors mean."""

import pytest

from newslint.plugins import RuleRef
from newslint.selection import SelectionError, check, select

REFS = [
    RuleRef("DUP001", "near-duplicate", ""),
    RuleRef("DUP002", "repeated-passage", ""),
    RuleRef("CUT001", "cut", ""),
]


@pytest.mark.parametrize(
    ("chosen", "ignored", "codes"),
    [
        (["ALL"], [], "DUP001 DUP002 CUT001"),
        (["ALL"], ["DUP"], "CUT001"),
        (["DUP"], ["ALL"], "DUP001 DUP002"),
        (["ALL", "DUP001"], ["DUP"], "DUP001 CUT001"),
        (["near-duplicate"], ["DUP001"], ""),
        (["DUP00"], ["DUP"], "DUP001 DUP002"),
        ([], [], ""),
    ],
)
def test_the_more_telling_selector_wins(chosen: list[str], ignored: list[str], codes: str) -> None:
    assert [ref.code for ref in select(REFS, chosen, ignored)] == codes.split()


def test_a_mistyped_selector_gets_a_suggestion() -> None:
    with pytest.raises(SelectionError, match="did you mean 'near-duplicate'"):
        check(["near-duplicat"], REFS)
