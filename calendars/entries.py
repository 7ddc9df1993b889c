"""What a calendar is made of: one meeting or one duty, as its reader may see it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from calendars.errors import BadEntryError
from scheduler.domain.enums import DutyState, MeetingState

_UID: Final = re.compile(r"[A-Za-z0-9._@+-]{1,200}")


class Detail(StrEnum):
    """How much of an entry a feed shows; the times are always there."""

    FULL = "full"
    TITLE = "title"
    BUSY = "busy"


class Alarm(StrEnum):
    """When the calendar itself rings; off unless the subscriber asked for it."""

    NONE = "none"
    QUARTER_HOUR = "15m"
    HOUR = "1h"
    DAY = "1d"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEntry:
    """One meeting in civil time of Europe/Oslo, with texts in the reader's language.

    What the reader may not see is left empty by whoever makes the entry: of a case level forum
    only the title, the times, and the place for members. `sequence` and `changed_at` (aware) are
    the stored ones, `description` is lines, `moved_from` is the old time in words. Whether a
    meeting has been held makes no difference; one that is only proposed is refused.
    Raises BadEntryError naming the field that cannot be used.
    """

    uid: str
    sequence: int
    changed_at: datetime
    title: str
    starts_on: date
    starts: time
    ends: time
    state: MeetingState = MeetingState.PLANNED
    place: str = ""
    description: tuple[str, ...] = ()
    moved_from: str | None = None
    url: str | None = None
    conference_url: str | None = None
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no calendar could show."""
        _check_identity(self.uid, self.sequence, self.changed_at)
        if self.state is MeetingState.PROPOSED:
            raise BadEntryError(uid=self.uid, field="state")
        _check_day(self.uid, "starts_on", self.starts_on)
        if self.starts.tzinfo is not None:
            raise BadEntryError(uid=self.uid, field="starts")
        if self.ends.tzinfo is not None or self.ends <= self.starts:
            raise BadEntryError(uid=self.uid, field="ends")

    @property
    def begins(self) -> datetime:
        """The local start, which is also its place in the feed."""
        return datetime.combine(self.starts_on, self.starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEntry:
    """One duty on the day it is due, with texts in the reader's language.

    Raises BadEntryError naming the field that cannot be used.
    """

    uid: str
    sequence: int
    changed_at: datetime
    title: str
    due_on: date
    state: DutyState = DutyState.OPEN
    description: tuple[str, ...] = ()
    url: str | None = None
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no calendar could show."""
        _check_identity(self.uid, self.sequence, self.changed_at)
        _check_day(self.uid, "due_on", self.due_on)

    @property
    def begins(self) -> datetime:
        """The local midnight it starts at, which is also its place in the feed."""
        return datetime.combine(self.due_on, time.min)


Entry = MeetingEntry | DutyEntry


def _check_identity(uid: str, sequence: int, changed_at: datetime) -> None:
    if not _UID.fullmatch(uid):
        raise BadEntryError(uid=uid, field="uid")
    # RFC 5545 section 3.3.8: an INTEGER has 32 bits.
    if not 0 <= sequence < 2**31:
        raise BadEntryError(uid=uid, field="sequence")
    if changed_at.utcoffset() != timedelta(0):
        raise BadEntryError(uid=uid, field="changed_at")


def _check_day(uid: str, field: str, day: date) -> None:
    # The time zone written into every feed begins in 1970.
    if not 1970 < day.year < 9999:
        raise BadEntryError(uid=uid, field=field)
