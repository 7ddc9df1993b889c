"""The address of a mail server."""

from __future__ import annotations

import pytest

from scheduler.mail import SmtpUrlError, read_smtp_url
from scheduler.mail.smtp_url import Encryption, SmtpAddress


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("smtp://localhost", SmtpAddress(Encryption.IF_OFFERED, "localhost", 25)),
        ("smtp://[::1]:2525", SmtpAddress(Encryption.IF_OFFERED, "::1", 2525)),
        (
            "smtp+starttls://kari%40x.example:s%C3%B8t%3A@smtp.x.example",
            SmtpAddress(Encryption.STARTTLS, "smtp.x.example", 587, "kari@x.example", "søt:"),
        ),
        (
            "smtps://a:b@smtp.x.example",
            SmtpAddress(Encryption.TLS, "smtp.x.example", 465, "a", "b"),
        ),
    ],
)
def test_an_address_is_read(url: str, address: SmtpAddress) -> None:
    assert read_smtp_url(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "http://x.example",
        "smtp://",
        "smtp://x.example:mange",
        "smtp://bare-bruker@x.example",
        "smtp.x.example:25",
        "",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SmtpUrlError) as refused:
        read_smtp_url(url)
    assert "x.example" not in str(refused.value)


def test_a_password_is_never_shown() -> None:
    assert "hemmelig" not in repr(read_smtp_url("smtps://a:hemmelig@x.example"))
