"""Who hears at once of a changed meeting: everyone with a seat, where it was near or is so now."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.reminders import MailClass, ResendPolicy, reminder_settings
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Meeting, Municipality, Seat, YearPlan
from scheduler.usecases.reminders.holders import readers_of
from scheduler.usecases.reminders.untold import (
    CHANGE_KIND,
    TEXT_KIND,
    Untold,
    Whose,
    untold_of,
)
from scheduler.usecases.reminders.upsert import upsert_rows

__all__ = [
    "CHANGE_KIND",
    "TEXT_KIND",
    "announce_change",
    "is_near",
    "keeps_until",
    "seats_in",
    "start_of",
]


def announce_change(
    session: Session,
    meeting: Meeting,
    *,
    was: MeetingStart | None,
    now: datetime,
    untold: Untold | None = None,
) -> int:
    """Put a mail in line for each seat if the change is near; return how many.

    Near is less than the municipality's hours (72) ahead, by the start that the meeting has now,
    by `was`, which it had before (None for a new one), or by the one that a mail which has not
    gone yet was to tell of. Each mail says when its reader knew the meeting to be. `untold` is
    read where it is not given. Before the year is published nobody hears of its meetings.
    """
    if meeting.state in (MeetingState.PROPOSED, MeetingState.HELD):
        return 0
    if session.get_one(YearPlan, meeting.year_plan_id).published_at is None:
        return 0
    municipality = session.get_one(Municipality, meeting.municipality_id)
    if untold is None:
        untold = untold_of(session, [meeting])[id_of(meeting)]
    known = [each for each in (start_of(meeting), was, *untold) if each is not None]
    if not is_near(session, meeting, known, now=now):
        return 0
    starts = [each.instant(municipality.timezone) for each in known]

    seats = seats_in(session, meeting, today_of(now))
    readers = readers_of(session, seats, today_of(now))
    values = {
        "municipality_id": meeting.municipality_id,
        "step": CHANGE_KIND,
        "mail_class": MailClass.CHANGE.value,
        "meeting_id": meeting.id,
        "meeting_sequence": meeting.sequence,
        "priority": MailClass.CHANGE.priority,
        "due_at": now,
        "expires_at": keeps_until(starts, now),
        "resend_policy": ResendPolicy.ONCE.value,
    }

    def row(kind: str, whose: Whose, people: Collection[int]) -> dict[str, Any]:
        position_id, person_id = whose
        before = untold.known_at(whose, people, was=was)
        return {
            **values,
            "dedup_key": f"{municipality.slug}:{kind}:{meeting.id}:{position_id or person_id}"
            f":{meeting.sequence}",
            "kind": kind,
            "position_id": position_id,
            "person_id": person_id,
            "payload": json.dumps({"was": before.as_record()}) if before is not None else None,
        }

    mails = [
        row(CHANGE_KIND, (seat, None), [each.person_id for each in readers[seat]]) for seat in seats
    ]
    wants_texts = {each.person_id for held in readers.values() for each in held if each.texts_to}
    texts = [row(TEXT_KIND, (None, each), [each]) for each in sorted(wants_texts)]
    upsert_rows(session, texts, now=now, detail="meeting changed")
    return upsert_rows(session, mails, now=now, detail="meeting changed")


def is_near(
    session: Session, meeting: Meeting, starts: Iterable[MeetingStart], *, now: datetime
) -> bool:
    """Tell whether one of the starts is less than the municipality's hours (72) ahead."""
    municipality = session.get_one(Municipality, meeting.municipality_id)
    forum = session.get_one(Forum, meeting.forum_id)
    limit = timedelta(hours=reminder_settings(municipality.choices, forum.slug).change_hours)
    return any(now <= each.instant(municipality.timezone) < now + limit for each in starts)


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
