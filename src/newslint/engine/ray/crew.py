"""The crew of a run whose work is done by the workers of a Ray."""

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from types import TracebackType
from typing import Any, NoReturn, TypeVar

from newslint.engine.examine import Examined, read_bytes
from newslint.engine.local import WAITING, Crew, SharedDocuments, WorkerError, batches_of
from newslint.engine.open import OpenDocuments, Ticket, Tickets
from newslint.engine.plan import Task, Workshop
from newslint.engine.ray.cluster import Cluster
from newslint.engine.ray.parts import RETRIES, Made, RayParts, make_holders
from newslint.engine.ray.work import do, examine_batch, order_of
from newslint.model import Problem
from newslint.plugins import PluginError, RetoldError, describe
from newslint.readers import ReadError
from newslint.rule import Columns, CorpusRule, Feature

Result = TypeVar("Result")
#: Sets a task going; gives references to its results.
Call = Callable[[], list[Any]]

#: Files per task: some seconds' work at the most, and columns of more than 100 KB, which Ray leaves where they are.
BATCH = 512
#: Seconds after which it is looked up again how many workers there are.
GLANCE = 5.0


class RayCrew(Crew):
    """Does the work of a run over the workers of a Ray.

    Columns stay on the machines where they are made. A rule that can (``CorpusRule.match_parts``) matches them part by
    part; for any other rule those of its features come to this process. A task whose worker or machine dies is done
    again, and so is whatever was lost that later work needs.

    Memory here: that of any run, less the columns.

    Args:
        workshop: the plan, ready to run; workers make their own of the plan.
        jobs: how many pieces of work may be under way at once; None: as many as there are workers.
        address: see ``Cluster``.
        whole: columns come here with everything else, for a caller that needs them.

    Raises:
        WorkerError: there is no Ray, or newslint does not run there.
    """

    def __init__(
        self, workshop: Workshop, jobs: int | None = None, address: str | None = None, *, whole: bool = False
    ) -> None:
        super().__init__(workshop, 1, 0)
        self._whole = whole
        self._made: list[Made] = []
        self._holders: list[Any] = []
        self._parts: dict[tuple[str, ...], RayParts] = {}
        self._workers, self._looked = 0, 0.0
        self._cluster = Cluster(address, jobs)
        self._ray = self._cluster.ray
        try:
            self._order = order_of(workshop.plan, self._ray.put)
            # Whether newslint runs there shows before anything is read.
            self._get(self._task(do).remote(self._order, pickle.dumps((_nothing, None))))
        except BaseException:
            self._cluster.__exit__(None, None, None)
            raise

    def examine(self, tasks: Sequence[tuple[int, Task]], done: Callable[[int], None]) -> Iterator[Examined]:
        """Examine files, batch by batch, in order."""
        batches = batches_of(tasks, self._count_now(), BATCH)
        names = [] if self._whole else sorted(feature.name for feature in self._workshop.features)
        task = self._task(examine_batch, 1 + len(names))

        def call(batch: Sequence[tuple[int, Task]]) -> list[Any]:
            made = task.remote(self._order, [(number, self._sent(own)) for number, own in batch], self._whole)
            return made if names else [made]

        calls = (partial(call, batch) for batch in batches)
        for batch, ((examined, size), *columns) in zip(batches, self._ahead(calls), strict=True):
            self._made.append(Made(len(examined.keys), size, dict(zip(names, columns, strict=True))))
            yield examined
            done(len(batch))

    def documents(self, tickets: Tickets, problems: list[Problem]) -> OpenDocuments:
        """The documents of the run, whose ``map`` is done by the workers."""
        return SharedDocuments(self._workshop, tickets, problems, self._run)

    def match(self, rule: CorpusRule, columns: Mapping[str, Columns]) -> Iterable[Any]:
        """What a rule proposes: from its features' columns part by part, or from all of them here."""
        names = tuple(feature.name for feature in rule.features)
        self._forget(columns.keys())
        if self._whole or not any(made.documents for made in self._made):
            return super().match(rule, columns)
        if all(feature.partition for feature in rule.features):
            if names not in self._parts:
                self._holders = self._holders or make_holders(self._ray, self._count_now())
                self._parts[names] = RayParts(
                    self._ray, self._order, self._made, rule.features, self._holders, self._results, self._get
                )
            found = rule.match_parts(self._parts[names])
            if found is not None:
                return found
        return rule.match({feature.name: self._gathered(feature) for feature in rule.features})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for holder in self._holders:
            self._ray.kill(holder)
        self._cluster.__exit__(kind, error, trace)

    def _forget(self, needed: Set[str]) -> None:
        """Let go of the columns of features that no rule needs any more."""
        for names in [names for names in self._parts if not needed >= set(names)]:
            self._parts.pop(names).release()
        for made in self._made:
            for name in made.columns.keys() - needed:
                del made.columns[name]

    def _gathered(self, feature: type[Feature]) -> Columns:
        columns = Columns.empty(feature.typecodes)
        for made in self._made:
            columns.extend(self._get(made.columns[feature.name]))
        return columns

    def _run(self, work: Callable[[Workshop, Any], Result], items: Iterable[Any]) -> Iterator[Result]:
        task = self._task(do)

        def call(item: Any) -> Any:
            return task.remote(self._order, pickle.dumps((work, self._shipped(item))))

        return self._results(partial(call, item) for item in items)

    def _results(self, calls: Iterable[Callable[[], Any]]) -> Iterator[Any]:
        """The results of tasks of one result each, in order."""
        return (result for (result,) in self._ahead(partial(lambda call: [call()], call) for call in calls))

    def _ahead(self, calls: Iterable[Call]) -> Iterator[list[Any]]:
        """The first result of each task, in order, and references to its others.

        Only so many tasks are under way, or wait to be asked for, that memory stays bounded.
        """
        waiting: deque[list[Any]] = deque()
        for call in calls:
            waiting.append(call())
            if len(waiting) >= WAITING * self._count_now():
                first, *others = waiting.popleft()
                yield [self._get(first), *others]
        while waiting:
            first, *others = waiting.popleft()
            yield [self._get(first), *others]

    def _get(self, reference: Any) -> Any:
        """What a task gave.

        Raises:
            WorkerError: it could not be done.
        """
        try:
            return self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            _tell(error.cause)
        except self._ray.exceptions.RayError as error:
            reason = " ".join(str(error).split())[:300]
            raise WorkerError(f"Ray could not do a piece of work, tried {RETRIES + 1} times: {reason}") from None

    def _task(self, function: Callable[..., Any], results: int = 1) -> Any:
        return self._ray.remote(max_retries=RETRIES, num_returns=results)(function)

    def _count_now(self) -> int:
        """How many workers there are, as it was seconds ago."""
        if time.monotonic() - self._looked > GLANCE or not self._workers:
            self._workers, self._looked = self._cluster.count, time.monotonic()
        return self._workers

    def _shipped(self, item: Any) -> Any:
        """A piece of work over documents, with the bytes of those that workers on other machines cannot read."""
        work, own, tickets = item
        return work, own, {number: Ticket(self._sent(task), *rest) for number, (task, *rest) in tickets.items()}

    def _sent(self, task: Task) -> Task:
        """A task as it goes to a worker: where its file is one of this machine's temporary ones, with its bytes."""
        if self._cluster.own or task.part is None or task.part.file == task.path:
            return task
        try:
            return task._replace(data=read_bytes(self._workshop, task))
        except ReadError:
            # It meets the worker as well, which says so in its place.
            return task


def _nothing(workshop: Workshop, item: None) -> None:
    """To see whether a worker can be made ready."""
    del workshop, item


def _tell(error: BaseException) -> NoReturn:
    """Say what kept a worker from its work.

    Raises:
        PluginError: a rule or a reader does not load there.
        WorkerError: anything else.
    """
    if isinstance(error, PluginError):
        raise PluginError(f"a Ray worker: {error}") from None
    if isinstance(error, ImportError):
        raise WorkerError(f"newslint is not installed where Ray's workers run, as it is here: {error}") from None
    raise WorkerError(f"a Ray worker: {error if isinstance(error, RetoldError) else describe(error)}") from None
