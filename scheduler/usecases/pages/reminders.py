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
from scheduler.usecases.outbox.caps import MERGED_CLASSES, wait_for_weekday
from scheduler.usecases.outbox.deliveries import Deliveries
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

    What is gathered on the weekday that the reader chose, comes on that day.
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
    goes_at = _goes_at(session, viewer, rows, duties, holidays_of)
    found = (
        ComingReminder(
            due_at=goes_at.get(id_of(row), row.due_at),
            step=row.step,
            duty=_as_told(duties[row.duty_id], row.step),
        )
        for row in rows
        if row.duty_id in duties
    )
    return tuple(sorted(found, key=lambda one: one.due_at))


def _goes_at(
    session: Session,
    viewer: Viewer,
    rows: Sequence[Outbox],
    duties: Mapping[int, DutySnapshot],
    holidays_of: HolidaysOf,
) -> dict[int, datetime]:
    """Return when the mails go that wait for the reader's weekday; one to several does not."""
    weekday = session.exec(
        select(Person.digest_weekday).where(Person.id == viewer.person_id)
    ).one_or_none()
    if weekday is None:
        return {}
    desks = desks_of(session, {row.position_id for row in rows if row.position_id}, viewer.today)
    deliveries = Deliveries(holidays_of)
    found: dict[int, datetime] = {}
    for row in rows:
        duty = duties.get(row.duty_id) if row.duty_id is not None else None
        if duty is None or row.mail_class not in MERGED_CLASSES:
            continue
        shared = row.position_id is None or len(desks[row.position_id].readers) > 1
        if shared and duty.named_person_id != viewer.person_id:
            continue
        place = session.get_one(Municipality, duty.municipality_id)
        delivery, _numbers = deliveries.of(session, place, now=row.due_at)
        wait = wait_for_weekday(weekday, delivery, row.due_at)
        if wait is not None:
            found[id_of(row)] = min(wait, row.expires_at)
    return found


def _as_told(duty: DutySnapshot, step: str) -> DutySnapshot:
    """Return the duty as its mail names it: the seats are asked for items, not for a notice."""
    return replace(duty, kind=DutyKind.AGENDA) if step == "agenda" else duty
