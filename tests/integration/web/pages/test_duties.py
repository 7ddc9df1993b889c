"""Duties on pages: late first, done with one click, and opened again."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import DutyState
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Duty, Position
from tests.factories.rows import add_duty, add_holder, add_person
from tests.factories.site import Site
from tests.factories.town import Town


def duty(site: Site, duty_id: int) -> Duty:
    with site.database.read() as session:
        return session.get_one(Duty, duty_id)


def test_a_late_duty_is_said_on_the_start_page(site: Site, town: Town) -> None:
    page = site.visitor_as(town.secretary_id).get("/").text
    assert "1 frist er gått ut." in page
    assert "Referat: Ressursgruppe, barn og unge, tirsdag 9. februar" in page
    assert "forsinket" in page


def test_done_with_one_click_and_the_link_to_the_archive(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.secretary_id)
    visitor.get("/")
    answer = visitor.post(
        f"/oppgaver/{town.minutes_id}/ferdig", {"link": "https://sak.example/1", "back": "person"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    done = duty(site, town.minutes_id)
    assert (done.state, done.link, done.done_by_id, done.done_through) == (
        DutyState.DONE,
        "https://sak.example/1",
        town.secretary_id,
        "web",
    )
    assert "er merket som ferdig." in visitor.get("/").text
    assert 'href="https://sak.example/1"' in visitor.get("/oppgaver").text


def test_a_link_that_is_a_script_is_never_a_link(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.secretary_id)
    visitor.get("/")
    visitor.post(f"/oppgaver/{town.minutes_id}/ferdig", {"link": "javascript:alert(1)"})
    page = visitor.get("/oppgaver").text
    assert "Arkiv: javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_an_identity_number_is_refused(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.secretary_id)
    visitor.get("/")
    visitor.post(f"/oppgaver/{town.minutes_id}/ferdig", {"link": "sak 01010112377"})
    assert "kan ikke inneholde fødselsnummer" in visitor.get("/").text
    assert duty(site, town.minutes_id).state is DutyState.OPEN


def test_a_duty_done_by_mistake_is_opened_again(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.secretary_id)
    visitor.get("/")
    visitor.post(f"/oppgaver/{town.minutes_id}/ferdig")
    visitor.post(f"/oppgaver/{town.minutes_id}/angre")
    assert duty(site, town.minutes_id).state is DutyState.OPEN


def test_a_member_cannot_finish_the_secretarys_duty(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.psychologist_id)
    visitor.get("/")
    assert visitor.post(f"/oppgaver/{town.minutes_id}/ferdig").status_code == 403
    assert duty(site, town.minutes_id).state is DutyState.OPEN


def test_the_leader_sees_what_is_late_and_may_finish_it(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.leader_id)
    page = visitor.get("/oppgaver").text
    assert "Andres oppgaver som trenger deg" in page
    start = visitor.get("/").text
    assert "1 av andres oppgaver trenger deg" in start
    assert "Ingenting de neste tre ukene." not in start
    visitor.post(f"/oppgaver/{town.minutes_id}/ferdig")
    assert duty(site, town.minutes_id).done_by_id == town.leader_id


def test_each_finish_is_logged_by_ids_alone(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.secretary_id)
    visitor.get("/")
    visitor.post(f"/oppgaver/{town.minutes_id}/ferdig")
    with site.database.read() as session:
        assert logged(session) == [("duty", town.minutes_id, town.secretary_id)]


def test_a_form_without_its_token_does_nothing(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.secretary_id)
    assert visitor.post(f"/oppgaver/{town.minutes_id}/ferdig").status_code == 400
    assert duty(site, town.minutes_id).state is DutyState.OPEN


@pytest.mark.parametrize("path", ["/", "/oppgaver"])
def test_nothing_to_do_says_so(site: Site, town: Town, path: str) -> None:
    page = site.visitor_as(town.psychologist_id).get(path).text
    assert 'class="empty"' in page


def logged(session: Session) -> list[tuple[str, int | None, int | None]]:
    return [
        (event.entity, event.entity_id, event.person_id)
        for event in session.exec(select(AuditEvent).where(AuditEvent.entity == "duty"))
    ]


def test_one_of_several_takes_a_duty_and_gives_it_back(site: Site, town: Town) -> None:
    with site.database.write() as session:
        position_id = session.get_one(Duty, town.minutes_id).position_id
        other = add_person(session, name="Bjørn Også")
        add_holder(session, session.get_one(Position, position_id), other)
        other_id = id_of(other)
    visitor = site.visitor_as(town.secretary_id)
    assert "Flere har stillingen, og ingen har tatt den ennå" in visitor.get("/oppgaver").text
    visitor.post(f"/oppgaver/{town.minutes_id}/ta")
    assert duty(site, town.minutes_id).named_person_id == town.secretary_id
    assert "Du har tatt den" in visitor.get("/oppgaver").text
    seen = site.visitor_as(other_id).get(f"/oppgaver/{town.minutes_id}").text
    assert "Åse Sekretær har tatt den" in seen
    visitor.post(f"/oppgaver/{town.minutes_id}/gi-fra-deg")
    assert duty(site, town.minutes_id).named_person_id is None


def test_a_leader_who_does_not_hold_the_position_cannot_take_its_duty(
    site: Site, town: Town
) -> None:
    visitor = site.visitor_as(town.leader_id)
    visitor.get("/oppgaver")
    assert visitor.post(f"/oppgaver/{town.minutes_id}/ta").status_code == 403
    assert duty(site, town.minutes_id).named_person_id is None


def test_what_nobody_has_taken_is_shared_out_in_turn(site: Site, town: Town) -> None:
    with site.database.write() as session:
        row = session.get_one(Duty, town.minutes_id)
        position = session.get_one(Position, row.position_id)
        add_holder(session, position, add_person(session, name="Bjørn Også"))
        second = add_duty(session, town.municipality, position_id=position.id)
        second_id = id_of(second)
    visitor = site.visitor_as(town.secretary_id)
    page = visitor.get("/oppgaver").text
    # Said once at the top, and not again for each of them.
    assert ("Fordel dem på tur" in page, "Flere har stillingen" in page) == (True, False)
    visitor.post("/oppgaver/fordel")
    named = {duty(site, each).named_person_id for each in (town.minutes_id, second_id)}
    assert len(named) == 2
    assert None not in named
    assert "2 oppgaver er fordelt." in visitor.get("/oppgaver").text
