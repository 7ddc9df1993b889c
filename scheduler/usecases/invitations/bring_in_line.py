"""Puts the invitations in line that follow from who sits where, and takes back what no longer does.

Nothing here is told what happened. Who is to have a meeting is compared with what each was told,
so that any change, one after another or all at once, ends in one message or in none.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import MeetingState
from scheduler.domain.reminders import MailClass, OutboxState, ResendPolicy
from scheduler.store.tables import Meeting, Municipality
from scheduler.usecases.invitations.invited import Invited, together
from scheduler.usecases.invitations.news import tells_of_change
from scheduler.usecases.invitations.own_coming_meetings import ends_at
from scheduler.usecases.invitations.recipient import Recipient
from scheduler.usecases.invitations.recipients import wanted_by_people, wanted_by_rooms
from scheduler.usecases.invitations.told import KIND, Method, Told, row_key
from scheduler.usecases.invitations.told_record import told_to_person, what_was_told
from scheduler.usecases.people.stopped import stopped_people
from scheduler.usecases.reminders.upsert import hand_back, put_aside, upsert_rows

__all__ = [
    "invite_all",
    "invite_person",
    "invite_to_each",
    "invite_to_meetings",
    "withdraw_from_person",
]


# A message that a worker sends in the moment it is written over is looked at once more.
_ATTEMPTS = 3


def invite_to_meetings(session: Session, meeting_ids: Collection[int], *, now: datetime) -> Invited:
    """Bring the invitations to these meetings in line; in the transaction that changed them."""
    return together(invite_to_each(session, meeting_ids, now=now))


def invite_to_each(
    session: Session, meeting_ids: Collection[int], *, now: datetime
) -> dict[int, Invited]:
    """Do as `invite_to_meetings`, and return what waits to go of each of the meetings."""
    meetings = _meetings(session, meeting_ids, now)
    ids = {meeting.id for meeting, _place in meetings if meeting.id is not None}
    wanted = wanted_by_people(session, now=now, meeting_ids=ids)
    wanted |= wanted_by_rooms(session, now=now, meeting_ids=ids)
    found = _bring(session, meetings, wanted, now)
    return {each: found.get(each, Invited()) for each in meeting_ids}


def invite_person(session: Session, person_id: int, *, now: datetime) -> Invited:
    """Bring one person's invitations in line, in the transaction that changed their choice."""
    wanted = wanted_by_people(session, now=now, person_id=person_id)
    return _bring_to(session, person_id, wanted, now)


def withdraw_from_person(session: Session, person_id: int, *, now: datetime) -> Invited:
    """Take every meeting out of one person's calendar that stands there by invitation."""
    return _bring_to(session, person_id, set(), now)


def invite_all(session: Session, *, now: datetime, municipality_id: int | None = None) -> Invited:
    """Bring every invitation in line, or one municipality's.

    People come and go by the day, without any write.
    """
    wanted = wanted_by_people(session, now=now, municipality_id=municipality_id)
    wanted |= wanted_by_rooms(session, now=now, municipality_id=municipality_id)
    meetings = _meetings(session, None, now, municipality_id=municipality_id)
    return together(_bring(session, meetings, wanted, now))


_Found = list[tuple[Meeting, Municipality]]


def _bring_to(
    session: Session, person_id: int, wanted: set[tuple[int, Recipient]], now: datetime
) -> Invited:
    told_of = told_to_person(session, person_id)
    meetings = _meetings(session, {*told_of, *(meeting_id for meeting_id, _ in wanted)}, now)
    return together(_bring(session, meetings, wanted, now, person_id=person_id))


def _meetings(
    session: Session,
    meeting_ids: Collection[int] | None,
    now: datetime,
    *,
    municipality_id: int | None = None,
) -> _Found:
    """Return those of the meetings that are not over, all of them where none are named."""
    rows = session.exec(
        select(Meeting, Municipality)
        .join(Municipality, col(Municipality.id) == Meeting.municipality_id)
        .where(
            Meeting.held_on >= today_of(now),
            *([] if meeting_ids is None else [col(Meeting.id).in_(meeting_ids)]),
            *([] if municipality_id is None else [Meeting.municipality_id == municipality_id]),
        )
        .order_by(col(Meeting.held_on), col(Meeting.starts), col(Meeting.uid))
        .execution_options(populate_existing=True)
    ).all()
    return [(meeting, place) for meeting, place in rows if ends_at(meeting) > now]


def _bring(
    session: Session,
    meetings: _Found,
    wanted: set[tuple[int, Recipient]],
    now: datetime,
    *,
    person_id: int | None = None,
) -> dict[int, Invited]:
    for _attempt in range(_ATTEMPTS):
        invited, is_done = _try(session, meetings, wanted, now, person_id)
        if is_done:
            return invited
    # A change that those it concerns would not hear of is not made either.
    raise LookupError(f"invitations to meetings {sorted(invited)} were sent while written over")


def _try(
    session: Session,
    meetings: _Found,
    wanted: set[tuple[int, Recipient]],
    now: datetime,
    person_id: int | None,
) -> tuple[dict[int, Invited], bool]:
    """Write what follows; False where a worker sent one of the messages in the meantime."""
    ids = {meeting.id for meeting, _place in meetings if meeting.id is not None}
    told_of = what_was_told(session, meeting_ids=ids, person_id=person_id)
    wanted = {pair for pair in wanted if pair[0] in ids}
    recipients: dict[int, set[Recipient]] = {each: set() for each in ids}
    for meeting_id, recipient in {*wanted, *told_of}:
        recipients[meeting_id].add(recipient)
    rows: list[dict[str, Any]] = []
    aside: list[int] = []
    taken_back: set[int] = set()
    invited: dict[int, Invited] = {}
    stopped = _stopped(session, meetings)
    for meeting, place in meetings:
        if meeting.id is None:
            continue
        waiting: list[Recipient] = []
        hear: list[Recipient] = []
        for recipient in sorted(recipients[meeting.id], key=lambda one: one.key):
            pair = (meeting.id, recipient)
            told = told_of.get(pair) or Told()
            aside.extend(told.overtaken)
            method = _next(meeting, told, is_wanted=pair in wanted)
            if method is not Method.REQUEST and told.is_asked_for:
                taken_back.add(meeting.id)
            if method is not None:
                waiting.append(recipient)
                if tells_of_change(method, meeting, place):
                    hear.append(recipient)
                if not _says_so(told, method, meeting):
                    rows.append(_row(place, meeting, recipient, told, method, now))
                    if told.waiting is not None and told.waiting.is_in_doubt:
                        aside.append(told.waiting.row_id)
            elif told.waiting is not None:
                aside.append(told.waiting.row_id)
        silent = stopped[meeting.municipality_id]
        goes = [one for one in waiting if one.person_id not in silent]
        invited[meeting.id] = Invited(
            people=frozenset(one.person_id for one in goes if one.person_id is not None),
            told=frozenset(one.person_id for one in hear if one.person_id is not None),
            rooms=frozenset(one.room_email for one in goes if one.room_email is not None),
            mails=len(goes),
        )
    taken = put_aside(session, aside, OutboxState.CANCELLED, now=now, detail="no longer so")
    written = upsert_rows(session, rows, now=now, detail="invited")
    hand_back(session, taken_back, now=now)
    return invited, (taken, written) == (len(aside), len(rows))


def _stopped(session: Session, meetings: _Found) -> dict[int, frozenset[int]]:
    places = {meeting.municipality_id for meeting, _place in meetings}
    return {each: stopped_people(session, each) for each in sorted(places)}


def _next(meeting: Meeting, told: Told, *, is_wanted: bool) -> Method | None:
    """Return what the recipient is to be told next, or None where they know."""
    if is_wanted:
        knows = told.tried is not None and (
            told.tried.method is Method.REQUEST
            and told.tried.meeting_sequence >= meeting.sequence
            and not told.tried.says_too_much
        )
        return None if knows else Method.REQUEST
    if meeting.state is MeetingState.HELD or not told.has_it:
        return None
    was_tried = told.tried is not None and told.tried.method is Method.CANCEL
    return None if was_tried else Method.CANCEL


def _says_so(told: Told, method: Method, meeting: Meeting) -> bool:
    """Tell whether the message that waits says just that; it keeps its place in the queue."""
    waiting = told.waiting
    return (
        waiting is not None
        and waiting.method is method
        and waiting.meeting_sequence == meeting.sequence
    )


def _row(
    municipality: Municipality,
    meeting: Meeting,
    recipient: Recipient,
    told: Told,
    method: Method,
    now: datetime,
) -> dict[str, Any]:
    return {
        "municipality_id": municipality.id,
        "dedup_key": row_key(municipality.slug, meeting.id or 0, recipient, told),
        "kind": KIND,
        "step": method.value.lower(),
        "mail_class": MailClass.INVITATION.value,
        "meeting_id": meeting.id,
        "meeting_sequence": meeting.sequence,
        "person_id": recipient.person_id,
        "payload": json.dumps({"room": recipient.room_email} if recipient.room_email else {}),
        "priority": MailClass.INVITATION.priority,
        "due_at": now,
        "expires_at": ends_at(meeting),
        "resend_policy": ResendPolicy.ONCE.value,
    }
