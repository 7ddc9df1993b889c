"""Working days, and which of them deadlines count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.workdays import DateSpan, NoWorkingDayError, WorkingDays, easter_sunday

HOLIDAYS_2027 = frozenset(
    {
        date(2027, 1, 1),
        date(2027, 3, 25),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 6),
        date(2027, 5, 17),
    }
)
DAYS = WorkingDays(HOLIDAYS_2027)


@pytest.mark.parametrize(
    ("day", "working", "counted"),
    [
        (date(2027, 2, 5), True, True),  # Friday
        (date(2027, 2, 6), False, False),  # Saturday
        (date(2027, 2, 7), False, False),  # Sunday
        (date(2027, 5, 17), False, False),  # public holiday
        (date(2026, 12, 24), False, False),  # Thursday, Christmas Eve
        (date(2026, 12, 31), False, False),  # Thursday, New Year's Eve
        (date(2026, 12, 28), True, False),  # between Christmas and New Year
        (date(2027, 3, 22), True, False),  # Monday before Easter
        (date(2027, 3, 24), True, False),  # Wednesday before Easter
        (date(2027, 3, 19), True, True),  # the Friday before that
        (date(2027, 3, 30), True, True),  # Tuesday after Easter
        (date(2027, 7, 1), True, False),  # joint leave
        (date(2027, 7, 30), True, False),
        (date(2027, 8, 2), True, True),
    ],
)
def test_each_kind_of_day(day: date, *, working: bool, counted: bool) -> None:
    assert (DAYS.is_working(day), DAYS.counts(day)) == (working, counted)


def test_the_municipality_sets_its_own_joint_leave_for_a_year() -> None:
    days = WorkingDays(HOLIDAYS_2027, joint_leave=(DateSpan(date(2027, 7, 12), date(2027, 7, 30)),))
    assert days.counts(date(2027, 7, 9))
    assert not days.counts(date(2027, 7, 12))
    assert not days.counts(date(2028, 7, 3))


def test_the_municipality_has_days_off_of_its_own() -> None:
    days = WorkingDays(HOLIDAYS_2027, days_off=(DateSpan(date(2027, 5, 7), date(2027, 5, 7)),))
    assert days.add(date(2027, 5, 5), 1) == date(2027, 5, 10)


def test_counting_passes_over_easter() -> None:
    assert DAYS.add(date(2027, 3, 18), 2) == date(2027, 3, 30)
    assert DAYS.subtract(date(2027, 3, 30), 1) == date(2027, 3, 19)


def test_counting_passes_over_christmas_and_new_year() -> None:
    days = WorkingDays(HOLIDAYS_2027 | {date(2026, 12, 25), date(2026, 12, 26)})
    assert days.add(date(2026, 12, 23), 1) == date(2027, 1, 4)


def test_none_is_the_day_itself_or_the_nearest_that_counts() -> None:
    assert DAYS.add(date(2027, 2, 5), 0) == date(2027, 2, 5)
    assert DAYS.add(date(2027, 2, 6), 0) == date(2027, 2, 8)
    assert DAYS.subtract(date(2027, 2, 6), 0) == date(2027, 2, 5)


@given(
    st.dates(date(2026, 1, 1), date(2040, 12, 31)),
    st.integers(min_value=1, max_value=40),
)
def test_forth_and_back_is_the_same_day_when_it_counts(day: date, count: int) -> None:
    start = DAYS.on_or_after(day)
    end = DAYS.add(start, count)
    assert DAYS.counts(end)
    assert DAYS.between(start, end) == count
    assert DAYS.subtract(end, count) == start


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2028, date(2028, 4, 16)),
        (2029, date(2029, 4, 1)),
        (2030, date(2030, 4, 21)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_where_the_almanac_has_it(year: int, easter: date) -> None:
    assert easter_sunday(year) == easter


@pytest.mark.parametrize("days", [300, 900, 5_000])
def test_a_long_closure_only_moves_the_working_day_to_its_end(days: int) -> None:
    first = date(2020, 1, 1)
    closed = WorkingDays(frozenset(), days_off=(DateSpan(first, first + timedelta(days=days)),))
    inside = date(2020, 6, 1)
    after = closed.on_or_after(inside)
    before = closed.on_or_before(inside)
    assert (before, closed.working_on_or_before(inside)) == (date(2019, 12, 26), date(2019, 12, 30))
    # Days that rest (July) and weekends may follow, and no more than that.
    assert timedelta(0) < after - (first + timedelta(days=days)) < timedelta(days=35)
    assert closed.counts(after)


def test_a_weekend_within_joint_leave_is_followed_by_the_next_monday_at_work() -> None:
    leave = WorkingDays(frozenset(), joint_leave=(DateSpan(date(2027, 7, 12), date(2027, 7, 30)),))
    assert leave.working_on_or_after(date(2027, 7, 17)) == date(2027, 7, 19)
    assert leave.on_or_after(date(2027, 7, 17)) == date(2027, 8, 2)


@pytest.mark.parametrize("search", ["on_or_after", "working_on_or_after"])
def test_a_municipality_that_never_opens_again_is_an_error_that_says_from_when(
    search: str,
) -> None:
    closed = WorkingDays(frozenset(), days_off=(DateSpan(date(2020, 1, 1), date.max),))
    with pytest.raises(NoWorkingDayError) as caught:
        getattr(closed, search)(date(2020, 6, 1))
    assert caught.value.day == date(2020, 6, 1)
