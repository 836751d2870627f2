"""Columns cut by hash over the workers of a Ray: what ``CorpusRule.match_parts`` is given."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeVar

from newslint.engine.ray.work import Held, Holder, Order, join_pieces, split
from newslint.plugins import RetoldError
from newslint.rule import Feature, Parts

Result = TypeVar("Result")

#: Actors at the most: what they exchange are as many pieces as their number squared.
MOST_PARTS = 256
#: Bytes of columns that one task cuts for each part: less would be many small objects, more would be much memory.
PIECE = 1 << 20
#: How often a task is tried again where its worker or its machine dies, and an actor made anew.
RETRIES = 5


class Made(NamedTuple):
    """The columns of one batch of documents, where they lie.

    Attributes:
        documents: how many documents they are of.
        size: their bytes, about, over all features.
        columns: feature by feature a reference to them.
    """

    documents: int
    size: int
    columns: dict[str, Any]


class RayParts(Parts):
    """The rows of some features, cut into a power of two of parts, each held by an actor. Made when first asked for.

    Args:
        ray: the package.
        order: where workers get their plan from.
        made: the columns of all batches.
        features: which of them.
        holders: the actors, a power of two.
        results: gives the results of tasks in order, bounding how many are under way; a call sets a task going.
        get: gives the result of one.
    """

    def __init__(
        self,
        ray: Any,
        order: Order,
        made: Sequence[Made],
        features: Sequence[type[Feature]],
        holders: Sequence[Any],
        results: Callable[[Iterable[Callable[[], Any]]], Iterator[Any]],
        get: Callable[[Any], Any],
    ) -> None:
        self._ray = ray
        self._order = order
        self._made = made
        self._features = features
        self._holders = holders
        self._bits = (len(holders) - 1).bit_length()
        self._results = results
        self._get = get
        self._documents = sum(batch.documents for batch in made)
        self._cuts: dict[Callable[..., Sequence[Any]], list[Any]] = {}

    @cached_property
    def _held(self) -> list[Held]:
        """What each actor holds."""
        cut = {feature.name: (dict(feature.typecodes), self._cut(feature)) for feature in self._features}
        held = []
        for part in range(len(self._holders)):
            pieces = {name: (typecodes, own[part]) for name, (typecodes, own) in cut.items()}
            held.append(Held(tuple(cut), self._documents, [self._ray.put(pieces)]))
        return held

    @property
    def documents(self) -> int:
        """How many documents the run has."""
        return self._documents

    def map(self, work: Callable[..., Result], *shared: object) -> Iterator[Result]:
        """Do ``work(rows, *shared)`` where each part lies."""
        held = self._put(shared)
        packed = pickle.dumps(work)
        actors = zip(self._holders, self._held, strict=True)
        under_way = [holder.map.remote(self._order, own, packed, held) for holder, own in actors]
        return map(_checked, map(self._get, under_way))

    def exchange(
        self, cut: Callable[..., Sequence[Any]], join: Callable[..., Result], *shared: object
    ) -> Iterator[Result]:
        """Cut what comes of each part anew and join it; what was cut so before is not cut again."""
        count = len(self._holders)
        if cut not in self._cuts:
            packed, several = pickle.dumps(cut), {"num_returns": count}
            actors = zip(self._holders, self._held, strict=True)
            pieces = [holder.cut.options(**several).remote(self._order, own, packed, count) for holder, own in actors]
            self._cuts[cut] = [pieces] if count == 1 else [list(own) for own in zip(*pieces, strict=True)]
        held = self._put(shared)
        task = self._ray.remote(max_retries=RETRIES)(join_pieces)
        packed = pickle.dumps(join)
        calls = (partial(task.remote, self._order, packed, held, own) for own in self._cuts[cut])
        return map(_checked, self._results(calls))

    def release(self) -> None:
        """Let the actors forget the rows."""
        for holder in self._holders:
            holder.forget.remote(tuple(feature.name for feature in self._features))

    def _put(self, shared: Sequence[object]) -> list[Any]:
        return [self._ray.put(each) for each in shared]

    def _cut(self, feature: type[Feature]) -> list[list[Any]]:
        """References to the pieces of each part, in the order of documents."""
        parts: list[list[Any]] = [[] for _ in range(1 << self._bits)]
        task = self._ray.remote(max_retries=RETRIES, num_returns=len(parts))(split)
        for first, group in _groups(self._made, PIECE << self._bits):
            columns = [batch.columns[feature.name] for batch in group]
            pieces = task.remote(feature.partition, self._bits, first, *columns)
            for part, piece in zip(parts, pieces if self._bits else [pieces], strict=True):
                part.append(piece)
        return parts


def make_holders(ray: Any, workers: int) -> list[Any]:
    """Actors that hold rows, for so many workers: a power of two."""
    holder = ray.remote(num_cpus=0, max_restarts=RETRIES, max_task_retries=RETRIES, scheduling_strategy="SPREAD")(
        Holder
    )
    return [holder.remote() for _ in range(1 << (min(workers, MOST_PARTS) - 1).bit_length())]


def _groups(made: Sequence[Made], most: int) -> Iterator[tuple[int, list[Made]]]:
    """Batches that follow each other, of about so many bytes together, with the number of their first document."""
    first, group, documents, size = 0, list[Made](), 0, 0
    for batch in made:
        group.append(batch)
        documents += batch.documents
        size += batch.size
        if size >= most:
            yield first, group
            first, group, documents, size = first + documents, [], 0, 0
    if group:
        yield first, group


def _checked(result: Any) -> Any:
    """A result; what the rule raised elsewhere is raised here.

    Raises:
        RetoldError: it raised.
    """
    if isinstance(result, RetoldError):
        raise result
    return result
