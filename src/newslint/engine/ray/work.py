"""What Ray's workers run. Each function depends on its arguments alone, so that Ray may run it again elsewhere."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from newslint import __version__
from newslint.engine.examine import examine
from newslint.engine.plan import Plan, Task, Workshop
from newslint.plugins import RetoldError, describe, load_plugins
from newslint.rule import Columns, Rows

#: Bits of a key that do not count, since rules may tell hashes apart by the upper ones alone; the golden ratio.
DROPPED, GOLDEN = np.uint64(20), np.uint64(0x9E3779B97F4A7C15)


class Order(NamedTuple):
    """Where a worker gets its plan from: the hash of it, newslint's version, and a reference to the plan itself.

    The reference is in a list: so it is sent as such, and fetched once a worker and not once a piece of work.
    """

    digest: bytes
    version: str
    plan: list[Any]


class WrongVersionError(Exception):
    """A worker has another newslint than the driver."""


def order_of(plan: Plan, put: Callable[[Plan], Any]) -> Order:
    """The order for a plan, which ``put`` puts into Ray's store."""
    return Order(blake2b(pickle.dumps(plan), digest_size=16).digest(), __version__, [put(plan)])


_workshops: dict[bytes, Workshop] = {}


def workshop_of(order: Order) -> Workshop:
    """The plan brought to life, once a process.

    Raises:
        WrongVersionError: this process has another newslint than the driver.
        PluginError: a rule or a reader does not load here.
    """
    workshop = _workshops.get(order.digest)
    if workshop is None:
        if order.version != __version__:
            raise WrongVersionError(f"it has newslint {__version__}, not {order.version}")
        plan: Plan = import_module("ray").get(order.plan[0])
        # A worker outlives a run: one plan is enough.
        _workshops.clear()
        workshop = _workshops[order.digest] = Workshop(plan, load_plugins(plan.local_rules))
    return workshop


def examine_batch(order: Order, batch: Sequence[tuple[int, Task]], whole: bool) -> Any:
    """Examine files: what came of them and how many bytes their columns have.

    Args:
        order: the plan.
        batch: the files with their numbers.
        whole: the columns are in there, too; else they come as results of their own, feature by feature, which Ray
            leaves on this machine.
    """
    examined = examine(workshop_of(order), batch)
    size = sum(len(column) * column.itemsize for own in examined.columns.values() for column in own.data.values())
    if whole or not examined.columns:
        return examined, size
    return (examined._replace(columns={}), size), *(examined.columns[name] for name in sorted(examined.columns))


def do(order: Order, packed: bytes) -> Any:
    """Do a piece of work: a pickled function of the workshop, and what else it takes.

    What local rules define can be unpickled once they are loaded, which Ray would not wait for.
    """
    workshop = workshop_of(order)
    work, item = pickle.loads(packed)  # noqa: S301 - the driver's
    return work(workshop, item)


def unpacked(order: Order, packed: bytes) -> Any:
    """What was pickled; local rules are loaded first where it is of theirs."""
    try:
        return pickle.loads(packed)  # noqa: S301 - the driver's
    except ImportError:
        workshop_of(order)
        return pickle.loads(packed)  # noqa: S301


def told(order: Order, packed: bytes, *arguments: Any, shared: Sequence[Any] = ()) -> Any:
    """What a rule's own function gives; what it raises as a value, since as it is it might not get through.

    Args:
        order: the plan.
        packed: the function, pickled.
        arguments: what it takes.
        shared: references to what else it takes.
    """
    work = unpacked(order, packed)
    try:
        return work(*arguments, *_fetched(shared))
    except Exception as error:
        return RetoldError(describe(error))


def join_pieces(order: Order, packed: bytes, shared: Sequence[Any], pieces: Sequence[Any]) -> Any:
    """Join what the parts have cut for one number; pieces are references."""
    unpacked(order, packed)
    found = _fetched(pieces)
    failed = [piece for piece in found if isinstance(piece, RetoldError)]
    return failed[0] if failed else told(order, packed, found, shared=shared)


def split(key: str, bits: int, first: int, *batches: Columns) -> Any:
    """The rows of some batches, cut by the first bits of their key, mixed.

    Fingerprints are the least hashes of their neighbourhood: most begin with zeros, and are mixed so that parts are of
    one size (multiplicative hashing: Knuth, The Art of Computer Programming, vol. 3, 6.4).

    Args:
        key: the column that holds it.
        bits: so many bits, of its upper 44.
        first: the number of the first document.
        batches: the columns of documents that follow each other.
    """
    data = {name: np.concatenate([np.asarray(batch[name]) for batch in batches]) for name in batches[0].data}
    counts = np.concatenate([np.diff(np.asarray(batch.offsets)).astype(np.int64) for batch in batches])
    owners = np.repeat(np.arange(first, first + len(counts), dtype=np.uint32), counts)
    if not bits:
        return owners, data
    parts = ((data[key] >> DROPPED) * GOLDEN >> np.uint64(64 - bits)).astype(np.uint16)
    order = np.argsort(parts, kind="stable")
    cuts = np.searchsorted(parts[order], np.arange(1, 1 << bits, dtype=np.uint16))
    return [
        (owners[rows], {name: values[rows] for name, values in data.items()}) for rows in np.split(order, cuts.tolist())
    ]


class Held(NamedTuple):
    """What a holder is to hold.

    Attributes:
        features: the names of the features.
        documents: how many documents the run has.
        pieces: a reference, in a list so that it is fetched once only, to: of each feature its column types and
            references to its rows, piece by piece in the order of documents.
    """

    features: tuple[str, ...]
    documents: int
    pieces: Sequence[Any]


class Holder:
    """Holds a part of the rows of some features: an actor. Its memory is that of its rows.

    Every call says what is held: where a machine is lost and Ray makes the actor anew on another one, it needs no more
    than the call that was under way.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], dict[str, Rows]] = {}

    def forget(self, names: tuple[str, ...]) -> None:
        """Let go of the rows of some features."""
        self._rows.pop(names, None)

    def map(self, order: Order, held: Held, packed: bytes, shared: Sequence[Any]) -> Any:
        """Do a rule's work on the rows."""
        return told(order, packed, self._hold(held), shared=shared)

    def cut(self, order: Order, held: Held, packed: bytes, count: int) -> Any:
        """What a rule cuts of the rows, a piece for each of ``count`` numbers."""
        pieces = told(order, packed, self._hold(held), count)
        if isinstance(pieces, RetoldError):
            pieces = [pieces] * count
        return pieces[0] if count == 1 else tuple(pieces)

    def _hold(self, held: Held) -> Mapping[str, Rows]:
        if held.features not in self._rows:
            (pieces,) = _fetched(held.pieces)
            self._rows[held.features] = {name: _gathered(held.documents, *own) for name, own in pieces.items()}
        return self._rows[held.features]


def _gathered(documents: int, typecodes: Mapping[str, str], pieces: Sequence[Any]) -> Rows:
    found = _fetched(pieces)
    data = {name: np.concatenate([own[name] for _, own in found]) for name in typecodes}
    return Rows(documents, np.concatenate([owners for owners, _ in found]), data, typecodes)


def _fetched(shared: Sequence[Any]) -> list[Any]:
    found: list[Any] = import_module("ray").get(list(shared))
    return found
