"""TOML as values that remember their lines, for reports that point at the place."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from scheduler.domain.errors import AarshjulError
from scheduler.domain.planfile.source import Source, SourceList, SourceScalar, SourceTable

__all__ = ["BadLine", "TomlSyntaxError", "read_toml"]

_LONGEST_EXCERPT = 60
_MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no TOML, and the beginning of its text."""

    line: int
    text: str


class TomlSyntaxError(AarshjulError):
    """The file is no TOML; `lines` holds every place, in order."""

    def __init__(self, lines: tuple[BadLine, ...]) -> None:
        super().__init__(lines)
        self.lines = lines


def read_toml(data: bytes) -> SourceTable:
    """Read a TOML 1.0 file in UTF-8.

    Raises:
        TomlSyntaxError: with every line at fault; an unreadable encoding is named by its line, and
            a file over 2 MB by its first.
    """
    if len(data) > _MOST_BYTES:
        raise TomlSyntaxError((BadLine(1, ""),))
    text = _decoded(data)
    try:
        return _parsed(text)
    except RecursionError:
        # Brackets inside brackets by the thousand: no plan, and more than a parser's stack holds.
        raise TomlSyntaxError((BadLine(_deepest_line(text), ""),)) from None


def _parsed(text: str) -> SourceTable:
    tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
    # The grammar finds every bad line but lets a few through (a key written twice, an impossible
    # date); the parser of the standard library stops at the first one but misses none.
    bad = sorted({*_broken_lines(tree.root_node), *_refused_line(text)})
    if bad:
        lines = text.split("\n")
        raise TomlSyntaxError(tuple(BadLine(line, _excerpt(lines, line)) for line in bad))
    root = _Table(1)
    here = root
    for node in tree.root_node.named_children:
        match node.type:
            case "pair":
                here.set(_path(node.named_children[0]), _value(node.named_children[1]))
            case "table":
                here = root.open(_path(node.named_children[0]), _line(node))
                here.fill(node.named_children[1:])
            case "table_array_element":
                here = root.append(_path(node.named_children[0]), _line(node))
                here.fill(node.named_children[1:])
    return root.frozen()


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        shown = data.split(b"\n")[line - 1].decode("utf-8", "replace").strip()
        raise TomlSyntaxError((BadLine(line, shown[:_LONGEST_EXCERPT]),)) from None
    return text.replace("\r\n", "\n")


def _broken_lines(node: Node) -> list[int]:
    if node.is_error or node.is_missing:
        return [_line(node)]
    if not node.has_error:
        return []
    return [line for child in node.children for line in _broken_lines(child)]


def _refused_line(text: str) -> list[int]:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        return [int(place[1]) if place else text.rstrip("\n").count("\n") + 1]
    return []


def _deepest_line(text: str) -> int:
    lines = text.split("\n")
    return 1 + max(
        range(len(lines)), key=lambda index: lines[index].count("[") + lines[index].count("{")
    )


def _excerpt(lines: list[str], line: int) -> str:
    return lines[line - 1].strip()[:_LONGEST_EXCERPT] if line <= len(lines) else ""


@dataclass(slots=True)
class _Table:
    """A table that is still being filled."""

    line: int
    entries: dict[str, Source | _Table | list[_Table]] = field(default_factory=dict)

    def set(self, path: tuple[str, ...], value: Source) -> None:
        self.open(path[:-1], value.line).entries[path[-1]] = value

    def open(self, path: tuple[str, ...], line: int) -> _Table:
        table = self
        for key in path:
            inner = table.entries.setdefault(key, _Table(line))
            if isinstance(inner, list):
                inner = inner[-1]
            if not isinstance(inner, _Table):
                raise TypeError(f"the standard parser let {key!r} be opened twice")
            table = inner
        return table

    def append(self, path: tuple[str, ...], line: int) -> _Table:
        tables = self.open(path[:-1], line).entries.setdefault(path[-1], [])
        if not isinstance(tables, list):
            raise TypeError(f"the standard parser let {path[-1]!r} be both list and table")
        tables.append(_Table(line))
        return tables[-1]

    def fill(self, pairs: list[Node]) -> None:
        for pair in pairs:
            if pair.type == "pair":
                self.set(_path(pair.named_children[0]), _value(pair.named_children[1]))

    def frozen(self) -> SourceTable:
        return SourceTable(self.line, {key: _frozen(value) for key, value in self.entries.items()})


def _frozen(value: Source | _Table | list[_Table]) -> Source:
    if isinstance(value, _Table):
        return value.frozen()
    if isinstance(value, list):
        return SourceList(tuple(table.frozen() for table in value), value[0].line)
    return value


def _path(key: Node) -> tuple[str, ...]:
    if key.type == "dotted_key":
        return tuple(part for child in key.named_children for part in _path(child))
    if key.type == "bare_key":
        return (_text(key),)
    return (str(_scalar(key)),)


def _value(node: Node) -> Source:
    if node.type == "array":
        items = (child for child in node.named_children if child.type != "comment")
        return SourceList(tuple(_value(child) for child in items), _line(node))
    if node.type == "inline_table":
        table = _Table(_line(node))
        table.fill(node.named_children)
        return table.frozen()
    return SourceScalar(_scalar(node), _line(node))


def _scalar(node: Node) -> Any:
    return tomllib.loads(f"value = {_text(node)}")["value"]


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _line(node: Node) -> int:
    return node.start_point.row + 1
