"""Logging in by a mailed link, staying logged in, and logging out, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from scheduler.store.database import Database
from scheduler.store.tables import LoginToken, Person, RateCount, WebSession
from tests.factories.rows import add_holder, add_municipality, add_person, add_position
from tests.factories.site import Site, make_site
from web.login import views
from web.settings import Settings

EMAIL = "kari.ås@sor-fron.example"


@pytest.fixture(autouse=True)
def answers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait: that answers take equally long is tested by itself."""
    monkeypatch.setattr(views, "_SECONDS_TO_ANSWER", 0.0)


@pytest.fixture
def site(database: Database, now: datetime) -> Site:
    """The application with one person who leads something."""
    with database.write() as session:
        municipality = add_municipality(session)
        kari = add_person(session, email=EMAIL, name="Kari Ås")
        add_holder(session, add_position(session, municipality, title="Leder"), kari)
    return make_site(database, now)


def person_id(site: Site) -> int:
    """Return Kari's id."""
    with site.database.read() as session:
        found = session.exec(select(Person.id).where(Person.email == EMAIL)).one()
    assert found is not None
    return found


def ask_for_link(site: Site, email: str) -> tuple[int, str | None]:
    """Ask for a link in a browser of its own; return the status and where it leads."""
    visitor = site.visitor()
    visitor.get("/logg-inn")
    answer = visitor.post("/logg-inn", {"email": email})
    return answer.status_code, answer.location


def test_a_person_logs_in_by_the_link_in_a_mail(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/logg-inn")
    assert visitor.post("/logg-inn", {"email": f" {EMAIL.upper()} "}).location == "/logg-inn/sendt"
    assert [person for person, _url in site.mailbox.sent] == [person_id(site)]
    assert visitor.get(site.mailbox.last_path).status_code == 200
    entered = visitor.post(site.mailbox.last_path)
    assert (entered.status_code, entered.location) == (303, "/min-konto")
    assert visitor.get("/min-konto").status_code == 200


def test_the_answer_is_the_same_for_known_unknown_and_inactive(site: Site) -> None:
    with site.database.write() as session:
        add_person(session, email="slutta@sor-fron.example", active=False)
    answers = [
        ask_for_link(site, email)
        for email in (EMAIL, "ingen@sor-fron.example", "slutta@sor-fron.example")
    ]
    assert answers == [(303, "/logg-inn/sendt")] * 3
    assert len(site.mailbox.sent) == 1


def test_the_answer_waits_as_long_for_known_and_unknown(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[tuple[float, int]] = []

    @contextmanager
    def noted(seconds: float) -> Iterator[None]:
        yield
        # The mail is in line, and the transaction closed, before the wait is over.
        waits.append((seconds, len(site.mailbox.sent)))

    monkeypatch.setattr(views, "_SECONDS_TO_ANSWER", 0.25)
    monkeypatch.setattr(views, "at_least", noted)
    ask_for_link(site, "ingen@sor-fron.example")
    ask_for_link(site, EMAIL)
    assert waits == [(0.25, 0), (0.25, 1)]


def test_looking_at_the_link_does_not_spend_it(site: Site) -> None:
    ask_for_link(site, EMAIL)
    scanner = site.visitor()
    for _ in range(3):
        assert scanner.get(site.mailbox.last_path).status_code == 200
    assert scanner.get("/min-konto").location == "/logg-inn"
    visitor = site.visitor()
    visitor.get(site.mailbox.last_path)
    assert visitor.post(site.mailbox.last_path).status_code == 303


def test_a_link_is_good_once(site: Site) -> None:
    ask_for_link(site, EMAIL)
    first, second = site.visitor(), site.visitor()
    first.get(site.mailbox.last_path)
    second.get(site.mailbox.last_path)
    assert first.post(site.mailbox.last_path).status_code == 303
    assert second.post(site.mailbox.last_path).status_code == 410
    assert second.get(site.mailbox.last_path).status_code == 410
    assert second.get("/min-konto").location == "/logg-inn"


def test_a_link_spends_the_persons_other_links(site: Site) -> None:
    for _ in range(2):
        ask_for_link(site, EMAIL)
    older, newer = (url.removeprefix("http://arshjul.example") for _, url in site.mailbox.sent)
    visitor = site.visitor()
    visitor.get(newer)
    assert visitor.post(newer).status_code == 303
    assert site.visitor().get(older).status_code == 410


def test_a_link_runs_out_after_a_quarter(site: Site) -> None:
    ask_for_link(site, EMAIL)
    site.now += timedelta(minutes=15)
    assert site.visitor().get(site.mailbox.last_path).status_code == 410


def test_a_link_that_was_never_made_is_answered_as_a_spent_one(site: Site) -> None:
    ask_for_link(site, EMAIL)
    visitor = site.visitor()
    visitor.get(site.mailbox.last_path)
    visitor.post(site.mailbox.last_path)
    spent = site.visitor().get(site.mailbox.last_path)
    never = site.visitor().get("/logg-inn/never-made")
    assert (never.status_code, never.text) == (spent.status_code, spent.text)


def test_no_secret_is_kept_in_the_database(site: Site) -> None:
    ask_for_link(site, EMAIL)
    secret = site.mailbox.last_path.rpartition("/")[2]
    cookie = site.session_secret(person_id(site))
    with site.database.read() as session:
        kept = [row.token_hash for row in session.exec(select(LoginToken))]
        kept += [row.token_hash for row in session.exec(select(WebSession))]
        counted = [row.key for row in session.exec(select(RateCount))]
    assert [hash_ for hash_ in kept if hash_ in (secret, cookie)] == []
    assert [key for key in counted if EMAIL in key] == []


def test_the_sixth_link_in_a_quarter_is_refused_known_or_not(site: Site) -> None:
    for email in (EMAIL, "ingen@sor-fron.example"):
        statuses = [ask_for_link(site, email)[0] for _ in range(7)]
        assert statuses == [303] * 5 + [429] * 2
    assert len(site.mailbox.sent) == 5
    site.now += timedelta(minutes=15)
    assert ask_for_link(site, EMAIL)[0] == 303


def test_one_machine_cannot_try_address_after_address(site: Site) -> None:
    statuses = [ask_for_link(site, f"{n}@sor-fron.example")[0] for n in range(61)]
    assert statuses == [303] * 60 + [429]


def test_what_is_no_address_is_said_at_the_field(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/logg-inn")
    answer = visitor.post("/logg-inn", {"email": "kari"})
    assert answer.status_code == 422
    assert answer.text.count("E-postadresse på jobb må være en e-postadresse") == 2
    assert site.mailbox.sent == []


def test_the_person_comes_back_to_the_page_asked_for(site: Site) -> None:
    visitor = site.visitor()
    assert visitor.get("/min-konto?lang=nn").location == "/logg-inn"
    ask_for_link(site, EMAIL)
    visitor.get(site.mailbox.last_path)
    assert visitor.post(site.mailbox.last_path).location == "/min-konto?lang=nn"


def test_the_way_back_never_leads_to_another_site(site: Site) -> None:
    visitor = site.visitor()
    for elsewhere in ("//evil.example", "/\\evil.example", "https://evil.example", ""):
        ask_for_link(site, EMAIL)
        site.now += timedelta(minutes=16)
        ask_for_link(site, EMAIL)
        with visitor.client.session_transaction() as kept:
            kept["next"] = elsewhere
        visitor.get(site.mailbox.last_path)
        assert visitor.post(site.mailbox.last_path).location == "/min-konto"


def test_logging_out_ends_the_session_itself_not_only_the_cookie(site: Site) -> None:
    secret = site.session_secret(person_id(site))
    visitor = site.visitor()
    visitor.client.set_cookie("aarshjul", secret)
    visitor.get("/min-konto")
    assert visitor.post("/logg-ut").location == "/logg-inn"
    thief = site.visitor()
    thief.client.set_cookie("aarshjul", secret)
    assert thief.get("/min-konto").location == "/logg-inn"


def test_a_session_elsewhere_can_be_ended(site: Site) -> None:
    here, there = (site.visitor_as(person_id(site)) for _ in range(2))
    page = here.get("/min-konto")
    forms = [part.split('"')[0] for part in page.text.split('action="/min-konto/okter/')[1:]]
    ends = [path for path in forms if path.endswith("/avslutt")]
    assert len(ends) == 1
    here.post(f"/min-konto/okter/{ends[0]}")
    assert there.get("/min-konto").location == "/logg-inn"
    assert here.get("/min-konto").status_code == 200


def test_all_sessions_elsewhere_can_be_ended_at_once(site: Site) -> None:
    here, there, yonder = (site.visitor_as(person_id(site)) for _ in range(3))
    here.get("/min-konto")
    here.post("/min-konto/okter/avslutt-andre")
    answers = [each.get("/min-konto").status_code for each in (here, there, yonder)]
    assert answers == [200, 303, 303]


def test_nobody_ends_the_session_of_another(site: Site) -> None:
    with site.database.write() as session:
        other = add_person(session)
    assert other.id is not None
    stranger, kari = site.visitor_as(other.id), site.visitor_as(person_id(site))
    with site.database.read() as session:
        karis = session.exec(
            select(WebSession.token_hash).where(WebSession.person_id == person_id(site))
        ).one()
    stranger.get("/min-konto")
    assert stranger.post(f"/min-konto/okter/{karis}/avslutt").status_code == 303
    assert kari.get("/min-konto").status_code == 200


@pytest.mark.parametrize(
    ("passed", "status"),
    [(timedelta(days=13, hours=23), 200), (timedelta(days=14), 303)],
)
def test_a_session_that_is_not_used_runs_out(site: Site, passed: timedelta, status: int) -> None:
    visitor = site.visitor_as(person_id(site))
    site.now += passed
    assert visitor.get("/min-konto").status_code == status


def test_a_session_in_use_lasts_thirty_days(site: Site) -> None:
    visitor = site.visitor_as(person_id(site))
    statuses = []
    for _ in range(3):
        site.now += timedelta(days=10)
        statuses.append(visitor.get("/min-konto").status_code)
    assert statuses == [200, 200, 303]


def test_somebody_made_inactive_is_out_at_once(site: Site) -> None:
    visitor = site.visitor_as(person_id(site))
    with site.database.write() as session:
        person = session.get(Person, person_id(site))
        assert person is not None
        person.active = False
    assert visitor.get("/min-konto").location == "/logg-inn"


def test_a_leaver_has_no_position_from_the_next_day(site: Site, database: Database) -> None:
    with database.write() as session:
        municipality = add_municipality(session, slug="bamble", name="Bamble")
        person = add_person(session)
        position = add_position(session, municipality, title="Rektor, Frya skule")
        add_holder(session, position, person, until_on=date(2027, 1, 11))
    assert person.id is not None
    visitor = site.visitor_as(person.id)
    seen = []
    for _ in range(2):
        seen.append("Rektor, Frya skule" in visitor.get("/min-konto").text)
        site.now += timedelta(days=1)
    assert seen == [True, False]


def test_over_https_the_cookie_is_bound_to_the_host(database: Database, now: datetime) -> None:
    with database.write() as session:
        person = add_person(session)
    assert person.id is not None
    site = make_site(
        database,
        now,
        change=lambda parts: replace(parts, settings=Settings(base_url="https://arshjul.example")),
    )
    visitor = site.visitor()
    visitor.get("/logg-inn", base_url="https://arshjul.example")
    visitor.post("/logg-inn", {"email": person.email}, base_url="https://arshjul.example")
    path = site.mailbox.sent[-1][1].removeprefix("https://arshjul.example")
    visitor.get(path, base_url="https://arshjul.example")
    cookies = visitor.post(path, base_url="https://arshjul.example").headers.getlist("Set-Cookie")
    named = {cookie.split("=")[0]: cookie for cookie in cookies}
    flags = sorted(part.strip() for part in named["__Host-aarshjul"].split(";")[3:])
    assert flags == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]
