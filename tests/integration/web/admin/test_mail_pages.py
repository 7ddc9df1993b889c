"""The pages of the mail queue: turning them, what stands on each, and why a mail did not go."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import DutyKind, DutyState, ForumLevel, Role
from scheduler.domain.reminders import OutboxState
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Grant,
    Measure,
    Municipality,
    MunicipalService,
    Outbox,
    OutboxEvent,
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
    add_unit,
    add_year,
)
from tests.factories.site import Visitor, make_site
from tests.fakes.counted import counted

MAILS = "/sor-fron/administrasjon/e-post"


@pytest.fixture
def visitor(sqlite_database: Database, now: datetime) -> Visitor:
    """Whoever administers Sør-Fron."""
    return administrator(sqlite_database, now)


def administrator(database: Database, now: datetime) -> Visitor:
    """Return whoever administers Sør-Fron, which is made."""
    with database.write() as session:
        office = add_position(session, add_municipality(session), slug="merkantil")
        boss = add_person(session, name="Astrid Admin")
        add_holder(session, office, boss)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=office.id))
        boss_id = id_of(boss)
    return make_site(database, now).visitor_as(boss_id)


def add_mail(session: Session, now: datetime, key: str, **fields: Any) -> Outbox:
    """Add a mail of Sør-Fron's; it is planned for now, unless told otherwise."""
    place = session.exec(select(Municipality).where(Municipality.slug == "sor-fron")).one()
    row = {
        "municipality_id": id_of(place),
        "dedup_key": key,
        "kind": "minutes",
        "step": "after",
        "mail_class": "nag",
        "due_at": now,
        "next_at": now,
        "expires_at": now + timedelta(days=9),
        "created_at": now,
        "resend_policy": "hold",
    }
    return add(session, Outbox(**(row | fields)))


def note(session: Session, mail: Outbox, at: datetime, to_state: OutboxState, detail: str) -> None:
    """Note one step of a mail."""
    add(
        session,
        OutboxEvent(outbox_id=id_of(mail), at=at, to_state=to_state.value, detail=detail),
    )


def place_of(session: Session) -> Municipality:
    """Return Sør-Fron."""
    return session.exec(select(Municipality).where(Municipality.slug == "sor-fron")).one()


def listed(page: str) -> list[int]:
    """Return the mails of a page, by id, in order."""
    body = page[page.index("<tbody") : page.index("</tbody>")]
    return [int(number) for number in re.findall(r'e-post/(\d+)"', body)]


def turned(page: str) -> dict[str, str]:
    """Return where the links to other pages lead, by `prev` and `next`."""
    found = re.findall(r'rel="(prev|next)" href="([^"]+)"', page)
    return {rel: address.replace("&amp;", "&") for rel, address in found}


def caption(page: str) -> str:
    """Return what the table is called."""
    return page[page.index("<caption") :].partition(">")[2].partition("<")[0]


@pytest.fixture
def in_line(sqlite_database: Database, visitor: Visitor, now: datetime) -> list[int]:
    """120 mails that are to go, in threes at the same time, in the order in which they go."""
    del visitor
    return fill_the_queue(sqlite_database, now)


def fill_the_queue(database: Database, now: datetime) -> list[int]:
    """Add 120 mails that are to go, three at a time; return them in the order in which they go."""
    with database.write() as session:
        made = [
            add_mail(
                session,
                now,
                f"mail {number}",
                kind="welcome",
                next_at=now + timedelta(hours=number // 3),
            )
            for number in range(120)
        ]
        return [id_of(mail) for mail in made]


def test_every_mail_stands_on_one_page_however_the_pages_are_turned(
    database: Database, now: datetime
) -> None:
    visitor, in_line = administrator(database, now), fill_the_queue(database, now)
    page = visitor.get(f"{MAILS}?vis=kommer").text
    assert "Skal sendes (120)" in page
    forwards, captions = listed(page), [caption(page)]
    while "next" in turned(page):
        page = visitor.get(turned(page)["next"]).text
        forwards += listed(page)
        captions.append(caption(page))
    assert forwards == in_line
    assert captions == [
        "Skal sendes: nummer 1–50 av 120",
        "Skal sendes: nummer 51–100 av 120",
        "Skal sendes: nummer 101–120 av 120",
    ]
    backwards = listed(page)
    while "prev" in turned(page):
        page = visitor.get(turned(page)["prev"]).text
        backwards = listed(page) + backwards
    assert (backwards, caption(page)) == (in_line, "Skal sendes: nummer 1–50 av 120")


def test_the_next_page_goes_on_where_the_last_one_ended_though_mails_have_gone(
    sqlite_database: Database, visitor: Visitor, in_line: list[int], now: datetime
) -> None:
    onwards = turned(visitor.get(f"{MAILS}?vis=kommer").text)["next"]
    with sqlite_database.write() as session:
        for mail in session.exec(select(Outbox)).all()[:50]:
            mail.state, mail.sent_at = OutboxState.SENT, now
    page = visitor.get(onwards).text
    assert listed(page) == in_line[50:100]
    assert (caption(page), sorted(turned(page))) == ("Skal sendes: nummer 1–50 av 70", ["next"])


def test_the_page_before_is_the_first_one_where_too_few_are_left_ahead(
    sqlite_database: Database, visitor: Visitor, in_line: list[int], now: datetime
) -> None:
    with sqlite_database.write() as session:
        for mail in session.exec(select(Outbox)).all()[:10]:
            mail.state, mail.sent_at = OutboxState.SENT, now
    page = visitor.get(f"{MAILS}?vis=kommer&foer={in_line[50]}").text
    assert listed(page) == in_line[10:60]


@pytest.mark.parametrize("question", ["etter=999999", "foer=999999", "etter=x", "foer=-1"])
def test_a_mail_that_is_not_there_begins_at_the_first_page(
    visitor: Visitor, in_line: list[int], question: str
) -> None:
    page = visitor.get(f"{MAILS}?vis=kommer&{question}").text
    assert listed(page) == in_line[:50]


def test_no_address_asks_where_a_mail_out_of_sight_stands(
    sqlite_database: Database, visitor: Visitor, in_line: list[int], now: datetime
) -> None:
    with sqlite_database.write() as session:
        place = place_of(session)
        team = add_forum(session, place, level=ForumLevel.CASE_ELSE_ANONYMOUS)
        meeting = add_meeting(session, add_year(session, place), team)
        duty = add_duty(session, place, forum_id=team.id, meeting_id=meeting.id)
        later = now + timedelta(hours=20)
        hidden = id_of(add_mail(session, now, "hidden", duty_id=duty.id, next_at=later))
    page = visitor.get(f"{MAILS}?vis=kommer&etter={hidden}").text
    assert (listed(page), "Skal sendes (120)" in page) == (in_line[:50], True)


def test_those_that_went_stand_by_when_they_went(
    sqlite_database: Database, visitor: Visitor, now: datetime
) -> None:
    with sqlite_database.write() as session:
        ids = [
            id_of(add_mail(session, now, f"{days}", state="sent", sent_at=now - timedelta(days)))
            for days in (3, 1, 2)
        ]
    page = visitor.get(f"{MAILS}?vis=sendt").text
    assert (listed(page), caption(page)) == ([ids[1], ids[2], ids[0]], "Sendt")


def test_each_mail_names_what_it_is_about_and_its_deadline(
    sqlite_database: Database, visitor: Visitor, now: datetime
) -> None:
    with sqlite_database.write() as session:
        place = place_of(session)
        measure = add(
            session, Measure(municipality_id=id_of(place), slug="bading", name="Bassenggruppe, små")
        )
        service = add(
            session, MunicipalService(municipality_id=id_of(place), slug="skole", name="Skolen")
        )
        school = add_unit(session, place, name="Barneskolen")
        forum = add_forum(session, place, name="Elevmøtet")
        year = add_year(session, place)
        meeting = add_meeting(session, year, forum, unit_id=school.id, held_on=date(2027, 3, 9))
        due_on = date(2027, 10, 15)
        duties = (
            ("evaluation", {"kind": DutyKind.EVALUATION, "measure_id": measure.id}),
            ("plan_review", {"kind": DutyKind.PLAN_REVIEW, "service_id": service.id}),
            (
                "minutes",
                {"forum_id": forum.id, "unit_id": school.id, "meeting_id": meeting.id},
            ),
        )
        for hour, (kind, fields) in enumerate(duties):
            duty = add_duty(session, place, due_on=due_on, **fields)
            at = now + timedelta(hours=hour)
            add_mail(session, now, kind, kind=kind, duty_id=duty.id, next_at=at)
        at = now + timedelta(hours=9)
        add_mail(session, now, "c", kind="change", step="c", meeting_id=meeting.id, next_at=at)
        payload = '{"period": "2027/28"}'
        at = now + timedelta(hours=10)
        add_mail(session, now, "s", kind="summary", step="s", payload=payload, next_at=at)
    page = visitor.get(f"{MAILS}?vis=kommer").text
    body = page[page.index("<tbody") : page.index("</tbody>")]
    assert re.findall(r'<a href="[^"]+">([^<]+)</a>(?:<div[^>]*>([^<]+))?', body) == [
        ("Evaluering av tiltak: Bassenggruppe, små", "purring, frist fredag 15. oktober 2027"),
        ("Årlig gjennomgang: Skolen", "purring, frist fredag 15. oktober 2027"),
        ("Referat: Elevmøtet, Barneskolen, tirsdag 9. mars 2027", "purring"),
        ("Endring av møte: Elevmøtet, Barneskolen, tirsdag 9. mars 2027", ""),
        ("Nytt om året: 2027/28", ""),
    ]


def test_what_was_withdrawn_on_purpose_stands_apart_from_what_nobody_got(
    sqlite_database: Database, visitor: Visitor, now: datetime
) -> None:
    states = (
        (OutboxState.CANCELLED, "meeting cancelled"),
        (OutboxState.HANDED_ON, "by invitation"),
        (OutboxState.MERGED, "into 1"),
        (OutboxState.SKIPPED, "nobody to tell"),
    )
    with sqlite_database.write() as session:
        for state, why in states:
            mail = add_mail(session, now, state, state=state.value)
            note(session, mail, now - timedelta(days=2), OutboxState.SCHEDULED, "duty")
            note(session, mail, now, state, why)
    withdrawn = visitor.get(f"{MAILS}?vis=trukket").text
    assert re.findall(
        r"(Ble ikke sendt|Trukket tilbake|Trenger en person) \((\d)\)", withdrawn
    ) == [
        ("Trenger en person", "0"),
        ("Ble ikke sendt", "1"),
        ("Trukket tilbake", "3"),
    ]
    assert reasons(withdrawn) == [
        "gikk i samme e-post som en annen påminnelse",
        "mottakeren får en kalenderinvitasjon i stedet",
        "møtet er avlyst",
    ]
    assert reasons(visitor.get(f"{MAILS}?vis=ikke-sendt").text) == ["det var ingen å sende den til"]


def reasons(page: str) -> list[str]:
    """Return what stands under the state of each mail."""
    body = page[page.index("<tbody") : page.index("</tbody>")]
    return re.findall(r'</span>\s*<div class="small soft">([^<]+)</div>', body)


@pytest.mark.parametrize(
    ("state", "since", "said"),
    [
        (DutyState.DONE, timedelta(0), "oppgaven er ferdig"),
        (DutyState.NOT_APPLICABLE, timedelta(0), "oppgaven er ikke aktuell"),
        # It was another change that took the mail back.
        (DutyState.DONE, timedelta(hours=1), "oppgaven er endret"),
        (DutyState.OPEN, timedelta(0), "oppgaven er endret"),
    ],
)
def test_a_mail_whose_task_was_finished_says_so(
    sqlite_database: Database,
    visitor: Visitor,
    now: datetime,
    state: DutyState,
    since: timedelta,
    said: str,
) -> None:
    with sqlite_database.write() as session:
        duty = add_duty(session, place_of(session), state=state, changed_at=now + since)
        mail = add_mail(session, now, "mail", state="cancelled", duty_id=duty.id)
        note(session, mail, now, OutboxState.CANCELLED, "duty changed")
        mail_id = id_of(mail)
    assert reasons(visitor.get(f"{MAILS}?vis=trukket").text) == [said]
    letter = visitor.get(f"{MAILS}/{mail_id}").text
    assert f"<dt>Hvorfor den ikke ble sendt</dt>\n<dd>{said}</dd>" in letter
    assert "<dt>Prøves</dt>" not in letter


def test_the_queue_asks_as_often_for_three_mails_as_for_one(
    sqlite_database: Database, visitor: Visitor, now: datetime
) -> None:
    page = f"{MAILS}?vis=trukket"
    asked = []
    for wanted in (1, 3):
        with sqlite_database.write() as session:
            for number in range(wanted):
                duty = add_duty(session, place_of(session))
                key = f"{wanted} {number}"
                mail = add_mail(session, now, key, state="cancelled", duty_id=duty.id)
                note(session, mail, now, OutboxState.CANCELLED, "duty changed")
        visitor.get(MAILS)
        with counted(sqlite_database) as statements:
            shown = visitor.get(page).text
        asked.append((len(listed(shown)), len(statements)))
    assert asked == [(1, asked[0][1]), (4, asked[0][1])]
