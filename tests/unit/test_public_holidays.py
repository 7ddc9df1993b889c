"""Norwegian public holidays as the planner sees them."""

from __future__ import annotations

from datetime import date

from scheduler.public_holidays import public_holidays


def test_two_holidays_on_one_day_keep_both_names() -> None:
    assert set(public_holidays(2027)[date(2027, 5, 17)]) == {
        "Grunnlovsdag",
        "Andre pinsedag",
    }


def test_the_weekday_holidays_of_2027_are_the_six_that_move_meetings() -> None:
    weekdays = [day for day in public_holidays(2027) if day.weekday() < 5]
    assert weekdays == [
        date(2027, 1, 1),
        date(2027, 3, 25),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 6),
        date(2027, 5, 17),
    ]
