"""The mails that wait for a reader's positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind
from scheduler.domain.reminders import OutboxState
from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Municipality, Outbox, Person
from scheduler.usecases.outbox.deliveries import Deliveries
from scheduler.usecases.outbox.going import goes_at
from scheduler.usecases.reminders.holders import desks_of
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.visibility import Selection, visible_duties
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["ComingReminder", "coming_reminders"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingReminder:
    """A mail that is to come about a duty."""

    due_at: datetime
    step: str
    duty: DutySnapshot


def coming_reminders(
    session: Session, viewer: Viewer, *, limit: int, holidays_of: HolidaysOf
) -> tuple[ComingReminder, ...]:
    """Return the next mails about duties to the reader's positions, the soonest first.

    What is gathered on the weekday that the reader chose, or waits for the end of a quiet period,
    comes on that day; what is past its use by then is left out.
    """
    rows = session.exec(
        select(Outbox)
        .join(Duty, col(Duty.id) == Outbox.duty_id)
        .where(
            Outbox.state == OutboxState.SCHEDULED,
            col(Outbox.position_id).in_(viewer.position_ids),
        )
        .order_by(col(Outbox.due_at), col(Outbox.id))
        .limit(limit)
    ).all()
    ids = frozenset(row.duty_id for row in rows if row.duty_id is not None)
    duties = {duty.id: duty for duty in visible_duties(session, viewer, Selection(duty_ids=ids))}
    waits = _waits(session, viewer, rows, duties, holidays_of)
    found = (
        ComingReminder(
            due_at=at,
            step=row.step,
            duty=_as_told(duties[row.duty_id], row.step),
        )
        for row in rows
        if row.duty_id in duties
        for at in (waits.get(id_of(row), row.due_at),)
        if at is not None
    )
    return tuple(sorted(found, key=lambda one: one.due_at))


def _waits(
    session: Session,
    viewer: Viewer,
    rows: Sequence[Outbox],
    duties: Mapping[int, DutySnapshot],
    holidays_of: HolidaysOf,
) -> dict[int, datetime | None]:
    """Return when the mails go that wait for the reader's own days; one to several does not."""
    person = session.get(Person, viewer.person_id) if viewer.person_id is not None else None
    if person is None or (person.digest_weekday is None and person.quiet_until is None):
        return {}
    desks = desks_of(session, {row.position_id for row in rows if row.position_id}, viewer.today)
    deliveries = Deliveries(holidays_of)
    found: dict[int, datetime | None] = {}
    for row in rows:
        duty = duties.get(row.duty_id) if row.duty_id is not None else None
        if duty is None or row.position_id is None:
            continue
        readers = desks[row.position_id].readers
        own = tuple(reader for reader in readers if reader.person_id == viewer.person_id)
        if len(readers) > 1 and duty.named_person_id != viewer.person_id:
            continue
        place = session.get_one(Municipality, duty.municipality_id)
        found[id_of(row)] = goes_at(session, row, place, own, deliveries)
    return found


def _as_told(duty: DutySnapshot, step: str) -> DutySnapshot:
    """Return the duty as its mail names it: the seats are asked for items, not for a notice."""
    return replace(duty, kind=DutyKind.AGENDA) if step == "agenda" else duty
