"""Which fields of a record are read: ``[[records]]`` of the configuration, and a guess where it says nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from newslint import globs
from newslint.readers import ReadError

#: Names under which corpora keep an article's text, the likelier first.
TEXTS = (
    "text", "body", "content", "article", "articlebody", "article_text", "maintext", "fulltext", "full_text",
    "body_text", "text_content", "story", "texte", "contenu", "corps", "texto", "cuerpo", "testo", "inhalt", "tekst",
)  # fmt: skip
IDS = ("id", "_id", "uuid", "guid", "doc_id", "docid", "document_id", "article_id", "identifier", "key", "url", "uri")
TITLES = ("title", "headline", "titre", "titel", "titulo", "titolo")
LANGUAGES = ("language", "lang", "langue", "sprache", "idioma", "lingua", "taal")
#: A field of another name is taken for the text if its values are this long, in characters, by their median.
LONG = 200
#: Objects in objects are looked into so deep.
DEPTH = 3
FORMATS = ("text", "markdown")
#: So many fields are named in a message, each with so many characters.
MOST, LONGEST = 20, 60

SCHEMA: Mapping[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "path": {"type": "string"},
            "text": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]},
            "id": {"type": "string"},
            "title": {"type": "string"},
            "language": {"type": "string"},
            "format": {"enum": list(FORMATS)},
        },
    },
}


class NoTextError(ReadError):
    """No field of a file looks like an article's text."""


class Fields(NamedTuple):
    """What of a record is read, by JSON Pointer (RFC 6901) or by name: a key of the record, or a column.

    Attributes:
        text: the fields that hold text; each is a document of its own. Empty: guess.
        id: what tells the record again; None: guess, ``""``: nothing does.
        title: the headline; as ``id``.
        language: the text's language; as ``id``.
        format: how the text is written, ``text`` or ``markdown``.
    """

    text: tuple[str, ...] = ()
    id: str | None = None
    title: str | None = None
    language: str | None = None
    format: str = "text"

    def over(self, other: "Fields") -> "Fields":
        """These, and what ``other`` says where these say nothing."""
        return Fields(
            self.text or other.text,
            other.id if self.id is None else self.id,
            other.title if self.title is None else self.title,
            other.language if self.language is None else self.language,
            other.format if self.format == "text" else self.format,
        )


def parse(value: Any) -> tuple[tuple[str, Fields], ...]:
    """The entries of a configuration: a glob of files (empty: all) and what is read of their records.

    Raises:
        ValueError: an entry has something else.
    """
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise ValueError("takes tables: [[records]] with `path`, `text`, `id` …")
    return tuple(map(_entry, value))


def _entry(table: Mapping[str, Any]) -> tuple[str, Fields]:
    from newslint.rule import did_you_mean

    known = SCHEMA["items"]["properties"]
    for key, item in table.items():
        if key not in known:
            raise ValueError(f"unknown key {key!r}{did_you_mean(key, known)}")
        if key == "text":
            item = [item] if isinstance(item, str) else item
            if not isinstance(item, list) or not item or not all(isinstance(name, str) and name for name in item):
                raise ValueError("text takes a field, or a list of fields")
        elif not isinstance(item, str):
            raise ValueError(f"{key} takes a string")
    path, text, written = table.get("path", ""), table.get("text", ()), table.get("format", "text")
    if written not in FORMATS:
        raise ValueError(f"format is one of {', '.join(FORMATS)}, not {written!r}")
    if path:
        globs.check(path)
    texts = (text,) if isinstance(text, str) else tuple(text)
    return path, Fields(texts, table.get("id"), table.get("title"), table.get("language"), written)


def tokens(pointer: str) -> tuple[str, ...]:
    """The steps of a JSON Pointer (RFC 6901); a name without a leading slash is one step."""
    if not pointer.startswith("/"):
        return (pointer,)
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/"))


def pointer(steps: Sequence[str]) -> str:
    """The JSON Pointer (RFC 6901) of some steps."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def value_at(record: Any, steps: Sequence[str]) -> Any:
    """What a record holds there; None where it holds nothing."""
    for step in steps:
        if isinstance(record, dict):
            record = record.get(step)
        elif isinstance(record, list) and step.isdecimal() and step.isascii() and int(step) < len(record):
            record = record[int(step)]
        else:
            return None
    return record


def nested(values: Iterable[tuple[Sequence[str], Any]]) -> dict[str, Any]:
    """A record that holds some values, each where its steps lead to."""
    record: dict[str, Any] = {}
    for steps, value in values:
        inner = record
        for step in steps[:-1]:
            inner = inner.setdefault(step, {})
        inner[steps[-1]] = value
    return record


def leaves(record: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values of a record that are no objects, with the steps that lead to them."""
    for key, value in record.items():
        if isinstance(value, dict) and len(above) < DEPTH:
            yield from leaves(value, (*above, key))
        else:
            yield (*above, key), value


def settle(wanted: Fields, records: Sequence[Mapping[str, Any]], name: str = "field") -> tuple[Fields, tuple[str, ...]]:
    """The fields to read, and those that were guessed.

    Args:
        wanted: what the user says.
        records: some records of the file.
        name: what its format calls a field.

    Raises:
        ReadError: a field that the user names is in none of the records.
        NoTextError: the user names none, and none looks like a text.
    """
    values: dict[tuple[str, ...], list[Any]] = {}
    for record in records:
        for steps, value in leaves(record):
            values.setdefault(steps, []).append(value)
    there = _listed([_shown(steps, name) for steps in values])
    for named in filter(None, (*wanted.text, wanted.id, wanted.title, wanted.language)):
        steps = tokens(named)
        if records and steps not in values and all(value_at(record, steps) is None for record in records):
            raise ReadError(
                f"has no {name} {named} in its first {len(records)} records; it has {there}: mend `[[records]]`"
            )
    guesses: dict[str, str] = {}
    texts = wanted.text
    if not texts:
        longest = _text_of(values)
        if longest is None:
            reason = f"has no {name} that looks like an article's text, only {there}"
            raise NoTextError(f"{reason}: name it with --text-field, or in `[[records]]`")
        texts = (_shown(longest, name),)
        guesses["text"] = texts[0]
    singles: dict[str, str | None] = {}
    for role, names in (("id", IDS), ("title", TITLES), ("language", LANGUAGES)):
        own = getattr(wanted, role)
        if own is None and (found := _named(values, names)):
            own = guesses[role] = _shown(found, name)
        singles[role] = own or None
    settled = Fields(texts, singles["id"], singles["title"], singles["language"], wanted.format)
    return settled, tuple(f"{role} from {field}" for role, field in guesses.items())


def _shown(steps: tuple[str, ...], name: str) -> str:
    plain = name == "column" and len(steps) == 1 and not steps[0].startswith("/")
    return steps[0] if plain else pointer(steps)


def _listed(fields: Sequence[str]) -> str:
    """Some fields for a message, which must not become a page."""
    named = ", ".join(field if len(field) <= LONGEST else f"{field[:LONGEST]}…" for field in fields[:MOST])
    return (named or "nothing") + (f" and {len(fields) - MOST} more" if len(fields) > MOST else "")


def _named(values: Mapping[tuple[str, ...], list[Any]], names: Sequence[str]) -> tuple[str, ...] | None:
    """The field with the first of some names, the one that lies least deep."""
    for name in names:
        for steps in sorted(values, key=len):
            scalar = any(isinstance(value, str | int) and not isinstance(value, bool) for value in values[steps])
            if steps[-1].lower() == name and scalar:
                return steps
    return None


def _text_of(values: Mapping[tuple[str, ...], list[Any]]) -> tuple[str, ...] | None:
    """The field that holds the text: by its name, else the one with the longest values."""
    texts = {steps: [value for value in own if isinstance(value, str)] for steps, own in values.items()}
    named = _named({steps: own for steps, own in texts.items() if own}, TEXTS)
    if named:
        return named
    lengths = {steps: sorted(map(len, own))[len(own) // 2] for steps, own in texts.items() if own}
    longest = max(lengths, key=lambda steps: lengths[steps], default=None)
    return longest if longest and lengths[longest] >= LONG else None
