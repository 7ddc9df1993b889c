"""Invitations that go once more, by themselves or by a person's word, and what comes after them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from scheduler.mail import Bounce, Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import MailStop, Outbox
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.mend_mail import allow_mail, send_mail_again
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.meetings import ChangeMails, MeetingTime
from scheduler.usecases.outbox.bounced import mark_bounced
from scheduler.usecases.visibility import viewer_of
from tests.factories.office import worker_of
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import INVITING
from tests.integration.invitations.changes import (
    KARI,
    NOW,
    an_office,
    cancel,
    in_feed,
    keys,
    move,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LAST = MeetingTime(held_on=date(2027, 2, 16), starts=time(12), ends=time(14), place=None)
ONE_MAIL = ChangeMails(invitations=1)


def test_a_meeting_moved_after_an_invitation_that_a_dead_worker_left_is_told_of_once_more(
    database: Database,
) -> None:
    with database.write() as session:
        _office, meeting = an_office(session)
    killed_after_the_dot(database, NOW)
    with database.write() as session:
        move(session, meeting, at=NOW + MINUTE)
    assert keys(database, NOW + MINUTE) == [(KARI, "REQUEST", 1)]
    # The worker's lease has run out: the first would go once more, and is out of date.
    assert [keys(database, NOW + minutes * MINUTE) for minutes in (16, 22)] == [[], []]
    with database.write() as session:
        assert move(session, meeting, LAST, at=NOW + HOUR).mails == ONE_MAIL
    assert keys(database, NOW + HOUR) == [(KARI, "REQUEST", 2)]


@pytest.mark.parametrize("lost", ["failed", "bounced"])
def test_an_old_invitation_that_is_sent_again_keeps_no_later_change_from_anybody(
    database: Database, lost: str
) -> None:
    with database.write() as session:
        office, meeting = an_office(session)
        olga = id_of(office.person("olga@sor-fron.example"))
        here = id_of(office.municipality)
    lose(database, lost, NOW)
    with database.write() as session:
        move(session, meeting, at=NOW + HOUR)
    assert keys(database, NOW + HOUR) == [(KARI, "REQUEST", 1)]
    acting = Acting(
        municipality_id=here, person_id=olga, now=NOW + 2 * HOUR, today=date(2027, 1, 11)
    )
    with database.write() as session:
        viewer = viewer_of(session, olga, today=acting.today)
        first = id_of(session.exec(select(Outbox).where(Outbox.kind == "invitation")).first())
        assert send_mail_again(session, acting, viewer, first)
    assert keys(database, NOW + 2 * HOUR) == []
    with database.write() as session:
        assert move(session, meeting, LAST, at=NOW + 3 * HOUR).mails == ONE_MAIL
    assert keys(database, NOW + 3 * HOUR) == [(KARI, "REQUEST", 2)]
    with database.write() as session:
        assert cancel(session, meeting, at=NOW + 4 * HOUR).mails == ONE_MAIL
    assert keys(database, NOW + 4 * HOUR) == [(KARI, "CANCEL", 3)]


def test_what_a_calendar_was_not_told_while_mail_was_stopped_goes_when_it_is_allowed(
    database: Database,
) -> None:
    with database.write() as session:
        office, moved = an_office(session)
        off = office.meeting(date(2027, 3, 2), number=9)
        invite_all(session, now=NOW)
        olga, kari = (id_of(office.person(who)) for who in ("olga@sor-fron.example", KARI))
        acting = Acting(
            municipality_id=id_of(office.municipality),
            person_id=olga,
            now=NOW + 2 * HOUR,
            today=date(2027, 1, 11),
        )
    assert keys(database) == [(KARI, "REQUEST", 0), (KARI, "REQUEST", 0)]
    with database.write() as session:
        session.add(
            MailStop(municipality_id=acting.municipality_id, person_id=kari, stopped_at=NOW)
        )
        move(session, moved, at=NOW + HOUR)
        cancel(session, off, at=NOW + HOUR)
    assert keys(database, NOW + HOUR) == []
    with database.write() as session:
        viewer = viewer_of(session, olga, today=acting.today)
        first = id_of(session.exec(select(Outbox).where(Outbox.kind == "invitation")).first())
        assert allow_mail(session, acting, viewer, first)
    assert keys(database, acting.now) == [(KARI, "CANCEL", 1), (KARI, "REQUEST", 1)]
    with database.read() as session:
        assert in_feed(session, kari) == []


class _Killed(BaseException):
    """The worker's end."""


def killed_after_the_dot(database: Database, at: datetime) -> None:
    """Hand a mail over with a worker that dies of it."""

    def die() -> None:
        raise _Killed

    worker = worker_of(database, FakeTransport(on_send=die), at, settings=INVITING)
    with pytest.raises(_Killed):
        worker.run_once()


def lose(database: Database, how: str, at: datetime) -> None:
    """Send what is due, to a server that refuses it at once or sends it back."""
    refused = SendResult(Outcome.FAILED, Phase.DATA, 552, "mailbox full")
    transport = FakeTransport(answers=[refused] if how == "failed" else [])
    worker_of(database, transport, at, settings=INVITING).run_once()
    if how == "failed":
        return
    message_id = str(transport.sent[0].message["Message-ID"])
    bounce = Bounce(message_id, None, KARI, "failed", "5.2.2", "mailbox full")
    with database.write() as session:
        mark_bounced(session, bounce, now=at + MINUTE)
