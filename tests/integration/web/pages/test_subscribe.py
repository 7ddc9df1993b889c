"""Subscriptions on pages: the address is shown once, and can be changed and ended."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import timedelta
from hashlib import sha256

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlmodel import select

from scheduler.domain.enums import FeedScope
from scheduler.store.tables import FeedToken
from scheduler.usecases.feeds.subscriptions import note_fetch
from tests.factories.qr_code import read_svg
from tests.factories.site import BASE_URL, Site, Visitor
from tests.factories.town import Town
from web.pages.subscribe import thunderbird_link

FORM = {"what": "person", "label": "Outlook, jobb", "duties": "with"}
ONCE = re.compile(r'name="once" value="([\w-]+)"')
ADDRESS = re.compile(rf"{re.escape(BASE_URL)}/feeds/([\w-]+)\.ics")


def tokens(site: Site) -> list[FeedToken]:
    with site.database.read() as session:
        return list(session.exec(select(FeedToken).order_by(FeedToken.id)))  # type: ignore[arg-type]


def subscribe(visitor: Visitor, **values: str) -> str:
    visitor.get("/abonner")
    return visitor.post("/abonner", {**FORM, **values}, follow_redirects=True).text


def once_in(page: str) -> str:
    found = ONCE.search(page)
    return found[1] if found else ""


def address_in(page: str) -> str:
    found = ADDRESS.search(page)
    return found[1] if found else ""


def test_the_address_is_shown_once_and_only_its_hash_is_kept(site: Site, leader: Visitor) -> None:
    page = subscribe(leader)
    found = ADDRESS.search(page)
    assert found is not None
    (row,) = tokens(site)
    assert row.token_hash == sha256(found[1].encode()).hexdigest()
    assert (row.scope, row.label, row.with_duties) == (FeedScope.PERSON, "Outlook, jobb", True)
    assert found[1] not in leader.get("/abonner").text
    assert "ikke hentet ennå" in leader.get("/abonner").text


def test_each_client_gets_the_address_it_understands(leader: Visitor) -> None:
    page = subscribe(leader)
    found = ADDRESS.search(page)
    assert found is not None
    webcal = f"webcal://arshjul.example/feeds/{found[1]}.ics"
    escaped = webcal.replace(":", "%3A").replace("/", "%2F")
    assert f'href="{webcal}"' in page
    assert f'href="https://calendar.google.com/calendar/r?cid={escaped}"' in page
    assert '<svg viewBox="0 0' in page
    assert not re.search(r"\sstyle=", page)


def test_thunderbird_is_told_to_fetch_in_the_way_the_site_is_served(leader: Visitor) -> None:
    page = subscribe(leader)
    own = page.split('id="thunderbird"')[1].split("</section>")[0]

    assert f'href="webcal://arshjul.example/feeds/{address_in(page)}.ics"' in own
    # As webcal it would fetch over http, and the secret would go in the clear.
    assert thunderbird_link("https://arshjul.example/feeds/x.ics") == (
        "webcals://arshjul.example/feeds/x.ics"
    )


def test_the_code_for_the_camera_says_the_address_that_stands_beside_it(leader: Visitor) -> None:
    page = subscribe(leader)

    assert read_svg(page) == f"webcal://arshjul.example/feeds/{address_in(page)}.ics"


def test_a_new_address_stops_the_old_one(site: Site, leader: Visitor) -> None:
    first = ADDRESS.search(subscribe(leader))
    path = f"/abonner/{tokens(site)[0].id}/ny-adresse"
    leader.get(path)
    second = ADDRESS.search(leader.post(path, follow_redirects=True).text)
    assert first is not None
    assert second is not None
    assert first[1] != second[1]
    assert [row.revoked_at is None for row in tokens(site)] == [False, True]


def test_the_address_stands_on_a_page_that_can_be_loaded_again_and_in_another_language(
    site: Site, leader: Visitor
) -> None:
    leader.get("/abonner")
    made = leader.post("/abonner", FORM)
    pages = [leader.get(made.location + query).text for query in ("", "", "?lang=nn", "?lang=nb")]

    assert (made.status_code, made.location) == (303, "/abonner/1/adresse")
    assert len({address_in(page) for page in pages} - {""}) == 1
    assert [("Adressen er klar" in page, "Adressa er klar" in page) for page in pages] == [
        (True, False), (True, False), (False, True), (True, False),
    ]  # fmt: skip
    assert len(tokens(site)) == 1


@pytest.mark.parametrize("gone_on", ["/abonner", "later"])
def test_the_address_is_not_shown_again_when_the_reader_has_gone_on_or_ten_minutes_are_over(
    site: Site, leader: Visitor, gone_on: str
) -> None:
    secret = address_in(subscribe(leader))
    if gone_on == "later":
        site.now += timedelta(minutes=10, seconds=1)
    else:
        leader.get(gone_on)
    after = leader.get("/abonner/1/adresse", follow_redirects=True)

    assert after.request.path == "/abonner"
    assert "Adressen vises bare én gang. Er den borte for deg, lager du en ny adresse." in (
        after.text
    )
    assert (len(secret), secret in after.text) == (43, False)


def test_the_same_form_sent_twice_makes_one_subscription(site: Site, leader: Visitor) -> None:
    form = {**FORM, "once": once_in(leader.get("/abonner").text)}
    answers = [leader.post("/abonner", form, follow_redirects=True).text for _time in (1, 2)]
    other = leader.post("/abonner", {**form, "label": "Telefon"}, follow_redirects=True).text
    site.now += timedelta(minutes=11)
    later = leader.post("/abonner", form, follow_redirects=True).text

    assert address_in(answers[0]) == address_in(answers[1])
    assert len({address_in(page) for page in (answers[0], other, later)} - {""}) == 3
    assert [row.label for row in tokens(site)] == ["Outlook, jobb", "Telefon", "Outlook, jobb"]


def test_a_new_address_asked_for_twice_is_one_new_address(site: Site, leader: Visitor) -> None:
    subscribe(leader)
    once = once_in(leader.get("/abonner/1/ny-adresse").text)
    answers = [
        leader.post("/abonner/1/ny-adresse", {"once": once}, follow_redirects=True).text
        for _time in (1, 2)
    ]

    assert address_in(answers[0]) == address_in(answers[1])
    assert [row.revoked_at is None for row in tokens(site)] == [False, True]


def test_neither_the_visit_nor_the_database_nor_any_path_holds_the_address(
    site: Site, leader: Visitor
) -> None:
    leader.get("/abonner")
    made = leader.post("/abonner", FORM)
    secret = address_in(leader.get(made.location).text)
    visit = leader.client.get_cookie("aarshjul_visit")
    assert visit is not None
    content = URLSafeTimedSerializer(
        "x", salt="cookie-session", signer_kwargs={"key_derivation": "hmac"}
    ).loads_unsafe(visit.value)[1]
    connection = site.database.engine.raw_connection()
    with closing(connection):
        dump = "\n".join(connection.driver_connection.iterdump())

    assert content["new_address"]["id"] == 1
    assert len(secret) == 43
    assert secret not in f"{visit.value} {content} {made.location} {dump}"
    assert tokens(site)[0].token_hash in dump


def test_another_reader_of_the_same_visit_is_shown_nothing(
    site: Site, town: Town, leader: Visitor
) -> None:
    leader.get("/abonner")
    made = leader.post("/abonner", FORM)
    leader.client.set_cookie("aarshjul", site.session_secret(town.secretary_id))

    assert leader.get(made.location).location == "/abonner"


def test_an_ended_subscription_is_gone_from_the_list(site: Site, leader: Visitor) -> None:
    subscribe(leader)
    path = f"/abonner/{tokens(site)[0].id}/avslutt"
    leader.get(path)
    leader.post(path)
    page = leader.get("/abonner").text
    assert "er avsluttet" in page
    assert "Du har ingen abonnementer ennå" in page


def test_nobody_ends_anothers_subscription(site: Site, town: Town, leader: Visitor) -> None:
    subscribe(leader)
    other = site.visitor_as(town.secretary_id)
    other.get("/abonner")
    for step in ("avslutt", "ny-adresse"):
        path = f"/abonner/{tokens(site)[0].id}/{step}"
        assert [other.get(path).status_code, other.post(path).status_code] == [404, 404]
    assert tokens(site)[0].revoked_at is None


@pytest.mark.parametrize("step", ["ny-adresse", "avslutt"])
def test_what_cannot_be_undone_is_asked_about_on_a_page_of_its_own(
    site: Site, leader: Visitor, step: str
) -> None:
    subscribe(leader)
    page = leader.get("/abonner").text
    path = f"/abonner/1/{step}"
    asked = leader.get(path)

    assert re.findall(r'<a class="button[^"]*" href="(/abonner/1/[\w-]+)"', page) == [
        "/abonner/1/valg", "/abonner/1/ny-adresse", "/abonner/1/avslutt",
    ]  # fmt: skip
    assert 'action="/abonner/1/' not in page
    assert "Ingen har hentet noe med den ennå." in asked.text
    assert '<a class="button" href="/abonner">Avbryt</a>' in asked.text
    assert '<a href="/abonner" aria-current="page">Abonner</a>' in asked.text
    assert [row.revoked_at for row in tokens(site)] == [None]


@pytest.mark.parametrize("step", ["ny-adresse", "avslutt"])
def test_before_an_address_ends_it_is_told_when_and_by_what_it_was_fetched(
    site: Site, leader: Visitor, step: str
) -> None:
    subscribe(leader)
    with site.database.write() as session:
        note_fetch(session, 1, client="Microsoft Office/16.0", now=site.now)
    page = leader.get(f"/abonner/1/{step}").text

    assert "får ikke noe nytt fra nå av. Sist hentet: Outlook, i dag 09:00.</li>" in page
    assert "<li>Det som alt er hentet, blir liggende i kalenderen" in page


def test_who_ends_the_last_subscription_is_told_what_nobody_then_tells(leader: Visitor) -> None:
    lost = "Du har ingen andre abonnementer."
    subscribe(leader)
    alone = leader.get("/abonner/1/avslutt").text
    subscribe(leader, label="Telefon")
    beside = leader.get("/abonner/1/avslutt").text

    assert (lost in alone, lost in beside) == (True, False)


def test_a_subscription_ended_twice_or_looked_at_when_it_is_ended_is_no_error(
    site: Site, leader: Visitor
) -> None:
    subscribe(leader)
    leader.get("/abonner/1/avslutt")
    ends = [leader.post("/abonner/1/avslutt") for _time in (1, 2)]
    ended_at = tokens(site)[0].revoked_at
    back = [leader.get(f"/abonner/1/{step}") for step in ("avslutt", "ny-adresse")]

    assert [(one.status_code, one.location) for one in ends + back] == [(303, "/abonner")] * 4
    assert [row.revoked_at for row in tokens(site)] == [ended_at]


@pytest.mark.parametrize("what", ["municipality:hemsedal", "position:999", "person:2", "forum:x"])
def test_nobody_subscribes_to_what_is_not_theirs(site: Site, leader: Visitor, what: str) -> None:
    assert "må være et av valgene" in subscribe(leader, what=what)
    assert tokens(site) == []


def test_a_case_level_forum_is_a_choice_for_its_members_alone(
    site: Site, town: Town, leader: Visitor
) -> None:
    what = f"forum:{town.team.id}"
    assert "må være et av valgene" in subscribe(leader, what=what)
    assert "må være et av valgene" in subscribe(site.visitor_as(town.planner_id), what=what)
    assert ADDRESS.search(subscribe(site.visitor_as(town.psychologist_id), what=what)) is not None


def test_every_problem_comes_at_once_with_its_field(leader: Visitor) -> None:
    page = subscribe(leader, label="", duties="")
    assert '<a href="#label">Navn på abonnementet må fylles ut</a>' in page
    assert '<a href="#duties">Frister må fylles ut</a>' in page


def test_no_page_names_the_hours_that_the_municipality_chooses(site: Site, town: Town) -> None:
    page = site.visitor_as(town.psychologist_id).get("/abonner").text
    assert "når et møte endres kort tid før." in page
    assert re.findall(r"\d+ timer før", page) == []
