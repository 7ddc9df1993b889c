"""Duties on pages: late first, done with one click, and opened again."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import DutyState
from scheduler.store.tables import AuditEvent, Duty
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
