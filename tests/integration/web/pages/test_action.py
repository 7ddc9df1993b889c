"""Links in mails: opening one does nothing, the button does it once, and it is logged so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.domain.enums import DutyState
from scheduler.store.tables import Duty, Person
from scheduler.usecases.reminders import Action, new_action_link
from tests.factories.site import Site
from tests.factories.town import Town


def link(site: Site, town: Town, action: Action = Action.DONE) -> str:
    with site.database.write() as session:
        token = new_action_link(
            session,
            duty_id=town.minutes_id,
            action=action,
            position_id=session.get_one(Duty, town.minutes_id).position_id,
            person_id=town.secretary_id,
            now=site.now,
        )
    return f"/handling/{token}"


def minutes(site: Site, town: Town) -> Duty:
    with site.database.read() as session:
        return session.get_one(Duty, town.minutes_id)


def test_opening_the_link_does_nothing(site: Site, town: Town) -> None:
    path = link(site, town)
    answer = site.visitor().get(path)
    assert "Referat: Ressursgruppe, barn og unge, tirsdag 9. februar" in answer.text
    assert "Knappen merker oppgaven som ferdig" in answer.text
    assert site.visitor().client.head(path).status_code == 200
    assert minutes(site, town).state is DutyState.OPEN


def test_the_button_does_it_without_logging_in(site: Site, town: Town) -> None:
    visitor, path = site.visitor(), link(site, town)
    visitor.get(path)
    assert "Takk, det er notert" in visitor.post(path, {"link": "2027/114"}).text
    done = minutes(site, town)
    assert (done.state, done.done_through, done.done_by_id, done.link) == (
        DutyState.DONE,
        "mail",
        town.secretary_id,
        "2027/114",
    )
    assert "via e-post" in site.visitor_as(town.secretary_id).get("/oppgaver").text


def test_a_used_link_is_met_kindly(site: Site, town: Town) -> None:
    visitor, path = site.visitor(), link(site, town)
    visitor.get(path)
    visitor.post(path)
    for answer in (visitor.get(path), visitor.post(path)):
        assert answer.status_code == 410
        assert "Lenken er brukt eller for gammel" in answer.text


@pytest.mark.parametrize("path", ["/handling/finnes-ikke", "/handling/x"])
def test_an_unknown_link_is_met_like_a_used_one(site: Site, path: str) -> None:
    assert site.visitor().get(path).status_code == 410


def test_a_link_lasts_thirty_days(site: Site, town: Town) -> None:
    path = link(site, town)
    site.now += timedelta(days=29, hours=23)
    assert site.visitor().get(path).status_code == 200
    site.now += timedelta(hours=2)
    assert site.visitor().get(path).status_code == 410


def test_a_link_can_ask_for_one_mail_a_week(site: Site, town: Town) -> None:
    visitor, path = site.visitor(), link(site, town, Action.WEEKLY_ONLY)
    page = visitor.get(path).text
    done = visitor.post(path).text
    assert "én e-post i uka" in page
    # The reminder may have been one that did not name its forum to its reader.
    assert "Ressursgruppe" not in page + done
    with site.database.read() as session:
        assert session.get_one(Person, town.secretary_id).digest_weekday == 0
    assert minutes(site, town).state is DutyState.OPEN
