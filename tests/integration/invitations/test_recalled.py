"""Near changes of a meeting whose invitation is being taken back: two matters, two messages."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Municipality
from scheduler.usecases.invitations.choice import choose_subscription
from scheduler.usecases.meetings import ChangeMails, MeetingTime
from tests.factories.office import oslo_winter, worker_of
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import INVITING, send_all
from tests.integration.invitations.changes import KARI, LEIF, NOW, an_office, cancel, move
from tests.integration.invitations.test_content_free import say_nothing

# The day before the meeting.
NEAR = oslo_winter("2027-02-01")
NEXT_DAY = MeetingTime(held_on=date(2027, 2, 3), starts=time(9), ends=time(11), place=None)

OUT = "Tatt ut av kalenderen: Ressursgruppe, tverrfaglig tirsdag 2. februar 2027"
MOVED = "FLYTTET: Ressursgruppe, tverrfaglig til onsdag 3. februar"
CANCELLED = "AVLYST: Ressursgruppe, tverrfaglig tirsdag 2. februar"
NOTHING_SAID = "En endring i årshjulet"


def sent(database: Database) -> list[tuple[str, str]]:
    """Send what is due the day before, and return to whom with which subject."""
    _mails, transport = send_all(database, NEAR)
    return sorted((mail.recipients[0], mail.subject) for mail in transport.sent)


def test_a_move_is_told_of_when_the_recall_of_the_invitation_waits(database: Database) -> None:
    with database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    send_all(database, NOW)
    with database.write() as session:
        choose_subscription(session, kari, clear=True, now=NEAR)
        step = move(session, meeting, NEXT_DAY, at=NEAR)
    assert step.mails == ChangeMails(one_each=2, invitations=1, recalls=1)
    assert sent(database) == [(KARI, MOVED), (KARI, OUT), (LEIF, MOVED)]


def test_a_move_is_told_of_when_the_subscription_is_chosen_before_its_invitation_went(
    database: Database,
) -> None:
    with database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    send_all(database, NOW)
    with database.write() as session:
        assert move(session, meeting, NEXT_DAY, at=NEAR).mails == ChangeMails(1, 1)
        choose_subscription(session, kari, clear=True, now=NEAR)
    assert sent(database) == [(KARI, MOVED), (KARI, OUT), (LEIF, MOVED)]


@pytest.mark.parametrize("was_invited", [True, False])
def test_a_move_is_told_of_when_its_invitation_was_tried_in_vain_before_the_subscription(
    sqlite_database: Database, *, was_invited: bool
) -> None:
    busy = SendResult(Outcome.RETRY, Phase.DATA, 451, "later")
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    if was_invited:
        send_all(sqlite_database, NOW)
    with sqlite_database.write() as session:
        move(session, meeting, NEXT_DAY, at=NEAR)
    tried = FakeTransport([busy, busy])
    worker_of(sqlite_database, tried, NEAR, settings=INVITING).run_once()
    with sqlite_database.write() as session:
        choose_subscription(session, kari, clear=True, now=NEAR)
    _mails, transport = send_all(sqlite_database, NEAR + timedelta(hours=2))
    out = [(KARI, OUT)] if was_invited else []
    assert sorted((mail.recipients[0], mail.subject) for mail in transport.sent) == [
        (KARI, MOVED),
        *out,
        (LEIF, MOVED),
    ]


def test_a_move_is_told_of_when_mails_lose_their_content_before_its_invitation_went(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
    send_all(sqlite_database, NOW)
    with sqlite_database.write() as session:
        move(session, meeting, NEXT_DAY, at=NEAR)
        office.session = session
        say_nothing(session, office)
    _mails, transport = send_all(sqlite_database, NEAR)
    told = [mail.text for mail in transport.sent if mail.recipients == (KARI,)]
    assert sorted(text.split("\n\n")[1] for text in told) == [
        "Et møte du er med i er endret. Logg inn for å se hva som gjelder nå.",
        "Et møte du hadde fått som invitasjon, tas ut av kalenderen din. "
        "Kommunen sender ikke lenger e-post som sier hva den gjelder.",
    ]


@pytest.mark.parametrize("was_tried", [False, True])
def test_a_move_is_told_of_when_mails_lose_their_content_after_it_was_left_to_the_invitation(
    database: Database, *, was_tried: bool
) -> None:
    with database.write() as session:
        office, meeting = an_office(session)
    send_all(database, NOW)
    with database.write() as session:
        move(session, meeting, NEXT_DAY, at=NEAR)
    if was_tried:
        busy = SendResult(Outcome.RETRY, Phase.DATA, 451, "later")
        worker_of(database, FakeTransport([busy, busy]), NEAR, settings=INVITING).run_once()
    with database.write() as session:
        municipality = session.get_one(Municipality, office.municipality.id)
        municipality.choices = {**municipality.choices, "content_free_mail": True}
    # The worker comes before those who bring invitations in line, and cancels it by itself.
    _mails, transport = send_all(database, NEAR + timedelta(hours=2))
    assert [mail.subject for mail in transport.sent if mail.recipients == (KARI,)] == [NOTHING_SAID]


def test_a_cancellation_is_told_of_once_by_the_message_that_takes_the_meeting_out(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    send_all(sqlite_database, NOW)
    with sqlite_database.write() as session:
        choose_subscription(session, kari, clear=True, now=NEAR)
        step = cancel(session, meeting, at=NEAR)
    assert step.mails == ChangeMails(one_each=1, invitations=1)
    assert sent(sqlite_database) == [(KARI, f"{CANCELLED} 2027"), (LEIF, CANCELLED)]


def test_a_cancellation_is_told_of_besides_a_recall_that_may_say_nothing(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
    send_all(sqlite_database, NOW)
    with sqlite_database.write() as session:
        office.session = session
        say_nothing(session, office)
        step = cancel(session, meeting, at=NEAR)
    assert step.mails == ChangeMails(one_each=2, invitations=1, recalls=1)
    assert sent(sqlite_database) == [(KARI, NOTHING_SAID)] * 2 + [(LEIF, NOTHING_SAID)]
