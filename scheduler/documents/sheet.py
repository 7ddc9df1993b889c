"""Rows of a CSV or XLSX file that people have made in a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scheduler.domain.errors import AarshjulError

__all__ = ["SheetError", "SheetProblem", "SheetRow", "read_sheet"]

_MOST_BYTES = 5_000_000
_MOST_UNPACKED = 50_000_000
_MOST_ROWS = 5_000
_MOST_COLUMNS = 40
_ZIP = b"PK\x03\x04"


class SheetProblem(StrEnum):
    """Why a file cannot be read at all."""

    TOO_LARGE = "too_large"
    NOT_A_SHEET = "not_a_sheet"
    EMPTY = "empty"


class SheetError(AarshjulError):
    """The file cannot be read as rows."""

    def __init__(self, problem: SheetProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the file (the heading is row 1) and its cells by heading."""

    number: int
    cells: dict[str, str]


def read_sheet(data: bytes) -> tuple[tuple[str, ...], tuple[SheetRow, ...]]:
    """Return the headings and the rows below them; rows without any text are left out.

    A CSV file may be separated by semicolon, comma or tab, in UTF-8 or as Excel writes it on
    Windows. Of an XLSX file the first sheet is read. Dates are written 2027-03-09.

    Raises:
        SheetError: the file is neither, is empty, or is too large.
    """
    if len(data) > _MOST_BYTES:
        raise SheetError(SheetProblem.TOO_LARGE)
    lines = _xlsx(data) if data.startswith(_ZIP) else _csv(data)
    headings: tuple[str, ...] | None = None
    rows: list[SheetRow] = []
    for number, cells in lines:
        if not any(cells):
            continue
        if headings is None:
            headings = tuple(cells)
            continue
        if len(rows) == _MOST_ROWS:
            raise SheetError(SheetProblem.TOO_LARGE)
        named = dict(zip(headings, cells, strict=False))
        # Text outside every heading is kept under an empty one, so that it can be reported.
        named[""] = " ".join(cells[len(headings) :]).strip() or named.get("", "")
        rows.append(SheetRow(number, named))
    if headings is None:
        raise SheetError(SheetProblem.EMPTY)
    return headings, tuple(rows)


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel in a Norwegian Windows saves as "CSV".
        text = data.decode("cp1252", "replace")
    if "\x00" in text:
        raise SheetError(SheetProblem.NOT_A_SHEET)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(";,\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error:
        raise SheetError(SheetProblem.NOT_A_SHEET) from None


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    # Read where it is needed: with numpy it takes 30 MiB of a web process that seldom asks.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _MOST_UNPACKED:
                raise SheetError(SheetProblem.TOO_LARGE)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise SheetError(SheetProblem.NOT_A_SHEET) from None
    try:
        if not book.worksheets:
            raise SheetError(SheetProblem.EMPTY)
        rows = book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, values_only=True)
        for number, cells in enumerate(rows, start=1):
            yield number, _without_tail([_shown(cell) for cell in cells])
    finally:
        book.close()


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
