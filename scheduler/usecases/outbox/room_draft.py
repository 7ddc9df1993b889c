"""Making the mail that says that the room of a meeting is taken."""

from __future__ import annotations

from scheduler.domain.calendar_reply import ReplyWord
from scheduler.domain.reminders import OutboxState
from scheduler.mail import RoomMail
from scheduler.store.tables import Outbox
from scheduler.usecases.invitations.room_answer import room_answer
from scheduler.usecases.invitations.still_to_go import may_have_content
from scheduler.usecases.outbox.envelope import Envelope, seal
from scheduler.usecases.outbox.look import Look, Verdict
from scheduler.usecases.outbox.meeting_draft import seat_readers
from scheduler.usecases.outbox.reason import meeting_reason

__all__ = ["room_draft", "room_mail_is_still_good"]


def room_draft(look: Look, row: Outbox) -> Envelope | Verdict:
    """Return the mail to those who see to the room, or what becomes of the row instead."""
    reason = meeting_reason(look.session, row)
    if reason is None or not _says_no(look, row):
        return Verdict(OutboxState.CANCELLED, "the room does not say no")
    readers = seat_readers(look, row, reason)
    if not readers:
        return Verdict(OutboxState.SKIPPED, "nobody to tell")
    one = readers[0] if len(readers) == 1 else None
    meeting = reason.meeting
    place = meeting.place or ""
    return seal(
        RoomMail(
            municipality=reason.municipality.name,
            forum=reason.forum,
            held_on=meeting.held_on,
            starts=meeting.starts,
            ends=meeting.ends,
            place=None if place.startswith("https://") else place or None,
            meeting_url=look.settings.meeting_url(row.meeting_id or 0),
        ),
        to=tuple(each.email for each in readers),
        person_id=one.person_id if one else None,
        language=(one.language if one else None) or reason.municipality.language,
        settings=look.settings,
        now=look.now,
    )


def room_mail_is_still_good(look: Look, row: Outbox) -> bool:
    """Tell whether the kept bytes still hold, for those they are to."""
    reason = meeting_reason(look.session, row)
    if reason is None or not _says_no(look, row):
        return False
    return row.recipient == ", ".join(each.email for each in seat_readers(look, row, reason))


def _says_no(look: Look, row: Outbox) -> bool:
    if row.meeting_id is None or not may_have_content(look.session, row):
        return False
    found = room_answer(look.session, row.meeting_id)
    return found is not None and found.word is ReplyWord.DECLINED
