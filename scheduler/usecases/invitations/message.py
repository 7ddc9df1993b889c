"""What an invitation says, read at the moment it is sent, and its entry in the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import false, true
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import ForumLevel, MeetingState
from scheduler.domain.language import Language
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.mail import CalendarPart, InvitationMail, InvitationTone
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Invitation, Meeting, Municipality, Outbox, Person
from scheduler.usecases.invitations.answer_link import new_answer_link
from scheduler.usecases.invitations.calendar_answer import answered_word
from scheduler.usecases.invitations.own_coming_meetings import (
    ends_at,
    own_coming_meetings,
    own_meetings_ahead,
)
from scheduler.usecases.invitations.recipient import Recipient
from scheduler.usecases.invitations.recipients import is_to_have, room_of, sends_content
from scheduler.usecases.invitations.text import InvitationBytes, InvitationText, Links, Party
from scheduler.usecases.invitations.told import Method, Told
from scheduler.usecases.invitations.told_record import recipient_of, what_was_told
from scheduler.usecases.pages.meetings import read_meetings
from scheduler.usecases.visibility import Selection, own_meetings, viewer_of

__all__ = [
    "InvitationDraft",
    "invitation_draft",
    "may_have_content",
    "says_what_it_may",
    "why_not_invited",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationDraft:
    """One mail with its calendar message."""

    to: str
    person_id: int | None
    language: Language
    content: InvitationMail
    calendar: CalendarPart


def why_not_invited(session: Session, row: Outbox, *, now: datetime) -> str | None:
    """Return why a message is no longer to go, or None where it still is."""
    meeting = session.get(Meeting, row.meeting_id, populate_existing=True)
    if meeting is None:
        return "meeting gone"
    if ends_at(meeting) <= now:
        return "meeting over"
    if meeting.sequence != row.meeting_sequence:
        return "meeting changed again"
    recipient = recipient_of(row)
    wanted = is_to_have(session, id_of(meeting), recipient, now=now)
    if Method(row.step.upper()) is Method.REQUEST:
        return None if wanted else "not theirs any more"
    if wanted:
        return "theirs again"
    told = _told(session, row, recipient)
    return None if told.has_it else "never invited"


def may_have_content(session: Session, row: Outbox) -> bool:
    """Tell whether a message may say what it is about, in the row's municipality."""
    return sends_content(session.get_one(Municipality, row.municipality_id))


def says_what_it_may(session: Session, row: Outbox) -> bool:
    """Tell whether a message that is made says just what may be said of its forum's meetings now.

    It does not where the forum came to speak of single cases since, or does no more.
    """
    found = session.exec(
        select(Invitation.in_the_open, Forum.level)
        .join(Meeting, col(Meeting.id) == Invitation.meeting_id)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .where(Invitation.outbox_id == row.id)
    ).one_or_none()
    if found is None:
        return False
    in_the_open, level = found
    return in_the_open != ForumLevel(level).is_case


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
    told = _told(session, row, recipient)
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
    content = _content(
        text, told, _why(session, text, person, is_bare, now), municipality, links, answer_url
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


def _told(session: Session, row: Outbox, recipient: Recipient) -> Told:
    meeting_id = row.meeting_id or 0
    found = what_was_told(
        session, meeting_ids=[meeting_id], person_id=recipient.person_id, but_row=row.id
    )
    return found.get((meeting_id, recipient)) or Told()


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


def _why(
    session: Session, text: InvitationText, person: Person | None, is_bare: bool, now: datetime
) -> InvitationTone | None:
    """Say why a meeting leaves a calendar, or None where it stays."""
    if text.method is Method.REQUEST:
        return None
    if is_bare:
        return InvitationTone.RECALLED
    if not text.withdrawn:
        return InvitationTone.CANCELLED
    if person is None:
        return InvitationTone.WITHDRAWN
    person_id, meeting_id = id_of(person), text.meeting.id
    if not person.wants_invitations and own_coming_meetings(
        session, person_id, now=now, meeting_id=meeting_id
    ):
        return InvitationTone.HANDED_BACK
    # Whoever has the seat today sees the new day, also where they will not be there on it.
    seen = own_meetings_ahead(session, person_id, now=now, meeting_id=meeting_id)
    is_on_another_day = any(one.held_on != text.meeting.held_on for one in seen)
    return InvitationTone.MOVED_AWAY if is_on_another_day else InvitationTone.WITHDRAWN


def _content(
    text: InvitationText,
    told: Told,
    why_gone: InvitationTone | None,
    municipality: Municipality,
    links: Links,
    answer_url: str | None,
) -> InvitationMail:
    meeting, last = text.meeting, told.last
    moved_from = None
    if why_gone is not None:
        tone = why_gone
    elif last is None or last.method == Method.CANCEL:
        tone = InvitationTone.NEW
    elif (last.held_on, last.starts, last.ends) != (meeting.held_on, meeting.starts, meeting.ends):
        tone = InvitationTone.MOVED
        known = MeetingStart(last.held_on, last.starts)
        is_moved = known != MeetingStart(meeting.held_on, meeting.starts)
        moved_from = known if is_moved else None
    else:
        tone = InvitationTone.CHANGED
    return InvitationMail(
        municipality=municipality.name,
        tone=tone,
        forum=None if text.is_hidden else meeting.title,
        held_on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        place=None if text.is_hidden else meeting.place,
        moved_from=moved_from,
        to_room=text.person is None,
        answer_url=answer_url,
        meeting_url=links.meeting(meeting.id) if answer_url else None,
        home_url=links.home,
        choice_url=links.choice,
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
