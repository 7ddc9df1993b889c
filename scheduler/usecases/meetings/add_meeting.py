"""Adds one meeting by hand: for a forum whose dates others set, or one more than the year has."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import EXPECTED_STATES, Function, MeetingState, SetBy
from scheduler.domain.errors import AarshjulError
from scheduler.domain.periods import Period, period_of
from scheduler.planning import ReasonCode
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    Forum,
    Meeting,
    Municipality,
    Seat,
    Unit,
    YearPlan,
)
from scheduler.usecases.invitations.bring_in_line import invite_to_meetings
from scheduler.usecases.meetings.mails import ChangeMails, mails_of_change
from scheduler.usecases.meetings.move_meeting import MeetingTime
from scheduler.usecases.outbox.queue import queue_summaries
from scheduler.usecases.people.stopped import stopped_people
from scheduler.usecases.reminders import announce_change, schedule_duty_reminders
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.year.announce import meetings_per_person
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.duties_of_year import write_meeting_duties
from scheduler.usecases.year.numbered_meeting import AddedAt, numbered_meeting
from scheduler.usecases.year.revisions import RevisionCause, keep_revision
from scheduler.usecases.year.working_days import working_days
from scheduler.usecases.year.year_plans import year_plan_of

__all__ = ["AddedMeeting", "AlreadyMeetsError", "Series", "add_meeting", "may_add_meeting"]

_ADDS = (
    Function.LEADER,
    Function.CHAIR,
    Function.CONVENER,
    Function.SECRETARY,
    Function.COORDINATOR,
)


class AlreadyMeetsError(AarshjulError):
    """The series has a meeting at that time already; a form sent twice ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The meetings of a forum, of one unit where it has a series for each."""

    municipality_id: int
    forum_id: int
    unit_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedMeeting:
    """The new meeting, how many papers it asks for, and who gets which mail about it.

    `at_once` tells that the ordinary mails go now, because the meeting is near; otherwise they are
    the mail about a changed year. `is_shown` tells that the year is published: until it is, nobody
    sees the meeting or hears of it.
    """

    meeting_id: int
    duties: int
    mails: ChangeMails
    at_once: bool
    is_shown: bool


def may_add_meeting(session: Session, viewer: Viewer, series: Series) -> bool:
    """Tell whether the viewer leads, convenes or keeps the forum's papers, or plans the year."""
    if series.municipality_id in viewer.planner_of:
        return True
    seat = session.exec(
        select(Seat.id)
        .where(
            sits_in(series.forum_id, series.unit_id),
            in_use(Seat.retired_on, viewer.today),
            col(Seat.position_id).in_(viewer.position_ids),
            col(Seat.function).in_(_ADDS),
        )
        .limit(1)
    ).first()
    return seat is not None


def add_meeting(
    session: Session,
    series: Series,
    at: MeetingTime,
    *,
    now: datetime,
    actor_id: int | None,
    holidays_of: HolidaysOf,
) -> AddedMeeting:
    """Add a settled meeting that no proposal moves, with its papers, reminders, log and mails.

    The period that the day falls in is made as a draft where nothing is planned yet. Whoever goes
    to it hears at once when it is less than the municipality's hours (72) ahead, and else by the
    mail about a changed year. In a year that is not published it is proposed, and what else
    follows waits for the publishing.

    Raises:
        AlreadyMeetsError: the series has a meeting at that time.
    """
    municipality = session.get_one(Municipality, series.municipality_id)
    forum = session.get_one(Forum, series.forum_id)
    period = period_of(at.held_on, municipality.period_kind)
    year = _held_year(session, municipality, period)
    if _meets_at(session, series, at):
        raise AlreadyMeetsError
    meeting = _new(session, municipality, forum, year, series, at, now)
    if year.published_at is None:
        _note(session, municipality, year, meeting, now=now, actor_id=actor_id)
        return AddedMeeting(
            meeting_id=id_of(meeting),
            duties=0,
            mails=ChangeMails(),
            at_once=False,
            is_shown=False,
        )
    days = working_days(session, id_of(municipality), period.years, holidays_of)
    duties = write_meeting_duties(session, municipality, period.label, meeting, days=days, now=now)
    schedule_duty_reminders(
        session, [id_of(duty) for duty in duties], now=now, holidays_of=holidays_of
    )
    _note(session, municipality, year, meeting, now=now, actor_id=actor_id)
    at_once = announce_change(session, meeting, was=None, now=now) > 0
    invited = invite_to_meetings(session, [id_of(meeting)], now=now)
    mails = mails_of_change(session, meeting, at_once, invited, now=now)
    if not at_once:
        mails = replace(mails, one_each=_announce(session, year, meeting, invited.told, now))
    return AddedMeeting(
        meeting_id=id_of(meeting),
        duties=len(duties),
        mails=mails,
        at_once=at_once,
        is_shown=True,
    )


def _held_year(session: Session, municipality: Municipality, period: Period) -> YearPlan:
    """Return the year, locked, so that two meetings added at once get two numbers."""
    year = year_plan_of(session, id_of(municipality), period)
    return session.exec(select(YearPlan).where(YearPlan.id == year.id).with_for_update()).one()


def _meets_at(session: Session, series: Series, at: MeetingTime) -> bool:
    found = session.exec(
        select(Meeting.id)
        .where(
            Meeting.forum_id == series.forum_id,
            _of_unit(series),
            Meeting.held_on == at.held_on,
            Meeting.starts < at.ends,
            Meeting.ends > at.starts,
            Meeting.state != MeetingState.CANCELLED,
        )
        .limit(1)
    ).first()
    return found is not None


def _new(
    session: Session,
    municipality: Municipality,
    forum: Forum,
    year: YearPlan,
    series: Series,
    at: MeetingTime,
    now: datetime,
) -> Meeting:
    unit = session.get_one(Unit, series.unit_id) if series.unit_id is not None else None
    by_others = forum.dates_set_by is SetBy.OTHERS
    return numbered_meeting(
        session,
        municipality,
        year,
        forum,
        unit,
        AddedAt(
            held_on=at.held_on,
            starts=at.starts,
            ends=at.ends,
            place=at.place,
            state=MeetingState.PLANNED if year.published_at else MeetingState.PROPOSED,
            why=ReasonCode.KEPT_OTHERS if by_others else ReasonCode.KEPT_HAND,
        ),
        now=now,
    )


def _of_unit(series: Series) -> ColumnElement[bool]:
    unit_id = col(Meeting.unit_id)
    return unit_id.is_(None) if series.unit_id is None else unit_id == series.unit_id


def _note(
    session: Session,
    municipality: Municipality,
    year: YearPlan,
    meeting: Meeting,
    *,
    now: datetime,
    actor_id: int | None,
) -> None:
    year.revision += 1
    session.add(year)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=id_of(municipality),
            person_id=actor_id,
            action="add_meeting",
            entity="meeting",
            entity_id=meeting.id,
            after={
                "held_on": meeting.held_on.isoformat(),
                "starts": meeting.starts.isoformat("minutes"),
                "ends": meeting.ends.isoformat("minutes"),
                "place": meeting.place,
                "state": meeting.state.value,
            },
        )
    )
    session.flush()
    keep_revision(session, municipality, year, RevisionCause.BY_HAND, now=now, actor_id=actor_id)


def _announce(
    session: Session, year: YearPlan, meeting: Meeting, invited: Set[int], now: datetime
) -> int:
    """Tell those who go to it and hear by no calendar message; return how many they are."""
    if meeting.held_on < today_of(now):
        return 0
    expected = session.exec(
        select(Meeting).where(
            Meeting.year_plan_id == year.id, col(Meeting.state).in_(EXPECTED_STATES)
        )
    ).all()
    going = meetings_per_person(session, [meeting], today=today_of(now)).keys() - invited
    counted = meetings_per_person(session, expected, today=today_of(now))
    queue_summaries(
        session, id_of(year), [(person, counted[person]) for person in sorted(going)], now=now
    )
    return len(going - stopped_people(session, year.municipality_id))
