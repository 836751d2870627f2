"""``newslint check``: check files and folders, write the reports, tell by the exit status."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newslint import __version__
from newslint.cli.arguments import add_selection
from newslint.cli.loading import hush
from newslint.cli.parser import Parser, add_color, columns, say, wants_color
from newslint.cli.session import Session
from newslint.config import ConfigError
from newslint.engine.plan import Workshop
from newslint.engine.run import Outcome
from newslint.files import replacing
from newslint.model import Location, Problem
from newslint.plugins import PluginError, Registry, describe, resolve
from newslint.report import Lines, RenderOptions, Report

if TYPE_CHECKING:
    from newslint.engine.reported import Judge
    from newslint.report import Renderer

#: Formats that people read: they show problems themselves.
FOR_PEOPLE = ("full", "concise")


def build(parser: Parser) -> None:
    """Declare the arguments."""
    add_selection(parser)
    fixes = parser.add_argument_group("fixes").add_argument
    fixes("--fix", action="store_true", help="write safe fixes to the files")
    fixes("--unsafe-fixes", action="store_true", help="with --fix or --diff: fixes that take words away as well")
    fixes("--diff", action="store_true", help="show what --fix would change, and write nothing")
    output = parser.add_argument_group("output").add_argument
    output(
        "--output-format", action="append", metavar="FORMAT[:FILE]",
        help="full, concise, json, jsonl, sarif, github, gitlab, junit, rdjson, rdjsonl, markdown, html; "
        "repeatable, each to standard output or a file (default: full on a terminal, else concise)",
    )  # fmt: skip
    output("--statistics", action="store_true", help="for people, counts by rule and folder in place of the findings")
    output("--baseline", metavar="FILE", help="report as new only what this baseline does not know")
    add_color(parser)
    parser.add_argument("-V", "--version", action="version", version=f"newslint {__version__}")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Check; the result is the exit status: 0 clean, 1 findings, 2 newslint could not do all its work."""
    options = parser.parse(arguments)
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise ConfigError("--unsafe-fixes goes with --fix, which writes, or --diff, which shows")
    session = Session(options)
    outputs = _outputs(options, session.registry)
    session.discover()
    judge = _judge(options, session)
    outcome = session.examine(judge)
    if options.diff or options.fix:
        from newslint.cli import fixing
        from newslint.engine.mend import mend, new_fixes

        workshop = Workshop(session.plan, session.registry)
        wanted = new_fixes(unsafe=options.unsafe_fixes)
        mended = mend(workshop, outcome.tickets, outcome.findings, session.problems, wanted)
        if options.diff:
            return fixing.show(mended, outcome.problems + session.problems, options)
        written = fixing.write(mended, session.problems, options, session.rewrite)
        if written:
            # What is left is what a second look finds: a fix may have moved lines, or ended a duplicate.
            session.take_up(written)
            outcome = session.examine(judge)
    return _report(session, outcome, outputs, options)


def _judge(options: argparse.Namespace, session: Session) -> "Judge | None":
    """What the baseline says of findings, where there is one."""
    file = Path(options.baseline).absolute() if options.baseline else session.root.baseline
    if file is None:
        return None
    from newslint.baseline import load, relative

    baseline, where = load(file), relative(file.parent)
    return lambda findings: baseline.judge(findings, where)


def _report(session: Session, outcome: Outcome, outputs: "Sequence[Output]", options: argparse.Namespace) -> int:
    problems = session.problems + outcome.problems
    plugins = [(plugin.name, plugin.version) for plugin in session.registry.plugins]
    selected = sorted({ref for refs in session.plan.refs for ref in refs})
    report = Report(
        outcome.findings, problems, outcome.documents, plugins, __version__,
        lambda: [session.registry.load(ref) for ref in selected],
    )  # fmt: skip
    failed = _write(report, outputs, options, _hushed(outcome.lines))
    return 2 if problems or failed else int(outcome.failing > 0)


def _hushed(lines: Lines) -> Lines:
    """The same, where a reader that reads a file again must not print into the report."""

    def hushed(location: Location) -> Sequence[str] | None:
        with hush():
            return lines(location)

    return hushed


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
        with hush():
            renderer = resolve(target, f"report format {name}")
        if not callable(renderer):
            raise PluginError(f"report format {name}: {target} is no function")
        outputs.append((renderer, name, file or None))
    return outputs


def _write(report: Report, outputs: Sequence[Output], options: argparse.Namespace, lines: Lines) -> bool:
    """Write the reports; whether one of them failed, which does not keep the others from being written."""
    # What standard input becomes goes to standard output, alone.
    own = sys.stderr if options.fix and "-" in options.paths else sys.stdout
    failed = False
    for render, name, file in outputs:
        try:
            if file is None:
                color = wants_color(options.color, own)
                render(report, own, RenderOptions(color, columns(), lines, options.quiet))
                own.flush()
            else:
                with replacing(Path(file)) as stream:
                    render(report, stream, RenderOptions(False, 80, lines, options.quiet))
        except KeyboardInterrupt:
            raise
        except OSError as error:
            # No room, or nobody reads: not the format's fault.
            if file is None:
                error.filename = error.filename or "standard output"
                raise
            failed = True
            _tell_problems([Problem(f"the {name} report cannot be written: {error.strerror or error}", file)])
        except BaseException as error:
            failed = True
            _tell_problems([Problem(f"report format {name} raised {describe(error)}: the report is not whole")])
        if file is not None or name not in FOR_PEOPLE:
            shown = any(other is None and form in FOR_PEOPLE for _, form, other in outputs)
            _tell_problems(() if shown else report.problems)
    return failed


def _tell_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        say("error", (f"{problem.path}: " if problem.path else "") + problem.message)
