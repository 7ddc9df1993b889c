"""An invitation to one meeting and its cancellation, as the calendar part of a mail (RFC 5546)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from icalendar import Calendar, Event, vCalAddress

from calendars.entries import Detail, MeetingEntry
from calendars.entry_bytes import meeting_event
from calendars.errors import BadAddressError, EntryCountError, WrongStateError
from calendars.text import mail_address, one_line
from calendars.timezone import VTIMEZONE
from scheduler.domain.calendar_reply import ReplyWord
from scheduler.domain.enums import MeetingState
from scheduler.domain.language import Language

_LONGEST_NAME: Final = 100
_BEGIN_EVENT: Final = b"BEGIN:VEVENT\r\n"


class Method(StrEnum):
    """What the mail asks for; its Content-Type has to name the same."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class MailParty:
    """A name and an e-mail address, and what it is known to have answered.

    Raises BadAddressError for what is no address.
    """

    name: str
    address: str
    answer: ReplyWord | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be sent to."""
        if mail_address(self.address) is None:
            raise BadAddressError(self.address)


def request(
    entry: MeetingEntry,
    *,
    organiser: MailParty,
    recipient: MailParty | None,
    rooms: Iterable[MailParty] = (),
    language: Language,
    detail: Detail = Detail.FULL,
    made_at: datetime | None = None,
) -> bytes:
    """Return the invitation to a meeting, or its newest version, for one recipient.

    `organiser` is the sender of the mail. `recipient` is None when the mail goes to a room alone.
    The UID is the feed's own. What the recipient answered already is said again, so that their
    calendar does not ask anew (PARTSTAT as the organiser knows it, RFC 5546). `made_at` (aware) is
    DTSTAMP, which in a message says when it was made (RFC 5545 section 3.8.7.2); without it the
    stored change time stands there.
    Raises WrongStateError for a cancelled meeting.
    """
    if entry.state is MeetingState.CANCELLED:
        raise WrongStateError(uid=entry.uid, state=entry.state.value)
    event = _event(entry, language, detail, made_at)
    return _message(Method.REQUEST, event, organiser, recipient, tuple(rooms), language)


def cancel(
    entry: MeetingEntry,
    *,
    organiser: MailParty,
    recipient: MailParty | None,
    rooms: Iterable[MailParty] = (),
    language: Language,
    detail: Detail = Detail.FULL,
    made_at: datetime | None = None,
) -> bytes:
    """Return the cancellation of one meeting for one recipient, never of a whole series.

    The entry's `sequence` is above that of the invitation, as stored when it was cancelled.
    Raises WrongStateError for a meeting that stands.
    """
    if entry.state is not MeetingState.CANCELLED:
        raise WrongStateError(uid=entry.uid, state=entry.state.value)
    event = _event(entry, language, detail, made_at)
    return _message(Method.CANCEL, event, organiser, recipient, tuple(rooms), language)


def withdraw(
    entry: MeetingEntry,
    *,
    organiser: MailParty,
    recipient: MailParty | None,
    rooms: Iterable[MailParty] = (),
    language: Language,
    detail: Detail = Detail.FULL,
    made_at: datetime | None = None,
) -> bytes:
    """Return what takes a meeting out of one calendar while it stands for the others.

    A CANCEL without STATUS (RFC 5546 section 3.2.5: one that takes single attendees off must not
    have one). Raises WrongStateError for a cancelled meeting.
    """
    if entry.state is MeetingState.CANCELLED:
        raise WrongStateError(uid=entry.uid, state=entry.state.value)
    event = _event(entry, language, detail, made_at)
    del event["status"]
    return _message(Method.CANCEL, event, organiser, recipient, tuple(rooms), language)


def single_copy(entry: MeetingEntry, *, language: Language) -> bytes:
    """Return a file with one meeting, to be opened in a calendar and sent on from there.

    Without METHOD it is nobody's invitation; without a name Outlook opens it as an appointment,
    and not as a calendar of its own.
    """
    return _calendar(meeting_event(entry, language=language, detail=Detail.FULL), None, language)


def _event(
    entry: MeetingEntry, language: Language, detail: Detail, made_at: datetime | None
) -> Event:
    event = meeting_event(entry, language=language, detail=detail)
    if made_at is not None:
        del event["dtstamp"]
        event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    return event


def _message(
    method: Method,
    event: Event,
    organiser: MailParty,
    recipient: MailParty | None,
    rooms: tuple[MailParty, ...],
    language: Language,
) -> bytes:
    event.add("organizer", _address(organiser))
    if recipient is not None:
        _add_attendee(event, method, recipient, {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"})
    for room in rooms:
        _add_attendee(event, method, room, {"CUTYPE": "ROOM", "ROLE": "NON-PARTICIPANT"})
    return _calendar(event, method, language)


def _calendar(event: Event, method: Method | None, language: Language) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//aarshjul//aarshjul//{language.value.upper()}")
    calendar.add("calscale", "GREGORIAN")
    if method is not None:
        calendar.add("method", method.value)
    calendar.add_component(event)
    content: bytes = calendar.to_ical(sorted=False)
    found = content.count(b"\r\n" + _BEGIN_EVENT)
    if found != 1:
        raise EntryCountError(expected=1, found=found)
    return content.replace(_BEGIN_EVENT, VTIMEZONE + _BEGIN_EVENT, 1)


def _add_attendee(
    event: Event, method: Method, party: MailParty, parameters: dict[str, str]
) -> None:
    attendee = _address(party)
    for name, value in parameters.items():
        attendee.params[name] = value
    if method is Method.REQUEST:
        attendee.params["PARTSTAT"] = party.answer.value if party.answer else "NEEDS-ACTION"
        attendee.params["RSVP"] = "TRUE"
    event.add("attendee", attendee)


def _address(party: MailParty) -> vCalAddress:
    address = vCalAddress(f"mailto:{mail_address(party.address)}")
    # Quotes would be written as ^' (RFC 6868), which hardly any mail program reads.
    name = one_line(party.name, _LONGEST_NAME).replace('"', "'").replace("^", "")
    if name:
        address.params["CN"] = name
    return address
