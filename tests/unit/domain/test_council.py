"""When a report to the council must be delivered, and at which meeting it is treated."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.council import CouncilDay, ReportDay, meetings_of_body, report_days
from scheduler.domain.periods import Period, read_period
from scheduler.domain.workdays import WorkingDays
from scheduler.public_holidays import public_holidays

YEAR = read_period("2027")
YEARLY = date(2027, 11, 1)
DAYS = WorkingDays(frozenset(day for year in range(2026, 2029) for day in public_holidays(year)))
FEBRUARY, JUNE, OCTOBER, NOVEMBER, DECEMBER = (
    CouncilDay(date(2027, month, day), "kommunestyret")
    for month, day in ((2, 18), (6, 17), (10, 28), (11, 11), (12, 17))
)
ALL = (FEBRUARY, JUNE, OCTOBER, NOVEMBER, DECEMBER)


def found(
    *rounds: date,
    council: tuple[CouncilDay, ...] = ALL,
    own: bool = False,
    paper_days: int = 20,
    period: Period = YEAR,
) -> list[tuple[date, date | None]]:
    days = report_days(
        rounds, council, has_own_day=own, paper_days=paper_days, days=DAYS, period=period
    )
    assert [one.round_on for one in days] == list(rounds)
    return [(one.due_on, one.treated.held_on if one.treated else None) for one in days]


def test_the_yearly_day_leads_to_the_first_meeting_whose_deadline_is_not_before_it() -> None:
    # Twenty working days before 11 November are 14 October, before the yearly day.
    assert found(YEARLY) == [(date(2027, 11, 19), date(2027, 12, 17))]


def test_a_deadline_on_the_yearly_day_itself_is_early_enough() -> None:
    assert found(date(2027, 11, 19)) == [(date(2027, 11, 19), date(2027, 12, 17))]
    assert found(date(2027, 11, 20)) == [(date(2027, 11, 19), date(2027, 12, 17))]


def test_where_no_deadline_is_late_enough_the_last_meeting_after_the_day_treats_the_report() -> (
    None
):
    assert found(YEARLY, council=(JUNE, OCTOBER, NOVEMBER)) == [
        (date(2027, 10, 14), date(2027, 11, 11))
    ]


def test_dates_of_the_spring_alone_do_not_pull_the_report_forward() -> None:
    assert found(YEARLY, council=(FEBRUARY, JUNE)) == [(YEARLY, None)]


def test_a_day_of_its_own_leads_to_the_last_meeting_on_or_before_it() -> None:
    assert found(date(2027, 10, 28), own=True) == [(date(2027, 9, 30), date(2027, 10, 28))]
    assert found(date(2027, 10, 27), own=True) == [(date(2027, 5, 20), date(2027, 6, 17))]


def test_a_day_of_its_own_before_every_meeting_leads_to_the_first_after_it() -> None:
    assert found(date(2027, 1, 20), own=True) == [(date(2027, 1, 21), date(2027, 2, 18))]


def test_a_meeting_whose_deadline_was_last_year_treats_nothing() -> None:
    january = CouncilDay(date(2027, 1, 14), "kommunestyret")
    assert found(date(2027, 1, 31), council=(january, JUNE), own=True) == [
        (date(2027, 5, 20), date(2027, 6, 17))
    ]
    assert found(YEARLY, council=(january,)) == [(YEARLY, None)]


@pytest.mark.parametrize("council", [(), (CouncilDay(date(2028, 2, 17), "kommunestyret"),)])
def test_without_a_meeting_in_the_year_the_report_is_due_on_its_own_day(
    council: tuple[CouncilDay, ...],
) -> None:
    assert found(YEARLY, council=council) == [(YEARLY, None)]


def test_one_meeting_treats_one_round() -> None:
    halves = (date(2027, 6, 30), date(2027, 12, 31))
    assert found(*halves, own=True) == [
        (date(2027, 5, 20), date(2027, 6, 17)),
        (date(2027, 11, 19), date(2027, 12, 17)),
    ]
    assert found(*halves, own=True, council=(JUNE,)) == [
        (date(2027, 5, 20), date(2027, 6, 17)),
        (date(2027, 12, 31), None),
    ]


def test_no_paper_days_let_the_case_be_delivered_at_the_meeting() -> None:
    assert found(YEARLY, paper_days=0) == [(date(2027, 11, 11), date(2027, 11, 11))]


def test_a_school_year_takes_the_meetings_of_its_own_months() -> None:
    assert found(YEARLY, period=read_period("2027/28"), council=(JUNE, DECEMBER)) == [
        (date(2027, 11, 19), date(2027, 12, 17))
    ]


@pytest.mark.parametrize(
    ("reports_to", "body", "is_same"),
    [
        ("Kommunestyret", "kommunestyret", True),
        ("Kommunestyret", "Kommunestyre", True),
        (None, "kommunestyret", True),
        ("Bystyret", "bystyret", True),
        ("Kommunestyret", "formannskapet", False),
        (None, "Bystyret", False),
        ("Kommunestyret", " ", False),
    ],
)
def test_the_meetings_are_those_of_the_body_that_the_report_goes_to(
    reports_to: str | None, body: str, is_same: bool
) -> None:
    meeting = CouncilDay(date(2027, 6, 17), body)
    assert meetings_of_body([meeting], reports_to) == ([meeting] if is_same else [])


def test_a_report_day_without_a_meeting_keeps_its_round() -> None:
    assert report_days((YEARLY,), (), has_own_day=False, paper_days=20, days=DAYS, period=YEAR) == (
        ReportDay(YEARLY, YEARLY),
    )
