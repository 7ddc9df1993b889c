"""What a room's own calendar answers: kept, shown on the meeting's page, and told when it is no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.calendar_reply import CalendarReply, ReplyWord
from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import EXPECTED_STATES, Function
from scheduler.domain.reminders import MailClass, OutboxState, ResendPolicy
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Invitation, Meeting, Municipality, Outbox, Seat
from scheduler.usecases.invitations.own_coming_meetings import ends_at
from scheduler.usecases.invitations.recipients import room_of, sends_content
from scheduler.usecases.invitations.reply_verdict import ReplyVerdict
from scheduler.usecases.invitations.told_record import messages_of_this_time, messages_to_room
from scheduler.usecases.reminders.holders import readers_of
from scheduler.usecases.reminders.upsert import put_aside, upsert_rows

__all__ = ["ROOM_KIND", "RoomAnswer", "answer_by_room", "room_answer"]

ROOM_KIND = "room"

# Whoever sees to the room: the first of these functions that somebody sits in.
_TOLD = (
    Function.SECRETARY,
    Function.CONVENER,
    Function.COORDINATOR,
    Function.CHAIR,
    Function.LEADER,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAnswer:
    """What the room has answered to the present time of its meeting."""

    word: ReplyWord
    answered_at: datetime


def answer_by_room(
    session: Session, reply: CalendarReply, meeting: Meeting, *, now: datetime
) -> ReplyVerdict:
    """Keep what a room answers to the present time of a meeting; one read twice changes nothing.

    Only the mailbox that was asked is heard, and only on what it was sent. A no is told to the
    forum's secretary, once for each time that was asked for; where the room takes it back before
    that went, nothing does.
    """
    told = messages_to_room(session, meeting_id=id_of(meeting), room_email=reply.attendee)
    if not told or reply.sequence > told[0].sequence:
        return ReplyVerdict.STRANGE
    asked = messages_of_this_time(told, meeting)
    before = _newest(asked)
    # A clock that is ahead must not keep later answers out.
    at = min(reply.made_at, now)
    if (
        not asked
        or not _is_wanted(session, meeting, reply.attendee, now)
        or reply.sequence < asked[-1].sequence
        or (before is not None and at < before.answered_at)
    ):
        return ReplyVerdict.TOO_LATE
    asked[0].answer, asked[0].answered_at = reply.word.value, at
    session.add(asked[0])
    session.flush()
    if reply.word is ReplyWord.DECLINED:
        _tell(session, meeting, first=asked[-1].meeting_sequence, now=now)
    else:
        _tell_no_more(session, meeting, now=now)
    return ReplyVerdict.ANSWERED


def room_answer(session: Session, meeting_id: int) -> RoomAnswer | None:
    """Return what the room says of the meeting's present time, or None where it has not said."""
    meeting = session.get_one(Meeting, meeting_id)
    forum = session.get_one(Forum, meeting.forum_id)
    room = room_of(forum, meeting.place)
    if room is None or meeting.state not in EXPECTED_STATES:
        return None
    told = messages_to_room(session, meeting_id=meeting_id, room_email=room)
    return _newest(messages_of_this_time(told, meeting))


def _newest(asked: list[Invitation]) -> RoomAnswer | None:
    given = [
        RoomAnswer(word=ReplyWord(one.answer), answered_at=one.answered_at)
        for one in asked
        if one.answer is not None and one.answered_at is not None
    ]
    return max(given, key=lambda one: one.answered_at, default=None)


def _is_wanted(session: Session, meeting: Meeting, room_email: str, now: datetime) -> bool:
    forum = session.get_one(Forum, meeting.forum_id)
    return (
        meeting.state in EXPECTED_STATES
        and ends_at(meeting) > now
        and room_of(forum, meeting.place) == room_email
        and sends_content(session.get_one(Municipality, meeting.municipality_id))
    )


def _tell(session: Session, meeting: Meeting, *, first: int, now: datetime) -> None:
    municipality = session.get_one(Municipality, meeting.municipality_id)
    rows = [
        {
            "municipality_id": meeting.municipality_id,
            # One for each time that was asked for, however often the room says no to it.
            "dedup_key": f"{municipality.slug}:{ROOM_KIND}:{meeting.id}:{position}:{first}",
            "kind": ROOM_KIND,
            "step": "declined",
            "mail_class": MailClass.NOTICE.value,
            "meeting_id": meeting.id,
            "meeting_sequence": meeting.sequence,
            "position_id": position,
            "priority": MailClass.NOTICE.priority,
            "due_at": now,
            "expires_at": ends_at(meeting),
            "resend_policy": ResendPolicy.ONCE.value,
        }
        for position in _who_sees_to_it(session, meeting, now)
    ]
    if rows:
        upsert_rows(session, rows, now=now, detail="the room said no")


def _tell_no_more(session: Session, meeting: Meeting, *, now: datetime) -> None:
    waiting = session.exec(
        select(Outbox.id).where(Outbox.kind == ROOM_KIND, Outbox.meeting_id == meeting.id)
    )
    ids = [each for each in waiting if each is not None]
    put_aside(session, ids, OutboxState.CANCELLED, now=now, detail="the room no longer says no")


def _who_sees_to_it(session: Session, meeting: Meeting, now: datetime) -> list[int]:
    today = today_of(now)
    seats = session.exec(
        select(Seat.function, Seat.position_id)
        .where(sits_in(meeting.forum_id, meeting.unit_id), in_use(Seat.retired_on, today))
        .order_by(col(Seat.position_id))
    ).all()
    readers = readers_of(session, {position for _function, position in seats}, today)
    for function in _TOLD:
        found = sorted({one for each, one in seats if each == function and readers[one]})
        if found:
            return found
    return []
