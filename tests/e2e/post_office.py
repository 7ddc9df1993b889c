"""A real SMTP server that keeps what it was given."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller

__all__ = ["PostOffice"]


class PostOffice:
    """Takes every mail on one port of this machine, while the block is open."""

    def __init__(self, port: int) -> None:
        """Keep the port; nothing listens yet."""
        self.mails: list[EmailMessage] = []
        self.url = f"smtp://127.0.0.1:{port}"
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one mail (the name is aiosmtpd's)."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def __enter__(self) -> PostOffice:
        """Begin to listen."""
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self._controller.stop()
