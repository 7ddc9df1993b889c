"""The steps around a meeting's papers: notice, agenda and minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from scheduler.domain.reminders.delivery import Delivery
from scheduler.domain.reminders.duty_facts import DutyFacts
from scheduler.domain.reminders.settings import ReminderSettings
from scheduler.domain.reminders.step import Audience, MailClass, ReminderStep, Tone

__all__ = ["approval_steps", "minutes_steps", "notice_steps"]

# How long after its moment a nag about a paper that is still missing is worth sending.
_STILL_MISSING = timedelta(days=60)
_UNTIL_MEETING_UNKNOWN = timedelta(days=14)


def notice_steps(
    duty: DutyFacts, settings: ReminderSettings, delivery: Delivery
) -> Iterator[ReminderStep]:
    """Yield the steps of a notice: before it is due, on the day, and to the leader when missed.

    Ahead of them the forum's other seats are asked for items, once and without being chased.
    """
    days = delivery.days
    meeting_at = duty.meeting_at or delivery.end_of(duty.due_on) + _UNTIL_MEETING_UNKNOWN
    if duty.asks_seats and settings.agenda_before > 0:
        yield ReminderStep(
            name="agenda",
            tone=Tone.ITEMS,
            audience=Audience.SEATS,
            mail_class=MailClass.NAG,
            due_on=duty.due_on,
            due_at=delivery.notice_morning(days.subtract(duty.due_on, settings.agenda_before)),
            expires_at=delivery.end_of(duty.due_on),
        )
    before_on = days.subtract(duty.due_on, settings.notice_before)
    yield ReminderStep(
        name="before",
        tone=Tone.UPCOMING,
        audience=Audience.RESPONSIBLE,
        mail_class=MailClass.NOTICE,
        due_on=duty.due_on,
        due_at=delivery.notice_morning(before_on),
        expires_at=delivery.end_of(duty.due_on),
    )
    yield ReminderStep(
        name="due",
        tone=Tone.TODAY,
        audience=Audience.RESPONSIBLE,
        mail_class=MailClass.NOTICE,
        due_on=duty.due_on,
        due_at=delivery.notice_morning(duty.due_on),
        expires_at=meeting_at,
    )
    missed_at = delivery.nag_morning(days.add(duty.due_on, settings.notice_missed))
    if duty.has_leader and missed_at < meeting_at:
        yield ReminderStep(
            name="leader",
            tone=Tone.LEADER,
            audience=Audience.LEADER,
            mail_class=MailClass.NAG,
            due_on=duty.due_on,
            due_at=missed_at,
            expires_at=meeting_at,
        )


def minutes_steps(
    duty: DutyFacts, settings: ReminderSettings, delivery: Delivery
) -> Iterator[ReminderStep]:
    """Yield the steps of minutes: before, on the day, after, and then to the leader."""
    days, due_on = delivery.days, duty.due_on
    leader_at = _leader_at(duty, settings, delivery)
    after_at = delivery.nag_morning(days.add(due_on, settings.minutes_after))
    yield _nag("before", Tone.UPCOMING, due_on, days.subtract(due_on, settings.minutes_before),
               delivery, expires_at=delivery.end_of(due_on))  # fmt: skip
    yield _nag("due", Tone.TODAY, due_on, due_on, delivery, expires_at=after_at)
    yield ReminderStep(
        name="after",
        tone=Tone.LATE,
        audience=Audience.RESPONSIBLE,
        mail_class=MailClass.NAG,
        due_on=due_on,
        due_at=after_at,
        expires_at=after_at + _STILL_MISSING,
        leader_on=days.add(due_on, settings.minutes_leader) if leader_at else None,
    )
    if leader_at is not None:
        yield ReminderStep(
            name="leader",
            tone=Tone.LEADER,
            audience=Audience.LEADER,
            mail_class=MailClass.NAG if settings.leader_at_once else MailClass.WEEKLY,
            due_on=due_on,
            due_at=leader_at,
            expires_at=leader_at + _STILL_MISSING,
        )


def approval_steps(
    duty: DutyFacts, settings: ReminderSettings, delivery: Delivery
) -> Iterator[ReminderStep]:
    """Yield the steps of minutes that were sent for comment: the approver is asked, not the writer.

    The writer's clock has stopped; the approver's runs from the day they were sent out.
    """
    if duty.asked_at is None or not duty.has_leader:
        return
    asked_on = delivery.local_date(duty.asked_at)
    for round_number in (1, 2):
        at = delivery.nag_morning(
            delivery.days.add(asked_on, settings.approve_after * round_number)
        )
        yield ReminderStep(
            name=f"approve_{round_number}",
            tone=Tone.APPROVE,
            audience=Audience.LEADER,
            mail_class=MailClass.NAG,
            due_on=asked_on,
            due_at=at,
            expires_at=at + _STILL_MISSING,
        )


def _leader_at(duty: DutyFacts, settings: ReminderSettings, delivery: Delivery) -> datetime | None:
    if not duty.has_leader:
        return None
    at = delivery.nag_morning(delivery.days.add(duty.due_on, settings.minutes_leader))
    if settings.leader_at_once:
        return at
    return delivery.next_weekday(at, settings.digest_weekday)


def _nag(
    name: str, tone: Tone, due_on: date, on: date, delivery: Delivery, *, expires_at: datetime
) -> ReminderStep:
    return ReminderStep(
        name=name,
        tone=tone,
        audience=Audience.RESPONSIBLE,
        mail_class=MailClass.NAG,
        due_on=due_on,
        due_at=delivery.nag_morning(on),
        expires_at=expires_at,
    )
