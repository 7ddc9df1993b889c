"""Who hears that the reminders do not go as they should, and how often."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session, col, select

from scheduler.store.database import Database
from scheduler.store.tables import Outbox
from scheduler.usecases.access.administrators import add_administrator
from scheduler.usecases.outbox import Complaint, ComplaintKind, jobs_of
from scheduler.usecases.outbox.watch import queue_complaints
from tests.factories.office import SETTINGS, Office, oslo_winter, worker_of
from tests.factories.queue_of import add_mails, add_people
from tests.fakes.transport import FakeTransport

NIGHT = oslo_winter("2027-02-05", "02:00")
LATE = (Complaint(ComplaintKind.OVERDUE, 3), Complaint(ComplaintKind.STALE_MAIL, 1))


def administer(session: Session, email: str, office: Office | None = None) -> None:
    municipality = office.municipality if office else None
    add_administrator(session, email, municipality, now=NIGHT, today=date(2027, 1, 11))


def told(database: Database) -> list[tuple[str, ...]]:
    transport = FakeTransport()
    worker_of(database, transport, NIGHT).run_once()
    return sorted(mail.recipients for mail in transport.sent)


def test_the_administrators_of_the_installation_hear_once_a_day_at_any_hour(
    database: Database,
) -> None:
    with database.write() as session:
        administer(session, "drift@vert.example")
        administer(session, "anne@sor-fron.example", Office(session))
        written = [
            queue_complaints(session, LATE, now=NIGHT + timedelta(hours=hours))
            for hours in (0, 1, 23)
        ]
    # Twenty-three hours later it is another day.
    assert written == [1, 0, 1]
    assert told(database) == [("drift@vert.example",)]


def test_where_nobody_has_the_installation_the_municipalities_administrators_hear(
    database: Database,
) -> None:
    with database.write() as session:
        administer(session, "anne@sor-fron.example", Office(session))
        administer(session, "helge@hemsedal.example", Office(session, slug="hemsedal"))
        queue_complaints(session, LATE, now=NIGHT)
    assert told(database) == [("anne@sor-fron.example",), ("helge@hemsedal.example",)]


def test_the_mail_says_what_was_found_and_nothing_of_anybody(database: Database) -> None:
    with database.write() as session:
        administer(session, "drift@vert.example")
        queue_complaints(session, LATE, now=NIGHT)
    transport = FakeTransport()
    worker_of(database, transport, NIGHT).run_once()
    (mail,) = transport.sent
    assert mail.subject == "Påminnelsene i årshjulet går ikke som de skal"
    assert mail.text.splitlines() == [
        "Hei!",
        "",
        "Årshjulet ser etter seg selv, og fant noe som en person må se på:",
        "",
        "- 3 e-poster skulle vært sendt for over ti minutter siden.",
        "- 1 påminnelse venter med gamle opplysninger.",
        "",
        "Kjør aarshjul check på maskinen for å se hvordan det står til nå. "
        "Denne e-posten kommer høyst én gang om dagen.",
        "",
        "Åpne årshjulet:",
        "https://arshjul.sor-fron.example/",
        "",
        "-- ",
        "Du får denne e-posten fordi du administrerer årshjulet.",
        "",
        "Årshjulet",
    ]


def test_an_audit_that_finds_something_writes_and_logs_it(database: Database) -> None:
    with database.write() as session:
        administer(session, "drift@vert.example")
        office = Office(session)
        due_at = NIGHT - timedelta(hours=1)
        positions = add_people(session, office, 1)
        add_mails(session, office, positions, count=1, mail_class="nag", due_at=due_at)
    heard: list[tuple[Complaint, ...]] = []
    jobs = jobs_of(
        worker_of(database, FakeTransport(), NIGHT),
        database,
        SETTINGS,
        now=lambda: NIGHT,
        version="1",
        complain=heard.append,
    )
    audit_job = next(job for job in jobs if job.name == "audit")
    for _ in range(2):
        audit_job.run()
    # Not of a missing worker, though none was heard from before: it is one itself.
    assert heard == [(Complaint(ComplaintKind.OVERDUE, 1),)] * 2
    with database.read() as session:
        assert session.exec(select(Outbox.kind).order_by(col(Outbox.id))).all() == [
            "minutes",
            "watch",
        ]
