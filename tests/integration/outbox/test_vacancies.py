"""Who gets a mail where a position is vacant, on leave, shared, or the leader's own."""

from __future__ import annotations

from datetime import date

from scheduler.domain.enums import DutyKind, ForumLevel, HolderKind
from scheduler.store.database import Database
from scheduler.store.tables import Leave
from tests.factories.office import Office, oslo_winter, rows_of, worker_of
from tests.factories.rows import add, add_holder, add_person, add_seat, add_unit
from tests.fakes.transport import FakeTransport, SentMail

BEFORE = oslo_winter("2027-02-05", "08:00")
VACANT = "Du får den fordi stillingen er ubesatt: "


def sent_on(database: Database, *days: str) -> list[SentMail]:
    transport = FakeTransport()
    for day in days:
        worker_of(database, transport, oslo_winter(day)).run_once()
    return transport.sent


def test_a_vacant_positions_duty_goes_to_the_forums_leader_and_says_why(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        vacant = office.position("Folkehelsekoordinator")
        office.minutes(position_id=vacant.id)
    (mail,) = sent_on(database, "2027-02-05")
    assert mail.recipients == ("leif@sor-fron.example",)
    assert VACANT + "Folkehelsekoordinator." in mail.text.splitlines()


def test_where_the_leader_is_gone_too_the_plans_owner_has_it(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        vacant, no_leader = office.position("Sekretær"), office.position("Leder")
        office.minutes(position_id=vacant.id, leader_position_id=no_leader.id)
    assert [mail.recipients for mail in sent_on(database, "2027-02-05")] == [
        ("olga@sor-fron.example",)
    ]


def test_a_deputy_comes_before_the_leader(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        position = office.position("Sekretær")
        add_holder(
            session, position, office.person("dina@sor-fron.example"), kind=HolderKind.DEPUTY
        )
        office.minutes(position_id=position.id)
    (mail,) = sent_on(database, "2027-02-05")
    assert mail.recipients == ("dina@sor-fron.example",)


def test_while_a_holder_is_on_leave_the_deputy_has_it(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        position = office.position("Sekretær")
        holder = add_holder(session, position, office.person("per@sor-fron.example"))
        add_holder(
            session, position, office.person("dina@sor-fron.example"), kind=HolderKind.DEPUTY
        )
        add(
            session,
            Leave(holder_id=holder.id, starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 8)),
        )
        office.minutes(position_id=position.id)
    assert [mail.recipients[0] for mail in sent_on(database, "2027-02-05", "2027-02-09")] == [
        "dina@sor-fron.example",
        "per@sor-fron.example",
    ]


def test_nobody_at_all_is_no_reason_to_forget_it(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        vacant = office.position("Sekretær")
        duty = office.minutes(position_id=vacant.id, leader_position_id=vacant.id)
        owner = office.person("olga@sor-fron.example")
        owner.active = False
        session.add(owner)
    assert sent_on(database, "2027-02-05") == []
    with database.read() as session:
        assert rows_of(session, duty)[0] == ("before", "scheduled")
    with database.write() as session:
        add_holder(session, vacant, add_person(session, email="ny@sor-fron.example"))
    assert [mail.recipients for mail in sent_on(database, "2027-02-08")] == [
        ("ny@sor-fron.example",)
    ]


def test_several_holders_get_one_mail_together_and_no_leader_hears(database: Database) -> None:
    with database.write() as session:
        office = Office(session, {"reminders": {"leader_at_once": True}})
        shared = office.position(
            "Avdelingsledere", "anne@sor-fron.example", "bjorn@sor-fron.example"
        )
        duty = office.minutes(position_id=shared.id)
    mails = sent_on(database, "2027-02-11", "2027-02-16")
    assert [mail.recipients for mail in mails] == [
        ("anne@sor-fron.example", "bjorn@sor-fron.example")
    ]
    assert "Flere har stillingen. Bli enige om hvem som tar den." in mails[0].text.splitlines()
    with database.read() as session:
        assert rows_of(session, duty)[-1] == ("leader", "cancelled")


def test_a_leader_who_is_the_secretary_too_does_not_hear_twice(database: Database) -> None:
    with database.write() as session:
        office = Office(session, {"reminders": {"leader_at_once": True}})
        office.minutes(leader_position_id=office.secretary.id)
    assert [mail.recipients[0] for mail in sent_on(database, "2027-02-16")] == [
        "kari@sor-fron.example",
        "olga@sor-fron.example",
    ]


def test_one_person_in_both_positions_does_not_hear_twice(database: Database) -> None:
    with database.write() as session:
        office = Office(session, {"reminders": {"leader_at_once": True}})
        both = office.position("Leder", "kari@sor-fron.example")
        office.minutes(leader_position_id=both.id)
    assert [mail.recipients[0] for mail in sent_on(database, "2027-02-16")] == [
        "kari@sor-fron.example",
        "olga@sor-fron.example",
    ]


def test_a_missed_notice_reaches_the_leader_the_next_working_day(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        office.duty(
            kind=DutyKind.NOTICE,
            due_on=date(2027, 2, 9),
            meeting=office.meeting(date(2027, 2, 18)),
        )
    assert [
        (mail.recipients[0], mail.subject.split(" – ")[0])
        for mail in sent_on(database, "2027-02-05", "2027-02-09", "2027-02-10")
    ] == [
        ("kari@sor-fron.example", "Påminnelse"),
        ("kari@sor-fron.example", "Påminnelse"),
        ("leif@sor-fron.example", "Mangler"),
    ]


def test_a_case_level_forum_is_not_told_to_an_owner_without_a_seat(database: Database) -> None:
    with database.write() as session:
        office = Office(session, {"reminders": {"leader_at_once": True}})
        office.forum.level = ForumLevel.CASE_ELSE_NOT
        session.add(office.forum)
        vacant = office.position("Koordinator")
        office.minutes(position_id=vacant.id, leader_position_id=vacant.id)
    (mail,) = sent_on(database, "2027-02-05")
    assert mail.recipients == ("olga@sor-fron.example",)
    assert mail.subject == "Påminnelse – En oppgave i et forum du ikke har plass i"
    assert mail.text.split("\n-- \n")[0].splitlines() == [
        "Hei!",
        "",
        "En oppgave i et forum du ikke har plass i",
        "Den venter på noen i forumet. Sørg for at stillingen har en innehaver.",
        "Du får den fordi stillingen er ubesatt: Koordinator.",
        "",
        "Åpne Mine møter og frister:",
        "https://arshjul.sor-fron.example/",
    ]


def test_a_seat_at_one_unit_is_not_told_of_the_same_forum_at_another(database: Database) -> None:
    with database.write() as session:
        office = Office(session, {"reminders": {"leader_at_once": True}})
        office.forum.level = ForumLevel.CASE_ELSE_NOT
        session.add(office.forum)
        here, there = (add_unit(session, office.municipality, slug=slug) for slug in ("a", "b"))
        add_seat(session, office.forum, office.owner, unit_id=there.id)
        vacant = office.position("Koordinator")
        for unit in (here, there):
            office.minutes(
                office.meeting(unit_id=unit.id),
                unit_id=unit.id,
                position_id=vacant.id,
                leader_position_id=vacant.id,
            )
    (mail,) = sent_on(database, "2027-02-05")
    assert (mail.recipients, mail.text.count("et forum du ikke har plass i")) == (
        ("olga@sor-fron.example",),
        1,
    )
    assert (mail.text.count("Referat: "), mail.text.count("/handling/")) == (1, 1)


def test_a_case_level_forums_leader_is_told_as_any_other(database: Database) -> None:
    with database.write() as session:
        office = Office(session, {"reminders": {"leader_at_once": True}})
        office.forum.level = ForumLevel.CASE_ELSE_NOT
        session.add(office.forum)
        office.minutes()
    mails = sent_on(database, "2027-02-16")
    assert [mail.subject for mail in mails][1] == (
        "Mangler – Referat: Ressursgruppe, tverrfaglig, tirsdag 2. februar"
    )
