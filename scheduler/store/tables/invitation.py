"""Invitations to meetings: what was sent to whom, and the links to answer them by."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Boolean, Column, false
from sqlmodel import Field, SQLModel

from scheduler.store.tables.columns import Instant

__all__ = ["AnswerLink", "Invitation"]


class Invitation(SQLModel, table=True):
    """One calendar message (RFC 5546) about one meeting, to one person or one room.

    Written with the bytes of its mail; whether it went is the state of its row in the outbox.
    `meeting_sequence` is the meeting's own at that time; `sequence` is the one in the message, and
    is higher only where the meeting stood still while its reader came or went. Date and times are
    those that were told. With `let_go_at` it was left to its reader, who is told no more of it.
    With `in_the_open` it told what a forum that speaks of no single cases shows.
    `answer` is the word (PARTSTAT) of a room's own calendar; what people answer is `Attendance`,
    and of them `answered_at` only tells when their calendar last took an answer back.
    """

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox.id", unique=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    room_email: str | None = None
    method: str
    sequence: int
    meeting_sequence: int
    held_on: date
    starts: time
    ends: time
    made_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    let_go_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    in_the_open: bool = Field(
        default=False, sa_column=Column(Boolean, nullable=False, server_default=false())
    )


class AnswerLink(SQLModel, table=True):
    """A link in an invitation, good for one person's answer until the meeting; only its hash."""

    token_hash: str = Field(primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
