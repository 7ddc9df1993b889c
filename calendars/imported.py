"""What is found in a calendar of others: spans of local time, and what could not be read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are asked for, both included."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins."""
        if self.last_on < self.first_on:
            raise ValueError(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLimits:
    """How much of a file is looked at before it is refused.

    `entries` counts the same one found twice as two. `steps` bounds the days that rules of
    recurrence are tried on, whatever they say; an occurrence near the window counts as ten.
    """

    size: int = 5_000_000
    lines: int = 500_000
    events: int = 20_000
    entries: int = 20_000
    steps: int = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedEntry:
    """One occurrence in civil time of Europe/Oslo; `ends` is not part of it.

    A whole day runs from midnight to midnight. Whether its owner marked it as taking no time says
    nothing: calendars of holidays and of a council's meetings mark all their days so.
    """

    uid: str
    title: str
    starts: datetime
    ends: datetime

    @property
    def first_on(self) -> date:
        """The first day it touches."""
        return self.starts.date()

    @property
    def last_on(self) -> date:
        """The last day it touches."""
        if self.ends <= self.starts:
            return self.first_on
        return (self.ends - timedelta.resolution).date()


class ProblemCode(StrEnum):
    """Why one entry was left out, or what was guessed."""

    NOT_UTF8 = "not_utf8"
    BAD_LINE = "bad_line"
    NO_START = "no_start"
    BAD_TIME = "bad_time"
    UNKNOWN_ZONE = "unknown_zone"
    ENDS_BEFORE_START = "ends_before_start"
    BAD_RULE = "bad_rule"
    UNSUPPORTED_RULE = "unsupported_rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryProblem:
    """One thing that a person has to know before they confirm an import.

    `line` is where the entry or its line begins in the file, counted from 1. Every problem but
    NOT_UTF8 (read as Windows-1252 instead) left its entry out.
    """

    code: ProblemCode
    line: int
    title: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ImportedCalendar:
    """All occurrences inside the window by time, and all problems by line."""

    name: str
    entries: tuple[ImportedEntry, ...]
    problems: tuple[EntryProblem, ...]
