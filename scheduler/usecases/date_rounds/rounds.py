"""A round of the proposed dates: sent, reminded of, and the dates that stand after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import DateRoundState, MeetingState, SetBy
from scheduler.domain.periods import Period
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    DateRound,
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
)
from scheduler.usecases.date_rounds.standing import dates_of, is_open
from scheduler.usecases.date_rounds.steps import note_round, rounds_of
from scheduler.usecases.year.year_plans import known_year_plan

__all__ = ["SentRound", "open_round", "remind_of_round", "set_standing_dates"]


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
    if any(is_open(one, today) for one in rounds_of(session, year_plan)):
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
    note_round(
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
    note_round(session, found, "round.remind", now, actor_id, {"people": mails})
    return mails


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
