"""What a mail tells of meetings that were moved: when each reader knew them to be, and now."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import HolderKind, MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.reminders import GONE_STATES, TELLS_NOBODY_STATES
from scheduler.mail import MovedMeeting
from scheduler.store.tables import Forum, Meeting, Outbox, Person, Unit
from scheduler.usecases.people.holders import holders_on
from scheduler.usecases.reminders.announcement import seats_in, start_of
from scheduler.usecases.reminders.joint_move import SUMMARY_KIND, moves_in
from scheduler.usecases.reminders.untold import CHANGE_KIND

__all__ = ["has_seat", "known_start", "moved_meetings", "moves_hold", "moves_told"]


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
    found = []
    moves = moves_in(row.payload)
    elsewhere = _told_elsewhere(session, row, {move.meeting_id for move in moves})
    for move in moves:
        read = session.exec(
            select(Meeting, Forum.name, Unit.name)
            .join(Forum, col(Forum.id) == Meeting.forum_id)
            .outerjoin(Unit, col(Unit.id) == Meeting.unit_id)
            .where(Meeting.id == move.meeting_id)
        ).one_or_none()
        if read is None:
            continue
        meeting, forum, unit = read
        if (meeting.id, None) in elsewhere or (meeting.id, meeting.sequence) in elsewhere:
            continue
        is_cancelled = meeting.state is MeetingState.CANCELLED
        is_news = is_cancelled or start_of(meeting) != move.was
        if is_news and has_seat(session, row, meeting, today):
            found.append(
                MovedMeeting(
                    forum=f"{forum}, {unit}" if unit else forum,
                    moved_from=move.was,
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
    return all(
        (meeting := session.get(Meeting, move.meeting_id)) is not None
        and meeting.sequence == move.sequence
        and has_seat(session, row, meeting, today)
        for move in moves_in(row.payload)
    )


def has_seat(session: Session, row: Outbox, meeting: Meeting, today: date) -> bool:
    """Tell whether the one whom a mail is for has a seat in a meeting."""
    holders = holders_on(session, seats_in(session, meeting, today), today)
    return any(
        holder.person_id == row.person_id and holder.kind is not HolderKind.DELEGATE
        for holder in holders
    )


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
