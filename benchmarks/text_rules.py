"""The rules that look at one document: the speed of all together, of each one, and of each layer of a document.

    python benchmarks/text_rules.py                          # made-up articles
    python benchmarks/text_rules.py FOLDER FOLDER            # the .txt files of folders
    python benchmarks/text_rules.py FOLDER --commands        # the whole command, too, and codespell's

Megabytes of text a CPU second on one core. Documents are made anew, go through all rules one after the other, and are
dropped, as in a run; what a layer costs is counted for the layer, and not for the rule that asks for it first. A first
round fills what the process keeps and is not counted.
"""

import argparse
import gc
import random
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import machine
from corpus.article import draft

from newslint.document import Document
from newslint.plugins import RuleRef, load_plugins
from newslint.rule import CorpusRule, DocumentRule, Rule

LAYERS = ("lines", "blocks", "language", "sentences", "words", "characters")
#: Other tools that look at text word by word, as one runs them on a folder; each is left out where it is missing.
PEERS = {"codespell": ("codespell", "."), "typos": ("typos", "--isolated", "--no-ignore", ".")}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", help="folders of .txt files; without any, articles are made")
    parser.add_argument("--articles", type=int, default=500, help="made-up articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], help="names of rules")
    parser.add_argument("--commands", action="store_true", help="compare the commands, start included")
    parser.add_argument("--core", type=int, help="the core to run on (default: the last)")
    options = parser.parse_args()
    machine.pin(options.core)
    gc.set_threshold(100_000)  # as the command does
    texts = list(read(options.folders) if options.folders else made(options.articles))
    rules = [rule for rule in document_rules() if not options.only or rule.name in options.only]
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    print(f"{len(texts)} documents, {size:.2f} MB; {machine.about()}; one core\n")
    seconds = measure(texts, rules, options.rounds)
    total = sum(seconds.values())
    rows = [["together", f"{size / total:.2f}", f"{total:.3f}", "100 %"]]
    rows += [
        [name, f"{size / taken:.0f}" if taken else "", f"{taken:.3f}", f"{taken / total:.1%}"]
        for name, taken in sorted(seconds.items(), key=lambda item: -item[1])
    ]
    print(machine.table(["layer or rule", "MB/s", "CPU s", "share"], rows))
    if options.commands:
        print()
        print(commands(texts, size))


def read(folders: Sequence[Path]) -> Iterable[str]:
    """The texts of all .txt files below some folders, in order; what is no UTF-8 is replaced."""
    for folder in folders:
        for path in sorted(folder.rglob("*.txt")):
            yield path.read_bytes().decode("utf-8", "replace")


def made(count: int) -> Iterable[str]:
    """Made-up articles, the same in every run."""
    rng = random.Random(1)
    return (draft(rng).text() for _ in range(count))


def document_rules() -> list[DocumentRule]:
    """All document rules that are installed, as they are without a configuration."""
    registry = load_plugins()
    rules = [registry.load(ref)() for ref in registry.rules]
    return [rule for rule in rules if isinstance(rule, DocumentRule)]


def measure(texts: Sequence[str], rules: Sequence[DocumentRule], rounds: int) -> dict[str, float]:
    """The CPU seconds of each layer and each rule: the sum over the documents of the fastest round of each.

    Rounds go through all documents, so that none finds the processor's caches as it left them. Whatever else a machine
    does slows now this document and now that one, so that the sum of the fastest is steady where the median is not.
    """
    _each(texts, rules)
    every = [_each(texts, rules) for _ in range(rounds)]
    return {name: sum(map(min, zip(*(seconds[name] for seconds in every), strict=True))) for name in every[0]}


def _each(texts: Sequence[str], rules: Sequence[DocumentRule]) -> dict[str, list[float]]:
    """The CPU seconds of each layer and each rule, document by document."""
    gc.collect()
    seconds: dict[str, list[float]] = {name: [] for name in (*LAYERS, *(rule.name for rule in rules))}
    for text in texts:
        for name, spent in _pass(text, rules).items():
            seconds[name].append(spent)
    return seconds


def _pass(text: str, rules: Sequence[DocumentRule]) -> dict[str, float]:
    clock = time.process_time
    seconds = {}
    document = Document("document.txt", text)
    for layer in LAYERS:
        start = clock()
        getattr(document, layer)
        seconds[layer] = clock() - start
    for rule in rules:
        start = clock()
        list(rule.check(document))
        seconds[rule.name] = clock() - start
    return seconds


def commands(texts: Sequence[str], size: float) -> str:
    """A table of commands on the texts as files: newslint with all rules and with the document rules, and the peers."""
    corpus = [rule.code for rule in map(_load, load_plugins().rules) if issubclass(rule, CorpusRule)]
    check = machine.newslint(
        "check", ".", "--isolated", "--no-cache", "--fail-on", "never", "-q", "--output-format", "jsonl", "-j", "1"
    )
    sides = {
        "newslint, all rules": check,
        "newslint, without the rules that compare documents": [*check, "--ignore", ",".join(corpus)],
        **{name: list(command) for name, command in PEERS.items() if shutil.which(command[0])},
    }
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"{number:06}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
        for name, command in sides.items():
            spent = machine.run(command, folder=Path(folder)).cpu
            rows.append([name, f"{size / spent:.2f}", f"{spent:.2f}"])
    return machine.table(["command", "MB/s", "CPU s"], rows)


def _load(ref: RuleRef) -> type[Rule]:
    return load_plugins().load(ref)


if __name__ == "__main__":
    main()
