"""What an administrator does about mails that did not go as they should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, MailStop, Outbox
from scheduler.usecases.access.administrators import add_administrator
from scheduler.usecases.reminders import duty_done
from tests.factories.office import Office, events_of, oslo_winter, worker_of
from tests.factories.site import Visitor, make_site
from tests.fakes.transport import FakeTransport

MORNING = oslo_winter("2027-02-05", "08:00")
LATER = MORNING + timedelta(hours=2)
BASE = "/sor-fron/administrasjon/e-post"
SILENT = SendResult(Outcome.UNCERTAIN, Phase.AFTER_DOT, None, "TimeoutError")
SPAM = SendResult(Outcome.FAILED, Phase.AFTER_DOT, 554, "spam")


class Town:
    """An office whose first reminder went wrong, with its administrator at the page about it."""

    def __init__(self, database: Database, answer: SendResult) -> None:
        self.database = database
        with database.write() as session:
            office = Office(session)
            self.duty_id = id_of(office.minutes())
            admin = add_administrator(
                session,
                "anne@sor-fron.example",
                office.municipality,
                now=MORNING,
                today=date(2027, 1, 11),
            )
        self.transport = FakeTransport(answers=[answer])
        worker_of(database, self.transport, MORNING).run_once()
        self.mail_id = id_of(self.row())
        self.admin: Visitor = make_site(database, LATER).visitor_as(admin)
        self.page = f"{BASE}/{self.mail_id}"

    def row(self, step: str = "before") -> Outbox:
        with self.database.read() as session:
            return session.exec(select(Outbox).where(Outbox.step == step)).one()

    def press(self, what: str) -> str:
        self.admin.get(self.page)
        self.admin.post(f"{self.page}/{what}")
        return self.admin.get(self.page).text

    def work(self, minutes: int = 5) -> None:
        worker_of(self.database, self.transport, LATER + timedelta(minutes=minutes)).run_once()

    def read(self, ask: Callable[[Session], object]) -> object:
        with self.database.read() as session:
            return ask(session)


def logged(database: Database) -> list[str]:
    with database.read() as session:
        found = session.exec(select(AuditEvent.action).where(AuditEvent.action.startswith("mail.")))  # type: ignore[attr-defined]
        return list(found)


def test_an_uncertain_mail_that_came_is_sent(database: Database) -> None:
    town = Town(database, SILENT)
    assert "Den kom fram" in town.admin.get(town.page).text
    assert "E-posten står som sendt." in town.press("kom-fram")
    row = town.row()
    assert (row.state, row.sent_at) == ("sent", MORNING)
    assert "Det var gjort fra før." in town.press("kom-fram")
    assert logged(database) == ["mail.arrived"]


@pytest.mark.parametrize("answer", [SILENT, SPAM], ids=["uncertain", "failed"])
def test_a_mail_that_is_sent_again_goes_with_the_same_bytes_and_its_steps_are_kept(
    database: Database, answer: SendResult
) -> None:
    town = Town(database, answer)
    assert "E-posten er lagt i kø igjen." in town.press("send-igjen")
    assert "<td>en person sendte den på nytt</td>" in town.admin.get(town.page).text
    town.work()
    assert town.row().state == "sent"
    assert len({mail.raw for mail in town.transport.offered}) == 1
    assert len(town.transport.offered) == 2
    assert town.read(lambda session: events_of(session, town.mail_id)) == [
        *("scheduled", "leased", "sending", answer.outcome.value),
        *("scheduled", "leased", "sending", "sent"),
    ]


def test_a_mail_whose_matter_is_done_is_withdrawn_and_not_sent_again(database: Database) -> None:
    town = Town(database, SPAM)
    with database.write() as session:
        duty_done(session, town.duty_id, by=None, now=LATER)
    town.press("send-igjen")
    town.work()
    assert (town.row().state, len(town.transport.offered)) == ("cancelled", 1)


def test_a_mail_that_went_cannot_be_sent_again(database: Database) -> None:
    town = Town(database, SendResult(Outcome.SENT, Phase.DONE, 250, "ok"))
    assert "Send på nytt" not in town.admin.get(town.page).text
    assert "Det var gjort fra før." in town.press("send-igjen")
    assert (town.row().state, logged(database)) == ("sent", [])


def test_an_address_that_is_stopped_gets_nothing_and_the_leader_hears_instead(
    database: Database,
) -> None:
    town = Town(database, SPAM)
    assert "Send til denne adressen igjen" in town.press("stopp")
    town.press("send-igjen")
    town.work()
    town.work()
    assert [mail.recipients for mail in town.transport.offered[1:]] == [("leif@sor-fron.example",)]
    assert town.row().state == "failed"
    assert "Send ikke mer til denne adressen" in town.press("slipp")
    town.press("send-igjen")
    town.work(30)
    assert town.row().state == "sent"
    assert town.read(lambda session: list(session.exec(select(MailStop)))) == []
    assert logged(database) == [
        *("mail.stopped", "mail.again", "mail.allowed", "mail.again"),
    ]


def test_a_stop_in_one_municipality_is_none_in_another(database: Database) -> None:
    town = Town(database, SPAM)
    town.press("stopp")
    with database.write() as session:
        Office(session, slug="hemsedal").minutes()
    town.work(20)
    assert ("kari@sor-fron.example",) in [mail.recipients for mail in town.transport.sent]


def test_only_an_administrator_of_the_municipality_may_do_anything(database: Database) -> None:
    town = Town(database, SILENT)
    with database.write() as session:
        other = Office(session, slug="hemsedal")
        stranger = add_administrator(
            session,
            "helge@hemsedal.example",
            other.municipality,
            now=MORNING,
            today=date(2027, 1, 11),
        )
        kari = id_of(other.person("kari@sor-fron.example"))
    site = make_site(database, LATER)
    for person, base in (
        (kari, BASE),
        (stranger, BASE),
        (stranger, BASE.replace("sor-fron", "hemsedal")),
    ):
        visitor = site.visitor_as(person)
        visitor.get("/")
        statuses = {
            visitor.post(f"{base}/{town.mail_id}/{what}").status_code
            for what in ("kom-fram", "send-igjen", "stopp", "slipp")
        }
        assert statuses <= {403, 404}
    assert town.row().state == "uncertain"
