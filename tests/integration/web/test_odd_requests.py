"""Requests that no page of ours makes are answered in words, and lead nowhere else."""

from __future__ import annotations

from datetime import datetime

import pytest

from scheduler.domain.enums import Role
from scheduler.store.database import Database
from scheduler.store.tables import Grant
from scheduler.usecases.access.login_link import new_login_link
from tests.factories.rows import add, add_holder, add_municipality, add_person, add_position
from tests.factories.site import Site, make_site
from web.pages import page_blueprints

HUGE = ("2147483648", "9" * 26, "9" * 5000, "-1", "٣")


@pytest.fixture
def site(database: Database, now: datetime) -> Site:
    """The application with one administrator."""
    with database.write() as session:
        position = add_position(session, add_municipality(session), slug="kontor")
        add_holder(session, position, add_person(session))
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=position.id))
    return make_site(database, now, blueprints=page_blueprints())


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize(
    "path",
    [
        "/mote/{}",
        "/oppgaver/{}",
        "/sor-fron/administrasjon/e-post/{}",
        "/sor-fron/administrasjon/stillinger/kontor/{}/avslutt",
    ],
)
def test_a_number_that_no_row_can_have_is_not_found(site: Site, path: str, number: str) -> None:
    assert site.visitor_as(1).get(path.format(number)).status_code == 404


@pytest.mark.parametrize("number", HUGE)
def test_a_log_older_than_no_event_is_the_whole_log(site: Site, number: str) -> None:
    answer = site.visitor_as(1).get(f"/sor-fron/administrasjon/logg?eldre-enn={number}")
    assert answer.status_code == 200


def test_no_redirect_believes_the_host_of_the_request(site: Site) -> None:
    answer = site.visitor().get("/logg-inn//sendt", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.location) == (404, None)


@pytest.mark.parametrize("path", ["/%09/aarshjul", "/%0a/aarshjul", "/%5Cevil.example/aarshjul"])
def test_logging_in_leads_to_no_address_but_a_page_of_ours(site: Site, path: str) -> None:
    visitor = site.visitor()
    assert visitor.get(path).location == "/logg-inn"
    with site.database.write() as session:
        link = new_login_link(session, 1, now=site.now)
    visitor.get(f"/logg-inn/{link.token}")
    entered = visitor.post(f"/logg-inn/{link.token}")
    assert (entered.status_code, entered.location) == (303, "/")
    assert visitor.get("/min-konto").status_code == 200
