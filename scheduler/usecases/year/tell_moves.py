"""Tells of meetings that were changed together: one mail a person, at once if one is near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.reminders import OutboxState
from scheduler.store.rows import id_of
from scheduler.store.tables import Meeting, Municipality, Outbox, YearPlan
from scheduler.usecases.meetings.change import ChangedMeeting
from scheduler.usecases.meetings.mails import ChangeMails, mails_of_change, readers_in
from scheduler.usecases.outbox.queue import queue_moves
from scheduler.usecases.outbox.transition import take_step
from scheduler.usecases.people.stopped import stopped_people
from scheduler.usecases.reminders.announcement import (
    CHANGE_KIND,
    announce_change,
    keeps_until,
    start_of,
)
from scheduler.usecases.reminders.holders import readers_of
from scheduler.usecases.reminders.joint_move import Move
from scheduler.usecases.reminders.untold import Untold, untold_of
from scheduler.usecases.year.announce import people_per_meeting

__all__ = ["MovesTold", "tell_moves", "tell_of_near"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesTold:
    """Who hears of meetings that were moved together.

    `at_once` people get their one mail now and `later` ones get it within the delivery hours;
    nobody is in both. `invitations` move one meeting each in a person's calendar, and so do those
    of `rooms`. `people` counts everyone who hears in one of these ways.
    """

    people: int
    at_once: int
    later: int
    invitations: int
    rooms: int


@dataclass(frozen=True, slots=True)
class _Moved:
    """A moved meeting: what of it is still untold, whether it is near, and who hears."""

    changed: ChangedMeeting
    untold: Untold
    is_near: bool
    people: frozenset[int]

    @property
    def starts(self) -> list[MeetingStart]:
        """Return when it is, and when somebody takes it to be."""
        return [start_of(self.changed.meeting), self.changed.was, *self.untold]


def tell_moves(
    session: Session, year_plan: YearPlan, moved: Sequence[ChangedMeeting], *, now: datetime
) -> MovesTold:
    """Put the mails in line; in the transaction that moved the meetings.

    Whoever is told of a meeting by a calendar message does not read of that one in the mail too. A
    near meeting is told to everyone with a seat, any other to those who come to it. Each reads
    when they knew a meeting to be, also where an earlier mail of it has not gone yet.
    """
    today = today_of(now)
    found = _look(session, moved, now=now, today=today)
    moves, at_once = _moves_of(session, found, now)
    carriers = queue_moves(session, id_of(year_plan), moves, at_once=at_once, now=now)
    for one in found:
        if one.is_near:
            _carry(session, one.changed.meeting, carriers, now=now, today=today)
    stopped = stopped_people(session, year_plan.municipality_id)
    invited = [one.changed.invited for one in found]
    everyone = moves.keys() | {each for one in invited for each in one.people}
    return MovesTold(
        people=len(everyone - stopped),
        at_once=len(at_once.keys() - stopped),
        later=len(moves.keys() - at_once.keys() - stopped),
        invitations=sum(len(one.people) for one in invited),
        rooms=sum(len(one.rooms) for one in invited),
    )


def tell_of_near(
    session: Session, changed: Sequence[ChangedMeeting], *, now: datetime
) -> dict[int, ChangeMails]:
    """Put the mails in line of those of the meetings that are near; return who hears of each.

    In the transaction that changed them. Whoever has a seat in several of them, and is told of
    them by no calendar message, gets one mail. The others get the mail of their seat, and nobody
    hears of what is not near but by invitation.
    """
    today = today_of(now)
    found = _look(session, changed, now=now, today=today)
    moves, until = _moves_of(session, [one for one in found if one.is_near], now)
    several = {person_id: of for person_id, of in moves.items() if len(of) > 1}
    if several:
        # The mails to the seats find by themselves whom another mail tells.
        year_id = found[0].changed.meeting.year_plan_id
        queue_moves(session, year_id, several, at_once=until, now=now)
    return {
        id_of(one.changed.meeting): mails_of_change(
            session, one.changed.meeting, one.is_near, one.changed.invited, now=now
        )
        for one in found
    }


def _look(
    session: Session, moved: Sequence[ChangedMeeting], *, now: datetime, today: date
) -> list[_Moved]:
    meetings = [one.meeting for one in moved]
    untold = untold_of(session, meetings)
    going = people_per_meeting(session, meetings, today=today)
    found = []
    for changed in moved:
        meeting = changed.meeting
        of_it = untold[id_of(meeting)]
        # The mail to each seat stands by: its matter goes in the mail to whoever has the seat.
        is_near = announce_change(session, meeting, was=changed.was, now=now, untold=of_it) > 0
        people = readers_in(session, meeting, today) if is_near else going[id_of(meeting)]
        if session.get_one(YearPlan, meeting.year_plan_id).published_at is None:
            people = frozenset()
        found.append(_Moved(changed, of_it, is_near, people))
    return found


def _moves_of(
    session: Session, found: Sequence[_Moved], now: datetime
) -> tuple[dict[int, list[Move]], dict[int, datetime]]:
    """Return by person what no calendar message tells them, and until when what is near counts."""
    moves: dict[int, list[Move]] = defaultdict(list)
    until: dict[int, datetime] = {}
    for one in found:
        meeting = one.changed.meeting
        for person_id in one.people - one.changed.invited.told:
            was = one.untold.known_to(person_id, was=one.changed.was)
            moves[person_id].append(Move(id_of(meeting), meeting.sequence, was))
            if one.is_near:
                ends = _until(session, one, now)
                until[person_id] = max(ends, until.get(person_id, ends))
    return moves, until


def _until(session: Session, moved: _Moved, now: datetime) -> datetime:
    place = session.get_one(Municipality, moved.changed.meeting.municipality_id)
    return keeps_until([each.instant(place.timezone) for each in moved.starts], now)


def _carry(
    session: Session, meeting: Meeting, carriers: dict[int, int], *, now: datetime, today: date
) -> None:
    """Merge the mail to each seat into the mail to one who has it; it goes if that one does not."""
    rows = session.exec(
        select(Outbox).where(
            Outbox.kind == CHANGE_KIND,
            Outbox.meeting_id == meeting.id,
            Outbox.meeting_sequence == meeting.sequence,
            col(Outbox.state) == OutboxState.SCHEDULED,
        )
    ).all()
    readers = readers_of(session, [row.position_id for row in rows if row.position_id], today)
    for row in rows:
        held = readers.get(row.position_id or 0, ())
        carrier = min(
            (carriers[one.person_id] for one in held if one.person_id in carriers), default=None
        )
        if carrier is not None:
            take_step(
                session,
                id_of(row),
                OutboxState.SCHEDULED,
                OutboxState.MERGED,
                at=now,
                detail=f"into {carrier}",
                merged_into=carrier,
            )
