"""What a mail tells of meetings that were moved: when each reader knew them to be, and now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.enums import HolderKind, MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.mail import MovedMeeting
from scheduler.store.tables import Forum, Meeting, Outbox, Unit
from scheduler.usecases.people.holders import holders_on
from scheduler.usecases.reminders.announcement import seats_in, start_of

__all__ = ["Move", "known_start", "moved_meetings", "moves_hold", "moves_told"]


@dataclass(frozen=True, slots=True)
class Move:
    """One meeting of several that were moved together: `was` is when its reader knew it to be."""

    meeting_id: int
    sequence: int
    was: MeetingStart

    def as_record(self) -> list[Any]:
        """Return it as the payload of a mail holds it."""
        return [self.meeting_id, self.sequence, self.was.as_record()]

    @classmethod
    def from_record(cls, record: list[Any]) -> Move:
        """Return what `as_record` was made from."""
        meeting_id, sequence, was = record
        return cls(meeting_id, sequence, MeetingStart.from_record(was))


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
    return frozenset((move.meeting_id, move.sequence) for move in _moves(row))


def moved_meetings(session: Session, row: Outbox, *, today: date) -> tuple[MovedMeeting, ...]:
    """Return the moved meetings of a mail as they are now, by start.

    Left out is what is back where it was, and what its reader has no seat in any more.
    """
    found = []
    for move in _moves(row):
        read = session.exec(
            select(Meeting, Forum.name, Unit.name)
            .join(Forum, col(Forum.id) == Meeting.forum_id)
            .outerjoin(Unit, col(Unit.id) == Meeting.unit_id)
            .where(Meeting.id == move.meeting_id)
        ).one_or_none()
        if read is None:
            continue
        meeting, forum, unit = read
        is_cancelled = meeting.state is MeetingState.CANCELLED
        is_news = is_cancelled or start_of(meeting) != move.was
        if is_news and _has_it(session, row, meeting, today):
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
        and _has_it(session, row, meeting, today)
        for move in _moves(row)
    )


def _moves(row: Outbox) -> list[Move]:
    said = json.loads(row.payload) if row.payload is not None else {}
    return [Move.from_record(record) for record in said.get("moves", ())]


def _has_it(session: Session, row: Outbox, meeting: Meeting, today: date) -> bool:
    holders = holders_on(session, seats_in(session, meeting, today), today)
    return any(
        holder.person_id == row.person_id and holder.kind is not HolderKind.DELEGATE
        for holder in holders
    )
