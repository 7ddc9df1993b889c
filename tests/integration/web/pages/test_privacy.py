"""What a case-level forum leaves on pages: everything to its members, nothing to others."""

from __future__ import annotations

import pytest

from tests.factories.site import Site
from tests.factories.town import Town

LISTS = (
    "/",
    "/sor-fron/aarshjul",
    "/sor-fron/aarshjul/2027",
    "/sor-fron/aarshjul?forum=familieteam",
    "/sor-fron/kalender/2027-01",
    "/sor-fron/kalender/liste",
    "/sor-fron/forum",
    "/oppgaver",
    "/abonner",
)


@pytest.mark.parametrize("path", LISTS)
def test_no_list_names_it_to_somebody_without_a_seat(site: Site, town: Town, path: str) -> None:
    answer = site.visitor_as(town.leader_id).get(path)
    assert answer.status_code == 200
    assert "Familieteam" not in answer.text.replace("familieteam", "")
    assert "Helsestasjonen" not in answer.text


def test_its_own_pages_are_not_found_without_a_seat(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.leader_id)
    meeting = f"/mote/{town.team_meeting.id}"
    paths = ("/sor-fron/forum/familieteam", meeting, f"{meeting}/flytt", f"{meeting}/avlys")
    assert [visitor.get(path).status_code for path in paths] == [404] * 4
    assert visitor.post(f"{meeting}/svar", {"answer": "yes"}).status_code == 404


def test_a_member_sees_it_with_its_place_and_never_an_agenda(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.psychologist_id)
    for path in ("/", "/sor-fron/aarshjul", "/sor-fron/kalender/2027-01"):
        assert "Familieteam" in visitor.get(path).text
    meeting = visitor.get(f"/mote/{town.team_meeting.id}").text
    assert "Helsestasjonen" in meeting
    assert "Sakslisten ligger i fagsystemet" in meeting
    assert "Skal aldri vises" not in meeting
    assert "Skal aldri vises" not in visitor.get("/sor-fron/forum/familieteam").text


def test_the_wheel_warns_who_may_not_see_it_and_can_leave_it_out(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.psychologist_id)
    warning = "Ikke heng opp eller del denne visningen"
    assert warning in visitor.get("/sor-fron/aarshjul").text
    public = visitor.get("/sor-fron/aarshjul?niva=system").text
    assert warning not in public
    assert "Familieteam," not in public


def test_the_planner_sees_the_dates_and_nothing_more(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.planner_id)
    forum = visitor.get("/sor-fron/forum/familieteam").text
    assert "Du ser bare datoene" in forum
    assert "fredag 22. januar 2027" in forum
    assert "Kommunepsykolog" not in forum
    meeting = visitor.get(f"/mote/{town.team_meeting.id}").text
    assert "fredag 22. januar 2027" in meeting
    assert "Helsestasjonen" not in meeting


def test_another_municipality_is_not_found(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.stranger_id)
    paths = (
        "/sor-fron/aarshjul",
        "/sor-fron/kalender",
        "/sor-fron/forum",
        "/sor-fron/forum/ressursgruppe",
        f"/mote/{town.meeting.id}",
    )
    assert [visitor.get(path).status_code for path in paths] == [404] * 5
    assert visitor.post(f"/oppgaver/{town.minutes_id}/ferdig").status_code == 404


def test_nobody_sees_a_page_without_logging_in(site: Site, town: Town) -> None:
    visitor = site.visitor()
    paths = (*LISTS, f"/mote/{town.meeting.id}", "/sor-fron/forum/ressursgruppe")
    answers = [visitor.get(path) for path in paths]
    assert {(answer.status_code, answer.headers.get("Location")) for answer in answers} == {
        (303, "/logg-inn")
    }
