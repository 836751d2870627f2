"""Texts in memory, one by one: for pipelines that have their own way of reading and writing.

>>> from newslint.linter import Linter
>>> [finding.name for finding in Linter().check("He said that that the the vote was late.")]
['repeated-word']
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from newslint.config import ConfigError, Resolver, Settings, parse_language
from newslint.corpus.rows import Row, row_of
from newslint.discover import Source
from newslint.document import Document
from newslint.engine.examine import check, documents_of
from newslint.engine.locate import order
from newslint.engine.mend import mended_text
from newslint.engine.plan import Task, Workshop, local_rules_of, make_plan
from newslint.model import Finding, Problem
from newslint.plugins import load_plugins
from newslint.readers import ending
from newslint.selection import Layer


class Linter:
    """Checks texts with the rules that look at one document; those that compare documents need a whole run.

    It can be pickled, and is then made anew: pipelines send it to their workers. For one thread at a time.

    Args:
        select: the rules to use, by code, prefix or name; None: what the configuration says, else all.
        ignore: rules to leave out.
        language: the texts' language, two letters; None: detected text by text.
        config: a configuration file; None: none at all.

    Attributes:
        policy: what to keep and to clean: that of the configuration.
        problems: what went wrong so far: plugins that did not load, rules that raised.

    Raises:
        ConfigError: a rule or the configuration cannot be used.
        PluginError: a plugin does not load.
    """

    def __init__(
        self,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        language: str | None = None,
        config: Path | str | None = None,
    ) -> None:
        # Those who get it by pickling may be at work in another folder.
        file = None if config is None else Path(config).absolute()
        try:
            code = None if language is None else parse_language(language)
        except ValueError as error:
            raise ConfigError(f"language {error}") from None
        self._arguments = None if select is None else tuple(select), tuple(ignore), code, file
        self._open()

    def _open(self) -> None:
        select, ignore, language, file = self._arguments

        def override(settings: Settings) -> Settings:
            selection = (*settings.selection, Layer(select, (), ignore))
            return settings._replace(selection=selection, language=language or settings.language)

        settings = Resolver(Path.cwd(), override, file=file, isolated=file is None).root
        registry = load_plugins(local_rules_of([settings]))
        plan, tasks = make_plan(settings, [Source(str(Path.cwd() / "-.txt"), "-", settings, b"")], registry)
        self._workshop = Workshop(plan, registry)
        self._task = tasks[0]
        self._readers = registry.readers
        self.policy = settings.policy
        self.problems: list[Problem] = list(registry.problems)

    def check(self, text: str, name: str = "-", language: str | None = None) -> list[Finding]:
        """What the rules find in a text, in the order of reports.

        Args:
            text: the article.
            name: what findings call it; the ending of a file name tells the format: ``.md`` is mark-down.
            language: two letters, where it is known; what is no such code is passed over, as in a record.

        Raises:
            ValueError: the name is that of a record file.
        """
        return self._checked(self._document(text, name, language))

    def clean(self, text: str, name: str = "-", language: str | None = None) -> str:
        """The text with the fixes applied that the policy asks for; arguments and errors are those of ``check``."""
        document = self._document(text, name, language)
        task = self._task_of(document.source, name)
        return mended_text(self._workshop, task, document, self._checked(document), self.policy.cleans)

    def describe(self, text: str, name: str = "-", language: str | None = None) -> Row:
        """The row that a manifest would have for the text, save what only a whole corpus tells; as ``check``."""
        document = self._document(text, name, language)
        return row_of(document, self._checked(document), self.policy)

    def _checked(self, document: Document) -> list[Finding]:
        task = self._task_of("", document.path)
        return sorted(check(self._workshop.profiles[0], task, document, self.problems), key=order)

    def _task_of(self, text: str, name: str) -> Task:
        return self._task._replace(path=str(Path.cwd() / name), shown=name, data=b"\xef\xbb\xbf" + text.encode())

    def _document(self, text: str, name: str, language: str | None) -> Document:
        reader = self._readers.get(ending(name, self._readers))
        if reader is not None and reader.records:
            raise ValueError(f"{name}: is the name of a record file, not of a text")
        # Half characters have no place in a text that is written anywhere.
        whole = text.encode("utf-8", "replace").decode()
        task = self._task_of(whole, name)
        (document,) = documents_of(self._workshop, task, task.data or b"")
        if language is not None:
            with suppress(ValueError):
                document.stated_language = parse_language(language)
        return document

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self._arguments
