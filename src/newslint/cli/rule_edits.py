"""The two edits that make a new rule known, in text that people wrote: nothing else in it may change."""

import ast
import copy
import json
import re
import tomllib
from typing import Any

from newslint.plugins import RuleRef

HEADER = re.compile(r"\s*\[")


class EditError(Exception):
    """The text is not written in a way that can be added to."""


def with_reference(source: str, ref: RuleRef, width: int) -> str:
    """Add a reference to the list that a plugin's function ``newslint_rules`` returns.

    Args:
        source: the plugin's module.
        ref: the reference.
        width: columns that a line may have.

    Raises:
        EditError: there is no such function, or it returns something else than a list written out.
        SyntaxError: it is not Python.
    """
    items = _returned_list(ast.parse(source))
    if items is None or items.end_lineno is None or items.end_col_offset is None:
        raise EditError("no function newslint_rules() that returns a list of references")
    # Python counts columns in bytes.
    data = source.encode()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    start = starts[items.lineno - 1] + items.col_offset
    end = starts[items.end_lineno - 1] + items.end_col_offset
    first_line = data[starts[items.lineno - 1] : start]
    indent = " " * (len(first_line) - len(first_line.lstrip()))
    inner = data[start + 1 : end - 1].decode()
    if "\n" not in inner:
        inner = "".join(f"\n{indent}    {ast.get_source_segment(source, item)}," for item in items.elts)
    elif items.elts and not re.search(r",\s*(?:#[^\n]*\s*)*$", inner):
        raise EditError("the list that newslint_rules() returns does not end in a comma")
    call = _call(ref, indent + "    ", width)
    replaced = f"[{inner.rstrip()}\n{indent}    {call}\n{indent}]"
    return (data[:start] + replaced.encode() + data[end:]).decode()


def _returned_list(tree: ast.Module) -> ast.List | None:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "newslint_rules":
            last = node.body[-1]
            if isinstance(last, ast.Return) and isinstance(last.value, ast.List):
                return last.value
    return None


def _call(ref: RuleRef, indent: str, width: int) -> str:
    """The call that makes the reference, laid out as formatters do."""
    parts = [f'"{part}"' for part in ref]
    joined = ", ".join(parts)
    if len(f"{indent}RuleRef({joined}),") <= width:
        return f"RuleRef({joined}),"
    lines = [joined] if len(f"{indent}    {joined}") <= width else [f"{part}," for part in parts]
    return "RuleRef(\n" + "".join(f"{indent}    {line}\n" for line in lines) + f"{indent}),"


def with_local_rules(text: str, folder: str, table: tuple[str, ...] = ()) -> str:
    """Name a folder under ``local-rules`` in a configuration.

    Args:
        text: the configuration, valid TOML.
        folder: the folder as it is to stand there.
        table: the keys of the table that holds the configuration; none: the whole file does.

    Raises:
        EditError: it is written in a way that this cannot add to.
    """
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    value = json.dumps(folder, ensure_ascii=False)
    first = 0
    if table:
        header = re.compile(r"\s*\[\s*" + r"\s*\.\s*".join(map(re.escape, table)) + r"\s*\]")
        first = next((number for number, line in enumerate(lines, 1) if header.match(line)), -1)
        if first < 0:
            raise EditError(f"no line [{'.'.join(table)}]")
    last = next((number for number in range(first, len(lines)) if HEADER.match(lines[number])), len(lines))
    present = next((number for number in range(first, last) if re.match(r"\s*local-rules\s*=\s*\[", lines[number])), -1)
    if present >= 0:
        before, _, after = lines[present].partition("[")
        gap = "" if after.lstrip().startswith("]") else ", " if after.strip() else ","
        lines[present] = f"{before}[{value}{gap}{after}"
    else:
        hint = (number for number in range(first, last) if lines[number].startswith("#local-rules"))
        place = next(hint, last - 1) + 1
        # What stands right above the next table belongs to it.
        while place == last and last > first and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
            place = last = last - 1
        lines.insert(place, f"local-rules = [{value}]{end}")
    changed = "\n".join(lines)
    if not _adds(tomllib.loads(text), changed, folder, table):
        raise EditError("its local-rules cannot be told from the rest")
    return changed


def _adds(before: dict[str, Any], changed: str, folder: str, table: tuple[str, ...]) -> bool:
    """Whether a changed text says what it said before, and the folder besides."""
    wanted: Any = copy.deepcopy(before)
    inner = wanted
    for key in table:
        inner = inner[key]
    inner["local-rules"] = [folder, *inner.get("local-rules", [])]
    try:
        return bool(tomllib.loads(changed) == wanted)
    except tomllib.TOMLDecodeError:
        return False
