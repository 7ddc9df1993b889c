"""What a case-level forum, another unit or another municipality leaves in each feed: see the table.

Subscriptions are made here past the pages, for whom and of what no page would make them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import product

import pytest
from sqlmodel import Session

from scheduler.domain.enums import DutyKind, FeedDetail, FeedScope, MeetingState
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Municipality
from scheduler.usecases.feeds.subscriptions import FeedTarget, create_subscription
from scheduler.usecases.viewer import viewer_of
from tests.factories import rows
from tests.factories.site import Site, make_site
from tests.factories.town import build_town
from web.feeds.blueprint import blueprint

# Each stands nowhere but in the rows of the family team, or of its series at one school.
WORDS = ("Familieteam", "Helsestasjonen", "Skal aldri vises", "Frya", "Kvam", "Helsesøster ber om")


@dataclass(frozen=True)
class Walls:
    """The site, the people by name, and what there is to subscribe to."""

    site: Site
    people: dict[str, int]
    positions: dict[str, int]
    municipality: int
    team: int

    def unfolded(self, who: str | None, scope: FeedScope, detail: FeedDetail) -> str:
        """Return the feed that somebody would get of a scope, with its lines put together."""
        owner = self.people[who] if who else None
        target = FeedTarget(
            scope=scope,
            municipality_id=None if scope is FeedScope.PERSON else self.municipality,
            person_id=owner if scope is FeedScope.PERSON else None,
            position_id=self.positions.get(who or "") if scope is FeedScope.POSITION else None,
            forum_id=self.team if scope is FeedScope.FORUM else None,
        )
        with self.site.database.write() as session:
            _made, secret = create_subscription(
                session,
                target,
                owner_id=owner,
                label="X",
                language=Language.BOKMAL,
                detail=detail,
                now=self.site.now,
            )
        answer = self.site.app.test_client().get(f"/feeds/{secret}.ics", buffered=True)
        return answer.text.replace("\r\n ", "")


@pytest.fixture
def walls(sqlite_database: Database, now: datetime) -> Walls:
    with sqlite_database.write() as session:
        town = build_town(session, meetings=2)
        municipality = session.get_one(Municipality, town.municipality.id)
        head = rows.add_person(session, name="Åse Rektor")
        position = rows.add_position(session, municipality, title="Rektor")
        rows.add_holder(session, position, head)
        schools = [
            rows.add_unit(session, municipality, name=f"{name} skule") for name in ("Frya", "Kvam")
        ]
        rows.add_seat(session, town.team, position, unit_id=schools[0].id)
        for number, school in enumerate(schools, start=3):
            meeting = rows.add_meeting(
                session,
                town.year,
                town.team,
                number=number,
                unit_id=school.id,
                held_on=date(2027, 4, number),
                starts=time(9),
                ends=time(10),
                place="Helsestasjonen",
                state=MeetingState.CANCELLED if number == 4 else MeetingState.PLANNED,
                cancelled_at=now if number == 4 else None,
                cancelled_why="Helsesøster ber om det" if number == 4 else None,
            )
            rows.add_duty(
                session,
                municipality,
                kind=DutyKind.NOTICE,
                forum_id=town.team.id,
                meeting_id=meeting.id,
                unit_id=school.id,
                position_id=position.id if number == 3 else None,
                due_on=date(2027, 3, 20),
            )
        people = {
            "psychologist": town.psychologist_id,
            "leader": town.leader_id,
            "secretary": town.secretary_id,
            "planner": town.planner_id,
            "stranger": town.stranger_id,
            "head": id_of(head),
        }
        positions = {name: _position_of(session, person_id) for name, person_id in people.items()}
        return Walls(
            site=make_site(sqlite_database, now, blueprints=(blueprint,)),
            people=people,
            positions=positions,
            municipality=id_of(municipality),
            team=id_of(town.team),
        )


def _position_of(session: Session, person_id: int) -> int:
    (position,) = viewer_of(session, person_id, today=date(2027, 1, 11)).position_ids
    return position


def found(walls: Walls, who: str | None) -> dict[str, set[str]]:
    """Return, for each scope and detail level, the words that stand there and should not all."""
    return {
        f"{scope.value}, {detail.value}": words
        for scope, detail in product(FeedScope, FeedDetail)
        if (words := {word for word in WORDS if word in walls.unfolded(who, scope, detail)})
    }


@pytest.mark.parametrize("who", ["leader", "secretary", "stranger", "planner"])
def test_nobody_without_a_seat_finds_a_word_of_it_in_any_feed(walls: Walls, who: str) -> None:
    # The name of the forum they asked for, or once had a seat in, is not told either.
    assert found(walls, who) == {}


def test_a_member_finds_title_time_and_place_in_their_own_feeds_alone(walls: Walls) -> None:
    full = {"Familieteam", "Helsestasjonen", "Frya", "Kvam"}
    title = full - {"Helsestasjonen"}

    assert found(walls, "psychologist") == {
        "person, full": full,
        "person, title": title,
        "position, full": full,
        "position, title": title,
        "forum, full": full,
        "forum, title": title,
        "forum, busy": {"Familieteam"},
    }


def test_a_seat_for_one_school_opens_that_schools_series_alone(walls: Walls) -> None:
    full = {"Familieteam", "Helsestasjonen", "Frya"}
    title = full - {"Helsestasjonen"}

    assert found(walls, "head") == {
        "person, full": full,
        "person, title": title,
        "position, full": full,
        "position, title": title,
        "forum, full": full,
        "forum, title": title,
        "forum, busy": {"Familieteam"},
    }


def test_what_nobody_owns_has_nothing_of_it_but_the_feed_of_the_forum_itself(
    walls: Walls,
) -> None:
    assert set(found(walls, None)) == {"forum, full", "forum, title", "forum, busy"}


def test_what_is_only_busy_says_neither_what_nor_where(walls: Walls) -> None:
    text = walls.unfolded("psychologist", FeedScope.PERSON, FeedDetail.BUSY)
    summaries = {line for line in text.split("\r\n") if line.startswith("SUMMARY")}

    assert summaries == {"SUMMARY:Opptatt", "SUMMARY:AVLYST: Opptatt"}
    assert [
        name for name in ("LOCATION", "DESCRIPTION", "CATEGORIES", "URL") if f"\n{name}" in text
    ] == ["DESCRIPTION"]
    # The one description is the calendar's own.
    assert text.count("\nDESCRIPTION") == 1
