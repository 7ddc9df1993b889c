"""Whom the demo logs in as: a member, a secretary and a leader who show what the program does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from scheduler.domain.enums import AttendanceRule, DutyKind, DutyState, Function
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Holder, Meeting, Municipality, Seat

__all__ = ["DemoPeople", "demo_people"]

_SECRETARIES = frozenset({Function.SECRETARY, Function.MINUTE_TAKER})
_LEADERS = frozenset({Function.LEADER, Function.CHAIR, Function.CONVENER})


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPeople:
    """The ids of three people; a plan with few functions may name one person twice."""

    member: int
    secretary: int
    leader: int


def demo_people(session: Session, municipality: Municipality, *, today: date) -> DemoPeople:
    """Return the people with the most to see in each part.

    The secretary is the one whose minutes went missing last, and the leader is the one who has
    heard of it, so that the mails in the demo's mailbox are theirs.
    """
    seats = session.exec(
        select(Seat, Holder.person_id)
        .join(Forum, col(Forum.id) == Seat.forum_id)
        .join(Holder, col(Holder.position_id) == Seat.position_id)
        .where(
            Forum.municipality_id == id_of(municipality),
            Seat.attends != AttendanceRule.ON_CALL,
        )
    ).all()
    meetings = dict(
        session.exec(
            select(Meeting.forum_id, func.count(col(Meeting.id)))
            .where(Meeting.municipality_id == id_of(municipality))
            .group_by(col(Meeting.forum_id))
        ).all()
    )
    late = _latest_missing(session, municipality, today)
    secretary = _holder(session, late.position_id if late else None) or _busiest(
        seats, meetings, _SECRETARIES, without=set()
    )
    leader = _holder(session, late.leader_position_id if late else None) or _busiest(
        seats, meetings, _LEADERS, without={secretary}
    )
    member = _busiest(seats, meetings, {Function.MEMBER}, without={secretary, leader})
    return DemoPeople(member=member, secretary=secretary, leader=leader)


def _latest_missing(session: Session, municipality: Municipality, today: date) -> Duty | None:
    return session.exec(
        select(Duty)
        .where(
            Duty.municipality_id == id_of(municipality),
            Duty.kind == DutyKind.MINUTES,
            Duty.state == DutyState.OPEN,
            Duty.due_on < today,
        )
        .order_by(col(Duty.due_on).desc(), col(Duty.id))
    ).first()


def _holder(session: Session, position_id: int | None) -> int | None:
    return session.exec(
        select(Holder.person_id)
        .where(Holder.position_id == position_id)
        .order_by(col(Holder.person_id))
    ).first()


def _busiest(
    seats: Sequence[tuple[Seat, int]],
    meetings: Mapping[int, int],
    functions: Collection[Function],
    *,
    without: Collection[int],
) -> int:
    """Return the person with the most meetings in such seats, else in any; the lowest id first."""
    fitting = [one for one in seats if one[0].function in functions and one[1] not in without]
    counted: Counter[int] = Counter()
    for seat, person_id in fitting or seats:
        # One more, so that a forum without dates still counts for something.
        counted[person_id] += 1 + meetings.get(seat.forum_id, 0)
    return min(counted, key=lambda person_id: (-counted[person_id], person_id))
