"""Begins, ends and interrupts a person's time in a position. Nothing is ever removed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, or_, select

from scheduler.domain.enums import HolderKind
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Holder, Leave, Position
from scheduler.usecases.people.administered import administers, is_administered
from scheduler.usecases.people.errors import HoldingError, HoldingRefusal
from scheduler.usecases.people.person import NewPerson, find_or_make_person
from scheduler.usecases.people.welcome import queue_welcome

__all__ = ["add_holder", "end_holding", "end_span", "refuse_without_administrator", "set_leave"]


def add_holder(
    session: Session,
    position_id: int,
    person: NewPerson,
    *,
    kind: HolderKind,
    from_on: date,
    until_on: date | None = None,
    now: datetime,
    actor_id: int | None,
) -> int:
    """Put a person into a position from one day to another, both included; return the holding.

    Raises:
        HoldingError: there is no such position, the days are in the wrong order, or the person
            is in the position in the same way on one of the days.
    """
    position = session.get(Position, position_id)
    if position is None:
        raise HoldingError(HoldingRefusal.NO_SUCH_POSITION)
    if until_on is not None and until_on < from_on:
        raise HoldingError(HoldingRefusal.ENDS_BEFORE_IT_BEGINS)
    person_id = id_of(find_or_make_person(session, person, now=now))
    if _is_there(session, position_id, person_id, kind, from_on, until_on):
        raise HoldingError(HoldingRefusal.ALREADY_HOLDS)
    holder = Holder(
        position_id=position_id,
        person_id=person_id,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
    )
    session.add(holder)
    session.flush()
    queue_welcome(session, holder, position.municipality_id, now=now)
    _log(session, position, "holder.added", holder, None, now, actor_id)
    return id_of(holder)


def end_holding(
    session: Session, holder_id: int, *, last_day: date, now: datetime, actor_id: int | None
) -> None:
    """End a person's time in a position with `last_day`; the row is kept as history.

    A holding that has not begun by then ends before it begins, and is never anybody's.

    Raises:
        HoldingError: there is no such holding, or nobody could administer the municipality after.
    """
    _holder, position = _holding(session, holder_id)
    end_span(session, holder_id, last_day=last_day, now=now, actor_id=actor_id)
    refuse_without_administrator(session, position, last_day + timedelta(days=1))


def refuse_without_administrator(session: Session, position: Position, first_day: date) -> None:
    """Refuse a change of an administrator's position that leaves nobody to administer.

    Raises:
        HoldingError: nobody could on `first_day`.
    """
    session.flush()
    if administers(session, id_of(position)) and not is_administered(
        session, position.municipality_id, first_day
    ):
        raise HoldingError(HoldingRefusal.LAST_ADMINISTRATOR)


def end_span(
    session: Session, holder_id: int, *, last_day: date, now: datetime, actor_id: int | None
) -> None:
    """End a person's time in a position; who administers is for the caller to look at.

    Raises:
        HoldingError: there is no such holding.
    """
    holder, position = _holding(session, holder_id)
    before = _span(holder)
    holder.until_on = max(last_day, holder.from_on - timedelta(days=1))
    session.add(holder)
    _log(session, position, "holder.ended", holder, before, now, actor_id)


def set_leave(
    session: Session,
    holder_id: int,
    *,
    starts_on: date,
    ends_on: date,
    now: datetime,
    actor_id: int | None,
) -> int:
    """Note that a holder is away, both days included, so that the deputy stands in.

    Why is never written (privacy rule 5). Leave that touches what is noted already becomes one.

    Raises:
        HoldingError: no such holding, days in the wrong order, or outside the holding.
    """
    holder, position = _holding(session, holder_id)
    if ends_on < starts_on:
        raise HoldingError(HoldingRefusal.ENDS_BEFORE_IT_BEGINS)
    if starts_on < holder.from_on or (holder.until_on is not None and ends_on > holder.until_on):
        raise HoldingError(HoldingRefusal.OUTSIDE_THE_HOLDING)
    a_day = timedelta(days=1)
    touching = session.exec(
        select(Leave)
        .where(
            Leave.holder_id == holder_id,
            Leave.starts_on <= ends_on + a_day,
            Leave.ends_on >= starts_on - a_day,
        )
        .order_by(col(Leave.starts_on), col(Leave.id))
    ).all()
    leave = (
        touching[0]
        if touching
        else Leave(holder_id=holder_id, starts_on=starts_on, ends_on=ends_on)
    )
    leave.starts_on = min(starts_on, leave.starts_on)
    leave.ends_on = max(ends_on, *(each.ends_on for each in touching), leave.ends_on)
    for other in touching[1:]:
        session.delete(other)
    session.add(leave)
    session.flush()
    days = {"starts_on": leave.starts_on.isoformat(), "ends_on": leave.ends_on.isoformat()}
    session.add(
        AuditEvent(
            at=now,
            municipality_id=position.municipality_id,
            person_id=actor_id,
            action="holder.leave",
            entity="holder",
            entity_id=holder_id,
            after=days,
        )
    )
    return id_of(leave)


def _holding(session: Session, holder_id: int) -> tuple[Holder, Position]:
    holder = session.get(Holder, holder_id)
    if holder is None:
        raise HoldingError(HoldingRefusal.NO_SUCH_HOLDING)
    return holder, session.get_one(Position, holder.position_id)


def _is_there(
    session: Session,
    position_id: int,
    person_id: int,
    kind: HolderKind,
    from_on: date,
    until_on: date | None,
) -> bool:
    where = [
        col(Holder.position_id) == position_id,
        col(Holder.person_id) == person_id,
        col(Holder.kind) == kind,
        or_(col(Holder.until_on).is_(None), col(Holder.until_on) >= from_on),
    ]
    if until_on is not None:
        where.append(col(Holder.from_on) <= until_on)
    return session.exec(select(Holder.id).where(*where)).first() is not None


def _span(holder: Holder) -> dict[str, Any]:
    return {
        "position_id": holder.position_id,
        "person_id": holder.person_id,
        "kind": holder.kind.value,
        "from_on": holder.from_on.isoformat(),
        "until_on": holder.until_on.isoformat() if holder.until_on else None,
    }


def _log(
    session: Session,
    position: Position,
    action: str,
    holder: Holder,
    before: dict[str, Any] | None,
    now: datetime,
    actor_id: int | None,
) -> None:
    session.add(
        AuditEvent(
            at=now,
            municipality_id=position.municipality_id,
            person_id=actor_id,
            action=action,
            entity="holder",
            entity_id=id_of(holder),
            before=before,
            after=_span(holder),
        )
    )
