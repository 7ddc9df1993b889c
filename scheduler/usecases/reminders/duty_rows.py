"""From stored duties to the outbox rows they ask for, without writing any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from scheduler.domain.enums import AttendanceRule, DutyKind
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
from scheduler.store.tables import Duty, Forum, Meeting, Municipality, Seat
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
    def kind(self) -> DutyKind:
        """Return what the mail is about: the seats are asked for items, not for a notice."""
        return DutyKind.AGENDA if self.step.audience is Audience.SEATS else self.duty.kind

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
    seats = _seats(
        session, {forum.id for _, _, forum, _ in rows if forum and not forum.level.is_case}
    )
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
        asked = _asked(duty, meeting, seats[key[1]] if meeting and key[1] else ())
        yield from _of_duty(duty, municipality, meeting, owners[key[0]], asked, *rules[key])


def _of_duty(
    duty: Duty,
    municipality: Municipality,
    meeting: Meeting | None,
    owner_id: int | None,
    asked: tuple[int, ...],
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
        asks_seats=bool(asked),
        meeting_at=_starts_at(meeting, delivery.zone),
        asked_at=duty.changed_at,
    )
    for step in steps_of(facts, settings, delivery):
        to = asked if step.audience is Audience.SEATS else lines[step.audience][:1]
        for position_id in to:
            yield WantedRow(duty, municipality, step, position_id)


def _seats(session: Session, forum_ids: Iterable[int | None]) -> dict[int, list[Seat]]:
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in session.exec(
        select(Seat)
        .where(
            col(Seat.forum_id).in_(forum_ids),
            col(Seat.retired_on).is_(None),
            Seat.attends != AttendanceRule.ON_CALL,
        )
        .order_by(col(Seat.id))
    ):
        seats[seat.forum_id].append(seat)
    return seats


def _asked(duty: Duty, meeting: Meeting | None, seats: Iterable[Seat]) -> tuple[int, ...]:
    """Return the positions to ask for items: those who come, but for whoever sends the notice."""
    if duty.kind is not DutyKind.NOTICE or meeting is None:
        return ()
    coming = [
        seat.position_id
        for seat in seats
        if seat.unit_id in (None, meeting.unit_id)
        and (seat.attends is AttendanceRule.EVERY_MEETING or meeting.monthly_guests)
        and seat.position_id != duty.position_id
    ]
    return tuple(dict.fromkeys(coming))


def _starts_at(meeting: Meeting | None, zone: ZoneInfo) -> datetime | None:
    if meeting is None:
        return None
    return datetime.combine(meeting.held_on, meeting.starts, tzinfo=zone)
