"""A new folder of texts: each document that was a file under its own path, the records of a file as JSON lines."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
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
        path = self._root / _inside(each.row.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if each.row.record is None:
            path.write_text(each.text, encoding="utf-8", errors="replace", newline="")
            return
        line = json.dumps(record_of(each), ensure_ascii=False) + "\n"
        with path.with_name(path.name + ".jsonl").open("a", encoding="utf-8", errors="replace", newline="\n") as lines:
            lines.write(line)


def _inside(path: str) -> PurePosixPath:
    """A path that stays below the folder wherever the file lay: without what leads out of it."""
    parts = PurePosixPath(path.replace("\\", "/").replace("://", "/")).parts
    return PurePosixPath(*(part.replace(":", "_") for part in parts if part not in ("/", "..", ".")))


@contextmanager
def new_folder(path: Path) -> Iterator[Folder]:
    """A folder that takes its place when all is written.

    Raises:
        OSError: it cannot be written.
    """
    path = path.absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    work = Path(mkdtemp(prefix=".newslint-", dir=path.parent))
    try:
        yield Folder(work)
        work.chmod(0o755)
        if path.exists():
            path.rmdir()
        work.rename(path)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
