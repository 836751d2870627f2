"""Mark-down: what is masked, what the blocks are, and that offsets hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.document import OBJECT
from newslint.readers.markdown import markdown_document

PAGE = """\
---
title: "Non lu"
---
# Le grand titre #

Un [lien](https://exemple.org/a_(b)) et `du code, ` ici,
puis <!-- un secret --> la suite.

> Une citation
> sur deux lignes.

* un point
  qui continue
1. un numéro

```text
rien d'ici
```

    ni d'ici

| tête | colonne |
|------|---------|
| case | autre   |

[ref]: https://exemple.org
"""


def test_blocks() -> None:
    blocks = [
        (block.kind, " ".join(block.text.replace(OBJECT, "").split()))
        for block in markdown_document("a.md", PAGE).blocks
    ]
    assert blocks == [
        ("heading", "Le grand titre"),
        ("paragraph", "Un lien et ici, puis la suite."),
        ("quote", "Une citation sur deux lignes."),
        ("item", "un point qui continue"),
        ("item", "un numéro"),
        ("item", "| tête | colonne |"),
        ("item", "| case | autre |"),
    ]


def test_what_is_no_prose_is_masked() -> None:
    text = markdown_document("a.md", PAGE).text
    for word in ("Non lu", "exemple", "du code", "secret", "rien d'ici", "ni d'ici", "#", "```"):
        assert word not in text


def test_brackets_of_the_prose_stay() -> None:
    assert "[sic] (voilà)" in markdown_document("a.md", "Il dit [sic] (voilà).").text


def test_emphasis_is_masked_and_names_with_underscores_stay() -> None:
    text = markdown_document("a.md", "Un **mot** et _un autre_, snake_case_name.").text
    assert "*" not in text
    assert "snake_case_name" in text


@pytest.mark.parametrize("text", ["<!--" * 2000, "`" * 3000 + "a", "[" * 5000, "](" * 5000, "> " * 500 + "x"])
def test_hostile_text_ends(text: str) -> None:
    assert len(markdown_document("a.md", text).text) == len(text)


@given(st.text(st.sampled_from("ab \n\r#>*_`[]()<>!-|.=~é😀\t:")))
def test_mask_keeps_length_and_line_ends(text: str) -> None:
    document = markdown_document("a.md", text)
    assert len(document.text) == len(text)
    assert [c for c in document.text if c in "\r\n"] == [c for c in text if c in "\r\n"]
    for block in document.blocks:
        assert block.text.strip() == block.text != ""
        assert len(block.text) == block.end - block.start
