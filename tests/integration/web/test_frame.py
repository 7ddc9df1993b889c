"""What every page has: headers, written form, errors in words, files that may be kept."""

from __future__ import annotations

import logging
from datetime import datetime

import pytest
from flask import Blueprint
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from scheduler.domain.enums import Role
from scheduler.domain.errors import AarshjulError
from scheduler.store.database import Database
from scheduler.store.tables import Grant, Person
from tests.factories.rows import add, add_holder, add_municipality, add_person, add_position
from tests.factories.site import Site, make_site
from web.current import current_municipality
from web.login.required import login_required, role_required
from web.settings import Settings

rooms = Blueprint("rooms", __name__)
hook = Blueprint("hook", __name__)


@rooms.get("/<municipality>/rom")
@login_required
def room(municipality: str) -> str:
    """Say where we are."""
    place = current_municipality()
    return f"{municipality}: {place.name if place else 'nowhere'}"


@rooms.get("/<municipality>/plan")
@role_required(Role.PLANNER)
def plan(municipality: str) -> str:
    """Let only a planner in."""
    return municipality


@rooms.get("/fault/<kind>")
def fault(kind: str) -> str:
    """Go wrong in the way that is asked for."""
    if kind == "busy":
        raise OperationalError("UPDATE", {}, Exception("database is locked"))
    if kind == "refused":
        raise AarshjulError
    raise ZeroDivisionError


@hook.post("/hook")
def from_outside() -> str:
    """Take a message from a program that has never seen a page of ours."""
    return "taken"


@pytest.fixture
def site(sqlite_database: Database, now: datetime) -> Site:
    """The application with two municipalities, a leader in one and a planner in the other."""
    with sqlite_database.write() as session:
        here = add_municipality(session)
        there = add_municipality(session, slug="bamble", name="Bamble")
        leader = add_person(session, email="leder@sor-fron.example")
        planner = add_person(session, email="plan@bamble.example")
        add_holder(session, add_position(session, here), leader)
        position = add_position(session, there)
        add_holder(session, position, planner)
        add(session, Grant(role=Role.PLANNER, position_id=position.id))
    return make_site(sqlite_database, now, blueprints=(rooms,), without_csrf=(hook,))


def id_of(site: Site, email: str) -> int:
    """Return the id of the person with the address."""
    with site.database.read() as session:
        found = session.exec(select(Person.id).where(Person.email == email)).one()
    assert found is not None
    return found


def test_every_answer_has_the_headers_that_keep_it_to_itself(site: Site) -> None:
    for path in ("/logg-inn", "/nowhere", "/healthz"):
        headers = site.visitor().get(path).headers
        assert headers["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
            "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_is_kept_by_nobody_and_a_file_for_ever(site: Site) -> None:
    visitor = site.visitor()
    page = visitor.get("/logg-inn")
    address = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert page.headers["Cache-Control"] == "no-store"
    kept = visitor.get(address)
    assert kept.mimetype == "text/css"
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    other = visitor.get("/static/000000000000/aarshjul.css")
    assert other.headers["Cache-Control"] == "no-cache"
    assert visitor.get("/static/000000000000/../factory.py").status_code == 404


def test_a_form_without_its_token_is_refused_in_words(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/logg-inn")
    answer = visitor.post("/logg-inn", {"csrf_token": "", "email": "kari@kommune.example"})
    assert answer.status_code == 400
    assert "<h1>Skjemaet kunne ikke sendes</h1>" in answer.text


@pytest.mark.parametrize(
    ("from_where", "status"),
    [("same-origin", 303), ("none", 303), ("same-site", 400), ("cross-site", 400)],
)
def test_a_form_from_another_site_is_refused(site: Site, from_where: str, status: int) -> None:
    visitor = site.visitor()
    visitor.get("/logg-inn")
    answer = visitor.post(
        "/logg-inn",
        {"email": "kari@kommune.example"},
        headers={"Sec-Fetch-Site": from_where},
    )
    assert answer.status_code == status


def test_a_program_may_post_where_programs_are_meant_to(site: Site) -> None:
    assert site.app.test_client().post("/hook").text == "taken"


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nowhere", 404, "Vi finner ikke siden"),
        ("/logg-ut", 405, "Siden kan ikke åpnes på denne måten"),
        ("/logg-inn/spent", 410, "Lenken virker ikke lenger"),
        ("/fault/busy", 503, "Årshjulet er opptatt akkurat nå"),
        ("/fault/refused", 409, "Det lot seg ikke gjøre"),
        ("/fault/other", 500, "Noe gikk galt hos oss"),
    ],
)
def test_an_error_is_a_page_in_words(site: Site, path: str, status: int, title: str) -> None:
    site.app.testing = False
    answer = site.visitor().get(path)
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text


def test_the_page_of_a_fault_asks_nothing_of_a_broken_database(site: Site) -> None:
    site.app.testing = False
    visitor = site.visitor_as(id_of(site, "leder@sor-fron.example"))
    site.database.close()
    with site.database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE websession")
        connection.commit()
    answer = visitor.get("/sor-fron/rom")
    assert answer.status_code == 503
    assert "<h1>Årshjulet er opptatt akkurat nå</h1>" in answer.text


def test_no_secret_reaches_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.app.testing = False
    with caplog.at_level(logging.DEBUG):
        site.visitor().get("/logg-inn/a-secret-in-the-path?code=a-secret-question")
        site.visitor().get("/fault/a-secret-in-the-path")
        site.visitor().get("/unknown/a-secret-in-the-path")
    assert [line for line in caplog.messages if "secret" in line] == []
    lines = [record.getMessage() for record in caplog.records if record.name == "web.requests"]
    assert lines == [
        "GET /logg-inn/<token> 410",
        "GET /fault/<kind> 500",
        "GET - 404",
    ]


def test_a_municipality_where_one_has_no_business_is_not_there(site: Site) -> None:
    leader = site.visitor_as(id_of(site, "leder@sor-fron.example"))
    assert leader.get("/sor-fron/rom").text == "sor-fron: Sør-Fron"
    assert leader.get("/bamble/rom").status_code == 404
    assert leader.get("/no-such-place/rom").status_code == 404


def test_a_page_for_planners_is_for_planners_there(site: Site) -> None:
    leader = site.visitor_as(id_of(site, "leder@sor-fron.example"))
    planner = site.visitor_as(id_of(site, "plan@bamble.example"))
    assert site.visitor().get("/bamble/plan").location == "/logg-inn"
    assert leader.get("/sor-fron/plan").status_code == 403
    assert leader.get("/bamble/plan").status_code == 404
    assert planner.get("/bamble/plan").text == "bamble"


def written_form(page: str) -> str:
    """Return the written form that a page says it is in."""
    return page.split('<html lang="')[1][:2]


def test_the_written_form_is_the_browsers_until_somebody_says_otherwise(
    sqlite_database: Database, now: datetime
) -> None:
    site = make_site(sqlite_database, now)
    asked = {}
    for wanted in ("nn-NO,nn;q=0.9", "en-GB,en;q=0.8", "no,en;q=0.5", "de", ""):
        page = site.visitor().get("/logg-inn", headers={"Accept-Language": wanted})
        asked[wanted] = written_form(page.text)
    assert asked == {
        "nn-NO,nn;q=0.9": "nn",
        "en-GB,en;q=0.8": "en",
        "no,en;q=0.5": "nb",
        "de": "nb",
        "": "nb",
    }


def test_the_municipality_then_the_person_then_the_choice_here_decide(
    sqlite_database: Database, now: datetime
) -> None:
    with sqlite_database.write() as session:
        municipality = add_municipality(session, language="nn")
        person = add_person(session)
        add_holder(session, add_position(session, municipality), person)
    assert person.id is not None
    site = make_site(sqlite_database, now)
    english = {"Accept-Language": "en"}
    assert written_form(site.visitor().get("/logg-inn", headers=english).text) == "nn"
    visitor = site.visitor_as(person.id)
    assert written_form(visitor.get("/min-konto", headers=english).text) == "nn"
    visitor.post("/min-konto/malform", {"language": "nb"})
    assert written_form(visitor.get("/min-konto", headers=english).text) == "nb"
    assert written_form(visitor.get("/min-konto?lang=en").text) == "en"
    assert written_form(visitor.get("/min-konto").text) == "en"
    visitor.post("/min-konto/malform", {"language": "nn"})
    assert written_form(visitor.get("/min-konto").text) == "nn"


def test_a_written_form_that_does_not_exist_is_passed_over(site: Site) -> None:
    answer = site.visitor().get("/logg-inn?lang=de")
    assert written_form(answer.text) == "nb"
    assert [c for c in answer.headers.getlist("Set-Cookie") if "aarshjul_lang" in c] == []


def test_alive_and_ready_are_two_things(site: Site) -> None:
    visitor = site.visitor()
    assert [visitor.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    site.ready = False
    assert [visitor.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 503]


def test_the_forwarded_address_counts_only_behind_a_trusted_proxy(
    sqlite_database: Database, now: datetime
) -> None:
    seen = []
    for trusted in (0, 1):
        site = make_site(
            sqlite_database,
            now,
            settings=Settings(base_url="http://arshjul.example", trusted_proxies=trusted),
        )
        counts = []
        for machine in ("10.0.0.1", "10.0.0.2"):
            visitor = site.visitor()
            visitor.get("/logg-inn")
            visitor.post(
                "/logg-inn",
                {"email": f"{trusted}-{machine}@kommune.example"},
                headers={"X-Forwarded-For": machine},
            )
            counts.append(rows_counted(site))
        seen.append(counts)
    # One row per address of mail, and one per machine that is told apart.
    assert seen == [[2, 3], [5, 7]]


def rows_counted(site: Site) -> int:
    """Return how many different things have been counted."""
    with site.database.engine.connect() as connection:
        counted: int = connection.exec_driver_sql("SELECT count(*) FROM ratecount").scalar_one()
        return counted


def test_links_come_from_the_settings_and_never_from_the_request(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/logg-inn", base_url="http://evil.example")
    visitor.post(
        "/logg-inn",
        {"email": "leder@sor-fron.example"},
        base_url="http://evil.example",
        headers={"X-Forwarded-Host": "evil.example"},
    )
    assert [url.split("/logg-inn/")[0] for _, url in site.mailbox.sent] == [
        "http://arshjul.example"
    ]
