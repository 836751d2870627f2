"""The command killed (SIGKILL) at random points, again and again: is any file damaged, does the cache heal?

    python benchmarks/crash.py                                # fifty kills of each kind
    python benchmarks/crash.py --kills 4 --only fix baseline

Half of the kills come at any moment of a run, the other half while it writes: from when its folder is seen to change.
Every other kill takes the workers along; after the others, workers that outlive their parent are counted.

What is checked each time: *check* (with a cache, new or already filled) and *twice* (two such runs at once, one of them
killed): no article is touched, the run that goes on and the next one give the report of a run without a cache. *fix*
(safe and unsafe): every file has its old or its new bytes, nothing is left but the one temporary file, which the next
run does not take for an article, and the next ``--fix`` ends. *baseline* (update): the file is the old or the new one.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import machine
from corpus.article import draft

#: Faults that have fixes, safe and unsafe; every so many articles have one.
FAULTS = ("\nLire aussi : Trois listes pour une mairie\n", "Le vote a eu lieu jeudi. \n", "La séance est levée . .\n")
EVERY = 2
#: What newslint calls a file that it is writing.
TEMPORARY = ".newslint-*.tmp"
#: Seconds that workers have to notice that their parent is gone.
PATIENCE = 5.0

Figures = Counter[str]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="of each kind")
    parser.add_argument("--articles", type=int, default=150, help="besides as many records of one file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=list(KINDS), choices=list(KINDS))
    options = parser.parse_args()
    rows = []
    for name in options.only:
        with tempfile.TemporaryDirectory(prefix="crash-") as folder:
            trial = Trial(Path(folder), options.articles, random.Random(options.seed))
            figures = KINDS[name](trial, options.kills)
        columns = ("killed", "while writing", "damaged", "other report", "temporary files", "orphans")
        rows.append([name, *(figures[column] for column in columns)])
    print(f"{options.articles} articles and as many records; {machine.about()}\n")
    head = ["kind", "killed", "while it wrote", "files damaged", "reports that differ", "temporary files", "orphans"]
    print(machine.table(head, rows))


class Trial:
    """A folder with a corpus, and runs of newslint over it.

    Args:
        folder: where all lies.
        articles: how many.
        rng: tells when to kill.
    """

    def __init__(self, folder: Path, articles: int, rng: random.Random) -> None:
        self.folder = folder
        self.corpus = folder / "corpus"
        self.rng = rng
        self._pristine = folder / "pristine"
        make(self._pristine, articles)
        self.reset()

    def reset(self) -> None:
        """Make the corpus what it was."""
        shutil.rmtree(self.corpus, ignore_errors=True)
        shutil.copytree(self._pristine, self.corpus)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start newslint in a session of its own."""
        return subprocess.Popen(
            machine.newslint(*arguments, "--isolated", "-q"), cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def output(self, *arguments: str) -> bytes:
        """What newslint prints, run to its end."""
        out, _ = self.start(*arguments).communicate()
        return out

    def kill(self, run: "subprocess.Popen[bytes]", seconds: float, watched: Path, figures: Figures) -> None:
        """Kill a run at any moment of so many seconds, or a moment after a folder changed.

        Args:
            run: the run.
            seconds: what a whole run takes.
            watched: the folder it writes to.
            figures: where to count.
        """
        start = time.monotonic()
        if self.rng.random() < 0.5:
            time.sleep(self.rng.uniform(0, seconds))
        else:
            before = signs(watched)
            while run.poll() is None and signs(watched) == before and time.monotonic() - start < 10 * seconds:
                time.sleep(0.0005)
            time.sleep(self.rng.uniform(0, 0.2) ** 2)
        alive = run.poll() is None
        with_workers = self.rng.random() < 0.5
        if alive and with_workers:
            os.killpg(run.pid, signal.SIGKILL)
        elif alive:
            run.kill()
        run.communicate()
        figures["killed"] += alive
        if alive and not with_workers:
            figures["orphans"] += orphans(run.pid)
        # Of a run that had ended already nobody else is left.


def check(trial: Trial, kills: int, together: int = 1) -> Figures:
    """Kill a run that fills a cache; with two ``together`` the other goes on."""
    figures: Figures = Counter()
    arguments = ["check", "corpus", "--output-format", "json", "--fail-on", "never", "-j", "2"]
    expected = trial.output(*arguments, "--no-cache")
    before = contents(trial.corpus)
    cache = trial.folder / "cache"
    start = time.monotonic()
    assert trial.output(*arguments, "--cache-dir", "cache") == expected
    seconds = time.monotonic() - start
    while figures["killed"] < kills:
        if trial.rng.random() < 0.7:
            shutil.rmtree(cache, ignore_errors=True)
        runs = [trial.start(*arguments, "--cache-dir", "cache") for _ in range(together)]
        killed = figures["killed"]
        trial.kill(runs[0], seconds * together, cache, figures)
        figures["while writing"] += figures["killed"] > killed and any(cache.glob("*-wal"))
        outputs = [run.communicate()[0] for run in runs[1:]]
        outputs += [trial.output(*arguments, "--cache-dir", "cache") for _ in range(2)]
        figures["other report"] += sum(out != expected for out in outputs)
        figures["damaged"] += contents(trial.corpus) != before
        figures["temporary files"] += len(list(cache.glob(TEMPORARY)))
    return figures


def twice(trial: Trial, kills: int) -> Figures:
    """Kill one of two runs that fill one cache at once."""
    return check(trial, kills, together=2)


def fix(trial: Trial, kills: int) -> Figures:
    """Kill a run that writes fixes."""
    figures: Figures = Counter()
    arguments = ["check", "corpus", "--fix", "--unsafe-fixes", "--fail-on", "never", "-j", "2", "--no-cache"]
    old = contents(trial.corpus)
    start = time.monotonic()
    trial.output(*arguments)
    seconds = time.monotonic() - start
    new = contents(trial.corpus)
    assert new.keys() == old.keys()
    assert sum(new[name] != old[name] for name in old) > len(old) // 4
    while figures["killed"] < kills:
        trial.reset()
        run = trial.start(*arguments)
        killed = figures["killed"]
        trial.kill(run, seconds, trial.corpus, figures)
        now = contents(trial.corpus)
        left = list(trial.corpus.glob(TEMPORARY))
        figures["temporary files"] += len(left)
        changed = sum(now.get(name) == new[name] != old[name] for name in old)
        figures["while writing"] += figures["killed"] > killed and (changed > 0 or bool(left)) and now != new
        figures["damaged"] += sum(now.get(name) not in (old[name], new[name]) for name in old)
        figures["damaged"] += len(now.keys() - old.keys() - {path.name for path in left})
        report = json.loads(trial.output(*arguments, "--output-format", "json"))
        figures["other report"] += bool(report["errors"]) or report["summary"]["documents"] < len(old)
    return figures


def baseline(trial: Trial, kills: int) -> Figures:
    """Kill a run that updates the baseline."""
    figures: Figures = Counter()
    home = trial.folder / "home"
    home.mkdir()
    file = home / "newslint-baseline.json"
    trial.output("baseline", "create", "corpus", "--output", str(file), "--select", "ENC,TRA")
    old = file.read_bytes()
    arguments = ["baseline", "update", "corpus", "--output", str(file), "-j", "2", "--no-cache"]
    start = time.monotonic()
    trial.output(*arguments)
    seconds = time.monotonic() - start
    new = file.read_bytes()
    assert len(new) > len(old) > 100
    while figures["killed"] < kills:
        shutil.rmtree(home)
        home.mkdir()
        file.write_bytes(old)
        killed = figures["killed"]
        trial.kill(trial.start(*arguments), seconds, home, figures)
        left = list(home.glob(TEMPORARY))
        figures["temporary files"] += len(left)
        figures["while writing"] += figures["killed"] > killed and (bool(left) or file.read_bytes() == new)
        figures["damaged"] += file.read_bytes() not in (old, new)
        trial.output(*arguments)
        figures["other report"] += file.read_bytes() != new
    return figures


KINDS: dict[str, Callable[[Trial, int], Figures]] = {"check": check, "twice": twice, "fix": fix, "baseline": baseline}


def make(folder: Path, articles: int) -> None:
    """Write articles, some twice and some with faults, and as many records."""
    folder.mkdir()
    rng = random.Random(1)
    texts: list[str] = []
    for number in range(2 * articles):
        text = texts[-1] if number % 10 == 9 else draft(rng).text()[:1200].rpartition("\n")[0] + "\n"
        if number % EVERY == 0:
            text += FAULTS[number // EVERY % len(FAULTS)]
        texts.append(text)
    for number, text in enumerate(texts[:articles]):
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    records = "".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts[articles:]))
    (folder / "records.jsonl").write_text(records, encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """The hash of each file's bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).digest() for path in folder.iterdir()}


def signs(folder: Path) -> Sequence[object]:
    """What changes when something is written to a folder."""
    try:
        # Not the time alone: two files that are made within one tick of the clock leave one time.
        return (folder.stat().st_mtime_ns, *sorted(entry.name for entry in os.scandir(folder)))
    except OSError:
        return ()


def orphans(session: int) -> int:
    """How many processes of a session are still there once they had time to end."""
    end = time.monotonic() + PATIENCE
    while (left := members(session)) and time.monotonic() < end:
        time.sleep(0.05)
    for process in left:
        os.kill(process, signal.SIGKILL)
    return len(left)


def members(session: int) -> list[int]:
    """The processes of a session; none where the system does not tell."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, own = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(own) == session and state != "Z":
            found.append(int(folder.name))
    return found


if __name__ == "__main__":
    main()
