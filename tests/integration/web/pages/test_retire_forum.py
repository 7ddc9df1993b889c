"""Taking a forum out of use on its page: what is told first, what is done, and who may."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import MeetingState, Role
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Forum, Grant, Meeting, Outbox, Position
from tests.factories.rows import add, add_holder, add_meeting, add_person, add_position, add_seat
from tests.factories.site import Site, Visitor
from tests.factories.town import Town

GROUP = "/sor-fron/forum/ressursgruppe"
TEAM = "/sor-fron/forum/familieteam"
AWAY = "/ta-ut-av-bruk"


def planner(site: Site, town: Town) -> Visitor:
    return site.visitor_as(town.planner_id)


def administrator(site: Site, town: Town) -> Visitor:
    """Return somebody who administers and does not plan."""
    with site.database.write() as session:
        office = add_position(session, town.municipality, title="Merkantil", slug="merkantil")
        boss = add_person(session, name="Astrid Admin")
        add_holder(session, office, boss)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=office.id))
        boss_id = id_of(boss)
    return site.visitor_as(boss_id)


def standing(session: Session, forum: Forum) -> tuple[object, ...]:
    """Return what retiring a forum changes."""
    meetings = select(Meeting.state).where(Meeting.forum_id == id_of(forum))
    return (
        session.get_one(Forum, id_of(forum)).retired_on,
        sorted(session.exec(meetings).all()),
        len(session.exec(select(Outbox)).all()),
        len(session.exec(select(AuditEvent)).all()),
    )


def shown(page: str) -> str:
    """Return what the page says in short, as its form sends it."""
    return re.findall(r'name="shown" value="([^"]*)"', page)[0]


def test_the_page_tells_what_falls_away_and_changes_nothing(site: Site, town: Town) -> None:
    with site.database.write() as session:
        year = town.year
        add_meeting(session, year, town.group, number=5, held_on=date(2027, 1, 13))
        before = standing(session, town.group)
    page = planner(site, town).get(GROUP + AWAY).text
    assert "2 møter avlyses." in page
    assert page.index("onsdag 13. januar 2027") < page.index("tirsdag 9. februar 2027")
    assert re.findall(r"\d person(?:er)? får 1 e-post(?: hver)?\.", page) == [
        "3 personer får 1 e-post hver."
    ]
    assert "2 frister faller bort." in page
    assert "for møtet er ikke nær" not in page
    with site.database.read() as session:
        assert standing(session, town.group) == before


def test_what_was_told_is_done_and_stands_in_the_log(site: Site, town: Town) -> None:
    visitor = planner(site, town)
    assert f'href="{GROUP}{AWAY}"' in visitor.get(GROUP).text
    values = {"shown": shown(visitor.get(GROUP + AWAY).text)}
    done = visitor.post(GROUP + AWAY, values)
    assert (done.status_code, done.location) == (303, "/sor-fron/forum")
    listed = visitor.get("/sor-fron/forum").text
    assert "Ressursgruppe, barn og unge er tatt ut av bruk. 1 møte er avlyst." in listed
    assert f'href="{GROUP}"' not in listed
    with site.database.read() as session:
        assert session.get_one(Forum, id_of(town.group)).retired_on == site.now.date()
        meeting = session.get_one(Meeting, id_of(town.meeting))
        assert meeting.state is MeetingState.CANCELLED
        logged = session.exec(select(AuditEvent).order_by(col(AuditEvent.id))).all()
        assert [(one.action, one.person_id) for one in logged][-1] == (
            "forum.retired",
            town.planner_id,
        )
    assert visitor.get(GROUP + AWAY).status_code == 404


def test_where_more_falls_away_than_was_shown_it_is_looked_at_again(site: Site, town: Town) -> None:
    visitor = planner(site, town)
    values = {"shown": shown(visitor.get(GROUP + AWAY).text)}
    with site.database.write() as session:
        add_meeting(session, town.year, town.group, number=5, held_on=date(2027, 5, 11))
        before = standing(session, town.group)
    again = visitor.post(GROUP + AWAY, values)
    assert (again.status_code, "2 møter avlyses." in again.text) == (409, True)
    with site.database.read() as session:
        assert standing(session, town.group) == before
    assert visitor.post(GROUP + AWAY, {"shown": shown(again.text)}).status_code == 303


@pytest.mark.parametrize("path", [GROUP, TEAM])
def test_a_second_click_is_told_the_same_and_does_nothing_more(
    site: Site, town: Town, path: str
) -> None:
    visitor = planner(site, town)
    values = {"shown": shown(visitor.get(path + AWAY).text)}
    forum = town.group if path == GROUP else town.team
    assert visitor.post(path + AWAY, values).status_code == 303
    with site.database.read() as session:
        before = standing(session, forum)
    again = visitor.post(path + AWAY, values)
    assert (again.status_code, again.location) == (303, "/sor-fron/forum")
    assert f"{forum.name} er tatt ut av bruk." in visitor.get("/sor-fron/forum").text
    with site.database.read() as session:
        assert standing(session, forum) == before


def test_who_may_not_know_of_a_case_level_forum_is_not_told_that_it_is_out_of_use(
    site: Site, town: Town
) -> None:
    visitor = planner(site, town)
    values = {"shown": shown(visitor.get(TEAM + AWAY).text)}
    assert visitor.post(TEAM + AWAY, values).status_code == 303
    other = administrator(site, town)
    assert other.get("/sor-fron/forum").status_code == 200
    assert other.post(TEAM + AWAY, values).status_code == 404


def test_the_planner_is_told_the_dates_alone_of_a_case_level_forum(site: Site, town: Town) -> None:
    page = planner(site, town).get(TEAM + AWAY).text
    main = page[page.index("<main") : page.index("</main>")]
    assert "fredag 22. januar 2027" in main
    assert ("person" in main, "e-post om" in main, "Kommunepsykolog" in main) == (
        False,
        False,
        False,
    )
    assert shown(page) == "1"


@pytest.mark.parametrize(("path", "status"), [(GROUP, 200), (TEAM, 404)])
def test_who_administers_may_too_but_not_where_they_may_not_look(
    site: Site, town: Town, path: str, status: int
) -> None:
    assert administrator(site, town).get(path + AWAY).status_code == status


def test_who_administers_with_a_seat_at_case_level_leaves_it_to_the_planner(
    site: Site, town: Town
) -> None:
    visitor = administrator(site, town)
    with site.database.write() as session:
        office = session.exec(select(Position).where(Position.slug == "merkantil")).one()
        add_seat(session, town.team, office)
    assert visitor.get(TEAM + AWAY).status_code == 403
    assert AWAY not in visitor.get(TEAM).text


@pytest.mark.parametrize("path", [GROUP, TEAM])
def test_members_may_not(site: Site, town: Town, path: str) -> None:
    visitor = site.visitor_as(town.psychologist_id)
    assert AWAY not in visitor.get(path).text
    assert visitor.get(path + AWAY).status_code == 403
    assert visitor.post(path + AWAY, {"shown": "1"}).status_code == 403
