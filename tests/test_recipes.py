"""The jobs of docs/ci.md: valid by their vendors' schemas, understood by our command line, at work in a repository."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from conftest import ARTICLE, CLEAN, LINK, ROOT
from newslint.cli.main import COMMANDS
from newslint.cli.parser import Parser
from newslint.plugins import load_plugins

PAGE = ROOT / "docs" / "ci.md"
PLACEHOLDERS = {"CHANGED", "…"}
SCHEMAS = {"jobs": "vendor.github-workflows", "variables": "vendor.gitlab-ci"}


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def blocks() -> Iterator[str]:
    """The YAML files that the page shows."""
    yield from re.findall(r"^```yaml\n(.*?)^```", page(), re.DOTALL | re.MULTILINE)


def parsed(key: str) -> dict[str, Any]:
    """The one file of the page that has a key."""
    yaml = pytest.importorskip("yaml")
    (found,) = (block for block in map(yaml.safe_load, blocks()) if key in block)
    return dict(found)


class Script(NamedTuple):
    """What one job runs, as a shell is given it, and the variables it runs with."""

    text: str
    variables: Mapping[str, str]


def scripts() -> dict[str, Script]:
    """The jobs' scripts by name, less the installation."""
    found: dict[str, Script] = {}
    github = parsed("jobs")
    for name, job in github["jobs"].items():
        steps = [step["run"] for step in job["steps"] if "run" in step]
        found[f"github {name}"] = Script("\n".join(steps[1:]), github["env"])
    gitlab = parsed("variables")
    for name, job in gitlab.items():
        if "script" in job:
            found[f"gitlab {name}"] = Script("\n".join(job["script"]), gitlab["variables"])
    return found


def command_lines() -> Iterator[list[str]]:
    """The arguments of every newslint command that the page gives, in jobs and in between."""
    for script in scripts().values():
        words = list(shlex.shlex(script.text.replace("\n", " ; "), posix=True, punctuation_chars=True))
        for place, word in enumerate(words):
            if word == "newslint":
                rest = words[place + 1 :]
                ends = [at for at, other in enumerate(rest) if set(other) <= set("();<>|&")]
                yield rest[: min(ends, default=len(rest))]
    prose = re.sub(r"^```.*?^```", "", page(), flags=re.DOTALL | re.MULTILINE)
    for given in re.findall(r"`newslint\s+([^`]+)`", prose):
        yield [word for word in shlex.split(given) if word not in PLACEHOLDERS]


class TestSchemas:
    @pytest.mark.skipif(find_spec("check_jsonschema") is None, reason="check-jsonschema is not installed")
    @pytest.mark.parametrize(("key", "schema"), SCHEMAS.items(), ids=SCHEMAS.values())
    def test_jobs(self, tmp_path: Path, key: str, schema: str) -> None:
        (block,) = (block for block in blocks() if re.search(f"^{key}:", block, re.MULTILINE))
        (tmp_path / "job.yaml").write_text(block, encoding="utf-8")
        command = ["-m", "check_jsonschema", "--builtin-schema", schema, str(tmp_path / "job.yaml")]
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")
    def test_pre_commit(self, tmp_path: Path) -> None:
        (block,) = (block for block in blocks() if re.search("^repos:", block, re.MULTILINE))
        (tmp_path / "config.yaml").write_text(block, encoding="utf-8")
        command = ["-m", "pre_commit", "validate-config", str(tmp_path / "config.yaml")]
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout + done.stderr) == (0, "")

    def test_its_hooks_are_ours(self) -> None:
        yaml = pytest.importorskip("yaml")
        ours = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
        named = {hook["id"] for repository in parsed("repos")["repos"] for hook in repository["hooks"]}
        assert named <= ours
        assert set(re.findall(r"`(newslint-\w+)`", page())) <= ours


class TestCommandLines:
    def test_all_are_found(self) -> None:
        assert len(list(command_lines())) >= 4 + 3

    def test_our_parser_takes_them(self) -> None:
        formats = load_plugins().renderers
        for arguments in command_lines():
            command = arguments[0]
            parser = Parser(prog=f"newslint {command}")
            import_module(COMMANDS[command][0]).build(parser)
            options = parser.parse(arguments[1:])
            for wanted in getattr(options, "output_format", None) or ():
                assert wanted.partition(":")[0] in formats

    def test_options_named_in_the_text_exist(self) -> None:
        parser = Parser()
        import_module(COMMANDS["check"][0]).build(parser)
        named = set(re.findall(r"`(--[a-z-]+)[ `]", page()))
        assert named <= set(parser._option_string_actions)


class Archive:
    """A repository of articles whose last commit merges a branch, and what the jobs' machines know of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        for person in ("AUTHOR", "COMMITTER"):
            ours |= {f"GIT_{person}_NAME": "Desk", f"GIT_{person}_EMAIL": "desk@example.org"}
        command = folder / "bin" / "newslint"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newslint "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        self.environment = {
            **ours, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        }  # fmt: skip
        self.articles = folder / "checkout" / "articles"
        self.articles.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.articles.parent, env=self.environment, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        return done.stdout.strip()

    def commit(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.articles / f"{name}.txt").write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Articles")

    def merge(self, **texts: str) -> None:
        """Merge a branch that adds articles and takes ``old`` away."""
        start = self.git("rev-parse", "HEAD")
        self.git("checkout", "--quiet", "-b", "branch")
        self.git("rm", "--quiet", "articles/old.txt")
        self.commit(**texts)
        self.git("checkout", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--no-edit", "branch")
        self.environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = start

    def run(self, script: Script) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script.text],
            cwd=self.articles.parent, env={**self.environment, **script.variables}, capture_output=True,
            encoding="utf-8", check=False,
        )  # fmt: skip


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
class TestJobs:
    @pytest.fixture
    def archive(self, tmp_path: Path) -> Archive:
        archive = Archive(tmp_path)
        archive.commit(old=LINK, known=LINK, one=ARTICLE)
        return archive

    @pytest.mark.parametrize("job", ["github changed", "gitlab newslint-changed"])
    def test_changed_files_are_compared_with_everything(self, archive: Archive, job: str) -> None:
        archive.merge(**{"two words": ARTICLE, "clean": CLEAN})
        done = archive.run(scripts()[job])
        assert done.returncode != 0
        assert done.stdout.count("DUP001 near-duplicate") == 1
        assert "articles/two words.txt" in done.stdout
        assert "cross-reference" not in done.stdout

    @pytest.mark.parametrize("job", ["github changed", "gitlab newslint-changed"])
    @pytest.mark.parametrize("texts", [{}, {"clean": CLEAN}], ids=["nothing", "clean"])
    def test_a_clean_change_passes(self, archive: Archive, job: str, texts: dict[str, str]) -> None:
        archive.merge(**texts)
        done = archive.run(scripts()[job])
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.parametrize("job", ["github changed", "gitlab newslint-changed"])
    def test_a_change_that_cannot_be_told_is_no_pass(self, archive: Archive, job: str) -> None:
        """Where the first commit is all there is, git does not know what changed."""
        archive.environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "0" * 40
        assert archive.run(scripts()[job]).returncode != 0

    def test_the_corpus_on_github(self, archive: Archive) -> None:
        done = archive.run(scripts()["github corpus"])
        assert done.returncode == 1, done.stderr
        assert "articles/known.txt:3:1" in done.stdout
        assert "cross-reference" in Path(archive.environment["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")
        sarif = json.loads((archive.articles.parent / "newslint.sarif").read_text(encoding="utf-8"))
        assert sarif["version"] == "2.1.0"

    def test_the_corpus_on_gitlab(self, archive: Archive) -> None:
        done = archive.run(scripts()["gitlab newslint-corpus"])
        assert done.returncode == 1, done.stderr
        assert "articles/known.txt:3:1" in done.stdout
        reports = parsed("variables")["newslint-corpus"]["artifacts"]["reports"]
        quality = json.loads((archive.articles.parent / reports["codequality"]).read_text(encoding="utf-8"))
        assert "articles/known.txt" in {issue["location"]["path"] for issue in quality}
        assert ElementTree.parse(archive.articles.parent / reports["junit"]).getroot().tag == "testsuites"
