"""An answer that a calendar program mails to the organiser of an invitation (RFC 5546 3.2.3)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from scheduler.domain.calendar_reply import CalendarReply, ReplyWord
from scheduler.domain.civil_time import today_of
from scheduler.store.rows import id_of
from scheduler.store.tables import Invitation, Meeting, Person
from scheduler.usecases.invitations.own_coming_meetings import own_meetings_ahead
from scheduler.usecases.invitations.reply_verdict import ReplyVerdict
from scheduler.usecases.invitations.room_answer import answer_by_room
from scheduler.usecases.invitations.told_record import messages_of_this_time, messages_to
from scheduler.usecases.meetings.answer_meeting import (
    Answer,
    OwnAnswer,
    Through,
    answer_meeting,
    own_answer,
    take_back_answer,
)
from scheduler.usecases.visibility import viewer_of

__all__ = ["answer_by_calendar", "answered_word"]

_ANSWERS = {ReplyWord.ACCEPTED: Answer.COMES, ReplyWord.DECLINED: Answer.ABSENT}


def answer_by_calendar(
    session: Session, reply: CalendarReply, *, sender: str, now: datetime
) -> ReplyVerdict:
    """Keep an answer as the link in the invitation would; one that is read twice changes nothing.

    `sender` is the address that the mail is from. Every member knows the UID and the addresses, so
    only the one who was sent the invitation is heard, and only in a mail of their own: that nobody
    else writes mail from that address is the mail server's to see to. Nothing that a reply must
    bring back could hold a secret (Exchange leaves ORGANIZER out).

    `TOO_LATE` is an answer to another time than the present one, to a meeting that is over, called
    off or no longer theirs, and one that is older than what they have answered or taken back since.
    `STRANGE` is for people, as is an answer to a message that was never sent (SEQUENCE).
    "Tentative" takes an answer back: the one-click page knows nothing between; only the time is
    kept. What a room answers is kept as such.
    """
    # Locked as a change locks it, so that none comes between what is read and what is kept.
    meeting = session.exec(
        select(Meeting).where(Meeting.uid == reply.uid).with_for_update(read=True)
    ).one_or_none()
    person = session.exec(
        select(Person).where(Person.email == reply.attendee).with_for_update()
    ).one_or_none()
    if meeting is None or sender != reply.attendee:
        return ReplyVerdict.STRANGE
    if person is None:
        return answer_by_room(session, reply, meeting, now=now)
    meeting_id, person_id = id_of(meeting), id_of(person)
    told = messages_to(session, meeting_id=meeting_id, person_id=person_id)
    if not told:
        return answer_by_room(session, reply, meeting, now=now)
    if reply.sequence > told[0].sequence:
        return ReplyVerdict.STRANGE
    asked = messages_of_this_time(told, meeting)
    found = own_meetings_ahead(session, person_id, now=now, meeting_id=meeting_id)
    before = _last_word_at(asked, own_answer(session, meeting_id, person_id))
    # A clock that is ahead must not keep later answers out.
    at = min(reply.made_at, now)
    if (
        not found
        or not asked
        or reply.sequence < asked[-1].sequence
        or (before is not None and at < before)
    ):
        return ReplyVerdict.TOO_LATE
    answer = _ANSWERS.get(reply.word)
    if answer is None:
        take_back_answer(session, meeting_id, person_id)
        asked[0].answered_at = at
        session.add(asked[0])
        return ReplyVerdict.ANSWERED
    viewer = viewer_of(session, person_id, today=today_of(now))
    is_kept = answer_meeting(session, viewer, found[0], answer, now=at, through=Through.CALENDAR)
    return ReplyVerdict.ANSWERED if is_kept else ReplyVerdict.TOO_LATE


def answered_word(session: Session, meeting_id: int, person_id: int) -> ReplyWord | None:
    """Return the person's answer as calendars write it; one to another time has fallen away."""
    found = own_answer(session, meeting_id, person_id)
    if found is None:
        return None
    return next(word for word, answer in _ANSWERS.items() if answer is found.answer)


def _last_word_at(asked: list[Invitation], before: OwnAnswer | None) -> datetime | None:
    """Return when they last answered, or took their answer back, for the present time."""
    said = [one.answered_at for one in asked if one.answered_at is not None]
    if before is not None:
        said.append(before.answered_at)
    return max(said, default=None)
