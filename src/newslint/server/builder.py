"""Reads the articles of a folder into its index, in the background: over two workers where there are many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing

from newslint.cache import Cache, default_folder
from newslint.engine.cached import CachedCrew
from newslint.engine.examine import Examined
from newslint.engine.local import FEW, Crew
from newslint.engine.plan import Task, Workshop
from newslint.engine.run import LEAST_CACHED
from newslint.model import Problem
from newslint.server.index import Index, entries_of
from newslint.server.project import MOST_FILES, Project

WORKERS = 2


def build(
    project: Project,
    index: Index,
    folders: Iterable[str],
    stop: Callable[[], bool],
    progress: Callable[[int, int], None] | None,
) -> list[Problem]:
    """Read all articles into an index; what is in there already stays, as it is newer. Gives what went wrong.

    Args:
        project: the folder, opened.
        index: what to fill.
        folders: the folders of open documents.
        stop: whether nobody wants it any more.
        progress: told how many of how many files are read.

    Raises:
        ConfigError: the settings of a file cannot be used.
        PluginError: a plugin does not load.
        WorkerError: a worker process died.
    """
    sources, total = project.articles(folders)
    project.covered = None if total == len(sources) else frozenset(folders)
    problems = []
    if project.covered is not None:
        reason = f"{total} articles, more than {MOST_FILES}: documents are compared with those in their own folder only"
        problems.append(Problem(reason, str(project.folder)))
    plan, tasks, registry = project.plan(sources)
    workshop = Workshop(plan, registry)
    if not workshop.features or not tasks:
        return problems
    with Crew(workshop, WORKERS if len(tasks) > FEW else 1, len(tasks)) as crew:
        for number, examined in _examined(crew, workshop, tasks):
            if stop():
                break
            problems += examined.problems
            index.put(tasks[number].path, entries_of(workshop, tasks[number], examined), replace=False)
            if progress:
                progress(number + 1, len(tasks))
    return problems


def _examined(crew: Crew, workshop: Workshop, tasks: Sequence[Task]) -> Iterator[tuple[int, Examined]]:
    """What came of each file, with its number."""
    if len(tasks) < LEAST_CACHED:
        batches = crew.examine(list(enumerate(tasks)), lambda _: None)
        yield from enumerate(each for batch in batches for each in batch.by_task())
        return
    with closing(Cache(default_folder())) as cache:
        yield from enumerate(CachedCrew(crew, cache, workshop, tasks).examine(lambda _: None))
