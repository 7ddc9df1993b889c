"""The paragraphs and tables of a Word document (docx)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from scheduler.documents.document_text import (
    MOST_CHARACTERS,
    DocumentError,
    DocumentProblem,
    DocumentText,
)

__all__ = ["read_docx_text"]

_MOST_UNPACKED = 200_000_000
_MOST_XML = 60_000_000
_DEEPEST = 40
_HEADING = re.compile(r"(?:heading|overskrift)\s*(\d)", re.IGNORECASE)


def read_docx_text(data: bytes, on_progress: Callable[[int, int], None]) -> DocumentText:
    """Return one line for each paragraph and each row of a table, in reading order.

    A heading begins with "#", an item of a list with "- ". Text that was struck out with
    tracked changes is left out, inserted text is read. `on_progress` is told how many of how
    many parts are read.

    Raises:
        DocumentError: the file is broken, encrypted, too large or without text.
    """
    _check_package(data)
    try:
        document = Document(io.BytesIO(data))
        body = document.element.body
        titles = _heading_levels(document)
    except Exception:
        # What the library raises for a broken package is not one class: KeyError, ValueError,
        # its own and lxml's errors have all been seen.
        raise DocumentError(DocumentProblem.BROKEN) from None
    lines: list[str] = []
    length = 0
    parts = list(body)
    for number, part in enumerate(parts, start=1):
        for line in _lines_of(part, titles, 0):
            lines.append(line)
            length += len(line)
        if length > MOST_CHARACTERS:
            raise DocumentError(DocumentProblem.TOO_LARGE)
        on_progress(number, len(parts))
    if not any(line.strip() for line in lines):
        raise DocumentError(DocumentProblem.EMPTY)
    return DocumentText(tuple(lines), is_wrapped=False)


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise DocumentError(DocumentProblem.BROKEN) from None
    names = {member.filename for member in members}
    if "word/document.xml" not in names:
        raise DocumentError(DocumentProblem.OTHER_FORMAT)
    if any(member.flag_bits & 1 for member in members):
        raise DocumentError(DocumentProblem.ENCRYPTED)
    xml = max(member.file_size for member in members if member.filename.endswith(".xml"))
    if xml > _MOST_XML or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise DocumentError(DocumentProblem.TOO_LARGE)


def _heading_levels(document: Any) -> dict[str, int]:
    """Return the level of every paragraph style that is a heading, also in Norwegian Word."""
    levels: dict[str, int] = {}
    for style in document.styles:
        named = _HEADING.match(style.name or "")
        if named:
            levels[style.style_id] = int(named.group(1))
        elif (style.name or "").lower() in {"title", "tittel"}:
            levels[style.style_id] = 1
    return levels


def _lines_of(part: Any, titles: dict[str, int], depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise DocumentError(DocumentProblem.BROKEN)
    if part.tag == qn("w:p"):
        yield from _paragraph(part, titles)
    elif part.tag == qn("w:tbl"):
        yield from _rows(part)
    elif part.tag in _CONTAINERS:
        for inner in part:
            yield from _lines_of(inner, titles, depth + 1)


_CONTAINERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")}
_LEFT_OUT = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    qn("w:pPr"),
    qn("w:rPr"),
    # Text boxes are there twice, the second time for old programs.
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_BREAKS = {qn("w:br"), qn("w:cr")}
_HYPHENS = {qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): "", qn("w:tab"): "  "}


def _paragraph(paragraph: Any, titles: dict[str, int]) -> Iterator[str]:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    numbering = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    name = "" if style is None else style.get(qn("w:val"), "")
    text = _text(paragraph)
    if name in titles and text.strip():
        yield "#" * titles[name] + " " + " ".join(text.split())
        return
    listed = numbering is not None or name.lower().startswith(("list", "liste", "punkt"))
    for line in text.split("\n"):
        yield f"- {line}" if listed and line.strip() else line


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter(qn("w:tr")):
        cells = [" ".join(_text(cell).split()) for cell in row.iter(qn("w:tc"))]
        if any(cells):
            yield "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _text(element: Any) -> str:
    """Return the text of a paragraph or a cell; paragraphs inside it end with a line break."""
    pieces: list[str] = []
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            pieces.append(each)
        elif each.tag == qn("w:t"):
            pieces.append(each.text or "")
        elif each.tag in _BREAKS:
            pieces.append("\n")
        elif each.tag in _HYPHENS:
            pieces.append(_HYPHENS[each.tag])
        elif each.tag not in _LEFT_OUT:
            if each.tag == qn("w:p") and each is not element:
                waiting.append("\n")
            waiting.extend(reversed(each))
    return "".join(pieces)
