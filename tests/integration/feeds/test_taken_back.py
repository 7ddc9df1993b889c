"""A meeting is back in the kept feed when the invitation to it is taken back before it went."""

from __future__ import annotations

from datetime import datetime
from threading import Thread
from time import sleep

import psycopg
import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from scheduler.domain.reminders import OutboxState
from scheduler.store.database import Database
from scheduler.store.feed_stamps import person_source
from scheduler.store.rows import id_of
from scheduler.store.tables import Municipality, Outbox
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.choice import choose_invitations
from tests.factories import rows
from tests.factories.office import worker_of
from tests.fakes.transport import FakeTransport
from tests.integration.feeds.subscriber import Subscriber, events
from tests.integration.invitations.calendar_mail import INVITING


def say_nothing(session: Session, here: Subscriber) -> None:
    place = session.get_one(Municipality, here.town.municipality)
    place.choices = {**place.choices, "content_free_mail": True}
    session.add(place)


@pytest.mark.parametrize("by", ["what follows the plan", "the worker"])
def test_an_invitation_that_never_goes_leaves_its_meeting_in_the_feed(
    here: Subscriber, by: str
) -> None:
    secret = here.subscribe()
    whole = len(events(here.body(secret)))
    with here.database.write() as session:
        choose_invitations(session, here.town.person, now=here.site.now)
    served = [len(events(here.body(secret)))]
    with here.database.write() as session:
        say_nothing(session, here)
    served.append(len(events(here.body(secret))))

    if by == "the worker":
        worker_of(here.database, FakeTransport([]), here.site.now, settings=INVITING).run_once()
    else:
        with here.database.write() as session:
            invite_all(session, now=here.site.now)

    assert [*served, len(events(here.body(secret)))] == [whole - 2, whole - 2, whole]
    assert here.body(secret) == here.fresh(secret)


def test_an_invitation_that_is_handed_on_leaves_its_meeting_in_the_feed(here: Subscriber) -> None:
    secret = here.subscribe()
    with here.database.write() as session:
        choose_invitations(session, here.town.person, now=here.site.now)
    waiting = here.body(secret)
    with here.database.write() as session:
        session.exec(update(Outbox).values(state=OutboxState.HANDED_ON.value))

    assert here.body(secret) == here.fresh(secret) != waiting


@pytest.mark.postgresql
def test_who_raises_the_stamps_of_many_people_begins_with_the_first_whatever_was_written_first(
    empty_postgresql_url: str, now: datetime
) -> None:
    database = Database(empty_postgresql_url)
    with database.write() as session:
        first, second = (id_of(rows.add_person(session)) for _ in range(2))
    with database.write() as session:
        for each in (first, second):
            session.add(invitation(each, now))

    def take_back() -> None:
        with database.write() as session:
            for each in (second, first):
                session.exec(
                    update(Outbox)
                    .where(col(Outbox.person_id) == each)
                    .values(state=OutboxState.CANCELLED.value)
                )

    address = database.url.replace("+psycopg", "")
    taking = Thread(target=take_back)
    with psycopg.connect(address) as holder, psycopg.connect(address) as other:
        lock = "SELECT 1 FROM feedstamp WHERE source = %s FOR UPDATE"
        holder.execute(lock, [person_source(first)])
        taking.start()
        waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while other.execute(waits).fetchone() != (1,):
            other.commit()
            sleep(0.01)
        # Refused, were the second held by who waits for the first.
        free = other.execute(f"{lock} NOWAIT", [person_source(second)]).fetchone()
    taking.join()
    with database.read() as session:
        states = session.exec(select(Outbox.state)).all()
    database.close()

    assert (free, states) == ((1,), ["cancelled", "cancelled"])


def invitation(person_id: int, now: datetime) -> Outbox:
    return Outbox(
        dedup_key=f"invitation:{person_id}",
        kind="invitation",
        step="request",
        mail_class="invitation",
        person_id=person_id,
        resend_policy="once",
        due_at=now,
        next_at=now,
        expires_at=now,
        created_at=now,
    )
