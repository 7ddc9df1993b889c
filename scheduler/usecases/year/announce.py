"""The news of a published year: one mail for each person who has a meeting in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import INCUMBENT_KINDS, AttendanceRule
from scheduler.store.in_force import holding_lasts_on, in_use
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Meeting, Person, Seat, YearPlan
from scheduler.usecases.invitations.invited import Invited
from scheduler.usecases.meetings.mails import readers_in
from scheduler.usecases.outbox.queue import queue_summaries
from scheduler.usecases.people.stopped import stopped_people
from scheduler.usecases.reminders.announcement import is_near, start_of

__all__ = ["announce_year", "meetings_per_person", "people_per_meeting"]


def announce_year(
    session: Session,
    year_plan: YearPlan,
    meetings: Sequence[Meeting],
    *,
    invited: Mapping[int, Invited],
    now: datetime,
) -> int:
    """Put one mail in line for each person with meetings among these; return how many get it.

    Where one of the meetings is near, it is told as a near change is: at any hour, to everyone with
    a seat in it whom no calendar message tells; `invited` are those of each meeting. Whose mail an
    administrator stopped is not counted.
    """
    today = today_of(now)
    counted = meetings_per_person(session, meetings, today=today)
    near: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for meeting in meetings:
        if is_near(session, meeting, [start_of(meeting)], now=now):
            told = invited[id_of(meeting)].told
            for person_id in readers_in(session, meeting, today) - told:
                near[person_id].append((id_of(meeting), meeting.sequence))
    for person_id, theirs in near.items():
        counted.setdefault(person_id, len(theirs))
    queue_summaries(session, id_of(year_plan), sorted(counted.items()), near=near, now=now)
    return len(counted.keys() - stopped_people(session, year_plan.municipality_id))


def meetings_per_person(
    session: Session, meetings: Sequence[Meeting], *, today: date
) -> dict[int, int]:
    """Return how many of the meetings each person who holds a seat today goes to."""
    people = people_per_meeting(session, meetings, today=today)
    return dict(Counter(person_id for those in people.values() for person_id in those))


def people_per_meeting(
    session: Session, meetings: Sequence[Meeting], *, today: date
) -> dict[int, frozenset[int]]:
    """Return which people who hold a seat today go to each of the meetings."""
    rows = session.exec(
        select(Seat, Holder.person_id)
        .join(Holder, col(Holder.position_id) == Seat.position_id)
        .join(Person, col(Person.id) == Holder.person_id)
        .where(
            col(Seat.forum_id).in_({meeting.forum_id for meeting in meetings}),
            in_use(Seat.retired_on, today),
            Seat.attends != AttendanceRule.ON_CALL,
            col(Holder.kind).in_(INCUMBENT_KINDS),
            holding_lasts_on(today),
            col(Person.active).is_(True),
        )
    ).all()
    seats: dict[int, list[tuple[Seat, int]]] = defaultdict(list)
    for seat, person_id in rows:
        seats[seat.forum_id].append((seat, person_id))
    return {
        id_of(meeting): frozenset(
            person_id for seat, person_id in seats[meeting.forum_id] if _attends(seat, meeting)
        )
        for meeting in meetings
    }


def _attends(seat: Seat, meeting: Meeting) -> bool:
    if seat.unit_id not in (None, meeting.unit_id):
        return False
    return seat.attends is AttendanceRule.EVERY_MEETING or meeting.monthly_guests
