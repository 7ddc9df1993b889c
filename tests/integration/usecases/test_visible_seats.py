"""Whose seats a reader sees: all at system level, those of the same series at case level."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from scheduler.domain.enums import ForumLevel, Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Grant, Municipality, Position
from scheduler.usecases.visibility import viewer_of_position, visible_seats
from tests.factories import rows

ALL = ["Koordinator", "Rektor, Nord", "Rektor, Sør"]


def seats_seen(session: Session, level: ForumLevel, reader: str) -> list[str]:
    """Return the titles in a forum with two schools, as the position with a title sees them."""
    place = rows.add_municipality(session)
    forum = rows.add_forum(session, place, level=level)
    positions = {"Planlegger": position(session, place, "Planlegger")}
    rows.add_seat(session, forum, added(session, place, positions, "Koordinator"))
    for school in ("Nord", "Sør"):
        unit_id = id_of(rows.add_unit(session, place, slug=school[0].lower(), name=school))
        seat = added(session, place, positions, f"Rektor, {school}")
        rows.add_seat(session, forum, seat, unit_id=unit_id)
    rows.add(session, Grant(role=Role.PLANNER, position_id=positions["Planlegger"].id))
    viewer = viewer_of_position(session, id_of(positions[reader]), today=rows.MADE_AT.date())
    return [seat.position_title for seat in visible_seats(session, viewer, id_of(forum))]


def added(
    session: Session, place: Municipality, positions: dict[str, Position], title: str
) -> Position:
    positions[title] = position(session, place, title)
    return positions[title]


def position(session: Session, place: Municipality, title: str) -> Position:
    return rows.add_position(session, place, title=title)


@pytest.mark.parametrize(
    ("level", "reader", "seen"),
    [
        (ForumLevel.SYSTEM, "Planlegger", ALL),
        (ForumLevel.SYSTEM, "Rektor, Nord", ALL),
        (ForumLevel.CASE_ELSE_NOT, "Koordinator", ALL),
        (ForumLevel.CASE_ELSE_NOT, "Rektor, Nord", ["Koordinator", "Rektor, Nord"]),
        (ForumLevel.CASE_ELSE_ANONYMOUS, "Rektor, Sør", ["Koordinator", "Rektor, Sør"]),
        (ForumLevel.CASE_ELSE_NOT, "Planlegger", []),
    ],
)
def test_a_seat_in_a_case_level_forum_opens_the_seats_of_its_own_series(
    sqlite_database: Database, level: ForumLevel, reader: str, seen: list[str]
) -> None:
    with sqlite_database.write() as session:
        assert seats_seen(session, level, reader) == seen


def test_the_same_on_both_databases(database: Database) -> None:
    with database.write() as session:
        found = seats_seen(session, ForumLevel.CASE_ELSE_NOT, "Rektor, Nord")
    assert found == ["Koordinator", "Rektor, Nord"]


def test_a_forum_of_another_municipality_has_no_seats(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        other = rows.add_municipality(session, slug="hemsedal", name="Hemsedal")
        forum = rows.add_forum(session, other)
        rows.add_seat(session, forum, position(session, other, "Rektor"))
        here = position(session, rows.add_municipality(session), "Leder")
        viewer = viewer_of_position(session, id_of(here), today=rows.MADE_AT.date())
        assert visible_seats(session, viewer, id_of(forum)) == ()
