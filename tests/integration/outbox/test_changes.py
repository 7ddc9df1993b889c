"""A meeting that is moved or cancelled a short time before it is told to all at once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from scheduler.domain.enums import ForumLevel, MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.tables import Meeting
from tests.factories.changed_meeting import MeetingChange, recompute_for_meeting
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.rows import add_seat
from tests.fakes.transport import FakeTransport

# A Sunday night, 36 hours before the meeting on Tuesday.
NIGHT = oslo_winter("2027-01-31", "21:00")


def change(session: Session, meeting: Meeting, now: datetime, **fields: Any) -> MeetingChange:
    was = MeetingStart(meeting.held_on, meeting.starts)
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    session.add(meeting)
    session.flush()
    return recompute_for_meeting(
        session, meeting.id or 0, now=now, holidays_of=public_holidays, was=was
    )


def test_a_cancellation_inside_72_hours_goes_at_any_hour_to_every_seat_and_guest(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        guest = office.position("Politikontakt", "gunn@politiet.example")
        add_seat(session, office.forum, guest, function="guest")
        meeting = office.meeting()
        change(session, meeting, NIGHT, state=MeetingState.CANCELLED)
    transport = FakeTransport()
    worker_of(database, transport, NIGHT).run_once()
    assert sorted(mail.recipients[0] for mail in transport.sent) == [
        "gunn@politiet.example",
        "kari@sor-fron.example",
        "leif@sor-fron.example",
    ]
    assert {mail.subject for mail in transport.sent} == {
        "AVLYST: Ressursgruppe, tverrfaglig tirsdag 2. februar"
    }
    assert {mail.message["List-Unsubscribe"] for mail in transport.sent} == {None}


def test_a_meeting_that_is_moved_away_from_the_next_72_hours_is_told_with_both_dates(
    database: Database,
) -> None:
    with database.write() as session:
        meeting = Office(session).meeting()
        meeting_id = meeting.id
        change(
            session,
            meeting,
            NIGHT,
            held_on=date(2027, 2, 23),
            state=MeetingState.MOVED,
        )
    transport = FakeTransport()
    worker_of(database, transport, NIGHT).run_once()
    assert {mail.subject for mail in transport.sent} == {
        "FLYTTET: Ressursgruppe, tverrfaglig til tirsdag 23. februar"
    }
    assert (
        "Møtet i Ressursgruppe, tverrfaglig er flyttet fra tirsdag 2. februar 2027 til "
        "tirsdag 23. februar 2027 kl. 09:00–11:00." in transport.sent[0].text.splitlines()
    )
    lines = transport.sent[0].text.splitlines()
    assert lines[lines.index("Åpne møtet:") + 1].endswith(f"/mote/{meeting_id}")


@pytest.mark.parametrize(("hours", "mails"), [(71, 2), (73, 0), (-1, 0)])
def test_what_is_further_off_or_over_waits_for_the_calendar(
    database: Database, hours: int, mails: int
) -> None:
    now = oslo_winter("2027-02-02", "09:00") - timedelta(hours=hours)
    with database.write() as session:
        done = change(session, Office(session).meeting(), now, place="Biblioteket")
    assert done.announced == mails


def test_only_the_last_of_two_changes_is_told(database: Database) -> None:
    with database.write() as session:
        meeting = Office(session).meeting()
        change(session, meeting, NIGHT, state=MeetingState.CANCELLED)
        change(session, meeting, NIGHT, state=MeetingState.PLANNED)
    transport = FakeTransport()
    worker_of(database, transport, NIGHT).run_once()
    assert {mail.subject for mail in transport.sent} == {
        "ENDRET: Ressursgruppe, tverrfaglig tirsdag 2. februar"
    }
    assert len(transport.sent) == 2


def test_a_case_level_forum_is_told_by_its_name_time_and_place_alone(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        office.forum.level, office.forum.agenda = ForumLevel.CASE_ELSE_NOT, ["Hemmelig sak"]
        session.add(office.forum)
        meeting = office.meeting()
        meeting_id = meeting.id
        change(session, meeting, NIGHT, starts=time(10))
    transport = FakeTransport()
    worker_of(database, transport, NIGHT).run_once()
    assert transport.sent[0].text.split("\n-- \n")[0].splitlines() == [
        "Hei!",
        "",
        "Møtet i Ressursgruppe, tverrfaglig tirsdag 2. februar 2027 er flyttet fra kl. 09:00 "
        "til kl. 10:00–11:00.",
        "",
        "Sted: Rådhuset, møterom 2",
        "",
        "Åpne møtet:",
        f"https://arshjul.sor-fron.example/mote/{meeting_id}",
        "",
        "Åpne Mine møter og frister:",
        "https://arshjul.sor-fron.example/",
    ]


def test_a_municipality_may_have_mails_that_say_nothing(database: Database) -> None:
    with database.write() as session:
        office = Office(session, {"content_free_mail": True})
        office.minutes()
        change(session, office.meeting(), NIGHT, state=MeetingState.CANCELLED)
    transport = FakeTransport()
    worker_of(database, transport, NIGHT).run_once()
    worker_of(database, transport, oslo_winter("2027-02-05")).run_once()
    assert [mail.subject for mail in transport.sent] == [
        "En endring i årshjulet",
        "En endring i årshjulet",
        "Noe venter på deg i årshjulet",
    ]
    for mail in transport.sent:
        assert "Ressursgruppe" not in mail.raw.decode()
        assert "/handling/" not in mail.text


def test_a_proposed_meeting_is_nobodys_news(database: Database) -> None:
    with database.write() as session:
        meeting = Office(session).meeting(state=MeetingState.PROPOSED)
        assert change(session, meeting, NIGHT, place="Biblioteket").announced == 0
