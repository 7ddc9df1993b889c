"""When the papers of a meeting are due."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain.duties import minutes_due_on, notice_due_on, paper_due_on
from scheduler.domain.enums import DutyKind
from scheduler.domain.workdays import WorkingDays

DAYS = WorkingDays(frozenset({date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29)}))


def test_the_notice_is_due_calendar_days_before_the_meeting() -> None:
    assert notice_due_on(date(2027, 3, 19), 10, DAYS) == date(2027, 3, 9)


def test_a_notice_that_would_be_due_on_a_day_off_is_due_before_it() -> None:
    # Ten days before is Easter Monday; the days before Easter do not count either.
    assert notice_due_on(date(2027, 4, 8), 10, DAYS) == date(2027, 3, 19)


def test_the_minutes_are_due_working_days_after_the_meeting() -> None:
    assert minutes_due_on(date(2027, 3, 9), 5, DAYS) == date(2027, 3, 16)


def test_easter_gives_the_secretary_more_time() -> None:
    assert minutes_due_on(date(2027, 3, 18), 5, DAYS) == date(2027, 4, 2)


@pytest.mark.parametrize(
    ("kind", "due_on"),
    [
        (DutyKind.NOTICE, date(2027, 2, 26)),
        (DutyKind.MINUTES, date(2027, 3, 16)),
        (DutyKind.AGENDA, date(2027, 3, 9)),
        (DutyKind.FORUM_ITEM, date(2027, 3, 9)),
    ],
)
def test_each_paper_of_a_meeting_has_its_own_day(kind: DutyKind, due_on: date) -> None:
    found = paper_due_on(kind, date(2027, 3, 9), notice_days=10, minutes_days=5, days=DAYS)
    assert found == due_on
