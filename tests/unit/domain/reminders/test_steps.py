"""From a duty to its reminders."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.enums import DutyKind, DutyState
from scheduler.domain.reminders import (
    Audience,
    Delivery,
    DutyFacts,
    MailClass,
    ReminderSettings,
    ReminderStep,
    ResendPolicy,
    Tone,
    steps_of,
)
from scheduler.domain.workdays import WorkingDays

OSLO = ZoneInfo("Europe/Oslo")
DELIVERY = Delivery(
    WorkingDays(frozenset({date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29)})), OSLO
)


def steps(kind: DutyKind, due_on: date, **fields: Any) -> tuple[ReminderStep, ...]:
    settings = ReminderSettings(**fields.pop("settings", {}))
    facts: dict[str, Any] = {
        "kind": kind,
        "state": DutyState.OPEN,
        "due_on": due_on,
        "has_leader": True,
        "has_owner": True,
        **fields,
    }
    return steps_of(DutyFacts(**facts), settings, DELIVERY)


def plan(found: tuple[ReminderStep, ...]) -> list[tuple[str, str, str]]:
    return [
        (step.name, f"{step.due_at.astimezone(OSLO):%Y-%m-%d %H:%M}", step.audience.value)
        for step in found
    ]


def test_minutes_are_asked_for_before_on_and_after_the_day_and_then_the_leader() -> None:
    assert plan(steps(DutyKind.MINUTES, date(2027, 2, 9))) == [
        ("before", "2027-02-05 08:00", "responsible"),
        ("due", "2027-02-09 08:00", "responsible"),
        ("after", "2027-02-11 08:00", "responsible"),
        ("leader", "2027-02-22 08:00", "leader"),
    ]


def test_the_leader_hears_on_the_day_where_the_municipality_says_so() -> None:
    found = steps(DutyKind.MINUTES, date(2027, 2, 9), settings={"leader_at_once": True})
    assert plan(found)[-1] == ("leader", "2027-02-16 08:00", "leader")
    assert found[-1].mail_class is MailClass.NAG


def test_the_late_mail_knows_the_day_on_which_the_leader_hears() -> None:
    found = {step.name: step for step in steps(DutyKind.MINUTES, date(2027, 2, 9))}
    assert found["after"].leader_on == date(2027, 2, 16)
    assert (found["after"].tone, found["leader"].mail_class) == (Tone.LATE, MailClass.WEEKLY)


def test_nobody_is_threatened_with_a_leader_who_is_not_there() -> None:
    found = steps(DutyKind.MINUTES, date(2027, 2, 9), has_leader=False)
    assert [step.name for step in found] == ["before", "due", "after"]
    assert found[-1].leader_on is None


def test_a_notice_is_asked_for_before_and_on_the_day_and_the_leader_hears_when_missed() -> None:
    meeting_at = datetime(2027, 3, 9, 9, 0, tzinfo=OSLO)
    found = steps(DutyKind.NOTICE, date(2027, 2, 26), meeting_at=meeting_at)
    assert plan(found) == [
        ("before", "2027-02-24 08:00", "responsible"),
        ("due", "2027-02-26 08:00", "responsible"),
        ("leader", "2027-03-01 08:00", "leader"),
    ]
    assert [step.resend for step in found] == [
        ResendPolicy.ONCE,
        ResendPolicy.ONCE,
        ResendPolicy.HOLD,
    ]
    assert [step.expires_at for step in found][1:] == [meeting_at, meeting_at]


def test_no_leader_hears_of_a_missed_notice_after_the_meeting() -> None:
    meeting_at = datetime(2027, 3, 1, 7, 30, tzinfo=OSLO)
    found = steps(DutyKind.NOTICE, date(2027, 2, 26), meeting_at=meeting_at)
    assert [step.name for step in found] == ["before", "due"]


def test_a_review_is_asked_for_from_its_start_and_then_week_by_week_and_month_by_month() -> None:
    found = plan(
        steps(
            DutyKind.PLAN_REVIEW,
            date(2027, 6, 1),
            settings={"review_late_weeks": 3, "owner_late_months": 2},
        )
    )
    assert found == [
        ("start", "2027-04-06 08:00", "responsible"),
        ("half_way", "2027-05-04 08:00", "responsible"),
        ("week_before", "2027-05-25 08:00", "responsible"),
        ("due", "2027-06-01 08:00", "responsible"),
        ("week_1", "2027-06-08 08:00", "responsible"),
        ("week_2", "2027-06-15 08:00", "responsible"),
        ("week_3", "2027-06-22 08:00", "responsible"),
        # A month later is in the joint leave, so the first day after it.
        ("owner_1", "2027-08-02 08:00", "owner"),
        ("owner_2", "2027-08-02 08:00", "owner"),
    ]


@pytest.mark.parametrize(
    "kind",
    [
        DutyKind.COUNCIL_REPORT,
        DutyKind.REVISION,
        DutyKind.SURVEY,
        DutyKind.EVALUATION,
        DutyKind.FOLLOW_UP,
        DutyKind.FORUM_ITEM,
        DutyKind.AGENDA,
    ],
)
def test_every_other_duty_is_asked_for_before_and_on_its_day(kind: DutyKind) -> None:
    found = steps(kind, date(2027, 10, 1))
    before = [step for step in found if step.due_at < DELIVERY.morning_of(date(2027, 10, 1))]
    assert before
    assert all(step.audience is Audience.RESPONSIBLE for step in before)
    assert [step.name for step in found if step.tone is Tone.TODAY] == ["due"]


@pytest.mark.parametrize("state", [DutyState.DONE, DutyState.NOT_APPLICABLE, DutyState.CANCELLED])
def test_a_duty_that_is_finished_asks_for_nothing(state: DutyState) -> None:
    assert steps(DutyKind.MINUTES, date(2027, 2, 9), state=state) == ()


def test_minutes_out_for_comment_stop_the_writers_clock_and_start_the_approvers() -> None:
    found = steps(
        DutyKind.MINUTES,
        date(2027, 2, 9),
        state=DutyState.IN_REVIEW,
        asked_at=datetime(2027, 2, 8, 12, 0, tzinfo=OSLO),
    )
    assert plan(found) == [
        ("approve_1", "2027-02-10 08:00", "leader"),
        ("approve_2", "2027-02-12 08:00", "leader"),
    ]


def test_no_two_steps_of_a_duty_share_a_key_and_another_deadline_is_another_key() -> None:
    for kind in DutyKind:
        keys = [step.key for step in steps(kind, date(2027, 10, 1))]
        assert len(set(keys)) == len(keys)
        assert not set(keys) & {step.key for step in steps(kind, date(2027, 10, 4))}


def test_every_step_is_of_use_for_some_time() -> None:
    for kind in DutyKind:
        assert all(step.due_at < step.expires_at for step in steps(kind, date(2027, 10, 1)))


def test_the_other_seats_are_asked_for_items_five_days_before_the_notice_is_due() -> None:
    found = steps(DutyKind.NOTICE, date(2027, 2, 11), asks_seats=True)
    assert plan(found)[0] == ("agenda", "2027-02-04 08:00", "seats")
    assert (found[0].tone, found[0].mail_class) == (Tone.ITEMS, MailClass.NAG)
    alone = plan(steps(DutyKind.NOTICE, date(2027, 2, 11)))
    assert plan(found)[1:] == alone
    none = {"asks_seats": True, "settings": {"agenda_before": 0}}
    assert plan(steps(DutyKind.NOTICE, date(2027, 2, 11), **none)) == alone
