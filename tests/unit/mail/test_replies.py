"""The calendar part of a mail and its one sender, and every mail that has none for us."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from calendars import read_reply
from scheduler.domain.calendar_reply import CalendarReply, ReplyWord
from scheduler.mail.received import LONGEST_READ
from scheduler.mail.replies import may_hold_reply, read_reply_mail
from tests.factories.bounce_report import bounce_report, recipient_block
from tests.factories.calendar_reply import FORMS, KARI, Pressed, attached_reply, bare_reply

PRESSED = Pressed(word="DECLINED", sequence=3, attendee="Kari@Sor-Fron.example")
READ = CalendarReply(
    uid=PRESSED.uid, attendee=KARI, word=ReplyWord.DECLINED, sequence=3, made_at=PRESSED.at
)
Form = Callable[[Pressed], bytes]


def read(message: bytes) -> CalendarReply | None:
    mail = read_reply_mail(message)
    return read_reply(mail.calendar) if mail is not None else None


def sender_in(line: str) -> str | None:
    message = bare_reply(PRESSED)
    start = message.index(b"From: ")
    end = message.index(b"\n", start) + 1
    mail = read_reply_mail(message[:start] + line.encode() + message[end:])
    return mail.sender if mail is not None else None


@pytest.mark.parametrize("form", FORMS)
def test_every_programs_form_says_the_same(form: Form) -> None:
    message = form(PRESSED)
    assert read(message) == READ
    assert read(message.replace(b"\n", b"\r\n")) == READ
    found = read_reply_mail(message)
    assert found is not None
    assert found.sender == KARI
    head = message[: message.index(b"\n\n")]
    assert may_hold_reply(head)


@pytest.mark.parametrize(
    "line",
    [
        "From: kari@sor-fron.example\n",
        "From: <kari@sor-fron.example>\n",
        'From: "Nordmann, Kari (HR) <x@y.example>" <KARI@sor-fron.example>\n',
        "From: =?utf-8?B?S8OlcmU=?=\n <kari@sor-fron.example>\n",
        "From: Kari Nordmann (HR)\t<kari@sor-fron.example> \n",
    ],
)
def test_the_sender_is_the_one_address(line: str) -> None:
    assert sender_in(line) == KARI


@pytest.mark.parametrize(
    "line",
    [
        "",
        "From:\n",
        "From: kari@sor-fron.example, ola@x.example\n",
        "From: ola@x.example, <kari@sor-fron.example>\n",
        "From: ola@x.example <kari@sor-fron.example>\n",
        "From: <ola@x.example> <kari@sor-fron.example>\n",
        "From: kari@sor-fron.example\nFrom: ola@x.example\n",
        "From: gruppe: kari@sor-fron.example;\n",
        "From: kari@sor-fron.example)<ola@x.example\n",
        "From: " + '"' * 2000 + "<kari@sor-fron.example>\n",
    ],
)
def test_a_sender_that_could_be_read_in_two_ways_is_none(line: str) -> None:
    assert sender_in(line) is None


@pytest.mark.parametrize(
    ("verdict", "is_read"),
    [
        ("mx.sor-fron.example; spf=fail; dkim=none; dmarc=fail (p=none) header.from=x", False),
        ("mx.sor-fron.example;\n\tDMARC = Fail action=quarantine", False),
        ("mx.sor-fron.example; spf=pass; dmarc=pass header.from=sor-fron.example", True),
        ("mx.sor-fron.example; spf=fail; dmarc=none", True),
    ],
)
def test_a_mail_that_a_server_found_to_be_forged_is_not_read(verdict: str, is_read: bool) -> None:
    forged = replace(PRESSED, headers=f"Authentication-Results: {verdict}\n")
    assert (read(bare_reply(forged)) == READ) is is_read


@pytest.mark.parametrize(
    "headers",
    [
        "Authentication-Results: mx; dmarc (policy (p=none)) = (or so) fail",
        "Authentication-Results: mx; dmarc/1=fail",
        "authentication-results: mx; dmarc =\n fail",
        "ARC-Authentication-Results: i=1; mx; spf=pass; dmarc=fail",
        "X-MS-Exchange-Authentication-Results: spf=fail; dmarc=fail action=oreject",
        "Authentication-Results: mx; dmarc=pass\nAuthentication-Results: mx2; dmarc=fail",
        # What a forger chose themselves opens a comment that closes after the verdict.
        "Authentication-Results: mx; spf=fail smtp.helo=x(y; dmarc (z) = fail (p=none) d=w)",
    ],
)
def test_a_forged_mail_is_known_by_whatever_header_says_it(headers: str) -> None:
    assert read(bare_reply(replace(PRESSED, headers=f"{headers}\n"))) is None


@pytest.mark.parametrize(
    "headers",
    [
        "Authentication-Results: mx; spf=fail; dkim=fail; dmarc (fail) = pass",
        "ARC-Authentication-Results: i=1; mx; dmarc=pass; dkim=fail",
        "X-MS-Exchange-Authentication-Results: spf=fail; dmarc=bestguesspass",
        "X-Note: dmarc=fail",
        "Authentication-Results: " + "(" * 40_000 + "dmarc" + ")" * 40_000 + "; dmarc=pass",
    ],
    ids=lambda headers: headers[:60],
)
def test_a_mail_that_no_server_found_to_be_forged_is_read(headers: str) -> None:
    assert read(bare_reply(replace(PRESSED, headers=f"{headers}\n"))) == READ


@pytest.mark.parametrize("charset", ["utf-16", "ukjent-8", "=?x?=", "iso-8859-1"])
def test_a_charset_that_is_wrong_hides_nothing(charset: str) -> None:
    message = bare_reply(PRESSED).replace(b"charset=utf-8", f"charset={charset}".encode())
    assert read(message) == READ


def _nested(levels: int) -> bytes:
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(levels)
    )
    return PRESSED.mail_head.encode() + parts.encode() + bare_reply(PRESSED)


def _wrapped(kind: str) -> bytes:
    return b"%bContent-Type: %b; boundary=m\n\n--m\nContent-Type: message/rfc822\n\n%b\n--m--\n" % (
        PRESSED.mail_head.encode(),
        kind.encode(),
        bare_reply(PRESSED),
    )


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x00\xff" * 1000,
        PRESSED.mail_head.encode() + b"\nHei\n",
        _wrapped("multipart/mixed"),
        _nested(40),
        _nested(2000),
        PRESSED.mail_head.encode() + b"Content-Type: multipart/mixed" + b";a=b" * 50_000 + b"\n\n",
        PRESSED.mail_head.encode() + b"Content-Type: multipart/mixed; boundary=m\n\nIngen deler",
        bounce_report("<1@sor-fron.example>", recipient_block(KARI)),
        b"x" * 10_000_000 + bare_reply(PRESSED),
        b"\n" * 10_000_000 + bare_reply(PRESSED),
        bare_reply(PRESSED, "A" * 10_000_000),
        attached_reply(PRESSED, "BEGIN:VCALENDAR\n" * 20_000),
    ],
    ids=lambda message: f"{message[-20:]!r}, {len(message)} bytes",
)
def test_a_mail_without_an_answer_for_us_says_nothing(message: bytes) -> None:
    assert read(message) is None


def test_an_answer_is_read_before_an_attachment_that_is_cut_off() -> None:
    message = attached_reply(PRESSED)
    end = message.rindex(b"--m--")
    large = b"--m\nContent-Type: image/png\n\n" + b"A" * LONGEST_READ * 40 + b"\n--m--\n"
    assert read(message[:end] + large) == READ


@pytest.mark.parametrize(
    ("head", "may_hold"),
    [
        (b"Content-Type: multipart/signed; boundary=a\r\n\r\n", True),
        (b"CONTENT-TYPE: Text/Calendar\r\n\r\n", True),
        (b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\n", False),
        (b"Content-Type: text/plain\r\n\r\n", False),
        (b"Content-Type: text/calendar" + b";a=b" * 500 + b"\r\n\r\n", False),
        (b"\r\n", False),
    ],
)
def test_what_may_hold_an_answer_is_known_by_its_head(head: bytes, may_hold: bool) -> None:
    assert may_hold_reply(head) is may_hold
