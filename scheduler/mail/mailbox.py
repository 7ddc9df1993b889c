"""A folder in place of a mail server, for the demo and for looking at mails."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from scheduler.mail.transport import Outcome, Phase, SendResult

__all__ = ["MailboxTransport"]


class MailboxTransport:
    """Writes each mail as an `.eml` file; the newest has the highest number.

    The envelope is not kept: the headers say to whom a mail is.
    """

    def __init__(self, folder: Path) -> None:
        """Keep the folder; it is made with the first mail."""
        self._folder = folder

    @property
    def server(self) -> str:
        """Return the name of the server: the folder stands in for it."""
        return "mailbox"

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> SendResult:
        """Write the mail; a full disk is a server that is down."""
        del sender, recipients
        # The same bytes give the same name, so a mail that is resent is not shown twice.
        suffix = f"-{sha256(message).hexdigest()[:16]}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            kept = sorted(path.name for path in self._folder.glob("*.eml"))
            if not any(name.endswith(suffix) for name in kept):
                number = int(kept[-1].split("-")[0]) + 1 if kept else 1
                unfinished = self._folder / f"{number:06d}{suffix}.part"
                unfinished.write_bytes(message)
                os.replace(unfinished, self._folder / f"{number:06d}{suffix}")
        except OSError as error:
            return SendResult(Outcome.SERVER_DOWN, Phase.DATA, reply=str(error.strerror))
        return SendResult(Outcome.SENT, Phase.DONE)

    def close(self) -> None:
        """Do nothing: no connection is kept."""
