"""Runs a target on many inputs: guided by coverage where atheris is installed, else on mutated fixtures and cases."""

import argparse
import importlib
import importlib.util
import pkgutil
import random
import sys
import time
import traceback
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

# Where newslint's modules must be instrumented as they are imported, nothing of ours may be imported before.
PACKAGES = ["newslint", "newslint_rules"]
MOST = 4096


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("target", nargs="?")
    parser.add_argument("--runs", type=int, default=10_000, help="inputs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="folder that keeps the inputs which reach something new")
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--coverage", type=Path, metavar="FOLDER", help="run what is kept below FOLDER, by target")
    options = parser.parse_args()
    if options.coverage:
        return coverage(options.coverage)
    guided = not options.plain and importlib.util.find_spec("atheris") is not None
    if options.target and guided:
        import atheris

        with atheris.instrument_imports(include=PACKAGES):
            from fuzz.targets import TARGETS

            for package in PACKAGES:
                for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
                    if not module.name.endswith("__main__"):
                        importlib.import_module(module.name)
    else:
        from fuzz.targets import TARGETS
    if options.target not in TARGETS:
        print("\n".join(f"{name:14} {target.__doc__}" for name, target in TARGETS.items()))
        return 2 if options.target else 0
    run = run_guided if guided else run_plain
    return run(TARGETS[options.target], options)


def run_plain(target: Callable[[bytes], None], options: argparse.Namespace) -> int:
    """Mutate; each kind of failure is shown once, with the shortest input that was met."""
    from fuzz.inputs import mutated, seeds

    rng = random.Random(options.seed)
    failures: dict[str, bytes] = {}
    start = time.process_time()
    for _ in range(options.runs):
        data = mutated(bytes((rng.randrange(256),)) + rng.choice(seeds(options.target)), rng, MOST)
        try:
            target(data)
        except Exception:
            trace = traceback.format_exc()
            place = "\n".join(trace.strip().split("\n")[-4:])[:600]
            if len(data) < len(failures.get(place, data + b"+")):
                failures[place] = data
    for place, data in failures.items():
        print(f"{data!r}\n{place}\n")
    spent = time.process_time() - start
    print(f"{options.target}: {options.runs} inputs, {len(failures)} kinds of failure, {spent:.0f} s")
    return int(bool(failures))


def run_guided(target: Callable[[bytes], None], options: argparse.Namespace) -> int:
    """Let libFuzzer choose: half of its inputs are changed by our own mutations, which know what a text is."""
    import atheris

    from fuzz.inputs import TOKENS, mutated, seeds

    corpus = options.corpus or Path(f"fuzz-{options.target}")
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        rng = random.Random(options.seed)
        for text in seeds(options.target):
            data = (bytes((rng.randrange(256),)) + text)[:MOST]
            (corpus / sha1(data).hexdigest()).write_bytes(data)
    words = corpus.parent / "words.dict"
    quoted = ("".join(map(r"\x{:02x}".format, token)) for token in TOKENS)
    words.write_text("".join(f'"{each}"\n' for each in quoted))

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        rng = random.Random(seed)
        return mutated(data, rng, most) if rng.random() < 0.5 else atheris.Mutate(data, most)

    arguments = [
        sys.argv[0], str(corpus), f"-runs={options.runs}", f"-seed={options.seed}", f"-max_len={MOST}", "-timeout=60",
        f"-dict={words}", f"-artifact_prefix={corpus}-", "-rss_limit_mb=4096", "-print_final_stats=1", "-verbosity=1",
    ]  # fmt: skip
    atheris.Setup(arguments, target, custom_mutator=mutate)
    atheris.Fuzz()
    return 0


def coverage(folder: Path) -> int:
    """Run the inputs that were kept, and say what share of newslint's lines and branches they reach."""
    import coverage

    measured = coverage.Coverage(branch=True, source_pkgs=PACKAGES, data_file=None)
    measured.start()
    from fuzz.targets import TARGETS

    for name, target in TARGETS.items():
        for path in sorted(folder.glob(f"{name}/*")):
            target(path.read_bytes())
    measured.stop()
    measured.report(show_missing=False, skip_covered=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
