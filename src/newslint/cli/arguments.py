"""The arguments that say what to look at, and what they make of the settings."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from newslint.cli.loading import add_local_rules
from newslint.cli.parser import Parser
from newslint.config import ConfigError, Resolver, Settings, parse_fail_on, parse_language
from newslint.globs import Globs
from newslint.model import Severity
from newslint.plugins import Registry
from newslint.readers.fields import Fields
from newslint.selection import Layer, SelectionError, check

LEVELS = ("info", "warning", "error")


def add_selection(parser: Parser) -> None:
    """Declare the arguments that say what to look at."""
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
    files(
        "--context", action="append", metavar="DIR-OR-INDEX",
        help="compare with all documents there, and report on the named files only",
    )  # fmt: skip
    files(
        "--text-field", action="append", metavar="FIELD",
        help="the field of a record that holds its text, by name or JSON Pointer; repeatable (default: guessed)",
    )  # fmt: skip
    files("--id-field", metavar="FIELD", help="the field that names a record")
    files("--language-field", metavar="FIELD", help="the field that states a record's language")
    files("--force-exclude", action="store_true", help="leave out excluded files even where they are named")
    files("--stdin-filename", metavar="NAME", help="the name that standard input goes by")
    files("--config", metavar="FILE", help="use this configuration file")
    files("--isolated", action="store_true", help="use no configuration file")
    add_local_rules(parser)
    parser.add_argument("--min-severity", choices=LEVELS, help="leave out what is below (default: info)")
    parser.add_argument(
        "--fail-on", choices=(*LEVELS, "never"), help="exit with 1 from this severity on (default: warning)"
    )
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep what earlier runs found")
    parser.add_argument("--cache-dir", metavar="DIR", help="where that is kept (default: the user's cache folder)")
    parser.add_argument("-q", "--quiet", action="store_true", help="findings only: no summary, no progress")
    parser.add_argument(
        "-j", "--jobs", type=_jobs, metavar="N", help="worker processes (default: by the number of files)"
    )
    parser.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="where the work is done (default: local)"
    )
    parser.add_argument(
        "--ray-address", metavar="HOST:PORT",
        help="with --engine ray: the cluster's head, or auto (default: RAY_ADDRESS, else a Ray on this machine alone)",
    )  # fmt: skip


def make_resolver(options: argparse.Namespace) -> Resolver:
    """The settings' resolver, with the command line on top of the files.

    Raises:
        ConfigError: a configuration file or an option cannot be used.
    """
    try:
        language = None if options.language is None else parse_language(options.language)
    except ValueError as error:
        raise ConfigError(f"--language {error}") from None
    layer = _layer(options)
    exclude = Globs(Path.cwd(), tuple(options.exclude or ()))
    fields = Fields(tuple(options.text_field or ()), options.id_field, language=options.language_field)

    def override(settings: Settings) -> Settings:
        return settings._replace(
            selection=(*settings.selection, layer),
            exclude=(*settings.exclude, exclude),
            records=(*settings.records, (Globs(Path.cwd(), ()), fields)),
            language=language or settings.language,
            fail_on=parse_fail_on(options.fail_on) if options.fail_on else settings.fail_on,
            min_severity=Severity.parse(options.min_severity) if options.min_severity else settings.min_severity,
        )

    file = None
    if options.config:
        file = Path(options.config).absolute()
        if not file.is_file():
            raise ConfigError(f"{options.config}: no such configuration file")
    return Resolver(Path.cwd(), override, file=file, isolated=options.isolated, local_rules=not options.no_local_rules)


def _layer(options: argparse.Namespace) -> Layer:
    return Layer(_split(options.select) or None, _split(options.extend_select), _split(options.ignore))


def check_selectors(options: argparse.Namespace, registry: Registry) -> None:
    """Make sure that the command line names rules that there are.

    Raises:
        ConfigError: it does not.
    """
    if registry.problems:  # it may name a rule of what did not load, which is told
        return
    try:
        check(_layer(options).selectors(), registry.rules)
    except SelectionError as error:
        raise ConfigError(str(error)) from None


def _split(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())


def _jobs(value: str) -> int:
    jobs = int(value) if value.isdecimal() else 0
    if jobs < 1:
        raise argparse.ArgumentTypeError(f"takes a number from 1 on, not {value!r}")
    return jobs
