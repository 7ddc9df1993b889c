"""What each kind of mail says, as plain values for its template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import ClassVar

from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.reminders import Tone
from scheduler.domain.snapshots import DutySnapshot

__all__ = [
    "ChangeMail",
    "Content",
    "DutyItem",
    "DutyMail",
    "LoginMail",
    "MovedMeeting",
    "RoomMail",
    "RoundClosedMail",
    "RoundForum",
    "RoundMail",
    "RoundMeeting",
    "SummaryMail",
    "TextMessage",
    "WatchMail",
    "WelcomeMail",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyItem:
    """One duty in a mail; `due_on` is the deadline that the mail speaks of.

    `vacant` says that the reader stands in, `several` that others have the position too; `take_url`
    is where one of them says that they take it.
    `leader_in_days` counts the days that are left before the leader hears on `leader_on`.
    `late_from` is the day on which the mail should have gone, where it is late. `hidden` says that
    the reader has no seat in the case-level forum it is about, and may not know of it (privacy rule
    4): then neither forum, date nor kind is told.
    """

    duty: DutySnapshot
    tone: Tone
    due_on: date
    vacant: bool = False
    several: bool = False
    leader_on: date | None = None
    leader_in_days: int = 0
    late_from: date | None = None
    action_url: str | None = None
    take_url: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyMail:
    """One or several duties of one reader; `content_free` says only that something waits."""

    template: ClassVar[str] = "duty.j2"
    municipality: str
    today: date
    items: tuple[DutyItem, ...]
    positions: tuple[str, ...]
    home_url: str
    preferences_url: str
    content_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeMail:
    """To somebody who begins in `positions`; it holds no feed address, only where to get one."""

    template: ClassVar[str] = "welcome.j2"
    municipality: str
    positions: tuple[str, ...]
    subscribe_url: str
    home_url: str
    preferences_url: str
    content_free: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginMail:
    """A one-time link; `until` is local time."""

    template: ClassVar[str] = "login.j2"
    municipality: str
    url: str
    until: time


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedMeeting:
    """One of several meetings that were changed together: when it began, and what it is now."""

    forum: str
    moved_from: MeetingStart
    held_on: date
    starts: time
    ends: time
    place: str | None = None
    cancelled: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether its reader knew it to begin at another time."""
        return self.moved_from != MeetingStart(self.held_on, self.starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMeeting:
    """A meeting that comes so soon after it was settled that the mail names it."""

    forum: str
    held_on: date
    starts: time
    ends: time
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryMail:
    """A published or changed year, one mail a person.

    `moves` are the reader's meetings where some were changed together, and `near` those of a year
    just published that come soon; `at_once` says that one of them is near.
    """

    template: ClassVar[str] = "summary.j2"
    municipality: str
    period: str
    meetings: int
    published: bool
    home_url: str
    preferences_url: str
    moves: tuple[MovedMeeting, ...] = ()
    near: tuple[NearMeeting, ...] = ()
    at_once: bool = False
    content_free: bool = False

    @property
    def all_cancelled(self) -> bool:
        """Tell whether each of the meetings that were changed is off."""
        return bool(self.moves) and all(one.cancelled for one in self.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMeeting:
    """One date that the reader is asked about."""

    held_on: date
    starts: time
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundForum:
    """The dates of one of the reader's forums."""

    name: str
    meetings: tuple[RoundMeeting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMail:
    """Do these dates fit? One mail a person; `closes_on` is the last day for an answer."""

    template: ClassVar[str] = "round.j2"
    municipality: str
    period: str
    forums: tuple[RoundForum, ...]
    closes_on: date
    url: str
    reminder: bool = False
    content_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundClosedMail:
    """The round is over: how many answered, and how many of the dates do not fit everyone."""

    template: ClassVar[str] = "round_closed.j2"
    municipality: str
    period: str
    asked: int
    answered: int
    dates: int
    unfit: int
    url: str
    content_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchMail:
    """What the auditor complains of, to an administrator: the kind of each, and how many."""

    template: ClassVar[str] = "watch.j2"
    municipality: str
    complaints: tuple[tuple[str, int], ...]
    home_url: str


Content = (
    (DutyMail | ChangeMail | InvitationMail | LoginMail | SummaryMail | RoundMail | RoundClosedMail)
    | RoomMail
    | TextMessage
    | WelcomeMail
    | WatchMail
)
