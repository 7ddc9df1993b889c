"""From a mail record to bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from scheduler.mail import CalendarPart, MailRecord, message_bytes

RECORD = MailRecord(
    sender="Årshjulet i Sør-Fron <arshjul@sor-fron.example>",
    to=("kari@sor-fron.example", "leif@sor-fron.example"),
    subject="Purring – Referat: Ressursgruppe, tverrfaglig, på tysdag " + "å" * 60,
    text="Hei!\n\nFristen var i går. " + "ø" * 1200 + "\n.\n",
    html="<p>Hei!</p>",
    message_id="<1@sor-fron.example>",
    date=datetime(2027, 2, 5, 7, tzinfo=UTC),
    headers=(("X-Idempotency-Key", "abc"),),
)


def test_a_mail_reads_as_it_was_written() -> None:
    message = message_from_bytes(message_bytes(RECORD), policy=policy.default)
    assert {
        name: str(message[name]) for name in ("From", "To", "Subject", "Date", "Message-ID")
    } == {
        "From": "Årshjulet i Sør-Fron <arshjul@sor-fron.example>",
        "To": "kari@sor-fron.example, leif@sor-fron.example",
        "Subject": RECORD.subject,
        "Date": "Fri, 05 Feb 2027 07:00:00 +0000",
        "Message-ID": "<1@sor-fron.example>",
    }
    assert (message["Auto-Submitted"], message["X-Idempotency-Key"]) == ("auto-generated", "abc")
    assert [part.get_content().replace("\r\n", "\n") for part in message.iter_parts()] == [
        RECORD.text,
        f"{RECORD.html}\n",
    ]
    assert message.get_content_type() == "multipart/alternative"


def test_the_same_record_gives_the_same_bytes_and_another_id_another_boundary() -> None:
    assert message_bytes(RECORD) == message_bytes(RECORD)
    other = replace(RECORD, message_id="<2@sor-fron.example>")
    assert boundary(message_bytes(other)) != boundary(message_bytes(RECORD))


def test_any_server_can_carry_it() -> None:
    raw = message_bytes(RECORD)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_a_long_address_stands_in_a_header_as_it_is() -> None:
    url = f"<https://arshjul.sor-fron.example/handling/{'a' * 43}>"
    raw = message_bytes(replace(RECORD, headers=(("List-Unsubscribe", url),)))
    assert f"List-Unsubscribe: {url}".encode() in raw.split(b"\r\n")


def test_an_invitation_comes_last_and_says_its_method() -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    raw = message_bytes(replace(RECORD, calendar=CalendarPart("REQUEST", calendar)))
    parts = list(message_from_bytes(raw, policy=policy.default).iter_parts())
    assert [part.get_content_type() for part in parts] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert parts[-1]["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
    assert parts[-1].get_payload(decode=True) == calendar.encode()


@pytest.mark.parametrize("field", ["subject", "message_id"])
def test_a_header_cannot_be_smuggled_in(field: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline"):
        message_bytes(replace(RECORD, **{field: "Hei\r\nBcc: alle@x.example"}))


def boundary(raw: bytes) -> str | None:
    return message_from_bytes(raw, policy=policy.default).get_boundary()
