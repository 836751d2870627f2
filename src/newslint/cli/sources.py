"""The files that a command line names, and what comes through standard input."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from newslint.cli.parser import say
from newslint.config import ConfigError, Resolver
from newslint.discover import Source, discover, show
from newslint.engine.examine import too_large
from newslint.model import Problem
from newslint.plugins import Registry
from newslint.readers import ReadError, ending

#: So many of what is skipped in folders are named.
MOST_SKIPPED = 10


def _standard_input(limit: int | None) -> bytes:
    """What standard input holds.

    Raises:
        ReadError: it is closed, or holds more bytes than the limit.
    """
    if sys.stdin is None:
        raise ReadError("standard input is closed")
    data = sys.stdin.buffer.read(-1 if limit is None else limit + 1)
    if limit is not None and len(data) > limit:
        raise ReadError(too_large(limit))
    return data


def sources_of(
    options: argparse.Namespace, resolver: Resolver, registry: Registry, problems: list[Problem]
) -> list[Source]:
    """The files to read, sorted by the path that reports show.

    Args:
        options: the command line.
        resolver: gives each folder its settings.
        registry: the loaded plugins.
        problems: where to note what cannot be read.

    Raises:
        ConfigError: the options do not go together, or a configuration file cannot be used.
    """
    paths = options.paths or ["."]
    named = [path for path in paths if path != "-"]
    force = options.force_exclude
    skipped: list[Problem] = []
    sources = discover(named, resolver, registry.readers, problems.append, note=skipped.append, force_exclude=force)
    _tell_skipped(() if options.quiet else skipped)
    if "-" in paths:
        name = options.stdin_filename or "-"
        full = os.path.abspath(name)
        settings = resolver.of(Path(full).parent) if options.stdin_filename else resolver.root
        # What an editor sends stands in place of the file that it was.
        sources = [source for source in sources if source.path != full]
        try:
            reader = registry.readers.get(ending(full, registry.readers))
            # Of records the limit is one for each.
            data = _standard_input(None if reader and reader.records else settings.max_file_size)
            sources.append(Source(full, show(name), settings, data))
        except ReadError as error:
            problems.append(Problem(str(error), show(name)))
        sources.sort(key=lambda source: (source.shown, source.path))
    elif options.stdin_filename:
        raise ConfigError("--stdin-filename goes with the path -")
    if not sources and not problems:
        say("warning", f"no files to check under {', '.join(map(show, paths))}")
    return sources


def _tell_skipped(skipped: Sequence[Problem]) -> None:
    """Say what is called like an article and is no file: a pipe, a device, a link that leads nowhere."""
    for each in skipped[:MOST_SKIPPED]:
        say("note", f"{each.path} {each.message}")
    if len(skipped) > MOST_SKIPPED:
        say("note", f"{len(skipped) - MOST_SKIPPED} more were skipped that are no files")
