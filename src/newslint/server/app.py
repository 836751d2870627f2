"""The methods of the protocol that are answered, and the conversation as a whole."""

from typing import BinaryIO

from lsprotocol import types

from newslint.server import actions
from newslint.server.server import Server


def serve(stdin: BinaryIO, stdout: BinaryIO, *, indexed: bool, trusting: bool = True) -> int:
    """Talk with a client until it says so or is gone; the result is the exit status.

    Args:
        stdin: where the client speaks.
        stdout: where it listens.
        indexed: whether documents are compared with the others of their workspace.
        trusting: whether the local rules that a configuration names may be run.
    """
    server = make(indexed=indexed, trusting=trusting)
    server.start_io(stdin, stdout)
    server.ending.set()
    return 0 if server.was_shut_down else 1


def make(*, indexed: bool, trusting: bool = True) -> Server:
    """A server that knows what to answer."""
    server = Server(indexed=indexed, trusting=trusting)
    feature = server.feature

    @feature(types.INITIALIZE)
    def _(params: types.InitializeParams) -> None:
        server.begin(params)

    @feature(types.INITIALIZED)
    async def _(_params: types.InitializedParams) -> None:
        await server.watch()

    @feature(types.SHUTDOWN)
    def _(*_: object) -> None:
        server.was_shut_down = True
        server.ending.set()

    @feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _(params: types.DidOpenTextDocumentParams) -> None:
        server.opened(params.text_document)

    @feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri, params.text_document.version)

    @feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _(params: types.DidSaveTextDocumentParams) -> None:
        server.saved(params.text_document.uri)

    @feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)

    @feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _(params: types.DidChangeWatchedFilesParams) -> None:
        server.files_changed(list(params.changes))

    @feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def _(params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.folders_changed(params.event)

    @feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def _(_params: types.DidChangeConfigurationParams) -> None:
        """Settings come from files alone."""

    @feature(types.TEXT_DOCUMENT_HOVER)
    def _(params: types.HoverParams) -> types.Hover | None:
        return server.hover(params)

    @feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(actions.KINDS)))
    async def _(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await server.actions(params)

    return server
