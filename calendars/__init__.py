"""Calendar bytes from plain entries: pure but for icalendar."""

from calendars.conditional import already_has
from calendars.entries import Alarm, Detail, DutyEntry, Entry, MeetingEntry
from calendars.errors import (
    BadAddressError,
    BadEntryError,
    BadFeedHeadError,
    CalendarError,
    CalendarReadError,
    DuplicateUidError,
    EntryCountError,
    ReadFault,
    WrongStateError,
)
from calendars.feed import FeedHead, KeptEntry, etag, join
from calendars.imported import (
    EntryProblem,
    ImportedCalendar,
    ImportedEntry,
    ProblemCode,
    ReadLimits,
    Window,
)
from calendars.invitation import MailParty, cancel, request, single_copy, withdraw
from calendars.reading import read_calendar
from calendars.reply import read_reply

__all__ = [
    "Alarm",
    "BadAddressError",
    "BadEntryError",
    "BadFeedHeadError",
    "CalendarError",
    "CalendarReadError",
    "Detail",
    "DuplicateUidError",
    "DutyEntry",
    "Entry",
    "EntryCountError",
    "EntryProblem",
    "FeedHead",
    "ImportedCalendar",
    "ImportedEntry",
    "KeptEntry",
    "MailParty",
    "MeetingEntry",
    "ProblemCode",
    "ReadFault",
    "ReadLimits",
    "Window",
    "WrongStateError",
    "already_has",
    "cancel",
    "etag",
    "join",
    "read_calendar",
    "read_reply",
    "request",
    "single_copy",
    "withdraw",
]
