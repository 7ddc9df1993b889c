"""The last step of a round: closed, called off, or over when the year is out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import DateRoundState
from scheduler.store.guarded import guarded_update
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    DateRound,
    DateRoundAnswer,
    DateRoundPerson,
    YearPlan,
)
from scheduler.usecases.date_rounds.errors import (
    RoundStateError,
)
from scheduler.usecases.date_rounds.mails import (
    withdraw,
)
from scheduler.usecases.date_rounds.standing import is_open
from scheduler.usecases.date_rounds.steps import note_round, rounds_of

__all__ = ["cancel_round", "close_due_round", "close_round", "end_rounds"]

_LIVE = (DateRoundState.OPEN, DateRoundState.CLOSED)


def close_round(session: Session, found: DateRound, *, now: datetime, actor_id: int | None) -> None:
    """Take no more answers; those that have come count in what is planned from now on.

    Raises:
        RoundStateError: the round is not open.
    """
    if not is_open(found, today_of(now)):
        raise RoundStateError
    _end(session, found, DateRoundState.CLOSED, "round.close", now, actor_id)


def close_due_round(session: Session, found: DateRound, *, now: datetime) -> bool:
    """Close a round whose last day has passed; tell whether it was this that closed it."""
    if found.state is not DateRoundState.OPEN or is_open(found, today_of(now)):
        return False
    return _take(session, found, DateRoundState.CLOSED, "round.close", now, None)


def cancel_round(
    session: Session, found: DateRound, *, now: datetime, actor_id: int | None
) -> None:
    """Call the round off: its answers are forgotten, and its mails that wait are not sent.

    Earlier rounds of the year whose answers still count go with it.

    Raises:
        RoundStateError: it has been called off already, or the year is published.
    """
    if found.state not in _LIVE:
        raise RoundStateError
    year_plan = session.get_one(YearPlan, found.year_plan_id)
    _end_all(session, year_plan, DateRoundState.CANCELLED, "round.cancel", now, actor_id)


def end_rounds(
    session: Session, year_plan: YearPlan, *, now: datetime, actor_id: int | None
) -> int:
    """End every round of a year that is published, and forget the answers; return how many."""
    return _end_all(session, year_plan, DateRoundState.OVER, "round.over", now, actor_id)


def _end_all(
    session: Session,
    year_plan: YearPlan,
    to: DateRoundState,
    action: str,
    now: datetime,
    actor_id: int | None,
) -> int:
    live = [one for one in rounds_of(session, year_plan) if one.state in _LIVE]
    for one in live:
        _end(session, one, to, action, now, actor_id)
    _forget(session, [id_of(one) for one in live])
    return len(live)


def _end(
    session: Session,
    found: DateRound,
    to: DateRoundState,
    action: str,
    now: datetime,
    actor_id: int | None,
) -> None:
    if not _take(session, found, to, action, now, actor_id):
        raise RoundStateError
    withdraw(session, found, now=now, why=action)


def _take(
    session: Session,
    found: DateRound,
    to: DateRoundState,
    action: str,
    now: datetime,
    actor_id: int | None,
) -> bool:
    taken = guarded_update(
        session,
        DateRound,
        col(DateRound.id) == found.id,
        col(DateRound.state) == found.state,
        state=to,
        ended_at=now,
    )
    if taken:
        session.refresh(found)
        note_round(session, found, action, now, actor_id, {"state": to.value})
    return taken


def _forget(session: Session, round_ids: list[int]) -> None:
    """Keep no answer longer than it is of use, nor who gave one (privacy rule 5)."""
    if not round_ids:
        return
    asked = select(DateRoundPerson.id).where(col(DateRoundPerson.round_id).in_(round_ids))
    connection = session.connection()
    connection.execute(delete(DateRoundAnswer).where(col(DateRoundAnswer.asked_id).in_(asked)))
    connection.execute(
        update(DateRoundPerson)
        .where(col(DateRoundPerson.round_id).in_(round_ids))
        .values(answered_at=None, reminded_at=None)
    )
    session.expire_all()
