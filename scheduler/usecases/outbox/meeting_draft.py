"""Making the mails of a meeting: that it was changed, and the invitations to it."""

from __future__ import annotations

from email.utils import parseaddr

from sqlmodel import col, select

from scheduler.domain.reminders import TELLS_NOBODY_STATES, OutboxState
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import Meeting, Outbox, Seat
from scheduler.usecases.invitations.message import invitation_draft
from scheduler.usecases.invitations.news import tells_of_change
from scheduler.usecases.invitations.still_to_go import (
    may_have_content,
    says_what_it_may,
    why_not_invited,
)
from scheduler.usecases.invitations.text import Links, Party
from scheduler.usecases.invitations.told import KIND, Method
from scheduler.usecases.outbox.contents_of import change_mail
from scheduler.usecases.outbox.envelope import Envelope, seal
from scheduler.usecases.outbox.look import Look, Verdict
from scheduler.usecases.outbox.moves import moves_told
from scheduler.usecases.outbox.reason import MeetingReason, meeting_reason
from scheduler.usecases.reminders.announcement import CHANGE_KIND
from scheduler.usecases.reminders.holders import Reader, readers_of
from scheduler.usecases.reminders.joint_move import SUMMARY_KIND

__all__ = ["change_draft", "invitation_envelope", "meeting_mail_is_still_good", "seat_readers"]

_NOBODY = Verdict(OutboxState.SKIPPED, "nobody to tell")


def change_draft(look: Look, row: Outbox) -> Envelope | Verdict:
    """Return the mail about a changed meeting, or what becomes of the row instead."""
    reason = meeting_reason(look.session, row)
    why_not = "meeting gone" if reason is None else reason.why_not(row)
    if reason is None or why_not is not None or row.position_id is None:
        return Verdict(OutboxState.CANCELLED, why_not or "no position")
    readers = seat_readers(look, row, reason)
    if not readers:
        return _NOBODY
    readers = _uninvited(look, reason, readers)
    if not readers:
        return Verdict(OutboxState.HANDED_ON, "by invitation")
    _lock_meeting(look, reason)
    tellers = _tellers(look, row, reason, readers)
    readers = tuple(each for each in readers if each not in tellers)
    if not readers:
        carrier = min(tellers.values())
        return Verdict(OutboxState.MERGED, f"into {carrier}", {"merged_into": carrier})
    one = readers[0] if len(readers) == 1 else None
    return seal(
        change_mail(look.session, row, reason, settings=look.settings),
        to=tuple(each.email for each in readers),
        person_id=one.person_id if one else None,
        language=(one.language if one else None) or reason.municipality.language,
        settings=look.settings,
        now=look.now,
    )


def invitation_envelope(look: Look, row: Outbox) -> Envelope | Verdict:
    """Return an invitation with its calendar message, or what becomes of the row instead.

    Raises:
        LookupError: the worker was not told who writes calendar messages.
    """
    why_not = why_not_invited(look.session, row, now=look.now)
    if why_not is not None:
        return Verdict(OutboxState.CANCELLED, why_not)
    settings = look.settings
    if settings.write_invitation is None:
        raise LookupError("nobody writes calendar messages for this worker")
    name, address = parseaddr(settings.sender)
    made = invitation_draft(
        look.session,
        row,
        organiser=Party(name, address),
        links=Links(
            home=settings.home_url,
            choice=settings.choice_url,
            answer=settings.answer_url,
            meeting=settings.meeting_url,
        ),
        write=settings.write_invitation,
        reads_answers=settings.reads_answers,
        now=look.now,
    )
    if made is None:
        return _NOBODY
    return seal(
        made.content,
        to=(made.to,),
        person_id=made.person_id,
        language=made.language,
        settings=settings,
        now=look.now,
        calendar=made.calendar,
    )


def meeting_mail_is_still_good(look: Look, row: Outbox) -> bool:
    """Tell whether the kept bytes of a mail about a meeting still hold, for those they are to."""
    if row.kind == KIND:
        # What may be said may have changed since: all content, or that of the forum's meetings.
        return (
            may_have_content(look.session, row)
            and says_what_it_may(look.session, row)
            and why_not_invited(look.session, row, now=look.now) is None
        )
    reason = meeting_reason(look.session, row)
    if reason is None or reason.why_not(row) is not None:
        return False
    readers = _uninvited(look, reason, seat_readers(look, row, reason))
    tellers = _tellers(look, row, reason, readers)
    readers = tuple(each for each in readers if each not in tellers)
    return row.recipient == ", ".join(each.email for each in readers)


def seat_readers(look: Look, row: Outbox, reason: MeetingReason) -> tuple[Reader, ...]:
    """Return who has the seat now; one that was taken away since has no readers."""
    meeting = reason.meeting
    delivery, _ = look.deliveries.of(look.session, reason.municipality, now=look.now)
    today = delivery.local_date(look.now)
    seat = look.session.exec(
        select(Seat.id)
        .where(
            sits_in(meeting.forum_id, meeting.unit_id),
            Seat.position_id == row.position_id,
            in_use(Seat.retired_on, today),
        )
        .limit(1)
    ).first()
    if seat is None or row.position_id is None:
        return ()
    return readers_of(look.session, [row.position_id], today)[row.position_id]


def _uninvited(
    look: Look, reason: MeetingReason, readers: tuple[Reader, ...]
) -> tuple[Reader, ...]:
    """Return those whom no calendar message tells of the same change."""
    rows = look.session.exec(
        select(Outbox.person_id, Outbox.step).where(
            Outbox.kind == KIND,
            Outbox.meeting_id == reason.meeting.id,
            Outbox.meeting_sequence == reason.meeting.sequence,
            col(Outbox.state).not_in(TELLS_NOBODY_STATES),
        )
    ).all()
    told = {
        person_id
        for person_id, step in rows
        if tells_of_change(Method(step.upper()), reason.meeting, reason.municipality)
    }
    return tuple(each for each in readers if each.person_id not in told)


def _lock_meeting(look: Look, reason: MeetingReason) -> None:
    """Make sure that no other worker makes a mail about the same change at the same time.

    Whoever has the meeting waits for no row of the outbox that another worker has in hand.
    """
    look.session.exec(
        select(Meeting.id).where(Meeting.id == reason.meeting.id).with_for_update(key_share=True)
    ).one()


def _tellers(
    look: Look, row: Outbox, reason: MeetingReason, readers: tuple[Reader, ...]
) -> dict[Reader, int]:
    """Return which other mail tells a reader of the same change, by the reader.

    Somebody with two seats in a forum hears once, and so does who gets one mail about several
    meetings that were moved together.
    """
    meeting = reason.meeting
    found: dict[Reader, int] = {}
    others = look.session.exec(
        select(Outbox.id, Outbox.recipient)
        .where(
            Outbox.kind == CHANGE_KIND,
            Outbox.meeting_id == meeting.id,
            Outbox.meeting_sequence == meeting.sequence,
            col(Outbox.id) != row.id,
            col(Outbox.recipient).is_not(None),
            col(Outbox.state).not_in((*TELLS_NOBODY_STATES, OutboxState.MERGED)),
        )
        .order_by(col(Outbox.id))
    ).all()
    several = look.session.exec(
        select(Outbox)
        .where(
            Outbox.kind == SUMMARY_KIND,
            Outbox.municipality_id == row.municipality_id,
            col(Outbox.person_id).in_([each.person_id for each in readers]),
            Outbox.created_at >= row.created_at,
            col(Outbox.state).not_in(TELLS_NOBODY_STATES),
        )
        .order_by(col(Outbox.id))
    ).all()
    for reader in readers:
        told_by = [
            *(each for each, to in others if reader.email in (to or "").split(", ")),
            *(
                each.id
                for each in several
                if each.person_id == reader.person_id
                and (meeting.id, meeting.sequence) in moves_told(each)
            ),
        ]
        for each in told_by:
            if each is not None:
                found.setdefault(reader, each)
    return found
