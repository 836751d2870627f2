"""No input breaks newslint: a few inputs for each target of ``fuzz/`` with every change, and the cases that were found.

``FUZZ_EXAMPLES=20000 pytest tests/test_fuzz.py`` runs so many of each; ``python -m fuzz`` lets coverage guide them.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Run
from fuzz import stored
from fuzz.inputs import TOKENS, seeds
from fuzz.targets import TARGETS
from newslint.cache import NAME, Cache
from newslint.config import ConfigError, find, load
from newslint.readers import ReadError
from newslint.readers.decode import decode

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks(name: str) -> None:
    pieces = st.one_of(
        st.sampled_from(seeds(name)), st.sampled_from(TOKENS), st.binary(max_size=9), st.text(max_size=9).map(_encoded)
    )

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(choice=st.integers(0, 255), parts=st.lists(pieces, max_size=8))
    def check(choice: int, parts: list[bytes]) -> None:
        TARGETS[name](bytes((choice,)) + b"".join(parts)[:4096])

    check()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


# What was found. A damaged store.


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Path]:
    """A folder with a sound store to be damaged; at the end it must give what was kept or nothing, and heal."""
    stored.fill(tmp_path)
    yield tmp_path
    stored.use(tmp_path)
    stored.fill(tmp_path)
    stored.fill(tmp_path)
    with closing(Cache(tmp_path)) as again:
        assert {key: again.get(key) for key in stored.RESULTS} == stored.RESULTS
        assert again.digests().items() >= stored.FILES.items()


@pytest.mark.parametrize("value", ["text", 1, 1.5, None, b"", b"\xff"])
@pytest.mark.parametrize("column", ["results.value", "results.used", "files.digest", "files.size"])
def test_values_of_another_type(damaged: Path, column: str, value: object) -> None:
    table, name = column.split(".")
    with closing(sqlite3.connect(damaged / NAME)) as connection:
        connection.execute(f"update or ignore {table} set {name} = ?", (value,))
        connection.commit()


@pytest.mark.parametrize("change", ["drop table files", "drop table results", "alter table files drop column node"])
def test_tables_that_are_others(damaged: Path, change: str) -> None:
    with closing(sqlite3.connect(damaged / NAME)) as connection:
        connection.execute(change)


@pytest.mark.parametrize(("offset", "byte"), [(18, 9), (19, 9), (47, 9), (16, 1), (0, 0)])
def test_a_header_that_tells_of_a_later_or_another_format(damaged: Path, offset: int, byte: int) -> None:
    """SQLite opens some to be read only, and says of others what it says of a mistake: they stayed as they were."""
    content = bytearray(content_of(damaged))
    content[offset] = byte
    (damaged / NAME).write_bytes(content)


def test_a_schema_that_is_no_text(damaged: Path) -> None:
    """SQLite quotes it in its message, and Python raised another error than SQLite's for that."""
    content = content_of(damaged)
    content = content.replace(b"tableresults", b"table\xff\xfesults").replace(
        b"CREATE TABLE results", b"CREATE TABLX results"
    )
    (damaged / NAME).write_bytes(content)


def content_of(folder: Path) -> bytes:
    """The store as a single file."""
    with closing(sqlite3.connect(folder / NAME)) as connection:
        connection.execute("pragma journal_mode = delete")
    return (folder / NAME).read_bytes()


# A configuration that the TOML parser, or the system, refuses with an error of another kind.


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 3000, "a = " + "{a=" * 3000, ".".join("a" * 3000) + " = 1", "a = " + "1" * 5000,
        'extend = "a\\u0000b"', "\ufeffselect = []", 'extend = "/dev/null"',
    ],
    ids=["brackets", "tables", "key", "number", "nul", "mark", "device"],
)  # fmt: skip
def test_configuration_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "newslint.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\w"):
        load(path)


@pytest.mark.parametrize("text", ["a = " + "[" * 3000, "a = " + "1" * 5000])
def test_a_project_file_that_nobody_can_read_is_taken_for_ours(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(f"# newslint\n{text}\n", encoding="utf-8")
    assert find(tmp_path) == path


# What would be a byte order mark at the beginning of a file: in its middle, the whole was read as UTF-16.


NO_MARKS = [
    b"\x00\xfe\xff\xcctext\nLe maire part.\n",
    b" id\ttext\r\n[...]\nxt\r\n[...]\nxt\r\n\n\n\n\r\n\n\n\n\xfe\xff\xfe\xff\n\nEd] added.\r\n",
]


@pytest.mark.parametrize("data", NO_MARKS)
def test_bytes_that_are_no_mark_where_they_stand(newslint: Run, tmp_path: Path, data: bytes) -> None:
    for name in ("a.csv", "a.txt"):
        (tmp_path / name).write_bytes(data)
        assert len(newslint(name, "--output-format", "json").report["errors"]) <= 1


def test_a_line_that_begins_like_a_mark_makes_no_text_chinese() -> None:
    with suppress(ReadError):
        assert not decode(NO_MARKS[1]).encoding.startswith("utf_16")


# Spaces in a line: a pattern began anew at each of them.


def test_a_line_of_spaces_takes_no_quadratic_time(newslint: Run, tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('select = ["orphan-punctuation"]\nrule-timeout = 2\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"Le maire part , dit-on.{' ' * 100_000}Oui.\n", encoding="utf-8")
    result = newslint("a.txt", "--output-format", "json")
    assert result.report["errors"] == []
