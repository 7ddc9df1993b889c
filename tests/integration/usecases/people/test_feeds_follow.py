"""A calendar follows the position, not the person."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import FeedScope, Function
from scheduler.store.database import Database
from scheduler.store.feed_stamps import person_source
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Municipality, Person
from scheduler.usecases.feeds.contents import feed_contents
from scheduler.usecases.feeds.kept import stamps_of
from scheduler.usecases.feeds.target import FeedTarget
from scheduler.usecases.people import HandOver, NewPerson, hand_over, rename_holder
from tests.factories.rows import (
    add_forum,
    add_holder,
    add_meeting,
    add_position,
    add_seat,
    add_year,
)
from tests.factories.town import Town, build_town

TODAY = date(2027, 1, 11)
SUCCESSOR = NewPerson("Ny Leder", "ny.leder@sor-fron.example")


@pytest.fixture
def town(database: Database) -> Town:
    """Sør-Fron with three meetings of the resource group ahead."""
    with database.write() as session:
        return build_town(session, meetings=3)


def test_a_position_handed_over_today_takes_its_calendar_along(
    database: Database, now: datetime, town: Town
) -> None:
    position_id, forum_id = id_of(town.leader_position), id_of(town.group)
    forum = FeedTarget(
        scope=FeedScope.FORUM,
        municipality_id=id_of(town.municipality),
        forum_id=forum_id,
    )
    with database.read() as session:
        before = uids(session, person(town.leader_id), town.leader_id)
        of_forum = uids(session, forum, None)
        of_secretary = uids(session, person(town.secretary_id), town.secretary_id)
    # Three meetings, and their notices and minutes.
    assert len(of_forum) == 9
    assert len(before & of_forum) >= 3

    with database.write() as session:
        preview = hand_over(
            session,
            HandOver(position_id=position_id, first_day=TODAY, to=SUCCESSOR),
            now=now,
            actor_id=None,
        )

    assert [(seat.forum, seat.meetings) for seat in preview.seats] == [
        ("Ressursgruppe, barn og unge", 3)
    ]
    with database.read() as session:
        successor_id = session.exec(select(Person.id).where(Person.email == SUCCESSOR.email)).one()
        assert uids(session, person(town.leader_id), town.leader_id) == frozenset()
        assert uids(session, person(successor_id), successor_id) == before
        assert uids(session, forum, None) == of_forum
        assert uids(session, person(town.secretary_id), town.secretary_id) == of_secretary


def test_a_person_with_positions_in_two_municipalities_has_one_feed_with_both(
    database: Database, now: datetime, town: Town
) -> None:
    with database.write() as session:
        there = session.exec(select(Municipality).where(Municipality.slug == "hemsedal")).one()
        year = add_year(session, there)
        tog = add_forum(session, there, slug="tog", name="TOG")
        position = add_position(session, there, title="Kommunepsykolog i Hemsedal")
        add_seat(session, tog, position, function=Function.MEMBER)
        psychologist = session.get_one(Person, town.psychologist_id)
        add_holder(session, position, psychologist)
        meeting = add_meeting(session, year, tog, held_on=date(2027, 3, 4))
        tog_uid = meeting.uid
    with database.read() as session:
        found = feed_contents(
            session,
            person(town.psychologist_id),
            owner_id=town.psychologist_id,
            today=TODAY,
        )
        colleague = uids(session, person(town.leader_id), town.leader_id)
    assert found.municipality_names == ("Sør-Fron", "Hemsedal")
    assert {one.municipality_name for one in found.meetings} == {"Sør-Fron", "Hemsedal"}
    assert [one.uid for one in found.meetings if one.municipality_name == "Hemsedal"] == [tog_uid]
    assert tog_uid not in colleague


def person(person_id: int | None) -> FeedTarget:
    return FeedTarget(scope=FeedScope.PERSON, person_id=person_id)


def uids(session: Session, target: FeedTarget, owner_id: int | None) -> frozenset[str]:
    found = feed_contents(session, target, owner_id=owner_id, today=TODAY)
    return frozenset(one.uid for one in (*found.meetings, *found.duties))


def test_a_corrected_name_is_the_calendars_name_at_the_next_fetch(
    database: Database, now: datetime, town: Town
) -> None:
    with database.write() as session:
        holder_id = session.exec(select(Holder.id).where(Holder.person_id == town.leader_id)).one()
        before = stamps_of(session, {person_source(town.leader_id)})
        assert holder_id is not None
        rename_holder(session, holder_id, "Åse Nygård", today=TODAY, now=now, actor_id=None)
    with database.read() as session:
        found = feed_contents(session, person(town.leader_id), owner_id=town.leader_id, today=TODAY)
        assert found.name == "Åse Nygård"
        assert stamps_of(session, {person_source(town.leader_id)}) != before
