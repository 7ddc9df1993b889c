"""What will be sent, when, to whom and why: the outbox as a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.reminders import Audience, OutboxState
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Meeting, Municipality, Outbox, Person, Position
from scheduler.usecases.outbox.deliveries import Deliveries
from scheduler.usecases.outbox.going import goes_at
from scheduler.usecases.reminders.holders import Reader, desks_of
from scheduler.usecases.reminders.recipients import Recipients, is_shared, recipients_of
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["Expected", "forecast"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One mail of the outbox; `recipient` is who would get it today, or who got it.

    `due_at` is the promise, `goes_at` when it went or goes: later where its reader gathers nags on
    one weekday or has a quiet period, and None where it does not go.
    """

    due_at: datetime
    goes_at: datetime | None
    kind: str
    step: str
    state: str
    position: str | None
    recipient: str | None
    forum: str | None
    meeting: date | None

    @property
    def waits(self) -> bool:
        """Tell whether it is still in line."""
        return self.state == OutboxState.SCHEDULED

    def as_json(self) -> dict[str, Any]:
        """Return the row as `aarshjul reminders --json` prints it."""
        return {
            "due_at": self.due_at.isoformat(),
            "goes_at": self.goes_at.isoformat() if self.goes_at else None,
            "kind": self.kind,
            "position": self.position,
            "recipient": self.recipient,
            "forum": self.forum,
            "meeting": self.meeting.isoformat() if self.meeting else None,
            "step": self.step,
            "state": self.state,
        }


def forecast(
    session: Session,
    municipality: Municipality,
    *,
    from_at: datetime,
    until_at: datetime,
    today: date,
    holidays_of: HolidaysOf,
) -> tuple[Expected, ...]:
    """Return every mail due from `from_at` and before `until_at`, sent and cancelled ones too.

    Log-in links are never shown.
    """
    rows = session.exec(
        select(Outbox, Duty)
        .outerjoin(Duty, col(Duty.id) == col(Outbox.duty_id))
        .where(
            Outbox.municipality_id == id_of(municipality),
            Outbox.due_at >= from_at,
            Outbox.due_at < until_at,
            Outbox.kind != "login",
        )
        .order_by(col(Outbox.due_at), col(Outbox.id))
    ).all()
    own = id_of(municipality)
    positions = session.exec(select(Position).where(Position.municipality_id == own)).all()
    forums = session.exec(select(Forum).where(Forum.municipality_id == own)).all()
    meeting_ids = {outbox.meeting_id for outbox, _duty in rows}
    meetings = session.exec(select(Meeting).where(col(Meeting.id).in_(meeting_ids))).all()
    position_slugs = {row.id: row.slug for row in positions}
    known = {row.id: row for row in forums}
    held = {row.id: row for row in meetings}
    deliveries = Deliveries(holidays_of)
    return tuple(
        Expected(
            due_at=outbox.due_at,
            goes_at=goes_at(session, outbox, municipality, readers, deliveries),
            kind=outbox.kind,
            step=outbox.step,
            state=outbox.state,
            position=position_slugs.get(outbox.position_id),
            recipient=outbox.recipient or told,
            forum=forum.slug if forum else None,
            meeting=meeting.held_on if meeting else None,
        )
        for outbox, duty in rows
        for meeting in (held.get(outbox.meeting_id),)
        for forum in (_forum(known, duty, meeting),)
        for readers, told in (_today(session, outbox, duty, forum, today),)
    )


def _forum(
    known: Mapping[int | None, Forum], duty: Duty | None, meeting: Meeting | None
) -> Forum | None:
    about = duty or meeting
    return known.get(about.forum_id) if about else None


def _today(
    session: Session, outbox: Outbox, duty: Duty | None, forum: Forum | None, today: date
) -> tuple[tuple[Reader, ...], str | None]:
    """Return whom the mail would go to today; of a case-level forum no delegate hears.

    A mail that has a person already, as the news of a year, waits for nobody's weekday.
    """
    if outbox.person_id is not None:
        return (), session.get_one(Person, outbox.person_id).email
    audience = Audience(outbox.function) if outbox.function else None
    readers: tuple[Reader, ...] = ()
    delegates: tuple[Reader, ...] = ()
    if duty is not None and audience not in (None, Audience.SEATS):
        found = _of_duty(session, duty, audience or Audience.RESPONSIBLE, outbox.step, today)
        if found is not None:
            readers, delegates = found.readers, found.delegates
    elif outbox.position_id is not None:
        desk = desks_of(session, [outbox.position_id], today)[outbox.position_id]
        readers, delegates = desk.readers, desk.delegates
    told = readers if forum is not None and forum.level.is_case else readers + delegates
    return readers, ", ".join(reader.email for reader in told) or None


def _of_duty(
    session: Session, duty: Duty, audience: Audience, step: str, today: date
) -> Recipients | None:
    tells_on = audience is not Audience.RESPONSIBLE and not step.startswith("approve")
    if tells_on and is_shared(session, duty, on=today):
        return None
    return recipients_of(session, duty, audience, on=today)
