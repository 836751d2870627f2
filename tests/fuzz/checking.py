"""Targets: rules that see one document, rules that compare them, and the command on a file."""

import contextlib
import io
import json
import os
from collections.abc import Sequence

from fuzz.reading import documents
from fuzz.shared import folder, is_sentence, is_sound, profile, registry, rules, split
from newslint.cli import main as command
from newslint.document import Document
from newslint.engine.locate import locate
from newslint.fix import apply, compatible, edits_of
from newslint.model import Hit
from newslint.rule import CorpusRule, DocumentRule, InMemory

#: What stands between the documents of one input.
BETWEEN = b"\n%%%%\n"


def rules_alone(data: bytes) -> None:
    """Each rule that sees one document finds something there, or nothing, and the same again."""
    for document in documents(data):
        own = profile()
        fixes = []
        for rule in rules():
            if not isinstance(rule, DocumentRule):
                continue
            hits = list(rule.check(document))
            for hit in hits:
                is_sound(hit, [document], document)
                finding = locate(hit, rule, document, own)
                if finding.fix:
                    fixes.append(edits_of(finding.fix, document))
                    assert fixes[-1] == list(hit.fix.edits if hit.fix else ())
        chosen = compatible(fixes)
        mended = apply(document.source, (edit for edits in chosen for edit in edits))
        assert bool(chosen) or mended == document.source
        if len(data) % 8 == 0:
            again = next(iter(documents(data)))
            for rule in reversed(rules()):
                if isinstance(rule, DocumentRule):
                    assert list(rule.check(again)) == list(rule.check(document)), rule.name


def rules_together(data: bytes) -> None:
    """Each rule that compares documents finds the same with either kernel, inside the documents."""
    choice, body = split(data)
    parts = [document for part in body.split(BETWEEN)[:4] for document in documents(bytes((choice,)) + part)]
    for rule in rules():
        if isinstance(rule, CorpusRule) and parts:
            found = {kernel: _compared(rule, parts, kernel) for kernel in ("python", "arrays")}
            assert found["python"] == found["arrays"], rule.name
            for hit in found["python"]:
                is_sound(hit, parts, parts[hit.document or 0])


def _compared(rule: CorpusRule, parts: Sequence[Document], kernel: str) -> list[Hit]:
    os.environ["NEWSLINT_KERNEL"] = kernel
    try:
        columns = {feature.name: feature().columns(parts) for feature in rule.features}
        found = list(rule.settle(rule.match(columns), InMemory(parts)))
        assert all(hit.document is not None for hit in found)
        return sorted(found, key=lambda hit: (hit.document or 0, hit.span, hit.message))
    finally:
        del os.environ["NEWSLINT_KERNEL"]


def files(data: bytes) -> None:
    """A file of any bytes, whatever it is called, ends in findings or in one clear error; fixing leaves it readable."""
    choice, body = split(data)
    suffixes = sorted(registry().readers)
    path = folder() / f"a{suffixes[choice % len(suffixes)]}"
    path.write_bytes(body)
    mend = choice >= 128
    arguments = [str(path), "--isolated", "--no-cache", "-q", "-j", "1", "--output-format", "json"]
    status, out, _ = _run([*arguments, *(("--fix", "--unsafe-fixes") if mend else ())])
    report = json.loads(out)
    errors = report["errors"]
    assert (status == 2) == bool(errors)
    assert len(errors) <= 1, errors
    for error in errors:
        assert os.path.basename(error["path"]) == path.name
        assert "rule" not in error, error
        is_sentence(error["message"])
    if mend and not errors and not registry().readers[suffixes[choice % len(suffixes)]].records:
        # Which field of a record is its text is guessed anew, by other texts.
        assert _run(arguments)[0] in (0, 1)
    elif not mend:
        assert path.read_bytes() == body


def _run(arguments: Sequence[str]) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = command.run(arguments)
    assert "Traceback" not in err.getvalue(), err.getvalue()
    return status, out.getvalue(), err.getvalue()
