"""The cleaned corpus: the documents that the policy keeps, with the fixes of the rules that it names applied."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.corpus.rows import Described, Row
from newslint.engine.mend import Mended
from newslint.engine.plan import Task

if TYPE_CHECKING:
    from newslint.model import Record


class Exported(NamedTuple):
    """A document as it is exported: its row, and its text, cleaned. Of one that is dropped the text is empty."""

    row: Row
    text: str
    cleaned: bool


def record_of(each: Exported) -> Mapping[str, Any]:
    """A document as a record: id, path, record, field, title, language and text."""
    row = each.row
    return {
        "id": row.id,
        "path": row.path,
        "record": row.record,
        "field": row.field,
        "title": row.title,
        "language": row.language,
        "text": each.text,
    }


def export(described: Iterable[Described], mended: Iterable[Mended]) -> Iterator[Exported]:
    """Yield all documents, those that are kept with their text as it is once mended.

    Args:
        described: the documents of a run, in the order of reports.
        mended: the files, or parts, of the same run that change, in the same order.
    """
    changes = iter(mended)
    change = next(changes, None)
    task = None
    texts: dict[Record | None, str] = {}
    for row, document, own in described:
        if own is not task:
            task, texts = own, {}
            # A file that was mended and then changed, or went away, is not described.
            while change is not None and _place(change.task) < _place(own):
                change = next(changes, None)
            if change is not None and _place(change.task) == _place(own):
                texts = {text.record: text.new for text in change.texts}
        text = texts.get(document.record)
        kept = (document.source if text is None else text) if row.keep else ""
        yield Exported(row, kept, row.keep and text is not None)


def _place(task: Task) -> tuple[str, int]:
    """The key that the tasks of a run are in the order of."""
    return task.shown, task.part.index if task.part else -1
