"""An invitation to one meeting and its cancellation, as the calendar part of a mail (RFC 5546)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from icalendar import Calendar, Event, vCalAddress

from calendars.entries import Detail, MeetingEntry
from calendars.entry_bytes import meeting_event
from calendars.errors import BadAddressError, EntryCountError, WrongStateError
from calendars.text import mail_address, one_line
from calendars.timezone import VTIMEZONE
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
    """A name and an e-mail address. Raises BadAddressError for what is not one."""

    name: str
    address: str

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
) -> bytes:
    """Return the invitation to a meeting, or its newest version, for one recipient.

    `organiser` is the sender of the mail. `recipient` is None when the mail goes to a room alone.
    UID and SEQUENCE are the feed's own. Raises WrongStateError for a cancelled meeting.
    """
    if entry.state is MeetingState.CANCELLED:
        raise WrongStateError(uid=entry.uid, state=entry.state.value)
    return _message(Method.REQUEST, entry, organiser, recipient, tuple(rooms), language)


def cancel(
    entry: MeetingEntry,
    *,
    organiser: MailParty,
    recipient: MailParty | None,
    rooms: Iterable[MailParty] = (),
    language: Language,
) -> bytes:
    """Return the cancellation of one meeting for one recipient, never of a whole series.

    The entry's `sequence` is above that of the invitation, as stored when it was cancelled.
    Raises WrongStateError for a meeting that stands.
    """
    if entry.state is not MeetingState.CANCELLED:
        raise WrongStateError(uid=entry.uid, state=entry.state.value)
    return _message(Method.CANCEL, entry, organiser, recipient, tuple(rooms), language)


def _message(
    method: Method,
    entry: MeetingEntry,
    organiser: MailParty,
    recipient: MailParty | None,
    rooms: tuple[MailParty, ...],
    language: Language,
) -> bytes:
    event = meeting_event(entry, language=language, detail=Detail.FULL)
    event.add("organizer", _address(organiser))
    if recipient is not None:
        _add_attendee(event, method, recipient, {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"})
    for room in rooms:
        _add_attendee(event, method, room, {"CUTYPE": "ROOM", "ROLE": "NON-PARTICIPANT"})
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//aarshjul//aarshjul//{language.value.upper()}")
    calendar.add("calscale", "GREGORIAN")
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
        attendee.params["PARTSTAT"] = "NEEDS-ACTION"
        attendee.params["RSVP"] = "TRUE"
    event.add("attendee", attendee)


def _address(party: MailParty) -> vCalAddress:
    address = vCalAddress(f"mailto:{mail_address(party.address)}")
    # Quotes would be written as ^' (RFC 6868), which hardly any mail program reads.
    name = one_line(party.name, _LONGEST_NAME).replace('"', "'").replace("^", "")
    if name:
        address.params["CN"] = name
    return address
