"""The cleaned corpus: the documents that the policy keeps, with the fixes of the rules that it names applied."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from newslint.corpus.rows import Described, Row
from newslint.engine.mend import Mended


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
    texts: dict[object, str] = {}
    for row, document, own in described:
        if own is not task:
            task, texts = own, {}
            if change is not None and change.task == own:
                texts = {text.record: text.new for text in change.texts}
                change = next(changes, None)
        text = texts.get(document.record)
        kept = (document.source if text is None else text) if row.keep else ""
        yield Exported(row, kept, row.keep and text is not None)
