"""An invitation as its reader's programs take it apart: Python's parser, icalendar and vobject."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import vobject
from icalendar import Calendar

from scheduler.store.database import Database
from tests.factories.office import SETTINGS, worker_of
from tests.fakes.transport import FakeTransport
from web.addresses import page_address
from web.invitation_bytes import invitation_bytes

__all__ = ["INVITING", "CalendarMail", "calendar_mails", "send_all"]

INVITING = replace(SETTINGS, write_invitation=invitation_bytes(page_address(SETTINGS.base_url)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMail:
    """What two calendar parsers agree on, and the words around it."""

    to: str
    sender: str
    subject: str
    text: str
    types: tuple[str, ...]
    method: str
    uid: str
    sequence: int
    starts: datetime
    summary: str
    place: str
    status: str | None
    organiser: str
    attendees: tuple[tuple[str, str], ...]
    raw: str

    @property
    def key(self) -> tuple[str, str, int]:
        """To whom it is, what it asks, and its number."""
        return (self.to, self.method, self.sequence)

    @property
    def answer_path(self) -> str:
        """The path of the link to answer by."""
        (url,) = {word for word in self.text.split() if "/svar/" in word}
        return url.removeprefix(SETTINGS.base_url)


def calendar_mails(messages: list[bytes]) -> list[CalendarMail]:
    """Read those of the messages that carry a calendar part, in the order they came."""
    read = [message_from_bytes(each, policy=policy.default) for each in messages]
    return [_read(each) for each in read if "text/calendar" in _types(each)]


def send_all(
    database: Database, at: datetime, **parts: Any
) -> tuple[list[CalendarMail], FakeTransport]:
    """Send everything that is due; return the calendar messages among it, and all of it."""
    transport = FakeTransport()
    worker_of(database, transport, at, settings=INVITING, **parts).run_once()
    return calendar_mails([mail.raw for mail in transport.sent]), transport


def _types(mail: EmailMessage) -> tuple[str, ...]:
    return tuple(part.get_content_type() for part in mail.iter_parts())


def _read(mail: EmailMessage) -> CalendarMail:
    *_, part = mail.iter_parts()
    plain = mail.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    assert isinstance(plain, EmailMessage)
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    calendar = Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    other = vobject.readOne(raw.decode())
    method = str(calendar["METHOD"])
    assert part["Content-Type"].params["method"] == method
    # The other parser reads the same meeting.
    assert (
        other.method.value,
        other.vevent.uid.value,
        int(other.vevent.sequence.value),
        other.vevent.dtstart.value,
        other.vevent.summary.value,
    ) == (
        method,
        str(event["UID"]),
        int(event["SEQUENCE"]),
        event.decoded("DTSTART"),
        str(event["SUMMARY"]),
    )
    attendees = event.get("ATTENDEE", [])
    return CalendarMail(
        to=str(mail["To"]),
        sender=str(mail["From"]),
        subject=str(mail["Subject"]).strip(),
        text=plain.get_content().replace("\r\n", "\n"),
        types=_types(mail),
        method=method,
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        starts=event.decoded("DTSTART"),
        summary=str(event["SUMMARY"]),
        place=str(event.get("LOCATION", "")),
        status=str(event["STATUS"]) if "STATUS" in event else None,
        organiser=str(event["ORGANIZER"]),
        attendees=tuple(
            (str(each), str(each.params["CUTYPE"]))
            for each in (attendees if isinstance(attendees, list) else [attendees])
        ),
        raw=raw.decode(),
    )
