"""``newslint check``: check files and folders, write the reports, tell by the exit status."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from newslint import __version__
from newslint.cli.parser import Parser, add_color, columns, wants_color
from newslint.cli.progress import Progress
from newslint.config import ConfigError, Resolver, Settings, parse_fail_on, parse_language
from newslint.discover import Source, discover, show
from newslint.engine.plan import make_plan
from newslint.engine.run import run as run_engine
from newslint.model import Problem, Severity
from newslint.plugins import Registry, load_plugins, resolve
from newslint.report import Lines, RenderOptions, Report

if TYPE_CHECKING:
    from newslint.report import Renderer

LEVELS = ("info", "warning", "error")
#: Formats that people read: they show problems themselves.
FOR_PEOPLE = ("full", "concise")


def build(parser: Parser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; - reads standard input (default: .)")
    rules = parser.add_argument_group("rules").add_argument
    rules(
        "--select",
        action="append",
        metavar="RULES",
        help="use only these rules: codes, prefixes or names, separated by commas",
    )
    rules("--extend-select", action="append", metavar="RULES", help="use these rules besides")
    rules("--ignore", action="append", metavar="RULES", help="leave these rules out")
    rules("--language", metavar="CODE", help="the documents' language (default: detected)")
    files = parser.add_argument_group("files").add_argument
    files("--exclude", action="append", metavar="GLOB", help="leave out files and folders, as in .gitignore")
    files("--stdin-filename", metavar="NAME", help="the name that standard input goes by")
    files("--config", metavar="FILE", help="use this configuration file")
    files("--isolated", action="store_true", help="use no configuration file")
    output = parser.add_argument_group("output").add_argument
    output(
        "--output-format", action="append", metavar="FORMAT[:FILE]",
        help="full, concise, json, jsonl; repeatable, each to standard output or a file "
        "(default: full on a terminal, else concise)",
    )  # fmt: skip
    output("--min-severity", choices=LEVELS, help="report nothing below (default: info)")
    output("--fail-on", choices=(*LEVELS, "never"), help="exit with 1 from this severity on (default: warning)")
    output("--statistics", action="store_true", help="counts by rule in place of the findings")
    output("-q", "--quiet", action="store_true", help="findings only: no summary, no progress")
    add_color(parser)
    parser.add_argument(
        "-j", "--jobs", type=_jobs, metavar="N", help="worker processes (default: by the number of files)"
    )
    parser.add_argument("-V", "--version", action="version", version=f"newslint {__version__}")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Check; the result is the exit status: 0 clean, 1 findings, 2 newslint could not do all its work."""
    options = parser.parse(arguments)
    resolver = make_resolver(options)
    registry = load_plugins(resolver.root.local_rules)
    outputs = _outputs(options, registry)
    problems: list[Problem] = []
    sources = _sources(options, resolver, registry, problems)
    plan, tasks = make_plan(resolver.root, sources, registry)
    with Progress(len(tasks), enabled=not options.quiet) as progress:
        outcome = run_engine(plan, tasks, registry, options.jobs, progress.advance)
    problems += outcome.problems
    report = Report(
        [finding for finding in outcome.findings if finding.severity >= resolver.root.min_severity],
        problems,
        outcome.documents,
        [(plugin.name, plugin.version) for plugin in registry.plugins],
        __version__,
    )
    _write(report, outputs, options, outcome.lines)
    if problems:
        return 2
    fail_on = resolver.root.fail_on
    return int(fail_on is not None and any(finding.severity >= fail_on for finding in report.new()))


def make_resolver(options: argparse.Namespace) -> Resolver:
    """The settings' resolver, with the command line on top of the files.

    Raises:
        ConfigError: a configuration file or an option cannot be used.
    """
    try:
        language = parse_language(options.language) if options.language else None
    except ValueError as error:
        raise ConfigError(f"--language {error}") from None
    select, extend, ignore, exclude = (
        _split(values) for values in (options.select, options.extend_select, options.ignore, options.exclude)
    )

    def override(settings: Settings) -> Settings:
        return settings._replace(
            select=select or settings.select,
            extend_select=() if select and not extend else (*(settings.extend_select if not select else ()), *extend),
            ignore=(*settings.ignore, *ignore) if not select else ignore,
            exclude=(*settings.exclude, *exclude),
            language=language or settings.language,
            fail_on=parse_fail_on(options.fail_on) if options.fail_on else settings.fail_on,
            min_severity=Severity.parse(options.min_severity) if options.min_severity else settings.min_severity,
        )

    file = None
    if options.config:
        file = Path(options.config).absolute()
        if not file.is_file():
            raise ConfigError(f"{options.config}: no such configuration file")
    return Resolver(Path.cwd(), override, file=file, isolated=options.isolated)


def _split(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())


def _jobs(value: str) -> int:
    jobs = int(value) if value.isdecimal() else 0
    if jobs < 1:
        raise argparse.ArgumentTypeError(f"takes a number from 1 on, not {value!r}")
    return jobs


def _sources(
    options: argparse.Namespace, resolver: Resolver, registry: Registry, problems: list[Problem]
) -> list[Source]:
    paths = options.paths or ["."]
    sources = discover([path for path in paths if path != "-"], resolver, registry.readers, problems.append)
    if "-" in paths:
        name = options.stdin_filename or "-"
        full = os.path.abspath(name)
        settings = resolver.of(Path(full).parent) if options.stdin_filename else resolver.root
        sources.append(Source(full, show(name), settings, sys.stdin.buffer.read()))
        sources.sort(key=lambda source: (source.shown, source.path))
    elif options.stdin_filename:
        raise ConfigError("--stdin-filename goes with the path -")
    if not sources and not problems:
        print("newslint: warning: no files to check under " + ", ".join(map(show, paths)), file=sys.stderr)
    return sources


Output = tuple["Renderer", str, str | None]


def _outputs(options: argparse.Namespace, registry: Registry) -> list[Output]:
    """Renderer, format and file of each report that was asked for.

    Raises:
        ConfigError: a format is unknown, or two reports go to one place.
    """
    wanted = options.output_format or ["full" if sys.stdout.isatty() else "concise"]
    outputs: list[Output] = []
    for item in wanted:
        name, _, file = item.partition(":")
        if name not in registry.renderers:
            raise ConfigError(f"--output-format: no format is called {name!r}: use {', '.join(registry.renderers)}")
        if any(file == (other or "") for _, _, other in outputs):
            raise ConfigError(f"--output-format: two reports would go to {file or 'standard output'}")
        if file and not Path(file).absolute().parent.is_dir():
            raise ConfigError(f"--output-format: {Path(file).parent}: no such folder")
        target = registry.renderers[name].target
        if options.statistics and not file:
            name, target = "full", "newslint.render.statistics:render"
        outputs.append((resolve(target, f"report format {name}"), name, file or None))
    return outputs


def _write(report: Report, outputs: Sequence[Output], options: argparse.Namespace, lines: Lines) -> None:
    for render, name, file in outputs:
        if file is None:
            color = wants_color(options.color, sys.stdout)
            render(report, sys.stdout, RenderOptions(color, columns(), lines, options.quiet))
            sys.stdout.flush()
        else:
            with replacing(Path(file)) as stream:
                render(report, stream, RenderOptions(False, 80, lines, options.quiet))
        if file is not None or name not in FOR_PEOPLE:
            shown = any(other is None and form in FOR_PEOPLE for _, form, other in outputs)
            _tell_problems(() if shown else report.problems)


def _tell_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(f"newslint: error: {f'{problem.path}: ' if problem.path else ''}{problem.message}", file=sys.stderr)


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A stream to a new file that takes the place of ``path`` when all is written; nothing is ever half there.

    Raises:
        OSError: it cannot be written.
    """
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", newline="\n", dir=path.absolute().parent, delete=False
    ) as stream:
        try:
            yield stream  # type: ignore[misc]
        except BaseException:
            stream.close()
            Path(stream.name).unlink()
            raise
    umask = os.umask(0)
    os.umask(umask)
    Path(stream.name).chmod(0o666 & ~umask)
    Path(stream.name).replace(path)
