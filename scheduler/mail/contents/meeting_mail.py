"""What a mail or a text message about one meeting says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import ClassVar

from scheduler.domain.meeting_start import MeetingStart

__all__ = ["ChangeMail", "InvitationMail", "InvitationTone", "RoomMail", "TextMessage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMessage:
    """One line for a mobile; a case-level forum has no name in it (`forum` is None).

    `moved_from` is when its reader knew the meeting to begin, where that was another time.
    """

    template: ClassVar[str] = "text.j2"
    municipality: str
    forum: str | None
    held_on: date
    starts: time
    cancelled: bool = False
    moved_from: MeetingStart | None = None
    content_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMail:
    """A meeting that was moved, changed or cancelled, is new, or is held after all.

    `moved_from` is when its reader knew the meeting to begin, where that was another time.
    """

    template: ClassVar[str] = "change.j2"
    municipality: str
    forum: str
    held_on: date
    starts: time
    ends: time
    home_url: str
    meeting_url: str
    place: str | None = None
    moved_from: MeetingStart | None = None
    cancelled: bool = False
    added: bool = False
    reinstated: bool = False
    content_free: bool = False


class InvitationTone(StrEnum):
    """What an invitation says of its meeting."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    MOVED_AWAY = "moved_away"
    HANDED_BACK = "handed_back"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationMail:
    """The words around a calendar message, to a person or to a room.

    `moved_from` is the start the reader knew of, where it was another. A room's own mail names no
    `forum` where its calendar must not. `answer_url` is None where there is nothing to answer.
    `reads_answers` says that an answer from the reader's calendar program arrives too, `is_kept`
    that the reader has the subscription now and let the meeting stand as invitation. A `RECALLED`
    one says nothing of its meeting: the municipality's mails have no content any more.
    """

    template: ClassVar[str] = "invitation.j2"
    municipality: str
    tone: InvitationTone
    forum: str | None
    held_on: date
    starts: time
    ends: time
    home_url: str
    choice_url: str
    place: str | None = None
    moved_from: MeetingStart | None = None
    to_room: bool = False
    answer_url: str | None = None
    meeting_url: str | None = None
    reads_answers: bool = False
    is_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomMail:
    """To whoever sees to the room of a meeting: its calendar has said no to the time."""

    template: ClassVar[str] = "room.j2"
    municipality: str
    forum: str
    held_on: date
    starts: time
    ends: time
    place: str | None
    meeting_url: str
