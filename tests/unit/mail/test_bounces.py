"""What a report of delivery says, and everything that is none."""

from __future__ import annotations

import pytest

from scheduler.mail.bounces import Bounce, is_delivery_report, read_bounces
from scheduler.mail.received import LONGEST_READ
from tests.factories.bounce_report import bounce_report, recipient_block

ID = "<0123@sor-fron.example>"
KARI = "kari@sor-fron.example"
FAILED = Bounce(ID, None, KARI, "failed", "5.1.1", "550 5.1.1 No such user")


@pytest.mark.parametrize("head_only", [True, False])
def test_a_report_names_the_mail_the_recipient_and_why(head_only: bool) -> None:
    report = bounce_report(ID, recipient_block(KARI), head_only=head_only)
    assert read_bounces(report) == (FAILED,)
    assert read_bounces(report.replace(b"\n", b"\r\n")) == (FAILED,)


def test_a_report_of_several_recipients_tells_of_each() -> None:
    report = bounce_report(
        ID,
        recipient_block("Ola@sor-fron.example", status="4.4.1", action="delayed"),
        recipient_block(KARI),
        key="0123456789abcdef" * 2,
    )
    found = read_bounces(report)
    assert [(each.recipient, each.is_permanent) for each in found] == [
        ("ola@sor-fron.example", False),
        (KARI, True),
    ]
    assert {each.key for each in found} == {"0123456789abcdef" * 2}


@pytest.mark.parametrize(
    ("status", "action", "is_permanent"),
    [
        ("5.1.1", "failed", True),
        ("5.0.0", "Failed", True),
        ("4.2.2", "delayed", False),
        ("4.4.7", "failed", True),
        ("2.0.0", "delivered", False),
        ("5.1.1", "relayed", False),
    ],
)
def test_only_a_mail_that_was_given_up_is_permanent(
    status: str, action: str, is_permanent: bool
) -> None:
    (found,) = read_bounces(bounce_report(ID, recipient_block(KARI, status=status, action=action)))
    assert found.is_permanent is is_permanent


def test_the_address_is_the_one_the_sender_wrote_where_the_mail_was_forwarded() -> None:
    block = recipient_block("kari@elsewhere.example", original="kari+2Bretur@sor-fron.example")
    (found,) = read_bounces(bounce_report(ID, block))
    assert found.recipient == "kari+retur@sor-fron.example"


def test_an_address_that_is_written_in_code_hides_nothing_that_cannot_be_stored() -> None:
    block = recipient_block(KARI, original="+00kari+1B+0A@x.example")
    (found,) = read_bounces(bounce_report(ID, block))
    assert found.recipient == "kari @x.example"


def test_the_servers_words_are_cut_to_one_line_that_can_be_seen_and_stored() -> None:
    words = "smtp; 550\x00 \x1b[31mN\u00f8\u2028nei\n\tigjen " + "a" * 500
    (found,) = read_bounces(bounce_report(ID, recipient_block(KARI, diagnostic=words)))
    assert found.diagnostic.isprintable()
    assert len(found.diagnostic) <= 200
    assert found.diagnostic.startswith("550 [31mN")


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x00\xff" * 1000,
        b"From: kari@sor-fron.example\nAuto-Submitted: auto-replied\n\nJeg har ferie.\n",
        b"Content-Type: multipart/mixed; boundary=a\nAuto-Submitted: auto-replied\n\n--a\n\nHei\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=a\n\n--a--\n",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nIngen deler\n",
        bounce_report(
            ID, recipient_block(KARI), type_words="report-type=disposition-notification; "
        ),
        bounce_report(ID, recipient_block(KARI), type_words=""),
        bounce_report(ID),
        bounce_report(ID, "Status: i dag"),
        bounce_report(ID, recipient_block(KARI)).replace(b"message/rfc822", b"image/png"),
        bounce_report(ID, recipient_block(KARI)).replace(b"delivery-status\n", b"partial\n"),
    ],
)
def test_what_is_no_report_of_delivery_says_nothing(message: bytes) -> None:
    assert read_bounces(message) == ()


def _nested(levels: int) -> bytes:
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels)
    )
    return bounce_report(ID, recipient_block(KARI)).replace(b"Hei", parts)


@pytest.mark.parametrize(
    "message",
    [
        _nested(2000),
        bounce_report(ID, recipient_block(KARI), type_words=";" * 200_000),
        bounce_report(ID, recipient_block(KARI), type_words="a*0=b;\n " * 20_000),
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=a\n\n--a\n"
        b"Content-Type: message/delivery-status\n\n" + b"\n" * 10_000_000,
    ],
    ids=["nested", "parameters", "folded parameters", "long"],
)
def test_a_message_made_to_keep_the_reader_busy_says_nothing(message: bytes) -> None:
    assert read_bounces(message) == ()


def test_a_report_is_read_though_what_comes_after_it_is_cut_off() -> None:
    whole = bounce_report(ID, recipient_block(KARI)).replace(b"Hei", b"Hei\n" * LONGEST_READ)
    assert read_bounces(whole) == (FAILED,)
    assert len(read_bounces(bounce_report(ID, *[recipient_block(KARI)] * 500))) == 50


@pytest.mark.parametrize("charset", ["ukjent-8", "utf-8", "=?x?="])
def test_an_unknown_charset_or_wild_bytes_in_the_mail_do_not_hide_the_report(charset: str) -> None:
    wild = bounce_report(ID, recipient_block(KARI)).replace(b"us-ascii", charset.encode())
    wild = wild.replace(b"Hei", b"\xff\xfe\x00\x80").replace(b"Subject: ", b"Subject: \xf8\xff")
    assert read_bounces(wild) == (FAILED,)


@pytest.mark.parametrize(
    ("head", "is_report"),
    [
        (b"Content-Type: multipart/report; report-type=delivery-status; boundary=a\r\n\r\n", True),
        (b'CONTENT-TYPE: Multipart/Report;\r\n\tREPORT-TYPE="Delivery-Status"\r\n\r\n', True),
        (b"Content-Type: multipart/report; report-type=feedback-report\r\n\r\n", False),
        (b"Content-Type: multipart/report; report-type*=utf-8''delivery-status\r\n\r\n", False),
        (b"Content-Type: text/plain\r\n\r\n", False),
        (b"\r\n", False),
    ],
)
def test_a_report_is_known_by_its_head(head: bytes, is_report: bool) -> None:
    assert is_delivery_report(head) is is_report
