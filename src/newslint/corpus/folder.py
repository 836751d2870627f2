"""A new folder of texts: each document that was a file under its own path, the records of a file as JSON lines."""

import errno
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from newslint.corpus.export import Exported, record_of


class Folder:
    """Writes documents below a folder.

    Args:
        root: the folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, each: Exported) -> None:
        """Write a document.

        Raises:
            OSError: it cannot be written.
        """
        path = self._root / inside(each.row.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if each.row.record is None:
            with path.open("x", encoding="utf-8", errors="replace", newline="") as text:
                text.write(each.text)
            return
        line = json.dumps(record_of(each), ensure_ascii=False) + "\n"
        with path.with_name(path.name + ".jsonl").open("a", encoding="utf-8", errors="replace", newline="\n") as lines:
            lines.write(line)


def inside(path: str) -> str:
    """A path that stays below the folder wherever the file lay: without what leads out of it, on any system."""
    steps = path.replace("\\", "_").replace("://", "/").replace(":", "_").split("/")
    return "/".join(step for step in steps if step not in ("", ".", ".."))


def clash(paths: Iterable[str]) -> tuple[str, str] | None:
    """Two files that have one place below the folder, or of which one has to be the other's folder, if there are any.

    Args:
        paths: those of all files, each once or more.
    """
    places: dict[str, str] = {}
    for path in paths:
        other = places.setdefault(inside(path), path)
        if other != path:
            return other, path
    for place, path in places.items():
        while place := place.rpartition("/")[0]:
            if place in places:
                return places[place], path
    return None


@contextmanager
def new_folder(path: Path) -> Iterator[Folder]:
    """A folder that is there, or filled where it is there and empty, when all is written.

    A run that is killed leaves a hidden folder, ``.newslint-`` and some letters, beside it or in it.

    Raises:
        OSError: it cannot be written.
    """
    path = path.resolve()
    # One that is there may be a mount point, or where a shell is at work: it cannot be replaced.
    there = path.is_dir()
    around = path if there else path.parent
    around.mkdir(parents=True, exist_ok=True)
    work = Path(mkdtemp(prefix=".newslint-", dir=around))
    try:
        new = work / "new"
        new.mkdir()
        yield Folder(new)
        if not there:
            new.rename(path)
            return
        if any(entry != work for entry in path.iterdir()):
            raise OSError(errno.ENOTEMPTY, "was empty, and somebody else wrote there meanwhile", str(path))
        for entry in new.iterdir():
            entry.rename(path / entry.name)
    except OSError as error:
        if error.errno and (not error.filename or Path(error.filename).is_relative_to(work)):
            # Whoever reads of it knows the folder that was to be written.
            error.filename = str(path)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
