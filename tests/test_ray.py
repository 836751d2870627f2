"""The Ray engine: the same outcome as on one machine, whatever dies meanwhile. On two Ray nodes of this machine."""

import gzip
import json
import os
import random
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from newslint.config import Resolver
from newslint.discover import discover
from newslint.engine.local import WorkerError
from newslint.engine.parts import Parts
from newslint.engine.plan import make_plan
from newslint.engine.ray.cluster import Cluster
from newslint.engine.run import Outcome, run
from newslint.plugins import load_plugins

try:
    import ray
    from ray.cluster_utils import Cluster as RayCluster
except ImportError:
    ray = None

needs_ray = pytest.mark.skipif(ray is None, reason="Ray is not installed: pip install 'newslint[ray]'")
#: What Ray does is its own business.
pytestmark = pytest.mark.filterwarnings("ignore")

#: Rules that somebody wrote for himself. The first document that names a file which is not there makes it, and the
#: worker that reads it dies: once.
RULES = '''
import os
import signal
from pathlib import Path

from newslint.model import Hit, Span
from newslint.plugins import RuleRef, hookimpl
from newslint.rule import CorpusRule, DocumentRule, Feature


def die_once(path):
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


class Deadly(DocumentRule):
    """Kills its process."""

    code, name = "LOC001", "deadly"

    def check(self, document):
        if "KILL " in document.text:
            die_once(document.text.split("KILL ")[1].split()[0])
            yield Hit(Span(0, 4), "survived")


class Sizes(Feature):
    """The hash of a document's length."""

    name = "sizes"
    typecodes = {"size": "Q"}
    partition = "size"

    def rows(self, document):
        return {"size": [len(document.text) * 0x9E3779B97F4A7C15 % 2**64]}


class SameSize(CorpusRule):
    """Documents of one length; its columns come together."""

    code, name = "LOC002", "same-size"
    features = (Sizes,)

    def match(self, columns):
        sizes = columns["sizes"]["size"]
        return sorted((a, b) for b in range(len(sizes)) for a in range(b) if sizes[a] == sizes[b])

    def settle(self, candidates, documents):
        for earlier, later in candidates:
            yield Hit(Span(0, 5), f"as long as {documents[earlier].path}", document=later)


def pairs(rows, mark):
    if mark:
        die_once(mark)
    sizes, owners = rows["sizes"].data["size"].tolist(), rows["sizes"].owners.tolist()
    return [(owners[a], owners[b]) for b in range(len(sizes)) for a in range(b) if sizes[a] == sizes[b]]


class SameSizeInParts(SameSize):
    """The same, part by part."""

    code, name = "LOC003", "same-size-in-parts"

    def match_parts(self, parts):
        return sorted(pair for found in parts.map(pairs, os.environ.get("TEST_RAY_MARK", "")) for pair in found)


def fail(*_):
    raise ValueError("boum")


class Fails(SameSize):
    """Raises, wherever it is."""

    code, name = "LOC004", "fails"

    def match(self, columns):
        return fail()

    def match_parts(self, parts):
        return parts.exchange(fail, fail)


@hookimpl
def newslint_rules():
    return [RuleRef(c.code, c.name, f"{__name__}:{c.__name__}") for c in (Deadly, SameSize, SameSizeInParts, Fails)]
'''

SYLLABLES = [consonant + vowel for consonant in "bdflmnprstvz" for vowel in "aeiou"]


def articles(count: int) -> list[str]:
    """Articles of made-up words in which some are copies, share a passage, a line or a name."""
    chance = random.Random(5)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(3000)]

    def sentence() -> str:
        return " ".join(chance.choices(words, k=16)).capitalize() + "."

    made: list[str] = []
    shared = [sentence() + " " + sentence() for _ in range(5)]
    for number in range(count):
        paragraphs = [" ".join(sentence() for _ in range(4)) for _ in range(3)]
        if number % 9 == 4:
            paragraphs[1] = shared[number % 5]
        if number % 4 == 1:
            paragraphs.append("Votre quotidien vous accompagne : notre édition du 12 mars est en kiosque.")
        name = "Karl Bretner" if number % 13 == 6 else "Karl Brettner"
        paragraphs.append(f"Le président {name} a reçu les maires de la région, dit le maire, et {name} a parlé.")
        text = "\n\n".join(paragraphs) + "\n"
        made.append(made[-3].replace(words[number], words[-number]) if number % 10 == 9 else text)
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles as files, and some more in a compressed file of records."""
    folder = tmp_path_factory.mktemp("ray")
    texts = articles(150)
    for number, text in enumerate(texts[:120]):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    with gzip.open(folder / "more.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps({"id": f"n{number}", "text": text}) + "\n" for number, text in enumerate(texts))
    (folder / "rules").mkdir()
    (folder / "rules" / "own.py").write_text(RULES, encoding="utf-8")
    (folder / "newslint.toml").write_text(
        'language = "fr"\nexclude = ["rules"]\nlocal-rules = ["rules"]\n', encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two Ray nodes on this machine, with a worker each."""
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
    sizes = {"num_cpus": 1, "object_store_memory": 100 << 20, "include_dashboard": False}
    cluster = RayCluster(initialize_head=True, head_node_args=sizes)
    cluster.add_node(num_cpus=1, object_store_memory=100 << 20)
    ray.init(cluster.address, log_to_driver=False, logging_level="ERROR")
    yield cluster
    ray.shutdown()
    cluster.shutdown()


Lint = Callable[..., Outcome]


@pytest.fixture
def lint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Lint:
    monkeypatch.chdir(folder)

    def lint(engine: str, **how: Any) -> Outcome:
        resolver = Resolver(folder)
        registry = load_plugins(resolver.root.local_rules)
        sources = discover([str(folder)], resolver, registry.readers, lambda _: None)
        plan, tasks = make_plan(resolver.root, sources, registry, resolver.root.local_rules)
        problems: list[Any] = []
        parts = Parts(registry, lambda _: None)
        tasks = parts.expand(plan, tasks, [], problems)
        assert problems == []
        if engine == "local":
            outcome = run(plan, tasks, registry, 1, **how)
        else:
            from newslint.engine.ray.crew import RayCrew

            outcome = run(plan, tasks, registry, hire=lambda shop, whole: RayCrew(shop, whole=whole), **how)
        return outcome._replace(findings=list(outcome.findings))

    return lint


def same(one: Outcome, other: Outcome) -> bool:
    """Whether two runs gave the same."""
    return one[:4] == other[:4]


@pytest.mark.parametrize("address", ["nowhere", "ray://127.0.0.1:10001", "host:port"])
@needs_ray
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(WorkerError, match=f"there is no Ray at {address}"):
        Cluster(address, None)


def test_without_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(WorkerError, match=r"pip install 'newslint\[ray\]'"):
        Cluster(None, None)


@needs_ray
def test_the_outcome_is_that_of_one_machine(lint: Lint, cluster: Any) -> None:
    expected = lint("local")
    found = {finding.name for finding in expected.findings}
    assert found >= {"near-duplicate", "reused-passage", "recurring-line", "name-variant"}
    assert found >= {"same-size", "same-size-in-parts"}
    # What a rule raises elsewhere is told as if it had raised it here.
    assert ["rule fails raised ValueError: boum (own.py:" in problem.message for problem in expected.problems] == [True]
    done: list[int] = []
    assert same(lint("ray", done=done.append), expected)
    assert sum(done) > 120


@needs_ray
def test_workers_and_machines_may_die(
    lint: Lint, cluster: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A worker and a machine while files are read; a machine when what lies there is about to be compared; a worker
    # that holds a part of it.
    marks = tmp_path / "reading", tmp_path / "matching"
    monkeypatch.setenv("TEST_RAY_MARK", str(marks[1]))
    cluster.add_node(num_cpus=1, object_store_memory=100 << 20)
    machines = list(cluster.worker_nodes)

    def lose(most: int) -> None:
        if len(machines) > most:
            cluster.remove_node(machines.pop(0), allow_graceful=False)

    (folder / "killer.txt").write_text(f"Un article comme un autre, ou presque.\n\nKILL {marks[0]} demain.\n")
    try:
        outcome = lint("ray", done=lambda _: lose(1), stage=lambda _: lose(0))
        assert machines == []
        assert all(mark.exists() for mark in marks)
        assert any(finding.name == "deadly" for finding in outcome.findings)
        assert same(outcome, lint("local"))
    finally:
        (folder / "killer.txt").unlink()


@needs_ray
def test_the_command_starts_a_ray_of_its_own(newslint: Run, folder: Path, tmp_path: Path) -> None:
    # A worker dies, which Ray may speak of: neither in the report nor on standard error.
    texts = [*articles(40), f"Un article comme un autre, ou presque.\n\nKILL {tmp_path / 'mark'} demain.\n"]
    for number, text in enumerate(texts):
        (tmp_path / f"{number:03}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "newslint.toml").write_text(f'language = "fr"\nlocal-rules = ["{folder / "rules"}"]\n')
    flags = "--output-format", "json", "--fail-on", "never"
    found = newslint(*flags, "--engine", "ray", "-j", "2")
    assert (tmp_path / "mark").exists()
    local = newslint(*flags)
    assert (found.status, found.out) == (local.status, local.out)
    assert found.err == local.err


@needs_ray
def test_nobody_at_an_address(newslint: Run, folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        result = newslint("--engine", "ray", "--ray-address", address, cwd=folder)
    assert result.status == 2
    assert result.err.splitlines()[-1].startswith(f"newslint: error: there is no Ray at {address}: ")
    assert "Traceback" not in result.err


def test_an_address_goes_with_ray(newslint: Run, folder: Path) -> None:
    result = newslint("--ray-address", "auto", cwd=folder)
    assert result.status == 2
    assert result.err == "newslint: error: --ray-address goes with --engine ray\n"
