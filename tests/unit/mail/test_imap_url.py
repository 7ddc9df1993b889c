"""The address of a mailbox."""

from __future__ import annotations

import pytest

from scheduler.mail.imap_url import ImapAddress, ImapUrlError, read_imap_url


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (
            "imaps://retur:a@imap.x.example/INBOX",
            ImapAddress(True, "imap.x.example", 993, "retur", "a"),
        ),
        (
            "imaps://kari%40x.example:s%C3%B8t%3A@imap.x.example:9993",
            ImapAddress(True, "imap.x.example", 9993, "kari@x.example", "søt:"),
        ),
        (
            "imap://a:b@localhost/INBOX/Ikke%20levert",
            ImapAddress(False, "localhost", 143, "a", "b", "INBOX/Ikke levert"),
        ),
        ("imap://a:b@[::1]:1143/", ImapAddress(False, "::1", 1143, "a", "b")),
    ],
)
def test_an_address_is_read(url: str, address: ImapAddress) -> None:
    assert read_imap_url(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "imap://a:hemmelig@x.example/INBOX",
        "smtp://a:hemmelig@x.example",
        "imaps://a:hemmelig@",
        "imaps://x.example",
        "imaps://a@x.example",
        "imaps://:hemmelig@x.example",
        "imaps://a:hemmelig@x.example:mange",
        "imaps://a:hemmelig@[x.example",
        "imaps://a:hemmelig@x.example/INBOX?x=1",
        "imaps://a:hemmelig@x.example/Innboks%20%C3%A5",
        "imaps://a:hemmelig@x.example/INBOX%0D%0AA1%20DELETE",
        "x.example",
        "",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ImapUrlError) as refused:
        read_imap_url(url)
    assert "x.example" not in str(refused.value)
    assert "hemmelig" not in str(refused.value)


def test_a_password_is_never_shown() -> None:
    assert "hemmelig" not in repr(read_imap_url("imaps://a:hemmelig@x.example"))
