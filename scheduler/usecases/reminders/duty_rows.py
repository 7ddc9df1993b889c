"""From stored duties to the outbox rows they ask for, without writing any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from scheduler.domain.reminders import (
    Audience,
    Delivery,
    DutyFacts,
    ReminderSettings,
    ReminderStep,
    reminder_settings,
    steps_of,
)
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Meeting, Municipality
from scheduler.usecases.reminders.calendar import delivery_of
from scheduler.usecases.reminders.recipients import line_of, owner_of
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["WantedRow", "dedup_key", "wanted_rows"]


@dataclass(frozen=True, slots=True)
class WantedRow:
    """One mail that a duty asks for, and the position it is addressed to for now."""

    duty: Duty
    municipality: Municipality
    step: ReminderStep
    position_id: int

    @property
    def dedup_key(self) -> str:
        """Return the key that no two mails share."""
        return dedup_key(self.municipality, self.duty, self.position_id, self.step.key)


def dedup_key(municipality: Municipality, duty: Duty, position_id: int, step: str) -> str:
    """Return municipality, kind, duty, position and step in one."""
    return f"{municipality.slug}:{duty.kind}:{duty.id}:{position_id}:{step}"


def wanted_rows(
    session: Session, duty_ids: Sequence[int], *, holidays_of: HolidaysOf
) -> Iterator[WantedRow]:
    """Yield every mail that the duties ask for as they stand, past ones included.

    A duty that the plan gives to nobody asks for none: that is a question for a person.
    """
    rows = session.exec(
        select(Duty, Municipality, Forum, Meeting)
        .join(Municipality, col(Municipality.id) == col(Duty.municipality_id))
        .outerjoin(Forum, col(Forum.id) == col(Duty.forum_id))
        .outerjoin(Meeting, col(Meeting.id) == col(Duty.meeting_id))
        .where(col(Duty.id).in_(duty_ids), col(Duty.position_id).is_not(None))
        .order_by(col(Duty.id))
    ).all()
    years = {duty.due_on.year for duty, *_ in rows}
    rules: dict[tuple[int, int | None], tuple[ReminderSettings, Delivery]] = {}
    owners: dict[int, int | None] = {}
    for duty, municipality, forum, meeting in rows:
        key = (id_of(municipality), forum.id if forum else None)
        if key not in rules:
            settings = reminder_settings(municipality.choices, forum.slug if forum else None)
            delivery = delivery_of(
                session, municipality, settings, years=years, holidays_of=holidays_of
            )
            rules[key] = (settings, delivery)
        if key[0] not in owners:
            owners[key[0]] = owner_of(session, key[0])
        yield from _of_duty(duty, municipality, meeting, owners[key[0]], *rules[key])


def _of_duty(
    duty: Duty,
    municipality: Municipality,
    meeting: Meeting | None,
    owner_id: int | None,
    settings: ReminderSettings,
    delivery: Delivery,
) -> Iterator[WantedRow]:
    lines = {audience: line_of(duty, audience, owner_id) for audience in Audience}
    facts = DutyFacts(
        kind=duty.kind,
        state=duty.state,
        due_on=duty.due_on,
        has_leader=bool(lines[Audience.LEADER]),
        has_owner=bool(lines[Audience.OWNER]),
        meeting_at=_starts_at(meeting, delivery.zone),
        asked_at=duty.changed_at,
    )
    for step in steps_of(facts, settings, delivery):
        yield WantedRow(duty, municipality, step, lines[step.audience][0])


def _starts_at(meeting: Meeting | None, zone: ZoneInfo) -> datetime | None:
    if meeting is None:
        return None
    return datetime.combine(meeting.held_on, meeting.starts, tzinfo=zone)
