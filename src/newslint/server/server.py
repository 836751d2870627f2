"""What is done about what a client says, in the background, and what it is told."""

import asyncio
import os
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from newslint import __version__
from newslint.baseline import NAME as BASELINE
from newslint.baseline import BaselineError
from newslint.config import ConfigError
from newslint.engine.local import WorkerError
from newslint.engine.mend import mend, new_fixes
from newslint.model import Problem
from newslint.plugins import PluginError, load_plugins
from newslint.server import actions, builder
from newslint.server.diagnostics import Page, Shown, on
from newslint.server.examiner import Checked, Examiner, Text, encoded, tickets_of
from newslint.server.pages import hover
from newslint.server.positions import Units, units
from newslint.server.progress import Progress
from newslint.server.project import CONFIGURATION, Project
from newslint.server.sheets import Sheet, path_of, place

#: Seconds after the last key until a text is checked, and after a change of another file.
PAUSE, LONG_PAUSE = 0.3, 1.0
#: Mistakes of the user's, told in one sentence.
MISTAKES = (BaselineError, ConfigError, PluginError, WorkerError)


class Server(LanguageServer):
    """newslint for editors.

    The protocol has a thread, which never waits; checks have another, and reading a workspace a third.

    Args:
        indexed: whether documents are compared with the others of their workspace.
        trusting: whether the local rules that a configuration names may be run; the client, which knows its workspace,
            can say no: ``{"localRules": false}`` in its initialization options.
    """

    def __init__(self, *, indexed: bool, trusting: bool = True) -> None:
        # Whole texts are sent: an article is small, and lines of our documents end at \n, \r\n and \r only.
        super().__init__("newslint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.indexed = indexed
        self.trusting = trusting
        self.was_shut_down = False
        self.ending = Event()
        self.sheets: dict[str, Sheet] = {}
        self.projects: list[Project] = []
        self._alone: dict[Path, Project] = {}
        self._suffixes = frozenset(load_plugins().readers)
        self._checks = ThreadPoolExecutor(1, "check")
        self._reads = ThreadPoolExecutor(1, "read")
        self._examiner = Examiner()
        self._told: set[str] = set()
        self._length: Units = units("utf-16")
        self._links = self._versioned = True

    # What the client says.

    def begin(self, params: types.InitializeParams) -> None:
        """Note what the client can do and which folders it works in."""
        self.loop = asyncio.get_running_loop()
        self._length = units(self.workspace.position_encoding or "utf-16")
        if _said(params.initialization_options, "localRules") is False:
            self.trusting = False
        can = params.capabilities
        publish = can.text_document.publish_diagnostics if can.text_document else None
        self._links = bool(publish and publish.related_information)
        edit = can.workspace.workspace_edit if can.workspace else None
        self._versioned = bool(edit and edit.document_changes)
        for folder in self.workspace.folders.values():
            self._add(folder.uri)
        if not self.projects and self.workspace.root_uri:
            self._add(self.workspace.root_uri)

    async def watch(self) -> None:
        """Ask the client to tell when files change, and begin to read the workspace."""
        for project in self.projects:
            self._checks.submit(self._guarded, self._refresh, project)
        can = self.client_capabilities.workspace
        files = can.did_change_watched_files if can else None
        if files and files.dynamic_registration:
            names = (*CONFIGURATION, BASELINE, *(f"*{suffix}" for suffix in sorted(self._suffixes)))
            watchers = [types.FileSystemWatcher(f"**/{name}") for name in names]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            await self.client_register_capability_async(types.RegistrationParams([registration]))

    def opened(self, document: types.TextDocumentItem) -> None:
        """Check a document that was opened."""
        found = place(document, self._suffixes, self.projects[0].folder if self.projects else Path.cwd())
        if found is None:
            return
        path, saved = found
        sheet = Sheet(document, path, self._project(path), saved=saved)
        self.sheets[document.uri] = sheet
        self._ask(sheet, 0)
        if sheet.project.indexed and not sheet.project.covers(os.path.dirname(path)):
            self._reads.submit(self._guarded, self._build, sheet.project)

    def changed(self, uri: str, version: int) -> None:
        """Check a text again, a moment after the last key."""
        sheet = self.sheets.get(uri)
        if sheet:
            sheet.version = version
            sheet.source = self.workspace.get_text_document(uri).source
            self._ask(sheet, PAUSE)

    def saved(self, uri: str) -> None:
        """Check a document at once, and the others that it may be like."""
        sheet = self.sheets.get(uri)
        if sheet:
            self._ask(sheet, 0)
            self._ask_all(sheet.project, LONG_PAUSE, but=sheet)

    def closed(self, uri: str) -> None:
        """Forget a document; what counts of it from now on lies on the disk."""
        sheet = self.sheets.pop(uri, None)
        if sheet:
            sheet.asked += 1
            if sheet.timer:
                sheet.timer.cancel()
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
            if sheet.saved and sheet.project.indexed:
                self._checks.submit(self._guarded, self._learn, sheet.project, sheet.path)
                self._ask_all(sheet.project, LONG_PAUSE)

    def files_changed(self, changes: list[types.FileEvent]) -> None:
        """Read settings and articles again that changed on the disk."""
        paths = [path for change in changes if (path := uris.to_fs_path(change.uri))]
        on_screen = {sheet.path for sheet in self.sheets.values()}
        for path in paths:
            if os.path.splitext(path)[1].lower() in self._suffixes and path not in on_screen:
                project = self._project(path)
                if project in self.projects:
                    self._checks.submit(self._guarded, self._learn, project, path)
        # Whether settings changed is seen before each check, whoever says so or not.
        articles = all(os.path.splitext(path)[1].lower() in self._suffixes for path in paths)
        for project in (*self.projects, *self._alone.values()):
            self._ask_all(project, LONG_PAUSE if articles else 0)

    def folders_changed(self, event: types.WorkspaceFoldersChangeEvent) -> None:
        """Take folders of the workspace up, or leave them."""
        gone = {path_of(folder.uri) for folder in event.removed}
        self.projects = [project for project in self.projects if str(project.folder) not in gone]
        for folder in event.added:
            self._add(folder.uri)
        for sheet in self.sheets.values():
            sheet.project = self._project(sheet.path)
            self._ask(sheet, 0)

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """The pages of the rules whose findings stand at a place."""
        sheet = self.sheets.get(params.text_document.uri)
        if sheet is None:
            return None
        here = types.Range(params.position, params.position)
        touched = [each for each in sheet.shown if actions.touch(each.diagnostic.range, here)]
        return hover(touched, sheet.project.page) if touched else None

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the findings in a range, and about all of the document."""
        sheet = self.sheets.get(params.text_document.uri)
        if sheet is None:
            return []
        only = params.context.only
        found: list[types.CodeAction] = []
        edit = actions.Editor(sheet.uri, sheet.version, versioned=self._versioned)
        if actions.wanted("quickfix", only) and sheet.shown_version == sheet.version:
            found += actions.quick_fixes(sheet.shown, params.range, edit)
        # Only where it is asked for: editors ask for everything whenever the cursor moves.
        if only is not None and actions.wanted(actions.FIX_ALL, only):
            edits = await asyncio.wrap_future(self._checks.submit(self._fixed, sheet.project, sheet.text))
            if edits:
                found.append(types.CodeAction("Fix all that is safe to fix", actions.FIX_ALL, edit=edit(edits)))
        return found

    # What is done in the background.

    def _ask(self, sheet: Sheet, pause: float) -> None:
        sheet.asked += 1
        if sheet.timer:
            sheet.timer.cancel()
        sheet.timer = self.loop.call_later(pause, self._begin, sheet)

    def _ask_all(self, project: Project, pause: float, but: Sheet | None = None) -> None:
        for sheet in self.sheets.values():
            if sheet.project is project and sheet is not but:
                self._ask(sheet, pause)

    def _begin(self, sheet: Sheet) -> None:
        self._checks.submit(self._guarded, self._check, sheet, sheet.asked, sheet.text)

    def _check(self, sheet: Sheet, number: int, text: Text) -> None:
        def stop() -> bool:
            return sheet.asked != number or self.ending.is_set()

        if stop():
            return
        project = sheet.project
        self._refresh(project)
        if not project.is_open:
            self._tell(self._publish, sheet, text.version, [])
            return
        own = 0
        for checked in self._examiner.check(project, text, stop):
            if not checked.done:
                own = len(checked.findings)
                if sheet.has_others:
                    # What comes next will show most of them again: they need not go in between.
                    continue
            else:
                sheet.has_others = len(checked.findings) > own
            self._tell(self._publish, sheet, text.version, on(self._page(project, checked), checked.findings))
            if checked.done:
                self._log([*checked.problems, *project.problems])

    def _page(self, project: Project, checked: Checked) -> Page:
        text = checked.text
        open_uris = {sheet.path: sheet.uri for sheet in list(self.sheets.values())}

        def uri_of(shown: str) -> str:
            path = str(project.folder / shown)
            return open_uris.get(path) or uris.from_fs_path(path) or ""

        return Page(text.uri, project.shown(text.path), text.source, checked.sources, uri_of, self._length, self._links)

    def _publish(self, sheet: Sheet, version: int, shown: list[Shown]) -> None:
        if self.sheets.get(sheet.uri) is sheet and sheet.version == version:
            same = sheet.shown == shown and sheet.shown_version == version
            sheet.shown, sheet.shown_version = shown, version
            if same:
                return
            diagnostics = [each.diagnostic for each in shown]
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(sheet.uri, diagnostics, version))

    def _fixed(self, project: Project, text: Text) -> list[types.TextEdit]:
        """The edits of all safe fixes, pass after pass."""
        try:
            first = next(self._examiner.check(project, text, self.ending.is_set), None)
            if first is None:
                return []
            desk = project.desk(text.path, encoded(text.source))
            mended = next(
                mend(desk.workshop, tickets_of(desk), first.findings, first.problems, new_fixes(unsafe=False)), None
            )
        except MISTAKES:
            # It was told when the text was checked.
            return []
        changed = mended.texts[0] if mended and mended.texts else None
        return actions.difference(changed.old, changed.new, self._length) if changed else []

    def _refresh(self, project: Project) -> None:
        """Read the settings again where they changed, and the articles with them."""
        if not project.changed():
            return
        self._told.clear()
        try:
            project.open()
        finally:
            self._tell(self._ask_all, project, 0)
        self._log(project.problems)
        for folder in project.untrusted:
            self._log([Problem("local-rules are switched off: their rules were not run", str(folder))])
        if project.indexed:
            self._reads.submit(self._guarded, self._build, project)

    def _learn(self, project: Project, path: str) -> None:
        if project.is_open:
            self._examiner.learn(project, path)

    def _build(self, project: Project) -> None:
        """Read the articles of a folder."""
        index = project.index
        folders = self._folders(project)

        def stop() -> bool:
            return self.ending.is_set() or project.index is not index

        progress = Progress(self, self.loop) if self._shows_progress() else None
        try:
            problems = builder.build(project, index, folders, stop, progress)
        except Exception:
            if stop():
                return
            raise
        finally:
            if progress:
                progress.close()
        self._log(problems)
        if not stop():
            self._tell(self._ask_all, project, 0)
            if not all(map(project.covers, self._folders(project))):
                # A document was opened meanwhile.
                self._reads.submit(self._guarded, self._build, project)

    def _folders(self, project: Project) -> frozenset[str]:
        """The folders of the project's open documents."""
        return frozenset(
            os.path.dirname(sheet.path) for sheet in list(self.sheets.values()) if sheet.project is project
        )

    def _shows_progress(self) -> bool:
        window = self.client_capabilities.window
        return bool(window and window.work_done_progress)

    # What the client is told.

    def _guarded(self, work: Callable[..., None], *arguments: Any) -> None:
        """Do something in the background; whatever happens, the server goes on."""
        try:
            work(*arguments)
        except MISTAKES as error:
            if str(error) not in self._told:
                self._told.add(str(error))
                self._tell(self._show, f"newslint: {error}")
        except Exception:
            self._tell(
                self._note, f"newslint: a bug, please report it:\n{traceback.format_exc()}", types.MessageType.Error
            )

    def _log(self, problems: list[Problem]) -> None:
        for problem in problems:
            message = f"newslint: {f'{problem.path}: ' if problem.path else ''}{problem.message}"
            if message not in self._told:
                self._told.add(message)
                self._tell(self._note, message, types.MessageType.Warning)

    def _tell(self, tell: Callable[..., None], *arguments: Any) -> None:
        """Have the protocol's thread do something."""
        if not self.ending.is_set():
            self.loop.call_soon_threadsafe(tell, *arguments)

    def _note(self, message: str, kind: types.MessageType) -> None:
        self.window_log_message(types.LogMessageParams(kind, message))

    def _show(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    # Where documents belong.

    def _add(self, uri: str) -> None:
        path = path_of(uri)
        if path and all(str(project.folder) != path for project in self.projects):
            self.projects.append(Project(Path(path), indexed=self.indexed, trusted=self.trusting))

    def _project(self, path: str) -> Project:
        """The innermost folder of the workspace that a file lies in; else its own folder, which is not read."""
        holders = [project for project in self.projects if Path(path).is_relative_to(project.folder)]
        if holders:
            return max(holders, key=lambda project: len(project.folder.parts))
        folder = Path(path).parent
        if folder not in self._alone:
            self._alone[folder] = Project(folder, indexed=False, trusted=self.trusting)
        return self._alone[folder]


def _said(options: object, name: str) -> object:
    """What a client's options say under a name; they come as a mapping or as an object."""
    return options.get(name) if isinstance(options, Mapping) else getattr(options, name, None)
