"""What an administrator may not learn: of case-level forums, and of other municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from scheduler.domain.enums import ForumLevel, Function, Role
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    Forum,
    Grant,
    Outbox,
    OutboxEvent,
    Position,
    YearPlan,
)
from tests.factories.rows import (
    add,
    add_duty,
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

BASE = "/sor-fron/administrasjon"
GIVE_ON = f"{BASE}/stillinger/koordinator/gi-videre"


@dataclass(frozen=True)
class Here:
    """Somebody who administers and plans, and a mail about a case-level forum."""

    site: Site
    visitor: Visitor
    mail_id: int


@pytest.fixture
def here(sqlite_database: Database, now: datetime) -> Here:
    """Two municipalities; in ours a case-level forum with a duty, a mail and a change."""
    with sqlite_database.write() as session:
        place = add_municipality(session)
        office = add_position(session, place, title="Merkantil", slug="merkantil")
        boss = add_person(session, name="Astrid Admin")
        add_holder(session, office, boss)
        for role in (Role.ADMINISTRATOR, Role.PLANNER):
            add(session, Grant(role=role, position_id=office.id))
        coordinator = add_position(session, place, title="Koordinator", slug="koordinator")
        add_holder(session, coordinator, add_person(session, name="Kari Koordinator"))
        team = add_forum(session, place, name="Saksteamet", level=ForumLevel.CASE_ELSE_ANONYMOUS)
        add_seat(session, team, coordinator, function=Function.COORDINATOR)
        meeting = add_meeting(session, add_year(session, place), team)
        duty = add_duty(
            session, place, forum_id=team.id, meeting_id=meeting.id, position_id=coordinator.id
        )
        mail = add(
            session,
            Outbox(
                municipality_id=place.id,
                dedup_key="mail",
                kind="minutes",
                step="after",
                mail_class="nag",
                duty_id=duty.id,
                due_at=now,
                next_at=now,
                expires_at=now + timedelta(days=9),
                created_at=now,
                resend_policy="hold",
            ),
        )
        add(
            session,
            AuditEvent(
                at=now,
                municipality_id=place.id,
                action="move_meeting",
                entity="meeting",
                entity_id=meeting.id,
                before={"place": "Helsestasjonen"},
                after={"place": "Hjemmekontoret"},
            ),
        )
        there = add_municipality(session, slug="hemsedal", name="Hemsedal")
        person = add_person(session, name="Guri Nabo", email="guri@hemsedal.example")
        add_holder(session, add_position(session, there), person)
        ids = id_of(boss), id_of(mail)
    site = make_site(sqlite_database, now)
    return Here(site, site.visitor_as(ids[0]), ids[1])


@pytest.mark.parametrize("page", ["/logg", "/e-post?vis=kommer"])
def test_to_plan_opens_no_mail_and_no_change_of_a_case_level_forum(here: Here, page: str) -> None:
    shown = here.visitor.get(BASE + page)
    assert shown.status_code == 200
    told = ("Saksteamet", "Helsestasjonen", "Hjemmekontoret")
    assert [words for words in told if words in shown.text] == []


@pytest.mark.parametrize(("plans", "told"), [(True, True), (False, False)])
def test_how_much_a_year_holds_is_told_in_the_log_to_planners_alone(
    here: Here, plans: bool, told: bool, now: datetime
) -> None:
    with here.site.database.write() as session:
        year = session.exec(select(YearPlan)).one()
        counts = {"dates": 41, "people": 17, "closes_on": "2027-01-20"}
        for action in ("round.open", "publish_year"):
            event = AuditEvent(
                at=now,
                municipality_id=year.municipality_id,
                action=action,
                entity="year_plan",
                entity_id=year.id,
                after=counts,
            )
            add(session, event)
        if not plans:
            session.delete(session.exec(select(Grant).where(Grant.role == Role.PLANNER)).one())
    page = here.visitor.get(f"{BASE}/logg").text
    assert ("2027-01-20" in page, "41" in page, "17" in page) == (True, told, told)


def test_the_log_of_the_municipality_names_no_forum_by_its_own_numbers(
    here: Here, now: datetime
) -> None:
    with here.site.database.write() as session:
        own = {"reminders": {"forums": {"saksteamet-slug": {"minutes_after": 3}}}}
        event = AuditEvent(
            at=now,
            municipality_id=session.exec(select(YearPlan)).one().municipality_id,
            action="plan_file.changed",
            entity="municipality",
            entity_id=1,
            before={"choices": {**own, "notice_days": 11}},
            after={"choices": {**own, "notice_days": 14}},
        )
        add(session, event)
    page = here.visitor.get(f"{BASE}/logg").text
    assert ("saksteamet-slug" in page, "notice_days" in page) == (False, True)


def test_to_plan_opens_no_letter_of_a_case_level_forum(here: Here) -> None:
    assert here.visitor.get(f"{BASE}/e-post/{here.mail_id}").status_code == 404


def hand_over_to(here: Here, email: str) -> str:
    """Return the preview of handing the coordinator's position over."""
    here.visitor.get(GIVE_ON)
    values = {"from_on": "2027-02-01", "who": "successor", "name": "Ny Her", "email": email}
    return here.visitor.post(GIVE_ON, values).text


def test_a_hand_over_counts_no_duty_of_a_case_level_forum(here: Here) -> None:
    page = hand_over_to(here, "ny@sor-fron.example")
    assert "<dt>Oppgaver som ikke er ferdige</dt>\n<dd>0</dd>" in page


def test_nobody_learns_whom_another_municipality_knows(here: Here) -> None:
    pages = [hand_over_to(here, email) for email in ("guri@hemsedal.example", "ny@x.example")]
    assert ["Guri Nabo" in page for page in pages] == [False, False]
    assert ["Ny Her, første dag" in page for page in pages] == [True, True]
    assert ["ny her</span>" in page for page in pages] == [True, True]


@pytest.mark.parametrize(("ends_on", "status"), [("2027-04-30", 303), ("2027-05-01", 422)])
def test_no_period_is_so_long_that_no_working_day_is_left(
    here: Here, ends_on: str, status: int
) -> None:
    path = f"{BASE}/motefrie-perioder"
    here.visitor.get(path)
    values = {"name": "Stengt", "kind": "local", "starts_on": "2027-01-01", "ends_on": ends_on}
    answer = here.visitor.post(path, values)
    assert answer.status_code == status
    is_said = "Siste dag gir en periode på mer enn 120 dager" in answer.text
    assert is_said == (status == 422)


@pytest.fixture
def queue(database: Database, now: datetime) -> Here:
    """A closed team of one, who has an open task too, and the mails that come of both."""
    with database.write() as session:
        place = add_municipality(session)
        office = add_position(session, place, title="Merkantil", slug="merkantil")
        boss = add_person(session, name="Astrid Admin")
        add_holder(session, office, boss)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=office.id))
        coordinator = add_position(session, place, title="Koordinator", slug="koordinator")
        kari = add_person(session, name="Kari Koordinator")
        add_holder(session, coordinator, kari)
        team = add_forum(session, place, name="Saksteamet", level=ForumLevel.CASE_ELSE_ANONYMOUS)
        add_seat(session, team, coordinator, function=Function.COORDINATOR)
        year = add_year(session, place)
        closed = add_duty(
            session,
            place,
            forum_id=team.id,
            meeting_id=add_meeting(session, year, team).id,
            position_id=coordinator.id,
        )
        council = add_forum(session, place, name="Styringsgruppa")
        opened = add_duty(
            session,
            place,
            forum_id=council.id,
            meeting_id=add_meeting(session, year, council).id,
            position_id=coordinator.id,
        )
        fields = {
            "municipality_id": place.id,
            "due_at": now,
            "next_at": now,
            "created_at": now,
            "expires_at": now + timedelta(days=9),
            "resend_policy": "hold",
        }
        carrier = add(
            session,
            Outbox(
                dedup_key="closed", kind="minutes", step="after", mail_class="nag", state="sent",
                duty_id=closed.id, position_id=coordinator.id, sent_at=now, **fields,
            ),
        )  # fmt: skip
        merged = add(
            session,
            Outbox(
                dedup_key="open", kind="minutes", step="due", mail_class="nag", state="merged",
                duty_id=opened.id, position_id=coordinator.id, merged_into=carrier.id, **fields,
            ),
        )  # fmt: skip
        add(
            session,
            OutboxEvent(
                outbox_id=id_of(merged),
                at=now,
                from_state="scheduled",
                to_state="merged",
                detail=f"into {carrier.id}",
            ),
        )
        for state in ("scheduled", "sent", "bounced"):
            last = add(
                session,
                Outbox(
                    dedup_key=f"summary {state}", kind="summary", step="summary", state=state,
                    mail_class="summary", person_id=kari.id, recipient="kari@sor-fron.example",
                    last_error="550 ukjent" if state == "bounced" else None, **fields,
                ),
            )  # fmt: skip
        ids = id_of(boss), id_of(merged), id_of(last)
    site = make_site(database, now)
    return Here(site, site.visitor_as(ids[0]), ids[1])


def test_no_mail_to_everyone_with_a_seat_tells_who_sits_in_a_closed_forum(queue: Here) -> None:
    pages = {
        view: queue.visitor.get(f"{BASE}/e-post?vis={view}").text
        for view in ("problemer", "kommer", "sendt", "ikke-sendt", "trukket")
    }
    assert [view for view, page in pages.items() if "Kari Koordinator" in page] == ["problemer"]
    assert [view for view, page in pages.items() if "Nytt om året" in page] == []
    assert "Skal sendes (0)" in pages["kommer"]
    told = pages["problemer"]
    row = told[told.index("<tbody") : told.index("</tbody>")]
    assert ("E-post til en person" in row, "550 ukjent" in row, "2027" in row) == (
        True,
        True,
        False,
    )


def test_who_may_mend_a_sealed_mail_reads_whom_it_missed_and_nothing_else(queue: Here) -> None:
    with queue.site.database.read() as session:
        mail_id = session.exec(select(Outbox.id).where(Outbox.dedup_key == "summary bounced")).one()
    letter = queue.visitor.get(f"{BASE}/e-post/{mail_id}").text
    main = letter[letter.index("<main") : letter.index("</main>")]
    assert ("kari@sor-fron.example" in main, "Send på nytt" in main) == (True, True)
    assert ("2027" in main, "Lovet" in main, "Nytt om året" in main) == (False, False, False)
    done = queue.visitor.post(f"{BASE}/e-post/{mail_id}/send-igjen")
    assert done.location == f"{BASE}/e-post"
    assert queue.visitor.get(f"{BASE}/e-post/{mail_id}").status_code == 404


def test_what_went_in_a_mail_about_a_closed_forum_was_simply_sent(queue: Here) -> None:
    sent = queue.visitor.get(f"{BASE}/e-post?vis=sendt").text
    assert ("Sendt (1)" in sent, "Styringsgruppa" in sent) == (True, True)
    assert ("Ble ikke sendt (0)" in sent, "Trukket tilbake (0)" in sent) == (True, True)
    letter = queue.visitor.get(f"{BASE}/e-post/{queue.mail_id}").text
    assert ("slått sammen" in letter, "samme e-post" in letter) == (False, False)
    with queue.site.database.write() as session:
        hidden = session.exec(select(Outbox).where(Outbox.dedup_key == "closed")).one()
        hidden.duty_id = None
    letter = queue.visitor.get(f"{BASE}/e-post/{queue.mail_id}").text
    assert "slått sammen" in letter


def test_an_administrator_with_a_seat_in_every_closed_forum_reads_the_whole_queue(
    queue: Here,
) -> None:
    with queue.site.database.write() as session:
        team = session.exec(select(Forum).where(Forum.name == "Saksteamet")).one()
        office = session.exec(select(Position).where(Position.slug == "merkantil")).one()
        add_seat(session, team, office)
    page = queue.visitor.get(f"{BASE}/e-post?vis=kommer").text
    assert "Nytt om året" in page
    letter = queue.visitor.get(f"{BASE}/e-post/{queue.mail_id}").text
    assert "gikk i samme e-post som en annen påminnelse" in letter
