"""The periods that year plans cover."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.enums import PeriodKind
from scheduler.domain.periods import Period, PeriodError, month_after, period_of, read_period


def test_a_bare_year_is_january_to_december() -> None:
    assert read_period("2027") == Period("2027", date(2027, 1, 1), date(2027, 12, 31))


def test_two_years_are_a_school_year_from_august_to_july() -> None:
    assert read_period(" 2027/28 ") == Period("2027/28", date(2027, 8, 1), date(2028, 7, 31))
    assert read_period("2099/00").ends_on == date(2100, 7, 31)


@pytest.mark.parametrize("text", ["", "27", "2027/29", "2027-28", "2027/2028", "1999", "to"])
def test_anything_else_is_refused_with_what_was_written(text: str) -> None:
    with pytest.raises(PeriodError) as refused:
        read_period(text)
    assert refused.value.text == text


@pytest.mark.parametrize(
    ("day", "kind", "label"),
    [
        (date(2027, 7, 31), PeriodKind.SCHOOL_YEAR, "2026/27"),
        (date(2027, 8, 1), PeriodKind.SCHOOL_YEAR, "2027/28"),
        (date(2027, 12, 31), PeriodKind.CALENDAR_YEAR, "2027"),
    ],
)
def test_a_day_falls_in_one_period_of_each_kind(day: date, kind: PeriodKind, label: str) -> None:
    period = period_of(day, kind)
    assert period.label == label
    assert period.moved(1).moved(-1) == period
    assert period.starts_on <= day <= period.ends_on


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2027, 1, 31), date(2027, 2, 1)),
        (date(2027, 2, 1), date(2027, 3, 1)),
        (date(2027, 12, 31), date(2028, 1, 1)),
    ],
)
def test_the_month_after_begins_on_its_first_day(day: date, first: date) -> None:
    assert month_after(day) == first
