"""One of several holders has a duty; a delegate acts on behalf of the one who has it."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import DutyState, ForumLevel, HolderKind
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Duty, Holder, Leave, Person
from scheduler.usecases.reminders import (
    LinkSpentError,
    NotAHolderError,
    WhoError,
    duty_done,
    name_holder,
    name_in_turn,
    use_action_link,
)
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.rows import add, add_holder
from tests.fakes.transport import FakeTransport, SentMail

NOW = oslo_winter("2027-01-20")
ANNE, BJORN = "anne@sor-fron.example", "bjorn@sor-fron.example"
LINK = re.compile(r"https://arshjul\.sor-fron\.example/handling/([\w-]+)")


def sent_on(database: Database, *days: str) -> list[SentMail]:
    transport = FakeTransport()
    for day in days:
        worker_of(database, transport, oslo_winter(day)).run_once()
    return transport.sent


def shared_minutes(database: Database, **choices: object) -> int:
    """Make minutes that Anne and Bjørn both answer for; return the duty."""
    with database.write() as session:
        office = Office(session, {"reminders": choices})
        shared = office.position("Avdelingsledere", ANNE, BJORN)
        return id_of(office.minutes(position_id=shared.id))


def person(session: Session, email: str) -> Person:
    return session.exec(select(Person).where(Person.email == email)).one()


def named(database: Database, duty_id: int, email: str | None) -> None:
    with database.write() as session:
        who = id_of(person(session, email)) if email else None
        name_holder(session, duty_id, who, by=who, now=NOW)


def test_once_named_one_gets_the_mails_and_the_leader_hears_again(database: Database) -> None:
    duty_id = shared_minutes(database, leader_at_once=True)
    named(database, duty_id, BJORN)
    assert [mail.recipients for mail in sent_on(database, "2027-02-05", "2027-02-16")] == [
        (BJORN,),
        (BJORN,),
        ("leif@sor-fron.example",),
    ]


def test_while_the_named_one_is_away_the_others_have_it(sqlite_database: Database) -> None:
    duty_id = shared_minutes(sqlite_database)
    named(sqlite_database, duty_id, BJORN)
    with sqlite_database.write() as session:
        position_id = session.get_one(Duty, duty_id).position_id
        holder = add_holder_of(session, position_id, BJORN)
        away = date(2027, 2, 1), date(2027, 2, 8)
        add(session, Leave(holder_id=holder, starts_on=away[0], ends_on=away[1]))
    assert [mail.recipients for mail in sent_on(sqlite_database, "2027-02-05", "2027-02-09")] == [
        (ANNE,),
        (BJORN,),
    ]


def add_holder_of(session: Session, position_id: int | None, email: str) -> int:
    return id_of(
        session.exec(
            select(Holder).where(
                Holder.position_id == position_id, Holder.person_id == person(session, email).id
            )
        ).one()
    )


def test_a_stranger_cannot_be_named_nor_anybody_for_what_is_done(
    sqlite_database: Database,
) -> None:
    duty_id = shared_minutes(sqlite_database)
    with pytest.raises(NotAHolderError):
        named(sqlite_database, duty_id, "leif@sor-fron.example")
    with sqlite_database.write() as session:
        duty_done(session, duty_id, by=None, now=NOW)
    with pytest.raises(Exception, match=str(duty_id)):
        named(sqlite_database, duty_id, ANNE)


def test_in_turn_everybody_gets_as_many(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        shared = office.position("Avdelingsledere", ANNE, BJORN)
        ids = [
            id_of(office.minutes(office.meeting(date(2027, month, 2), number=month),
                                 position_id=shared.id))
            for month in (2, 3, 6, 9)
        ]  # fmt: skip
        assert name_in_turn(session, ids, by=None, now=NOW) == 4
        emails = [
            session.get_one(Person, session.get_one(Duty, each).named_person_id).email
            for each in ids
        ]
    assert emails == [ANNE, BJORN, ANNE, BJORN]
    with sqlite_database.write() as session:
        assert name_in_turn(session, ids, by=None, now=NOW) == 0


def test_a_link_in_a_mail_to_several_asks_who_follows_it(sqlite_database: Database) -> None:
    duty_id = shared_minutes(sqlite_database)
    (mail,) = sent_on(sqlite_database, "2027-02-05")
    take, done = LINK.findall(mail.text)
    at = oslo_winter("2027-02-05", "09:00")
    with sqlite_database.write() as session:
        anne = id_of(person(session, ANNE))
        leif = id_of(person(session, "leif@sor-fron.example"))
    for nobody in (None, leif):
        with sqlite_database.write() as session, pytest.raises(WhoError):
            use_action_link(session, done, now=at, person_id=nobody)
    with sqlite_database.write() as session:
        use_action_link(session, take, now=at, person_id=anne)
        assert session.get_one(Duty, duty_id).named_person_id == anne
        use_action_link(session, done, now=at, person_id=anne)
        row = session.get_one(Duty, duty_id)
        assert (row.state, row.done_by_id) == (DutyState.DONE, anne)


def test_a_shared_link_is_spent_when_nobody_it_went_to_answers_any_more(
    sqlite_database: Database,
) -> None:
    shared_minutes(sqlite_database)
    (mail,) = sent_on(sqlite_database, "2027-02-05")
    with sqlite_database.write() as session:
        for email in (ANNE, BJORN):
            gone = person(session, email)
            gone.active = False
            session.add(gone)
    with sqlite_database.write() as session, pytest.raises(LinkSpentError):
        use_action_link(session, LINK.findall(mail.text)[1], now=oslo_winter("2027-02-06"))


def delegated(database: Database, *, level: ForumLevel = ForumLevel.SYSTEM) -> int:
    """Make minutes of Kari's, on whose behalf Dina acts; return the duty."""
    with database.write() as session:
        office = Office(session)
        office.forum.level = level
        session.add(office.forum)
        dina = office.person("dina@sor-fron.example")
        add_holder(session, office.secretary, dina, kind=HolderKind.DELEGATE)
        return id_of(office.minutes())


def test_a_delegate_has_the_mail_with_the_holder_and_the_log_says_on_whose_behalf(
    database: Database,
) -> None:
    duty_id = delegated(database)
    (mail,) = sent_on(database, "2027-02-05")
    assert mail.recipients == ("kari@sor-fron.example", "dina@sor-fron.example")
    with database.write() as session:
        dina = id_of(person(session, "dina@sor-fron.example"))
        at = oslo_winter("2027-02-05", "09:00")
        use_action_link(session, LINK.findall(mail.text)[0], now=at, person_id=dina)
        position_id = session.get_one(Duty, duty_id).position_id
        (logged,) = session.exec(select(AuditEvent)).all()
        assert (logged.person_id, (logged.after or {})["on_behalf_of"]) == (dina, position_id)
    assert sent_on(database, "2027-02-09") == []


def test_a_delegate_reads_nothing_of_a_case_level_forum(sqlite_database: Database) -> None:
    delegated(sqlite_database, level=ForumLevel.CASE_ELSE_NOT)
    assert [mail.recipients for mail in sent_on(sqlite_database, "2027-02-05")] == [
        ("kari@sor-fron.example",)
    ]


def test_what_a_delegate_may_read_is_not_gathered_with_what_only_the_holder_may(
    sqlite_database: Database,
) -> None:
    delegated(sqlite_database)
    with sqlite_database.write() as session:
        office_duty = session.exec(select(Duty)).one()
        kari = person(session, "kari@sor-fron.example")
        other = Office(session, slug="hemsedal")
        held = other.position("Koordinator")
        add_holder(session, held, kari)
        other.minutes(position_id=held.id)
        assert office_duty.position_id != held.id
    transport = FakeTransport()
    for clock in ("08:00", "08:30"):
        worker_of(sqlite_database, transport, oslo_winter("2027-02-05", clock)).run_once()
    assert sorted(mail.recipients for mail in transport.sent) == [
        ("kari@sor-fron.example",),
        ("kari@sor-fron.example", "dina@sor-fron.example"),
    ]


def test_the_weekday_a_reader_chose_is_the_next_counted_day_when_it_is_a_holiday(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        kari = office.person("kari@sor-fron.example")
        kari.digest_weekday = 3
        session.add(kari)
        # Due on 6 May 2027, Ascension Day and a Thursday: that week's mail comes on the Friday.
        office.minutes(due_on=date(2027, 5, 4), meeting=office.meeting(date(2027, 4, 27)))
    transport = FakeTransport()
    for day in ("04", "05", "06", "07", "10"):
        clock = f"2027-05-{day}T08:00:00+02:00"
        worker_of(sqlite_database, transport, datetime.fromisoformat(clock)).run_once()
    assert [f"{mail.message['Date']}"[:11] for mail in transport.sent] == ["Fri, 07 May"]
