"""JSON lines (.jsonl, .ndjson): a JSON object a line; also the form that all other record files are unpacked to."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from json.decoder import scanstring  # type: ignore[attr-defined]  # the part of the decoder that keeps offsets
from typing import Any, BinaryIO

from newslint.document import Document
from newslint.model import Edit, Record
from newslint.readers import ReadError
from newslint.readers.fields import Fields, settle, tokens, value_at
from newslint.readers.records import PART, SAMPLE, Layout, Part, RecordReader, Row

BOM = b"\xef\xbb\xbf"
BLANK = b" \t\r\n"
#: What an escape in a JSON string is: two code units that make one character, one code unit, or one letter.
ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
#: Bytes of a line that is longer than those which are looked at to tell the fields.
LONG = PART * 64
SPACE = re.compile(r"[ \t\r\n]*")
_decode = json.JSONDecoder().raw_decode


class JsonLines(RecordReader):
    """Reads JSON lines where they lie."""

    field = "field"

    def layout(self, file: BinaryIO, wanted: Fields) -> Layout:
        """How a file is laid out, by its first records.

        Raises:
            ReadError: it is in another encoding, its first records are all broken, or it has no such fields.
        """
        start = file.read(4)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start:
            raise ReadError("is not UTF-8, as JSON lines must be: convert it, for example with iconv")
        file.seek(0)
        records: list[Mapping[str, Any]] = []
        reasons: list[str] = []
        for line in islice(_sample(file), SAMPLE):
            try:
                records.append(parse(line))
            except ValueError as error:
                if not records and not reasons and (found := _one_value(line)):
                    value, way = found
                    raise ReadError(f"is {value}, not JSON lines: a record a line is what `{way}` writes") from None
                reasons.append(str(error))
        if reasons and not records:
            raise ReadError(f"has no JSON object in its first {len(reasons)} lines: the first {reasons[0]}")
        if not records:
            return Layout(wanted._replace(text=wanted.text or ("/text",)))
        return Layout(*settle(wanted, records, self.field))


READER = JsonLines()


def _sample(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file that are not blank; those that are very long are left out, save an array's."""
    mark = BOM
    while line := file.readline(LONG):
        long = len(line) == LONG and not line.endswith(b"\n")
        while long and (rest := file.readline(LONG)) and not rest.endswith(b"\n"):
            pass
        line, mark = line.removeprefix(mark).strip(BLANK), b""
        if line and (not long or line.startswith(b"[")):
            yield line


def _one_value(line: bytes) -> tuple[str, str] | None:
    """What a file whose first line is none of JSON lines holds as a whole, and the command that makes lines of it."""
    if line == b"{":
        return "one JSON object over several lines", "jq -c ."
    array = "one JSON array", "jq -c '.[]'"
    if not line.startswith(b"["):
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return array
    return array if value and isinstance(value[0], dict) else None


def split(file: BinaryIO, path: str, layout: Layout, limit: int) -> Iterator[Part]:
    """The parts of a file of JSON lines.

    Args:
        file: the file.
        path: where it lies.
        layout: how it is laid out.
        limit: bytes above which a record is not read.
    """
    start = end = index = first = 0
    line = 1
    at = line
    while data := file.readline(limit + 1):
        size = len(data)
        large = size > limit
        told = int(data[1 : data.index(b",")]) if large and layout.unpacked else line
        while large and not data.endswith(b"\n") and (data := file.readline(1 << 20)):
            size += len(data)
        blank = not large and not (data.removeprefix(BOM) if not end else data).strip(BLANK)
        if large and end > start:
            yield Part(start, end, first, at, layout, path)
            start, first = end, index
        at = told if large else at
        end += size
        index += not blank
        line += 1
        if large or end - start >= PART:
            yield Part(start, end, first, at, layout, path, large)
            start, first, at = end, index, line
    if end > start:
        yield Part(start, end, first, at, layout, path)


def parse(line: bytes) -> dict[str, Any]:
    """The object that a line holds.

    Raises:
        ValueError: it holds none; the message says why, as what comes after "the record".
    """
    try:
        # What ends the line ends the record: of one that is cut short, that would be said to stand in a string.
        record = json.loads(line.decode("utf-8").rstrip(" \t\r\n"))
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 at byte {error.start + 1}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg.lower().removesuffix(' at')} at column {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except ValueError:
        raise ValueError("holds a number of too many digits") from None
    if not isinstance(record, dict):
        raise ValueError(f"is {_kind(record)}, not an object")
    return record


def row(line: int, record: Mapping[str, Any] | str) -> bytes:
    """A record of an unpacked file, as a line."""
    return json.dumps((line, record), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def rows(data: bytes, part: Part) -> Iterator[tuple[int, Row, int, int]]:
    """The records of a part: number, record, and the place of its bytes in ``data``."""
    index, number, start = part.index, part.line, 0
    for line in data.split(b"\n"):
        end = start + len(line)
        skipped = len(BOM) if part.start == start == 0 and line.startswith(BOM) else 0
        body = line[skipped:]
        if body.strip(BLANK):
            try:
                found = Row(*json.loads(body)) if part.layout.unpacked else Row(number, parse(body))
            except ValueError as error:
                found = Row(number, str(error))
            yield index, found, start + skipped, end
            index += 1
        number += 1
        start = end + 1


def documents(shown: str, data: bytes, part: Part, language: str | None) -> Iterator[Document]:
    """The documents of a part: one for each text of each record, and an empty one for a record that is broken.

    Args:
        shown: the path that reports show.
        data: the part's bytes; of a large one, nothing.
        part: where it lies.
        language: the language that the configuration states.
    """
    if part.large:
        size = (part.end - part.start) / 2**20
        yield _broken(shown, part.line, part.index, None, None, f"is too large: {size:.0f} MiB; raise `max-file-size`")
        return
    fields = part.layout.fields
    guess = part.layout.encoding if part.index == 0 else ""
    for index, (line, record), _, _ in rows(data, part):
        if isinstance(record, str):
            yield _broken(shown, line, index, None, None, record)
        else:
            for found in _texts(shown, record, line, index, fields, language):
                if guess and not found.broken:
                    # Once a file is enough.
                    found.encoding, found.guessed, guess = guess, True, ""
                yield found


def _texts(
    shown: str, record: Mapping[str, Any], line: int, index: int, fields: Fields, language: str | None
) -> Iterator[Document]:
    own = _scalar(_at(record, fields.id))
    title = _at(record, fields.title)
    said = _language(_at(record, fields.language)) or language
    found = False
    for field in fields.text:
        value = _at(record, field)
        if value is None:
            continue
        found = True
        if not isinstance(value, str):
            yield _broken(shown, line, index, own, field, f"has {_kind(value)} in {field}, not a text")
        elif (half := _surrogate(value)) is not None:
            yield _broken(shown, line, index, own, field, f"has half a character (\\u{half:04x}) in {field}")
        else:
            place = Record(line, index, own, field)
            yield document(shown, value, place, said, fields, title if isinstance(title, str) else None)
    if not found:
        yield _broken(shown, line, index, own, None, f"has no text in {' nor in '.join(fields.text)}")


def document(
    shown: str, text: str, place: Record, language: str | None, fields: Fields, title: str | None = None
) -> Document:
    """The document of one text of a record."""
    if fields.format == "markdown":
        from newslint.readers.markdown import markdown_document

        return markdown_document(shown, text, language=language, record=place, title=title)
    return Document(shown, text, language=language, record=place, title=title)


def changed(data: bytes, part: Part, edits: Mapping[tuple[int, str], Iterable[Edit]]) -> bytes:
    """The bytes of a part once some of its texts are edited; every other byte as it was.

    Args:
        data: the part's bytes.
        part: where it lies.
        edits: by number of the record and field; offsets into the text, which do not overlap.
    """
    pieces, end = [], 0
    wanted: dict[int, dict[str, Iterable[Edit]]] = {}
    for (index, field), own in edits.items():
        wanted.setdefault(index, {})[field] = own
    for index, _, start, stop in rows(data, part):
        if index in wanted:
            pieces += [data[end:start], _edited(data[start:stop], part, wanted[index])]
            end = stop
    return b"".join((*pieces, data[end:]))


def _edited(line: bytes, part: Part, edits: Mapping[str, Iterable[Edit]]) -> bytes:
    source = line.decode("utf-8")
    lead = ("1",) if part.layout.unpacked else ()
    literals = {field: _literal(source, (*lead, *tokens(field))) for field in edits}
    for field in sorted(edits, key=lambda field: literals[field], reverse=True):
        start, end = literals[field]
        source = source[:start] + _spliced(source[start:end], edits[field]) + source[end:]
    return source.encode("utf-8")


def _spliced(literal: str, edits: Iterable[Edit]) -> str:
    """The inside of a JSON string once its text is edited; what is not edited keeps its escapes."""
    raw = _offsets(literal)
    pieces, end = [], 0
    for span, replacement in sorted(edits):
        # Where all else is ASCII, the writer escapes what is not.
        text = json.dumps(replacement, ensure_ascii=literal.isascii())[1:-1]
        pieces += [literal[end : raw(span.start)], text]
        end = raw(span.end)
    return "".join((*pieces, literal[end:]))


def _offsets(literal: str) -> Any:
    """A function from an offset in the text of a JSON string to the one in its literal."""
    from bisect import bisect_right

    texts, raws = [0], [0]
    for escape in ESCAPE.finditer(literal):
        texts.append(texts[-1] + escape.start() - raws[-1] + 1)
        raws.append(escape.end())

    def raw(offset: int) -> int:
        place = bisect_right(texts, offset) - 1
        return raws[place] + offset - texts[place]

    return raw


def _literal(source: str, steps: tuple[str, ...]) -> tuple[int, int]:
    """Where in a JSON text the inside of the string stands that ``steps`` lead to; of equal keys the last counts."""
    place = _after(source, 0)
    for step in steps:
        found = -1
        for key, at in _members(source, place):
            if key == step:
                found = at
        if found < 0:
            raise ValueError(f"no {step} in the record")
        place = found
    return place + 1, scanstring(source, place + 1)[1] - 1


def _members(source: str, place: int) -> Iterator[tuple[str, int]]:
    """Keys (of a list: numbers) and places of the values of the object or list that begins there."""
    is_object = source[place] == "{"
    place = _after(source, place + 1)
    number = 0
    while source[place] not in "}]":
        key = str(number)
        if is_object:
            key, place = scanstring(source, place + 1)
            place = _after(source, _after(source, place) + 1)
        yield key, place
        place = _after(source, _decode(source, place)[1])
        if source[place] == ",":
            place = _after(source, place + 1)
        number += 1


def _after(source: str, place: int) -> int:
    match = SPACE.match(source, place)
    return match.end() if match else place


def _broken(shown: str, line: int, index: int, own: str | None, field: str | None, reason: str) -> Document:
    return Document(shown, "", record=Record(line, index, own, field), broken=reason)


def _at(record: Mapping[str, Any], field: str | None) -> Any:
    return None if field is None else value_at(record, tokens(field))


def _scalar(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).encode("utf-8", "replace").decode() or None


def _language(value: Any) -> str | None:
    """The two-letter code that a record states: ``fr`` of "fr", "FR", "fr-CA", "fr_FR"."""
    if not isinstance(value, str):
        return None
    code = re.split(r"[-_]", value.strip().lower(), maxsplit=1)[0]
    return code if code == "fil" or (len(code) == 2 and code.isascii() and code.isalpha()) else None


def _surrogate(text: str) -> int | None:
    """The first half of a surrogate pair that stands alone."""
    if text.isascii():
        return None
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return ord(text[error.start])
    return None


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    kinds = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return kinds.get(type(value), type(value).__name__)
