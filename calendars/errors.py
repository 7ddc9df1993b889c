"""What can be wrong with a calendar, written or read, as errors that carry data."""

from enum import StrEnum

from scheduler.domain.errors import AarshjulError


class CalendarError(AarshjulError):
    """Root of what this package raises."""


class BadEntryError(CalendarError):
    """A value that no calendar entry can be made of. The value itself is not kept."""

    def __init__(self, *, uid: str, field: str) -> None:
        super().__init__(f"entry {uid!r} has an unusable {field}")
        self.uid = uid
        self.field = field


class BadFeedHeadError(CalendarError):
    """A colour or a refresh time that clients do not accept."""

    def __init__(self, *, field: str, value: str) -> None:
        super().__init__(f"{field} cannot be {value!r}")
        self.field = field
        self.value = value


class DuplicateUidError(CalendarError):
    """Two different entries under one UID: a client would keep one and drop the other."""

    def __init__(self, uid: str) -> None:
        super().__init__(f"two different entries have the UID {uid!r}")
        self.uid = uid


class EntryCountError(CalendarError):
    """The bytes hold another number of entries than was put in: something was injected."""

    def __init__(self, *, expected: int, found: int) -> None:
        super().__init__(f"expected {expected} entries, found {found}")
        self.expected = expected
        self.found = found


class BadAddressError(CalendarError):
    """An e-mail address that cannot stand in an invitation."""

    def __init__(self, address: str) -> None:
        super().__init__(f"not an e-mail address: {address!r}")
        self.address = address


class WrongStateError(CalendarError):
    """A request for a cancelled meeting, or a cancellation of one that stands."""

    def __init__(self, *, uid: str, state: str) -> None:
        super().__init__(f"meeting {uid!r} is {state}")
        self.uid = uid
        self.state = state


class ReadFault(StrEnum):
    """Why a whole file is not accepted as a calendar."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    HTML = "html"
    NOT_A_CALENDAR = "not_a_calendar"
    CUT_OFF = "cut_off"
    UNREADABLE = "unreadable"
    TOO_MANY_EVENTS = "too_many_events"
    TOO_MANY_OCCURRENCES = "too_many_occurrences"


class CalendarReadError(CalendarError):
    """A file that is not accepted. Limits and lines are set where they have a meaning."""

    def __init__(
        self,
        fault: ReadFault,
        *,
        limit: int | None = None,
        found: int | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(f"{fault.value} (limit {limit}, found {found}, line {line})")
        self.fault = fault
        self.limit = limit
        self.found = found
        self.line = line
