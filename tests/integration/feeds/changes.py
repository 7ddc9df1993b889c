"""Everything that changes a feed, each by its own way of writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import text, update
from sqlmodel import Session, SQLModel, col, select

from scheduler.domain.enums import ForumLevel, HolderKind, MeetingState
from scheduler.public_holidays import public_holidays
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import (
    Forum,
    Holder,
    Measure,
    Meeting,
    Municipality,
    MunicipalService,
    Person,
    Position,
    RecurringDuty,
    Seat,
    Unit,
    YearPlan,
)
from scheduler.usecases.meetings import (
    MeetingTime,
    cancel_meeting,
    move_meeting,
)
from scheduler.usecases.people import HandOver, NewPerson, hand_over
from scheduler.usecases.people.holding import add_holder, end_holding, set_leave
from scheduler.usecases.reminders import duty_done, duty_not_applicable
from tests.factories import rows
from tests.integration.feeds.subscriber import Town

Change = Callable[[Session, Town, datetime], object]


def on(table: type[SQLModel], attribute: str, **values: Any) -> Change:
    """Change one row as the ORM does."""

    def change(session: Session, town: Town, now: datetime) -> None:
        del now
        row = session.get_one(table, getattr(town, attribute))
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)

    return change


def move(session: Session, town: Town, now: datetime) -> None:
    move_meeting(
        session,
        town.meeting,
        MeetingTime(held_on=date(2027, 3, 16), starts=time(10), ends=time(12), place="Kantina"),
        sequence=0,
        now=now,
        actor_id=None,
        holidays_of=public_holidays,
    )


def cancel(session: Session, town: Town, now: datetime) -> None:
    cancel_meeting(
        session, town.meeting, sequence=0, now=now, actor_id=None, holidays_of=public_holidays
    )


def _retire_seat(session: Session, town: Town, now: datetime) -> None:
    session.delete(session.get_one(Seat, town.seat))


def _new_seat(session: Session, town: Town, now: datetime) -> None:
    forum = rows.add_forum(session, session.get_one(Municipality, town.municipality))
    rows.add_meeting(session, session.get_one(YearPlan, town.year), forum)
    rows.add_seat(session, forum, session.get_one(Position, town.secretary))


def _new_meeting(session: Session, town: Town, now: datetime) -> None:
    rows.add_meeting(
        session,
        session.get_one(YearPlan, town.year),
        session.get_one(Forum, town.forum),
        held_on=date(2027, 5, 4),
    )


def _hand_over(session: Session, town: Town, now: datetime) -> None:
    successor = NewPerson(name="Ny Person", email="ny@sor-fron.example")
    hand_over(
        session,
        HandOver(position_id=town.secretary, first_day=date(2027, 1, 11), to=successor),
        now=now,
        actor_id=None,
    )


def _end(session: Session, town: Town, now: datetime) -> None:
    end_holding(session, town.holder, last_day=date(2027, 1, 10), now=now, actor_id=None)


def leader_is_away(session: Session, town: Town, now: datetime) -> None:
    holder = session.exec(select(Holder).where(Holder.position_id == town.deputy_of)).first()
    assert holder is not None
    meeting = session.get_one(Meeting, town.meeting)
    rows.add_seat(
        session, session.get_one(Forum, meeting.forum_id), session.get_one(Position, town.deputy_of)
    )
    rows.add_duty(
        session, session.get_one(Municipality, town.municipality), position_id=town.deputy_of
    )
    set_leave(
        session,
        holder.id or 0,
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 2, 1),
        now=now,
        actor_id=None,
    )


def _another_position(session: Session, town: Town, now: datetime) -> None:
    position = rows.add_position(session, session.get_one(Municipality, town.municipality))
    rows.add_seat(session, session.get_one(Forum, town.forum), position)
    rows.add_duty(
        session, session.get_one(Municipality, town.municipality), position_id=position.id
    )
    person = session.get_one(Person, town.person)
    add_holder(
        session,
        position.id or 0,
        NewPerson(name=person.name, email=person.email),
        kind=HolderKind.ACTING,
        from_on=date(2027, 1, 1),
        now=now,
        actor_id=None,
    )


def _another_municipality(session: Session, town: Town, now: datetime) -> None:
    other = rows.add_municipality(session, slug="hemsedal", name="Hemsedal")
    position = rows.add_position(session, other)
    rows.add_holder(session, position, session.get_one(Person, town.person))


def _guarded(session: Session, town: Town, now: datetime) -> None:
    assert guarded_update(session, Meeting, col(Meeting.id) == town.meeting, place="Kulturhuset")


def _all_at_once(session: Session, town: Town, now: datetime) -> None:
    session.connection().execute(update(Meeting).values(place="Kulturhuset"))


def _by_hand(session: Session, town: Town, now: datetime) -> None:
    session.connection().execute(text("UPDATE meeting SET place = 'Kulturhuset'"))


CHANGES: dict[str, Change] = {
    "a meeting is moved": move,
    "a meeting is cancelled": cancel,
    "a meeting is added": _new_meeting,
    "a meeting is only proposed again": on(Meeting, "meeting", state=MeetingState.PROPOSED),
    "the year is taken back": on(YearPlan, "year", published_at=None),
    "a duty is done": lambda session, town, now: duty_done(
        session, town.duty, by=town.person, now=now, link=None, through="page"
    ),
    "a duty is not needed": lambda session, town, now: duty_not_applicable(
        session, town.duty, by=town.person, now=now
    ),
    "the forum has another name": on(Forum, "forum", name="Ressursgruppa"),
    "the forum has another agenda": on(Forum, "forum", agenda=["Rullering"]),
    "the forum turns out to speak of cases": on(Forum, "forum", level=ForumLevel.CASE_ELSE_NOT),
    "the unit has another name": on(Unit, "unit", name="Ringebu skule"),
    "the position has another title": on(Position, "secretary", title="Koordinator"),
    "the position falls away": on(Position, "secretary", retired_on=date(2027, 1, 1)),
    "the person has another name": on(Person, "person", name="Kari Lien"),
    "the municipality has another name": on(Municipality, "municipality", name="Ringebu"),
    "the service has another name": on(MunicipalService, "service", name="Helse"),
    "the measure has another name": on(Measure, "measure", name="Loslaget"),
    "the law is another": on(RecurringDuty, "recurring", legal_basis="§ 15-2"),
    "a seat is taken away": _retire_seat,
    "a seat is given": _new_seat,
    "a position is handed over": _hand_over,
    "a holding ends": _end,
    "the one they stand in for is away": leader_is_away,
    "they get another position": _another_position,
    "they get a position in another municipality": _another_municipality,
    "a guarded update passes the ORM by": _guarded,
    "many rows change at once": _all_at_once,
    "somebody writes by hand": _by_hand,
}
