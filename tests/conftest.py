"""What several test files share."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from newslint.document import Document
from newslint.model import Location, Span

# A slow machine is no failure. What CI says of a change depends on the change alone; new examples are for developers.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason=f"the reference articles are not beside the project ({SHARED.name}/seeds)"
)


#: A clean article, one with a link to another article, and one long enough to be somebody's copy.
CLEAN = "Le conseil a voté le budget lundi soir. La séance a duré trois heures.\n"
LINK = "Le conseil a voté le budget lundi soir.\n\nLire aussi : Trois listes pour une mairie\n"
ARTICLE = (
    "La médiathèque de la place du marché rouvre samedi après deux ans de travaux. Le toit a été refait, "
    "les salles de lecture ont été agrandies et un ascenseur mène désormais au second étage. La ville a payé "
    "quatre millions d'euros, dont un tiers vient de la région. Les lecteurs retrouvent quarante mille livres "
    "et une salle pour les enfants.\n"
)


def lines_of(*documents: Document) -> Callable[[Location], Sequence[str] | None]:
    """What gives a renderer the lines of these documents."""
    known = {(document.path, document.record): document for document in documents}

    def lines(location: Location) -> Sequence[str] | None:
        document = known.get((location.path, location.record))
        return None if document is None else [line.text for line in document.lines]

    return lines


def place(document: Document, text: str, after: str = "") -> Location:
    """Where a text stands in a document, first or first after another one."""
    start = document.source.index(text, document.source.index(after))
    return document.location(Span(start, start + len(text)))


class Result(NamedTuple):
    """What a run of the real command gave."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report on standard output."""
        report: dict[str, Any] = json.loads(self.out)
        return report

    def found(self) -> list[tuple[str, int, str]]:
        """Path, line and rule of each finding of the JSON report."""
        return [(f["location"]["path"], f["location"]["start"]["line"], f["name"]) for f in self.report["findings"]]


Run = Callable[..., Result]


@pytest.fixture
def newslint(tmp_path: Path) -> Run:
    """Runs the real command in a process of its own; in ``tmp_path`` where no other folder is given."""

    def run(
        *arguments: object, cwd: Path = tmp_path, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> Result:
        environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
        done = subprocess.run(
            [sys.executable, "-m", "newslint", *map(str, arguments)],
            cwd=cwd, input=stdin, capture_output=True, env={**environment, **(env or {})}, timeout=120, check=False,
        )  # fmt: skip
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.err, result.err
        return result

    return run


#: A rule of twenty lines, as a reader would write it; it finds exclamation marks.
SHOUTING = '''
from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule, Option


class Shouting(DocumentRule):
    """Exclamation marks."""

    code = "LOC001"
    name = "shouting"
    severity = Severity.WARNING
    limit = Option(1, "exclamation marks in a row that are still fine", minimum=0)

    def check(self, document):
        run = "!" * (self.limit + 1)
        start = document.text.find(run)
        if start >= 0:
            yield Hit(Span(start, start + len(run)), "Somebody shouts", "lower your voice")
'''


@pytest.fixture
def shouting(tmp_path: Path) -> Path:
    """A folder with a configuration that loads one local rule and selects nothing else."""
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "shouting.py").write_text(SHOUTING, encoding="utf-8")
    (tmp_path / "newslint.toml").write_text('local-rules = ["house"]\nselect = ["shouting"]\n', encoding="utf-8")
    return tmp_path
