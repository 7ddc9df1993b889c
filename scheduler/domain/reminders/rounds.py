"""The steps of what comes once a year or rarer: reviews, reports, revision, surveys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.domain.enums import DutyKind
from scheduler.domain.reminders.delivery import Delivery
from scheduler.domain.reminders.duty_facts import DutyFacts
from scheduler.domain.reminders.settings import ReminderSettings
from scheduler.domain.reminders.step import Audience, MailClass, ReminderStep, Tone

__all__ = ["review_steps", "round_steps"]

_STILL_MISSING = timedelta(days=60)
_WEEK = timedelta(days=7)
_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """Calendar days before the deadline on which to remind, and how long to go on after it."""

    days_before: tuple[int, ...]
    late_weeks: int
    owner_months: int


_RHYTHMS = {
    DutyKind.COUNCIL_REPORT: _Rhythm((56, 28, 7), late_weeks=4, owner_months=3),
    DutyKind.REVISION: _Rhythm((180, 90, 30), late_weeks=4, owner_months=6),
    DutyKind.SURVEY: _Rhythm((28, 7), late_weeks=2, owner_months=1),
    DutyKind.EVALUATION: _Rhythm((14,), late_weeks=3, owner_months=2),
    DutyKind.FOLLOW_UP: _Rhythm((14,), late_weeks=3, owner_months=2),
    DutyKind.FORUM_ITEM: _Rhythm((14,), late_weeks=0, owner_months=0),
    DutyKind.AGENDA: _Rhythm((7,), late_weeks=0, owner_months=0),
}


def review_steps(
    duty: DutyFacts, settings: ReminderSettings, delivery: Delivery
) -> Iterator[ReminderStep]:
    """Yield the steps of a review: start, half-way, a week before, the day, then week by week.

    The plan's owner hears once a month while it is missing.
    """
    length = settings.review_calendar_days
    yield _step("start", Tone.START, duty, length, delivery)
    yield _step("half_way", Tone.UPCOMING, duty, length // 2, delivery)
    yield _step("week_before", Tone.UPCOMING, duty, 7, delivery)
    yield _step("due", Tone.TODAY, duty, 0, delivery)
    rhythm = _Rhythm((), settings.review_late_weeks, settings.owner_late_months)
    yield from _late(duty, rhythm, delivery)


def round_steps(duty: DutyFacts, delivery: Delivery) -> Iterator[ReminderStep]:
    """Yield the steps of any other duty that has no meeting's papers."""
    rhythm = _RHYTHMS[duty.kind]
    for days_before in rhythm.days_before:
        yield _step(f"before_{days_before}", Tone.UPCOMING, duty, days_before, delivery)
    yield _step("due", Tone.TODAY, duty, 0, delivery)
    yield from _late(duty, rhythm, delivery)


def _late(duty: DutyFacts, rhythm: _Rhythm, delivery: Delivery) -> Iterator[ReminderStep]:
    for week in range(1, rhythm.late_weeks + 1):
        at = delivery.nag_morning(duty.due_on + week * _WEEK)
        yield _late_step(f"week_{week}", Tone.LATE, Audience.RESPONSIBLE, duty.due_on, at)
    if not duty.has_owner:
        return
    for month in range(1, rhythm.owner_months + 1):
        at = delivery.nag_morning(duty.due_on + month * _MONTH)
        yield _late_step(f"owner_{month}", Tone.LEADER, Audience.OWNER, duty.due_on, at)


def _step(
    name: str, tone: Tone, duty: DutyFacts, days_before: int, delivery: Delivery
) -> ReminderStep:
    on = duty.due_on - timedelta(days=days_before)
    return ReminderStep(
        name=name,
        tone=tone,
        audience=Audience.RESPONSIBLE,
        mail_class=MailClass.NAG,
        due_on=duty.due_on,
        due_at=delivery.nag_morning(on),
        expires_at=delivery.end_of(delivery.days.on_or_after(duty.due_on)),
    )


def _late_step(
    name: str, tone: Tone, audience: Audience, due_on: date, at: datetime
) -> ReminderStep:
    return ReminderStep(
        name=name,
        tone=tone,
        audience=audience,
        mail_class=MailClass.NAG,
        due_on=due_on,
        due_at=at,
        expires_at=at + _STILL_MISSING,
    )
