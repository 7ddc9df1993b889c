"""Pasted dates of the council's meetings: which year they mean."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.usecases.administration.council_dates import days_in

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
