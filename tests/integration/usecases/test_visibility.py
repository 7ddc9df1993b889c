"""Who sees what, on both databases (privacy rule 3, 4, 9 and 11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from sqlmodel import Session

from scheduler.domain.enums import (
    AttendanceRule,
    DutyState,
    ForumLevel,
    HolderKind,
    MeetingState,
    Role,
)
from scheduler.domain.snapshots import MeetingSnapshot, SlotState
from scheduler.store.database import Database
from scheduler.store.tables import Grant, Leave, Municipality, Position, YearPlan
from scheduler.usecases.visibility import (
    Selection,
    Viewer,
    own_duties,
    own_meetings,
    viewer_of,
    viewer_of_municipality,
    viewer_of_position,
    visible_duties,
    visible_forums,
    visible_meetings,
)
from tests.factories import rows

TODAY = date(2027, 1, 11)
EVERYTHING = Selection()


@dataclass(frozen=True)
class Town:
    municipality: Municipality
    year: YearPlan
    position: Position
    person_id: int


def build_town(session: Session, **fields: str) -> Town:
    municipality = rows.add_municipality(session, **fields)
    year = rows.add_year(session, municipality)
    position = rows.add_position(session, municipality, title="Leder, MGPP")
    person = rows.add_person(session)
    rows.add_holder(session, position, person)
    assert person.id is not None
    return Town(municipality, year, position, person.id)


def me(session: Session, town: Town, today: date = TODAY) -> Viewer:
    return viewer_of(session, town.person_id, today=today)


def names(meetings: tuple[MeetingSnapshot, ...]) -> list[str]:
    return [meeting.forum_name for meeting in meetings]


def test_everyone_in_the_municipality_sees_the_system_level(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        forum = rows.add_forum(
            session, town.municipality, name="Ressursgruppe", agenda=["Årshjulet"]
        )
        rows.add_meeting(session, town.year, forum)
        (meeting,) = visible_meetings(session, me(session, town), EVERYTHING)
        assert (meeting.forum_name, meeting.place, meeting.agenda) == (
            "Ressursgruppe",
            "Rådhuset, møterom 2",
            ("Årshjulet",),
        )
        assert own_meetings(session, me(session, town), EVERYTHING) == ()


@pytest.mark.parametrize("level", [ForumLevel.CASE_ELSE_ANONYMOUS, ForumLevel.CASE_ELSE_NOT])
def test_a_case_level_forum_is_absent_for_those_without_a_seat(
    database: Database, level: ForumLevel
) -> None:
    with database.write() as session:
        town = build_town(session)
        forum = rows.add_forum(session, town.municipality, level=level)
        meeting = rows.add_meeting(session, town.year, forum)
        rows.add_duty(session, town.municipality, forum_id=forum.id, meeting_id=meeting.id)
        viewer = me(session, town)
        assert (
            visible_meetings(session, viewer, EVERYTHING),
            visible_forums(session, viewer, EVERYTHING),
            visible_duties(session, viewer, EVERYTHING),
        ) == ((), (), ())


def test_a_seat_opens_a_case_level_forum_but_never_an_agenda(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        forum = rows.add_forum(
            session,
            town.municipality,
            name="Familieteam",
            level=ForumLevel.CASE_ELSE_ANONYMOUS,
            agenda=["Skal ikke vises"],
        )
        rows.add_seat(session, forum, town.position)
        rows.add_meeting(session, town.year, forum, place="Helsestasjonen")
        viewer = me(session, town)
        (meeting,) = visible_meetings(session, viewer, EVERYTHING)
        assert (meeting.forum_name, meeting.place, meeting.agenda) == (
            "Familieteam",
            "Helsestasjonen",
            (),
        )
        (seen,) = visible_forums(session, viewer, EVERYTHING)
        assert (seen.name, seen.agenda, seen.by_seat) == ("Familieteam", (), True)


def test_a_planner_without_a_seat_sees_only_the_dates_of_a_case_level_forum(
    database: Database,
) -> None:
    with database.write() as session:
        town = build_town(session)
        rows.add(session, Grant(role=Role.PLANNER, position_id=town.position.id))
        forum = rows.add_forum(
            session, town.municipality, level=ForumLevel.CASE_ELSE_NOT, mandate="Mandat", place="B2"
        )
        meeting = rows.add_meeting(session, town.year, forum, reasons=[{"code": "weekday"}])
        rows.add_duty(session, town.municipality, forum_id=forum.id, meeting_id=meeting.id)
        viewer = me(session, town)
        (seen,) = visible_meetings(session, viewer, EVERYTHING)
        assert (seen.held_on, seen.place, seen.reasons) == (date(2027, 3, 9), None, ())
        (seen_forum,) = visible_forums(session, viewer, EVERYTHING)
        assert (seen_forum.mandate, seen_forum.place, seen_forum.by_seat) == (None, None, False)
        assert visible_duties(session, viewer, EVERYTHING) == ()


def test_a_seat_for_one_unit_opens_that_units_series_only(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        lia = rows.add_unit(session, town.municipality, name="Lia skule")
        midtbygda = rows.add_unit(session, town.municipality, name="Midtbygda skule")
        forum = rows.add_forum(
            session, town.municipality, name="Elevhelseteam", level=ForumLevel.CASE_ELSE_ANONYMOUS
        )
        rows.add_seat(session, forum, town.position, unit_id=lia.id)
        for unit in (lia, midtbygda):
            rows.add_meeting(session, town.year, forum, unit_id=unit.id)
            rows.add_duty(session, town.municipality, forum_id=forum.id, unit_id=unit.id)
        viewer = me(session, town)
        assert [
            (meeting.title, meeting.of) for meeting in visible_meetings(session, viewer, EVERYTHING)
        ] == [("Elevhelseteam, Lia skule", 1)]
        assert [duty.subject for duty in visible_duties(session, viewer, EVERYTHING)] == [
            "Elevhelseteam, Lia skule"
        ]


def test_a_calendar_holds_what_each_seat_attends(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        for attends in AttendanceRule:
            forum = rows.add_forum(session, town.municipality, name=attends.value)
            rows.add_seat(session, forum, town.position, attends=attends)
            rows.add_meeting(session, town.year, forum, held_on=date(2027, 4, 1))
            rows.add_meeting(
                session, town.year, forum, held_on=date(2027, 5, 4), monthly_guests=True
            )
        own = own_meetings(session, me(session, town), EVERYTHING)
        assert [(meeting.forum_name, meeting.held_on.month) for meeting in own] == [
            ("every", 4),
            ("every", 5),
            ("monthly", 5),
        ]


def test_what_is_not_published_is_nobodys(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        rows.add(session, Grant(role=Role.PLANNER, position_id=town.position.id))
        draft = rows.add_year(session, town.municipality, period="2028", published_at=None)
        forum = rows.add_forum(session, town.municipality)
        rows.add_meeting(session, draft, forum, held_on=date(2028, 3, 7))
        rows.add_meeting(session, town.year, forum, state=MeetingState.PROPOSED)
        assert visible_meetings(session, me(session, town), EVERYTHING) == ()


def test_nothing_crosses_the_wall_but_ones_own_seats(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        other = build_town(session, slug="hemsedal", name="Hemsedal")
        strange = rows.add_forum(session, other.municipality, name="TOG")
        rows.add_meeting(session, other.year, strange)
        rows.add_duty(session, other.municipality)
        assert visible_meetings(session, me(session, town), EVERYTHING) == ()
        assert visible_duties(session, me(session, town), EVERYTHING) == ()
        both = rows.add_position(session, other.municipality)
        person = rows.add_person(session)
        for position in (both, town.position):
            rows.add_holder(session, position, person)
        rows.add_seat(session, strange, both)
        home = rows.add_forum(session, town.municipality, name="Ressursgruppe")
        rows.add_seat(session, home, town.position)
        rows.add_meeting(session, town.year, home)
        assert person.id is not None
        viewer = viewer_of(session, person.id, today=TODAY)
        assert names(own_meetings(session, viewer, EVERYTHING)) == ["TOG", "Ressursgruppe"]


def test_a_leaver_sees_nothing_from_the_next_day_and_the_successor_everything(
    database: Database,
) -> None:
    with database.write() as session:
        town = build_town(session)
        forum = rows.add_forum(session, town.municipality)
        position = rows.add_position(session, town.municipality)
        rows.add_seat(session, forum, position)
        rows.add_meeting(session, town.year, forum)
        leaver, successor = rows.add_person(session), rows.add_person(session)
        rows.add_holder(session, position, leaver, until_on=TODAY)
        rows.add_holder(session, position, successor, from_on=date(2027, 1, 12))
        assert leaver.id is not None
        assert successor.id is not None

        def count(person_id: int, today: date) -> int:
            viewer = viewer_of(session, person_id, today=today)
            return len(own_meetings(session, viewer, EVERYTHING))

        tomorrow = date(2027, 1, 12)
        assert [count(leaver.id, TODAY), count(leaver.id, tomorrow)] == [1, 0]
        assert [count(successor.id, TODAY), count(successor.id, tomorrow)] == [0, 1]


def test_a_deputy_stands_in_only_while_nobody_else_is_there(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        vacant = rows.add_position(session, town.municipality)
        on_leave = rows.add_position(session, town.municipality)
        holder = rows.add_holder(session, on_leave, rows.add_person(session))
        deputy = rows.add_person(session)
        for position in (town.position, vacant, on_leave):
            rows.add_holder(session, position, deputy, kind=HolderKind.DEPUTY)
        assert deputy.id is not None
        assert viewer_of(session, deputy.id, today=TODAY).position_ids == {vacant.id}
        assert holder.id is not None
        rows.add(session, Leave(holder_id=holder.id, starts_on=TODAY, ends_on=TODAY))
        assert viewer_of(session, deputy.id, today=TODAY).position_ids == {vacant.id, on_leave.id}


def test_a_delegate_does_the_duties_of_the_system_level_only(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        person = rows.add_person(session)
        chief = rows.add_position(session, town.municipality)
        rows.add_holder(session, chief, person, kind=HolderKind.DELEGATE)
        for level in (ForumLevel.SYSTEM, ForumLevel.CASE_ELSE_NOT):
            forum = rows.add_forum(session, town.municipality, name=level.value, level=level)
            rows.add_seat(session, forum, chief)
            rows.add_duty(session, town.municipality, forum_id=forum.id, position_id=chief.id)
        assert person.id is not None
        viewer = viewer_of(session, person.id, today=TODAY)
        assert [duty.forum_name for duty in own_duties(session, viewer, EVERYTHING)] == ["system"]


def test_the_feed_of_a_municipality_holds_the_system_level(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        for level in ForumLevel:
            forum = rows.add_forum(session, town.municipality, name=level.value, level=level)
            rows.add_seat(session, forum, town.position)
            rows.add_meeting(session, town.year, forum)
        assert town.municipality.id is not None
        assert town.position.id is not None
        everyone = viewer_of_municipality(town.municipality.id, today=TODAY)
        assert names(visible_meetings(session, everyone, EVERYTHING)) == ["system"]
        position = viewer_of_position(session, town.position.id, today=TODAY)
        assert names(own_meetings(session, position, EVERYTHING)) == [
            "system",
            "case_else_anonymous",
            "case_else_not",
        ]


def test_a_slot_held_if_needed_is_reserved_or_free_and_never_used(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        forum = rows.add_forum(session, town.municipality, cadence={"on_demand": True})
        for state in (MeetingState.PLANNED, MeetingState.CANCELLED):
            rows.add_meeting(session, town.year, forum, state=state)
        seen = visible_meetings(session, me(session, town), EVERYTHING)
        assert [(meeting.slot, meeting.of) for meeting in seen] == [
            (SlotState.RESERVED, 2),
            (SlotState.FREE, 2),
        ]


def test_a_selection_narrows_by_day_forum_and_what_is_unfinished(database: Database) -> None:
    with database.write() as session:
        town = build_town(session)
        one, two = (rows.add_forum(session, town.municipality, name=name) for name in "ab")
        for forum in (one, two):
            for month in (2, 3, 4):
                rows.add_meeting(session, town.year, forum, held_on=date(2027, month, 1))
        viewer = me(session, town)
        march = Selection(from_on=date(2027, 3, 1), until_on=date(2027, 3, 31))
        assert names(visible_meetings(session, viewer, march)) == ["a", "b"]
        assert names(visible_meetings(session, viewer, Selection(forum_id=two.id))) == ["b"] * 3
        rows.add_duty(session, town.municipality, state=DutyState.DONE)
        left = rows.add_duty(session, town.municipality, state=DutyState.IN_REVIEW)
        unfinished = visible_duties(session, viewer, Selection(unfinished=True))
        assert [duty.id for duty in unfinished] == [left.id]
        assert unfinished[0].is_late(date(2027, 2, 26)) is False
        assert unfinished[0].is_late(date(2027, 2, 27)) is True
