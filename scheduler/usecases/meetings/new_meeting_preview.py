"""What adding a meeting by hand would do, said before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import DutyKind
from scheduler.domain.periods import period_of
from scheduler.domain.reminders import reminder_settings
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Meeting, Municipality, Person, Seat
from scheduler.usecases.meetings.add_meeting import Series
from scheduler.usecases.meetings.busy import meetings_at
from scheduler.usecases.meetings.move_meeting import MeetingTime
from scheduler.usecases.people.stopped import stopped_people
from scheduler.usecases.reminders.holders import readers_of
from scheduler.usecases.year.announce import meetings_per_person
from scheduler.usecases.year.closed_days import HolidaysOf, closed_spans
from scheduler.usecases.year.paper_duties import paper_duties
from scheduler.usecases.year.working_days import working_days
from scheduler.usecases.year.year_plans import find_year_plan

__all__ = ["NewMeetingPreview", "NewPaper", "preview_new_meeting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaper:
    """A paper that the meeting asks for; `late` tells that its day has gone already."""

    kind: DutyKind
    due_on: date
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeetingPreview:
    """What follows from a new meeting.

    `closed` names what the day is closed for, `busy` counts the seats' other meetings at that
    time without naming any. `mailed` are the names of those who get mail, and `at_once` tells
    that it is because the meeting is near; otherwise it is the mail about a changed year.
    `is_shown` tells that the year is published: until it is, nobody sees it or gets any mail.
    """

    papers: tuple[NewPaper, ...]
    closed: tuple[str, ...]
    busy: int
    mailed: tuple[str, ...]
    at_once: bool
    is_shown: bool


def preview_new_meeting(
    session: Session, series: Series, at: MeetingTime, *, now: datetime, holidays_of: HolidaysOf
) -> NewMeetingPreview:
    """Return what adding the meeting would do, writing nothing."""
    municipality = session.get_one(Municipality, series.municipality_id)
    forum = session.get_one(Forum, series.forum_id)
    period = period_of(at.held_on, municipality.period_kind)
    seats = session.exec(
        select(Seat)
        .where(sits_in(series.forum_id, series.unit_id), in_use(Seat.retired_on, today_of(now)))
        .order_by(col(Seat.id))
    ).all()
    # Never added to the session: it only lends its day and its series to the rules.
    meeting = Meeting(
        id=0,
        municipality_id=series.municipality_id,
        year_plan_id=0,
        forum_id=series.forum_id,
        unit_id=series.unit_id,
        number=0,
        uid="",
        held_on=at.held_on,
        starts=at.starts,
        ends=at.ends,
        changed_at=now,
    )
    days = working_days(session, id_of(municipality), period.years, holidays_of)
    starts_at = datetime.combine(at.held_on, at.starts, tzinfo=ZoneInfo(municipality.timezone))
    hours = reminder_settings(municipality.choices, forum.slug).change_hours
    year = find_year_plan(session, id_of(municipality), period)
    is_shown = year is not None and year.published_at is not None
    at_once = is_shown and now <= starts_at < now + timedelta(hours=hours)
    if at_once:
        readers = readers_of(session, {seat.position_id for seat in seats}, today_of(now))
        people = {reader.person_id for each in readers.values() for reader in each}
    elif is_shown:
        people = set(meetings_per_person(session, [meeting], today=today_of(now)))
    else:
        people = set()
    return NewMeetingPreview(
        papers=tuple(
            NewPaper(kind=paper.kind, due_on=paper.due_on, late=paper.due_on < today_of(now))
            for paper in paper_duties(forum, meeting, seats, days)
        ),
        closed=tuple(
            span.name
            for span in closed_spans(session, id_of(municipality), period, holidays_of)
            if span.starts_on <= at.held_on <= span.ends_on
        ),
        busy=meetings_at(
            session,
            at,
            {seat.position_id for seat in seats},
            col(Meeting.forum_id) != series.forum_id,
            today=today_of(now),
        ),
        mailed=_names(session, people - stopped_people(session, id_of(municipality))),
        at_once=at_once,
        is_shown=is_shown,
    )


def _names(session: Session, people: set[int]) -> tuple[str, ...]:
    return tuple(sorted(session.exec(select(Person.name).where(col(Person.id).in_(people))).all()))
