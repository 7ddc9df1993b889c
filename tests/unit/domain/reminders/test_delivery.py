"""At which instant mail may reach a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.reminders import Delivery
from scheduler.domain.workdays import WorkingDays

OSLO = ZoneInfo("Europe/Oslo")
DELIVERY = Delivery(WorkingDays(frozenset({date(2027, 3, 25), date(2027, 3, 26)})), OSLO)


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


def test_the_morning_is_local_in_winter_and_in_summer() -> None:
    assert DELIVERY.nag_morning(date(2027, 2, 5)) == datetime(2027, 2, 5, 7, 0, tzinfo=UTC)
    assert DELIVERY.nag_morning(date(2027, 6, 4)) == datetime(2027, 6, 4, 6, 0, tzinfo=UTC)


def test_a_notice_moves_to_before_and_a_nag_to_after_a_weekend() -> None:
    saturday = date(2027, 2, 6)
    assert DELIVERY.notice_morning(saturday) == oslo("2027-02-05T08:00")
    assert DELIVERY.nag_morning(saturday) == oslo("2027-02-08T08:00")


def test_a_nag_rests_in_july_and_a_notice_does_not() -> None:
    assert DELIVERY.nag_morning(date(2027, 7, 8)) == oslo("2027-08-02T08:00")
    assert DELIVERY.notice_morning(date(2027, 7, 8)) == oslo("2027-07-08T08:00")


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2027-02-05T06:59", "2027-02-05T07:00"),
        ("2027-02-05T07:00", "2027-02-05T07:00"),
        ("2027-02-05T16:59", "2027-02-05T16:59"),
        ("2027-02-05T17:00", "2027-02-08T07:00"),
        ("2027-02-07T12:00", "2027-02-08T07:00"),
        ("2027-03-24T18:00", "2027-03-29T07:00"),
    ],
)
def test_delivery_is_open_from_seven_to_five_on_working_days(at: str, opens: str) -> None:
    assert DELIVERY.next_open(oslo(at)) == oslo(opens)


def test_the_next_weekday_may_be_today_until_the_morning_has_passed() -> None:
    monday = 0
    assert DELIVERY.next_weekday(oslo("2027-02-08T08:00"), monday) == oslo("2027-02-08T08:00")
    assert DELIVERY.next_weekday(oslo("2027-02-08T08:01"), monday) == oslo("2027-02-15T08:00")
    # 22 March is in the week before Easter, when nags rest.
    assert DELIVERY.next_weekday(oslo("2027-03-16T09:00"), monday) == oslo("2027-03-29T08:00")


def test_every_morning_of_eleven_years_is_on_its_own_day() -> None:
    first = date(2026, 1, 1)
    for number in range(11 * 366):
        day = first + timedelta(days=number)
        at = DELIVERY.morning_of(day)
        assert f"{at.astimezone(OSLO):%Y-%m-%d %H:%M}" == f"{day} 08:00"
