"""``newslint check``: check files and folders, write the reports, tell by the exit status."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newslint import __version__
from newslint.cli.parser import Parser, add_color, columns, wants_color
from newslint.cli.progress import Progress
from newslint.config import ConfigError, Resolver, Settings, parse_fail_on, parse_language
from newslint.discover import Source, discover, show
from newslint.engine.plan import Plan, Task, Workshop, make_plan
from newslint.engine.run import Outcome
from newslint.engine.run import run as run_engine
from newslint.files import replacing
from newslint.globs import Globs
from newslint.model import Problem, Severity
from newslint.plugins import Registry, load_plugins, resolve
from newslint.report import Lines, RenderOptions, Report
from newslint.selection import Layer

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
    files("--force-exclude", action="store_true", help="leave out excluded files even where they are named")
    files("--stdin-filename", metavar="NAME", help="the name that standard input goes by")
    files("--config", metavar="FILE", help="use this configuration file")
    files("--isolated", action="store_true", help="use no configuration file")
    fixes = parser.add_argument_group("fixes").add_argument
    fixes("--fix", action="store_true", help="write safe fixes to the files")
    fixes("--unsafe-fixes", action="store_true", help="with --fix or --diff: fixes that take words away as well")
    fixes("--diff", action="store_true", help="show what --fix would change, and write nothing")
    output = parser.add_argument_group("output").add_argument
    output(
        "--output-format", action="append", metavar="FORMAT[:FILE]",
        help="full, concise, json, jsonl; repeatable, each to standard output or a file "
        "(default: full on a terminal, else concise)",
    )  # fmt: skip
    output("--min-severity", choices=LEVELS, help="report nothing below (default: info)")
    output("--fail-on", choices=(*LEVELS, "never"), help="exit with 1 from this severity on (default: warning)")
    output("--statistics", action="store_true", help="for people, counts by rule in place of the findings")
    output("-q", "--quiet", action="store_true", help="findings only: no summary, no progress")
    add_color(parser)
    parser.add_argument(
        "-j", "--jobs", type=_jobs, metavar="N", help="worker processes (default: by the number of files)"
    )
    parser.add_argument("-V", "--version", action="version", version=f"newslint {__version__}")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Check; the result is the exit status: 0 clean, 1 findings, 2 newslint could not do all its work."""
    options = parser.parse(arguments)
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise ConfigError("--unsafe-fixes goes with --fix, which writes, or --diff, which shows")
    resolver = make_resolver(options)
    registry = load_plugins(resolver.root.local_rules)
    outputs = _outputs(options, registry)
    problems: list[Problem] = []
    sources = _sources(options, resolver, registry, problems)
    local_rules = _local_rules(resolver.root, sources)
    if local_rules != resolver.root.local_rules:
        registry = load_plugins(local_rules)
    plan, tasks = make_plan(resolver.root, sources, registry, local_rules)
    del sources  # a million of them take 300 MB
    outcome = _examine(plan, tasks, registry, options)
    if options.diff or options.fix:
        from newslint.cli import fixing
        from newslint.engine.mend import mend

        workshop = Workshop(plan, registry)
        tickets = outcome.tickets.by_path()
        mended = mend(workshop, tickets, outcome.findings, problems, unsafe=options.unsafe_fixes)
        if options.diff:
            return fixing.show(mended, outcome.problems + problems, options)
        written = fixing.write(mended, problems, options)
        if written:
            # What is left is what a second look finds: a fix may have moved lines, or ended a duplicate.
            tasks = [task._replace(data=written.get(task.path, task.data)) if task.data else task for task in tasks]
            outcome = _examine(plan, tasks, registry, options)
    problems += outcome.problems
    plugins = [(plugin.name, plugin.version) for plugin in registry.plugins]
    report = Report(outcome.findings, problems, outcome.documents, plugins, __version__)
    _write(report, outputs, options, outcome.lines)
    return 2 if problems else int(outcome.failing > 0)


def _examine(plan: Plan, tasks: Sequence[Task], registry: Registry, options: argparse.Namespace) -> Outcome:
    with Progress(len(tasks), enabled=not options.quiet) as progress:
        folders = [Path(path).absolute() for path in options.paths or ["."] if Path(path).is_dir()]
        return run_engine(plan, tasks, registry, options.jobs, progress.advance, progress.stage, folders)


def _local_rules(root: Settings, sources: Sequence[Source]) -> tuple[Path, ...]:
    """The folders of local rules that any configuration file names."""
    return tuple(dict.fromkeys((*root.local_rules, *(path for each in sources for path in each.settings.local_rules))))


def make_resolver(options: argparse.Namespace) -> Resolver:
    """The settings' resolver, with the command line on top of the files.

    Raises:
        ConfigError: a configuration file or an option cannot be used.
    """
    try:
        language = None if options.language is None else parse_language(options.language)
    except ValueError as error:
        raise ConfigError(f"--language {error}") from None
    layer = Layer(_split(options.select) or None, _split(options.extend_select), _split(options.ignore))
    exclude = Globs(Path.cwd(), tuple(options.exclude or ()))

    def override(settings: Settings) -> Settings:
        return settings._replace(
            selection=(*settings.selection, layer),
            exclude=(*settings.exclude, exclude),
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
    named = [path for path in paths if path != "-"]
    force = options.force_exclude
    sources = discover(named, resolver, registry.readers, problems.append, force_exclude=force)
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
            known = f"use {', '.join(registry.renderers)}" if registry.renderers else "newslint itself is not installed"
            raise ConfigError(f"--output-format: no format is called {name!r}: {known}")
        if any(file == (other or "") for _, _, other in outputs):
            raise ConfigError(f"--output-format: two reports would go to {file or 'standard output'}")
        if file and not Path(file).absolute().parent.is_dir():
            raise ConfigError(f"--output-format: {Path(file).parent}: no such folder")
        if file and Path(file).is_dir():
            raise ConfigError(f"--output-format: {file}: is a folder")
        target = registry.renderers[name].target
        if options.statistics and not file and name in FOR_PEOPLE:
            target = "newslint.render.statistics:render"
        outputs.append((resolve(target, f"report format {name}"), name, file or None))
    return outputs


def _write(report: Report, outputs: Sequence[Output], options: argparse.Namespace, lines: Lines) -> None:
    # What standard input becomes goes to standard output, alone.
    own = sys.stderr if options.fix and "-" in options.paths else sys.stdout
    for render, name, file in outputs:
        if file is None:
            color = wants_color(options.color, own)
            render(report, own, RenderOptions(color, columns(), lines, options.quiet))
            own.flush()
        else:
            with replacing(Path(file)) as stream:
                render(report, stream, RenderOptions(False, 80, lines, options.quiet))
        if file is not None or name not in FOR_PEOPLE:
            shown = any(other is None and form in FOR_PEOPLE for _, form, other in outputs)
            _tell_problems(() if shown else report.problems)


def _tell_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(f"newslint: error: {f'{problem.path}: ' if problem.path else ''}{problem.message}", file=sys.stderr)
