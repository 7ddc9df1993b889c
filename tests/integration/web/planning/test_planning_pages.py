"""Plan the year over HTTP: from rhythms to a published year, who may, and what is refused."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from scheduler.domain.enums import (
    DutyKind,
    ForumLevel,
    Function,
    MeetingState,
    MinutesRule,
    Role,
)
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    ClosedPeriod,
    Duty,
    Forum,
    Grant,
    Meeting,
    Municipality,
    Outbox,
    Plan,
    Position,
    RecurringDuty,
    YearPlan,
)
from scheduler.store.tables import Proposal as ProposalRow
from scheduler.usecases.open_questions import LEVEL_IS_OPEN
from tests.factories.rows import (
    add,
    add_forum,
    add_holder,
    add_municipality,
    add_person,
    add_position,
    add_seat,
)
from tests.factories.site import Site, Visitor, make_site
from web.planning.pages import planning_blueprints

BASE = "/sor-fron/planlegg/2027"
PAGES = (
    "",
    "/forum",
    "/forum/radet",
    "/sporsmal",
    "/motefrie-perioder",
    "/motefrie-perioder/importer",
    "/datoer",
    "/datoer/nytt",
    "/runde",
    "/publiser",
    "/angre-publisering",
    "/utgaver",
    "/nye-datoer",
)
FOUR = {"kind": "recurrence", "unit": "year", "interval": 1, "count_min": 4, "count_max": 4}
CASE_FORUM = "Teamet for barn"


@dataclass(frozen=True)
class Here:
    """The application with its planner, its administrator and a leader without a role."""

    site: Site
    planner: Visitor
    administrator: Visitor
    leader: Visitor

    def meetings(self, slug: str = "radet") -> list[Meeting]:
        with self.site.database.read() as session:
            return list(
                session.exec(
                    select(Meeting)
                    .join(Forum)
                    .where(Forum.slug == slug)
                    .order_by(col(Meeting.held_on))
                )
            )

    def propose(self) -> str:
        """Propose a year and wait for the solver; return the proposal's address."""
        self.planner.get(BASE)
        path = self.planner.post(f"{BASE}/forslag").location
        with self.site.app.app_context():
            from web.planning.searches import current_searches

            current_searches().wait(int(path.rsplit("/", 1)[1]), 60)
        return path

    def apply(self) -> None:
        path = self.propose()
        self.planner.get(path)
        assert self.planner.post(f"{path}/bruk").status_code == 303

    def publish(self) -> None:
        page = self.planner.get(f"{BASE}/publiser").text
        revision = page.split('name="revision" value="')[1].split('"')[0]
        answer = self.planner.post(f"{BASE}/publiser", {"revision": revision})
        assert answer.status_code == 303


@pytest.fixture
def here(sqlite_database: Database, now: datetime) -> Here:
    with sqlite_database.write() as session:
        place = add_municipality(session)
        people = {}
        for title, role in (
            ("Planlegger", Role.PLANNER),
            ("Merkantil", Role.ADMINISTRATOR),
            ("Leder, oppvekst", None),
        ):
            seat = add_position(session, place, title=title)
            person = add_person(session, name=f"Åse {title}")
            add_holder(session, seat, person)
            people[title] = id_of(person)
            if role is not None:
                add(session, Grant(role=role, position_id=seat.id))
        for slug, name, level, cadence in (
            ("radet", "Rådet, barn og unge", ForumLevel.SYSTEM, FOUR),
            ("teamet", CASE_FORUM, ForumLevel.CASE_ELSE_NOT, FOUR),
            ("nettverket", "Nettverket", ForumLevel.SYSTEM, None),
        ):
            forum = add_forum(
                session,
                place,
                slug=slug,
                name=name,
                level=level,
                cadence=cadence,
                closed_kinds=["public_holiday", "school_break"],
                chosen=["closed_kinds"],
            )
            add_seat(session, forum, seat, function=Function.LEADER)
    site = make_site(sqlite_database, now, blueprints=planning_blueprints())
    return Here(site, *(site.visitor_as(person) for person in people.values()))


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_for_planners_of_the_municipality(here: Here, page: str) -> None:
    assert here.site.visitor().get(BASE + page).location == "/logg-inn"
    assert here.leader.get(BASE + page).status_code == 403
    assert here.planner.get(f"/bamble/planlegg/2027{page}").status_code == 404
    assert here.planner.get(f"/sor-fron/planlegg/2027-29{page}").status_code == 404
    seen = [visitor.get(BASE + page).status_code for visitor in (here.planner, here.administrator)]
    assert seen == [200, 403]


def test_the_menu_leads_to_the_first_year_that_is_not_published(here: Here) -> None:
    assert '<a href="/sor-fron/planlegg"' in here.planner.get("/min-konto").text
    assert here.planner.get("/sor-fron/planlegg").location == BASE
    here.apply()
    here.publish()
    assert here.planner.get("/sor-fron/planlegg").location == "/sor-fron/planlegg/2028"
    assert here.site.visitor().get("/sor-fron/planlegg").location == "/logg-inn"
    assert here.leader.get("/sor-fron/planlegg").status_code == 403


def test_a_forum_without_a_rhythm_is_pointed_out_and_given_one(here: Here) -> None:
    page = here.planner.get(BASE).text
    assert "Planen gir ingen rytme for Nettverket." in page
    here.planner.get(f"{BASE}/forum/nettverket")
    vague = here.planner.post(f"{BASE}/forum/nettverket", {"words": "jevnlig"})
    assert vague.status_code == 422
    chosen = here.planner.post(f"{BASE}/forum/nettverket", {"words": "2 ganger i året"})
    assert chosen.status_code == 303
    assert "2 ganger i året" in here.planner.get(f"{BASE}/forum").text
    assert "Planen gir ingen rytme for Nettverket." not in here.planner.get(BASE).text


def test_the_first_plan_is_on_the_screen_and_the_solver_ends_by_proving_it(here: Here) -> None:
    path = here.propose()
    page = here.planner.get(path).text
    assert "Datoene er de best mulige" in page
    assert "8 nye møter" in page
    assert "planen gir ingen rytme; velg en" in page
    assert here.meetings() == []


def test_an_administrator_is_told_how_to_plan_and_does_so_in_one_step_of_the_log(
    here: Here,
) -> None:
    here.apply()
    page = here.administrator.get(f"{BASE}/datoer")
    assert (page.status_code, CASE_FORUM in page.text) == (403, False)
    assert "Bare den som planlegger året, kommer inn her" in page.text
    assert here.administrator.post(f"{BASE}/publiser", {"revision": "1"}).status_code == 403
    here.leader.get("/min-konto")
    assert here.leader.post("/sor-fron/planlegg/planlegger").status_code == 403
    slug = page.text.split('<option value="')[1].split('"')[0]
    given = here.administrator.post("/sor-fron/planlegg/planlegger", {"position": slug})
    assert given.location == "/sor-fron/planlegg"
    assert here.administrator.get(f"{BASE}/datoer").status_code == 200
    with here.site.database.read() as session:
        noted = session.exec(
            select(AuditEvent.after).where(AuditEvent.action == "position.roles")
        ).all()
    assert noted == [{"roles": ["administrator", "planner"]}]


def test_a_date_set_by_hand_stands_in_the_next_proposal(here: Here) -> None:
    here.apply()
    first = here.meetings()[0]
    address = f"{BASE}/datoer/{first.id}"
    here.planner.get(address)
    values = {
        "held_on": "2027-04-17",
        "starts": "13:00",
        "ends": "14:00",
        "place": "Kantina, 2. etg.",
        "sequence": "0",
    }
    asked = here.planner.post(address, values)
    assert (asked.status_code, "Dagen er i en helg." in asked.text) == (200, True)
    assert here.planner.post(address, {**values, "confirmed": "1"}).status_code == 303
    here.apply()
    days = {one.number: (one.held_on, one.set_by_hand) for one in here.meetings()}
    assert days[first.number] == (date(2027, 4, 17), True)
    assert here.planner.post(address, {**values, "confirmed": "1"}).status_code == 409


def test_a_stale_proposal_is_refused_with_a_page_that_says_so(here: Here) -> None:
    path = here.propose()
    with here.site.database.write() as session:
        forum = session.exec(select(Forum).where(Forum.slug == "radet")).one()
        forum.weekday = "tue"
        session.add(forum)
    page = here.planner.get(path).text
    assert "Noe er endret siden forslaget ble laget" in page
    refused = here.planner.post(f"{path}/bruk")
    assert refused.status_code == 409
    assert "Året er endret siden forslaget ble laget" in refused.text
    assert here.meetings() == []


def test_the_preview_of_publishing_tells_what_publishing_then_does(here: Here) -> None:
    here.apply()
    page = here.planner.get(f"{BASE}/publiser").text
    assert "8 møter blir synlige for medlemmene" in page
    assert {one.state for one in here.meetings()} == {MeetingState.PROPOSED}
    here.publish()
    assert {one.state for one in here.meetings()} == {MeetingState.PLANNED}
    with here.site.database.read() as session:
        mails = session.exec(select(Outbox).where(Outbox.kind == "summary")).all()
        assert len(mails) == 1
    assert "én e-post til 1 person" in page


def test_publishing_again_what_needs_no_mail_says_that_there_is_none(here: Here) -> None:
    here.apply()
    here.publish()
    with here.site.database.write() as session:
        # A task that was not made the last time: it has no meeting to write to anybody about.
        duty = session.exec(select(Duty)).all()[0]
        duty.key = duty.uid = "another"
    page = here.planner.get(f"{BASE}/publiser").text
    assert ("<dd>ingen e-post</dd>" in page, "0 personer" in page) == (True, False)


def test_a_year_changed_since_the_preview_is_looked_at_again_before_it_is_published(
    here: Here,
) -> None:
    here.apply()
    here.planner.get(f"{BASE}/publiser")
    answer = here.planner.post(f"{BASE}/publiser", {"revision": "0"})
    assert answer.status_code == 409
    assert "Året er endret siden du så på det" in answer.text
    assert {one.state for one in here.meetings()} == {MeetingState.PROPOSED}


def test_a_publishing_is_undone_until_a_mail_has_gone_and_then_the_page_says_why(
    here: Here,
) -> None:
    here.apply()
    here.publish()
    assert "8 møter blir foreslått igjen" in here.planner.get(f"{BASE}/angre-publisering").text
    assert here.planner.post(f"{BASE}/angre-publisering").status_code == 303
    assert {one.state for one in here.meetings()} == {MeetingState.PROPOSED}
    here.publish()
    with here.site.database.write() as session:
        for mail in session.exec(select(Outbox).where(Outbox.kind == "summary")):
            mail.state = "sent"
            session.add(mail)
    here.planner.get(f"{BASE}/angre-publisering")
    refused = here.planner.post(f"{BASE}/angre-publisering")
    assert refused.status_code == 409
    assert "1 e-post om publiseringen er sendt" in refused.text
    assert {one.state for one in here.meetings()} == {MeetingState.PLANNED}


def test_revisions_are_listed_and_compared(here: Here) -> None:
    here.apply()
    here.publish()
    page = here.planner.get(f"{BASE}/utgaver").text
    assert page.count("Året ble publisert") == 3
    with here.site.database.read() as session:
        rows = session.exec(select(ProposalRow).order_by(col(ProposalRow.id))).all()
    applied = next(row.id for row in rows if row.record.get("revision") == "applied")
    compared = here.planner.get(f"{BASE}/utgaver/sammenlign?fra={applied}&til=0").text
    assert "8 møter er forskjellige" in compared
    assert here.planner.get(f"{BASE}/utgaver/sammenlign?fra=999&til=0").status_code == 404


def test_revisions_are_numbered_without_holes_and_count_what_is_not_called_off(
    here: Here,
) -> None:
    here.apply()
    here.publish()
    with here.site.database.write() as session:
        session.get_one(Meeting, here.meetings()[0].id).state = MeetingState.CANCELLED
        # What moves a single meeting raises the year's number, and keeps no edition.
        session.exec(select(YearPlan)).one().revision += 3
        first = session.exec(select(ProposalRow).order_by(col(ProposalRow.id))).all()[1]
        first.record = {**first.record, "by": None}
    table = here.planner.get(f"{BASE}/utgaver").text.split("<tbody")[1]
    rows = [
        [" ".join(re.sub("<.*?>", "", cell).split()) for cell in re.findall(CELL, row)]
        for row in table.split("<tr")[1:]
    ]
    assert [(row[0], row[1], row[3], row[4]) for row in rows] == [
        ("3", "Slik det står nå", "–", "7"),
        ("2", "Året ble publisert", "Åse Planlegger", "8"),
        ("1", "Forslaget ble tatt i bruk", "systemet", "8"),
    ]


CELL = re.compile("<t[hd].*?>(.*?)</t[hd]>", re.DOTALL)
PASTED = "Høstferie\t04.10.2027 - 08.10.2027\nFørste skoledag 17.08.2027\nVel møtt\n"
ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Skulen//NO\r
BEGIN:VEVENT\r
UID:1@skulen.example\r
DTSTAMP:20270101T000000Z\r
DTSTART;VALUE=DATE:20271004\r
DTEND;VALUE=DATE:20271009\r
SUMMARY:H\xc3\xb8stferie\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.mark.parametrize("source", ["pasted", "csv", "ics"])
def test_a_school_calendar_is_shown_and_only_what_is_ticked_is_kept(
    here: Here, source: str
) -> None:
    address = f"{BASE}/motefrie-perioder/importer"
    here.planner.get(address)
    values: dict[str, object] = {"school_year": "2027"}
    if source == "pasted":
        values["pasted"] = PASTED
    else:
        data = ICS if source == "ics" else "Ferie;Fra;Til\nHøstferie;4.10.2027;8.10.2027\n".encode()
        values["file"] = (io.BytesIO(data), f"skulerute.{source}")
    shown = here.planner.client.post(
        address,
        data={"csrf_token": here.planner.token, **values},
        content_type="multipart/form-data",
    )
    assert shown.status_code == 200
    assert "Høstferie" in shown.text
    with here.site.database.read() as session:
        assert session.exec(select(ClosedPeriod)).all() == []
    kept = here.planner.post(
        f"{address}/bekreft",
        {
            "count": "1",
            "take_0": "1",
            "name_0": "Høstferie",
            "kind_0": "school_break",
            "starts_0": "2027-10-04",
            "ends_0": "2027-10-08",
        },
    )
    assert kept.status_code == 303
    with here.site.database.read() as session:
        row = session.exec(select(ClosedPeriod)).one()
        assert (row.starts_on, row.ends_on, row.confirmed) == (
            date(2027, 10, 4),
            date(2027, 10, 8),
            True,
        )


def test_a_holiday_of_another_year_is_pointed_out(here: Here) -> None:
    address = f"{BASE}/motefrie-perioder/importer"
    here.planner.get(address)
    shown = here.planner.post(address, {"school_year": "2025", "pasted": "Høstferie uke 41"})
    assert "Er utenfor perioden du planlegger nå" in shown.text


def test_each_school_year_without_holidays_is_named_and_removing_is_looked_at_first(
    here: Here,
) -> None:
    path = f"{BASE}/motefrie-perioder"
    assert "for skoleåret 2026/27 og 2027/28" in here.planner.get(path).text
    here.planner.post(
        path,
        {
            "name": "Høstferie",
            "kind": "school_break",
            "starts_on": "2027-10-11",
            "ends_on": "2027-10-15",
        },
    )
    page = here.planner.get(path).text
    assert "for skoleåret 2026/27." in page
    removal = page.split("/fjern")[0].rsplit('"', 1)[1] + "/fjern"
    assert "nye forslag kan bruke dagene" in here.planner.get(removal).text
    with here.site.database.read() as session:
        assert len(session.exec(select(ClosedPeriod)).all()) == 1
    assert here.planner.post(removal).status_code == 303
    assert here.planner.get(removal).status_code == 404


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "pasted"),
        ({"pasted": "ingen datoer her"}, "pasted"),
        ({"pasted": "Barnet 01019012480"}, "pasted"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(
    here: Here, values: dict[str, str], field: str
) -> None:
    address = f"{BASE}/motefrie-perioder/importer"
    here.planner.get(address)
    answer = here.planner.post(address, {"school_year": "2027", **values})
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text


def test_the_sorts_of_days_kept_free_follow_to_the_forums(here: Here) -> None:
    here.planner.get(f"{BASE}/motefrie-perioder")
    with here.site.database.write() as session:
        for forum in session.exec(select(Forum)):
            forum.closed_kinds = [
                "public_holiday",
                "school_break",
                "joint_leave",
                "christmas",
                "easter",
                "local",
            ]
            session.add(forum)
    here.planner.post(
        f"{BASE}/motefrie-perioder/holdes-fri",
        {"closed_public_holiday": "1", "closed_bridge_day": "1"},
    )
    with here.site.database.read() as session:
        kinds = {tuple(forum.closed_kinds) for forum in session.exec(select(Forum))}
    assert kinds == {("public_holiday", "bridge_day")}


def test_a_lost_day_moves_only_what_it_hits_and_the_preview_says_whom_it_concerns(
    here: Here,
) -> None:
    here.apply()
    here.publish()
    hit = here.meetings()[1]
    others = [one.held_on for one in here.meetings() if one.id != hit.id]
    here.planner.get(f"{BASE}/nye-datoer?mote={hit.id}")
    shown = here.planner.post(f"{BASE}/nye-datoer", {"meeting": str(hit.id)})
    assert "1 møte flyttes" in shown.text
    assert "1 person: Leder, oppvekst" in shown.text
    assert "1 e-post går ut når du bekrefter" in shown.text
    assert "én e-post til 1 person, om alle de nye datoene" in shown.text
    assert hit.held_on in [one.held_on for one in here.meetings()]
    digest = shown.text.split('name="digest" value="')[1].split('"')[0]
    wrong = here.planner.post(f"{BASE}/nye-datoer/bruk", {"meeting": str(hit.id), "digest": "x"})
    assert wrong.status_code == 409
    done = here.planner.post(f"{BASE}/nye-datoer/bruk", {"meeting": str(hit.id), "digest": digest})
    assert done.status_code == 303
    after = {one.id: one for one in here.meetings()}
    assert after[hit.id].state is MeetingState.MOVED
    assert [one.held_on for one in after.values() if one.id != hit.id] == others


def test_of_a_near_meeting_the_page_says_who_hears_at_once(here: Here) -> None:
    here.apply()
    here.publish()
    hit = here.meetings()[0]
    with here.site.database.write() as session:
        # Tomorrow at ten.
        near = session.get_one(Meeting, hit.id)
        near.held_on = here.site.now.date() + timedelta(days=1)
        session.add(near)
    here.planner.get(f"{BASE}/nye-datoer")
    shown = here.planner.post(f"{BASE}/nye-datoer", {"meeting": str(hit.id)}).text
    digest = shown.split('name="digest" value="')[1].split('"')[0]
    facts = shown.split('<dl class="facts">')[1].split("</dl>")[0]
    done = here.planner.post(f"{BASE}/nye-datoer/bruk", {"meeting": str(hit.id), "digest": digest})

    assert re.findall("<li>(.*?)</li>", facts) == [
        "én e-post til 1 person med en gang, fordi et av møtene er nært"
    ]
    assert "1 e-post går ut." in here.planner.get(done.location).text
    with here.site.database.read() as session:
        rows = session.exec(
            select(Outbox.kind, Outbox.mail_class, Outbox.state).where(
                Outbox.mail_class == "change"
            )
        ).all()
    assert sorted(rows) == [("change", "change", "merged"), ("summary", "change", "scheduled")]


def test_where_a_case_level_forum_meets_is_on_no_page_of_planning(here: Here) -> None:
    with here.site.database.write() as session:
        for forum in session.exec(select(Forum)):
            forum.place = "Kjellaren" if forum.slug == "teamet" else "Kantina"
    path = here.propose()
    pages = [here.planner.get(path).text]
    assert here.planner.post(f"{path}/bruk").status_code == 303
    with here.site.database.read() as session:
        rows = session.exec(select(ProposalRow)).all()
    applied = next(row.id for row in rows if row.record.get("revision") == "applied")
    here.publish()
    pages += [
        here.planner.get(BASE + page).text
        for page in ("/datoer", f"/utgaver/sammenlign?fra={applied}&til=0")
    ]
    assert {one.place for one in here.meetings("teamet")} == {"Kjellaren"}
    found = [("Kantina" in page, CASE_FORUM in page, "Kjellaren" in page) for page in pages]
    assert found == [(True, True, False)] * 3


def test_new_dates_at_case_level_tell_the_planner_no_number_of_people_or_mails(here: Here) -> None:
    here.apply()
    here.publish()
    hit = here.meetings("teamet")[1]
    here.planner.get(f"{BASE}/nye-datoer")
    shown = here.planner.post(f"{BASE}/nye-datoer", {"meeting": str(hit.id)}).text
    facts = shown.split('<dl class="facts">')[1].split("</dl>")[0]
    digest = shown.split('name="digest" value="')[1].split('"')[0]
    done = here.planner.post(f"{BASE}/nye-datoer/bruk", {"meeting": str(hit.id), "digest": digest})
    after = here.planner.get(done.location).text

    assert re.findall("<dd>(.*?)</dd>", facts) == [
        "De som har plass i forumene",
        "går ut når du bekrefter, til dem det gjelder",
    ]
    assert ("1 møte er flyttet." in after, "e-post går ut" in after) == (True, False)


def test_a_search_that_a_restart_cut_off_leaves_its_plan_to_be_used(here: Here) -> None:
    path = here.propose()
    with here.site.database.write() as session:
        row = session.exec(select(ProposalRow)).one()
        row.record = {
            **row.record,
            "search": {"state": "running", "beat_at": "2027-01-11T07:00:00+00:00"},
        }
        session.add(row)
    assert "Letingen ble avbrutt da programmet startet på nytt." in here.planner.get(path).text
    assert here.planner.post(f"{path}/bruk").status_code == 303
    assert len(here.meetings()) == 4


def test_a_search_can_be_stopped_and_its_first_plan_stands(here: Here) -> None:
    path = here.propose()
    with here.site.database.write() as session:
        row = session.exec(select(ProposalRow)).one()
        # As it is a moment after it began, in another web process.
        row.record = {
            **row.record,
            "search": {"state": "running", "beat_at": here.site.now.isoformat()},
        }
        session.add(row)
    page = here.planner.get(path).text
    assert "Leter etter et bedre forslag." in page
    assert "Ta forslaget i bruk" not in page
    assert here.planner.post(f"{path}/bruk").location == path
    assert here.planner.post(f"{path}/stopp").status_code == 303
    with here.site.database.read() as session:
        assert session.exec(select(ProposalRow)).one().record["search"]["stop"] is True


def test_a_new_search_stops_the_one_that_is_under_way(here: Here) -> None:
    here.propose()
    with here.site.database.write() as session:
        row = session.exec(select(ProposalRow)).one()
        row.record = {
            **row.record,
            "search": {"state": "running", "beat_at": here.site.now.isoformat()},
        }
        session.add(row)
    here.propose()
    with here.site.database.read() as session:
        rows = session.exec(select(ProposalRow).order_by(col(ProposalRow.id))).all()
    assert [row.record["search"].get("stop") for row in rows] == [True, None]


def test_a_year_that_is_over_says_so_instead_of_proposing(here: Here) -> None:
    page = here.planner.get("/sor-fron/planlegg/2020").text
    assert "Perioden er over." in page
    answer = here.planner.post("/sor-fron/planlegg/2020/forslag")
    assert answer.location == "/sor-fron/planlegg/2020"
    with here.site.database.read() as session:
        assert session.exec(select(YearPlan)).all() == []


@pytest.fixture
def open_plan(here: Here) -> Here:
    """A plan with a question of its own, an unclear level, and a duty that nobody answers for."""
    with here.site.database.write() as session:
        place = session.exec(select(Municipality)).one()
        add(
            session,
            Plan(
                municipality_id=id_of(place),
                title="Plan for barn og unge",
                adopted_on=date(2025, 3, 1),
                questions=[
                    {
                        "slug": "hvem",
                        "about": "radet",
                        "text": "Skal legen ha sete?",
                        "source_lines": "495-503",
                        "settled_on": None,
                    }
                ],
            ),
        )
        team = session.exec(select(Forum).where(Forum.slug == "teamet")).one()
        team.chosen = [*team.chosen, LEVEL_IS_OPEN]
        session.add(team)
        add(
            session,
            RecurringDuty(
                municipality_id=id_of(place),
                slug="ungdata",
                name="Ungdata",
                kind=DutyKind.SURVEY,
                position_id=None,
            ),
        )
    return here


def test_what_the_plan_leaves_open_stands_on_a_page_with_what_to_do(open_plan: Here) -> None:
    planner = open_plan.planner
    questions = f"{BASE}/sporsmal"
    assert "spørsmål er ikke avklart" in planner.get(BASE).text
    assert f'href="{questions}"' in planner.get(f"{BASE}/forum").text
    page = planner.get(questions).text
    assert "Skal legen ha sete?" in page
    assert "linje 495-503 i planen" in page
    assert f'href="{BASE}/forum/nettverket"' in page
    assert f'href="{questions}/level/teamet"' in page
    assert f'href="{questions}/responsible/ungdata"' in page
    assert "Planansvarlig velges under «Administrasjon», «Kommunens valg»." in page
    assert open_plan.leader.get(questions).status_code == 403


def test_what_only_the_plan_file_answers_is_said_with_who_has_the_file(open_plan: Here) -> None:
    def says() -> tuple[bool, int]:
        page = open_plan.planner.get(f"{BASE}/sporsmal").text
        owner = "Planfilen har den som drifter årshjulet." in page and "aarshjul load" in page
        return owner, page.count("den som har planfilen")

    with_plan_file = says()
    with open_plan.site.database.write() as session:
        session.exec(select(Plan)).one().questions = []
        for forum in session.exec(select(Forum)):
            forum.minutes_rule = MinutesRule.NEVER
    without = says()

    assert (with_plan_file[0], with_plan_file[1] > 1) == (True, True)
    assert without == (False, 0)


def test_the_forums_are_not_said_to_have_all_they_need_while_the_plan_leaves_something_open(
    open_plan: Here,
) -> None:
    def said() -> list[str]:
        return re.findall("3 forum|1 mangler rytme|Alle har det de trenger", page())

    def page() -> str:
        return open_plan.planner.get(BASE).text

    without_rhythm = said()
    open_plan.planner.get(f"{BASE}/forum/nettverket")
    open_plan.planner.post(f"{BASE}/forum/nettverket", {"words": "2 ganger i året"})
    with_rhythms = said()
    with open_plan.site.database.write() as session:
        # What is left about the forums is the question that the plan itself asks of the council.
        for forum in session.exec(select(Forum)):
            forum.chosen = [one for one in forum.chosen if one != LEVEL_IS_OPEN]
            forum.minutes_rule = MinutesRule.NEVER
            session.add(forum)
    with_levels = said()
    open_plan.planner.post(f"{BASE}/sporsmal/hvem/avklart")

    assert without_rhythm == ["3 forum", "1 mangler rytme"]
    assert (with_rhythms, with_levels) == (["3 forum"], ["3 forum"])
    assert said() == ["3 forum", "Alle har det de trenger"]
    # The plan has no owner still, and nobody answers for a duty.
    assert "spørsmål er ikke avklart" in page()


def test_a_question_of_the_plan_is_settled_and_opened_again(open_plan: Here) -> None:
    planner = open_plan.planner
    planner.get(f"{BASE}/sporsmal")
    assert planner.post(f"{BASE}/sporsmal/hvem/avklart").status_code == 303
    settled = planner.get(f"{BASE}/sporsmal").text
    assert "1 spørsmål er avklart før" in settled
    assert f"{BASE}/sporsmal/hvem/avklart" not in settled
    assert planner.post(f"{BASE}/sporsmal/hvem/apne").status_code == 303
    assert f"{BASE}/sporsmal/hvem/avklart" in planner.get(f"{BASE}/sporsmal").text
    assert planner.post(f"{BASE}/sporsmal/finnes-ikke/avklart").status_code == 404


def test_a_forum_is_opened_to_all_only_by_saying_that_it_never_speaks_of_cases(
    open_plan: Here,
) -> None:
    planner, path = open_plan.planner, f"{BASE}/sporsmal/level/teamet"
    planner.get(path)
    refused = planner.post(path, {"answer": "system"})
    assert refused.status_code == 422
    assert "Bekreft at forumet aldri drøfter enkeltsaker" in refused.text
    assert _level(open_plan) is ForumLevel.CASE_ELSE_NOT
    assert planner.post(path, {"answer": "system", "confirmed": "1"}).status_code == 303
    assert _level(open_plan) is ForumLevel.SYSTEM
    page = planner.get(f"{BASE}/sporsmal").text
    assert "1 spørsmål er besvart her" in page
    assert f'href="{path}">Endre svaret' in page
    assert "Svaret som gjelder nå:" in planner.get(path).text
    assert planner.post(path, {"answer": "case_else_not"}).status_code == 303
    assert _level(open_plan) is ForumLevel.CASE_ELSE_NOT
    assert open_plan.leader.get(path).status_code == 403


def test_a_duty_is_given_a_position_on_the_page_of_its_question(open_plan: Here) -> None:
    planner, path = open_plan.planner, f"{BASE}/sporsmal/responsible/ungdata"
    assert "Hvem har ansvaret for «Ungdata»?" in planner.get(path).text
    assert planner.post(path, {"answer": ""}).status_code == 422
    assert planner.post(path, {"answer": "finnes-ikke"}).status_code == 422
    with open_plan.site.database.read() as session:
        slug = session.exec(select(Position.slug).where(Position.title == "Merkantil")).one()
    assert planner.post(path, {"answer": slug}).status_code == 303
    page = planner.get(f"{BASE}/sporsmal").text
    assert "Svaret er lagret." in page
    assert "Hvem har ansvaret for «Ungdata»? <strong>Merkantil</strong>" in page
    assert f'<option value="{slug}" selected>' in planner.get(path).text


def _level(here: Here) -> ForumLevel:
    with here.site.database.read() as session:
        return session.exec(select(Forum.level).where(Forum.slug == "teamet")).one()
