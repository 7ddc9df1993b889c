"""The links in mails: one duty, one action, one position, thirty days, once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from scheduler.domain.enums import DutyState
from scheduler.store.database import Database
from scheduler.store.tables import ActionLink, AuditEvent, Duty, Person
from scheduler.usecases.reminders import (
    Action,
    LinkSpentError,
    MailedAction,
    action_of_link,
    use_action_link,
)
from tests.factories.office import Office, oslo_winter, worker_of
from tests.fakes.transport import FakeTransport

MORNING = oslo_winter("2027-02-05", "08:00")


def mailed(database: Database) -> tuple[Duty, str, str]:
    """Send a nag; return its duty, the token of its button and that of its unsubscribe header."""
    with database.write() as session:
        duty = Office(session).minutes()
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    (mail,) = transport.sent
    pattern = r"https://arshjul\.sor-fron\.example/handling/([\w-]+)"
    (button,) = re.findall(pattern, mail.text)
    (unsubscribe,) = re.findall(pattern, str(mail.message["List-Unsubscribe"]))
    return duty, button, unsubscribe


def test_the_button_files_the_minutes_and_the_log_says_through_mail(database: Database) -> None:
    duty, button, _ = mailed(database)
    with database.write() as session:
        done = use_action_link(session, button, now=MORNING, link="https://arkiv.example/17")
    assert (done.duty_id, done.action) == (duty.id, Action.DONE)
    with database.read() as session:
        row = session.get_one(Duty, duty.id)
        person = session.get_one(Person, row.done_by_id)
        assert (row.state, row.done_through, row.link, person.email) == (
            DutyState.DONE,
            "mail",
            "https://arkiv.example/17",
            "kari@sor-fron.example",
        )
        (logged,) = session.exec(select(AuditEvent)).all()
        assert (logged.entity_id, (logged.after or {})["through"]) == (duty.id, "mail")


def test_looking_at_a_link_does_nothing(database: Database) -> None:
    duty, button, _ = mailed(database)
    with database.read() as session:
        first = action_of_link(session, button, now=MORNING)
        assert first == action_of_link(session, button, now=MORNING)
        assert isinstance(first, MailedAction)
        assert session.get_one(Duty, duty.id).state is DutyState.OPEN


def test_a_link_works_once(database: Database) -> None:
    _, button, _ = mailed(database)
    with database.write() as session:
        use_action_link(session, button, now=MORNING)
    with database.write() as session, pytest.raises(LinkSpentError):
        use_action_link(session, button, now=MORNING)


def test_a_link_opens_nothing_after_thirty_days_and_an_unknown_one_never(
    database: Database,
) -> None:
    _, button, _ = mailed(database)
    for token, at in ((button, MORNING + timedelta(days=30)), ("ukjent", MORNING)):
        with database.write() as session, pytest.raises(LinkSpentError):
            use_action_link(session, token, now=at)


def test_a_link_opens_nothing_for_one_who_has_left_the_position(database: Database) -> None:
    _, button, _ = mailed(database)
    with database.write() as session:
        person = session.exec(select(Person).where(Person.email == "kari@sor-fron.example")).one()
        person.active = False
        session.add(person)
    with database.write() as session, pytest.raises(LinkSpentError):
        use_action_link(session, button, now=MORNING)


def test_one_click_gathers_all_nags_on_mondays(database: Database) -> None:
    _, _, unsubscribe = mailed(database)
    with database.write() as session:
        assert use_action_link(session, unsubscribe, now=MORNING).action is Action.WEEKLY_ONLY
    with database.read() as session:
        person = session.exec(select(Person).where(Person.email == "kari@sor-fron.example")).one()
        assert person.digest_weekday == 0


def test_only_the_hash_of_a_link_is_kept(database: Database) -> None:
    _, button, unsubscribe = mailed(database)
    with database.read() as session:
        kept = session.exec(select(ActionLink)).all()
    assert len(kept) == 2
    assert not {each.token_hash for each in kept} & {button, unsubscribe}
    assert {len(each.token_hash) for each in kept} == {64}
