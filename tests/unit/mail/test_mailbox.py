"""The folder that stands in for a mail server."""

from __future__ import annotations

from pathlib import Path

from scheduler.mail import MailboxTransport, Outcome, Phase, SendResult


def test_each_mail_is_a_file_in_the_order_they_came(tmp_path: Path) -> None:
    mailbox = MailboxTransport(tmp_path / "mailbox")
    for text in (b"first", b"second", b"third"):
        assert mailbox.send("a@x.example", ["b@x.example"], text) == SendResult(
            Outcome.SENT, Phase.DONE
        )
    files = sorted((tmp_path / "mailbox").iterdir())
    assert [file.read_bytes() for file in files] == [b"first", b"second", b"third"]
    assert {file.suffix for file in files} == {".eml"}


def test_a_mail_that_is_sent_again_unchanged_is_not_shown_twice(tmp_path: Path) -> None:
    mailbox = MailboxTransport(tmp_path)
    for _ in range(2):
        mailbox.send("a@x.example", ["b@x.example"], b"same")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_a_server_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "mailbox").write_text("a file")
    result = MailboxTransport(tmp_path / "mailbox").send("a@x.example", ["b@x.example"], b"x")
    assert (result.outcome, result.phase) == (Outcome.SERVER_DOWN, Phase.DATA)
