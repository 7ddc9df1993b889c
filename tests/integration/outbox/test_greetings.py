"""The mails around a forum and its people: items asked for, a welcome, a text message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind, ForumLevel, HolderKind, MeetingState
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Meeting, Outbox
from scheduler.usecases.people import HandOver, NewPerson, add_holder, hand_over
from scheduler.usecases.people.preferences import Preferences, change_preferences
from scheduler.usecases.reminders import duty_done
from tests.factories.changed_meeting import recompute_for_meeting
from tests.factories.office import SETTINGS, Office, oslo_winter, worker_of
from tests.factories.rows import add_seat
from tests.fakes.transport import FakeTransport, SentMail

ASKS = {"reminders": {"agenda_before": 5}}
NEW = NewPerson("Åse Ny", "ny@sor-fron.example")


def sent_on(database: Database, *days: str, **parts: Any) -> list[SentMail]:
    transport = FakeTransport()
    for day in days:
        worker_of(database, transport, oslo_winter(day), **parts).run_once()
    return transport.sent


def noticed(office: Office, *, level: ForumLevel = ForumLevel.SYSTEM) -> int:
    """Give the forum a third seat and a meeting on 18 February; return its notice's duty."""
    office.forum.level = level
    office.session.add(office.forum)
    add_seat(office.session, office.forum, office.position("Rektor", "rune@sor-fron.example"))
    meeting = office.meeting(date(2027, 2, 18))
    return id_of(office.duty(kind=DutyKind.NOTICE, due_on=date(2027, 2, 11), meeting=meeting))


def test_the_other_seats_are_asked_once_for_items_before_the_notice(database: Database) -> None:
    with database.write() as session:
        noticed(Office(session, ASKS))
    mails = sent_on(database, "2027-02-04", "2027-02-05")
    assert [(mail.recipients, mail.subject) for mail in mails] == [
        (
            (each,),
            "Saker til møtet: Ressursgruppe, tverrfaglig, torsdag 18. februar",
        )
        for each in ("leif@sor-fron.example", "rune@sor-fron.example")
    ]
    assert mails[0].text.splitlines()[3] == (
        "Har du saker til møtet? Meld dem innen torsdag 11. februar 2027"
        " til Barne- og familieveileder."
    )


def test_nobody_is_asked_at_case_level_nor_when_the_notice_has_gone(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        noticed(Office(session, ASKS), level=ForumLevel.CASE_ELSE_ANONYMOUS)
        other = Office(session, ASKS, slug="hemsedal")
        duty_id = noticed(other)
        duty_done(session, duty_id, by=None, now=oslo_winter("2027-02-03"))
    assert sent_on(sqlite_database, "2027-02-04") == []


def welcomes(session: Session) -> list[tuple[str, str]]:
    rows = session.exec(
        select(Outbox).where(Outbox.kind == "welcome").order_by(col(Outbox.id))
    ).all()
    return [(f"{row.due_at:%Y-%m-%d %H:%M}", row.state) for row in rows]


def test_a_successor_is_greeted_on_the_first_day_once_for_all_positions(
    database: Database,
) -> None:
    now = oslo_winter("2027-01-20", "12:00")
    with database.write() as session:
        office = Office(session)
        wanted = HandOver(position_id=id_of(office.secretary), first_day=date(2027, 2, 1), to=NEW)
        hand_over(session, wanted, now=now, actor_id=None)
        add_holder(session, id_of(office.leader), NEW, kind=HolderKind.ACTING,
                   from_on=date(2027, 2, 1), now=now, actor_id=None)  # fmt: skip
        assert welcomes(session) == [("2027-02-01 07:00", "scheduled")]
    assert sent_on(database, "2027-01-29") == []
    (mail,) = sent_on(database, "2027-02-01")
    assert (mail.recipients, mail.subject) == (
        ("ny@sor-fron.example",),
        "Velkommen til årshjulet",
    )
    assert "https://arshjul.sor-fron.example/abonner" in mail.text.splitlines()
    assert "/feeds/" not in mail.text
    assert sent_on(database, "2027-02-02") == []


def test_nobody_is_greeted_who_does_not_begin_after_all(sqlite_database: Database) -> None:
    now = oslo_winter("2027-01-20", "12:00")
    with sqlite_database.write() as session:
        office = Office(session)
        add_holder(session, id_of(office.leader), NEW, kind=HolderKind.HOLDER,
                   from_on=date(2027, 2, 1), now=now, actor_id=None)  # fmt: skip
        later = HandOver(position_id=id_of(office.leader), first_day=date(2027, 2, 1), to=None)
        hand_over(session, later, now=now, actor_id=None)
    assert sent_on(sqlite_database, "2027-02-01") == []
    with sqlite_database.read() as session:
        assert [state for _due, state in welcomes(session)] == ["cancelled"]


def cancelled_tomorrow(database: Database, *, level: ForumLevel = ForumLevel.SYSTEM) -> None:
    """Let Kari ask for texts, and a meeting be cancelled the day before it."""
    at = oslo_winter("2027-02-01", "20:00")
    with database.write() as session:
        office = Office(session)
        office.forum.level = level
        session.add(office.forum)
        kari = id_of(office.person("kari@sor-fron.example"))
        change_preferences(session, kari, Preferences(texts_to="+4791234567"), now=at)
        meeting = office.meeting(date(2027, 2, 2))
        row = session.get_one(Meeting, id_of(meeting))
        row.state, row.sequence = MeetingState.CANCELLED, row.sequence + 1
        session.add(row)
        session.flush()
        recompute_for_meeting(session, id_of(row), now=at, holidays_of=public_holidays)


def texts(database: Database, **parts: Any) -> list[SentMail]:
    transport = FakeTransport()
    at = oslo_winter("2027-02-01", "20:00") + timedelta(seconds=5)
    worker_of(database, transport, at, **parts).run_once()
    return [mail for mail in transport.sent if "sms" in mail.recipients[0]]


def with_gateway() -> Any:
    return replace(SETTINGS, text_domain="sms.example")


def test_who_asked_for_it_is_texted_at_once_when_a_near_meeting_is_cancelled(
    database: Database,
) -> None:
    cancelled_tomorrow(database)
    (text,) = texts(database, settings=with_gateway())
    assert text.recipients == ("4791234567@sms.example",)
    assert text.message.get_content_type() == "text/plain"
    assert text.text == "AVLYST: Ressursgruppe, tverrfaglig tirsdag 2. februar kl. 09:00.\n"


def test_a_text_message_names_no_case_level_forum(sqlite_database: Database) -> None:
    cancelled_tomorrow(sqlite_database, level=ForumLevel.CASE_ELSE_NOT)
    (text,) = texts(sqlite_database, settings=with_gateway())
    assert text.text == "AVLYST: et møte du er med i tirsdag 2. februar. Se e-posten.\n"


def test_without_a_gateway_nothing_is_texted_and_the_row_says_so(
    sqlite_database: Database,
) -> None:
    cancelled_tomorrow(sqlite_database)
    assert texts(sqlite_database) == []
    with sqlite_database.read() as session:
        (row,) = session.exec(select(Outbox).where(Outbox.kind == "text")).all()
        assert row.state == "skipped"


def test_a_number_is_forgotten_with_the_wish(sqlite_database: Database) -> None:
    cancelled_tomorrow(sqlite_database)
    with sqlite_database.write() as session:
        kari = Office(session, slug="hemsedal").person("kari@sor-fron.example")
        change_preferences(
            session, id_of(kari), Preferences(), now=oslo_winter("2027-02-01", "20:00")
        )
        session.refresh(kari)
        assert (kari.mobile, kari.texts_asked_at) == (None, None)
    assert texts(sqlite_database, settings=with_gateway()) == []
