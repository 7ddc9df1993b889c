"""A year as a table for a spreadsheet: CSV as Norwegian Excel reads it, and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Final

from calendars.text import one_line
from scheduler.domain.language import Language, weekday_name
from scheduler.language import translations

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["SheetLine", "csv_bytes", "xlsx_bytes"]

_LONGEST: Final = 1000
# What makes Excel, LibreOffice or Google read a text as something to run (also in full width).
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_WIDTHS: Final = (12, 12, 6, 9, 9, 44, 30, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One meeting or deadline; a deadline has no times."""

    on: date
    starts: time | None
    ends: time | None
    title: str
    place: str
    state: str


def csv_bytes(lines: Sequence[SheetLine], language: Language) -> bytes:
    """Return the lines separated by semicolons, with the mark that tells Excel it is UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(_headings(language))
    for line in lines:
        writer.writerow(
            [
                line.on.isoformat(),
                weekday_name(line.on, language),
                line.on.isocalendar().week,
                _clock(line.starts),
                _clock(line.ends),
                *(_harmless(text) for text in (line.title, line.place, line.state)),
            ]
        )
    return written.getvalue().encode("utf-8-sig")


def xlsx_bytes(lines: Sequence[SheetLine], language: Language, *, title: str) -> bytes:
    """Return the lines as a workbook of one sheet; no text in it is ever a formula."""
    # Read where it is needed: with numpy it takes 30 MiB of a web process that seldom asks.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: Worksheet = book.create_sheet(one_line(title, 31).replace("/", "-"))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    sheet.append([_text_cell(sheet, heading, bold=True) for heading in _headings(language)])
    for line in lines:
        texts = (line.title, line.place, line.state)
        sheet.append(
            [
                line.on,
                _text_cell(sheet, weekday_name(line.on, language)),
                line.on.isocalendar().week,
                line.starts,
                line.ends,
                *(_text_cell(sheet, _clean(text)) for text in texts),
            ]
        )
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _headings(language: Language) -> list[str]:
    _ = translations(language).gettext
    return [
        _("Dato"),
        _("Ukedag"),
        _("Uke"),
        _("Starter"),
        _("Slutter"),
        _("Hva"),
        _("Sted"),
        _("Tilstand"),
    ]


def _clock(at: time | None) -> str:
    return "" if at is None else f"{at:%H:%M}"


def _clean(text: str) -> str:
    return one_line(text, _LONGEST)


def _harmless(text: str) -> str:
    """Return a text that a spreadsheet shows and does not run: an apostrophe stands before it."""
    clean = _clean(text)
    return f"'{clean}" if clean.startswith(_BEGINS_FORMULA) else clean


def _text_cell(sheet: Worksheet, text: str, *, bold: bool = False) -> Cell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, value=text)
    # The library takes a text that begins with "=" for a formula unless it is told otherwise.
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
