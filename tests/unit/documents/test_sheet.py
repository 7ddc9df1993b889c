"""Lists as people make them in a spreadsheet."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from scheduler.documents.sheet import SheetError, SheetProblem, SheetRow, read_sheet


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_file_is_read_as_excel_and_others_write_it(separator: str, encoding: str) -> None:
    text = separator.join(("navn", "e-post")) + "\r\n" + separator.join(("Åse Bø", "a@f.example"))
    assert read_sheet(text.encode(encoding)) == (
        ("navn", "e-post"),
        (SheetRow(2, {"navn": "Åse Bø", "e-post": "a@f.example", "": ""}),),
    )


def test_a_quoted_cell_may_hold_the_separator() -> None:
    _, rows = read_sheet(b'name,title\n"Bakke, Kari","Leder, oppvekst"\n')
    assert rows == (SheetRow(2, {"name": "Bakke, Kari", "title": "Leder, oppvekst", "": ""}),)


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    _, rows = read_sheet(b"\nname\n\nKari\n;;\nOla\n")
    assert [(row.number, row.cells["name"]) for row in rows] == [(4, "Kari"), (6, "Ola")]


def test_text_outside_the_headings_is_kept_to_be_reported() -> None:
    _, rows = read_sheet(b"name;email\nKari;k@f.example;hemmelig\n")
    assert rows[0].cells[""] == "hemmelig"


def test_dates_and_numbers_of_a_workbook_become_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["navn", "fra", "til", "nr"])
    # A workbook knows no zones, so its instants have none.
    opened = datetime(2027, 3, 9)  # noqa: DTZ001 - see above.
    sheet.append(["Åse", opened, date(2027, 6, 1), 4.0])
    packed = io.BytesIO()
    book.save(packed)
    assert read_sheet(packed.getvalue()) == (
        ("navn", "fra", "til", "nr"),
        (
            SheetRow(
                2, {"navn": "Åse", "fra": "2027-03-09", "til": "2027-06-01", "nr": "4", "": ""}
            ),
        ),
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", SheetProblem.EMPTY),
        (b"\n;;\n", SheetProblem.EMPTY),
        (b"PK\x03\x04 no workbook", SheetProblem.NOT_A_SHEET),
        (b"\x00\x01\x02", SheetProblem.NOT_A_SHEET),
        (b'name\n"never closed', SheetProblem.NOT_A_SHEET),
        (b"name\n" + b"Kari\n" * 5_001, SheetProblem.TOO_LARGE),
        (b"x" * 5_000_001, SheetProblem.TOO_LARGE),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, problem: SheetProblem) -> None:
    with pytest.raises(SheetError) as refused:
        read_sheet(data)
    assert refused.value.problem is problem


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    with pytest.raises(SheetError) as refused:
        read_sheet(packed.getvalue())
    assert refused.value.problem is SheetProblem.TOO_LARGE
