"""A mail server in memory: keeps what it was given, answers as it was told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from scheduler.mail import Outcome, Phase, SendResult

__all__ = ["FakeTransport", "SentMail"]

SENT = SendResult(Outcome.SENT, Phase.DONE, 250, "ok")


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail that was handed over."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The mail, read as a mail program would."""
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def subject(self) -> str:
        """Its subject."""
        # A long one stands on the line below its name; who reads it sees no space before it.
        return str(self.message["Subject"]).strip()

    @property
    def text(self) -> str:
        """Its plain text."""
        part = self.message.get_body(("plain",))
        assert isinstance(part, EmailMessage)
        content: str = part.get_content()
        return content.replace("\r\n", "\n")


@dataclass
class FakeTransport:
    """Answers with `answers` in turn and then with 250; `on_send` is called before each answer.

    Every mail offered is in `offered`; only those that were taken, or may have been, in `sent`.
    """

    answers: list[SendResult] = field(default_factory=list)
    on_send: Callable[[], None] | None = None
    offered: list[SentMail] = field(default_factory=list)
    sent: list[SentMail] = field(default_factory=list)
    server: str = "fake:25"

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> SendResult:
        """Keep the mail and answer."""
        mail = SentMail(sender, tuple(recipients), message)
        self.offered.append(mail)
        if self.on_send is not None:
            self.on_send()
        answer = self.answers.pop(0) if self.answers else SENT
        if answer.outcome in (Outcome.SENT, Outcome.UNCERTAIN):
            self.sent.append(mail)
        return answer

    def close(self) -> None:
        """Do nothing."""
