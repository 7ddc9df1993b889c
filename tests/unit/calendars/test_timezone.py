"""The constant zone of every feed, against the zone database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone

from calendars.timezone import TZID, VTIMEZONE


def test_the_zone_agrees_with_the_zone_database_around_twenty_changes_and_between_them() -> None:
    written = Timezone.from_ical(VTIMEZONE).to_tz(lookup_tzid=False)
    known = ZoneInfo(TZID)
    around = [
        datetime(year, month, 24, tzinfo=UTC) + timedelta(hours=hour)
        for year in range(2025, 2035)
        for month in (3, 10)
        for hour in range(8 * 24)
    ]
    between = [
        datetime(year, month, 1, 12, tzinfo=UTC)
        for year in range(2025, 2035)
        for month in range(1, 13)
    ]

    different = [
        moment
        for moment in around + between
        if moment.astimezone(written).replace(tzinfo=None)
        != moment.astimezone(known).replace(tzinfo=None)
    ]

    assert different == []


def test_the_zone_has_rules_and_no_lists_of_days() -> None:
    names = [line.partition(b":")[0] for line in VTIMEZONE.split(b"\r\n")]

    assert (names.count(b"RRULE"), names.count(b"RDATE")) == (2, 0)
    assert VTIMEZONE.endswith(b"END:VTIMEZONE\r\n")
