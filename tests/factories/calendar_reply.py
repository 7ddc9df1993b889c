"""Answers to an invitation, in the forms in which calendar programs mail them."""

from __future__ import annotations

from base64 import encodebytes
from dataclasses import dataclass
from datetime import UTC, datetime
from quopri import encodestring

__all__ = [
    "FORMS",
    "Pressed",
    "apple_reply",
    "attached_reply",
    "bare_reply",
    "google_reply",
    "outlook_reply",
]

KARI = "kari@sor-fron.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button that was pressed: by whom, on which invitation, when."""

    uid: str = "6f1d@aarshjul"
    attendee: str = KARI
    word: str = "ACCEPTED"
    sequence: int = 0
    at: datetime = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
    sender: str | None = None
    headers: str = ""

    @property
    def stamp(self) -> str:
        """DTSTAMP's value."""
        return f"{self.at:%Y%m%dT%H%M%SZ}"

    @property
    def mail_head(self) -> str:
        """The headers above the body."""
        return (
            f"{self.headers}"
            f"From: Kari Nordmann <{self.sender or self.attendee}>\n"
            "To: =?utf-8?Q?=C3=85rshjulet?= <arshjul@sor-fron.example>\n"
            "Subject: =?utf-8?B?R29kdGF0dDogbcO4dGU=?=\n"
            "MIME-Version: 1.0\n"
        )


def outlook_reply(pressed: Pressed) -> bytes:
    """Exchange: an alternative in base64, no ORGANIZER, its own name for the zone, a comment."""
    calendar = (
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nPRODID:Microsoft Exchange Server 2010\nVERSION:2.0\n"
        "BEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\n"
        "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT\n"
        f'ATTENDEE;PARTSTAT={pressed.word};CN="Nordmann, Kari":MAILTO:{pressed.attendee}\n'
        "COMMENT;LANGUAGE=nb-NO:Jeg må hente på skolen først\\n\n"
        f"UID:{pressed.uid}\nSUMMARY;LANGUAGE=nb-NO:Godtatt: Ressursgruppe\n"
        "DTSTART;TZID=W. Europe Standard Time:20270202T090000\n"
        "DTEND;TZID=W. Europe Standard Time:20270202T110000\n"
        f"CLASS:PUBLIC\nPRIORITY:5\nDTSTAMP:{pressed.stamp}\nTRANSP:OPAQUE\nSTATUS:CONFIRMED\n"
        f"SEQUENCE:{pressed.sequence}\nLOCATION;LANGUAGE=nb-NO:Rådhuset\n"
        f"X-MICROSOFT-CDO-APPT-SEQUENCE:{pressed.sequence}\nX-MICROSOFT-CDO-INTENDEDSTATUS:BUSY\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    return _mail(
        f'{pressed.mail_head}Content-Type: multipart/alternative;\n\tboundary="_000_a"\n'
        "Thread-Topic: Ressursgruppe\nContent-Language: nb-NO\n\n--_000_a\n"
        'Content-Type: text/plain; charset="iso-8859-1"\n'
        "Content-Transfer-Encoding: quoted-printable\n\nJeg m=E5 hente p=E5 skolen f=F8rst\n\n"
        '--_000_a\nContent-Type: text/html; charset="iso-8859-1"\n\n<p>Hei</p>\n'
        '--_000_a\nContent-Type: text/calendar; charset="utf-8"; method=REPLY\n'
        f"Content-Transfer-Encoding: base64\n\n{_base64(calendar)}\n--_000_a--\n"
    )


def google_reply(pressed: Pressed) -> bytes:
    """Google: the whole invitation again, as text in seven bits and as an attachment."""
    calendar = (
        "BEGIN:VCALENDAR\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\nVERSION:2.0\n"
        "CALSCALE:GREGORIAN\nMETHOD:REPLY\nBEGIN:VEVENT\n"
        "DTSTART:20270202T080000Z\nDTEND:20270202T100000Z\n"
        f"DTSTAMP:{pressed.stamp}\nORGANIZER;CN=Aarshjulet:mailto:arshjul@sor-fron.example\n"
        f"UID:{pressed.uid}\n"
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={pressed.word};CN={KARI};\n"
        f" X-NUM-GUESTS=0:mailto:{pressed.attendee}\n"
        "CREATED:20270111T080000Z\nDESCRIPTION:Saksliste:\\n1. Status\n"
        f"LAST-MODIFIED:20270111T090000Z\nSEQUENCE:{pressed.sequence}\nSTATUS:CONFIRMED\n"
        "SUMMARY:Ressursgruppe\\, tverrfaglig\nTRANSP:OPAQUE\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return _mail(
        f"{pressed.mail_head}Sender: Google Calendar <calendar-notification@google.com>\n"
        'Content-Type: multipart/mixed; boundary="000m"\n\n--000m\n'
        'Content-Type: multipart/alternative; boundary="000a"\n\n--000a\n'
        'Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes\n'
        f"Content-Transfer-Encoding: base64\n\n{_base64('Kari har godtatt')}\n--000a\n"
        'Content-Type: text/html; charset="UTF-8"\n\n<p>Kari</p>\n--000a\n'
        'Content-Type: text/calendar; charset="UTF-8"; method=REPLY\n'
        f"Content-Transfer-Encoding: 7bit\n\n{calendar}\n--000a--\n--000m\n"
        'Content-Type: application/ics; name="invite.ics"\n'
        'Content-Disposition: attachment; filename="invite.ics"\n'
        f"Content-Transfer-Encoding: base64\n\n{_base64(calendar)}\n--000m--\n"
    )


def apple_reply(pressed: Pressed) -> bytes:
    """Apple: quoted-printable, a path of its own for the person and the address beside it."""
    calendar = (
        "BEGIN:VCALENDAR\nCALSCALE:GREGORIAN\nVERSION:2.0\nMETHOD:REPLY\n"
        "PRODID:-//Apple Inc.//macOS 15.1//EN\nBEGIN:VEVENT\n"
        f'ATTENDEE;CN="Kari Nordmann Å";CUTYPE=INDIVIDUAL;EMAIL="{pressed.attendee}";\n'
        f" PARTSTAT={pressed.word}:/aMTYzNDU2Nzg5/principal/\n"
        f"DTEND;TZID=Europe/Oslo:20270202T110000\nDTSTAMP:{pressed.stamp}\n"
        "DTSTART;TZID=Europe/Oslo:20270202T090000\n"
        'ORGANIZER;CN="Årshjulet":mailto:arshjul@sor-fron.example\n'
        f"REQUEST-STATUS:2.0;Success\nSEQUENCE:{pressed.sequence}\nSUMMARY:Ressursgruppe\n"
        f"UID:{pressed.uid}\nBEGIN:VALARM\nACTION:NONE\nTRIGGER;VALUE=DATE-TIME:19760401T005545Z\n"
        "ATTENDEE:mailto:en.annen@sor-fron.example\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return _mail(
        f"{pressed.mail_head}Content-Type: multipart/alternative;\n boundary=Apple-Mail-1\n\n"
        "--Apple-Mail-1\nContent-Type: text/plain;\n\tcharset=utf-8\n\nKari har godtatt\n"
        '--Apple-Mail-1\nContent-Type: text/calendar;\n\tmethod=REPLY;\n\tname="iCal-1.ics";\n'
        "\tcharset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
        "Content-Disposition: attachment;\n\tfilename=iCal-1.ics\n\n"
        f"{encodestring(calendar.encode()).decode()}\n--Apple-Mail-1--\n"
    )


def attached_reply(pressed: Pressed, calendar: str | None = None) -> bytes:
    """A letter with the calendar as nothing but an attachment."""
    return _mail(
        f'{pressed.mail_head}Content-Type: multipart/mixed; boundary="m"\n\n--m\n'
        "Content-Type: text/plain\n\nHei\n--m\n"
        'Content-Type: Application/ICS; name="svar.ics"\n'
        "Content-Disposition: attachment\n"
        f"Content-Transfer-Encoding: BASE64\n\n{_base64(calendar or _plain(pressed))}\n--m--\n"
    )


def bare_reply(pressed: Pressed, calendar: str | None = None) -> bytes:
    """A mail that is nothing but the calendar, in eight bits."""
    return _mail(
        f"{pressed.mail_head}Content-Type: text/calendar; method=REPLY; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{calendar or _plain(pressed)}"
    )


FORMS = (outlook_reply, google_reply, apple_reply, attached_reply, bare_reply)


def _plain(pressed: Pressed) -> str:
    return (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\nMETHOD:REPLY\nBEGIN:VEVENT\n"
        f"UID:{pressed.uid}\nDTSTAMP:{pressed.stamp}\nSEQUENCE:{pressed.sequence}\n"
        f"ATTENDEE;PARTSTAT={pressed.word}:mailto:{pressed.attendee}\n"
        "ORGANIZER:mailto:arshjul@sor-fron.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def _base64(text: str) -> str:
    return encodebytes(text.replace("\n", "\r\n").encode()).decode()


def _mail(text: str) -> bytes:
    return text.encode()
