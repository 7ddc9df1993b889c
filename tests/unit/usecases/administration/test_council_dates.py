"""Pasted dates of the council's meetings: which year they mean."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.usecases.administration.council_dates import BadLine, LineFault, days_in

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15. september", date(2027, 9, 15)),
        ("onsdag 15. september", date(2027, 9, 15)),
        ("15.9", date(2027, 9, 15)),
        ("21. november", date(2027, 11, 21)),
        ("22. november", TODAY),
        ("23. november", date(2026, 11, 23)),
        ("9. februar", date(2027, 2, 9)),
        ("15. september 2026", date(2026, 9, 15)),
    ],
)
def test_a_date_without_a_year_is_the_next_such_day_all_the_year_round(
    text: str, day: date
) -> None:
    assert days_in(text, TODAY) == ((day,), ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31. februar 2027", LineFault.NO_SUCH_DAY),
        ("31.2", LineFault.NO_SUCH_DAY),
        ("2027-02-31", LineFault.NO_SUCH_DAY),
        ("17.13.2027", LineFault.NO_SUCH_DAY),
        ("kl. 10.30", LineFault.NO_DATE),
        ("etter påske", LineFault.NO_DATE),
    ],
)
def test_a_day_that_no_calendar_has_is_told_from_a_line_without_a_date(
    text: str, fault: LineFault
) -> None:
    assert days_in(text, TODAY) == ((), (BadLine(1, fault),))
