"""Mails about the papers of a forum that came to speak of single cases while they waited."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from scheduler.domain.enums import ForumLevel
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.tables import Forum, Outbox
from scheduler.usecases.open_questions.answer import Answerer, decide_level
from tests.factories.office import Office, oslo_winter, worker_of
from tests.fakes.transport import FakeTransport, SentMail
from tests.integration.outbox.test_greetings import ASKS, noticed

BUSY = SendResult(Outcome.RETRY, Phase.RCPT, 450, "busy")
# The minutes are so late that the leader hears.
LATE = oslo_winter("2027-02-22")


def decided(session: Session, *, at: datetime) -> None:
    """Decide that the forum speaks of single cases."""
    forum = session.exec(select(Forum)).one()
    forum.chosen = ["level"]
    session.add(forum)
    session.flush()
    by = Answerer(session, forum.municipality_id, now=at, actor_id=None)
    decide_level(by, forum.slug, ForumLevel.CASE_ELSE_NOT)


def sent(database: Database, at: datetime, **parts: Any) -> list[SentMail]:
    transport = FakeTransport(**parts)
    worker_of(database, transport, at).run_once()
    return transport.offered


def test_nobody_is_asked_for_items_any_more(database: Database) -> None:
    with database.write() as session:
        noticed(Office(session, ASKS))
        decided(session, at=oslo_winter("2027-02-01"))
    assert sent(database, oslo_winter("2027-02-04")) == []
    with database.read() as session:
        asks = session.exec(select(Outbox.state).where(Outbox.step == "agenda")).all()
    assert set(asks) == {"cancelled"}


def test_a_mail_to_one_who_has_no_seat_there_goes_on_without_its_name(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        office.minutes(leader_position_id=office.owner.id)
    first = [
        mail
        for mail in sent(database, LATE, answers=[BUSY] * 4)
        if mail.recipients == ("olga@sor-fron.example",)
    ]
    with database.write() as session:
        decided(session, at=LATE + timedelta(minutes=1))
    again = [
        mail
        for mail in sent(database, LATE + timedelta(minutes=20))
        if mail.recipients == ("olga@sor-fron.example",)
    ]
    said = ["Ressursgruppe" in mail.message["Subject"] + mail.text for mail in first + again]
    assert said == [True, False]


def test_what_waited_in_a_forum_about_cases_from_the_start_goes_as_it_was(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        office.forum.level = ForumLevel.CASE_ELSE_NOT
        session.add(office.forum)
        office.minutes()
    first = sent(sqlite_database, LATE, answers=[BUSY] * 4)
    again = sent(sqlite_database, LATE + timedelta(minutes=20))
    assert [mail.raw for mail in again] == [mail.raw for mail in first] != []
