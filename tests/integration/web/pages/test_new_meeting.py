"""The page that adds a meeting to a forum: who may, what is refused, and what it says first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import UnitKind
from scheduler.domain.language import Language
from scheduler.store.rows import id_of
from scheduler.store.tables import Meeting, Outbox, Person, YearPlan
from tests.factories.rows import add_unit
from tests.factories.site import Site, Visitor
from tests.factories.town import Town

PATH = "/sor-fron/forum/ressursgruppe/nytt-mote"
CASE_PATH = "/sor-fron/forum/familieteam/nytt-mote"
FILLED = {"held_on": "2027-04-13", "starts": "09:00", "ends": "11:00", "place": "Kantina"}


def meetings_on(site: Site, day: date) -> list[tuple[int, str | None, bool]]:
    with site.database.read() as session:
        rows = session.exec(select(Meeting).where(Meeting.held_on == day)).all()
        return [(row.forum_id, row.place, row.set_by_hand) for row in rows]


def test_nothing_is_written_before_it_is_confirmed(site: Site, town: Town, leader: Visitor) -> None:
    assert leader.get(PATH).status_code == 200

    said = leader.post(PATH, FILLED)

    assert said.status_code == 200
    assert "13. april 2027" in said.text
    assert "Åse Sekretær" in said.text
    assert meetings_on(site, date(2027, 4, 13)) == []

    done = leader.post(PATH, {**FILLED, "confirmed": "1"})

    assert done.status_code == 303
    assert meetings_on(site, date(2027, 4, 13)) == [(town.group.id, "Kantina", True)]
    assert "Møtet er lagt til. 3 personer får 1 e-post hver." in leader.get(done.location).text


def test_the_same_form_sent_again_adds_no_other(site: Site, town: Town, leader: Visitor) -> None:
    leader.get(PATH)
    leader.post(PATH, {**FILLED, "confirmed": "1"})

    again = leader.post(PATH, {**FILLED, "confirmed": "1"})

    assert again.status_code == 422
    assert "forumet har allerede et møte da" in again.text
    assert len(meetings_on(site, date(2027, 4, 13))) == 1


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        (
            "nb",
            "Møtet blir synlig når året publiseres.",
            "Møtet er lagt til, og blir synlig når året publiseres.",
        ),
        (
            "nn",
            "Møtet blir synleg når året blir publisert.",
            "Møtet er lagt til, og blir synleg når året blir publisert.",
        ),
        (
            "en",
            "The meeting will be visible when the year is published.",
            "The meeting is added, and will be visible when the year is published.",
        ),
    ],
)
def test_in_a_year_that_is_not_published_it_says_so_and_leads_to_a_page_that_is_there(
    site: Site, town: Town, leader: Visitor, language: str, said: str, told: str
) -> None:
    with site.database.write() as session:
        session.get_one(YearPlan, town.year.id).published_at = None
        session.get_one(Person, town.leader_id).language = Language(language)
    near = {**FILLED, "held_on": "2027-01-13"}
    leader.get(PATH)

    preview = leader.post(PATH, near).text
    done = leader.post(PATH, {**near, "confirmed": "1"})
    page = leader.get(done.location)

    assert said in preview
    assert "Åse Sekretær" not in preview.partition("<main")[2]
    assert (done.status_code, page.status_code) == (303, 200)
    assert told in page.text
    with site.database.read() as session:
        assert session.exec(select(Outbox)).all() == []


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("held_on", "2027-01-10", "Dato kan ikke være før i dag"),
        ("held_on", "2031-01-10", "Dato er for langt fram"),
        ("held_on", "2027-02-30", "Dato må være en dato som finnes"),
        ("ends", "08:00", "Slutter må være etter at møtet starter"),
        ("place", "Hos 01010750160", "Sted kan ikke inneholde fødselsnummer"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    site: Site, leader: Visitor, field: str, value: str, text: str
) -> None:
    leader.get(PATH)

    answer = leader.post(PATH, {**FILLED, field: value, "confirmed": "1"})

    assert answer.status_code == 422
    assert text in answer.text
    assert meetings_on(site, date(2027, 4, 13)) == []


def test_the_forum_page_leads_here_for_those_who_may(
    town: Town, as_person: Callable[[int], Visitor]
) -> None:
    shown = {
        person_id: PATH in as_person(person_id).get("/sor-fron/forum/ressursgruppe").text
        for person_id in (town.leader_id, town.secretary_id, town.planner_id, town.psychologist_id)
    }

    assert shown == {
        town.leader_id: True,
        town.secretary_id: True,
        town.planner_id: True,
        town.psychologist_id: False,
    }


def test_a_member_may_not_and_a_stranger_finds_nothing(
    town: Town, as_person: Callable[[int], Visitor]
) -> None:
    assert as_person(town.psychologist_id).get(PATH).status_code == 403
    assert as_person(town.stranger_id).get(PATH).status_code == 404
    assert as_person(town.leader_id).get(CASE_PATH).status_code == 404


def test_at_case_level_there_is_no_agenda_and_the_planner_learns_no_names(
    site: Site, town: Town, as_person: Callable[[int], Visitor]
) -> None:
    coordinator, planner = as_person(town.psychologist_id), as_person(town.planner_id)

    page = coordinator.get(CASE_PATH).text
    planner.get(CASE_PATH)
    said = planner.post(CASE_PATH, FILLED).text

    assert "Her skal det aldri stå noe om en sak" in page
    assert "agenda" not in page.lower()
    assert "saksliste" not in page.lower()
    assert "Åse Kommunepsykolog" not in said
    assert "De som har plass i forumet, får e-post." in said


def test_a_forum_with_a_series_for_each_unit_asks_which(
    site: Site, town: Town, leader: Visitor
) -> None:
    with site.database.write() as session:
        unit_id = divide(session, town)
    leader.get(PATH)

    asked = leader.post(PATH, {**FILLED, "confirmed": "1"})
    done = leader.post(PATH, {**FILLED, "unit": "sor", "confirmed": "1"})

    assert (asked.status_code, done.status_code) == (422, 303)
    assert "Enhet må fylles ut" in asked.text
    with site.database.read() as session:
        (meeting,) = session.exec(select(Meeting).where(col(Meeting.unit_id).is_not(None)))
        assert (meeting.unit_id, meeting.number) == (unit_id, 1)


def divide(session: Session, town: Town) -> int:
    """Let the group meet at each of two schools; return the id of the southern one."""
    add_unit(session, town.municipality, slug="nord", name="Nord skole")
    south = add_unit(session, town.municipality, slug="sor", name="Sør skole")
    town.group.per_unit, town.group.units = UnitKind.SCHOOL, ["nord", "sor"]
    session.add(town.group)
    return id_of(south)
