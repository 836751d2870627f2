"""Which rules selectors mean."""

import pytest

from newslint.plugins import RuleRef
from newslint.selection import EXACT, Layer, SelectionError, check, select

REFS = [
    RuleRef("DUP001", "near-duplicate", ""),
    RuleRef("DUP002", "repeated-passage", ""),
    RuleRef("CUT001", "cut", ""),
]


@pytest.mark.parametrize(
    ("layers", "codes"),
    [
        ([], "DUP001 DUP002 CUT001"),
        ([Layer(ignore=("DUP",))], "CUT001"),
        ([Layer(select=("DUP",), ignore=("ALL",))], "DUP001 DUP002"),
        ([Layer(select=("ALL", "DUP001"), ignore=("DUP",))], "DUP001 CUT001"),
        ([Layer(select=("near-duplicate",), ignore=("DUP001",))], ""),
        ([Layer(select=("DUP00",), ignore=("DUP",))], "DUP001 DUP002"),
        ([Layer(select=("DUP001",)), Layer(ignore=("DUP",))], ""),
        ([Layer(ignore=("DUP001",)), Layer(extend_select=("DUP001",))], "DUP001 DUP002 CUT001"),
        ([Layer(ignore=("DUP001",)), Layer(ignore=("DUP002",))], "CUT001"),
        ([Layer(select=("DUP",)), Layer(extend_select=("cut",))], "DUP001 DUP002 CUT001"),
        ([Layer(select=("DUP",)), Layer(select=("cut",))], "CUT001"),
    ],
)
def test_the_more_telling_selector_wins_and_the_later_layer(layers: list[Layer], codes: str) -> None:
    assert [ref.code for ref in select(REFS, layers)] == codes.split()


def test_a_mistyped_selector_gets_a_suggestion() -> None:
    with pytest.raises(SelectionError, match="did you mean 'near-duplicate'"):
        check(["near-duplicat"], REFS)
    with pytest.raises(SelectionError, match="did you mean 'DUP001'"):
        check(["dup001"], REFS)


def test_where_one_rule_is_asked_for_a_prefix_is_none() -> None:
    with pytest.raises(SelectionError, match="'DUP'"):
        check(["DUP"], REFS, least=EXACT)
