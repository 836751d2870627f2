"""One report, byte for byte: for any number of workers, either kernel, any cache, order of paths and hash seed."""

import random
import shutil
from pathlib import Path

import pytest

from conftest import ARTICLE, FIXTURES, LINK, Run

#: So many made-up articles that the cache is used and workers get several batches.
ARTICLES = 90
OPENINGS = ("La ville de Morvec", "Le conseil de Brehan", "The council of Harlow Bay", "El pueblo de Lubierna")
MIDDLES = ("a voté le budget", "refuse la nouvelle route", "has closed the old bridge", "abre otra vez su mercado")
ENDS = ("lundi soir.", "après deux heures de débat.", "after a long winter.", "por cuarta vez este año.", "jeudi. . ")

#: What may differ between two runs: environment, arguments, folders in the order they are named.
RUNS = {
    "python": ({"NEWSLINT_KERNEL": "python", "PYTHONHASHSEED": "0"}, ["-j", "1", "--no-cache"], ["fixtures", "made"]),
    "arrays": ({"NEWSLINT_KERNEL": "arrays", "PYTHONHASHSEED": "1"}, ["-j", "2", "--no-cache"], ["made", "fixtures"]),
    "python-2": ({"NEWSLINT_KERNEL": "python", "PYTHONHASHSEED": "2"}, ["-j", "2"], ["made/2", "fixtures", "made"]),
    "warm": ({"NEWSLINT_KERNEL": "arrays", "PYTHONHASHSEED": "3"}, ["-j", "1"], ["./fixtures/", "made"]),
    "warm-2": ({"PYTHONHASHSEED": "4"}, ["-j", "2"], ["made", "fixtures", "made/1"]),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixtures, and articles of which some share passages, lines or everything."""
    folder = tmp_path_factory.mktemp("same")
    shutil.copytree(FIXTURES, folder / "fixtures", ignore=shutil.ignore_patterns("*.json"))
    rng = random.Random(1)
    earlier: list[str] = []
    for number in range(ARTICLES):
        words = [
            f"{rng.choice(OPENINGS)} {rng.randrange(999)} {rng.choice(MIDDLES)} {rng.choice(ENDS)}" for _ in "1234"
        ]
        # Every third article has the passage of another.
        own = rng.choice(earlier) if number % 3 == 2 else " ".join(words)
        earlier.append(own)
        text = "\n".join([*words, own, ARTICLE if number % 9 == 0 else "", LINK if number % 7 == 0 else "Fin"])
        path = folder / "made" / str(number % 3) / f"{number:03}.{'md' if number % 5 == 0 else 'txt'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\r\n" if number % 4 == 0 else "\n")
    return folder


def test_a_report_depends_on_its_documents_alone(newslint: Run, corpus: Path) -> None:
    reports = {}
    for name, (environment, arguments, folders) in RUNS.items():
        arguments = [*arguments, "--cache-dir", "cache", "--isolated", "--output-format", "json", "--fail-on", "never"]
        result = newslint(*folders, *arguments, cwd=corpus, env=environment)
        assert (result.status, result.report["errors"]) == (0, [])
        reports[name] = result
    first = reports.pop("python")
    assert {name for name, result in reports.items() if result.out != first.out} == set()
    rules = {finding["name"] for finding in first.report["findings"]}
    assert {"near-duplicate", "reused-passage", "recurring-line", "orphan-punctuation", "cross-reference"} <= rules
