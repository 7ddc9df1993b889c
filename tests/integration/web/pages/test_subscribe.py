"""Subscriptions on pages: the address is shown once, and can be changed and ended."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
from sqlmodel import select

from scheduler.domain.enums import FeedScope
from scheduler.store.tables import FeedToken
from tests.factories.site import BASE_URL, Site, Visitor
from tests.factories.town import Town

FORM = {"what": "person", "label": "Outlook, jobb", "duties": "with"}
ADDRESS = re.compile(rf"{re.escape(BASE_URL)}/feeds/([\w-]+)\.ics")


def tokens(site: Site) -> list[FeedToken]:
    with site.database.read() as session:
        return list(session.exec(select(FeedToken).order_by(FeedToken.id)))  # type: ignore[arg-type]


def subscribe(visitor: Visitor, **values: str) -> str:
    visitor.get("/abonner")
    return visitor.post("/abonner", {**FORM, **values}).text


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


def test_a_new_address_stops_the_old_one(site: Site, leader: Visitor) -> None:
    first = ADDRESS.search(subscribe(leader))
    leader.get("/abonner")
    second = ADDRESS.search(leader.post(f"/abonner/{tokens(site)[0].id}/ny-adresse").text)
    assert first is not None
    assert second is not None
    assert first[1] != second[1]
    assert [row.revoked_at is None for row in tokens(site)] == [False, True]


def test_an_ended_subscription_is_gone_from_the_list(site: Site, leader: Visitor) -> None:
    subscribe(leader)
    leader.get("/abonner")
    leader.post(f"/abonner/{tokens(site)[0].id}/avslutt")
    page = leader.get("/abonner").text
    assert "er avsluttet" in page
    assert "Du har ingen abonnementer ennå" in page


def test_nobody_ends_anothers_subscription(site: Site, town: Town, leader: Visitor) -> None:
    subscribe(leader)
    other = site.visitor_as(town.secretary_id)
    other.get("/abonner")
    for step in ("avslutt", "ny-adresse"):
        assert other.post(f"/abonner/{tokens(site)[0].id}/{step}").status_code == 404
    assert tokens(site)[0].revoked_at is None


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
