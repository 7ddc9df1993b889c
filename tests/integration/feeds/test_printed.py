"""Addresses on paper: printed by an administrator for who never logs in, listed and ended."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlmodel import col, select

from scheduler.domain.enums import FeedScope, Role
from scheduler.domain.language import Language
from scheduler.plans import bundled
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, FeedToken, Grant, Municipality, Position
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.feeds.printed import print_address, printable, printed_addresses
from scheduler.usecases.feeds.private_links import allow_private_links
from scheduler.usecases.feeds.subscriptions import create_subscription
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from tests.factories.qr_code import read_svg
from tests.factories.rows import add, add_person
from tests.factories.site import Site, Visitor, make_site
from tests.factories.town import Town, build_town
from web.feeds.blueprints import feed_blueprints
from web.pages import page_blueprints

PATH = "/sor-fron/administrasjon/kalenderadresser"
ADDRESS = re.compile(r"http://arshjul\.example(/feeds/[\w-]+\.ics)")


@pytest.fixture
def site(sqlite_database: Database, now: datetime) -> Site:
    return make_site(sqlite_database, now, blueprints=(*feed_blueprints(), *page_blueprints()))


@pytest.fixture
def town(site: Site) -> Town:
    with site.database.write() as session:
        town = build_town(session)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=town.leader_position.id))
        return town


@pytest.fixture
def administrator(site: Site, town: Town) -> Visitor:
    visitor = site.visitor_as(town.leader_id)
    visitor.get(PATH)
    return visitor


def print_one(visitor: Visitor, what: str, label: str = "Vaktmester, Frya") -> str:
    visitor.get(PATH)
    form = {"what": what, "label": label, "language": "nn"}
    return visitor.post(PATH, form, follow_redirects=True).text


def test_the_sheet_has_the_address_once_and_the_list_only_whom_it_is_for(
    site: Site, town: Town, administrator: Visitor
) -> None:
    page = print_one(administrator, f"forum:{town.group.id}")
    found = ADDRESS.search(page)
    assert found is not None
    body = site.app.test_client().get(found[1], buffered=True).data
    site.app.test_client().get(found[1], buffered=True).close()
    listed = administrator.get(PATH).text

    assert body.count(b"BEGIN:VEVENT") > 0
    assert b"PRODID:-//aarshjul//aarshjul//NN" in body
    assert read_svg(page) == f"webcal://arshjul.example{found[1]}"
    # It is nobody's, so the deadlines in it are everyone's, and that is said, on paper in the
    # language of the calendar.
    assert (
        f"Berre {town.group.name}, med fristane til alle" in page,
        f"Bare {town.group.name}, med fristene til alle" in listed,
    ) == (True, True)
    assert ("Vaktmester, Frya" in listed, found[1] in listed) == (True, False)
    assert "hentet" not in listed
    with site.database.read() as session:
        row = session.exec(select(FeedToken)).one()
        assert (row.owner_id, row.scope) == (None, FeedScope.FORUM)
        event = session.exec(
            select(AuditEvent).where(AuditEvent.action == "create_subscription")
        ).one()
        assert event.person_id == town.leader_id


def test_the_sheet_can_be_loaded_again_until_the_list_is_opened(
    site: Site, administrator: Visitor
) -> None:
    once = re.search(r'name="once" value="([\w-]+)"', administrator.get(PATH).text)
    assert once is not None
    form = {"what": "municipality", "label": "Frya", "language": "nb", "once": once[1]}
    made = [administrator.post(PATH, form).location for _time in (1, 2)]
    found = [ADDRESS.search(administrator.get(path).text) for path in (*made, f"{made[0]}?lang=nn")]
    administrator.get(PATH)

    assert made == [f"{PATH}/1/ark"] * 2
    assert len({one and one[1] for one in found} - {None}) == 1
    assert administrator.get(made[0]).location == PATH
    with site.database.read() as session:
        assert len(session.exec(select(FeedToken)).all()) == 1


def test_an_ended_address_is_gone(site: Site, administrator: Visitor) -> None:
    found = ADDRESS.search(print_one(administrator, "municipality"))
    assert found is not None
    asked = administrator.get(PATH).text
    page = administrator.post(f"{PATH}/1/avslutt", follow_redirects=True).text

    # The button stands under what follows, and is opened first.
    assert re.findall(r"<summary>(\w+)<.*?<p>([^.]+)\.", asked, re.S) == [
        ("Avslutt", "Adressen slutter å virke med en gang, og kan ikke tas i bruk igjen")
    ]
    assert "er avsluttet" in page
    assert site.app.test_client().get(found[1]).status_code == 410
    assert administrator.post(f"{PATH}/1/avslutt").status_code == 404


def test_nothing_of_case_level_can_be_printed(
    site: Site, town: Town, administrator: Visitor
) -> None:
    page = administrator.get(PATH).text
    refused = print_one(administrator, f"forum:{town.team.id}")

    assert "Familieteam" not in page
    assert "Kommunepsykolog" not in page
    assert "må være et av valgene" in refused
    with site.database.read() as session:
        assert session.exec(select(FeedToken)).all() == []


def test_a_position_that_gets_a_case_level_seat_is_no_longer_on_paper(
    sqlite_database: Database, now: datetime
) -> None:
    text = bundled("sor-fron")
    seat = b'{ position = "fysioterapeut" }'
    on_call = b'{ position = "representant-ppt", attends = "on_call" },'
    assert (text.count(seat), text.count(on_call)) == (1, 1)
    with sqlite_database.write() as session:
        load_plan(session, parse_plan_file(text), now=now, actor_id=None)
        place = id_of(session.exec(select(Municipality)).one())
        printer = id_of(add_person(session))
        acting = Acting(municipality_id=place, person_id=printer, now=now, today=now.date())
        may = {one.name: one.target for one in printable(session, place, today=now.date())}
        title = session.exec(select(Position.title).where(Position.slug == "fysioterapeut")).one()
        for target in (may[title], may[""]):
            print_address(session, acting, target, label="På veggen", language=Language.BOKMAL)
        create_subscription(
            session, may[title], owner_id=None, label="Konsoll", language=Language.BOKMAL, now=now
        )
    with sqlite_database.write() as session:
        changed = text.replace(on_call, on_call + seat + b",")
        load_plan(session, parse_plan_file(changed), now=now, actor_id=None)
        rows = session.exec(select(FeedToken).order_by(col(FeedToken.id))).all()
        listed = printed_addresses(session, place)

    # The command line's is its own matter: it may be for anything, and is not told of here.
    assert [row.revoked_at is not None for row in rows] == [True, False, False]
    assert [one.id for one in listed] == [rows[1].id]


def test_a_persons_own_subscription_is_neither_listed_nor_ended_here(
    site: Site, town: Town, administrator: Visitor
) -> None:
    member = site.visitor_as(town.secretary_id)
    member.get("/abonner")
    member.post(
        "/abonner", {"what": "municipality:sor-fron", "duties": "with", "label": "Min egen"}
    )
    page = administrator.get(PATH).text

    assert "Min egen" not in page
    assert administrator.post(f"{PATH}/1/avslutt").status_code == 404


def test_a_municipality_without_private_calendars_prints_no_code_for_a_phone(
    site: Site, town: Town, administrator: Visitor, now: datetime
) -> None:
    with site.database.write() as session:
        allow_private_links(
            session, town.municipality.id or 0, allowed=False, actor_id=None, now=now
        )
    page = print_one(administrator, "leaders")

    assert (ADDRESS.search(page) is not None, "qr-frame" in page) == (True, False)


@pytest.mark.parametrize(
    "what", ["person", "position:9999", "municipality:hemsedal", "", "forum:x"]
)
def test_only_what_is_offered_can_be_chosen(site: Site, administrator: Visitor, what: str) -> None:
    answer = administrator.post(PATH, {"what": what, "label": "X", "language": "nb"})

    assert answer.status_code == 422
    with site.database.read() as session:
        assert session.exec(select(FeedToken)).all() == []


def test_only_an_administrator_of_the_municipality_comes_here(site: Site, town: Town) -> None:
    member = site.visitor_as(town.secretary_id)
    member.get("/abonner")

    assert member.get(PATH).status_code == 403
    assert member.post(PATH, {"what": "municipality", "label": "X"}).status_code == 403
    assert site.visitor().get(PATH).status_code == 303
