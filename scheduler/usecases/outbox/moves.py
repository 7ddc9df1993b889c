"""What a mail tells of meetings that were moved: when each reader knew them to be, and now."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.reminders import GONE_STATES, TELLS_NOBODY_STATES
from scheduler.mail import MovedMeeting
from scheduler.store.tables import Meeting, Outbox, Person
from scheduler.usecases.outbox.named_meetings import named_meetings
from scheduler.usecases.reminders.announcement import start_of
from scheduler.usecases.reminders.joint_move import SUMMARY_KIND, moves_in
from scheduler.usecases.reminders.untold import CHANGE_KIND

__all__ = ["known_start", "moved_meetings", "moves_hold", "moves_told"]


def known_start(row: Outbox, meeting: Meeting) -> MeetingStart | None:
    """Return when the reader of a row knew the meeting to begin, or None where it does so now.

    A row that was written before this was noted tells of where the meeting was first.
    """
    said = json.loads(row.payload) if row.payload is not None else {}
    known = None
    if "was" in said:
        known = MeetingStart.from_record(said["was"])
    elif meeting.state is MeetingState.MOVED and meeting.moved_from is not None:
        known = MeetingStart(meeting.moved_from, meeting.moved_from_starts or meeting.starts)
    return None if known == start_of(meeting) else known


def moves_told(row: Outbox) -> frozenset[tuple[int, int]]:
    """Return which meetings a mail tells of as moved together, each with its sequence."""
    return frozenset((move.meeting_id, move.sequence) for move in moves_in(row.payload))


def moved_meetings(session: Session, row: Outbox, *, today: date) -> tuple[MovedMeeting, ...]:
    """Return the moved meetings of a mail as they are now, by start.

    Left out is what is back where it was, what its reader has no seat in any more, and what
    another mail has told them of since, or is to: both would say how the meeting is now.
    """
    moves = {move.meeting_id: move for move in moves_in(row.payload)}
    elsewhere = _told_elsewhere(session, row, moves)
    found = []
    for meeting_id, (meeting, forum) in named_meetings(session, row, moves, today=today).items():
        was = moves[meeting_id].was
        is_cancelled = meeting.state is MeetingState.CANCELLED
        is_news = is_cancelled or start_of(meeting) != was
        is_told = not elsewhere.isdisjoint({(meeting_id, None), (meeting_id, meeting.sequence)})
        if is_news and not is_told:
            found.append(
                MovedMeeting(
                    forum=forum,
                    moved_from=was,
                    held_on=meeting.held_on,
                    starts=meeting.starts,
                    ends=meeting.ends,
                    place=meeting.place,
                    cancelled=is_cancelled,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.held_on, one.starts, one.forum)))


def moves_hold(session: Session, row: Outbox, *, today: date) -> bool:
    """Tell whether the kept bytes of a mail still say what is so, to one it is for."""
    told = {move.meeting_id: move.sequence for move in moves_in(row.payload)}
    found = named_meetings(session, row, told, today=today)
    return told == {each: meeting.sequence for each, (meeting, _forum) in found.items()}


def _told_elsewhere(
    session: Session, row: Outbox, meeting_ids: Collection[int]
) -> set[tuple[int | None, int | None]]:
    """Return which of the meetings other mails tell the reader of, with the version told of.

    A later mail of this kind tells of any version: None.
    """
    if not meeting_ids:
        return set()
    later = session.exec(
        select(Outbox.payload).where(
            Outbox.kind == SUMMARY_KIND,
            Outbox.municipality_id == row.municipality_id,
            Outbox.person_id == row.person_id,
            col(Outbox.id) > row.id,
            col(Outbox.state).not_in(TELLS_NOBODY_STATES),
        )
    )
    found = {(move.meeting_id, None) for payload in later for move in moves_in(payload)}
    person = session.get_one(Person, row.person_id)
    alone = session.exec(
        select(Outbox.meeting_id, Outbox.meeting_sequence, Outbox.recipient).where(
            Outbox.kind == CHANGE_KIND,
            col(Outbox.meeting_id).in_(meeting_ids),
            col(Outbox.recipient).is_not(None),
            col(Outbox.state).in_(GONE_STATES),
        )
    )
    return found | {
        (meeting_id, sequence)
        for meeting_id, sequence, recipient in alone
        if person.email in (recipient or "").split(", ")
    }
