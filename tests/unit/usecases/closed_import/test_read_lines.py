"""School calendars as people publish them: tables, lists, weeks, and the mistakes in them."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from scheduler.domain.enums import ClosedKind
from scheduler.usecases.closed_import import Doubt, read_file, read_pasted


@pytest.mark.parametrize(
    ("line", "name", "first", "last"),
    [
        ("Høstferie\t28.09.2026 - 02.10.2026", "Høstferie", (2026, 9, 28), (2026, 10, 2)),
        ("Vinterferie | uke 8", "Vinterferie", (2027, 2, 22), (2027, 2, 26)),
        (
            "Vinterferie: mandag 22. - fredag 26. februar",
            "Vinterferie",
            (2027, 2, 22),
            (2027, 2, 26),
        ),
        ("Planleggingsdag 16. november", "Planleggingsdag", (2026, 11, 16), (2026, 11, 16)),
        ("Påskeferie 22. mars – 30. mars 2027", "Påskeferie", (2027, 3, 22), (2027, 3, 30)),
        ("Juleferie frå 21. desember til 3. januar", "Juleferie", (2026, 12, 21), (2027, 1, 3)),
        (
            "Haustferie veke 40 (28. september - 2. oktober)",
            "Haustferie",
            (2026, 9, 28),
            (2026, 10, 2),
        ),
        ("Sommerferie 21.06.27 tom 15.08.27", "Sommerferie", (2027, 6, 21), (2027, 8, 15)),
        ("2027-02-22;2027-02-26;Vinterferie", "Vinterferie", (2027, 2, 22), (2027, 2, 26)),
        ("Skulefri, elevane 7/5", "Skulefri, elevane", (2027, 5, 7), (2027, 5, 7)),
    ],
)
def test_a_line_gives_its_name_and_its_days(
    line: str, name: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    table = read_pasted(line, school_year=2026)
    assert [(one.name, one.starts_on, one.ends_on, one.doubts) for one in table.found] == [
        (name, date(*first), date(*last), ())
    ]


@pytest.mark.parametrize(
    ("line", "doubts"),
    [
        ("Vinterferie måndag 19.-fredag 23. februar", (Doubt.WRONG_WEEKDAY,)),
        ("Vinterferie 26.02.2027 - 22.02.2027", (Doubt.ENDS_BEFORE_START,)),
        ("Fri 01.01.2027 - 01.06.2027", (Doubt.VERY_LONG,)),
        ("Elevfri 20.02.2027 - 21.02.2027", (Doubt.ONLY_WEEKEND,)),
        ("Skjærtorsdag 25. mars", (Doubt.PUBLIC_HOLIDAY,)),
        ("Første skoledag 13.08.2026", (Doubt.SCHOOL_DAY,)),
    ],
)
def test_what_is_doubtful_is_said(line: str, doubts: tuple[Doubt, ...]) -> None:
    table = read_pasted(line, school_year=2026)
    assert [one.doubts for one in table.found] == [doubts]


def test_lines_without_a_day_are_handed_back_and_empty_ones_are_not() -> None:
    table = read_pasted("Skoleruta 2026/27\n\n  \nVel møtt!", school_year=2026)
    assert table.found == ()
    assert table.not_understood == ("Skoleruta 2026/27", "Vel møtt!")


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert read_pasted("Fri 31.02.2027", school_year=2026).found == ()


def test_the_kind_is_guessed_by_the_name() -> None:
    table = read_pasted(
        "Fellesferie uke 28-30\nInneklemt dag 7. mai\nVinterferie uke 8", school_year=2026
    )
    assert [one.kind for one in table.found] == [
        ClosedKind.JOINT_LEAVE,
        ClosedKind.BRIDGE_DAY,
        ClosedKind.SCHOOL_BREAK,
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_sheet_with_headings_gives_its_rows(separator: str) -> None:
    rows = [("Ferie", "Fra", "Til"), ("Høstferie", "28.09.2026", "02.10.2026")]
    data = "\n".join(separator.join(row) for row in rows).encode()
    table = read_file(data, school_year=2026)
    assert [(one.name, one.starts_on, one.ends_on) for one in table.found] == [
        ("Høstferie", date(2026, 9, 28), date(2026, 10, 2))
    ]
    assert table.not_understood == ("Ferie Fra Til",)


def test_a_workbook_is_read_with_its_dates_as_dates() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ferie", "Første dag", "Siste dag"])
    sheet.append(["Høstferie", date(2026, 9, 28), date(2026, 10, 2)])
    packed = io.BytesIO()
    book.save(packed)
    table = read_file(packed.getvalue(), school_year=2026)
    assert [(one.name, one.starts_on, one.ends_on, one.doubts) for one in table.found] == [
        ("Høstferie", date(2026, 9, 28), date(2026, 10, 2), ())
    ]
