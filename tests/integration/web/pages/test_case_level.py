"""At case level: no field for a case, and no more than the date for who plans the year."""

from __future__ import annotations

import pytest
from sqlmodel import select

from scheduler.domain.enums import DutyKind, DutyState
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Meeting, Person, Seat
from scheduler.usecases.reminders import Action, new_action_link
from tests.factories.rows import add_duty
from tests.factories.site import Site
from tests.factories.town import Town

CASE_NUMBER = "2027/114-3"
MOVED = {"held_on": "2027-01-29", "starts": "09:00", "ends": "11:00", "sequence": "0"}


@pytest.fixture
def minutes_id(site: Site, town: Town) -> int:
    """Minutes of a case-level meeting, which the psychologist writes."""
    with site.database.write() as session:
        seat = session.get_one(Duty, town.minutes_id)
        duty = add_duty(
            session,
            town.municipality,
            kind=DutyKind.MINUTES,
            forum_id=town.team.id,
            meeting_id=town.team_meeting.id,
            position_id=psychologist_position(site, town),
            due_on=seat.due_on,
        )
    return id_of(duty)


def psychologist_position(site: Site, town: Town) -> int:
    """Return the position that sits in the team."""
    with site.database.read() as session:
        return session.exec(select(Seat.position_id).where(Seat.forum_id == town.team.id)).one()


def duty(site: Site, duty_id: int) -> Duty:
    with site.database.read() as session:
        return session.get_one(Duty, duty_id)


def team_meeting(site: Site, town: Town) -> Meeting:
    with site.database.read() as session:
        return session.get_one(Meeting, town.team_meeting.id)


@pytest.mark.parametrize("page", ["/", "/oppgaver", "/oppgaver/{duty}", "/mote/{meeting}"])
def test_no_page_has_a_field_for_the_number_of_a_case(
    site: Site, town: Town, minutes_id: int, page: str
) -> None:
    visitor = site.visitor_as(town.psychologist_id)
    shown = visitor.get(page.format(duty=minutes_id, meeting=town.team_meeting.id))
    assert f'action="/oppgaver/{minutes_id}/ferdig"' in shown.text
    assert 'name="link"' not in shown.text


def test_the_number_of_a_case_is_not_kept(site: Site, town: Town, minutes_id: int) -> None:
    visitor = site.visitor_as(town.psychologist_id)
    visitor.get("/oppgaver")
    visitor.post(f"/oppgaver/{minutes_id}/ferdig", {"link": CASE_NUMBER})
    done = duty(site, minutes_id)
    assert (done.state, done.link) == (DutyState.DONE, None)


def test_nor_is_it_by_the_link_in_a_mail(site: Site, town: Town, minutes_id: int) -> None:
    with site.database.write() as session:
        token = new_action_link(
            session,
            duty_id=minutes_id,
            action=Action.DONE,
            position_id=session.get_one(Duty, minutes_id).position_id,
            person_id=town.psychologist_id,
            now=site.now,
        )
    visitor = site.visitor()
    assert 'name="link"' not in visitor.get(f"/handling/{token}").text
    visitor.post(f"/handling/{token}", {"link": CASE_NUMBER})
    done = duty(site, minutes_id)
    assert (done.state, done.link) == (DutyState.DONE, None)


def test_the_planner_moves_it_and_its_place_stands(site: Site, town: Town) -> None:
    visitor, path = site.visitor_as(town.planner_id), f"/mote/{town.team_meeting.id}/flytt"
    assert 'name="place"' not in visitor.get(path).text
    for place in ("", "Hjemme hos noen"):
        sequence = str(team_meeting(site, town).sequence)
        values = {**MOVED, "sequence": sequence, "place": place, "confirmed": "1"}
        visitor.post(path, values)
    moved = team_meeting(site, town)
    assert (moved.held_on.isoformat(), moved.place, moved.sequence) == (
        "2027-01-29",
        "Helsestasjonen",
        1,
    )


def test_a_member_moves_it_to_another_place(site: Site, town: Town) -> None:
    visitor, path = site.visitor_as(town.psychologist_id), f"/mote/{town.team_meeting.id}/flytt"
    visitor.get(path)
    visitor.post(path, {**MOVED, "place": " Rådhuset,\r\n rom 2", "confirmed": "1"})
    assert team_meeting(site, town).place == "Rådhuset, rom 2"


def test_the_planner_does_not_see_who_changed_it(site: Site, town: Town) -> None:
    member, path = site.visitor_as(town.psychologist_id), f"/mote/{town.team_meeting.id}"
    member.get(f"{path}/flytt")
    member.post(f"{path}/flytt", {**MOVED, "place": "Helsestasjonen", "confirmed": "1"})
    assert "Flyttet fra" in member.get(path).text
    assert "Åse Kommunepsykolog" in member.get(path).text.split("<main")[1]
    planner = site.visitor_as(town.planner_id).get(path).text.split("<main")[1]
    assert "Flyttet fra" in planner
    assert "Åse Kommunepsykolog" not in planner


def test_the_planner_is_not_told_how_many_sit_in_it_nor_of_their_answers_and_papers(
    site: Site, town: Town, minutes_id: int
) -> None:
    with site.database.write() as session:
        person = session.get_one(Person, town.psychologist_id)
        person.wants_invitations = True
        session.add(person)
    path = f"/mote/{town.team_meeting.id}"
    member, planner = site.visitor_as(town.psychologist_id), site.visitor_as(town.planner_id)
    member.get(path)
    assert member.post(f"{path}/svar", {"answer": "no"}).status_code == 303
    told = ("1 person", "1 svar", "Referat")
    said = {}
    for who, visitor in (("member", member), ("planner", planner)):
        visitor.get(f"{path}/flytt")
        moved = visitor.post(f"{path}/flytt", MOVED).text
        called_off = visitor.get(f"{path}/avlys").text
        for text in (moved, called_off):
            card = text.split("Dette skjer")[1].split("</ul>")[0]
            said.setdefault(who, []).append([words for words in told if words in card])
    visitor = planner
    visitor.get(f"{path}/flytt")
    visitor.post(f"{path}/flytt", {**MOVED, "confirmed": "1"})
    after = visitor.get(path).text

    assert said == {"member": [list(told), ["1 person", "Referat"]], "planner": [[], []]}
    assert ("Møtet er flyttet." in after, "1 person" in after) == (True, False)
