"""What a plugin author subclasses: document rules, corpus rules, features, typed options.

A rule's file reads top to bottom as its own documentation: the class docstring says *What it does*, *Why is this bad*
and gives an *Example*; the options carry their own help. The same text feeds the terminal, the site and the reports.
"""

import sys
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar, overload

from newslint.document import Document
from newslint.model import Hit, Severity

T = TypeVar("T", bool, int, float, str, tuple[str, ...])
Item = TypeVar("Item")
Result = TypeVar("Result")


class OptionError(ValueError):
    """A rule's option has a wrong name, type or value. The message says which and what is allowed."""


class Option(Generic[T]):
    """A typed option of a rule, declared in the class body and read as an attribute of its instances.

    Args:
        default: the value where the configuration says nothing; its type is the option's type.
        help: one sentence on what it does, with the unit.
        minimum, maximum: the range of a number, both included.
        choices: all allowed values.
    """

    name: str

    def __init__(
        self,
        default: T,
        help: str,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        choices: Sequence[T] | None = None,
    ) -> None:
        self.default: T = default
        self.help = help
        self.minimum = minimum
        self.maximum = maximum
        self.choices: Sequence[T] | None = choices

    def __set_name__(self, owner: type["Rule"], name: str) -> None:
        self.name = name.replace("_", "-")

    @overload
    def __get__(self, rule: None, owner: type["Rule"]) -> "Option[T]": ...
    @overload
    def __get__(self, rule: "Rule", owner: type["Rule"]) -> T: ...
    def __get__(self, rule: "Rule | None", owner: type["Rule"]) -> "T | Option[T]":
        if rule is None:
            return self
        value: T = rule.values.get(self.name, self.default)
        return value

    def check(self, value: object) -> T:
        """Return ``value`` where it fits.

        Raises:
            OptionError: it has another type, or lies outside the range or the choices.
        """
        kind = type(self.default)
        if kind is float and type(value) is int:
            value = float(value)
        if kind is tuple and isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            value = tuple(value)
        if type(value) is not kind:
            wanted = "list of strings" if kind is tuple else kind.__name__
            raise OptionError(f"{self.name} takes a {wanted}, not {value!r}")
        if self.choices is not None and value not in self.choices:
            allowed = ", ".join(repr(choice) for choice in self.choices)
            raise OptionError(f"{self.name} is one of {allowed}, not {value!r}")
        low, high = self.minimum, self.maximum
        if isinstance(value, int | float) and (
            (low is not None and value < low) or (high is not None and value > high)
        ):
            raise OptionError(f"{self.name} lies between {low} and {high}, not at {value!r}")
        return value


class Rule(ABC):
    """What all rules share.

    Args:
        values: option values by name, as the configuration states them.

    Raises:
        OptionError: a value does not fit.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARNING

    def __init__(self, values: Mapping[str, object] | None = None) -> None:
        options = self.options()
        self.values: dict[str, Any] = {}
        for name, value in (values or {}).items():
            if name not in options:
                raise OptionError(f"{self.name} has no option {name!r}{did_you_mean(name, options)}")
            self.values[name] = options[name].check(value)

    @classmethod
    def options(cls) -> dict[str, Option[Any]]:
        """The rule's options by name, those of its base classes first."""
        return {
            value.name: value
            for base in reversed(cls.__mro__)
            for value in vars(base).values()
            if isinstance(value, Option)
        }

    @classmethod
    def lexicon(cls, language: str | None) -> Mapping[str, Any]:
        """The words the rule needs for a language: ``lexicon/<language>.toml`` beside the rule's file, or nothing."""
        from newslint.text.lexicon import load

        module = sys.modules[cls.__module__]
        return load(Path(module.__file__ or ".").parent / "lexicon", language) if language else {}


class DocumentRule(Rule):
    """A rule that sees one document. ``check`` is a pure function of the document and the options."""

    @abstractmethod
    def check(self, document: Document) -> Iterable[Hit]:
        """Yield what the rule finds in ``document``, in any order."""


class Columns:
    """Rows of numbers for a batch of documents, column by column.

    Attributes:
        offsets: ``array("Q")`` of ``len(self) + 1`` row numbers; document ``i`` has rows ``offsets[i]:offsets[i + 1]``.
        data: a column name to an array of all rows.
    """

    __slots__ = ("data", "offsets")

    def __init__(self, offsets: "array[int]", data: Mapping[str, "array[Any]"]) -> None:
        self.offsets = offsets
        self.data = dict(data)

    @classmethod
    def empty(cls, typecodes: Mapping[str, str]) -> "Columns":
        """Columns of no documents, ready to be extended."""
        return cls(array("Q", [0]), {name: array(code) for name, code in typecodes.items()})

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, name: str) -> "array[Any]":
        return self.data[name]

    def rows(self, document: int) -> range:
        """The row numbers of a document."""
        return range(self.offsets[document], self.offsets[document + 1])

    def extend(self, other: "Columns") -> None:
        """Append the documents of ``other``."""
        base = self.offsets[-1]
        self.offsets.extend(offset + base for offset in other.offsets[1:])
        for name, column in self.data.items():
            column.extend(other.data[name])

    def slice(self, first: int, last: int) -> "Columns":
        """The documents ``first`` to ``last`` (exclusive) as columns of their own."""
        start, stop = self.offsets[first], self.offsets[last]
        offsets = array("Q", (offset - start for offset in self.offsets[first : last + 1]))
        return Columns(offsets, {name: column[start:stop] for name, column in self.data.items()})


class Feature(ABC):
    """Turns documents into columns, which is all that a corpus rule keeps of them.

    Attributes:
        name: what caches and indexes call it.
        version: raised whenever the same document gives other columns.
        typecodes: column name to its type, as in the standard library's ``array``.
        keys: the columns (of type ``Q``) whose values are hashes, evenly spread, such that only documents with a hash
            in common can be candidates together. An archive index keeps features that have keys, and looks documents up
            by them; rules that need others compare the documents of a run alone.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    typecodes: ClassVar[Mapping[str, str]]
    keys: ClassVar[tuple[str, ...]] = ()
    partition: ClassVar[str] = ""

    @abstractmethod
    def rows(self, document: Document) -> Mapping[str, Iterable[int]]:
        """The columns of one document, all of one length."""

    def columns(self, documents: Iterable[Document]) -> Columns:
        """The columns of a batch of documents. Override it where a whole batch is cheaper at once."""
        columns = Columns.empty(self.typecodes)
        for document in documents:
            rows = self.rows(document)
            for name, column in columns.data.items():
                column.extend(rows[name])
            lengths = {len(column) for column in columns.data.values()}
            if len(lengths) != 1:
                raise ValueError(f"feature {self.name}: the columns of a document differ in length")
            columns.offsets.append(lengths.pop())
        return columns

    @classmethod
    def alike(cls, common: int, fewer: int, documents: int) -> bool:
        """Whether a document of an archive index is worth being compared with one of the run.

        Args:
            common: how many keys the two have in common, at least 1.
            fewer: how many rows the one has that has fewer.
            documents: how many documents the index holds.
        """
        del common, fewer, documents
        return True


class Rows(NamedTuple):
    """A part of the rows of a feature, of all documents of a run: what one worker of many holds.

    Attributes:
        documents: how many documents the run has.
        owners: a numpy array (``uint32``) of the number of each row's document, ascending.
        data: a column name to a numpy array of all rows; a document's rows are in their order.
        typecodes: those of the feature.
    """

    documents: int
    owners: Any
    data: Mapping[str, Any]
    typecodes: Mapping[str, str]

    def columns(self) -> Columns:
        """The same as columns of all documents, most of which have no row."""
        import numpy as np

        offsets = np.searchsorted(self.owners, np.arange(self.documents + 1)).astype(np.uint64)
        columns = Columns(array("Q"), {name: array(code) for name, code in self.typecodes.items()})
        for column, values in ((columns.offsets, offsets), *((columns[name], self.data[name]) for name in self.data)):
            column.frombytes(np.ascontiguousarray(values).data.cast("B"))
        return columns


class Parts(Protocol):
    """The rows of a rule's features, cut by their hashes, each part held by a worker. All rows of a hash are in one."""

    @property
    def documents(self) -> int:
        """How many documents the run has."""
        ...

    def map(self, work: Callable[..., Result], *shared: object) -> Iterator[Result]:
        """Do ``work(rows, *shared)`` where each part lies; results in any order that stays.

        Args:
            work: a function of a module; it takes ``Rows`` by feature name.
            shared: what it takes besides; it should be small, or numpy arrays.
        """
        ...

    def exchange(
        self, cut: Callable[..., Sequence[Any]], join: Callable[..., Result], *shared: object
    ) -> Iterator[Result]:
        """Cut what comes of each part anew, by anything else than the hash, and join it, over all workers.

        Args:
            cut: a function of a module: ``cut(rows, count)`` gives ``count`` pieces.
            join: a function of a module: ``join(pieces, *shared)`` takes the pieces of one number of all parts; results
                in the order of numbers.
            shared: as for ``map``.
        """
        ...


class Documents(Protocol):
    """Gives a corpus rule the documents that its candidates name, reopened and checked to be the same as before."""

    def __getitem__(self, number: int, /) -> Document: ...

    def __len__(self) -> int: ...

    def map(
        self, work: Callable[["Documents", Item], Result], items: Iterable[Item], needs: Callable[[Item], Iterable[int]]
    ) -> Iterator[Result]:
        """Do ``work(documents, item)`` for each item, over the run's workers where it has any; results in order.

        Without workers that is here and now.

        Args:
            work: a function of a module, so that it can be sent to a worker; it sees only the documents it needs.
            items: what to do; each should take some milliseconds at least.
            needs: the numbers of the documents that an item needs.
        """
        del needs
        return (work(self, item) for item in items)


class InMemory(list[Document], Documents):
    """Documents that are all there, for library users and tests."""


class CorpusRule(Rule):
    """A rule that compares documents without holding them, in three steps: features, ``match``, ``settle``.

    Documents are numbered in the order of (path, record); the leader of a group is its smallest number.
    """

    features: ClassVar[tuple[type[Feature], ...]]

    @abstractmethod
    def match(self, columns: Mapping[str, Columns]) -> Iterable[Any]:
        """Propose candidates from the columns alone, by feature name: places in documents that may be alike."""

    def match_parts(self, parts: Parts) -> Iterable[Any] | None:
        """The very candidates that ``match`` proposes, from columns that lie in parts on many machines.

        Asked for where each of the rule's features names a ``partition``. None: the rule needs its columns together, in
        the memory of one process, and they come to ``match``.
        """
        del parts
        return None

    @abstractmethod
    def settle(self, candidates: Iterable[Any], documents: Documents) -> Iterator[Hit]:
        """Verify the candidates in the documents' text and yield the hits, each with its ``document``."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A suggestion in words for a mistyped name; empty where nothing is near."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    return f": did you mean {near[0]!r}?" if near else ""
