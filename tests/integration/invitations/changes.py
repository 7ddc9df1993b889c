"""Changes of one meeting, and what is sent after them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlmodel import Session

from scheduler.domain.enums import FeedScope
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Meeting
from scheduler.usecases.feeds.contents import feed_contents
from scheduler.usecases.feeds.target import FeedTarget
from scheduler.usecases.invitations.choice import (
    choose_invitations,
)
from scheduler.usecases.meetings import (
    MeetingTime,
    cancel_meeting,
    move_meeting,
    reinstate_meeting,
)
from scheduler.usecases.meetings.change import MeetingStep
from tests.factories.office import Office
from tests.integration.invitations.calendar_mail import (
    send_all,
)

__all__ = ["KARI", "LATER", "LEIF", "NOW", "ROOM", "an_office", "cancel", "in_feed", "keys", "move"]

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
KARI, LEIF = "kari@sor-fron.example", "leif@sor-fron.example"
ROOM = "moterom2@sor-fron.example"
LATER = MeetingTime(
    held_on=date(2027, 2, 9), starts=time(12), ends=time(14), place="Biblioteket, 2. etasje"
)


def an_office(session: Session, *who: str) -> tuple[Office, Meeting]:
    """Return an office with one meeting on 2 February, and these people on invitations."""
    office = Office(session)
    meeting = office.meeting(place="Rådhuset, møterom 2")
    for email in who or (KARI,):
        choose_invitations(session, id_of(office.person(email)), now=NOW)
    return office, meeting


def move(
    session: Session, meeting: Meeting, to: MeetingTime = LATER, *, at: datetime = NOW
) -> MeetingStep:
    """Move the meeting as it stands."""
    return move_meeting(
        session,
        id_of(meeting),
        to,
        sequence=session.get_one(Meeting, meeting.id).sequence,
        now=at,
        actor_id=None,
        holidays_of=public_holidays,
    )


def cancel(
    session: Session, meeting: Meeting, *, again: bool = False, at: datetime = NOW
) -> MeetingStep:
    """Cancel the meeting as it stands, or take it up again."""
    step = reinstate_meeting if again else cancel_meeting
    return step(
        session,
        id_of(meeting),
        sequence=session.get_one(Meeting, meeting.id).sequence,
        now=at,
        actor_id=None,
        holidays_of=public_holidays,
    )


def keys(database: Database, at: datetime = NOW) -> list[tuple[str, str, int]]:
    """Send what is due and return to whom, what and with which number, in order of address."""
    mails, _transport = send_all(database, at)
    return sorted(mail.key for mail in mails)


def in_feed(session: Session, person_id: int, at: datetime = NOW) -> list[int]:
    """Return the meetings in the person's own feed, by when they are."""
    found = feed_contents(
        session,
        FeedTarget(scope=FeedScope.PERSON, person_id=person_id),
        owner_id=person_id,
        today=at.date(),
    )
    return [one.id for one in found.meetings]
