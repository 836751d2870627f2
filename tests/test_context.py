"""``--context``: compare with everything there, report on the named files."""

from pathlib import Path

from conftest import Run

ARTICLE = (
    "La petite gare de Morvec rouvrira au printemps, sept ans après le passage du dernier train. La région paie les "
    "rails, la commune le toit, et une association de retraités tiendra le guichet trois jours par semaine.\n"
)
OTHER = "Le conseil a voté le budget lundi soir.\n\nLire aussi : Trois listes pour une mairie\n"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_finding_is_put_on_the_named_file(newslint: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "old/b.txt"):
        write(tmp_path / name, ARTICLE)
    result = newslint("a.txt", "--context", "old", "--output-format", "json")
    assert result.found() == [("a.txt", 1, "near-duplicate")]
    (finding,) = result.report["findings"]
    assert finding["related"][0]["location"]["path"] == "old/b.txt"
    assert result.report["summary"]["documents"] == 1


def test_the_named_files_may_lie_in_the_context(newslint: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name, ARTICLE)
    result = newslint("a.txt", "--context", ".", "--output-format", "json")
    assert result.found() == [("a.txt", 1, "near-duplicate")]


def test_what_is_wrong_in_the_context_is_not_reported(newslint: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Le conseil a voté.\n")
    for name in ("old/b.txt", "old/c.txt"):
        write(tmp_path / name, OTHER)
        write(tmp_path / name.replace(".txt", "2.txt"), ARTICLE)
    result = newslint("a.txt", "--context", "old", "--output-format", "json")
    assert (result.status, result.found()) == (0, [])


def test_duplicates_among_the_named_files_are_found_as_ever(newslint: Run, tmp_path: Path) -> None:
    write(tmp_path / "old" / "z.txt", OTHER)
    for name in ("a.txt", "b.txt"):
        write(tmp_path / name, ARTICLE)
    result = newslint("a.txt", "b.txt", "--context", "old", "--output-format", "json")
    assert result.found() == [("b.txt", 1, "near-duplicate")]


def test_a_missing_context_is_named(newslint: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.txt", ARTICLE)
    result = newslint("a.txt", "--context", "gone")
    assert (result.status, "gone" in result.out + result.err) == (2, True)
