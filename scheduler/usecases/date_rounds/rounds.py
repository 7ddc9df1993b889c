"""The steps of a round: sent, reminded of, closed, called off, and over when the year is out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import DateRoundState, MeetingState, SetBy
from scheduler.domain.periods import Period
from scheduler.store.guarded import guarded_update
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    DateRound,
    DateRoundAnswer,
    DateRoundDate,
    DateRoundPerson,
    Forum,
    Meeting,
    Municipality,
    YearPlan,
)
from scheduler.usecases.date_rounds.asked import who_is_asked
from scheduler.usecases.date_rounds.errors import (
    AlreadyOpenError,
    NobodyToAskError,
    RoundDayError,
    RoundStateError,
)
from scheduler.usecases.date_rounds.mails import (
    ASK,
    REMIND,
    queue_closing,
    queue_questions,
    withdraw,
)
from scheduler.usecases.date_rounds.standing import dates_of, is_open
from scheduler.usecases.year.year_plans import known_year_plan

__all__ = [
    "SentRound",
    "cancel_round",
    "close_due_round",
    "close_round",
    "end_rounds",
    "open_round",
    "remind_of_round",
    "set_standing_dates",
]

_LIVE = (DateRoundState.OPEN, DateRoundState.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRound:
    """How many dates and people a round asks, and the positions that nobody answers for."""

    id: int
    dates: int
    people: int
    unmanned: tuple[str, ...]


def open_round(
    session: Session,
    municipality: Municipality,
    period: Period,
    *,
    closes_on: date,
    now: datetime,
    actor_id: int | None,
) -> SentRound:
    """Ask everyone with a seat about the proposed dates after its last day, one mail a person.

    Dates that others set are not asked about. All in the caller's transaction.

    Raises:
        NothingToPublishError: nothing has been planned.
        AlreadyOpenError: the year has an open round.
        RoundDayError: the last day is not after today.
        NobodyToAskError: there is no date to ask about, or nobody to ask.
    """
    today = today_of(now)
    year_plan = known_year_plan(session, id_of(municipality), period)
    # Locked, so that two planners cannot each send a round.
    session.exec(select(YearPlan).where(YearPlan.id == year_plan.id).with_for_update()).one()
    if any(is_open(one, today) for one in _rounds(session, year_plan)):
        raise AlreadyOpenError
    if closes_on <= today:
        raise RoundDayError
    proposed = _proposed(session, year_plan, closes_on)
    if not proposed:
        raise NobodyToAskError
    found = DateRound(
        municipality_id=id_of(municipality),
        year_plan_id=id_of(year_plan),
        opened_at=now,
        opened_by=actor_id,
        closes_on=closes_on,
    )
    session.add(found)
    session.flush()
    for meeting in proposed:
        session.add(_date(found, meeting))
    session.flush()
    asked = who_is_asked(session, dates_of(session, [id_of(found)]), today=today)
    people = {one.person_id for one in asked if one.person_id is not None}
    if not people:
        raise NobodyToAskError
    _add_people(session, found, people)
    queue_questions(session, found, people, ASK, now=now)
    queue_closing(session, found, now=now)
    _note(
        session,
        found,
        "round.open",
        now,
        actor_id,
        {"dates": len(proposed), "people": len(people), "closes_on": closes_on.isoformat()},
    )
    return SentRound(
        id=id_of(found),
        dates=len(proposed),
        people=len(people),
        # Who sits in a forum for its members alone is not said (privacy rule 4).
        unmanned=tuple(
            sorted({one.title for one in asked if one.person_id is None and not one.is_case})
        ),
    )


def remind_of_round(
    session: Session, found: DateRound, *, now: datetime, actor_id: int | None
) -> int:
    """Send one reminder to each who has not answered and got none yet; return how many.

    Whoever has got a seat since the round was sent is asked by it too.

    Raises:
        RoundStateError: the round is not open.
    """
    today = today_of(now)
    # Locked, so that two planners do not remind of the same, nor remind of what the other ends.
    session.refresh(found, with_for_update=True)
    if not is_open(found, today):
        raise RoundStateError
    asked = who_is_asked(session, dates_of(session, [id_of(found)]), today=today)
    people = {one.person_id for one in asked if one.person_id is not None}
    known = session.exec(
        select(DateRoundPerson).where(DateRoundPerson.round_id == id_of(found))
    ).all()
    _add_people(session, found, people - {one.person_id for one in known})
    waiting = session.exec(
        select(DateRoundPerson).where(
            DateRoundPerson.round_id == id_of(found),
            col(DateRoundPerson.person_id).in_(people),
            col(DateRoundPerson.answered_at).is_(None),
            col(DateRoundPerson.reminded_at).is_(None),
        )
    ).all()
    if not waiting:
        return 0
    for one in waiting:
        one.reminded_at = now
        session.add(one)
    session.flush()
    mails = queue_questions(session, found, {one.person_id for one in waiting}, REMIND, now=now)
    _note(session, found, "round.remind", now, actor_id, {"people": mails})
    return mails


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


def set_standing_dates(session: Session, found: DateRound, date_ids: frozenset[int]) -> None:
    """Keep these dates although they do not fit everyone, and these alone.

    Raises:
        RoundStateError: answers still come in, or the round counts no more.
    """
    session.refresh(found, with_for_update=True)
    if found.state is not DateRoundState.CLOSED:
        raise RoundStateError
    for one in dates_of(session, [id_of(found)]):
        one.stands = id_of(one) in date_ids
        session.add(one)
    session.flush()


def _rounds(session: Session, year_plan: YearPlan) -> Sequence[DateRound]:
    return session.exec(
        select(DateRound)
        .where(DateRound.year_plan_id == id_of(year_plan))
        .order_by(col(DateRound.id))
    ).all()


def _proposed(session: Session, year_plan: YearPlan, after: date) -> Sequence[Meeting]:
    return session.exec(
        select(Meeting)
        .join(Forum, col(Forum.id) == col(Meeting.forum_id))
        .where(
            Meeting.year_plan_id == id_of(year_plan),
            Meeting.state == MeetingState.PROPOSED,
            Meeting.held_on > after,
            Forum.dates_set_by == SetBy.US,
            col(Forum.retired_on).is_(None),
        )
        .order_by(col(Meeting.held_on), col(Meeting.starts), col(Meeting.uid))
    ).all()


def _date(found: DateRound, meeting: Meeting) -> DateRoundDate:
    return DateRoundDate(
        round_id=id_of(found),
        forum_id=meeting.forum_id,
        unit_id=meeting.unit_id,
        number=meeting.number,
        held_on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        monthly_guests=meeting.monthly_guests,
    )


def _add_people(session: Session, found: DateRound, people: set[int]) -> None:
    for person_id in sorted(people):
        session.add(DateRoundPerson(round_id=id_of(found), person_id=person_id))
    session.flush()


def _end_all(
    session: Session,
    year_plan: YearPlan,
    to: DateRoundState,
    action: str,
    now: datetime,
    actor_id: int | None,
) -> int:
    live = [one for one in _rounds(session, year_plan) if one.state in _LIVE]
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
        _note(session, found, action, now, actor_id, {"state": to.value})
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


def _note(
    session: Session,
    found: DateRound,
    action: str,
    now: datetime,
    actor_id: int | None,
    after: dict[str, Any],
) -> None:
    session.add(
        AuditEvent(
            at=now,
            municipality_id=found.municipality_id,
            person_id=actor_id,
            action=action,
            entity="year_plan",
            entity_id=found.year_plan_id,
            after=after,
        )
    )
    session.flush()
