"""Rows for tests: each function adds one and returns it with its id; every field can be named."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from scheduler.domain.enums import DutyKind, ForumLevel, MeetingState, YearPlanState
from scheduler.store.tables import (
    Duty,
    Forum,
    Holder,
    Meeting,
    Municipality,
    Person,
    Position,
    Seat,
    Unit,
    YearPlan,
)

__all__ = [
    "add",
    "add_duty",
    "add_forum",
    "add_holder",
    "add_meeting",
    "add_municipality",
    "add_person",
    "add_position",
    "add_seat",
    "add_unit",
    "add_year",
]

MADE_AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
_numbers = count(1)
_Row = TypeVar("_Row", bound=SQLModel)


def add(session: Session, row: _Row) -> _Row:
    """Add any row and give it its id."""
    session.add(row)
    session.flush()
    return row


def add_municipality(session: Session, **fields: Any) -> Municipality:
    """Add Sør-Fron, or another with its own slug and name."""
    return add(session, Municipality(**{"slug": "sor-fron", "name": "Sør-Fron", **fields}))


def add_unit(session: Session, municipality: Municipality, **fields: Any) -> Unit:
    """Add a school, unless told otherwise."""
    number = next(_numbers)
    return add(
        session,
        Unit(
            **{
                "municipality_id": municipality.id,
                "slug": f"skule-{number}",
                "name": f"Skule {number}",
                "kind": "school",
                **fields,
            }
        ),
    )


def add_forum(session: Session, municipality: Municipality, **fields: Any) -> Forum:
    """Add a system-level forum of two hours."""
    number = next(_numbers)
    return add(
        session,
        Forum(
            **{
                "municipality_id": municipality.id,
                "slug": f"forum-{number}",
                "name": f"Forum {number}",
                "level": ForumLevel.SYSTEM,
                "duration_minutes": 120,
                "notice_days": 7,
                "minutes_days": 5,
                **fields,
            }
        ),
    )


def add_position(session: Session, municipality: Municipality, **fields: Any) -> Position:
    """Add a position with a title of its own."""
    number = next(_numbers)
    return add(
        session,
        Position(
            **{
                "municipality_id": municipality.id,
                "slug": f"stilling-{number}",
                "title": f"Stilling {number}",
                **fields,
            }
        ),
    )


def add_person(session: Session, **fields: Any) -> Person:
    """Add a person with an address of their own."""
    number = next(_numbers)
    return add(
        session,
        Person(
            **{
                "email": f"person-{number}@sor-fron.example",
                "name": f"Åse Øverli {number}",
                "created_at": MADE_AT,
                **fields,
            }
        ),
    )


def add_holder(session: Session, position: Position, person: Person, **fields: Any) -> Holder:
    """Add the person as holder of the position since 2020."""
    return add(
        session,
        Holder(
            **{
                "position_id": position.id,
                "person_id": person.id,
                "from_on": date(2020, 1, 1),
                **fields,
            }
        ),
    )


def add_seat(session: Session, forum: Forum, position: Position, **fields: Any) -> Seat:
    """Add a member's seat at every meeting."""
    return add(session, Seat(**{"forum_id": forum.id, "position_id": position.id, **fields}))


def add_year(session: Session, municipality: Municipality, **fields: Any) -> YearPlan:
    """Add the published calendar year 2027."""
    return add(
        session,
        YearPlan(
            **{
                "municipality_id": municipality.id,
                "period": "2027",
                "starts_on": date(2027, 1, 1),
                "ends_on": date(2027, 12, 31),
                "state": YearPlanState.PUBLISHED,
                "published_at": MADE_AT,
                **fields,
            }
        ),
    )


def add_meeting(session: Session, year: YearPlan, forum: Forum, **fields: Any) -> Meeting:
    """Add a planned meeting on 9 March 2027, 09-11."""
    number = next(_numbers)
    return add(
        session,
        Meeting(
            **{
                "municipality_id": forum.municipality_id,
                "year_plan_id": year.id,
                "forum_id": forum.id,
                "number": number,
                "uid": f"meeting-{number:04}@aarshjul",
                "held_on": date(2027, 3, 9),
                "starts": time(9),
                "ends": time(11),
                "place": "Rådhuset, møterom 2",
                "state": MeetingState.PLANNED,
                "changed_at": MADE_AT,
                **fields,
            }
        ),
    )


def add_duty(session: Session, municipality: Municipality, **fields: Any) -> Duty:
    """Add an open duty to send a notice by 26 February 2027."""
    number = next(_numbers)
    due_on = fields.get("due_on", date(2027, 2, 26))
    return add(
        session,
        Duty(
            **{
                "municipality_id": municipality.id,
                "key": f"duty-{number}",
                "uid": f"duty-{number:04}@aarshjul",
                "kind": DutyKind.NOTICE,
                "period": "2027",
                "due_on": due_on,
                "promised_on": due_on,
                "changed_at": MADE_AT,
                **fields,
            }
        ),
    )
