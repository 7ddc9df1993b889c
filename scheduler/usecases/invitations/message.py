"""What an invitation says, read at the moment it is sent, and its entry in the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import false, true
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import MeetingState
from scheduler.domain.language import Language
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.mail import CalendarPart, InvitationMail
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Invitation, Meeting, Municipality, Outbox, Person
from scheduler.usecases.invitations.answer_link import new_answer_link
from scheduler.usecases.invitations.calendar_answer import answered_word
from scheduler.usecases.invitations.mail_of import invitation_mail, why_gone
from scheduler.usecases.invitations.recipient import Recipient
from scheduler.usecases.invitations.recipients import room_of, sends_content
from scheduler.usecases.invitations.text import InvitationBytes, InvitationText, Links, Party
from scheduler.usecases.invitations.told import Method, Told
from scheduler.usecases.invitations.told_record import recipient_of, told_before
from scheduler.usecases.pages.meetings import read_meetings
from scheduler.usecases.visibility import Selection, own_meetings, viewer_of

__all__ = ["InvitationDraft", "invitation_draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationDraft:
    """One mail with its calendar message."""

    to: str
    person_id: int | None
    language: Language
    content: InvitationMail
    calendar: CalendarPart


def invitation_draft(
    session: Session,
    row: Outbox,
    *,
    organiser: Party,
    links: Links,
    write: InvitationBytes,
    reads_answers: bool,
    now: datetime,
) -> InvitationDraft | None:
    """Return the mail of a row and note it in the record, or None where nobody can be told.

    `why_not_invited` is asked first.
    """
    meeting = session.get_one(Meeting, row.meeting_id)
    municipality = session.get_one(Municipality, meeting.municipality_id)
    forum = session.get_one(Forum, meeting.forum_id)
    recipient = recipient_of(row)
    told = told_before(session, row, recipient)
    method = Method(row.step.upper())
    person = session.get(Person, recipient.person_id) if recipient.person_id else None
    if recipient.person_id is not None and (person is None or not person.active):
        return None
    snapshot = _seen(session, meeting, person, method, told, today_of(now))
    sequence = max(meeting.sequence, told.sequence + 1, _own_sequence(session, row) + 1)
    language = (person.language if person else None) or municipality.language
    is_bare = not sends_content(municipality)
    withdrawn = method is Method.CANCEL and snapshot.state is not MeetingState.CANCELLED
    party = None
    if person is not None:
        answer = answered_word(session, id_of(meeting), id_of(person))
        party = Party(person.name, person.email, answer)
    room = room_of(forum, meeting.place) if person else recipient.room_email
    text = InvitationText(
        method=method,
        meeting=replace(snapshot, sequence=sequence),
        sequence=sequence,
        organiser=organiser,
        person=party,
        room=Party(_room_name(snapshot), room) if room and not withdrawn and not is_bare else None,
        language=language,
        made_at=now,
        withdrawn=withdrawn,
        is_hidden=is_bare or (person is None and forum.level.is_case),
    )
    if person is None and recipient.room_email:
        name = "" if is_bare else _room_name(snapshot)
        text = replace(text, room=Party(name, recipient.room_email))
    answer_url = None
    if person is not None and method is Method.REQUEST:
        token = new_answer_link(
            session, meeting_id=id_of(meeting), person_id=id_of(person), now=now
        )
        answer_url = links.answer(token)
    content = invitation_mail(
        text, told, why_gone(session, text, person, is_bare, now), municipality, links, answer_url
    )
    content = replace(
        content,
        reads_answers=reads_answers,
        is_kept=person is not None and not person.wants_invitations,
    )
    _note(
        session,
        row,
        recipient,
        method,
        snapshot,
        sequence,
        now,
        in_the_open=not forum.level.is_case,
    )
    to = person.email if person else str(recipient.room_email)
    return InvitationDraft(
        to=to,
        person_id=recipient.person_id,
        language=language,
        content=content,
        calendar=write(text),
    )


def _own_sequence(session: Session, row: Outbox) -> int:
    """Return the number of the row's first message where that may have arrived, else -1."""
    if row.resends == 0:
        return -1
    return session.exec(select(Invitation.sequence).where(Invitation.outbox_id == row.id)).one()


def _seen(
    session: Session,
    meeting: Meeting,
    person: Person | None,
    method: Method,
    told: Told,
    today: date,
) -> MeetingSnapshot:
    """Return the meeting as its reader may see it now, or as they were told of it last.

    Whoever has lost the seat hears nothing that is new: only that what they know of is gone.
    """
    here = col(Meeting.id) == meeting.id
    own: tuple[MeetingSnapshot, ...]
    if person is None:
        own = read_meetings(session, here, by_seat=true())
    else:
        viewer = viewer_of(session, id_of(person), today=today)
        own = own_meetings(session, viewer, Selection(meeting_id=meeting.id))
    if own and (method is Method.REQUEST or own[0].state is MeetingState.CANCELLED):
        return own[0]
    last = told.last
    bare = read_meetings(session, here, by_seat=false())[0]
    return replace(
        bare,
        agenda=(),
        place=None,
        moved_from=None,
        state=MeetingState.PLANNED,
        held_on=last.held_on if last else bare.held_on,
        starts=last.starts if last else bare.starts,
        ends=last.ends if last else bare.ends,
    )


def _note(
    session: Session,
    row: Outbox,
    recipient: Recipient,
    method: Method,
    meeting: MeetingSnapshot,
    sequence: int,
    now: datetime,
    *,
    in_the_open: bool,
) -> None:
    kept = session.exec(select(Invitation).where(Invitation.outbox_id == row.id)).one_or_none()
    if kept is not None:
        # The mail was made before, and never went.
        session.delete(kept)
        session.flush()
    session.add(
        Invitation(
            outbox_id=id_of(row),
            meeting_id=meeting.id,
            person_id=recipient.person_id,
            room_email=recipient.room_email,
            method=method.value,
            sequence=sequence,
            meeting_sequence=row.meeting_sequence or 0,
            held_on=meeting.held_on,
            starts=meeting.starts,
            ends=meeting.ends,
            made_at=now,
            in_the_open=in_the_open,
        )
    )


def _room_name(meeting: MeetingSnapshot) -> str:
    place = meeting.place or ""
    return "" if place.startswith("https://") else place
