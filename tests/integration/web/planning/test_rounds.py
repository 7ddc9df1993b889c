"""A round over HTTP: sent after a look, answered by mailed link, planned again, published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from sqlmodel import col, select

from scheduler.domain.enums import ForumLevel, Function, MeetingState, Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Grant, Holder, Meeting, Outbox
from tests.e2e.post_office import PostOffice
from tests.factories.office import worker_of
from tests.factories.ports import free_port
from tests.factories.rows import (
    add,
    add_forum,
    add_holder,
    add_meeting,
    add_municipality,
    add_person,
    add_position,
    add_seat,
    add_year,
)
from tests.factories.site import Site, Visitor, make_site
from web.pages import page_blueprints
from web.planning.pages import planning_blueprints
from web.settings import Settings
from web.wiring import mail_transport

ROUND = "/sor-fron/planlegg/2027/runde"
FOUR = {"kind": "recurrence", "unit": "year", "interval": 1, "count_min": 4, "count_max": 4}
DAYS = (date(2027, 2, 9), date(2027, 5, 4), date(2027, 8, 31), date(2027, 11, 9))
TEAM_DAY = date(2027, 3, 16)


@dataclass(frozen=True)
class Here:
    """A council of four proposed dates, a case-level team of one; a planner, two members."""

    site: Site
    planner: Visitor
    rektor_id: int
    psychologist_id: int

    def days(self, slug: str = "radet") -> list[date]:
        with self.site.database.read() as session:
            rows = session.exec(
                select(Meeting).join(Forum).where(Forum.slug == slug).order_by(col(Meeting.number))
            )
            return [row.held_on for row in rows]

    def send(self, closes_on: str = "2027-01-18") -> None:
        page = self.planner.get(ROUND).text
        shown = page.split('name="shown" value="')[1].split('"')[0]
        answer = self.planner.post(ROUND, {"closes_on": closes_on, "shown": shown})
        assert answer.status_code == 303


@pytest.fixture
def here(sqlite_database: Database, now: datetime) -> Here:
    with sqlite_database.write() as session:
        place = add_municipality(session)
        year = add_year(session, place, published_at=None)
        council = add_forum(session, place, slug="radet", name="Rådet, barn og unge", cadence=FOUR)
        team = add_forum(
            session, place, slug="teamet", name="Teamet", level=ForumLevel.CASE_ELSE_NOT
        )
        people = {}
        for title, forums in (
            ("Planlegger", []),
            ("Rektor", [council]),
            ("Psykolog", [council, team]),
        ):
            seat = add_position(session, place, title=title)
            holder = add_person(session, name=title, email=f"{title.lower()}@sor-fron.example")
            add_holder(session, seat, holder)
            people[title] = id_of(holder)
            for forum in forums:
                add_seat(session, forum, seat, function=Function.MEMBER)
            if not forums:
                add(session, Grant(role=Role.PLANNER, position_id=seat.id))
        for number, day in enumerate(DAYS, 1):
            add_meeting(
                session, year, council, number=number, held_on=day, state=MeetingState.PROPOSED
            )
        add_meeting(session, year, team, number=1, held_on=TEAM_DAY, state=MeetingState.PROPOSED)
    site = make_site(sqlite_database, now, blueprints=(*planning_blueprints(), *page_blueprints()))
    return Here(site, site.visitor_as(people["Planlegger"]), people["Rektor"], people["Psykolog"])


def test_from_a_round_by_mail_to_a_year_in_which_one_date_has_moved(here: Here) -> None:
    here.send()
    port = free_port()
    with PostOffice(port) as office:
        settings = Settings(
            smtp_url=office.url, mail_from="arshjul@sor-fron.example", base_url="https://a.example"
        )
        transport = mail_transport(settings)
        worker_of(here.site.database, transport, here.site.now).run_once()
        transport.close()
        mails = {str(mail["To"]): mail for mail in office.mails}
    assert set(mails) == {"rektor@sor-fron.example", "psykolog@sor-fron.example"}
    body = mails["rektor@sor-fron.example"].get_body(("plain",))
    assert body is not None
    link = re.findall(r"https://arshjul\.sor-fron\.example(/runde/[\w-]+)", body.get_content())[0]
    stranger = here.site.visitor()
    page = stranger.get(link).text
    assert ("tirsdag 4. mai 2027" in page.lower(), "Teamet" in page) == (True, False)
    names = re.findall(r'name="(dato_\d+)" value="ja" checked', page)
    assert len(names) == 4
    answered = stranger.post(link, dict.fromkeys(names, "ja") | {names[1]: "nei"})
    assert (answered.status_code, answered.location) == (303, link)
    assert "1 dato passer ikke" in stranger.get(link).text
    # While answers come one at a time, a number would tell who gave which (privacy rule 5).
    seen = here.planner.get(ROUND).text
    assert ("1 av 2 personer har svart" in seen, "passer ikke for" in seen) == (True, False)
    here.planner.get(f"{ROUND}/lukk")
    assert here.planner.post(f"{ROUND}/lukk").status_code == 303
    closed = here.planner.get(ROUND).text
    assert ("passer ikke for 1 av 2" in closed, "Noen har sagt nei til 1 dato<" in closed) == (
        True,
        True,
    )
    assert "Runden er lukket" in stranger.get(link).text
    here.planner.get(ROUND)
    preview = here.planner.post(f"{ROUND}/nye-datoer").text
    assert "flyttet fra 4. mai, som ikke passet for alle" in preview
    assert "1 møte flyttes" in preview
    digest = preview.split('name="digest" value="')[1].split('"')[0]
    moved = here.planner.post("/sor-fron/planlegg/2027/nye-datoer/bruk", {"digest": digest})
    assert moved.status_code == 303
    after = here.days()
    assert [day for day in DAYS if day not in after] == [DAYS[1]]
    assert here.days("teamet") == [TEAM_DAY]
    page = here.planner.get("/sor-fron/planlegg/2027/publiser").text
    assert ("Publiserer du, slettes svarene." in page, "på runde" in page) == (True, False)
    revision = page.split('name="revision" value="')[1].split('"')[0]
    done = here.planner.post("/sor-fron/planlegg/2027/publiser", {"revision": revision})
    assert done.status_code == 303
    assert "Møteplanen er publisert, og runden er over" in stranger.get(link).text
    with here.site.database.read() as session:
        states = session.exec(select(Meeting.state).join(Forum).where(Forum.slug == "radet")).all()
        closing = session.exec(select(Outbox.state).where(Outbox.kind == "round_closed")).one()
    assert (set(states), closing) == ({MeetingState.PLANNED}, "cancelled")


def test_a_person_who_is_logged_in_finds_their_dates_and_nobody_elses(here: Here) -> None:
    here.send()
    psychologist = here.site.visitor_as(here.psychologist_id)
    start = psychologist.get("/").text
    path = re.findall(r'href="(/mine-datoer/\d+)"', start)[0]
    page = psychologist.get(path).text
    assert ("Rådet, barn og unge" in page, "Teamet" in page) == (True, True)
    assert psychologist.post(path, {}).status_code == 303
    assert "Du har svart på datoene" in psychologist.get("/").text
    assert "Teamet" not in here.site.visitor_as(here.rektor_id).get(path).text
    assert here.planner.get(path).status_code == 410
    assert "/mine-datoer/" not in here.planner.get("/").text


def test_looking_changes_nothing_and_a_leavers_link_is_spent(here: Here) -> None:
    here.send()
    path = "/mine-datoer/1"
    rektor = here.site.visitor_as(here.rektor_id)
    for _ in range(2):
        assert rektor.get(path).status_code == 200
    assert "0 av 2 personer har svart" in here.planner.get(ROUND).text
    with here.site.database.write() as session:
        holding = session.exec(select(Holder).where(Holder.person_id == here.rektor_id)).one()
        holding.until_on = date(2027, 1, 10)
        session.add(holding)
    assert rektor.get(path).status_code == 410
    assert rektor.post(path, {}).status_code == 410
    assert "0 av 1 person har svart" in here.planner.get(ROUND).text


def test_a_round_is_reminded_of_and_called_off_after_a_look(here: Here) -> None:
    here.send()
    here.planner.get(ROUND)
    assert here.planner.post(f"{ROUND}/minn").status_code == 303
    assert "Minn de" not in here.planner.get(ROUND).text
    assert "de kan ikke hentes tilbake" in here.planner.get(f"{ROUND}/avbryt").text
    assert here.planner.post(f"{ROUND}/avbryt").status_code == 303
    assert here.planner.post(f"{ROUND}/avbryt").status_code == 409
    assert here.planner.get(f"{ROUND}/lukk").status_code == 409
    rektor = here.site.visitor_as(here.rektor_id)
    assert "Runden er avbrutt" in rektor.get("/mine-datoer/1").text
    assert rektor.post("/mine-datoer/1", {}).status_code == 409
    assert "Send forslaget på runde" in here.planner.get(ROUND).text


@pytest.mark.parametrize(
    ("closes_on", "shown", "status"),
    [
        ("", "5 2", 422),
        ("2027-01-11", "5 2", 422),
        ("2027-12-31", "5 2", 422),
        ("2027-01-18", "4 2", 409),
        ("2027-02-10", "5 2", 409),
    ],
)
def test_a_round_is_not_sent_by_a_form_that_shows_something_else(
    here: Here, closes_on: str, shown: str, status: int
) -> None:
    here.planner.get(ROUND)
    answer = here.planner.post(ROUND, {"closes_on": closes_on, "shown": shown})
    assert answer.status_code == status
    with here.site.database.read() as session:
        assert session.exec(select(Outbox)).all() == []


def test_a_changed_proposal_says_so_on_both_sides(here: Here) -> None:
    here.send()
    with here.site.database.write() as session:
        row = session.exec(select(Meeting).where(Meeting.held_on == DAYS[0])).one()
        row.held_on = date(2027, 2, 10)
        session.add(row)
    page = here.site.visitor_as(here.rektor_id).get("/mine-datoer/1").text
    assert "Forslaget er endret etter at du fikk e-posten" in page
    assert len(re.findall(r'value="ja" checked', page)) == 3
    assert "Forslaget er endret etter at runden ble sendt" in here.planner.get(ROUND).text
