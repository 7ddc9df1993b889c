"""What people do in a simulated year: some things in time, some late, some never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind, DutyState, HolderKind
from scheduler.public_holidays import public_holidays
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Holder, Meeting, Municipality, Position
from scheduler.usecases.meetings import cancel_meeting, move_meeting
from scheduler.usecases.meetings.move_meeting import MeetingTime
from scheduler.usecases.people import HandOver, NewPerson, add_holder, end_holding, hand_over
from scheduler.usecases.reminders import duty_done, duty_in_review, name_in_turn
from tests.simulation.story import Story

__all__ = ["Scene", "scenes_of"]

OSLO = ZoneInfo("Europe/Oslo")
NOON = time(12, 30)
_A_DAY = timedelta(days=1)
# Days after the deadline on which the duties are done in turn; None is never.
HABITS = (-1, 0, 4, 12, -3, 25, None)


@dataclass(frozen=True)
class Scene:
    """Something that somebody does at a moment."""

    at: datetime
    act: Callable[[Session, Story], None]


def scenes_of(session: Session, slug: str) -> list[Scene]:
    """Return the fixed script of a municipality whose year is published."""
    town = session.exec(select(Municipality.id).where(Municipality.slug == slug)).one()
    duties = session.exec(
        select(Duty).where(Duty.municipality_id == town).order_by(col(Duty.key))
    ).all()
    meetings = session.exec(
        select(Meeting)
        .join(Forum, col(Forum.id) == col(Meeting.forum_id))
        .where(Meeting.municipality_id == town, Forum.level == "system")
        .order_by(col(Meeting.held_on), col(Meeting.uid))
    ).all()
    scenes = [
        scene for number, duty in enumerate(duties) for scene in _habits(duty, HABITS[number % 7])
    ]
    if len(meetings) > 6:
        scenes.append(_moves(meetings[2]))
        scenes.append(_cancels(meetings[4], days_before=20))
        scenes.append(_cancels(meetings[6], days_before=2))
    scenes += _comings_and_goings(session, duties, slug)
    return sorted(scenes, key=lambda scene: scene.at)


def _habits(duty: Duty, days_late: int | None) -> Iterator[Scene]:
    if days_late is None:
        return
    duty_id, due_on = id_of(duty), duty.due_on
    if duty.kind is DutyKind.MINUTES and days_late == 12:
        yield Scene(_at(due_on), lambda session, story: _review(session, story, duty_id, due_on))
    on = due_on + days_late * _A_DAY
    yield Scene(_at(on), lambda session, story: _finish(session, story, duty_id, on))


def _finish(session: Session, story: Story, duty_id: int, on: date) -> None:
    if session.get_one(Duty, duty_id).state in (DutyState.OPEN, DutyState.IN_REVIEW):
        duty_done(session, duty_id, by=None, now=_at(on))
        story.finished[duty_id] = _at(on)


def _review(session: Session, story: Story, duty_id: int, on: date) -> None:
    if session.get_one(Duty, duty_id).state is DutyState.OPEN:
        duty_in_review(session, duty_id, by=None, now=_at(on), holidays_of=public_holidays)
        story.reviewed[duty_id] = _at(on)


def _moves(meeting: Meeting) -> Scene:
    meeting_id, at = id_of(meeting), _at(meeting.held_on - 10 * _A_DAY)
    to = MeetingTime(
        held_on=meeting.held_on + 7 * _A_DAY,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.place,
    )

    def act(session: Session, story: Story) -> None:
        row = session.get_one(Meeting, meeting_id)
        move_meeting(session, meeting_id, to, sequence=row.sequence, now=at, actor_id=None,
                     holidays_of=public_holidays)  # fmt: skip
        story.moved[meeting_id] = (at, to.held_on)

    return Scene(at, act)


def _cancels(meeting: Meeting, *, days_before: int) -> Scene:
    meeting_id, at = id_of(meeting), _at(meeting.held_on - days_before * _A_DAY)

    def act(session: Session, story: Story) -> None:
        row = session.get_one(Meeting, meeting_id)
        cancel_meeting(session, meeting_id, sequence=row.sequence, now=at, actor_id=None,
                       holidays_of=public_holidays)  # fmt: skip
        story.cancelled[meeting_id] = at

    return Scene(at, act)


def _comings_and_goings(session: Session, duties: list[Duty], slug: str) -> Iterator[Scene]:
    busy = Counter(duty.position_id for duty in duties if duty.position_id is not None)
    alone = [
        position_id
        for position_id, _count in sorted(busy.items(), key=lambda item: (-item[1], item[0]))
        if not session.get_one(Position, position_id).held_by_several
        and len(_holdings(session, position_id)) == 1
    ]
    if alone:
        yield _hands_over(alone[0], slug)
    if len(alone) > 1:
        yield from _is_vacant(session, alone[1], slug)
    shared = next((each for each in busy if session.get_one(Position, each).held_by_several), None)
    if shared is not None:
        yield _takes_turns([id_of(duty) for duty in duties if duty.position_id == shared])


def _hands_over(position_id: int, slug: str) -> Scene:
    first_day, at = date(2027, 9, 1), _at(date(2027, 8, 30))

    def act(session: Session, story: Story) -> None:
        new = NewPerson("Ny Etterfølger", f"ny@{slug}.example")
        hand_over(session, HandOver(position_id=position_id, first_day=first_day, to=new), now=at,
                  actor_id=None)  # fmt: skip
        story.began.append((new.email, first_day))

    return Scene(at, act)


def _is_vacant(session: Session, position_id: int, slug: str) -> Iterator[Scene]:
    (holding,) = _holdings(session, position_id)
    left, begins = date(2027, 3, 31), date(2027, 5, 1)

    def leave(session: Session, _story: Story) -> None:
        end_holding(session, id_of(holding), last_day=left, now=_at(date(2027, 3, 15)),
                    actor_id=None)  # fmt: skip

    def begin(session: Session, story: Story) -> None:
        new = NewPerson("Inn Flytter", f"inn@{slug}.example")
        add_holder(session, position_id, new, kind=HolderKind.HOLDER, from_on=begins,
                   now=_at(date(2027, 4, 20)), actor_id=None)  # fmt: skip
        story.began.append((new.email, begins))

    yield Scene(_at(date(2027, 3, 15)), leave)
    yield Scene(_at(date(2027, 4, 20)), begin)


def _takes_turns(duty_ids: list[int]) -> Scene:
    at = _at(date(2027, 1, 20))

    def act(session: Session, story: Story) -> None:
        name_in_turn(session, duty_ids, by=None, now=at)
        for duty_id in duty_ids:
            who = session.get_one(Duty, duty_id).named_person_id
            if who is not None:
                story.named[duty_id].append((at, who))

    return Scene(at, act)


def _holdings(session: Session, position_id: int) -> list[Holder]:
    return list(session.exec(select(Holder).where(Holder.position_id == position_id)))


def _at(day: date) -> datetime:
    return datetime.combine(day, NOON, tzinfo=OSLO)
