"""Rules of recurrence against an independent reader of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calendars.recurrence import Effort, UnsupportedRuleError, occurrences, parse_rule

OSLO = ZoneInfo("Europe/Oslo")
FIRST = datetime(2026, 1, 1)  # noqa: DTZ001 - rules run in civil time, here and below.
LAST = datetime(2029, 12, 31)  # noqa: DTZ001


def ours(rule: str, starts: datetime) -> list[datetime]:
    return list(
        occurrences(
            parse_rule(rule), starts, zone=OSLO, after=FIRST, until=LAST, effort=Effort(10_000_000)
        )
    )


def theirs(rule: str, starts: datetime) -> list[datetime]:
    return rrulestr(rule, dtstart=starts).between(FIRST, LAST, inc=True)


def days(found: list[datetime]) -> list[str]:
    return [f"{moment:%Y-%m-%d}" for moment in found]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["2027-01-11", "2027-01-12", "2027-01-13"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", ["2027-01-11", "2027-01-25", "2027-02-08"]),
        ("FREQ=WEEKLY;BYDAY=FR,MO;COUNT=3", ["2027-01-11", "2027-01-15", "2027-01-18"]),
        ("FREQ=MONTHLY;BYDAY=2MO;COUNT=3", ["2027-01-11", "2027-02-08", "2027-03-08"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ["2027-01-11", "2027-01-29", "2027-02-26"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["2027-01-11", "2027-01-31", "2027-02-28"]),
        ("FREQ=YEARLY;COUNT=3", ["2027-01-11", "2028-01-11", "2029-01-11"]),
        ("FREQ=DAILY;UNTIL=20270113", ["2027-01-11", "2027-01-12", "2027-01-13"]),
        ("FREQ=DAILY;UNTIL=20270113T080000Z", ["2027-01-11", "2027-01-12", "2027-01-13"]),
        ("FREQ=DAILY;UNTIL=20270113T075959Z", ["2027-01-11", "2027-01-12"]),
        ("FREQ=DAILY;UNTIL=20270113T090000", ["2027-01-11", "2027-01-12", "2027-01-13"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
            ["2027-01-11", "2027-01-29", "2027-02-26"],
        ),
    ],
)
def test_a_rule_gives_its_days(rule: str, expected: list[str]) -> None:
    starts = datetime(2027, 1, 11, 9)  # noqa: DTZ001

    assert days(ours(rule, starts)) == expected


def test_a_day_that_a_month_lacks_is_skipped() -> None:
    starts = datetime(2027, 1, 31, 9)  # noqa: DTZ001

    assert days(ours("FREQ=MONTHLY;COUNT=3", starts)) == ["2027-01-31", "2027-03-31", "2027-05-31"]


def test_a_rule_that_never_comes_again_ends() -> None:
    starts = datetime(2027, 1, 11, 9)  # noqa: DTZ001

    assert days(ours("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", starts)) == ["2027-01-11"]


def test_a_rule_that_goes_past_the_last_year_ends() -> None:
    starts = datetime(2027, 1, 11, 9)  # noqa: DTZ001

    assert days(ours("FREQ=YEARLY;INTERVAL=9000", starts)) == ["2027-01-11"]


@pytest.mark.parametrize(
    "rule", ["FREQ=HOURLY", "FREQ=SECONDLY", "FREQ=YEARLY;BYWEEKNO=1", "FREQ=DAILY;BYHOUR=9"]
)
def test_what_is_left_to_calendar_programs_is_said(rule: str) -> None:
    with pytest.raises(UnsupportedRuleError):
        parse_rule(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=",
        "COUNT=3",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;WKST=MO,SU",
        "FREQ=DAILY;COUNT=3,4",
        "FREQ=DAILY,WEEKLY",
        "FREQ=DAILY;UNTIL=20270101,20280101",
        "FREQ=DAILY;UNTIL=120000",
        "FREQ=DAILY;UNTIL=PT1H",
        "FREQ=DAILY;UNTIL=20270101T000000Z/PT1H",
    ],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - icalendar words some of these.
        parse_rule(rule)


def test_a_rule_that_says_the_same_again_and_again_asks_for_no_more_work() -> None:
    often = "FREQ=YEARLY;BYDAY=53MO,1TU,53MO,53MO;BYSETPOS=1,-1,1,1"

    assert parse_rule(often) == parse_rule("FREQ=YEARLY;BYDAY=1TU,53MO;BYSETPOS=-1,1")


def test_a_rule_longer_than_anyone_writes_is_refused_unread() -> None:
    with pytest.raises(ValueError, match="FREQ=YEARLY"):
        parse_rule("FREQ=YEARLY;BYDAY=" + ",".join(["53MO"] * 16_000))


# Past all that is looked at, and near enough to keep dateutil from looking on to the year 9999.
BEYOND = "UNTIL=20301231T235959"
WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
ORDINALS = st.sampled_from(["1", "2", "5", "-1", "-2"])


def listed(values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(
        lambda found: ",".join(str(value) for value in found)
    )


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(listed(st.integers(1, 12)))}")
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(listed(st.sampled_from([1, 2, 15, 28, 29, 31, -1, -3])))}")
    if draw(st.booleans()):
        # The standard allows ordinals in these two only.
        # With and without in one list is where dateutil takes its own way.
        with_ordinals = frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans())
        ordinal = ORDINALS if with_ordinals else st.just("")
        parts.append(f"BYDAY={draw(listed(st.tuples(ordinal, WEEKDAYS).map(''.join)))}")
    if len(parts) > 2 and frequency != "DAILY" and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(listed(st.sampled_from([1, 2, -1])))}")
    if frequency == "WEEKLY" and draw(st.booleans()):
        parts.append("WKST=SU")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    else:
        parts.append(draw(st.sampled_from(["UNTIL=20280601T120000", BEYOND])))
    return ";".join(parts)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rule=rules(), shift=st.integers(0, 2500))
def test_any_plain_rule_gives_the_days_that_dateutil_gives(rule: str, shift: int) -> None:
    near = datetime(2022, 1, 1, 9) + timedelta(days=shift)  # noqa: DTZ001
    # What a rule means whose own start it does not give, the standard leaves open.
    endless = ";".join(part for part in rule.split(";") if part[:5] not in {"COUNT", "UNTIL"})
    starts = rrulestr(f"{endless};{BEYOND}", dtstart=near).after(near, inc=True)
    assume(starts is not None and starts < datetime(2028, 6, 1))  # noqa: DTZ001
    assume(rrulestr(f"{endless};{BEYOND}", dtstart=starts).after(starts, inc=True) == starts)

    assert ours(rule, starts) == theirs(rule, starts)
