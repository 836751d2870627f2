"""The editor server, as a client sees it: over its real standard input and output, message by message."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import FIXTURES, Run

pytest.importorskip("pygls", reason="the extra newslint[lsp] is not installed")

from lsprotocol import types

from newslint.config import Resolver
from newslint.discover import discover
from newslint.document import Document
from newslint.engine.plan import make_plan
from newslint.engine.run import run
from newslint.model import Span
from newslint.plugins import load_plugins
from newslint.server import builder
from newslint.server.actions import difference
from newslint.server.examiner import Examiner, Text
from newslint.server.positions import Ruler, units
from newslint.server.project import Project

Message = dict[str, Any]
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}

FERRY = (
    "The ferry to the outer islands stays in port until the storm has passed, the harbour master said on Monday. "
    "Supplies for the three villages were flown in by helicopter, and the school on the largest island remains shut. "
    "Forecasters expect the wind to turn by Thursday evening, when a first crossing with freight alone may be tried."
)
ORCHARD = (
    "Growers in the valley have begun to graft old apple varieties onto young trees after two hard winters. "
    "The regional office pays half of the cost, provided that the fruit is sold within a day's drive of the farm."
)

CELLAR = (
    "Down in the vaults of the old brewery a chemist from Leicester is counting bats for the third winter in a row. "
    "She has found two species that were thought lost, and asks walkers to leave the iron gate as they find it. "
    "No lamps, no dogs and no flash, reads the board that her students painted."
)
MARKET = (
    "Stallholders on the square want to open an hour later in winter, and put the question to the town on Tuesday. "
    "Bakers are against it, since their customers come before work. A trial until March was proposed by the clerk. "
    "Whoever sells fish may set up at six as before, because the auction at the quay will not move."
)


class Client:
    """An editor, as far as the protocol goes.

    Args:
        folder: where the server is started.
        workspace: whether that is the folder that it works in.
        encodings: the position encodings that it knows, the dearest first.
        capabilities: what it can do besides.
        settings: its initialization options.
        options: the command's.
    """

    def __init__(
        self,
        folder: Path,
        *options: str,
        workspace: bool = True,
        encodings: Sequence[str] = ("utf-16",),
        capabilities: Message | None = None,
        settings: Message | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "newslint", "server", *options],
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")},
        )  # fmt: skip
        #: All that the server said, apart from answers.
        self.heard: list[Message] = []
        self._messages: queue.Queue[Message | None] = queue.Queue()
        self._asked = 0
        threading.Thread(target=self._listen, daemon=True).start()
        uri = folder.as_uri() if workspace else None
        result = self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "news"}] if uri else None,
                "capabilities": {
                    "general": {"positionEncodings": list(encodings)},
                    "textDocument": {"publishDiagnostics": {"relatedInformation": True}},
                    "workspace": {"workspaceEdit": {"documentChanges": True}},
                    **(capabilities or {}),
                },
                "initializationOptions": settings,
            },
        )
        self.can: Message = result["capabilities"]
        self.codec, self.width = CODECS[self.can["positionEncoding"]]
        self.tell("initialized", {})

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = 0
            while header := stream.readline().strip():
                name, _, value = header.partition(b":")
                # Whatever else stands on standard output is no protocol.
                assert name in (b"Content-Length", b"Content-Type"), header
                length = int(value) if name == b"Content-Length" else length
            if not length:
                self._messages.put(None)
                return
            self._messages.put(json.loads(stream.read(length)))

    def send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        self._asked += 1
        number = self._asked
        self.send({"id": number, "method": method, "params": params})
        answer = self.hear(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def hear(self, wanted: Callable[[Message], bool], seconds: float = 30) -> Message:
        """The next message that is wanted."""
        end = time.monotonic() + seconds
        while True:
            message = self._messages.get(timeout=max(0.01, end - time.monotonic()))
            if message is None:
                raise EOFError(self.process.stderr.read().decode() if self.process.stderr else "")
            self.heard.append(message)
            if "id" in message and "method" in message:
                self.send({"id": message["id"], "result": None})
            if wanted(message):
                return message

    def said(self, method: str, part: str) -> str:
        """The next message of the server for people that holds some words."""
        fits = self.hear(lambda message: message.get("method") == method and part in message["params"]["message"])
        text: str = fits["params"]["message"]
        return text

    def open(self, uri: str, text: str, language: str = "plaintext") -> None:
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, text: str, version: int) -> None:
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def until(
        self, uri: str, wanted: Callable[[list[Message]], bool] = lambda _: True, version: int | None = None
    ) -> list[Message]:
        """The diagnostics of a document, once they are as wanted."""

        def fits(message: Message) -> bool:
            params = message.get("params")
            return (
                message.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == uri
                and (version is None or params.get("version") == version)
                and wanted(params["diagnostics"])
            )

        diagnostics: list[Message] = self.hear(fits)["params"]["diagnostics"]
        return diagnostics

    def marked(self, text: str, place: Message) -> str:
        """The text of a range, cut out as the protocol says."""
        return cut(text, place, self.codec, self.width)[1]

    def applied(self, text: str, edits: Sequence[Message]) -> str:
        """The text with edits made."""
        for edit in sorted(edits, key=lambda edit: tuple(edit["range"]["start"].values()), reverse=True):
            before, _, after = cut(text, edit["range"], self.codec, self.width)
            text = before + edit["newText"] + after
        return text

    def actions(self, uri: str, place: Message, only: Sequence[str] | None = None) -> list[Message]:
        context = {"diagnostics": [], **({"only": list(only)} if only else {})}
        params = {"textDocument": {"uri": uri}, "range": place, "context": context}
        result: list[Message] = self.ask("textDocument/codeAction", params)
        return result

    def end(self) -> int:
        """Say good-bye; the result is the exit status."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(10)


def cut(text: str, place: Message, codec: str, width: int) -> tuple[str, str, str]:
    """A text before, in and after a range: written from the protocol's words, not from the server's code."""
    ends = [0]
    position = 0
    while position < len(text):
        step = 2 if text.startswith("\r\n", position) else 1
        if text[position] in "\r\n":
            ends.append(position + step)
        position += step

    def offset(where: Message) -> int:
        start = ends[where["line"]]
        rest = text[start:].split("\n")[0].split("\r")[0]
        units_before = rest.encode(codec, "surrogatepass")[: where["character"] * width]
        assert len(units_before) == where["character"] * width, "beyond the end of the line"
        return start + len(units_before.decode(codec, "surrogatepass"))

    start, end = offset(place["start"]), offset(place["end"])
    return text[:start], text[start:end], text[end:]


def whole(text: str) -> Message:
    return {"start": {"line": 0, "character": 0}, "end": {"line": text.count("\n") + text.count("\r"), "character": 0}}


def rules(diagnostics: list[Message]) -> list[str]:
    return [each["code"] for each in diagnostics]


def has(rule: str) -> Callable[[list[Message]], bool]:
    return lambda diagnostics: rule in rules(diagnostics)


def lacks(rule: str) -> Callable[[list[Message]], bool]:
    return lambda diagnostics: rule not in rules(diagnostics)


def published(client: Client) -> list[int]:
    """The versions that diagnostics were heard of."""
    return [
        message["params"]["version"]
        for message in client.heard
        if message.get("method") == "textDocument/publishDiagnostics"
    ]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """Starts servers in a folder of their own; they are gone afterwards."""
    clients: list[Client] = []
    (tmp_path / "news").mkdir()

    def start(*options: str, **arguments: Any) -> Client:
        clients.append(Client(arguments.pop("folder", tmp_path / "news"), *options, **arguments))
        return clients[-1]

    yield start
    for client in clients:
        client.process.kill()
        client.process.wait()
        for stream in (client.process.stdin, client.process.stdout, client.process.stderr):
            assert stream is not None
            stream.close()


Start = Callable[..., Client]


@pytest.fixture
def news(tmp_path: Path, start: Start) -> Path:
    """The folder that the servers are started in."""
    return tmp_path / "news"


TYPED = "🚢 Le bac reste à quai , dit le maître du port. Où est le le pilote ?\nLa mer est forte près du port.\n"


def test_a_session(news: Path, start: Start) -> None:
    client = start()
    path = news / "bac.txt"
    path.write_text(TYPED, encoding="utf-8")
    uri = path.as_uri()
    client.open(uri, TYPED)
    found = client.until(uri, has("repeated-word"))
    doubled = next(each for each in found if each["code"] == "repeated-word")
    assert client.marked(TYPED, doubled["range"]) == "le le"
    assert doubled["range"]["start"] == {"line": 0, "character": TYPED.index("le le") + 1}  # the ship takes two units
    assert (doubled["source"], doubled["severity"]) == ("newslint", 2)
    assert set(doubled["data"]) >= {"code", "fingerprint"}
    assert "codeDescription" not in doubled

    # Edit, unsaved: what is typed counts.
    text = TYPED.replace("du port", "du du port").replace("maître du du", "maître du")
    client.change(uri, text, 2)
    found = client.until(uri, version=2)
    assert rules(found).count("repeated-word") == 2

    # Fix one.
    second = [each for each in found if each["code"] == "repeated-word"][1]
    fixes = client.actions(uri, second["range"])
    assert [fix["title"] for fix in fixes] == [f"repeated-word: {fixes[0]['title'].partition(': ')[2]}"]
    assert fixes[0]["kind"] == "quickfix"
    assert fixes[0]["isPreferred"] is True
    (edit,) = fixes[0]["edit"]["documentChanges"]
    assert edit["textDocument"] == {"uri": uri, "version": 2}
    assert client.applied(text, edit["edits"]) == TYPED

    # Fix the rest.
    (fix,) = client.actions(uri, whole(text), ["source.fixAll.newslint"])
    assert (fix["kind"], client.actions(uri, whole(text), ["source.organizeImports"])) == ("source.fixAll.newslint", [])
    text = client.applied(text, fix["edit"]["documentChanges"][0]["edits"])
    assert text.startswith("🚢 Le bac reste à quai, dit le maître du port. Où est le pilote")
    client.change(uri, text, 3)
    assert lacks("repeated-word")(client.until(uri, version=3))

    # Hover.
    client.change(uri, TYPED, 4)
    found = client.until(uri, has("repeated-word"), version=4)
    params = {"textDocument": {"uri": uri}, "position": doubled["range"]["start"]}
    shown = client.ask("textDocument/hover", params)
    assert shown["contents"]["kind"] == "markdown"
    assert "# repeated-word (TRA005)" in shown["contents"]["value"]
    assert shown["range"] == doubled["range"]
    assert client.ask("textDocument/hover", {**params, "position": {"line": 1, "character": 2}}) is None

    client.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert client.until(uri, lambda diagnostics: not diagnostics) == []
    assert client.end() == 0


def test_documents_are_compared_as_they_are_typed(news: Path, start: Start) -> None:
    first, second, third = (news / f"{name}.txt" for name in ("a", "b", "c"))
    first.write_text(f"Storm\n\n{FERRY}\n", encoding="utf-8")
    third.write_text(f"Elsewhere\n\n{CELLAR}\n\n{ORCHARD}\n", encoding="utf-8")
    client = start()
    uri = second.as_uri()
    client.open(uri, f"Late news\n\n{FERRY}\n")
    (found,) = client.until(uri, has("near-duplicate"))
    assert found["severity"] == 1
    assert found["range"] == {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 9}}
    (beside,) = found["relatedInformation"]
    assert beside["location"]["uri"] == first.as_uri()
    assert beside["location"]["range"]["end"] == {"line": 2, "character": len(FERRY)}

    # Another text that was never saved, with a passage of the third file.
    text = f"Markets\n\n{MARKET}\n\n{ORCHARD}\n"
    client.change(uri, text, 2)
    found = next(
        each for each in client.until(uri, has("reused-passage"), version=2) if each["code"] == "reused-passage"
    )
    assert client.marked(text, found["range"]) == ORCHARD
    (beside,) = found["relatedInformation"]
    assert beside["location"]["uri"] == third.as_uri()
    assert client.marked(third.read_text(encoding="utf-8"), beside["location"]["range"]) == ORCHARD

    # That file changes in the editor: now nothing is shared, and seen when the other one is saved.
    client.open(third.as_uri(), "Elsewhere\n\nThe orchard has been sold.\n")
    client.until(third.as_uri())
    client.tell("textDocument/didSave", {"textDocument": {"uri": third.as_uri()}})
    assert lacks("reused-passage")(client.until(uri, lacks("reused-passage")))
    # It is closed unsaved: what lies on the disk counts again.
    client.tell("textDocument/didClose", {"textDocument": {"uri": third.as_uri()}})
    client.change(uri, text + "\n", 3)
    client.until(uri, has("reused-passage"), version=3)
    assert client.end() == 0


def test_lines_and_names_are_compared(news: Path, start: Start) -> None:
    towns = (
        "Aldmoor",
        "Brackwell",
        "Cresthaven",
        "Dunvale",
        "Eastmarsh",
        "Fairlough",
        "Greywick",
        "Holmbury",
        "Inchford",
    )
    for number, town in enumerate(towns):
        body = (
            f"The council of {town} met on day {number} to speak about the bridge. Mayor Ottoline Brandwyck was there."
        )
        (news / f"{town}.txt").write_text(
            f"{body}\n\nAll prices on this page are given with the tax of the county included.\n", encoding="utf-8"
        )
    client = start(capabilities={"window": {"workDoneProgress": True}})
    uri = (news / "new.txt").as_uri()
    text = (
        "Mayor Otoline Brandwyck spoke in Upper Lindon about the ferry.\n\n"
        "All prices on this page are given with the tax of the county included.\n"
    )
    client.open(uri, text)
    found = client.until(uri, has("recurring-line"))
    line = next(each for each in found if each["code"] == "recurring-line")
    assert "10 of 10 documents" in line["message"]
    assert line["tags"] == [1]
    assert line["relatedInformation"][0]["location"]["uri"] == (news / "Aldmoor.txt").as_uri()
    assert line["relatedInformation"][0]["location"]["range"]["start"]["line"] == 2
    (fix,) = [each for each in client.actions(uri, line["range"]) if each["title"].startswith("recurring-line")]
    assert fix["isPreferred"] is False
    assert client.applied(text, fix["edit"]["documentChanges"][0]["edits"]) == text.split("\n\n")[0] + "\n\n"
    name = next(each for each in found if each["code"] == "name-variant")
    assert client.marked(text, name["range"]) == "Otoline Brandwyck"
    shown = [message["params"]["value"]["kind"] for message in client.heard if message.get("method") == "$/progress"]
    assert (shown[0], shown[-1]) == ("begin", "end")
    assert client.end() == 0


def test_configuration_is_read_again(news: Path, start: Start) -> None:
    client = start(capabilities={"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}})
    client.hear(lambda message: message.get("method") == "client/registerCapability")
    uri, config = (news / "bac.txt").as_uri(), news / "newslint.toml"
    client.open(uri, TYPED)
    client.until(uri, has("repeated-word"))

    def tell() -> None:
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": config.as_uri(), "type": 2}]})

    config.write_text('ignore = ["repeated-word"]\n', encoding="utf-8")
    tell()
    client.until(uri, lacks("repeated-word"))
    # A mistake is told, in a sentence, and mended.
    config.write_text('ignorre = ["repeated-word"]\n', encoding="utf-8")
    tell()
    assert "did you mean 'ignore'" in client.said("window/showMessage", "newslint.toml")
    # A client that watches no files: the next key will do.
    config.write_text('severity = { repeated-word = "error" }\n', encoding="utf-8")
    client.change(uri, TYPED + "\n", 2)
    found = client.until(uri, has("repeated-word"), version=2)
    assert [each["severity"] for each in found if each["code"] == "repeated-word"] == [1]
    (news / "pyproject.toml").write_text('[tool.newslint]\nexclude = ["bac.txt"]\n', encoding="utf-8")
    config.unlink()
    client.change(uri, TYPED, 3)
    assert client.until(uri, version=3) == []
    assert client.end() == 0


@pytest.mark.parametrize(("offered", "chosen"), [(("utf-8", "utf-16"), "utf-8"), (("utf-32",), "utf-32")])
def test_position_encodings(news: Path, start: Start, offered: tuple[str, ...], chosen: str) -> None:
    client = start("--no-index", encodings=offered)
    assert client.can["positionEncoding"] == chosen
    uri = (news / "bac.txt").as_uri()
    client.open(uri, TYPED)
    found = client.until(uri, has("repeated-word"))
    assert "le le" in [client.marked(TYPED, each["range"]) for each in found]
    assert client.end() == 0


def test_line_ends(news: Path, start: Start) -> None:
    client = start("--no-index")
    for name, end in (("windows", "\r\n"), ("old-mac", "\r")):
        uri = (news / f"{name}.txt").as_uri()
        lines = (
            "Ligne\u2028une\fencore 🐟",
            "",
            "Où est le le pilote, dit-il.",
            "La mer est forte près du du port.",
            "",
        )
        text = end.join(lines)
        client.open(uri, text)
        found = [each for each in client.until(uri, has("repeated-word")) if each["code"] == "repeated-word"]
        assert [each["range"]["start"]["line"] for each in found] == [2, 3]
        (fix,) = client.actions(uri, whole(text), ["source.fixAll"])
        fixed = client.applied(text, fix["edit"]["documentChanges"][0]["edits"])
        assert f"Où est le pilote, dit-il.{end}La mer est forte près du port.{end}" in fixed
    assert client.end() == 0


def test_documents_of_nowhere(tmp_path: Path, start: Start) -> None:
    client = start(capabilities={"workspace": {}, "textDocument": {}})
    beside = tmp_path / "elsewhere"
    beside.mkdir()
    (beside / "newslint.toml").write_text('select = ["repeated-word"]\n', encoding="utf-8")
    uri = (beside / "bac.txt").as_uri()
    client.open(uri, TYPED)
    assert rules(client.until(uri)) == ["repeated-word"]
    # Never saved: the editor says what it takes them for.
    client.open("untitled:Untitled-1", "Sie kam `aus aus` dem Haus und und ging.\n", "markdown")
    found = [each for each in client.until("untitled:Untitled-1") if each["code"] == "repeated-word"]
    assert [each["range"]["start"]["character"] for each in found] == [27]
    fixes = client.actions("untitled:Untitled-1", found[0]["range"])
    assert list(fixes[0]["edit"]["changes"]) == ["untitled:Untitled-1"]
    client.open("untitled:Untitled-2", "She said that that that was all and and left.\n")
    assert has("repeated-word")(client.until("untitled:Untitled-2"))
    # No article.
    client.open("untitled:Untitled-3", "the the", "python")
    client.open((beside / "code.py").as_uri(), "the the", "python")
    assert client.end() == 0
    said = [message["params"]["uri"] for message in client.heard if "publishDiagnostics" in message.get("method", "")]
    assert {uri for uri in said if uri.endswith(("Untitled-3", "code.py"))} == set()


ODD_RULES = '''
import sys
import time

from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule


class Clumsy(DocumentRule):
    """Breaks."""

    code = "LOC002"
    name = "clumsy"

    def check(self, document):
        print("on standard output, where only the protocol may speak")
        if "breaks" in document.text:
            raise RuntimeError("dropped it")
        return ()


class Slow(DocumentRule):
    """Takes its time."""

    code = "LOC003"
    name = "slow"

    def check(self, document):
        if "slowly" in document.text:
            time.sleep(0.7)
        if "for ever" in document.text:
            time.sleep(60)
        yield Hit(Span(0, 1), "It took a while")
'''


@pytest.fixture
def odd(news: Path) -> Path:
    """The folder with rules that break and dawdle."""
    (news / "house").mkdir()
    (news / "house" / "odd.py").write_text(ODD_RULES, encoding="utf-8")
    (news / "newslint.toml").write_text('local-rules = ["house"]\nselect = ["LOC"]\n', encoding="utf-8")
    return news


def test_a_rule_that_breaks_is_told_of(odd: Path, start: Start) -> None:
    client = start()
    uri = (odd / "a.txt").as_uri()
    client.open(uri, "It breaks.\n")
    assert rules(client.until(uri)) == ["slow"]
    assert "rule clumsy raised RuntimeError: dropped it" in client.said("window/logMessage", "a.txt")
    client.change(uri, "All is well.\n", 2)
    assert rules(client.until(uri, version=2)) == ["slow"]
    assert client.end() == 0


@pytest.mark.parametrize(("options", "settings"), [(["--no-local-rules"], None), ([], {"localRules": False})])
def test_a_workspace_that_is_not_trusted_runs_no_code(
    odd: Path, start: Start, options: list[str], settings: Message | None
) -> None:
    (odd / "newslint.toml").write_text('local-rules = ["house"]\n[severity]\nclumsy = "error"\n', encoding="utf-8")
    (odd / "house" / "odd.py").write_text(f"open({str(odd / 'TOUCHED')!r}, 'w')\n{ODD_RULES}", encoding="utf-8")
    client = start(*options, settings=settings)
    uri = (odd / "a.txt").as_uri()
    client.open(uri, "It breaks.\n\nRead also: ![x](https://example.org/y) and *more*\n")
    assert "house: local-rules are switched off" in client.said("window/logMessage", "house")
    assert "cross-reference" in rules(client.until(uri))
    here = {"textDocument": {"uri": uri}, "position": {"line": 2, "character": 3}}
    # Text of the article is no mark-down: an editor would fetch the picture.
    assert "![x]" not in client.ask("textDocument/hover", here)["contents"]["value"]
    assert client.end() == 0
    assert not (odd / "TOUCHED").exists()


def test_a_broken_rule_of_the_workspace_costs_nobody_else(odd: Path, start: Start) -> None:
    (odd / "house" / "broken.py").write_text("1 / 0\n", encoding="utf-8")
    client = start()
    uri = (odd / "a.txt").as_uri()
    client.open(uri, "All is well.\n")
    assert "broken.py does not load: ZeroDivisionError" in client.said("window/logMessage", "broken.py")
    assert rules(client.until(uri)) == ["slow"]
    assert client.end() == 0


def test_only_the_last_state_is_checked(odd: Path, start: Start) -> None:
    client = start()
    uri = (odd / "a.txt").as_uri()
    client.open(uri, "Typed slowly.\n")
    for version in range(2, 30):
        client.change(uri, f"Typed slowly, version {version}.\n", version)
    # The protocol goes on while a rule is at work: the answer is there before any of its findings.
    here = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}
    assert client.ask("textDocument/hover", here) is None
    assert published(client) == []
    client.until(uri, version=29)
    assert published(client) == [29]


def test_it_ends_with_its_client(odd: Path, start: Start) -> None:
    client = start()
    client.open((odd / "a.txt").as_uri(), "Typed for ever.\n")
    client.ask("textDocument/hover", {"textDocument": {"uri": "file:///x"}, "position": {"line": 0, "character": 0}})
    time.sleep(0.2)
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(5) == 1


def test_without_the_extra(newslint: Run, tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError('no pygls', name='pygls')\n", encoding="utf-8")
    result = newslint("server", env={"PYTHONPATH": str(tmp_path)})
    assert (result.status, result.out) == (2, "")
    assert "pip install 'newslint[lsp]'" in result.err


def test_the_editor_says_what_a_run_says(tmp_path: Path) -> None:
    """With all the others as context, each document has the findings that the editor shows."""
    folder = tmp_path / "fixtures"
    shutil.copytree(FIXTURES, folder)
    project, examiner = Project(folder, indexed=True), Examiner()
    project.open()
    assert builder.build(project, project.index, (), lambda: False, None) == []
    registry = load_plugins()
    resolver = Resolver(folder)
    every = [
        source._replace(shown=project.shown(source.path))
        for source in discover([str(folder)], resolver, registry.readers, lambda _: None)
    ]
    assert len(project.index) == len(every) > 10
    several = 0
    for source in every[::2]:
        others = [other for other in every if other is not source]
        outcome = run(*make_plan(resolver.root, [source], registry, context=others), registry)
        text = Text("", source.path, True, 1, Path(source.path).read_bytes().decode("utf-8-sig"))
        *_, last = examiner.check(project, text, lambda: False)
        assert [(each.location, each.name, each.message) for each in last.findings] == [
            (each.location, each.name, each.message) for each in outcome.findings
        ]
        several += sum(any(place.location.path != source.shown for place in each.related) for each in last.findings)
    assert several > 1


def test_files_that_change_elsewhere(news: Path, start: Start) -> None:
    client = start()
    uri, other = (news / "b.txt").as_uri(), news / "a.txt"
    client.open(uri, f"Late news\n\n{FERRY}\n")
    assert client.until(uri) == []
    other.write_text(FERRY, encoding="utf-8")
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": other.as_uri(), "type": 1}]})
    client.until(uri, has("near-duplicate"))
    other.unlink()
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": other.as_uri(), "type": 3}]})
    client.until(uri, lacks("near-duplicate"))
    # Somebody else writes a file and nobody tells: what the index says of it is not believed.
    other.write_text(FERRY, encoding="utf-8")
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": other.as_uri(), "type": 1}]})
    client.until(uri, has("near-duplicate"))
    other.write_text(ORCHARD, encoding="utf-8")
    client.change(uri, f"News\n\n{FERRY}\n", 2)
    client.until(uri, lacks("near-duplicate"), version=2)
    assert client.end() == 0


def test_the_baseline_is_kept(news: Path, newslint: Run) -> None:
    (news / "newslint.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
    (news / "bac.txt").write_text(TYPED, encoding="utf-8")
    assert newslint("baseline", "create", ".", cwd=news).status == 0
    project = Project(news, indexed=False)
    project.open()
    text = Text("", str(news / "bac.txt"), True, 1, f"{TYPED}Il attend près du du port.\n")
    *_, last = Examiner().check(project, text, lambda: False)
    assert [each.location.start.line for each in last.findings] == [3]


def test_what_the_index_holds(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/1.txt", "a/2.txt", "b/1.txt", "b/2.md", ".hidden/1.txt", "drafts/1.txt", "a/1.py"):
        (news / name).parent.mkdir(exist_ok=True)
        (news / name).write_text(FERRY, encoding="utf-8")
    (news / ".git").mkdir()
    (news / ".gitignore").write_text("drafts/\n", encoding="utf-8")
    project, examiner = Project(news, indexed=True), Examiner()
    project.open()
    assert builder.build(project, project.index, (), lambda: False, None) == []
    assert [entry.task.shown for entry in project.index.others("")] == ["a/1.txt", "a/2.txt", "b/1.txt", "b/2.md"]
    for name in (".hidden/1.txt", "drafts/1.txt"):
        assert not project.holds(str(news / name))
        examiner.learn(project, str(news / name))
    (news / "a" / "2.txt").unlink()
    examiner.learn(project, str(news / "a" / "2.txt"))
    assert len(project.index) == 3
    # More than there is room for: what lies beside the open documents, and that is said.
    monkeypatch.setattr("newslint.server.project.MOST_FILES", 2)
    project.open()
    (problem,) = builder.build(project, project.index, {str(news / "b")}, lambda: False, None)
    assert problem.message.startswith("3 articles, more than ")
    assert [entry.task.shown for entry in project.index.others("")] == ["b/1.txt", "b/2.md"]
    assert (project.covers(str(news / "a")), project.covers(str(news / "b"))) == (False, True)
    project.open()
    assert project.covers(str(news / "a"))


TEXTS = st.text(st.sampled_from("ab é🚢\r\n\u2028\x85\f"), max_size=40)


@given(TEXTS, st.sampled_from(sorted(CODECS)), st.data())
def test_every_place_is_found_again(text: str, encoding: str, data: st.DataObject) -> None:
    document = Document("a.txt", text)
    offsets = [offset for offset in range(len(text) + 1) if text[max(0, offset - 1) : offset + 1] != "\r\n"]
    start, end = sorted(data.draw(st.sampled_from(offsets)) for _ in range(2))
    place = Ruler(text, units(encoding)).range(document.location(Span(start, end)))
    assert cut(text, _json(place), *CODECS[encoding])[1] == text[start:end]


@given(TEXTS, TEXTS, st.sampled_from(sorted(CODECS)))
def test_edits_make_one_text_of_another(old: str, new: str, encoding: str) -> None:
    edits = sorted(difference(old, new, units(encoding)), key=lambda edit: edit.range.start, reverse=True)
    text = old
    for edit in edits:
        before, _, after = cut(text, _json(edit.range), *CODECS[encoding])
        text = before + edit.new_text + after
    assert text == new


def _json(place: types.Range) -> Message:
    return {
        name: {"line": each.line, "character": each.character}
        for name, each in (("start", place.start), ("end", place.end))
    }
