"""``newslint index``: keep what comparing takes of an archive, so that ``--context`` need not read it each time."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from newslint.cli.arguments import add_selection
from newslint.cli.loading import hush
from newslint.cli.parser import Parser
from newslint.cli.progress import Progress
from newslint.cli.session import Session
from newslint.discover import show
from newslint.index.manifest import Manifest, load
from newslint.model import Problem
from newslint.render.terminal import Paint, count, failure, visible

ACTIONS = {
    "build": "make a new index of files and folders",
    "add": "take up what is new or changed in files and folders",
    "remove": "drop what came from files and folders",
    "compact": "make one segment of all, and free the room of what was dropped",
    "info": "say what the index holds",
    "verify": "read all of it, and say whether it is as it was written",
    "duplicates": "list the documents that are nearly others, one JSON object a line",
}


def build(parser: Parser) -> None:
    """Declare the arguments."""
    listed = "; ".join(f"{name}: {purpose}" for name, purpose in ACTIONS.items())
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help=listed)
    parser.add_argument("index", metavar="INDEX", help="the folder of the index")
    add_selection(parser)
    own = parser.add_argument_group("index").add_argument
    own("--root", metavar="DIR", help="build: the folder that paths start from (default: where the files lie)")
    own("--keep-text", action="store_true", help="build: keep the texts, too, for when the files are gone")
    own("--missing", action="store_true", help="remove: drop what came from files that are gone")
    own("--threshold", type=_share, metavar="J", help="duplicates: from this Jaccard similarity on (default: 0.7)")
    own(
        "--containment", type=_share, metavar="C",
        help="duplicates: or where so much of the shorter one stands in the other (default: 0.85)",
    )  # fmt: skip


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Run the action.

    Raises:
        ConfigError: the index or a configuration cannot be used.
        OSError: the index cannot be written.
    """
    options = parser.parse(arguments)
    takes_paths = options.action in ("build", "add") or (options.action == "remove" and not options.missing)
    if takes_paths != bool(options.paths):
        parser.error(f"`index {options.action}` takes " + ("files or folders" if takes_paths else "no files"))
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "build": _build, "add": _build, "remove": _remove, "compact": _compact, "info": _info, "verify": _verify,
        "duplicates": _duplicates,
    }  # fmt: skip
    try:
        return actions[options.action](options)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is not None:
            raise
        reason = f"{error.strerror}: the index holds what it held when this began, or some of what is new besides"
        raise OSError(error.errno, reason, options.index) from error


def _build(options: argparse.Namespace) -> int:
    from newslint.index.files import Files
    from newslint.index.gather import common_folder, gather, keyed_features, relative_root
    from newslint.index.writer import Writer

    folder = Path(options.index)
    making = options.action == "build"
    if not making:
        load(folder)
    session = Session(options)
    session.discover()
    with hush():
        plan, features = keyed_features(session.plan, session.registry)
    root = relative_root(os.path.abspath(options.root or common_folder(options.paths)), folder)
    made = Writer.create(folder, root, features, keep_text=options.keep_text) if making else Writer.change(folder)
    with made as writer:
        files = Files(os.path.abspath(os.path.join(folder, writer.manifest.root)))
        with hush(), Progress(len(session.tasks), enabled=not options.quiet) as progress:
            problems = gather(writer, plan, session.tasks, session.registry, files, options.jobs, progress.advance)
            progress.stage("writing the index")
            writer.finish(whole=making)
        replaced = f", {count(writer.removed, 'document')} replaced" if writer.removed else ""
        _tell(options, writer.manifest, f"{count(writer.added, 'document')} added{replaced}")
    return _failures([*session.problems, *problems])


def _remove(options: argparse.Namespace) -> int:
    from newslint.index.files import Files
    from newslint.index.gather import drop, drop_missing
    from newslint.index.writer import Writer

    folder = Path(options.index)
    with Writer.change(folder) as writer:
        files = Files(os.path.abspath(os.path.join(folder, writer.manifest.root)))
        if options.missing:
            drop_missing(writer, files)
        unknown = drop(writer, options.paths, files)
        writer.finish()
        _tell(options, writer.manifest, f"{count(writer.removed, 'document')} removed")
    return _failures([Problem("is not in the index", show(path)) for path in unknown])


def _compact(options: argparse.Namespace) -> int:
    from newslint.index.writer import Writer

    with Writer.change(Path(options.index)) as writer:
        writer.finish(whole=True)
        _tell(options, writer.manifest, "compacted")
    return 0


def _info(options: argparse.Namespace) -> int:
    manifest = load(Path(options.index))
    bytes_by_file = sum(file.size for file in manifest.files())
    gone = sum(segment.gone_documents for segment in manifest.segments)
    rows = {
        "documents": f"{manifest.documents}" + (f" (and {gone} that were dropped)" if gone else ""),
        "root": show(os.path.join(options.index, manifest.root)),
        "features": ", ".join(f"{name} {kept.version}" for name, kept in manifest.features.items()),
        "texts": "kept" if manifest.keep_text else "read from the files",
        "segments": ", ".join(str(segment.living) for segment in manifest.segments) or "none",
        "size": f"{bytes_by_file / 1e6:.1f} MB",
        "changes": str(manifest.generation),
    }
    for name, value in rows.items():
        print(f"{name:10} {visible(value)}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from newslint.index.archive import Archive, verify

    place = Path(options.index)
    wrong = [Problem(reason, show(str(place / file.name))) for file, reason in verify(place) if reason]
    if not wrong:
        Archive(place)
        print(f"{visible(options.index)}: nothing is wrong")
    return _failures(wrong)


def _duplicates(options: argparse.Namespace) -> int:
    import json

    from newslint.duplication import Measure
    from newslint.index.archive import Archive
    from newslint.index.duplicates import duplicates

    given = {"threshold": options.threshold, "containment": options.containment}
    measure = Measure(**{name: value for name, value in given.items() if value is not None})
    session = Session(options)
    problems: list[Problem] = []
    with hush():
        found = duplicates(Archive(options.index), measure, session.registry, session.root, options.jobs, problems)
    for twins in found:
        sys.stdout.write(json.dumps(twins._asdict(), ensure_ascii=False) + "\n")
    return _failures(problems)


def _tell(options: argparse.Namespace, manifest: Manifest, what: str) -> None:
    if not options.quiet:
        print(f"{visible(options.index)}: {what}, {manifest.documents} in all")


def _failures(problems: Sequence[Problem]) -> int:
    for problem in problems:
        print(failure(problem, Paint(False)), file=sys.stderr)
    return 2 if problems else 0


def _share(value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = -1
    if not 0.2 <= share <= 1:
        raise argparse.ArgumentTypeError(f"takes a number from 0.2 to 1, not {value!r}")
    return share
