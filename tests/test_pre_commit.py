"""The hooks for pre-commit, run by pre-commit and git themselves, with newslint installed from this checkout."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from conftest import ARTICLE, CLEAN, LINK, ROOT
from newslint.plugins import load_plugins
from newslint.rule import DocumentRule

pytestmark = [
    pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

#: What has to be in a checkout for newslint to be installed from it.
INSTALLED = ("src", "rules", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


class Result(NamedTuple):
    status: int
    out: str


class Repository:
    """A git repository."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = environment
        folder.mkdir(exist_ok=True)
        self.run("git", "init", "--quiet")

    def run(self, *command: str) -> Result:
        done = subprocess.run(
            command, cwd=self.folder, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", timeout=600, check=False,
        )  # fmt: skip
        return Result(done.returncode, done.stdout)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def commit(self) -> Result:
        """Commit all changes, by way of the hooks."""
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--message", "Articles")


class Desk(Repository):
    """A repository of articles whose commits the hooks of this checkout watch."""

    def use(self, newslint: Repository, hook: str, settings: str = "") -> None:
        revision = newslint.run("git", "rev-parse", "HEAD").out.strip()
        source = f"repo: {newslint.folder.as_uri()}, rev: {revision}, hooks: [{{id: {hook}, {settings}}}]"
        self.write(".pre-commit-config.yaml", f"repos: [{{{source}}}]\n")
        assert self.run(sys.executable, "-m", "pre_commit", "install").status == 0


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An environment where nothing of the user's git or pre-commit takes part."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    for person in ("AUTHOR", "COMMITTER"):
        ours |= {f"GIT_{person}_NAME": "Desk", f"GIT_{person}_EMAIL": "desk@example.org"}
    ours |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    ours |= {name: str(tmp_path_factory.mktemp("home")) for name in ("PRE_COMMIT_HOME", "NEWSLINT_CACHE_DIR")}
    return ours


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory, environment: Mapping[str, str]) -> Repository:
    """What lies in this checkout, committed or not, as a repository of its own; hooks are installed from it once."""
    repository = Repository(tmp_path_factory.mktemp("newslint"), environment)
    for name in INSTALLED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, repository.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, repository.folder / name)
    assert repository.commit().status == 0
    return repository


@pytest.fixture
def desk(tmp_path: Path, environment: Mapping[str, str]) -> Desk:
    return Desk(tmp_path / "desk", environment)


class TestNewslint:
    def test_a_finding_stops_the_commit(self, desk: Desk, checkout: Repository) -> None:
        desk.use(checkout, "newslint")
        desk.write("articles/budget.txt", LINK)
        stopped = desk.commit()
        assert stopped.status == 1, stopped.out
        assert "articles/budget.txt:3:1: warning BOI001 cross-reference" in stopped.out
        assert desk.read("articles/budget.txt") == LINK
        desk.write("articles/budget.txt", CLEAN)
        passed = desk.commit()
        assert passed.status == 0, passed.out
        assert re.search(r"newslint\.+Passed", passed.out)

    def test_only_files_that_newslint_reads_are_looked_at(self, desk: Desk, checkout: Repository) -> None:
        desk.use(checkout, "newslint")
        for name in ("LICENSE", "README", "notes.html", "article.txt.orig"):
            desk.write(name, LINK)
        passed = desk.commit()
        assert passed.status == 0, passed.out
        assert "(no files to check)Skipped" in passed.out

    def test_excluded_files_are_left_out_though_they_are_named(self, desk: Desk, checkout: Repository) -> None:
        desk.use(checkout, "newslint")
        desk.write("newslint.toml", 'exclude = ["raw/"]\n')
        desk.write("raw/budget.txt", LINK)
        assert desk.commit().status == 0
        desk.write("budget.txt", LINK)
        assert desk.commit().status == 1

    def test_what_is_said_of_a_file_depends_on_it_alone(self, desk: Desk, checkout: Repository) -> None:
        desk.use(checkout, "newslint")
        desk.write("one.txt", ARTICLE)
        desk.write("two.txt", ARTICLE)
        passed = desk.commit()
        assert passed.status == 0, passed.out

    def test_with_a_context_it_is_compared_with_all_that_is_there(self, desk: Desk, checkout: Repository) -> None:
        desk.write("articles/known.txt", LINK)
        desk.write("articles/one.txt", ARTICLE)
        assert desk.commit().status == 0
        desk.use(checkout, "newslint", "args: [--context, articles]")
        desk.write("articles/two.txt", ARTICLE)
        stopped = desk.commit()
        assert stopped.status == 1, stopped.out
        assert "articles/two.txt:1:1: error DUP001 near-duplicate" in stopped.out
        assert "known.txt" not in stopped.out


class TestFix:
    def test_a_fixed_file_stops_the_commit_once(self, desk: Desk, checkout: Repository) -> None:
        desk.use(checkout, "newslint-fix")
        desk.write("budget.txt", "Le conseil a voté de de nouveaux crédits lundi soir.\n")
        stopped = desk.commit()
        assert stopped.status == 1, stopped.out
        assert "files were modified by this hook" in stopped.out
        assert "Fixed 1 finding in 1 file." in stopped.out
        assert desk.read("budget.txt") == "Le conseil a voté de nouveaux crédits lundi soir.\n"
        passed = desk.commit()
        assert passed.status == 0, passed.out
        assert desk.run("git", "show", "HEAD:budget.txt").out == desk.read("budget.txt")

    def test_what_no_safe_fix_mends_stays_and_stops_the_commit(self, desk: Desk, checkout: Repository) -> None:
        desk.use(checkout, "newslint-fix")
        text = CLEAN + "\nLa mairesse a dit « Nous verrons.\n\nLe vote a eu lieu mardi et le maire a\n"
        desk.write("vote.txt", text)
        stopped = desk.commit()
        assert stopped.status == 1, stopped.out
        assert "truncated-sentence" in stopped.out
        assert desk.read("vote.txt") == text


class TestCorpus:
    def test_a_twin_of_a_file_that_did_not_change(self, desk: Desk, checkout: Repository) -> None:
        desk.use(checkout, "newslint-corpus")
        desk.write("archive/one.txt", ARTICLE)
        passed = desk.commit()
        assert passed.status == 0, passed.out
        desk.write("today/two.txt", ARTICLE)
        stopped = desk.commit()
        assert stopped.status == 1, stopped.out
        assert "today/two.txt:1:1: error DUP001 near-duplicate" in stopped.out
        assert "archive/one.txt" in stopped.out
        assert desk.read("today/two.txt") == ARTICLE

    def test_it_looks_also_where_no_article_changes(self, desk: Desk, checkout: Repository) -> None:
        desk.write("budget.txt", LINK)
        assert desk.commit().status == 0
        desk.use(checkout, "newslint-corpus")
        stopped = desk.commit()
        assert stopped.status == 1, stopped.out
        assert "budget.txt:3:1" in stopped.out


class TestManifest:
    """What the hooks' file says fits what newslint reads and knows."""

    def test_it_is_valid(self) -> None:
        manifest = str(ROOT / ".pre-commit-hooks.yaml")
        command = [sys.executable, "-m", "pre_commit", "validate-manifest", manifest]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout + done.stderr) == (0, "")

    def test_every_ending_of_a_single_article_is_selected(self) -> None:
        # Other installed plugins may read more. A record file is a corpus, which a hook for changed files is not for.
        known = load_plugins().readers.items()
        readers = [suffix for suffix, ref in known if ref.target.startswith("newslint.") and not ref.records]
        for hook in hooks():
            if hook.get("pass_filenames", True):
                pattern = re.compile(hook["files"])
                assert [suffix for suffix in readers if not pattern.search(f"a/b{suffix}")] == []
                assert not pattern.search("LICENSE")
                assert not pattern.search("a.txtx")

    def test_rules_that_only_compare_are_left_out_of_changed_files(self) -> None:
        registry = load_plugins()
        comparing = {ref.name for ref in registry.rules if not issubclass(registry.load(ref), DocumentRule)}
        for hook in hooks():
            if hook.get("pass_filenames", True):
                option, names = hook["args"]
                assert (option, set(names.split(","))) == ("--ignore", comparing)

    def test_only_one_hook_writes(self) -> None:
        entries = {hook["id"]: shlex.split(hook["entry"]) for hook in hooks()}
        assert [name for name, entry in entries.items() if "--fix" in entry] == ["newslint-fix"]
        assert not any("--unsafe-fixes" in entry for entry in entries.values())


def hooks() -> Iterable[dict[str, Any]]:
    yaml = pytest.importorskip("yaml")
    listed: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return listed
