"""From a cadence to its dates and windows: year ends, week 53, parity, closed days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.cadence import (
    CadenceUnit,
    ClosedDayRule,
    NeedCode,
    NeedsChoice,
    Occurrences,
    ReasonCode,
    occurrences,
    read,
)

CLOSED = frozenset({date(2026, 1, 1), date(2026, 5, 1), date(2026, 12, 24), date(2027, 1, 1)})


def dated(
    phrase: str,
    starts_on: date = date(2026, 1, 1),
    ends_on: date = date(2026, 12, 31),
    anchor_on: date | None = None,
    on_closed: ClosedDayRule = ClosedDayRule.SKIP,
) -> Occurrences:
    return occurrences(
        read(phrase).cadence,
        starts_on=starts_on,
        ends_on=ends_on,
        anchor_on=anchor_on,
        is_closed=CLOSED.__contains__,
        on_closed=on_closed,
    )


def days(found: Occurrences) -> list[date]:
    return [planned.date for planned in found.dates]


def windows(found: Occurrences) -> list[tuple[date, date, int, int]]:
    return [(w.starts_on, w.ends_on, w.count_min, w.count_max) for w in found.windows]


def test_even_weeks_leave_three_weeks_over_a_week_53() -> None:
    found = dated("torsdager i partallsuker", date(2026, 12, 1), date(2027, 1, 31))

    assert days(found) == [date(2026, 12, 10), date(2027, 1, 14), date(2027, 1, 28)]
    assert [(one.date, one.reason.code) for one in found.skipped] == [
        (date(2026, 12, 24), ReasonCode.CLOSED)
    ]


def test_every_other_week_runs_on_over_a_week_53() -> None:
    found = dated(
        "annenhver torsdag", date(2026, 12, 1), date(2027, 1, 31), anchor_on=date(2026, 12, 10)
    )

    assert days(found) == [date(2026, 12, 10), date(2027, 1, 7), date(2027, 1, 21)]


def test_every_other_week_without_an_anchor_asks_for_the_parity() -> None:
    assert dated("annenhver fredag") == Occurrences(
        needs=NeedsChoice(NeedCode.WEEK_PARITY, CadenceUnit.WEEK, 2)
    )


def test_every_third_year_without_an_anchor_asks_when_it_was_last_done() -> None:
    assert dated("hvert tredje år").needs == NeedsChoice(NeedCode.ANCHOR, CadenceUnit.YEAR, 3)


@pytest.mark.parametrize(("year", "due"), [(2026, False), (2027, True), (2028, False)])
def test_every_third_year_falls_in_the_years_its_anchor_says(year: int, due: bool) -> None:
    found = dated(
        "hvert tredje år", date(year, 1, 1), date(year, 12, 31), anchor_on=date(2024, 3, 1)
    )

    assert bool(found.windows) is due


def test_the_first_monday_of_every_month() -> None:
    assert days(dated("første mandag i måneden", ends_on=date(2026, 4, 30))) == [
        date(2026, 1, 5),
        date(2026, 2, 2),
        date(2026, 3, 2),
        date(2026, 4, 6),
    ]


def test_the_last_wednesday_of_every_month() -> None:
    assert days(dated("siste onsdag i måneden", ends_on=date(2026, 3, 31))) == [
        date(2026, 1, 28),
        date(2026, 2, 25),
        date(2026, 3, 25),
    ]


def test_a_month_without_a_fifth_friday_gives_none() -> None:
    assert days(dated("femte fredag i måneden", ends_on=date(2026, 5, 31))) == [
        date(2026, 1, 30),
        date(2026, 5, 29),
    ]


def test_named_months_only() -> None:
    found = dated("første tirsdag i februar, mai, september og november")

    assert days(found) == [
        date(2026, 2, 3),
        date(2026, 5, 5),
        date(2026, 9, 1),
        date(2026, 11, 3),
    ]


@pytest.mark.parametrize(
    ("rule", "moved_to", "code"),
    [
        (ClosedDayRule.EARLIER, date(2026, 4, 30), ReasonCode.MOVED_EARLIER),
        (ClosedDayRule.LATER, date(2026, 5, 4), ReasonCode.MOVED_LATER),
    ],
)
def test_a_closed_day_is_moved_by_the_forums_rule_and_says_why(
    rule: ClosedDayRule, moved_to: date, code: ReasonCode
) -> None:
    found = dated("første fredag i måneden", date(2026, 4, 1), date(2026, 5, 31), on_closed=rule)
    moved = next(planned for planned in found.dates if planned.moved_from is not None)

    assert (moved.date, moved.moved_from) == (moved_to, date(2026, 5, 1))
    assert (moved.reason.code, moved.reason.closed_on) == (code, date(2026, 5, 1))


def test_a_move_never_leaves_the_span() -> None:
    found = dated("1. januar hvert år", on_closed=ClosedDayRule.EARLIER)

    assert days(found) == []
    assert [one.reason.code for one in found.skipped] == [ReasonCode.NO_OPEN_DAY_NEAR]


def test_a_range_gives_a_window_for_each_and_marks_what_may_be_left_out() -> None:
    assert windows(dated("3-4 ganger i året")) == [
        (date(2026, 1, 1), date(2026, 4, 1), 1, 1),
        (date(2026, 4, 2), date(2026, 7, 1), 1, 1),
        (date(2026, 7, 2), date(2026, 9, 30), 1, 1),
        (date(2026, 10, 1), date(2026, 12, 31), 0, 1),
    ]


def test_an_open_maximum_gives_the_minimum() -> None:
    assert len(dated("minst to ganger i året").windows) == 2


def test_a_school_year_is_one_year_and_two_semesters() -> None:
    first, last = date(2026, 8, 1), date(2027, 7, 31)

    assert len(dated("4 ganger i året", first, last).windows) == 4
    assert windows(dated("et møte per semester", first, last)) == [
        (date(2026, 8, 15), date(2026, 12, 23), 1, 1),
        (date(2027, 1, 1), date(2027, 6, 30), 1, 1),
    ]


def test_half_years_are_not_semesters() -> None:
    assert windows(dated("hvert halvår")) == [
        (date(2026, 1, 1), date(2026, 6, 30), 1, 1),
        (date(2026, 7, 1), date(2026, 12, 31), 1, 1),
    ]


def test_different_counts_before_and_after_christmas() -> None:
    found = dated("3 før jul, 4 etter jul")

    assert [w.starts_on.month < 7 for w in found.windows] == [True] * 4 + [False] * 3


def test_tertials_are_four_months() -> None:
    assert [(w.starts_on, w.ends_on) for w in dated("hvert tertial").windows] == [
        (date(2026, 1, 1), date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 8, 31)),
        (date(2026, 9, 1), date(2026, 12, 31)),
    ]


def test_a_month_that_is_excepted_has_no_window() -> None:
    found = dated("månedlig unntatt juli")

    assert [w.starts_on.month for w in found.windows] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]


def test_a_window_over_new_year_is_one_also_with_a_week_53() -> None:
    assert windows(dated("uke 51-2", date(2026, 7, 1), date(2027, 6, 30))) == [
        (date(2026, 12, 14), date(2027, 1, 17), 1, 1)
    ]


def test_week_53_is_in_years_that_have_it_only() -> None:
    assert windows(dated("uke 53")) == [(date(2026, 12, 28), date(2026, 12, 31), 1, 1)]
    assert windows(dated("uke 53", date(2027, 2, 1), date(2027, 12, 31))) == []


def test_a_year_in_the_words_binds_the_window() -> None:
    assert windows(dated("uke 4-7 2025")) == []
    assert windows(dated("uke 4-7 2026")) == [(date(2026, 1, 19), date(2026, 2, 15), 1, 1)]


def test_a_deadline_comes_back_each_year_of_the_span() -> None:
    found = dated("innen 1. mars", date(2026, 1, 1), date(2028, 12, 31))

    assert days(found) == [date(2026, 3, 1), date(2027, 3, 1), date(2028, 3, 1)]


def test_a_leap_day_is_the_last_of_february_in_other_years() -> None:
    found = dated("29. februar hvert år", date(2027, 1, 1), date(2028, 12, 31))

    assert days(found) == [date(2027, 2, 28), date(2028, 2, 29)]


def test_the_15th_of_every_month() -> None:
    assert days(dated("den 15. i hver måned", ends_on=date(2026, 3, 31))) == [
        date(2026, 1, 15),
        date(2026, 2, 15),
        date(2026, 3, 15),
    ]


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("jevnlig", NeedCode.RHYTHM),
        ("på torsdager kl. 16", NeedCode.RHYTHM),
        ("10 dager før møtet", NeedCode.MEETING),
        ("ved revidering", NeedCode.EVENT),
        ("i skoleferier", NeedCode.SCHOOL_HOLIDAYS),
    ],
)
def test_words_that_give_no_date_say_what_is_missing(phrase: str, code: NeedCode) -> None:
    assert dated(phrase) == Occurrences(needs=NeedsChoice(code))


def test_on_demand_needs_nothing_and_gives_nothing() -> None:
    assert dated("ved behov") == Occurrences()


def test_a_span_that_ends_before_it_starts_gives_nothing() -> None:
    assert dated("hver uke", date(2026, 2, 1), date(2026, 1, 1)) == Occurrences()


@given(
    starts_on=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    length=st.integers(0, 800),
    anchor_on=st.dates(date(2015, 1, 1), date(2040, 1, 1)),
    phrase=st.sampled_from(
        [
            "annenhver fredag",
            "hver mandag og onsdag",
            "første tirsdag i måneden",
            "partallsuker",
            "3-4 ganger i året",
            "hvert tredje år",
            "hver 2. måned",
            "innen utgangen av februar",
            "4 før jul, 4 etter jul",
            "uke 51-2",
            "daglig",
            "2 ganger i året, vår og høst",
        ]
    ),
    rule=st.sampled_from(ClosedDayRule),
)
def test_all_days_are_within_the_span_in_order_and_open(
    starts_on: date, length: int, anchor_on: date, phrase: str, rule: ClosedDayRule
) -> None:
    ends_on = starts_on + timedelta(days=length)
    found = dated(phrase, starts_on, ends_on, anchor_on, rule)

    assert all(starts_on <= day <= ends_on and day not in CLOSED for day in days(found))
    assert days(found) == sorted(set(days(found)))
    assert all(starts_on <= w.starts_on <= w.ends_on <= ends_on for w in found.windows)


@given(year=st.integers(2020, 2040), anchor_on=st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_two_years_give_what_each_gives_by_itself(year: int, anchor_on: date) -> None:
    first = dated("annenhver fredag", date(year, 1, 1), date(year, 12, 31), anchor_on)
    second = dated("annenhver fredag", date(year + 1, 1, 1), date(year + 1, 12, 31), anchor_on)
    both = dated("annenhver fredag", date(year, 1, 1), date(year + 1, 12, 31), anchor_on)

    assert [*days(first), *days(second)] == days(both)


def test_a_span_of_days_is_one_window_in_each_year() -> None:
    assert windows(dated("1. mars til 15. april")) == [
        (date(2026, 3, 1), date(2026, 4, 15), 1, 1),
    ]


def test_a_span_of_days_over_new_year_is_cut_to_the_days_asked_for() -> None:
    assert windows(dated("15. november til 10. januar")) == [
        (date(2026, 1, 1), date(2026, 1, 10), 1, 1),
        (date(2026, 11, 15), date(2026, 12, 31), 1, 1),
    ]


def test_a_weekday_within_a_span_of_days_comes_only_in_it() -> None:
    assert days(dated("hver onsdag fra 28. februar til 12. mars")) == [
        date(2026, 3, 4),
        date(2026, 3, 11),
    ]


def test_a_yearly_meeting_in_a_span_of_days_has_that_window() -> None:
    assert windows(dated("hvert år mellom 1. mai og 1. juni")) == [
        (date(2026, 5, 1), date(2026, 6, 1), 1, 1),
    ]
