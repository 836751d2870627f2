"""What an editor offers to do about findings."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from lsprotocol import types

from newslint.document import LINE_END
from newslint.model import Applicability
from newslint.server.diagnostics import Shown
from newslint.server.positions import Ruler, Units

FIX_ALL = "source.fixAll.newslint"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)


def wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether an editor asks for actions of a kind; ``source`` stands for all that it begins."""
    asked = [str(getattr(each, "value", each)) for each in only or ()]
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in asked)


def quick_fixes(shown: Iterable[Shown], place: types.Range, edit: "Editor") -> list[types.CodeAction]:
    """The fixes of the findings that a range touches, the safe ones first."""
    touched = [each for each in shown if each.edits and touch(each.diagnostic.range, place)]
    return sorted((_fix(each, edit) for each in touched), key=lambda action: (not action.is_preferred, action.title))


def _fix(shown: Shown, edit: "Editor") -> types.CodeAction:
    finding = shown.finding
    assert finding.fix is not None
    safe = finding.fix.applicability is Applicability.SAFE
    return types.CodeAction(
        f"{finding.name}: {finding.help or 'fix it'}{'' if safe else ' (look first)'}",
        types.CodeActionKind.QuickFix,
        diagnostics=[shown.diagnostic],
        is_preferred=safe,
        edit=edit(shown.edits),
    )


class Editor:
    """Makes edits of a text in the shape that the client takes.

    Args:
        uri: the text.
        version: its version; a client that knows versions refuses edits of another one.
        versioned: whether the client takes edits with versions.
    """

    def __init__(self, uri: str, version: int, *, versioned: bool) -> None:
        self._uri = uri
        self._version = version
        self._versioned = versioned

    def __call__(self, edits: Sequence[types.TextEdit]) -> types.WorkspaceEdit:
        """The edits."""
        if not self._versioned:
            return types.WorkspaceEdit(changes={self._uri: list(edits)})
        document = types.OptionalVersionedTextDocumentIdentifier(self._uri, self._version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(edits))])


def touch(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges have a place in common, their ends included: the cursor may stand behind the last letter."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def difference(old: str, new: str, length: Units) -> list[types.TextEdit]:
    """The edits, whole lines each, that make one text of another."""
    before, after = _lines(old), _lines(new)
    ruler = Ruler(old, length)
    edits = []
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            stop = types.Position(last, 0) if last < len(before) else ruler.end
            begin = types.Position(first, 0) if first < len(before) else ruler.end
            edits.append(types.TextEdit(types.Range(begin, stop), "".join(after[start:end])))
    return edits


def _lines(text: str) -> list[str]:
    """The lines with their ends."""
    ends = [match.end() for match in re.finditer(LINE_END, text)]
    starts = [0, *ends]
    return [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True) if end > start]
