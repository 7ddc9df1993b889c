"""What a person chooses about reminders, and what is said when mail is down."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from scheduler.store.database import Database
from scheduler.store.tables import Duty, Outbox, Person, SmtpCircuit
from tests.factories.site import BASE_URL, Site, make_site
from tests.factories.town import Town, build_town
from web.pages import page_blueprints
from web.settings import Settings

DOWN = "E-post kommer ikke fram nå."


@pytest.fixture
def texting(sqlite_database: Database, now: object) -> Site:
    """The pages of an installation that has a gateway for text messages."""
    settings = Settings(base_url=BASE_URL, sms_mail_domain="sms.example")
    return make_site(sqlite_database, now, settings=settings, blueprints=page_blueprints())


def kept(site: Site, person_id: int) -> tuple[object, ...]:
    with site.database.read() as session:
        row = session.get_one(Person, person_id)
        asked = row.texts_asked_at is not None
        return (row.digest_weekday, row.quiet_from, row.quiet_until, row.mobile, asked)


def test_a_weekday_a_quiet_period_and_texts_are_kept_and_taken_back(texting: Site) -> None:
    with texting.database.write() as session:
        who = build_town(session).secretary_id
    visitor = texting.visitor_as(who)
    visitor.get("/paminnelser")
    wanted = {
        "weekday": "2",
        "quiet_from": "2027-01-20",
        "quiet_until": "2027-01-29",
        "texts": "1",
        "mobile": "912 34 567",
    }
    assert visitor.post("/paminnelser", wanted).status_code == 303
    assert kept(texting, who) == (
        2,
        date(2027, 1, 20),
        date(2027, 1, 29),
        "+4791234567",
        True,
    )
    assert '<option value="2" selected>onsdag</option>' in visitor.get("/paminnelser").text
    nothing = {"weekday": "", "quiet_from": "", "quiet_until": "", "mobile": "912 34 567"}
    visitor.post("/paminnelser", nothing)
    assert kept(texting, who) == (None, None, None, None, False)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"weekday": "6"}, "Når påminnelsene kommer må være et av valgene"),
        ({"quiet_from": "2027-01-20"}, "Stille fra og stille til må fylles ut sammen"),
        (
            {"quiet_from": "2026-12-01", "quiet_until": "2026-12-24"},
            "Stille til og med må være i dag eller senere",
        ),
        (
            {"quiet_from": "2027-01-20", "quiet_until": "2028-01-20"},
            "Stille til og med kan være høyst et halvt år fram",
        ),
        (
            {"texts": "1", "mobile": "22334455"},
            "Mobilnummer på jobb må være et norsk mobilnummer med åtte sifre",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    texting: Site, values: dict[str, str], problem: str
) -> None:
    with texting.database.write() as session:
        who = build_town(session).secretary_id
    visitor = texting.visitor_as(who)
    visitor.get("/paminnelser")
    answer = visitor.post("/paminnelser", values)
    assert answer.status_code == 422
    assert problem in answer.text
    assert kept(texting, who) == (None, None, None, None, False)


def test_without_a_gateway_nobody_is_asked_for_a_number(site: Site, town: Town) -> None:
    visitor = site.visitor_as(town.secretary_id)
    assert "Tekstmelding" not in visitor.get("/paminnelser").text
    visitor.post("/paminnelser", {"texts": "1", "mobile": "91234567"})
    assert kept(site, town.secretary_id)[3:] == (None, False)


def test_while_mail_is_down_those_who_act_are_told_where_the_due_list_is(
    site: Site, town: Town
) -> None:
    visitors = {
        who: site.visitor_as(who)
        for who in (town.secretary_id, town.leader_id, town.planner_id, town.psychologist_id)
    }
    assert [DOWN in visitor.get("/").text for visitor in visitors.values()] == [False] * 4
    with site.database.write() as session:
        session.add(SmtpCircuit(server="post.example:25", opened_at=site.now, failures=1))
    pages = {who: visitor.get("/").text for who, visitor in visitors.items()}
    assert {who: DOWN in page for who, page in pages.items()} == dict.fromkeys(visitors, True)
    assert '<a href="/oppgaver">Se hva som har frist</a>' in pages[town.secretary_id]
    assert DOWN not in site.visitor().get("/logg-inn").text
    with site.database.write() as session:
        session.get_one(SmtpCircuit, "post.example:25").opened_at = None
    assert DOWN not in visitors[town.leader_id].get("/").text


@pytest.mark.parametrize(
    ("weekday", "days"),
    [
        (None, ["onsdag 13. januar 2027 09:00", "fredag 15. januar 2027 09:00"]),
        (3, ["torsdag 14. januar 2027 08:00", "torsdag 21. januar 2027 08:00"]),
    ],
)
def test_the_first_page_tells_the_day_on_which_gathered_reminders_come(
    site: Site, town: Town, now: datetime, weekday: int | None, days: list[str]
) -> None:
    with site.database.write() as session:
        session.get_one(Person, town.secretary_id).digest_weekday = weekday
        duty = session.get_one(Duty, town.minutes_id)
        for later in (2, 4):
            due_at = now + timedelta(days=later)
            session.add(
                Outbox(
                    municipality_id=duty.municipality_id,
                    duty_id=duty.id,
                    position_id=duty.position_id,
                    dedup_key=f"nag {later}",
                    kind="minutes",
                    step="after",
                    mail_class="nag",
                    due_at=due_at,
                    next_at=due_at,
                    expires_at=now + timedelta(days=30),
                    created_at=now,
                    resend_policy="hold",
                )
            )
    page = site.visitor_as(town.secretary_id).get("/").text
    card = page.split('id="paminnelser"')[1].split("</section>")[0]
    assert re.findall('<span class="soft">(.*?)(?:: .*?)?</span>', card) == days
