"""The whole bytes of an invitation and of a cancellation."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import vobject
from icalendar import Calendar

from calendars import (
    BadAddressError,
    MailParty,
    MeetingEntry,
    WrongStateError,
    cancel,
    request,
    single_copy,
    withdraw,
)
from calendars.entry_bytes import entry_bytes
from calendars.timezone import VTIMEZONE
from scheduler.domain.enums import MeetingState
from scheduler.domain.language import Language
from tests.unit.calendars.hostile import ATTACKS
from tests.unit.calendars.samples import MEETING, crlf, meeting

SENDER = MailParty("Årshjul, Sør-Fron", "aarshjul@sor-fron.example")
KARI = MailParty('Kari "K" Å', "kari@sor-fron.example")
ROOM = MailParty("Møterom Å", "moterom.a@sor-fron.example")
CANCELLED = meeting(state=MeetingState.CANCELLED, sequence=3)


def test_an_invitation_is_the_entry_of_the_feed_with_its_people() -> None:
    message = request(
        MEETING, organiser=SENDER, recipient=KARI, rooms=[ROOM], language=Language.BOKMAL
    )

    entry = entry_bytes(MEETING, language=Language.BOKMAL).removesuffix(b"END:VEVENT\r\n")
    head = """
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//aarshjul//aarshjul//NB
CALSCALE:GREGORIAN
METHOD:REQUEST
"""
    people = """
ORGANIZER;CN="Årshjul, Sør-Fron":mailto:aarshjul@sor-fron.example
ATTENDEE;CN="Kari 'K' Å";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=
 NEEDS-ACTION;RSVP=TRUE:mailto:kari@sor-fron.example
ATTENDEE;CN="Møterom Å";CUTYPE=ROOM;ROLE=NON-PARTICIPANT;PARTSTAT=NEEDS-
 ACTION;RSVP=TRUE:mailto:moterom.a@sor-fron.example
END:VEVENT
END:VCALENDAR
"""
    assert message == crlf(head) + VTIMEZONE + entry + crlf(people)


def test_a_cancellation_asks_for_no_answer() -> None:
    message = cancel(CANCELLED, organiser=SENDER, recipient=KARI, language=Language.NYNORSK)

    entry = entry_bytes(CANCELLED, language=Language.NYNORSK).removesuffix(b"END:VEVENT\r\n")
    head = """
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//aarshjul//aarshjul//NN
CALSCALE:GREGORIAN
METHOD:CANCEL
"""
    people = """
ORGANIZER;CN="Årshjul, Sør-Fron":mailto:aarshjul@sor-fron.example
ATTENDEE;CN="Kari 'K' Å";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT:mailto:ka
 ri@sor-fron.example
END:VEVENT
END:VCALENDAR
"""
    assert message == crlf(head) + VTIMEZONE + entry + crlf(people)


def test_one_reader_can_be_taken_off_a_meeting_that_stands() -> None:
    message = withdraw(MEETING, organiser=SENDER, recipient=KARI, language=Language.BOKMAL)

    event = vobject.readOne(message.decode()).vevent
    # RFC 5546 section 3.2.5: with STATUS it would call the whole meeting off.
    assert ("METHOD:CANCEL" in message.decode(), hasattr(event, "status")) == (True, False)
    assert event.summary.value == MEETING.title
    with pytest.raises(WrongStateError):
        withdraw(CANCELLED, organiser=SENDER, recipient=KARI, language=Language.BOKMAL)


def test_a_message_is_stamped_with_the_time_it_was_made_where_that_is_known() -> None:
    made_at = datetime(2027, 1, 12, 7, 30, 15, 999, tzinfo=UTC)
    message = request(
        MEETING, organiser=SENDER, recipient=KARI, language=Language.BOKMAL, made_at=made_at
    )

    (event,) = Calendar.from_ical(message).walk("VEVENT")
    assert event.decoded("DTSTAMP") == made_at.replace(microsecond=0)
    assert event.decoded("LAST-MODIFIED") == MEETING.changed_at


def test_a_file_to_open_is_the_entry_of_the_feed_and_nobodys_invitation() -> None:
    entry = entry_bytes(MEETING, language=Language.BOKMAL)
    head = """
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//aarshjul//aarshjul//NB
CALSCALE:GREGORIAN
"""
    whole = crlf(head) + VTIMEZONE + entry + b"END:VCALENDAR\r\n"
    assert single_copy(MEETING, language=Language.BOKMAL) == whole


def test_a_room_can_be_asked_alone() -> None:
    message = request(
        MEETING, organiser=SENDER, recipient=None, rooms=[ROOM], language=Language.BOKMAL
    )

    event = vobject.readOne(message.decode()).vevent
    assert [
        (attendee.value, attendee.params["CUTYPE"], attendee.params["RSVP"])
        for attendee in event.attendee_list
    ] == [("mailto:moterom.a@sor-fron.example", ["ROOM"], ["TRUE"])]


def test_a_name_that_is_empty_is_left_out() -> None:
    message = request(
        MEETING,
        organiser=MailParty("\r\n", SENDER.address),
        recipient=KARI,
        language=Language.BOKMAL,
    )

    (event,) = Calendar.from_ical(message).walk("VEVENT")
    assert dict(event["ORGANIZER"].params) == {}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_or_name_breaks_out_of_a_message(attack: str) -> None:
    hostile = meeting(title=attack, place=attack, description=(attack,), categories=(attack,))
    party = MailParty(attack, "kari@sor-fron.example")

    message = request(
        hostile, organiser=party, recipient=party, rooms=[party], language=Language.BOKMAL
    )

    (calendar,) = Calendar.from_ical(message, multiple=True)
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == "REQUEST"
    assert [str(found) for found in event["ATTENDEE"]] == ["mailto:kari@sor-fron.example"] * 2
    assert max(len(line) for line in message.split(b"\r\n")) <= 75
    assert message.count(b"\r") == message.count(b"\n") == message.count(b"\r\n")


def test_a_cancelled_meeting_is_not_invited_to() -> None:
    with pytest.raises(WrongStateError) as caught:
        request(CANCELLED, organiser=SENDER, recipient=KARI, language=Language.BOKMAL)

    assert (caught.value.uid, caught.value.state) == ("6f1d@aarshjul", "cancelled")


@pytest.mark.parametrize("entry", [MEETING, meeting(state=MeetingState.MOVED)])
def test_a_meeting_that_stands_is_not_cancelled(entry: MeetingEntry) -> None:
    with pytest.raises(WrongStateError) as caught:
        cancel(entry, organiser=SENDER, recipient=KARI, language=Language.BOKMAL)

    assert caught.value.uid == "6f1d@aarshjul"


@pytest.mark.parametrize("address", ["kari", "kari@x.example\r\nATTENDEE:mailto:b@x.example", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddressError) as caught:
        MailParty("Kari", address)

    assert caught.value.address == address
