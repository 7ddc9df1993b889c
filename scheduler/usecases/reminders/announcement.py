"""Who hears at once of a changed meeting: everyone with a seat, where it was near or is so now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.reminders import (
    LIVE_STATES,
    MailClass,
    OutboxState,
    ResendPolicy,
    reminder_settings,
)
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import Forum, Meeting, Municipality, Outbox, Seat
from scheduler.usecases.reminders.holders import readers_of
from scheduler.usecases.reminders.upsert import upsert_rows

__all__ = [
    "CHANGE_KIND",
    "TEXT_KIND",
    "announce_change",
    "first_untold",
    "keeps_until",
    "seats_in",
    "start_of",
]

CHANGE_KIND = "change"
TEXT_KIND = "text"

# Whose mail it is: a position's, or a person's for a text message.
_Whose = tuple[int | None, int | None]


def announce_change(
    session: Session, meeting: Meeting, *, was: MeetingStart | None, now: datetime
) -> int:
    """Put a mail in line for each seat if the change is near; return how many.

    Near is less than the municipality's hours (72) ahead, by the start that the meeting has now,
    by `was`, which it had before (None for a new one), or by the one that a mail which has not
    gone yet was to tell of. Each mail says when its reader knew the meeting to be.
    """
    if meeting.state in (MeetingState.PROPOSED, MeetingState.HELD):
        return 0
    municipality = session.get_one(Municipality, meeting.municipality_id)
    forum = session.get_one(Forum, meeting.forum_id)
    untold = _untold(session, meeting)
    starts = [
        each.instant(municipality.timezone)
        for each in (start_of(meeting), was, *untold.values())
        if each is not None
    ]
    limit = timedelta(hours=reminder_settings(municipality.choices, forum.slug).change_hours)
    if not any(now <= start < now + limit for start in starts):
        return 0

    def row(kind: str, whose: _Whose) -> dict[str, Any]:
        position_id, person_id = whose
        known = untold.get(whose, was)
        return {
            "municipality_id": meeting.municipality_id,
            "dedup_key": f"{municipality.slug}:{kind}:{meeting.id}:{position_id or person_id}"
            f":{meeting.sequence}",
            "kind": kind,
            "step": CHANGE_KIND,
            "mail_class": MailClass.CHANGE.value,
            "meeting_id": meeting.id,
            "meeting_sequence": meeting.sequence,
            "position_id": position_id,
            "person_id": person_id,
            "payload": json.dumps({"was": known.as_record()}) if known is not None else None,
            "priority": MailClass.CHANGE.priority,
            "due_at": now,
            "expires_at": keeps_until(starts, now),
            "resend_policy": ResendPolicy.ONCE.value,
        }

    seats = seats_in(session, meeting, today_of(now))
    mails = [row(CHANGE_KIND, (seat, None)) for seat in seats]
    texts = [
        row(TEXT_KIND, (None, person)) for person in _who_wants_texts(session, seats, today_of(now))
    ]
    upsert_rows(session, texts, now=now, detail="meeting changed")
    return upsert_rows(session, mails, now=now, detail="meeting changed")


def first_untold(session: Session, meeting: Meeting) -> MeetingStart | None:
    """Return when the meeting was before the changes whose mails wait, or None where none do."""
    return next(iter(_untold(session, meeting).values()), None)


def keeps_until(starts: Sequence[datetime], now: datetime) -> datetime:
    """Return the instant from which nobody needs to hear of a change between these starts."""
    return max(*starts, now) + timedelta(days=1)


def seats_in(session: Session, meeting: Meeting | MeetingSnapshot, on: date) -> Sequence[int]:
    """Return the positions with a seat in the meeting's series, guests and those on call too."""
    return session.exec(
        select(Seat.position_id)
        .where(sits_in(meeting.forum_id, meeting.unit_id), in_use(Seat.retired_on, on))
        .distinct()
        .order_by(col(Seat.position_id))
    ).all()


def start_of(meeting: Meeting) -> MeetingStart:
    """Return when the meeting begins."""
    return MeetingStart(meeting.held_on, meeting.starts)


def _untold(session: Session, meeting: Meeting) -> Mapping[_Whose, MeetingStart]:
    """Return when those whose mail about an earlier change still waits know the meeting to be."""
    carrier = aliased(Outbox)
    rows = session.exec(
        select(Outbox.position_id, Outbox.person_id, Outbox.payload)
        .outerjoin(carrier, col(carrier.id) == Outbox.merged_into)
        .where(
            Outbox.meeting_id == meeting.id,
            col(Outbox.kind).in_((CHANGE_KIND, TEXT_KIND)),
            or_(
                col(Outbox.state).in_(LIVE_STATES),
                (col(Outbox.state) == OutboxState.MERGED) & col(carrier.state).in_(LIVE_STATES),
            ),
        )
        .order_by(col(Outbox.id))
    ).all()
    found: dict[_Whose, MeetingStart] = {}
    for position_id, person_id, payload in rows:
        said = json.loads(payload or "{}")
        if "was" in said:
            found.setdefault((position_id, person_id), MeetingStart.from_record(said["was"]))
    return found


def _who_wants_texts(session: Session, positions: Sequence[int], on: date) -> list[int]:
    readers = readers_of(session, positions, on).values()
    return sorted({each.person_id for found in readers for each in found if each.texts_to})
